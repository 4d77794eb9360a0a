"""xCal: the calendar as XML (RFC 6321), made of the same components as the iCalendar file, so that both say the same."""

from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from icalendar import Component

from midcycle.engines.schedules.ical import calendar
from midcycle.engines.schedules.model import Schedule
from midcycle.engines.schedules.plain import for_xml

NAMESPACE = "urn:ietf:params:xml:ns:icalendar-2.0"
_KNOWN_SINCE = {"name": "text"}  # RFC 7986 section 5.1, which the library does not know yet


def to_xcal(schedule: Schedule, *, stamp: datetime) -> bytes:
    """Return the file as UTF-8, the same bytes for the same arguments. Raises NoDates, and ValueError as `to_ics` does."""
    root = Element("icalendar", {"xmlns": NAMESPACE})
    _component(root, calendar(schedule, stamp=stamp))
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _component(parent: Element, component: Component) -> None:
    """Write a component (section 3.2) from its jCal form (RFC 7265), which names the types already."""
    _written(parent, component.to_jcal())


def _written(parent: Element, jcal: list[Any]) -> None:
    name, properties, inner = jcal
    element = SubElement(parent, name.lower())
    if properties:
        held = SubElement(element, "properties")
        for each in properties:
            _property(held, *each)
    if inner:
        held = SubElement(element, "components")
        for each in inner:
            _written(held, each)


def _property(parent: Element, name: str, parameters: dict[str, Any], kind: str, *values: Any) -> None:  # noqa: ANN401 - jCal
    element = SubElement(parent, name.lower())
    if parameters:
        held = SubElement(element, "parameters")
        for key, value in parameters.items():
            SubElement(SubElement(held, key.lower()), "text").text = for_xml(str(value))
    kind = _KNOWN_SINCE.get(name.lower(), kind)
    for value in values:
        SubElement(element, kind).text = for_xml(str(value))

"""Each format is asked of its own published schema, and a file that is read again says what was written."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import xmlschema
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from jsonschema import Draft6Validator
from lxml import etree

from midcycle.engines.schedules import c3voc, frabxml, ical, jsonld, reading, schedule2, xcal
from midcycle.engines.schedules.model import NoDates, Schedule
from midcycle.kernel.refusal import Refusal
from tests.unit.test_schedules import HISTORY, HOSTILE, PUB, SPRING, STAMP, ZONES

DATA = Path(__file__).parents[1] / "data" / "schedules"
NEWER = ("code", "end", "origin_url")  # keys of an event that the kept version of the schema is older than
NS = f"{{{xcal.NAMESPACE}}}"
OF_RFC_7986 = (
    "name",
    "description",
    "uid",
    "url",
    "last-modified",
    "categories",
    "refresh-interval",
    "source",
    "color",
    "image",
)
SCHEMA_ORG = json.loads((DATA / "schemaorg.json").read_text())


@cache
def validator(name: str) -> Draft6Validator:
    """Return what holds a document against a schema."""
    return Draft6Validator(json.loads((DATA / name).read_text()))


@cache
def xsd() -> xmlschema.XMLSchema:
    """Return what holds a schedule.xml against its schema."""
    return xmlschema.XMLSchema(str(DATA / "schedule.xml.xsd"))


@cache
def rng() -> etree.RelaxNG:
    """Return what holds an xCal file against the schema of RFC 6321."""
    return etree.RelaxNG(etree.parse(str(DATA / "xcal.rng")))


def check_xcal(data: bytes) -> None:
    """Hold an xCal file against the schema, without what RFC 7986 added to a calendar since, and without `x-` properties."""
    root = etree.fromstring(data)
    for held in list(root[0][0]):
        name = held.tag.removeprefix(NS)
        if name in OF_RFC_7986 or name.startswith("x-"):
            root[0][0].remove(held)
    rng().assertValid(root)


def kinds_of(value: object) -> set[str]:
    """Return what schema.org may take a plain value for."""
    if not isinstance(value, str):
        return {"Integer"} if isinstance(value, int) else set()
    kinds = {"Text"} | ({"URL"} if value.startswith(("https://", "http://")) else set())
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return kinds
    return kinds | ({"DateTime"} if "T" in value and moment.tzinfo else {"Date"} if "T" not in value else set())


def faults(node: dict[str, object], *, for_google: bool = False) -> list[str]:
    """Return what of a JSON-LD node schema.org does not know, and what Google misses if it is asked."""
    kind = str(node["@type"])
    known = SCHEMA_ORG["types"][kind]
    missing = [f"{kind} without {name}" for name in SCHEMA_ORG["google"].get(kind, ()) if for_google and name not in node]
    return missing + [
        fault
        for name, value in node.items()
        if not name.startswith("@")
        for each in (value if isinstance(value, list) else [value])
        for fault in _faults(kind, name, each, known.get(name), for_google=for_google)
    ]


def _faults(kind: str, name: str, value: object, allowed: list[str] | None, *, for_google: bool) -> list[str]:
    if allowed is None:
        return [f"{kind} has no {name}"]
    if isinstance(value, dict):
        wrong = [] if value["@type"] in allowed else [f"{kind}.{name} is no {value['@type']}"]
        return wrong + faults(value, for_google=for_google)
    members = {f"https://schema.org/{each}" for one in allowed for each in SCHEMA_ORG["enumerations"].get(one, ())}
    return [] if value in members or kinds_of(value) & set(allowed) else [f"{kind}.{name} cannot be {value}"]


def check(schedule: Schedule) -> None:
    """Hold all formats that have a schema against it."""
    old = json.loads(c3voc.to_json(schedule))
    for day in old["schedule"]["conference"]["days"]:
        for event in (event for events in day["rooms"].values() for event in events):
            for key in NEWER:
                event.pop(key, None)
    validator("schema.json").validate(old)
    validator("schema2.json").validate(json.loads(schedule2.to_json(schedule)))
    xsd().validate(frabxml.to_xml(schedule).decode())
    check_xcal(xcal.to_xcal(schedule, stamp=STAMP))
    assert faults(json.loads(jsonld.to_jsonld(schedule, venue="The Dockyard", address="Lisbon, PT")), for_google=True) == []
    assert faults(json.loads(jsonld.to_jsonld(schedule))) == []


def test_the_formats_keep_to_their_schemas() -> None:
    check(SPRING)


def test_the_schemas_would_notice() -> None:
    wrong = json.loads(schedule2.to_json(SPRING))
    wrong["schedule"]["events"][0]["type"] = "keynote"
    assert not validator("schema2.json").is_valid(wrong)
    assert not xsd().is_valid(frabxml.to_xml(SPRING).decode().replace("<duration>", "<duration>x"))
    written = xcal.to_xcal(SPRING, stamp=STAMP)
    for was, now in (
        (b"<utc-offset>+", b"<utc-offset>"),
        (b"<uid>", b"<url>"),
        (b"CONFIRMED", b"SURE"),
        (b"T09:30:00", b" 9:30"),
    ):
        with pytest.raises((etree.DocumentInvalid, etree.XMLSyntaxError)):
            check_xcal(written.replace(was, now))
    page = json.loads(jsonld.to_jsonld(SPRING))
    page["subEvent"][0] |= {"startDate": "2016-02-15T09:30", "speaker": "Ada", "eventStatus": "https://schema.org/Sure"}
    page["subEvent"][1]["location"] = {"@type": "Person", "name": 3}
    assert faults(page) == [
        "Event.startDate cannot be 2016-02-15T09:30",
        "Event has no speaker",
        "Event.eventStatus cannot be https://schema.org/Sure",
        "Event.location is no Person",
        "Person.name cannot be 3",
    ]
    assert faults(page, for_google=True)[0] == "Event without location"


@settings(max_examples=40, deadline=None)
@given(title=HOSTILE, room=HOSTILE, lead=HOSTILE, abstract=HOSTILE, zone=ZONES)
def test_whatever_people_wrote_keeps_to_the_schemas(title, room, lead, abstract, zone) -> None:
    facts = {"title": title, "room": room, "leads": (lead,), "abstract": abstract}
    schedule = replace(SPRING, title=title, timezone=zone, sessions=(replace(HISTORY, **facts), PUB))
    check(schedule)
    assert "</script" not in jsonld.to_jsonld(schedule).lower()


def test_schedule2_lists_what_has_an_end() -> None:
    (event,) = json.loads(schedule2.to_json(SPRING))["schedule"]["events"]
    assert (event["start"], event["end"], event["room"]["name"], event["type"]) == (
        "2016-02-15T09:30:00+00:00",
        "2016-02-15T10:15:00+00:00",
        "Main hall",
        "discussion",
    )
    assert [(person["name"], person["role"]) for person in event["participants"]] == [
        ("Ada Example", "moderator"),
        ("Bo Example", "contributor"),
    ]


def test_the_xml_says_what_the_json_says() -> None:
    root = ET.fromstring(frabxml.to_xml(SPRING))  # noqa: S314 - our own
    assert [(day.get("index"), [room.get("name") for room in day]) for day in root.iter("day")] == [
        ("1", ["Main hall"]),
        ("2", ["Room to be announced"]),
    ]
    old = json.loads(c3voc.to_json(SPRING))["schedule"]["conference"]["days"][0]["rooms"]["Main hall"][0]
    event = next(root.iter("event"))
    for key in ("title", "date", "start", "duration", "slug", "abstract", "room"):
        assert event.findtext(key) == old[key]
    assert (event.get("id"), event.get("guid")) == (str(old["id"]), old["guid"])


def test_xcal_holds_the_components_of_the_calendar() -> None:
    root = ET.fromstring(xcal.to_xcal(SPRING, stamp=STAMP))  # noqa: S314 - our own
    (top,) = root
    assert top.tag == f"{NS}vcalendar"
    events = list(root.iter(f"{NS}vevent"))
    entries = Calendar.from_ical(ical.to_ics(SPRING, stamp=STAMP)).walk("VEVENT")
    assert [event.findtext(f"{NS}properties/{NS}uid/{NS}text") for event in events] == [str(entry["UID"]) for entry in entries]
    starts = events[0].find(f"{NS}properties/{NS}dtstart")
    assert starts is not None
    assert [(part.tag.removeprefix(NS), "".join(part.itertext())) for part in starts] == [
        ("parameters", "Europe/London"),
        ("date-time", "2016-02-15T09:30:00"),
    ]
    for event, entry in zip(events, entries, strict=True):
        properties = event.find(f"{NS}properties")
        assert properties is not None
        assert {each.tag.removeprefix(NS) for each in properties} == {name.lower() for name in entry}
    assert [zone.findtext(f"{NS}properties/{NS}tzid/{NS}text") for zone in root.iter(f"{NS}vtimezone")] == ["Europe/London"]


def test_search_engines_read_the_sessions_that_have_a_time() -> None:
    found = json.loads(jsonld.to_jsonld(SPRING, address="Manchester"))
    assert (found["startDate"], found["endDate"], found["location"]["name"]) == ("2016-02-15", "2016-02-16", "Manchester")
    assert {event["location"]["address"] for event in found["subEvent"]} == {"Manchester"}
    assert [event["name"] for event in found["subEvent"]] == ["The pub track", "History of the Ops Meetups"]
    assert "location" not in json.loads(jsonld.to_jsonld(SPRING))


@pytest.mark.parametrize("writer", [c3voc.to_json, schedule2.to_json, frabxml.to_xml, jsonld.to_jsonld])
def test_nothing_is_written_without_dates(writer) -> None:
    with pytest.raises(NoDates):
        writer(replace(SPRING, starts_on=None))


@pytest.mark.parametrize("writer", [c3voc.to_json, schedule2.to_json, frabxml.to_xml])
def test_what_was_written_is_read_again(writer) -> None:
    again = reading.read(writer(SPRING))
    found = again.schedule
    assert (again.remarks, found.title, found.starts_on, found.days, found.timezone) == (
        (), SPRING.title, date(2016, 2, 15), 2, "Europe/London",
    )  # fmt: skip
    read = next(session for session in found.sessions if session.uid == HISTORY.uid)
    assert (read.title, read.room, read.starts, read.ends, read.day, read.abstract, read.format) == (
        HISTORY.title, "Main hall", HISTORY.starts, HISTORY.ends, 1, HISTORY.abstract, read.format,
    )  # fmt: skip
    assert {*read.leads, *read.shadows} == {"Ada Example", "Bo Example"}


def test_our_own_json_is_read_without_loss() -> None:
    again = reading.read(c3voc.to_json(SPRING)).schedule
    assert sorted(again.sessions, key=lambda session: session.uid) == [
        replace(HISTORY, code="S1"),
        replace(PUB, code="PUB", language=None),
    ]
    assert [(room.name, room.guid, room.capacity) for room in again.rooms] == [
        (r.name, r.guid, r.capacity) for r in SPRING.rooms
    ]


def test_a_list_of_pretalx_is_read() -> None:
    rows = [
        {
            "code": "ABCDEF",
            "title": "Ceph at scale",
            "abstract": "How.",
            "submission_type": {"en": "Talk"},
            "speakers": [{"code": "X", "name": "Dee Example"}],
            "slots": [
                {"start": "2026-05-04T10:00:00+02:00", "end": "2026-05-04T10:40:00+02:00", "room": {"name": {"en": "Aula"}}}
            ],
        },
        {"code": "GHIJKL", "title": "Never placed", "slots": []},
    ]
    again = reading.read(json.dumps({"count": 2, "results": rows}).encode(), timezone_name="Europe/Berlin")
    (session,) = again.schedule.sessions
    assert (session.title, session.room, session.leads, session.format) == ("Ceph at scale", "Aula", ("Dee Example",), "Talk")
    assert session.length == timedelta(minutes=40)
    assert again.remarks == ("“Never placed” is left out: it says no day and time.",)


def test_what_cannot_be_used_is_told() -> None:
    document = json.loads(c3voc.to_json(SPRING))
    events = document["schedule"]["conference"]["days"][0]["rooms"]["Main hall"]
    events += [
        {**events[0]},
        {**events[0], "guid": "x", "title": " "},
        {**events[0], "guid": "y", "date": "soon", "title": "Z"},
    ]
    document["schedule"]["conference"]["time_zone_name"] = "Mars/Olympus"
    again = reading.read(json.dumps(document).encode(), timezone_name="Europe/London")
    assert again.remarks == (
        "The time zone Mars/Olympus is not known; times are read as of Europe/London.",
        "“Z” is left out: it says no day and time.",
        "“History of the Ops Meetups” is left out: the file has it twice.",
        "A session without a title is left out: it has no title.",
    )
    assert len(again.schedule.sessions) == 2


BOMB = b'<!DOCTYPE a [<!ENTITY b "xx"><!ENTITY c "&b;&b;&b;">]><schedule><conference><title>&c;</title></conference></schedule>'
SHAPES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | HOSTILE,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["title", "date", "end", "room", "guid", "duration", "persons", "name", "links"]), inner
        )
    ),
    max_leaves=12,
)


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"{}", b"null", b"3", b"\xff\xfe", b"<", b"<a/>", b"<schedule/>", BOMB, b"[" * 100_000, b"<a>" * 5000,
     b'{"schedule": {"conference": []}}', b'{"schedule": NaN}', b"x" * (reading.MOST_BYTES + 1)],
)  # fmt: skip
def test_what_is_no_schedule_is_refused(data) -> None:
    with pytest.raises(Refusal):
        reading.read(data)


@settings(max_examples=80, deadline=None)
@given(event=SHAPES, room=SHAPES, days=SHAPES, start=SHAPES)
def test_odd_files_are_read_or_refused_and_nothing_else(event, room, days, start) -> None:
    conference = {"title": "M", "start": start, "daysCount": days, "rooms": [room], "days": [{"rooms": {"A": [event]}}]}
    try:
        found = reading.read(json.dumps({"schedule": {"conference": conference}}).encode())
    except Refusal:
        return
    assert isinstance(found.schedule, Schedule)
    if found.schedule.starts_on:
        frabxml.to_xml(found.schedule)


def test_too_many_sessions_are_refused() -> None:
    event = {"title": "T", "date": "2026-05-04T10:00:00+02:00"}
    document = {"schedule": {"conference": {"title": "M", "days": [{"rooms": {"A": [event] * (reading.MOST_SESSIONS + 1)}}]}}}
    with pytest.raises(Refusal, match="more than 3000 sessions"):
        reading.read(json.dumps(document).encode())


def test_the_stamp_of_xcal_has_a_zone() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        xcal.to_xcal(SPRING, stamp=datetime(2016, 2, 1))  # noqa: DTZ001 - the fault

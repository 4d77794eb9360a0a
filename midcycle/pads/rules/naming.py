"""Names and first text of pads. Pure."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from typing import Final

from midcycle.pads.rules.findings import HOW_TO_TAG

LONGEST_NAME: Final = 80
LONGEST_NAMING: Final = 60
USUAL_NAMING: Final = "{city}-ops-{title}"
COLOURS: Final = 8
_NAMING: Final = re.compile(r"(?:[A-Za-z0-9_-]|\{city\}|\{title\})+")
_TEMPLATE: Final = f"""{HOW_TO_TAG}

## Notes


## Actions

- [ ] who: what, by when
"""


def pad_name(city: str, title: str, taken: Collection[str], naming: str = "") -> str:
    """Return a name such as `LIS-ops-upgrades`, by the meetup's own way of `naming` or the usual one."""
    place = re.sub(r"[^A-Z]", "", _ascii(city).upper())[:3] or "OPS"
    words = "-".join(re.findall(r"[a-z0-9]+", _ascii(title).lower()))
    filled = (naming or USUAL_NAMING).replace("{city}", place).replace("{title}", words)
    base = filled[: LONGEST_NAME - 6].strip("-_") or "pad"
    name, number = base, 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    return name


def is_a_name(text: str) -> bool:
    """Say whether a pad can be called so."""
    return re.fullmatch(rf"[A-Za-z0-9][A-Za-z0-9_-]{{0,{LONGEST_NAME - 1}}}", text) is not None


def why_not_this_name(name: str) -> str:
    """Return why a pad cannot be called so, blank when it can: its name is a part of its address."""
    if is_a_name(name):
        return ""
    return f"A pad's name has letters, digits and hyphens only, at most {LONGEST_NAME}. Choose another name."


def why_not_this_naming(naming: str) -> str:
    """Return why pads cannot be named so, blank when they can."""
    plain = naming.replace("{city}", "X").replace("{title}", "X")
    if naming.count("{title}") == 1 and _NAMING.fullmatch(naming) and len(naming) <= LONGEST_NAMING and is_a_name(plain):
        return ""
    return "Write letters, digits and hyphens with {title} once among them, such as {city}-ops-{title}. Begin with a letter."


def first_text(title: str, place: str, leads: Sequence[str], notes: str = "") -> str:
    """Return what a new pad says: what it is about, who leads, and notes taken elsewhere or else where to write."""
    head = [f"# {title}", ""]
    if place:
        head += [place, ""]
    if leads:
        head += [f"Moderated by {', '.join(leads)}.", ""]
    return "\n".join([*head, notes or _TEMPLATE])


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()

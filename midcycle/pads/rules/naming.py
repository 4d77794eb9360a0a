"""Names and first text of pads. Pure."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from midcycle.kernel.words import gettext
from midcycle.pads.rules.findings import BLANK_ACTION, HOW_TO_TAG

LONGEST_NAME: Final = 80
LONGEST_NAMING: Final = 60
USUAL_NAMING: Final = "{city}-ops-{title}"
COLOURS: Final = 8
_NAMING: Final = re.compile(r"(?:[A-Za-z0-9_-]|\{city\}|\{title\})+")
_FOR_NAMES: Final = "Write your name here if you want to be listed."
_BLANK: Final = "- "  # an item to write into


@dataclass(frozen=True, slots=True)
class Subject:
    """What a pad is about, as far as it is known. `abstract` is Markdown."""

    title: str
    place: str = ""
    leads: Sequence[str] = ()
    note_takers: Sequence[str] = ()
    abstract: str = ""


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
    message = gettext("A pad's name has letters, digits and hyphens only, at most %(most)s. Choose another name.")
    return message % {"most": LONGEST_NAME}


def why_not_this_naming(naming: str) -> str:
    """Return why pads cannot be named so, blank when they can."""
    plain = naming.replace("{city}", "X").replace("{title}", "X")
    if naming.count("{title}") == 1 and _NAMING.fullmatch(naming) and len(naming) <= LONGEST_NAMING and is_a_name(plain):
        return ""
    return gettext(
        "Write letters, digits and hyphens with {title} once among them, such as {city}-ops-{title}. Begin with a letter."
    )


def first_text(subject: Subject, notes: str = "") -> str:
    """Return what a new pad says: what it is about, who leads and takes notes, and notes taken elsewhere or else a template."""
    head = [f"# {subject.title}", ""]
    if subject.place:
        head += [subject.place, ""]
    if subject.leads:
        head += [f"Moderated by {', '.join(subject.leads)}.", ""]
    if subject.note_takers:
        head += [f"Notes by {', '.join(subject.note_takers)}.", ""]
    return "\n".join([*head, notes or _template(subject.abstract)])


def _template(abstract: str) -> str:
    quoted = "\n".join(f"> {line}".rstrip() for line in abstract.strip().splitlines())  # what it opens ends with the quotation
    agenda = (quoted, _BLANK) if quoted else (_BLANK,)
    others = ("## Attendees", _FOR_NAMES, _BLANK, "## Notes", _BLANK, "## Actions", f"- [ ] {BLANK_ACTION}")
    return "\n\n".join((HOW_TO_TAG, "## Agenda", *agenda, *others)) + "\n"


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()

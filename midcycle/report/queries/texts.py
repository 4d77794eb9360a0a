"""The text of each section in a language: as the team wrote it, else in another language, else as the facts draft it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from midcycle.kernel.languages import INTERFACE
from midcycle.meetups.models import Meetup
from midcycle.registration.queries import languages_of
from midcycle.registration.rules.languages import FIRST
from midcycle.report.models import Section
from midcycle.report.rules import SECTIONS


@dataclass(frozen=True)
class Text:
    """What a section says, in Markdown with names of figures. `is_own`: the team wrote it; `is_other`: in another language."""

    key: str
    language: str
    text: str
    is_own: bool
    is_other: bool


def languages(meetup: Meetup) -> tuple[str, ...]:
    """Return the languages a report is in, the first of them first: those the team asks people in. One query."""
    return languages_of(meetup)


def spoken_in(language: str) -> str:
    """Return the language a draft for a report in this language is in: the same if the interface speaks it, else English."""
    return language if language in INTERFACE else FIRST


def texts(meetup: Meetup, language: str, drafts: Mapping[str, str], own: Sequence[str]) -> tuple[Text, ...]:
    """Return the text of every section in its order. `own` are the languages of the report. One query."""
    written = {
        (section.key, section.language): section.text
        for section in Section.objects.filter(meetup=meetup, text__isnull=False)
        if section.text is not None
    }
    order = tuple(dict.fromkeys((language, *own, FIRST)))
    return tuple(_text(key, written, drafts[key], order) for key in SECTIONS)


def _text(key: str, written: Mapping[tuple[str, str], str], draft: str, order: Iterable[str]) -> Text:
    """Return the text in the first of the languages it is there in; nobody wrote it: the draft, in the language of the page."""
    wanted, *others = order
    said = written.get((key, wanted))
    if said is not None:
        return Text(key, wanted, said, is_own=True, is_other=False)
    for language in others if wanted != FIRST else ():
        if text := written.get((key, language)):
            return Text(key, language, text, is_own=True, is_other=True)
    left_out = wanted != FIRST and any((key, language) in written for language in others)
    spoken = spoken_in(wanted)
    return Text(
        key, spoken, "" if left_out else draft, is_own=left_out, is_other=spoken != wanted and bool(draft) and not left_out
    )

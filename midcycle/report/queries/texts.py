"""The text of each section in a language: as the team wrote it, else in another language, else as the facts draft it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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
    """Return the text in the first of the languages it is there in; the draft is there in English."""
    wanted, *others = order
    for language in (wanted, *others):
        said = written.get((key, language))
        if said is not None:
            return Text(key, language, said, is_own=True, is_other=language != wanted and bool(said))
        if language == FIRST:
            return Text(key, FIRST, draft, is_own=False, is_other=wanted != FIRST and bool(draft))
    return Text(key, FIRST, draft, is_own=False, is_other=wanted != FIRST and bool(draft))

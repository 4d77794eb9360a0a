"""What the team sees while it writes: every section, one of them with its draft and versions, and what changed."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext

from midcycle.feedback import queries as feedback
from midcycle.invoicing.queries.money import is_public
from midcycle.meetups.models import Meetup
from midcycle.registration.rules.languages import LANGUAGES
from midcycle.report import rules
from midcycle.report.models import DataPoints, Report, Section, Version
from midcycle.report.queries.facts import gathered
from midcycle.report.queries.page import text_html
from midcycle.report.queries.texts import languages, spoken_in, texts
from midcycle.report.rules import Stretch

SHOWN = 50  # versions of a section on its page


@dataclass(frozen=True)
class SectionLine:
    """A section in the list: what it is called, how it begins, and whether it follows the facts or was written."""

    key: str
    name: str
    begins: str
    state: str
    is_own: bool
    is_other: bool


@dataclass(frozen=True)
class Desk:
    """The sections in one language, and words only the team may read. No sections before the meetup."""

    meetup: Meetup
    report: Report | None
    may_write: bool
    language: str
    languages: tuple[tuple[str, str], ...]
    sections: tuple[SectionLine, ...]
    words: tuple[str, ...]
    shows_money: bool
    has_points: bool


@dataclass(frozen=True)
class VersionLine:
    """A version in the history."""

    number: int
    by: str
    at: datetime
    says: str


@dataclass(frozen=True)
class SectionDesk:
    """One section to write: its text now, the draft of the facts now, figures as they are taken up, and its versions.

    `is_other`: the text stands in another language so far. `changes` are what a version changed, or what taking the draft
    would; `version` is the one shown.
    """

    meetup: Meetup
    key: str
    name: str
    language: str
    language_name: str
    edition: int
    is_own: bool
    text: str
    is_other: bool
    draft: str
    figures: tuple[tuple[str, str], ...]
    versions: tuple[VersionLine, ...]
    version: VersionLine | None
    changes: tuple[Stretch, ...]

    @property
    def differs(self) -> bool:
        """Whether the draft says something else than the text."""
        return self.is_own and self.text != self.draft


def desk(meetup: Meetup, language: str = "") -> Desk:
    """Return what the team sees of a report in one of its languages."""
    own, may_write = languages(meetup), rules.may_write(meetup.stage)
    language = language if language in own else own[0]
    with translation.override(spoken_in(language)):
        found = gathered(meetup) if may_write else None
        drafted = found.drafts if found else {}
    said = texts(meetup, language, drafted, own) if found else ()
    figures = found.values if found else {}
    lines = (
        SectionLine(
            text.key,
            gettext(rules.SECTIONS[text.key]),
            _beginning(rules.plain(rules.in_markdown(text.text, figures))),
            _state(text.text, is_own=text.is_own),
            text.is_own,
            text.is_other,
        )
        for text in said
    )
    return Desk(
        meetup=meetup,
        report=Report.objects.filter(meetup=meetup).first(),
        may_write=may_write,
        language=language,
        languages=tuple((code, LANGUAGES[code]) for code in own),
        sections=tuple(lines),
        words=feedback.own_words(meetup),
        shows_money=is_public(meetup),
        has_points=DataPoints.objects.filter(meetup=meetup, is_public=True).exists(),
    )


def section_desk(
    meetup: Meetup, key: str, language: str = "", *, version: int | None = None, anew: bool = False
) -> SectionDesk:
    """Return one section to write; with what a version changed, or `anew` what taking the draft of the facts would."""
    own = languages(meetup)
    language = language if language in own else own[0]
    with translation.override(spoken_in(language)):
        found = gathered(meetup)
        drafted = found.drafts
    said = next(text for text in texts(meetup, language, drafted, own) if text.key == key)
    facts = drafted[key] if spoken_in(language) == language else ""
    section = Section.objects.filter(meetup=meetup, key=key, language=language).first()
    kept = _versions(section)
    lines = tuple(_line(one) for one in kept[:SHOWN])
    return SectionDesk(
        meetup=meetup,
        key=key,
        name=gettext(rules.SECTIONS[key]),
        language=language,
        language_name=LANGUAGES[language],
        edition=section.edition if section else 0,
        is_own=section is not None and section.text is not None,
        text=said.text,
        is_other=said.is_other,
        draft=facts,
        figures=tuple((f"{{{{ {name} }}}}", value.text) for name, value in found.values.items()),
        versions=lines,
        version=next((line for line in lines if line.number == version), None),
        changes=rules.changes(said.text, facts) if anew else _changed(kept, version),
    )


def preview_html(meetup: Meetup, text: str) -> str:
    """Return a text as it would look, with its figures."""
    return text_html(text, gathered(meetup))


def differences(before: str, after: str) -> tuple[Stretch, ...]:
    """Return two texts in one: what only one of them has, and what both have."""
    return rules.changes(before, after)


def known_figures(meetup: Meetup) -> frozenset[str]:
    """Return the names of the figures that are known now."""
    return frozenset(gathered(meetup).values)


def _versions(section: Section | None) -> list[Version]:
    """Return the versions, newest first, one more than are shown: what the oldest changed is seen beside it."""
    if section is None:
        return []
    return list(Version.objects.filter(section=section).select_related("by").order_by("-number")[: SHOWN + 1])


def _line(version: Version) -> VersionLine:
    if version.text is None:
        says = gettext("follows the facts again")
    else:
        says = _beginning(rules.plain(version.text)) or gettext("left out")
    return VersionLine(version.number, str(version.by or gettext("Somebody")), version.at, says)


def _changed(kept: list[Version], number: int | None) -> tuple[Stretch, ...]:
    found = next((at for at, version in enumerate(kept) if version.number == number), None)
    if found is None:
        return ()
    before = kept[found + 1].text if found + 1 < len(kept) else ""
    return rules.changes(before or "", kept[found].text or "")


def _state(text: str, *, is_own: bool) -> str:
    if is_own:
        return gettext("Written by the team") if text else gettext("Left out")
    return gettext("Follows the facts") if text else gettext("Nothing to say yet")


def _beginning(text: str) -> str:
    line = " ".join(part for part in text.split("\n") if part and not part.isupper())  # headings are in capitals
    return line if len(line) <= 120 else f"{line[:119].rstrip()}…"

"""Writing and publishing a report, and keeping what sources tell."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext, gettext_noop

from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import lines, one_line
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.registration import actions as registration
from midcycle.registration.rules.languages import FIRST, LANGUAGES
from midcycle.report import rules
from midcycle.report.models import Report, Section, Source, ToldFact, Version
from midcycle.report.queries import known_figures

CHANGED = gettext_noop(
    "Somebody else changed this section meanwhile. What you typed is kept here. Compare, and save again what should stand."
)


@dataclass(frozen=True)
class Wording:
    """What a section is to say in a language; None follows the facts. `seen` is the edition somebody changes, None any."""

    key: str
    text: str | None
    language: str = FIRST
    seen: int | None = None


@transaction.atomic
def write(meetup: Meetup, wording: Wording, *, by: Person, now: datetime) -> Section:
    """Keep what a section says, as its next version; one that says the same already is left as it is.

    Raises Refusal before the meetup, when somebody else changed it meanwhile, when it is too long, and for a figure nobody
    knows.
    """
    meetups.check_changeable(meetup.pk)
    if not rules.may_write(meetup.stage):
        raise Refusal(gettext(rules.NOT_YET))
    text = None if wording.text is None else lines(wording.text)
    _check(meetup, wording, text)
    section, _ = Section.objects.get_or_create(meetup=meetup, key=wording.key, language=wording.language)
    if wording.seen is not None and wording.seen != section.edition:
        raise Refusal(gettext(CHANGED), field="text")
    if section.text != text:
        section.text, section.edition = text, section.edition + 1
        section.save(update_fields=["text", "edition"])
        Version.objects.create(section=section, number=section.edition, text=text, by=by, at=now)
        Report.objects.get_or_create(meetup=meetup)
        facts = {"section": wording.key, "language": wording.language, "edition": section.edition}
        journal.record("report.written", at=now, meetup=meetup.pk, actor=by.pk, facts=facts)
    return section


@transaction.atomic
def restore(meetup: Meetup, number: int, wording: Wording, *, by: Person, now: datetime) -> None:
    """Let a section say again what it said after one of its versions. Raises Refusal."""
    found = Version.objects.filter(
        section__meetup=meetup, section__key=wording.key, section__language=wording.language, number=number
    ).first()
    if found is None:
        raise Refusal(gettext("There is no such version."))
    write(meetup, Wording(wording.key, found.text, wording.language, wording.seen), by=by, now=now)


@transaction.atomic
def publish(meetup: Meetup, *, by: Person, now: datetime) -> Report:
    """Show the report to everybody; sections nobody wrote go on following the facts.

    Who came, by role, sector and region, and what they said when registering, is counted the first time and never anew. Raises
    Refusal before the wrap-up.
    """
    meetups.check_changeable(meetup.pk)
    if not rules.may_write(meetup.stage):
        raise Refusal(gettext(rules.NOT_YET))
    if meetup.stage not in rules.OVER_STAGES:
        raise Refusal(gettext(rules.NOT_COUNTED))
    registration.keep_figures(meetup)
    report, _ = Report.objects.select_for_update().get_or_create(meetup=meetup)
    if report.published_at is None:
        report.published_at = now
        report.save(update_fields=["published_at"])
        meetups.note_report(meetup.pk, published=True)
        journal.record("report.published", at=now, meetup=meetup.pk, actor=by.pk)
    return report


@transaction.atomic
def unpublish(meetup: Meetup, *, by: Person, now: datetime) -> None:
    """Take the report back; its text is kept. Raises Refusal once the meetup is archived."""
    meetups.check_changeable(meetup.pk)
    if Report.objects.filter(meetup=meetup, published_at__isnull=False).update(published_at=None):
        meetups.note_report(meetup.pk, published=False)
        journal.record("report.unpublished", at=now, meetup=meetup.pk, actor=by.pk)


@transaction.atomic
def keep_told_fact(meetup: Meetup, path: str, value: object, *, by: Person, now: datetime) -> ToldFact:
    """Keep a fact as a source tells it: a dotted path such as `size.estimated_demand`, and any value of JSON."""
    path = one_line(path)
    if not 0 < len(path) <= rules.LONGEST_PATH:
        raise Refusal(gettext("Name the fact in 1 to %(most)s characters.") % {"most": rules.LONGEST_PATH}, field="path")
    if not rules.can_be_kept(value):
        raise Refusal(
            gettext("Only text, numbers, lists and tables can be kept. Leave out what is none of these."), field="value"
        )
    told, _ = ToldFact.objects.update_or_create(meetup=meetup, path=path, defaults={"value": value})
    journal.record("report.fact_told", at=now, meetup=meetup.pk, actor=by.pk, facts={"told": told.pk})
    return told


@transaction.atomic
def keep_source(meetup: Meetup, key: str, where: str, *, by: Person, now: datetime) -> Source:
    """Keep where facts come from: a short key, and an address or a description."""
    key, where = one_line(key), one_line(where)
    if not 0 < len(key) <= rules.LONGEST_KEY:
        raise Refusal(gettext("Name the source in 1 to %(most)s characters.") % {"most": rules.LONGEST_KEY}, field="key")
    if not 0 < len(where) <= rules.LONGEST_WHERE:
        told = gettext("Say where the source is in 1 to %(most)s characters.") % {"most": rules.LONGEST_WHERE}
        raise Refusal(told, field="where")
    source, _ = Source.objects.update_or_create(meetup=meetup, key=key, defaults={"where": where})
    journal.record("report.source_kept", at=now, meetup=meetup.pk, actor=by.pk, facts={"source": source.pk})
    return source


def _check(meetup: Meetup, wording: Wording, text: str | None) -> None:
    """Raise Refusal for what cannot be kept."""
    if wording.key not in rules.SECTIONS or wording.language not in LANGUAGES:
        raise Refusal(gettext("A report has no such section."))
    if text is None:
        return
    if len(text) > rules.LONGEST_BODY:
        raise Refusal(gettext("Shorten the text to %(most)s characters.") % {"most": rules.LONGEST_BODY}, field="text")
    fault = rules.fault_in_references(text, known_figures(meetup)) if rules.references_in(text) else None
    if fault:
        raise Refusal(fault, field="text")

"""Writing and publishing a report, and keeping what sources tell."""

from datetime import datetime

from django.db import transaction

from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import lines, one_line
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.report import rules
from midcycle.report.models import Report, Source, ToldFact
from midcycle.report.queries import draft_text
from midcycle.web.markdown import to_html


@transaction.atomic
def write(meetup: Meetup, body: str, *, by: Person, now: datetime) -> Report:
    """Keep the organiser's text, in Markdown, and its clean HTML. Raises Refusal before the meetup, or if it is too long."""
    meetups.check_changeable(meetup.pk)
    if not rules.may_write(meetup.stage):
        raise Refusal(rules.NOT_YET)
    body = lines(body)
    if len(body) > rules.LONGEST_BODY:
        raise Refusal(f"Shorten the text to {rules.LONGEST_BODY} characters.", field="body")
    report, _ = Report.objects.update_or_create(meetup=meetup, defaults={"body": body, "body_html": to_html(body)})
    journal.record("report.written", at=now, meetup=meetup.pk, actor=by.pk, facts={"characters": len(body)})
    return report


@transaction.atomic
def publish(meetup: Meetup, *, by: Person, now: datetime, body: str | None = None) -> Report:
    """Show the report to everybody, with a new text if one is given; one never written starts with its draft.

    Raises Refusal before the meetup, or if the text is too long.
    """
    meetups.check_changeable(meetup.pk)
    if not rules.may_write(meetup.stage):
        raise Refusal(rules.NOT_YET)
    report = Report.objects.select_for_update().filter(meetup=meetup).first()
    if report is None or body is not None:
        report = write(meetup, draft_text(meetup) if body is None else body, by=by, now=now)
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
        raise Refusal(f"Name the fact in 1 to {rules.LONGEST_PATH} characters.", field="path")
    if not rules.can_be_kept(value):
        raise Refusal("Only text, numbers, lists and tables can be kept. Leave out what is none of these.", field="value")
    told, _ = ToldFact.objects.update_or_create(meetup=meetup, path=path, defaults={"value": value})
    journal.record("report.fact_told", at=now, meetup=meetup.pk, actor=by.pk, facts={"told": told.pk})
    return told


@transaction.atomic
def keep_source(meetup: Meetup, key: str, where: str, *, by: Person, now: datetime) -> Source:
    """Keep where facts come from: a short key, and an address or a description."""
    key, where = one_line(key), one_line(where)
    if not 0 < len(key) <= rules.LONGEST_KEY:
        raise Refusal(f"Name the source in 1 to {rules.LONGEST_KEY} characters.", field="key")
    if not 0 < len(where) <= rules.LONGEST_WHERE:
        raise Refusal(f"Say where the source is in 1 to {rules.LONGEST_WHERE} characters.", field="where")
    source, _ = Source.objects.update_or_create(meetup=meetup, key=key, defaults={"where": where})
    journal.record("report.source_kept", at=now, meetup=meetup.pk, actor=by.pk, facts={"source": source.pk})
    return source

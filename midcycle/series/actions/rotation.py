"""Writing the rule anew, making exceptions, keeping past editions."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext, gettext_noop

from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import has_ink, lines, one_line
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup, Series
from midcycle.series.models import PastEdition, RotationException, RotationRule
from midcycle.series.rules.facts import MOST_EDITIONS, Past, SeriesFacts, Terms
from midcycle.series.rules.regions import as_facts

LONGEST_TEXT: Final = 2000
_MEANWHILE: Final = gettext_noop("Somebody changed this rule meanwhile. Look at what it says now, then change it again.")


@transaction.atomic
def set_rule(series: Series, terms: Terms, *, by: Person | None, now: datetime, seen: int | None = None) -> RotationRule:
    """Write the next version of the rule. `seen` is the version it was made from, 0 for none; None writes in any case.

    Raises Refusal when nothing is said, when the days are in a wrong order, or when somebody wrote another version meanwhile.
    """
    _check_terms(terms)
    locked = Series.objects.select_for_update().get(pk=series.pk)
    last = RotationRule.objects.filter(series=locked).aggregate(last=Max("number"))["last"] or 0
    if seen is not None and seen != last:
        raise Refusal(gettext(_MEANWHILE))
    values = {**asdict(terms), "regions": as_facts(terms.regions), "text": lines(terms.text)[:LONGEST_TEXT]}
    rule = RotationRule.objects.create(series=locked, number=last + 1, written_by=by, written_at=now, **values)
    meetups.set_rotation_rule(series, rule.text, now=now)
    facts = {"series": series.pk, "number": rule.number}
    journal.record("series.rule_written", at=now, actor=by.pk if by else None, facts=facts)
    return rule


@transaction.atomic
def make_exception(
    series: Series, edition: Meetup | PastEdition, reason: str, *, by: Person | None, now: datetime
) -> RotationException:
    """Let an edition break the rule for a public reason, or change the reason. Raises Refusal without one."""
    said = one_line(reason)[:500]
    if not has_ink(said):
        raise Refusal(gettext("Say why, in a sentence everybody can read."), field="reason")
    target = {"meetup": edition} if isinstance(edition, Meetup) else {"past": edition}
    values = {"series": series, "reason": said, "made_by": by, "made_at": now}
    made, _ = RotationException.objects.update_or_create(**target, defaults=values)
    facts = {"series": series.pk, "exception": made.pk}
    journal.record("series.exception_made", at=now, meetup=made.meetup_id, actor=by.pk if by else None, facts=facts)
    return made


@transaction.atomic
def lift_exception(exception: RotationException, *, by: Person, now: datetime) -> None:
    """Judge an edition by the rule again."""
    gone, _ = RotationException.objects.filter(pk=exception.pk).delete()
    if gone:
        facts = {"series": exception.series_id, "exception": exception.pk}
        journal.record("series.exception_lifted", at=now, meetup=exception.meetup_id, actor=by.pk, facts=facts)


@transaction.atomic
def keep_past(series: Series, past: Past, *, by: Person | None, now: datetime) -> PastEdition:
    """Keep an edition held elsewhere. Raises Refusal when the series has one of this name already, or very many."""
    _check_days(past)
    if PastEdition.objects.filter(series=series).count() >= MOST_EDITIONS:
        raise Refusal(gettext("A series keeps %(most)s past editions. Take one away first.") % {"most": MOST_EDITIONS})
    try:
        with transaction.atomic():
            kept = PastEdition.objects.create(series=series, **_values(past))
    except IntegrityError:
        raise Refusal(
            gettext("This series has an edition of this name already. Give it another, such as with the year."), field="name"
        ) from None
    _record("series.past_kept", kept, by, now)
    return kept


@transaction.atomic
def change_past(edition: PastEdition, past: Past, *, by: Person, now: datetime) -> None:
    """Say other things about a past edition; its key stays. Raises Refusal when its days are in the wrong order."""
    _check_days(past)
    values = {name: value for name, value in _values(past).items() if name != "key"}
    PastEdition.objects.filter(pk=edition.pk).update(**values)
    _record("series.past_changed", edition, by, now)


@transaction.atomic
def drop_past(edition: PastEdition, *, by: Person, now: datetime) -> None:
    """Take a past edition away, with its exception."""
    number = edition.pk
    PastEdition.objects.filter(pk=number).delete()
    facts = {"series": edition.series_id, "past": number}
    journal.record("series.past_dropped", at=now, actor=by.pk, facts=facts)


@transaction.atomic
def take_in(
    series: Series, facts: SeriesFacts, *, by: Person | None, now: datetime, seen: int | None = None
) -> tuple[int, int]:
    """Take over what a file says: the rule where it has one, new editions, and changes of those known by their key.

    An edition that is a meetup of this server, by city and month, stays what it is here; it only learns which summit followed
    it, where nobody has said so.
    Returns how many editions are new and how many were known. Everything or nothing: raises Refusal as `set_rule` does.
    """
    Series.objects.select_for_update().get(pk=series.pk)
    known = {edition.key: edition for edition in PastEdition.objects.filter(series=series)}
    told = _not_held_here(series, facts.editions, by=by, now=now)
    fresh = [past for past in told if past.key not in known]
    if len(known) + len(fresh) > MOST_EDITIONS:
        said = gettext("A series keeps %(most)s past editions; with this file there would be more.") % {"most": MOST_EDITIONS}
        raise Refusal(said, field="file")
    if facts.terms is not None:
        set_rule(series, facts.terms, by=by, now=now, seen=seen)
    made = PastEdition.objects.bulk_create([PastEdition(series=series, **_values(past)) for past in fresh])
    for past in told:
        if past.key in known:
            PastEdition.objects.filter(pk=known[past.key].pk).update(**_values(past))
    editions = known | {edition.key: edition for edition in made}
    for past in told:
        if past.excepted:
            make_exception(series, editions[past.key], past.excepted, by=by, now=now)
    counted = {"series": series.pk, "new": len(fresh), "known": len(told) - len(fresh)}
    journal.record("series.taken_in", at=now, actor=by.pk if by else None, facts=counted)
    return counted["new"], counted["known"]


def _check_terms(terms: Terms) -> None:
    if not has_ink(terms.text):
        raise Refusal(gettext("Say the rule in a sentence: people read it before they read anything else."), field="text")
    if terms.opposes_summit and len(terms.regions) == 1:
        raise Refusal(gettext("With one region alone nothing can be opposed. Name two at least."), field="regions")
    if terms.never_twice and len(terms.regions) == 1:
        raise Refusal(gettext("With one region alone every edition is there. Name two at least."), field="regions")


def _check_days(past: Past) -> None:
    if not past.name:
        raise Refusal(gettext("Give it a name, such as the city and the year."), field="name")
    if past.ends_on and (past.starts_on is None or past.ends_on < past.starts_on):
        raise Refusal(gettext("The last day is before the first. Choose a later last day."), field="ends_on")


def _not_held_here(series: Series, editions: Sequence[Past], *, by: Person | None, now: datetime) -> list[Past]:
    """Return the editions that are no meetups of this server, and tell those that are which summit followed."""
    held = Meetup.objects.filter(series=series).exclude(starts_on=None)
    here = {(meetup.city.casefold(), *_month(meetup.starts_on)): meetup for meetup in held}
    elsewhere = []
    for past in editions:
        meetup = here.get((past.city.casefold(), *_month(past.starts_on)))
        if meetup is None:
            elsewhere.append(past)
        elif past.summit_region and not meetup.next_summit_region:
            summit = {"next_summit_city": past.summit_city, "next_summit_region": past.summit_region}
            meetups.join_series(meetup, series, by=by or meetup.opened_by, now=now, **summit)
    return elsewhere


def _month(day: date | None) -> tuple[int, int]:
    return (day.year, day.month) if day else (0, 0)


def _values(past: Past) -> dict[str, object]:
    return {name: value for name, value in asdict(past).items() if name != "excepted"}


def _record(kind: str, edition: PastEdition, by: Person | None, now: datetime) -> None:
    facts = {"series": edition.series_id, "past": edition.pk}
    journal.record(kind, at=now, actor=by.pk if by else None, facts=facts)

"""Opening a meetup, saying where and when, moving it through its life."""

import hashlib
import secrets
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.kernel.moves import IllegalMove, check_move
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.slugs import slug_from
from midcycle.kernel.typed import one_line
from midcycle.meetups.models import ApiToken, Meetup, Organiser, Series
from midcycle.meetups.rules import ARCHIVED, MOVES, SCOPES
from midcycle.web.markdown import to_html
from midcycle.web.texts import said_in

MOST_TWINS: Final = 50


@dataclass(frozen=True)
class Place:
    """Where and when a meetup is held; blank and None mean not known yet."""

    region: str = ""
    city: str = ""
    country: str = ""
    venue: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    about_when: str = ""
    timezone: str = "UTC"


@transaction.atomic
def open_idea(person: Person, *, title: str, summary: str, now: datetime, region: str = "", slug: str = "") -> Meetup:
    """Open an idea: a meetup that nobody hosts yet. The person becomes its first organiser."""
    said = {"title": one_line(title)[:160], "summary": summary, "summary_html": to_html(summary), "region": region}
    meetup = _new_meetup(slug or title, said, opened_by=person, opened_at=now)
    Organiser.objects.create(meetup=meetup, person=person)
    journal.record("meetups.idea_opened", at=now, meetup=meetup.pk, actor=person.pk)
    return meetup


def check_changeable(meetup: int) -> None:
    """Raise Refusal when the meetup with this number is archived; until the transaction ends nobody can archive it.

    On PostgreSQL the lock lets others go on to refer to the meetup, such as those who register.
    """
    if Meetup.objects.select_for_update(no_key=True).only("stage").get(pk=meetup).stage == "archived":
        raise Refusal(gettext(ARCHIVED))


def note_fees(meetup: int, *, has_fees: bool) -> None:
    """Note whether a seat of the meetup with this number costs something. Part of that deed."""
    Meetup.objects.filter(pk=meetup).update(has_fees=has_fees)


def note_agenda(meetup: int) -> None:
    """Note that the meetup with this number has a released agenda. Part of that deed."""
    Meetup.objects.filter(pk=meetup).update(has_agenda=True)


def note_report(meetup: int, *, published: bool) -> None:
    """Note whether the meetup with this number has a published report. Part of that deed."""
    Meetup.objects.filter(pk=meetup).update(has_report=published)


@transaction.atomic
def describe(  # noqa: PLR0913 - what a meetup says of itself
    meetup: Meetup, person: Person, *, title: str, summary: str, notice: str, now: datetime, language: str = ""
) -> None:
    """Change what a meetup is called and about, and the line on top of its pages. Raises Refusal once it is archived.

    `language` is the one these are written in; blank leaves it as it was.
    """
    check_changeable(meetup.pk)
    meetup.title, meetup.summary, meetup.summary_html = one_line(title)[:160], summary, to_html(summary)
    meetup.notice, meetup.language = one_line(notice)[:200], language or meetup.language
    meetup.save(update_fields=["title", "summary", "summary_html", "notice", "language"])
    journal.record("meetups.described", at=now, meetup=meetup.pk, actor=person.pk)


@transaction.atomic
def describe_in(  # noqa: PLR0913 - the same
    meetup: Meetup, person: Person, language: str, *, title: str, summary: str, notice: str, now: datetime
) -> None:
    """Say the same in another language; what is blank is read in the first. Raises Refusal once it is archived."""
    held = Meetup.objects.select_for_update().get(pk=meetup.pk)
    if held.stage == "archived":
        raise Refusal(ARCHIVED)
    said = {"title": one_line(title)[:160], "summary": summary, "summary_html": to_html(summary) if summary.strip() else ""}
    said |= {"notice": one_line(notice)[:200]}
    meetup.texts = said_in(held.texts, language, said)
    meetup.save(update_fields=["texts"])
    journal.record("meetups.described", at=now, meetup=meetup.pk, actor=person.pk, facts={"language": language})


@transaction.atomic
def set_place(meetup: Meetup, person: Person, place: Place, *, now: datetime) -> None:
    """Say where and when the meetup is. Raises Refusal when it would end before it starts."""
    check_changeable(meetup.pk)
    if place.starts_on and place.ends_on and place.ends_on < place.starts_on:
        raise Refusal(gettext("The last day is before the first. Choose a later last day."), field="ends_on")
    names = [field.name for field in fields(place)]
    for name in names:
        setattr(meetup, name, getattr(place, name))
    meetup.save(update_fields=names)
    journal.record("meetups.place_set", at=now, meetup=meetup.pk, actor=person.pk)


@transaction.atomic
def move_to_stage(meetup: Meetup, person: Person, stage: str, *, now: datetime) -> None:
    """Move the meetup on, or one step back. Raises Refusal for any other move."""
    locked = Meetup.objects.select_for_update().get(pk=meetup.pk)
    try:
        check_move(MOVES, locked.stage, stage)
    except IllegalMove as move:
        raise Refusal(str(move)) from None
    Meetup.objects.filter(pk=meetup.pk).update(stage=stage)
    meetup.stage = stage
    journal.record(
        "meetups.stage_reached", at=now, meetup=meetup.pk, actor=person.pk, facts={"was": locked.stage, "stage": stage}
    )


@transaction.atomic
def add_organiser(meetup: Meetup, person: Person, *, by: Person, now: datetime) -> None:
    """Add a person to the team. Raises Refusal once the meetup is archived."""
    check_changeable(meetup.pk)
    _, fresh = Organiser.objects.get_or_create(meetup=meetup, person=person)
    if fresh:
        journal.record("meetups.organiser_added", at=now, meetup=meetup.pk, actor=by.pk, facts={"person": person.pk})


@transaction.atomic
def remove_organiser(organiser: Organiser, *, by: Person, now: datetime) -> None:
    """Take a person off the team. Raises Refusal for the last one, and when whoever asks was taken off meanwhile.

    The meetup's row is locked, so that two organisers cannot take each other off at once.
    """
    Meetup.objects.select_for_update().get(pk=organiser.meetup_id)
    team = set(Organiser.objects.filter(meetup=organiser.meetup_id).values_list("person", flat=True))
    if organiser.person_id not in team:
        return
    if by.pk not in team:
        raise Refusal(gettext("You are not on this team any more, so nothing was changed."))
    if len(team) == 1:
        raise Refusal(gettext("Somebody has to look after this meetup. Add another person first."))
    Organiser.objects.filter(pk=organiser.pk).delete()
    facts = {"person": organiser.person_id}
    journal.record("meetups.organiser_removed", at=now, meetup=organiser.meetup_id, actor=by.pk, facts=facts)


@transaction.atomic
def start_series(title: str, *, slug: str, now: datetime, community: str = "") -> Series:
    """Return the series with this slug, new if there is none."""
    series, fresh = Series.objects.get_or_create(slug=slug_from(slug), defaults={"title": title, "community": community})
    if fresh:
        journal.record("meetups.series_started", at=now, facts={"series": series.pk})
    return series


@transaction.atomic
def set_rotation_rule(series: Series, rule: str, *, now: datetime) -> None:
    """State how a series moves between regions."""
    series.rotation_rule = rule
    series.save(update_fields=["rotation_rule"])
    journal.record("meetups.rotation_rule_set", at=now, facts={"series": series.pk})


@transaction.atomic
def join_series(
    meetup: Meetup, series: Series, *, by: Person, now: datetime, next_summit_city: str = "", next_summit_region: str = ""
) -> None:
    """Make the meetup an edition of the series, and say which summit follows it."""
    meetup.series, meetup.next_summit_city, meetup.next_summit_region = series, next_summit_city, next_summit_region
    meetup.save(update_fields=["series", "next_summit_city", "next_summit_region"])
    journal.record("meetups.series_joined", at=now, meetup=meetup.pk, actor=by.pk, facts={"series": series.pk})


@transaction.atomic
def leave_series(meetup: Meetup, *, by: Person, now: datetime) -> None:
    """Make the meetup an edition of no series."""
    if meetup.series_id is None:
        return
    left = meetup.series_id
    meetup.series, meetup.next_summit_city, meetup.next_summit_region = None, "", ""
    meetup.save(update_fields=["series", "next_summit_city", "next_summit_region"])
    journal.record("meetups.series_left", at=now, meetup=meetup.pk, actor=by.pk, facts={"series": left})


@transaction.atomic
def make_token(meetup: Meetup, scope: str, *, now: datetime) -> str:
    """Make a bearer token for one scope on one meetup and return it; it cannot be shown again."""
    if scope not in SCOPES:
        raise Refusal(
            gettext("There is no scope %(scope)s. Choose one of: %(scopes)s.")
            % {"scope": scope, "scopes": ", ".join(sorted(SCOPES))}
        )
    text = f"mc_{secrets.token_urlsafe(32)}"
    ApiToken.objects.create(meetup=meetup, scope=scope, digest=hashlib.sha256(text.encode()).hexdigest(), made_at=now)
    journal.record("meetups.token_made", at=now, meetup=meetup.pk, facts={"scope": scope})
    return text


@transaction.atomic
def revoke_token(token: ApiToken, *, now: datetime) -> None:
    """Let a token open nothing any more, from the next request on."""
    journal.record("meetups.token_revoked", at=now, meetup=token.meetup_id, facts={"token": token.pk, "scope": token.scope})
    token.delete()


def note_use(token: ApiToken, day: date) -> None:
    """Note the day a token was used on: one write a day, so that requests stay cheap. Nobody is told."""
    if token.used_on != day:
        ApiToken.objects.filter(pk=token.pk).update(used_on=day)


def _new_meetup(wanted: str, said: dict[str, str], *, opened_by: Person, opened_at: datetime) -> Meetup:
    """Make a meetup with the first free slug; somebody else may take that at the same moment."""
    for _ in range(MOST_TWINS):
        with suppress(IntegrityError), transaction.atomic():
            return Meetup.objects.create(slug=_free_slug(wanted), **said, opened_by=opened_by, opened_at=opened_at)
    raise Refusal(gettext("Many meetups of this name are opened right now. Try again in a moment."), field="title")


def _free_slug(wanted: str) -> str:
    base = slug_from(wanted)
    taken = set(Meetup.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number, slug = 2, base
    while slug in taken:
        slug = f"{base}-{number}"
        number += 1
    return slug

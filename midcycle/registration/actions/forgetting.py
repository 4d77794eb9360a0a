"""Keeping the public figures that are counted from answers, and deleting answers whose time is over, a batch at a time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Q

from midcycle.accounts import actions as accounts
from midcycle.journal import actions as journal
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Capacity, Echo, ImportRun, KeyedRequest, Needs, Quota, Seat, SeatAnswer, Transfer
from midcycle.registration.queries import counting, figures, keeping
from midcycle.registration.queries.asking import questions_of
from midcycle.registration.rules import line
from midcycle.registration.rules.asking import KEEP_DAYS, SOMEONE, Asked
from midcycle.registration.rules.keeping import COLUMNS, COUNTED, NEEDS, blank, days_of, is_due

LOOK_EVERY: Final = timedelta(hours=1)
BATCH: Final = 500
_FEWER_PEOPLE: Final = 10  # a person costs so many times what an answer does


def forget_next(*, now: datetime, batch: int = BATCH) -> bool:
    """Look over the meetup that waits longest for it, and delete a batch of what is due there; False when none waits.

    One that had something to delete is looked over again next, until nothing is left. Doing it twice is harmless.
    People who were invented, as in a replay, were promised nothing, and keep their names.
    """
    waits = Capacity.objects.filter(Q(looked_over_at=None) | Q(looked_over_at__lte=now - LOOK_EVERY), are_invented=False)
    longest = waits.order_by(F("looked_over_at").asc(nulls_first=True), "pk").values_list("pk", flat=True).first()
    if longest is None:
        return False
    _look_over(longest, now=now, batch=batch)
    return True


@transaction.atomic
def keep_figures(meetup: Meetup) -> None:
    """Keep what everybody may know of who came as it is now: told twice, it would tell of one person. Again is harmless."""
    for capacity in Capacity.objects.select_for_update(of=("self",)).select_related("meetup").filter(meetup=meetup):
        _keep(capacity, COUNTED)


@transaction.atomic
def _look_over(number: int, *, now: datetime, batch: int) -> None:
    """Delete a batch of what is due at one meetup; note how much, or that nothing is left for now."""
    due = _due(Capacity.objects.select_related("meetup").get(pk=number), now=now)
    people = _people_to_let_go(due, max(1, batch // _FEWER_PEOPLE))  # before the lock of the capacity, as everywhere
    capacity = Capacity.objects.select_for_update(of=("self",)).select_related("meetup").get(pk=number)
    counts = {what: count for what, count in _forget(capacity, due, people, now=now, batch=batch).items() if count}
    if counts:
        journal.record("registration.answers_forgotten", at=now, meetup=capacity.meetup_id, facts=counts)
    else:
        Capacity.objects.filter(pk=number).update(looked_over_at=now)


@dataclass(frozen=True)
class _Due:
    """What has to go at a meetup: standard answers by key, and questions of the organisers."""

    meetup: Meetup
    keys: frozenset[str]
    questions: tuple[Asked, ...]


def _due(capacity: Capacity, *, now: datetime) -> _Due:
    meetup = capacity.meetup
    last, today = keeping.last_day_of(meetup), now.astimezone(ZoneInfo(meetup.timezone)).date()
    questions = questions_of(meetup) if capacity.has_questions and last else ()
    return _Due(
        meetup,
        frozenset(key for key in KEEP_DAYS if is_due(last, days_of(key, capacity.keep_days), today)),
        tuple(question for question in questions if is_due(last, question.keep_days, today)),
    )


def _people_to_let_go(due: _Due, batch: int) -> list[int]:
    """Return some people, by number, whose seats are to let go of their address; nobody else can change them meanwhile."""
    if "email" not in due.keys:
        return []
    seats = Seat.objects.filter(meetup=due.meetup).exclude(person__email__endswith=keeping.FORGOTTEN).order_by("pk")
    people = list(seats.values_list("person_id", flat=True)[:batch])
    accounts.hold_all(people)
    return people


def _forget(capacity: Capacity, due: _Due, people: Sequence[int], *, now: datetime, batch: int) -> dict[str, int]:
    """Delete a batch of everything that is due; return how much of each."""
    meetup, keys = due.meetup, due.keys
    if not keys and not due.questions:
        return {}
    _keep(capacity, keys)
    return {
        **_forget_columns(meetup, keys, batch),
        **_forget_needs(meetup, keys, batch),
        "answers": _deleted(SeatAnswer, batch, question__in=[question.number for question in due.questions]),
        "names": _forget_names(meetup, batch) if "name" in keys else 0,
        "addresses": _forget_addresses(meetup, people, now=now),
        "transfers": _deleted(Transfer, batch, seat__meetup=meetup) if keys & {"name", "email"} else 0,
        "requests": _deleted(KeyedRequest, batch, meetup=meetup) if keys & {"name", "email"} else 0,
        "organisations": _forget_organisations(meetup) if "organisation" in keys else 0,
        "files": _forget_files(meetup) if keys else 0,
        "echoes": _forget_in_echoes(meetup, keys, [question.key for question in due.questions]),
    }


def _keep(capacity: Capacity, due: Collection[str]) -> None:
    """Keep what is public of these answers, unless it was kept before."""
    fresh = [key for key in COUNTED if key in due and key not in capacity.figures]
    if not fresh:
        return
    comes = counting.groups_by_key(capacity.meetup)
    came = counting.groups_by_key(capacity.meetup, came=True)
    for key in fresh:
        capacity.figures[key] = {
            "comes": [[group.label, group.count] for group in comes[key]],
            "came": [[group.label, group.count] for group in came[key]],
            "votes": figures.votes_to_keep(capacity.meetup, key),
        }
    capacity.save(update_fields=["figures"])


def _forget_columns(meetup: Meetup, due: Collection[str], batch: int) -> dict[str, int]:
    """Blank what a seat says about somebody; return how many said something, by key."""
    by_key = {key: columns for key, columns in COLUMNS.items() if key in due}
    columns = [column for group in by_key.values() for column in group]
    if not columns:
        return {}
    rows = list(Seat.objects.filter(keeping.is_said(columns), meetup=meetup).values("pk", *columns)[:batch])
    Seat.objects.filter(pk__in=[row["pk"] for row in rows]).update(**{column: blank(column) for column in columns})
    return {key: sum(any(row[column] != blank(column) for column in group) for row in rows) for key, group in by_key.items()}


def _forget_needs(meetup: Meetup, due: Collection[str], batch: int) -> dict[str, int]:
    """Delete what people eat or need; a row that says neither goes as a whole."""
    counts = {}
    for key in (key for key in NEEDS if key in due):
        said = Needs.objects.filter(~Q(**{key: ""}), seat__meetup=meetup).values_list("pk", flat=True)[:batch]
        counts[key] = Needs.objects.filter(pk__in=list(said)).update(**{key: ""})
    if counts:
        Needs.objects.filter(seat__meetup=meetup, diet="", access="").delete()
    return counts


def _forget_names(meetup: Meetup, batch: int) -> int:
    named = Seat.objects.filter(meetup=meetup).exclude(name=SOMEONE).values_list("pk", flat=True)[:batch]
    return Seat.objects.filter(pk__in=list(named)).update(name=SOMEONE)


def _forget_addresses(meetup: Meetup, people: Sequence[int], *, now: datetime) -> int:
    """Leave their seats to people nobody can be, and forget these people unless something else here is theirs."""
    if not people:
        return 0
    seats = list(Seat.objects.filter(meetup=meetup, person__in=people))
    for seat, nobody in zip(seats, accounts.nobodies(len(seats), now=now), strict=True):
        seat.person, seat.registered_by, seat.imported = nobody, None, None
    Seat.objects.bulk_update(seats, ["person", "registered_by", "imported"])
    accounts.forget_all_unless_needed(people)
    return len(seats)


def _forget_organisations(meetup: Meetup) -> int:
    """Forget the quotas that name an organisation each; the one for all of them stays."""
    named = Quota.objects.filter(meetup=meetup, kind="organisation").exclude(value=line.EACH)
    return named.delete()[0]


def _forget_files(meetup: Meetup) -> int:
    """Empty imported files: they hold everything at once, so they go with the first answer that does."""
    return ImportRun.objects.filter(meetup=meetup).exclude(rows=[]).update(rows=[])


def _forget_in_echoes(meetup: Meetup, due: Collection[str], keys: Collection[str]) -> int:
    """Blank in what was shown to people who typed a known address what is blanked on seats."""
    changed = 0
    gone = {column: blank(column) for key in due for column in COLUMNS.get(key, ())}
    gone |= {key: "" for key in NEEDS if key in due} | ({"name": SOMEONE} if "name" in due else {})
    for echo in Echo.objects.filter(meetup=meetup):
        more = {key: value for key, value in echo.said.get("more", {}).items() if key not in keys}
        said = {**echo.said, **{key: value for key, value in gone.items() if key in echo.said}, "more": more}
        if said != echo.said:
            Echo.objects.filter(pk=echo.pk).update(said=said)
            changed += 1
    return changed


def _deleted(model: type[SeatAnswer | Transfer | KeyedRequest], batch: int, **rows: object) -> int:
    """Delete a batch of these rows; return how many."""
    numbers = list(model._default_manager.filter(**rows).values_list("pk", flat=True)[:batch])
    return model._default_manager.filter(pk__in=numbers).delete()[0]

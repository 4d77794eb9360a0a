"""Taking registrations over from a file: looked at, tried out, taken over, undone.

Each new person goes the way everybody goes: capacity, quotas and the rule of the line hold, and the order of the file is the
order of arrival. Those who had not paid there, or waited there, come after all others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q

from midcycle.accounts import actions as accounts
from midcycle.accounts.models import Person
from midcycle.engines.tables import Table
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.registration import rules
from midcycle.registration.actions import ground, promoting
from midcycle.registration.actions.saying import Answers
from midcycle.registration.actions.settling import Newcomer, settle_all
from midcycle.registration.actions.taking import new_seat
from midcycle.registration.models import Capacity, ImportRun, Seat, SeatMove, Transfer
from midcycle.registration.queries.imports import addresses_at, people_in, titles_of
from midcycle.registration.rules import columns
from midcycle.registration.rules.incoming import OUTCOMES, Incoming, in_order, why_not_imported

KEPT_FOR: Final = timedelta(days=1)  # a file that was looked at and left
UNDONE: Final = "an import was undone"


@transaction.atomic
def look_at(meetup: Meetup, table: Table, *, file_name: str, by: Person, now: datetime) -> ImportRun:
    """Keep a table to be looked at, with a guess at what its columns are; return it. Raises Refusal when archived.

    What the same person looked at before and did not take over is forgotten.
    """
    meetups.check_changeable(meetup.pk)
    ImportRun.objects.filter(meetup=meetup, by=by, state="preview").delete()
    run = ImportRun.objects.create(
        meetup=meetup,
        by=by,
        at=now,
        source=columns.source_of(table.columns),
        file_name=one_line(file_name)[:120],
        columns=list(table.columns),
        rows=[[number, *row] for number, row in zip(table.numbers, table.rows, strict=True)],
        mapping=columns.guess(table, titles_of(meetup)),
    )
    _tell("import_looked_at", run, by=by, now=now, facts={"rows": len(table.rows)})
    return run


@transaction.atomic
def read_as(run: ImportRun, mapping: Mapping[str, str], *, by: Person, now: datetime) -> None:
    """Note what each column is. Raises Refusal once the file was taken over."""
    _, again = _locked(run)
    again.mapping, again.result = dict(mapping), {}
    again.save(update_fields=["mapping", "result"])
    _tell("import_mapped", again, by=by, now=now)


def try_out(run: ImportRun, *, by: Person, now: datetime) -> None:
    """Take a file over and let go of everything again; keep what would have come of it. Raises Refusal as taking over does."""
    with transaction.atomic():
        told = {**_take_all(run, letters=False, now=now), "people": []}
        transaction.set_rollback(True)
    with transaction.atomic():
        _, again = _locked(run)
        again.result = told
        again.save(update_fields=["result"])
        _tell("import_tried", again, by=by, now=now)


@transaction.atomic
def take_over(run: ImportRun, *, letters: bool, by: Person, now: datetime) -> None:
    """Register everybody new in a file; what was in it is forgotten then. With `letters`, each gets theirs. Raises Refusal."""
    told = _take_all(run, letters=letters, now=now)
    run.state, run.at, run.result, run.rows, run.columns, run.mapping = "done", now, told, [], [], {}
    run.save(update_fields=["state", "at", "result", "rows", "columns", "mapping"])
    _tell("import_taken_over", run, by=by, now=now, facts=told["counts"])


@transaction.atomic
def undo(run: ImportRun, *, by: Person, now: datetime) -> None:
    """Take back the seats a file brought, and forget the people it alone made known. Raises Refusal when done already.

    Seats stay that have changed since, and those whose people have opened their link.
    """
    accounts.hold_all(run.result.get("people", ()))  # before the capacity, as everywhere
    capacity, again = _locked(run, state="done")
    moved = SeatMove.objects.filter(seat=OuterRef("pk"), pk__gt=again.result["last_move"])
    changed = Q(Exists(moved)) | Q(proven=True) | Q(Exists(Transfer.objects.filter(seat=OuterRef("pk"))))
    brought = Seat.objects.filter(imported=again)
    stayed = list(brought.filter(changed).order_by("arrival").values_list("pk", flat=True))
    gone = list(brought.exclude(pk__in=stayed))
    _take_back(capacity, gone)
    erased = accounts.forget_all_unless_needed(again.result["people"])
    undone = {"at": now.isoformat(), "gone": len(gone), "erased": erased, "stayed": stayed}
    again.state, again.result = "undone", {**again.result, "people": [], "undone": undone}
    again.save(update_fields=["state", "result"])
    _tell("import_undone", again, by=by, now=now, facts={"gone": len(gone), "erased": erased, "stayed": len(stayed)})
    promoting.promote(capacity, reason=UNDONE, now=now)


@transaction.atomic
def throw_away(run: ImportRun, *, by: Person, now: datetime) -> None:
    """Forget a file that was looked at. Raises Refusal once it was taken over."""
    _, again = _locked(run)
    _tell("import_thrown_away", again, by=by, now=now)
    again.delete()


def forget_previews(now: datetime) -> int:
    """Forget files that were looked at a day ago and left; return how many. One query while there are none.

    They leave no entries in the journal, as nothing came of them.
    """
    old = list(ImportRun.objects.filter(state="preview", at__lt=now - KEPT_FOR).values_list("pk", flat=True)[:100])
    return ImportRun.objects.filter(pk__in=old, state="preview").delete()[0] if old else 0


def _take_all(run: ImportRun, *, letters: bool, now: datetime) -> dict[str, Any]:
    """Register everybody new in the file and return what came of it. People are met before the lock, as everywhere."""
    refused = why_not_imported(run.meetup.stage) or columns.why_not(run.mapping)
    if refused:
        raise Refusal(refused)
    read = people_in(run)
    met = accounts.met_all({person.email: person.name for person in read if person.outcome == "new"}, now=now)
    capacity, again = _locked(run)
    if again.mapping != run.mapping:
        raise Refusal("What the columns are was changed meanwhile. Look at the file again.")
    known = addresses_at(run.meetup)
    people = [replace(person, outcome="known") if person.email in known else person for person in read]
    newcomers = [_newcomer(capacity, again, person, met[person.email][0], now=now) for person in in_order(people)]
    settle_all(capacity, newcomers, is_quiet=not letters, now=now)
    _check_in(capacity, newcomers, in_order(people), now=now)
    return {
        "at": now.isoformat(),
        "letters": letters,
        "counts": _counts(people, newcomers),
        "wrong": [(person.number, person.trouble) for person in people if person.trouble],
        "waits": _waits(in_order(people), newcomers),
        "people": [person.pk for person, is_new in met.values() if is_new],
        "last_move": SeatMove.objects.filter(seat__imported=again).aggregate(last=Max("pk"))["last"] or 0,
    }


def _newcomer(capacity: Capacity, run: ImportRun, incoming: Incoming, person: Person, *, now: datetime) -> Newcomer:
    seat = new_seat(capacity, None, person, now=now)
    seat.imported = run
    if incoming.registered_at is not None:
        seat.registered_at = min(incoming.registered_at, now)
    return Newcomer(seat, incoming.name, Answers(**incoming.said, more=incoming.more))  # type: ignore[arg-type]  # fields of Answers


def _check_in(capacity: Capacity, newcomers: Sequence[Newcomer], people: Sequence[Incoming], *, now: datetime) -> None:
    """Check in who was checked in there, once there is a door."""
    if rules.why_door_is_shut(capacity.meetup.stage) is not None:
        return
    for newcomer, person in zip(newcomers, people, strict=True):
        if person.is_here and newcomer.seat.state == "held":
            ground.move(capacity, newcomer.seat, "checked_in", reason="checked in, says the file", now=now)


def _counts(people: Sequence[Incoming], newcomers: Sequence[Newcomer]) -> dict[str, int]:
    counts = {outcome: sum(person.outcome == outcome for person in people) for outcome in OUTCOMES}
    return counts | {state: sum(one.seat.state == state for one in newcomers) for state in ("waiting", "checked_in")}


def _waits(people: Sequence[Incoming], newcomers: Sequence[Newcomer]) -> list[tuple[int, str]]:
    """Return the rows of those who wait, and why."""
    both = zip(people, newcomers, strict=True)
    return [(person.number, newcomer.reason) for person, newcomer in both if newcomer.seat.state == "waiting"]


def _take_back(capacity: Capacity, seats: Sequence[Seat]) -> None:
    for state in rules.SEAT_STATES:
        count = sum(seat.state == state for seat in seats)
        if count:
            ground.count(capacity, state, "", count)
    if capacity.has_quotas:
        for seat in seats:
            ground.count_in_quotas(ground.quotas_of(capacity, seat.claim), seat.state, "")
    Seat.objects.filter(pk__in=[seat.pk for seat in seats]).delete()


def _locked(run: ImportRun, state: str = "preview") -> tuple[Capacity, ImportRun]:
    """Return the capacity, locked, and the file as it is now. Raises Refusal when it is in another state."""
    capacity = ground.locked_or_new(run.meetup)
    again = ImportRun.objects.select_related("meetup").filter(pk=run.pk).first()
    if again is None or again.state != state:
        raise Refusal("This file was taken over, undone or thrown away meanwhile. Look at the list of imports.")
    return capacity, again


def _tell(kind: str, run: ImportRun, *, by: Person, now: datetime, facts: Mapping[str, object] | None = None) -> None:
    told = {"import": run.pk, **(facts or {})}
    journal.record(f"registration.{kind}", at=now, meetup=run.meetup_id, actor=by.pk, facts=told)

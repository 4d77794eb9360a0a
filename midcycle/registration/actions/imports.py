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
from django.utils.translation import gettext, gettext_noop

from midcycle.accounts import actions as accounts
from midcycle.accounts.models import Person
from midcycle.engines.tables import Table
from midcycle.journal import actions as journal
from midcycle.journal.models import Entry
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
from midcycle.registration.queries.imports import addresses_at, people_in, table_of, titles_of
from midcycle.registration.rules import columns
from midcycle.registration.rules.files import Found
from midcycle.registration.rules.incoming import OUTCOMES, Incoming, in_order, why_not_imported

_BATCH: Final = 500
KEPT_FOR: Final = timedelta(days=1)  # a file that was looked at and left
UNDONE: Final = gettext_noop("an import was undone")
TAKEN_BACK: Final = gettext_noop("they had taken your registration over from a file, and have undone that")


@transaction.atomic
def look_at(meetup: Meetup, found: Found, *, file_name: str, by: Person, now: datetime) -> ImportRun:
    """Keep what was found in a file, with a guess at what its columns are; return it. Raises Refusal when archived.

    What the same person looked at before and did not take over is forgotten.
    """
    meetups.check_changeable(meetup.pk)
    ImportRun.objects.filter(meetup=meetup, by=by, state="preview").delete()
    run = ImportRun(meetup=meetup, by=by, at=now, file_name=one_line(file_name)[:120], remarks=list(found.remarks))
    run.others = [[sheet.name, *_kept(sheet.table)] for sheet in found.others]
    _show(run, found.sheet.name, found.sheet.table)
    run.save()
    _tell("import_looked_at", run, by=by, now=now, facts={"rows": len(run.rows)})
    return run


@transaction.atomic
def turn_to(run: ImportRun, sheet: str, *, by: Person, now: datetime) -> None:
    """Look at another sheet of a file instead. Raises Refusal when it has no such sheet, and once it was taken over."""
    _, again = _locked(run)
    chosen = next((other for other in again.others if other[0] == sheet), None)
    if chosen is None:
        raise Refusal(gettext("This file has no such sheet. Choose one of the list."))
    others = [other for other in again.others if other is not chosen]
    again.others = [[again.sheet, again.columns, again.rows], *others]
    again.result = {}
    _show(again, sheet, table_of(chosen[1], chosen[2]))
    again.save(update_fields=["sheet", "others", "columns", "rows", "source", "mapping", "result"])
    _tell("import_sheet_chosen", again, by=by, now=now)


@transaction.atomic
def read_as(run: ImportRun, mapping: Mapping[str, str], *, by: Person, now: datetime) -> None:
    """Note what each column is. Raises Refusal once the file was taken over."""
    _, again = _locked(run)
    again.mapping, again.result = dict(mapping), {}
    again.save(update_fields=["mapping", "result"])
    _tell("import_mapped", again, by=by, now=now)


def try_out(run: ImportRun, *, seated_only: bool = False, by: Person, now: datetime) -> None:
    """Take a file over and let go of everything again; keep what would have come of it. Raises Refusal as taking over does."""
    with transaction.atomic():
        told = {**_take_all(run, letters=False, seated_only=seated_only, now=now), "people": []}
        transaction.set_rollback(True)
    with transaction.atomic():
        _, again = _locked(run)
        again.result = told
        again.save(update_fields=["result"])
        _tell("import_tried", again, by=by, now=now)


@transaction.atomic
def take_over(run: ImportRun, *, letters: bool, seated_only: bool = False, by: Person, now: datetime) -> None:
    """Register everybody new in a file; what was in it is forgotten then. With `letters`, each gets theirs. Raises Refusal.

    With `seated_only`, those who had no seat there are left out.
    """
    told = _take_all(run, letters=letters, seated_only=seated_only, now=now)
    run.state, run.at, run.result = "done", now, told
    run.rows, run.columns, run.mapping, run.others, run.remarks = [], [], {}, [], []
    run.save(update_fields=["state", "at", "result", "rows", "columns", "mapping", "others", "remarks"])
    _tell("import_taken_over", run, by=by, now=now, facts=told["counts"])


@transaction.atomic
def undo(run: ImportRun, *, by: Person, now: datetime) -> None:
    """Take back the seats a file brought, and forget the people it alone made known. Raises Refusal when done already.

    Seats stay that have changed since, and those whose people have opened their link. Whoever got a letter is told: their seat
    is cancelled and kept, so that the link in their letter still answers.
    """
    accounts.hold_all(run.result.get("people", ()))  # before the capacity, as everywhere
    capacity, again = _locked(run, state="done")
    moved = SeatMove.objects.filter(seat=OuterRef("pk"), pk__gt=again.result["last_move"])
    changed = Q(Exists(moved)) | Q(proven=True) | Q(Exists(Transfer.objects.filter(seat=OuterRef("pk"))))
    brought = Seat.objects.filter(imported=again)
    stayed = list(brought.filter(changed).order_by("arrival").values_list("pk", flat=True))
    gone = list(brought.exclude(pk__in=stayed))
    _count_out(capacity, gone)
    if again.result["letters"]:
        _cancel(gone, by=by, now=now)
        erased = 0
    else:
        Seat.objects.filter(pk__in=[seat.pk for seat in gone]).delete()
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


def _take_all(run: ImportRun, *, letters: bool, seated_only: bool, now: datetime) -> dict[str, Any]:
    """Register everybody new in the file and return what came of it. People are met before the lock, as everywhere."""
    refused = why_not_imported(run.meetup.stage) or columns.why_not(run.mapping)
    if refused:
        raise Refusal(refused)
    read = [replace(person, outcome="out") if seated_only and person.is_new_and_waits else person for person in people_in(run)]
    met = accounts.met_all({person.email: person.name for person in read if person.outcome == "new"}, now=now)
    capacity, again = _locked(run)
    if again.mapping != run.mapping:
        raise Refusal(gettext("What the columns are was changed meanwhile. Look at the file again."))
    known = addresses_at(run.meetup)
    people = [replace(person, outcome="known") if person.email in known else person for person in read]
    _make_room_for(run.meetup, [person.email for person in people if person.outcome == "new"])
    newcomers = [_newcomer(capacity, again, person, met[person.email][0], now=now) for person in in_order(people)]
    settle_all(capacity, newcomers, is_quiet=not letters, now=now)
    _check_in(capacity, newcomers, in_order(people), now=now)
    return {
        "at": now.isoformat(),
        "letters": letters,
        "counts": _counts(people, newcomers),
        "wrong": [(person.number, person.trouble) for person in people if person.trouble],
        "waits": _waits(in_order(people), newcomers),
        "given": _given(in_order(people), newcomers),
        "people": [person.pk for person, is_new in met.values() if is_new],
        "last_move": SeatMove.objects.filter(seat__imported=again).aggregate(last=Max("pk"))["last"] or 0,
    }


def _show(run: ImportRun, sheet: str, table: Table) -> None:
    """Put a table into the place of the one that is looked at."""
    run.sheet, run.source = sheet[:120], columns.source_of(table.columns)
    run.columns, run.rows = _kept(table)
    run.mapping = columns.guess(table, titles_of(run.meetup))


def _kept(table: Table) -> tuple[list[str], list[list[object]]]:
    return list(table.columns), [[number, *row] for number, row in zip(table.numbers, table.rows, strict=True)]


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
            ground.move(capacity, newcomer.seat, "checked_in", reason=gettext_noop("checked in, says the file"), now=now)


def _counts(people: Sequence[Incoming], newcomers: Sequence[Newcomer]) -> dict[str, int]:
    counts = {outcome: sum(person.outcome == outcome for person in people) for outcome in OUTCOMES}
    return counts | {state: sum(one.seat.state == state for one in newcomers) for state in ("waiting", "checked_in")}


def _waits(people: Sequence[Incoming], newcomers: Sequence[Newcomer]) -> list[tuple[int, str]]:
    """Return the rows of those who wait, and why."""
    both = zip(people, newcomers, strict=True)
    return [(person.number, newcomer.reason) for person, newcomer in both if newcomer.seat.state == "waiting"]


def _given(people: Sequence[Incoming], newcomers: Sequence[Newcomer]) -> list[int]:
    """Return the rows of those who had no seat there and have one here."""
    both = zip(people, newcomers, strict=True)
    return [person.number for person, newcomer in both if person.waits and newcomer.seat.state != "waiting"]


def _make_room_for(meetup: Meetup, addresses: Sequence[str]) -> None:
    """Let go of the cancelled seats an import left that was undone: whoever is in a file again comes anew."""
    for start in range(0, len(addresses), _BATCH):
        some = addresses[start : start + _BATCH]
        Seat.objects.filter(meetup=meetup, state="cancelled", imported__state="undone", person__email__in=some).delete()


def _count_out(capacity: Capacity, seats: Sequence[Seat]) -> None:
    """Keep counters and quotas right for seats that are given back together."""
    for state in rules.SEAT_STATES:
        same = [seat for seat in seats if seat.state == state]
        if same:
            ground.count(capacity, state, "", len(same))
            ground.count_all_in_quotas(capacity, same, state, "")


def _cancel(seats: Sequence[Seat], *, by: Person, now: datetime) -> None:
    """Cancel seats and tell their people, who know of them by letter. They are counted out already."""
    reason = rules.taken_back_reason(TAKEN_BACK)
    moves = ground.note_moves(seats, "cancelled", [reason] * len(seats), now=now, by=by)
    Seat.objects.filter(pk__in=[seat.pk for seat in seats]).update(state="cancelled", offer_until=None, queued_at=None)
    told = [
        Entry(
            kind="registration.seat_taken_back", at=now, meetup=move.seat.meetup_id, actor=by.pk,
            facts={"seat": move.seat_id, "move": move.pk},
        )
        for move in moves
    ]  # fmt: skip
    journal.record_all(told)


def _locked(run: ImportRun, state: str = "preview") -> tuple[Capacity, ImportRun]:
    """Return the capacity, locked, and the file as it is now. Raises Refusal when it is in another state."""
    capacity = ground.locked_or_new(run.meetup)
    again = ImportRun.objects.select_related("meetup").filter(pk=run.pk).first()
    if again is None or again.state != state:
        raise Refusal(gettext("This file was taken over, undone or thrown away meanwhile. Look at the list of imports."))
    return capacity, again


def _tell(kind: str, run: ImportRun, *, by: Person, now: datetime, facts: Mapping[str, object] | None = None) -> None:
    told = {"import": run.pk, **(facts or {})}
    journal.record(f"registration.{kind}", at=now, meetup=run.meetup_id, actor=by.pk, facts=told)

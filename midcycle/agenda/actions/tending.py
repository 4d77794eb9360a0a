"""What the process that searches tells: that it has begun, how far it is, how it ended. Nothing here moves the board."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import F, Q

from midcycle.agenda.models import Search
from midcycle.agenda.rules.searching import LOST_AFTER, MOST_TRIES, SEARCH_KINDS, with_step
from midcycle.engines.solver.board import Progress
from midcycle.engines.solver.format import read_instance, read_plan, write_plan
from midcycle.engines.solver.instance import Certificate


@dataclass(frozen=True)
class Task:
    """A search that was taken up: its files, the seed, and the seconds left."""

    problem: bytes
    plan: bytes
    seed: int
    seconds: float
    spent: float


def searches_to_do(now: datetime, kinds: Collection[str] = SEARCH_KINDS) -> Sequence[int]:
    """Return the searches nobody works on: those that wait, and those whose process has been silent for too long; one query."""
    lost = Q(state="running") & (Q(seen_at=None) | Q(seen_at__lt=now - timedelta(seconds=LOST_AFTER)))
    due = Search.objects.filter(Q(state="waiting") | lost, kind__in=kinds)
    return list(due.order_by("pk").values_list("pk", flat=True))


def let_go(numbers: Collection[int]) -> None:
    """Say that nobody works on these any more: what had not ended is taken up at once. One query."""
    Search.objects.filter(pk__in=numbers, state="running").update(seen_at=None)


def take_up(number: int, *, now: datetime) -> Task | None:
    """Mark a search as under way and return it; None when there is nothing to do: it was stopped, or failed too often."""
    search = Search.objects.filter(pk=number, state__in=("waiting", "running")).first()
    if search is None:
        return None
    left = search.seconds - search.spent
    if search.is_stopped or left <= 0 or search.tries >= MOST_TRIES:
        end_search(number, failed=search.tries >= MOST_TRIES)
        return None
    Search.objects.filter(pk=number).update(state="running", seen_at=now, tries=F("tries") + 1)
    return Task(search.problem.encode(), search.plan.encode(), search.seed, left, search.spent)


def tell_progress(number: int, progress: Progress, *, spent: float, now: datetime) -> None:
    """Keep the best plan so far, with its proof and what it is worth; a bound that was proven before stays with its proof."""
    search = Search.objects.only("steps", "bound").filter(pk=number).first()
    if search is None or progress.score.breaches:
        return
    score, agenda, bound = progress.score, progress.agenda, progress.bound
    if search.bound is not None and search.bound < bound:
        agenda, bound = replace(agenda, certificate=_proof_of(search)), search.bound
    Search.objects.filter(pk=number).update(
        plan=write_plan(agenda).decode(),
        score=score.points,
        bound=bound,
        attended=score.attended,
        least_share=score.least_share,
        tenth_share=score.tenth_share,
        steps=with_step(search.steps, [round(spent, 2), score.points, bound, score.attended]),
        spent=spent,
        seen_at=now,
    )


def _proof_of(search: Search) -> Certificate | None:
    return read_plan(search.plan.encode(), read_instance(search.problem.encode())).certificate


def tell_alive(number: int, *, spent: float, now: datetime) -> bool:
    """Give a sign of life; tell whether the search shall go on."""
    return bool(Search.objects.filter(pk=number, is_stopped=False, state="running").update(seen_at=now, spent=spent))


def put_back(number: int) -> None:
    """Let another process go on with a search at once: this one was asked to end, which is no failure."""
    Search.objects.filter(pk=number, state="running").update(state="waiting", tries=F("tries") - 1)


def end_search(number: int, *, failed: bool = False) -> None:
    """Say that a search has ended; what it found is kept."""
    Search.objects.filter(pk=number, state__in=("waiting", "running")).update(state="failed" if failed else "ended")

"""How far the search for a better agenda is, and the files that prove it."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef

from midcycle.agenda.models import Move, Search
from midcycle.agenda.rules.searching import UNDER_WAY, Gap, gap_between
from midcycle.meetups.models import Meetup

MOST_SHOWN: Final = 12


@dataclass(frozen=True)
class Step:
    """How far the search was after so many seconds."""

    seconds: float
    gap: Gap


@dataclass(frozen=True)
class Searching:
    """A search as organisers see it. `attended` and `wanted` are wishes; `attended` is None before the first news.

    It `is_on_board` from when it is put there until that is undone.
    """

    id: int
    state: str
    is_stopping: bool
    seed: int
    seconds: int
    attended: int | None
    wanted: int
    gap: Gap | None
    least_share: int | None
    tenth_share: int | None
    first_attended: int
    is_better: bool
    is_on_board: bool
    steps: tuple[Step, ...]

    @property
    def is_under_way(self) -> bool:
        """Tell whether more may be found."""
        return self.state in UNDER_WAY

    @property
    def mark(self) -> str:
        """Which search in which state this is: who has seen it has nothing new to see until it changes."""
        return f"{self.id}-{self.state}{'-stopping' * self.is_stopping}{'-put' * self.is_on_board}-{self.seconds}"

    @property
    def is_proven(self) -> bool:
        """Tell whether the agenda found is known to be the best there is."""
        return self.gap is not None and self.gap.is_closed


def search_of(meetup: Meetup, kind: str = "draft") -> Searching | None:
    """Return how far the search is; None when none was begun. One query, without the files."""
    put = Move.objects.filter(meetup=OuterRef("meetup"), version=OuterRef("put_version"), state="done")
    searches = Search.objects.defer("problem", "keys", "plan").annotate(is_on_board=Exists(put))
    found = searches.filter(meetup=meetup, kind=kind).first()
    return None if found is None else _shown(found, is_on_board=found.is_on_board)


def search_file(meetup: Meetup, name: str, kind: str = "draft") -> str | None:
    """Return the problem or the plan of a search as a file of the format `midcycle-agenda/1`; None when there is none."""
    return Search.objects.filter(meetup=meetup, kind=kind).values_list(name, flat=True).first()


def _shown(search: Search, *, is_on_board: bool) -> Searching:
    return Searching(
        id=search.pk,
        state=search.state,
        is_stopping=search.is_stopped,
        seed=search.seed,
        seconds=round(search.spent),
        attended=search.attended,
        wanted=search.wanted,
        gap=_gap(search),
        least_share=_percent(search.least_share),
        tenth_share=_percent(search.tenth_share),
        first_attended=search.first_attended or 0,
        is_better=(search.score or 0) > (search.first_score or 0),
        is_on_board=is_on_board,
        steps=_steps(search),
    )


def _gap(search: Search) -> Gap | None:
    if search.score is None or search.bound is None:
        return None
    return gap_between(search.score, search.bound, search.attended or 0, search.wanted)


def _steps(search: Search) -> tuple[Step, ...]:
    """Return at most a dozen steps, the last one among them."""
    every = -(-len(search.steps) // MOST_SHOWN) or 1
    shown = search.steps[::-1][::every][::-1]
    return tuple(Step(at, gap_between(score, bound, attended, search.wanted)) for at, score, bound, attended in shown)


def _percent(share: float | None) -> int | None:
    return None if share is None else round(100 * share)

"""What the team sees: names as they stand in pads, who may be meant, and what left its pad."""

from dataclasses import dataclass
from datetime import datetime

from midcycle.meetups.models import Meetup
from midcycle.outcomes.models import Action, Tag
from midcycle.outcomes.queries.reading import people_at
from midcycle.outcomes.queries.rows import ActionRow, TraceRow, row_of, traces_of, with_all
from midcycle.outcomes.rules import ASKED, CONFIRMED, DECLINED, FORGOTTEN_AFTER, NOBODY, OPEN, candidates
from midcycle.pads.access import today_at


@dataclass(frozen=True)
class DeskRow:
    """An action as the team sees it. `meant` are those who may be meant, by number and name."""

    row: ActionRow
    said_owner: str
    said_what: str
    standing: str
    owner: str
    stood_at: datetime | None
    handed_to: str
    meant: tuple[tuple[int, str], ...]
    is_corrected: bool
    is_split: bool
    is_kept: bool
    is_forgotten: bool
    agreed_what: str
    named_now: str

    @property
    def is_free(self) -> bool:
        """Whether nobody was asked, or who was declined."""
        return self.standing in (NOBODY, DECLINED)


@dataclass(frozen=True)
class Desk:
    """The actions of a meetup by what the team can do about them. `ready` is how many people can be asked at once."""

    free: tuple[DeskRow, ...]
    asked: tuple[DeskRow, ...]
    confirmed: tuple[DeskRow, ...]
    over: tuple[DeskRow, ...]
    gone: tuple[DeskRow, ...]
    ready: int
    days: int

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing at all."""
        return not (self.free or self.asked or self.confirmed or self.over or self.gone)


@dataclass(frozen=True)
class TagLine:
    """A tag as the team sees it: where it stands, and what it was merged into."""

    number: int
    word: str
    into: str
    meant_for: str
    pads: int
    traces: tuple[TraceRow, ...]


def desk_of(meetup: Meetup, *, now: datetime) -> Desk:
    """Return the desk. Six queries."""
    people, today = people_at(meetup), today_at(meetup, now)
    rows = [_desk_row(one, row_of(one, today), people) for one in with_all(Action.objects.filter(meetup=meetup))]
    here = [row for row in rows if not row.row.is_gone or row.is_kept]
    open_ones = [row for row in here if row.row.state == OPEN]
    meant = {row.meant[0][0] for row in open_ones if row.standing == NOBODY and len(row.meant) == 1}
    return Desk(
        free=tuple(row for row in open_ones if row.is_free),
        asked=tuple(row for row in open_ones if row.standing == ASKED),
        confirmed=tuple(row for row in open_ones if row.standing == CONFIRMED),
        over=tuple(row for row in here if row.row.state != OPEN),
        gone=tuple(row for row in rows if row.row.is_gone and not row.is_kept),
        ready=len(meant),
        days=FORGOTTEN_AFTER,
    )


def desk_row(action: Action, *, now: datetime) -> DeskRow:
    """Return one action for the team. Six queries."""
    whole = with_all(Action.objects.filter(pk=action.pk)).get()
    return _desk_row(whole, row_of(whole, today_at(action.meetup, now)), people_at(action.meetup))


def tag_lines(meetup: Meetup) -> tuple[TagLine, ...]:
    """Return all tags for the team. Three queries."""
    tags = Tag.objects.filter(meetup=meetup).select_related("into").prefetch_related("mentions", "traces").order_by("word")
    return tuple(
        TagLine(
            number=tag.pk,
            word=tag.word,
            into=tag.into.word if tag.into else "",
            meant_for=tag.meant_for,
            pads=len(tag.mentions.all()),
            traces=traces_of(tag.traces.all()),
        )
        for tag in tags
    )


def _desk_row(action: Action, row: ActionRow, people: list[tuple[int, str]]) -> DeskRow:
    names = dict(people)
    meant = candidates(action.handed_to or action.said_owner, people)
    confirmed = action.standing == CONFIRMED
    return DeskRow(
        row=row,
        said_owner=action.said_owner,
        said_what=action.said_what,
        standing=action.standing,
        owner=str(action.owner) if action.owner else "",
        stood_at=action.stood_at,
        handed_to=action.handed_to,
        meant=tuple((number, names[number]) for number in meant),
        is_corrected=action.is_corrected,
        is_split=action.split_from_id is not None,
        is_kept=action.is_kept,
        is_forgotten=action.is_forgotten,
        agreed_what=action.agreed_what if confirmed and action.agreed_what != action.said_what else "",
        named_now=action.said_owner if confirmed and action.agreed_name != action.said_owner else "",
    )

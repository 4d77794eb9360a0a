"""Actions and tags as pages, files and machines tell them. The name of a person is here only after their own yes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeVar

from django.db.models import Prefetch, Q, QuerySet

from midcycle.meetups.models import Meetup
from midcycle.outcomes.models import Action, Carried, Mention, Tag, Trace
from midcycle.outcomes.rules import CONFIRMED, OPEN, STATES
from midcycle.pads.rules import tags_in

PUBLIC: Final = Q(gone_at=None) | Q(is_kept=True) | Q(standing=CONFIRMED)


@dataclass(frozen=True)
class TraceRow:
    """What became of something: a sentence, a link, or both."""

    number: int
    text: str
    url: str
    at: datetime


@dataclass(frozen=True)
class TopicRow:
    """A topic that something became at a later edition."""

    title: str
    slug: str
    number: int
    meetup: str


@dataclass(frozen=True)
class ActionRow:
    """An action. `owner` is the name of somebody who agreed to be named, blank for everybody else."""

    number: int
    what: str
    state: str
    ended_at: datetime | None
    due_on: date | None
    is_late: bool
    is_confirmed: bool
    owner: str
    meant_for: str
    pad_name: str
    pad_title: str
    is_gone: bool
    tags: tuple[str, ...]
    traces: tuple[TraceRow, ...]
    topics: tuple[TopicRow, ...]

    @property
    def state_name(self) -> str:
        """What became of it, in words."""
        return STATES[self.state]


@dataclass(frozen=True)
class TagRow:
    """A tag, the words that say the same, and the pads it stands in, as name and title."""

    number: int
    word: str
    also: tuple[str, ...]
    meant_for: str
    pads: tuple[tuple[str, str], ...]
    traces: tuple[TraceRow, ...]
    topics: tuple[TopicRow, ...]


Row = TypeVar("Row", ActionRow, TagRow)


def with_all(actions: QuerySet[Action]) -> QuerySet[Action]:
    """Return actions with what a row tells of them: three queries."""
    carried = Carried.objects.select_related("topic", "meetup").filter(topic__withdrawn_at=None).order_by("pk")
    prefetched = actions.select_related("pad", "owner").prefetch_related(
        Prefetch("traces", Trace.objects.order_by("at", "pk")), Prefetch("carried", carried)
    )
    return prefetched.order_by("due_on", "pk")


def row_of(action: Action, today: date) -> ActionRow:
    """Return an action that came from `with_all` as everybody sees it."""
    is_late = action.state == OPEN and action.due_on is not None and action.due_on < today
    return ActionRow(
        number=action.pk,
        what=action.what,
        state=action.state,
        ended_at=action.ended_at,
        due_on=action.due_on,
        is_late=is_late,
        is_confirmed=action.standing == CONFIRMED,
        owner=str(action.owner) if action.is_named and action.owner else "",
        meant_for=action.meant_for,
        pad_name=action.pad.name,
        pad_title=action.pad.title,
        is_gone=action.gone_at is not None,
        tags=tags_in(action.what),
        traces=traces_of(action.traces.all()),
        topics=topics_of(action.carried.all()),
    )


def actions_of(meetup: Meetup, today: date) -> list[ActionRow]:
    """Return the actions everybody sees, those due first first, those without a day last. Three queries."""
    rows = [row_of(action, today) for action in with_all(Action.objects.filter(PUBLIC, meetup=meetup))]
    return sorted(rows, key=lambda row: (row.due_on is None, row.due_on or today))


def meant_for(rows: Iterable[Row], whom: str) -> list[Row]:
    """Return the rows that are meant for somebody, all where nobody is named. Case does not count."""
    return [row for row in rows if not whom or row.meant_for.casefold() == whom.casefold()]


def tags_of(meetup: Meetup) -> list[TagRow]:
    """Return the tags of a meetup, those in most pads first, merged ones under the tag they say the same as. Four queries."""
    carried = Carried.objects.select_related("topic", "meetup").filter(topic__withdrawn_at=None).order_by("pk")
    found = (
        Tag.objects.filter(meetup=meetup)
        .order_by("word")
        .prefetch_related(Prefetch("traces", Trace.objects.order_by("at", "pk")), Prefetch("carried", carried))
    )
    tags = list(found)
    heirs = {tag.pk: tag.into_id or tag.pk for tag in tags}
    pads: dict[int, dict[str, str]] = {}
    mentions = Mention.objects.filter(tag__meetup=meetup).order_by("pad__title", "pk")
    for tag, name, title in mentions.values_list("tag", "pad__name", "pad__title"):
        pads.setdefault(heirs.get(tag, tag), {})[name] = title
    also: dict[int, list[str]] = {}
    for merged in tags:
        if merged.into_id:
            also.setdefault(merged.into_id, []).append(merged.word)
    rows = [_tag_row(tag, also.get(tag.pk, []), pads.get(tag.pk, {})) for tag in tags if tag.into_id is None]
    told = (row for row in rows if row.pads or row.traces or row.topics or row.meant_for)
    return sorted(told, key=lambda row: (-len(row.pads), row.word))


def traces_of(traces: Iterable[Trace]) -> tuple[TraceRow, ...]:
    """Return notes as rows."""
    return tuple(TraceRow(one.pk, one.text, one.url, one.at) for one in traces)


def topics_of(carried: Iterable[Carried]) -> tuple[TopicRow, ...]:
    """Return the topics something became."""
    return tuple(TopicRow(one.topic.title, one.meetup.slug, one.topic_id, one.meetup.title) for one in carried)


def _tag_row(tag: Tag, also: list[str], pads: dict[str, str]) -> TagRow:
    return TagRow(
        number=tag.pk,
        word=tag.word,
        also=tuple(also),
        meant_for=tag.meant_for,
        pads=tuple(pads.items()),
        traces=traces_of(tag.traces.all()),
        topics=topics_of(tag.carried.all()),
    )

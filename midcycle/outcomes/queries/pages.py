"""What the pages of outcomes show."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext, pgettext

from midcycle.accounts.models import Person
from midcycle.meetups.models import Meetup
from midcycle.outcomes.models import Action, Carried, Silence, Tag, Trace
from midcycle.outcomes.queries.reading import is_at
from midcycle.outcomes.queries.rows import PUBLIC, ActionRow, TagRow, actions_of, meant_for, row_of, tags_of, with_all
from midcycle.outcomes.rules import ASKED, CONFIRMED, DECLINED, NOBODY, OPEN, STATES
from midcycle.pads.access import today_at

Visitor = Person | AnonymousUser


@dataclass(frozen=True)
class View:
    """One of the lists: its key and name, how many are in it, and whether it is shown."""

    key: str
    name: str
    count: int
    here: bool


@dataclass(frozen=True)
class OutcomesPage:
    """Outcomes of a meetup: all, or those meant for `whom`. `mine` is how many actions wait for the visitor."""

    views: tuple[View, ...]
    shown: tuple[ActionRow, ...]
    tags: tuple[TagRow, ...]
    audiences: tuple[tuple[str, int], ...]
    whom: str
    total: int
    mine: int

    @property
    def is_blank(self) -> bool:
        """Whether nothing was found in any pad."""
        return not self.total


@dataclass(frozen=True)
class ActionPage:
    """One action, and what the visitor may do about it."""

    row: ActionRow
    may_take: bool
    is_mine: bool


@dataclass(frozen=True)
class OwnRow:
    """An action and how its reader stands to it; `changed` is what its line said when they agreed, if that was different."""

    row: ActionRow
    is_asked: bool
    changed: str


@dataclass(frozen=True)
class OwnPage:
    """The actions of one person at a meetup."""

    asked: tuple[OwnRow, ...]
    mine: tuple[OwnRow, ...]
    over: tuple[OwnRow, ...]
    is_silent: bool


@dataclass(frozen=True)
class Earlier:
    """What another edition left open: actions and tags, each with the number of the topic it is here, 0 when it is none yet."""

    meetup: Meetup
    actions: tuple[tuple[Action, int], ...]
    tags: tuple[tuple[Tag, int], ...]


def outcomes_page(meetup: Meetup, visitor: Visitor, state: str, whom: str, *, now: datetime) -> OutcomesPage:
    """Return the page; a blank `state` shows all, a blank `whom` what is meant for anybody. Eight queries at most."""
    every, words = actions_of(meetup, today_at(meetup, now)), tags_of(meetup)
    rows = meant_for(every, whom)
    counts = Counter(row.state for row in rows)
    names = {"": pgettext("actions", "All"), **{key: gettext(name) for key, name in STATES.items()}}
    shown = sorted((row for row in rows if not state or row.state == state), key=lambda row: row.state != OPEN)
    return OutcomesPage(
        views=tuple(View(key, name, counts[key] if key else len(rows), key == state) for key, name in names.items()),
        shown=tuple(shown),
        tags=tuple(meant_for(words, whom)),
        audiences=_audiences((*every, *words)),
        whom=whom,
        total=len(every) + len(words),
        mine=Action.objects.filter(meetup=meetup, owner=visitor, state=OPEN).count() if isinstance(visitor, Person) else 0,
    )


def _audiences(rows: Iterable[ActionRow | TagRow]) -> tuple[tuple[str, int], ...]:
    """Return for whom anything is meant, and how much: the same name in small and capital letters once."""
    named: dict[str, list[str]] = {}
    for row in rows:
        if row.meant_for:
            named.setdefault(row.meant_for.casefold(), []).append(row.meant_for)
    return tuple((names[0], len(names)) for _, names in sorted(named.items()))


def action_page(action: Action, visitor: Visitor, *, now: datetime) -> ActionPage:
    """Return one action for a visitor."""
    row = action_row(action, now=now)
    is_person = isinstance(visitor, Person)
    is_mine = is_person and action.owner_id == visitor.pk
    is_free = action.standing in (NOBODY, DECLINED) and action.state == OPEN
    return ActionPage(row, may_take=is_free and is_person and is_at(action.meetup, visitor.pk or 0), is_mine=is_mine)


def action_row(action: Action, *, now: datetime) -> ActionRow:
    """Return one action as everybody sees it. Three queries."""
    return row_of(with_all(Action.objects.filter(pk=action.pk)).get(), today_at(action.meetup, now))


def own_page(meetup: Meetup, person: Person, *, now: datetime) -> OwnPage:
    """Return the actions somebody was asked about or stands for. Four queries."""
    today = today_at(meetup, now)
    asked: list[OwnRow] = []
    mine: list[OwnRow] = []
    over: list[OwnRow] = []
    for action in with_all(Action.objects.filter(meetup=meetup, owner=person)):
        changed = action.agreed_what if action.standing == CONFIRMED and action.agreed_what != action.said_what else ""
        own = OwnRow(row_of(action, today), is_asked=action.standing == ASKED, changed=changed)
        (asked if own.is_asked else mine if action.state == OPEN else over).append(own)
    silent = Silence.objects.filter(meetup=meetup, person=person).exists()
    return OwnPage(tuple(asked), tuple(mine), tuple(over), silent)


def open_of(person: Person) -> list[Action]:
    """Return the open actions somebody was asked about or stands for, at every meetup, those due first first. One query."""
    mine = Action.objects.filter(owner=person, state=OPEN).select_related("meetup").order_by("due_on", "pk")
    return sorted(mine, key=lambda action: action.due_on is None)


def earlier_page(meetup: Meetup) -> tuple[Earlier, ...]:
    """Return what the editions before this one left open, the last edition first. Three queries."""
    if meetup.series_id is None:
        return ()
    before = Meetup.objects.filter(series=meetup.series_id).exclude(pk=meetup.pk).exclude(stage__in=("idea", "hosting"))
    if meetup.starts_on is not None:
        before = before.filter(Q(starts_on__lt=meetup.starts_on))
    actions = (
        Action.objects.filter(PUBLIC, state=OPEN, meetup__in=before).select_related("meetup", "pad").order_by("due_on", "pk")
    )
    tags = Tag.objects.filter(meetup__in=before, into=None).filter(
        Exists(Trace.objects.filter(tag=OuterRef("pk"))) | Q(mentions__isnull=False)
    )
    carried = Carried.objects.filter(meetup=meetup, topic__withdrawn_at=None).values_list("action", "tag", "topic")
    as_action = {action: topic for action, _, topic in carried if action}
    as_tag = {tag: topic for _, tag, topic in carried if tag}
    found: dict[int, tuple[Meetup, list[tuple[Action, int]], list[tuple[Tag, int]]]] = {}
    for action in actions:
        found.setdefault(action.meetup_id, (action.meetup, [], []))[1].append((action, as_action.get(action.pk, 0)))
    for tag in tags.select_related("meetup").order_by("word").distinct():
        found.setdefault(tag.meetup_id, (tag.meetup, [], []))[2].append((tag, as_tag.get(tag.pk, 0)))
    editions = sorted(found.values(), key=lambda one: (str(one[0].starts_on or ""), one[0].pk), reverse=True)
    return tuple(Earlier(edition, tuple(its), tuple(words)) for edition, its, words in editions)

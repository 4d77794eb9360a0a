"""Who may see and change rooms, slots and sessions. What is not there and what is not allowed look the same: 404."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.core import signing
from django.core.validators import slug_re
from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat
from django.http import Http404
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.agenda.models import (
    Apart,
    Draft,
    Feed,
    Invite,
    Moderator,
    Pick,
    Release,
    Room,
    Search,
    Session,
    SessionPart,
    Slot,
)
from midcycle.agenda.rules import HELD_KINDS
from midcycle.agenda.rules.replanning import REPLAN_KINDS
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.access import Visitor, organised_meetup_for
from midcycle.meetups.models import Meetup, Organiser
from midcycle.topics.models import Support
from midcycle.web.joined import Joined
from midcycle.web.prepared import Prepared, asked

_DUTIES = "midcycle.moderating"
_ROUND_SALT = "midcycle.my-sessions"
_KEY: Final = re.compile(r"[\w-]{43}", re.ASCII)
_NOTES = Session.objects.filter(meetup=OuterRef("pk")).exclude(notes_path="").order_by().values("meetup")
_SHOWN: Final = Prepared(
    lambda: Meetup.objects.annotate(
        newest=Subquery(Release.objects.filter(meetup=OuterRef("pk")).order_by("-number").values("pk")[:1]),
        notes=Subquery(_NOTES.annotate(which=Sum("pk") * 10_000 + Count("pk")).values("which")),
    ).filter(slug=asked("slug"))[:1]
)


def _newest(fact: str) -> Subquery:
    return Subquery(Release.objects.filter(meetup=OuterRef("pk")).order_by("-number").values(fact)[:1])


def _told(rows: QuerySet[Any], meetup: str, text: Combinable | str) -> Subquery:
    """Return the texts of somebody's rows of a meetup, in one."""
    mine = rows.filter(**{meetup: OuterRef("pk")}, person=asked("person")).order_by().values(meetup)
    return Subquery(mine.annotate(told=Joined(Cast(text, CharField()))).values("told"))


_PERSONAL: Final = Prepared(
    lambda: Meetup.objects.annotate(
        organised=Exists(Organiser.objects.filter(meetup=OuterRef("pk"), person=asked("person"))),
        number=_newest("number"),
        released_at=_newest("released_at"),
        grid=_newest("grid"),
        picks=_told(Pick.objects.all(), "session__meetup", Case(When(wanted=True, then=F("session")), default=-F("session"))),
        supported=_told(Support.objects.filter(topic__session__isnull=False), "topic__meetup", F("topic__session")),
        parts=_told(SessionPart.objects.all(), "session__meetup", Concat(Cast("session", CharField()), Value(":"), F("part"))),
        key=Subquery(Feed.objects.filter(meetup=OuterRef("pk"), person=asked("person")).values("key")[:1]),
    ).filter(slug=asked("slug"))[:1]
)


@dataclass(frozen=True)
class Personal:
    """A meetup as one person has it: the newest release (`grid` None before the first), what makes sessions theirs, the key."""

    meetup: Meetup
    number: int
    released_at: datetime | None
    grid: Mapping[str, Any] | None
    picks: Mapping[int, bool]
    supported: frozenset[int]
    parts: tuple[tuple[int, str], ...]
    key: str


@dataclass(frozen=True)
class Shown:
    """A public meetup, the row of its newest release (None before the first), and what tells that notes were linked since."""

    meetup: Meetup
    release: int | None
    notes: int


def shown_for(slug: str) -> Shown:
    """Return a public meetup with its newest release. One query. Raises Http404."""
    meetup = _SHOWN.first(slug=slug) if slug_re.match(slug) else None
    if meetup is None:
        raise Http404
    facts = vars(meetup)
    return Shown(meetup, facts["newest"], facts["notes"] or 0)


def session_for(meetup: Meetup, number: int) -> Session:
    """Return a session of a meetup with its topic. Raises Http404. Whether it was released is for the page to say."""
    session = Session.objects.select_related("topic").filter(meetup=meetup, pk=number).first()
    if session is None:
        raise Http404
    session.meetup = meetup
    return session


def organiser_for(visitor: Visitor, slug: str) -> tuple[Meetup, Person]:
    """Return the meetup and the visitor as one of its organisers. Raises Http404 for anyone else."""
    if not isinstance(visitor, Person):
        raise Http404
    return organised_meetup_for(visitor, slug), visitor


def organised_session_for(visitor: Visitor, slug: str, number: int) -> tuple[Session, Person]:
    """Return a session, and the visitor as an organiser of its meetup. Raises Http404 for anyone else."""
    meetup, organiser = organiser_for(visitor, slug)
    return session_for(meetup, number), organiser


def organised_part_for(visitor: Visitor, slug: str, number: int, part: int) -> tuple[SessionPart, Person]:
    """Return somebody's part in a session, and the visitor as an organiser. Raises Http404 for anyone else."""
    session, organiser = organised_session_for(visitor, slug, number)
    found = SessionPart.objects.filter(session=session, pk=part).first()
    if found is None:
        raise Http404
    found.session = session
    return found, organiser


def organised_room_for(visitor: Visitor, slug: str, number: int) -> tuple[Room, Person]:
    """Return a room, and the visitor as an organiser of its meetup. Raises Http404 for anyone else."""
    meetup, organiser = organiser_for(visitor, slug)
    room = Room.objects.filter(meetup=meetup, pk=number).first()
    if room is None:
        raise Http404
    room.meetup = meetup
    return room, organiser


def organised_slot_for(visitor: Visitor, slug: str, number: int) -> tuple[Slot, Person]:
    """Return a slot, and the visitor as an organiser of its meetup. Raises Http404 for anyone else."""
    meetup, organiser = organiser_for(visitor, slug)
    slot = Slot.objects.filter(meetup=meetup, pk=number).first()
    if slot is None:
        raise Http404
    slot.meetup = meetup
    return slot, organiser


def organised_place_for(visitor: Visitor, slug: str, slot: int, room: int) -> tuple[Slot, Room]:
    """Return a slot sessions may be in and a room of one meetup, for its organisers. Raises Http404 for anyone else."""
    at, _ = organised_slot_for(visitor, slug, slot)
    where = Room.objects.filter(meetup=at.meetup, pk=room).first()
    if where is None or at.kind not in HELD_KINDS:
        raise Http404
    return at, where


def organised_draft_for(visitor: Visitor, slug: str, number: int) -> tuple[Draft, Person]:
    """Return a kept draft, and the visitor as an organiser of its meetup. Raises Http404 for anyone else."""
    meetup, organiser = organiser_for(visitor, slug)
    return draft_for(meetup, number), organiser


def draft_for(meetup: Meetup, number: int) -> Draft:
    """Return a kept draft of a meetup. Raises Http404."""
    draft = Draft.objects.filter(meetup=meetup, pk=number).first()
    if draft is None:
        raise Http404
    draft.meetup = meetup
    return draft


def session_of(meetup: Meetup, number: int) -> Session:
    """Return a session of a meetup that was named in what was sent. Raises Refusal when there is none of that number."""
    try:
        return session_for(meetup, number)
    except Http404:
        raise Refusal(gettext("Choose a session of this meetup."), field="session") from None


def place_of(meetup: Meetup, slot: int | None, room: int | None) -> tuple[Slot, Room]:
    """Return a slot and a room of a meetup. Raises Refusal when there is none of that number."""
    at = Slot.objects.filter(meetup=meetup, pk=slot or 0).first()
    where = Room.objects.filter(meetup=meetup, pk=room or 0).first()
    if at is None or where is None:
        raise Refusal(gettext("Choose a slot and a room of this meetup."), field="room" if at else "slot")
    return at, where


def organised_search_for(visitor: Visitor, slug: str) -> tuple[Search, Person]:
    """Return the search for a better agenda, and the visitor as an organiser of its meetup. Raises Http404 for anyone else."""
    meetup, organiser = organiser_for(visitor, slug)
    return search_for(meetup), organiser


def search_for(meetup: Meetup) -> Search:
    """Return the search for a better agenda of a meetup. Raises Http404 when none was begun."""
    search = Search.objects.filter(meetup=meetup, kind="draft").first()
    if search is None:
        raise Http404
    search.meetup = meetup
    return search


def organised_option_for(visitor: Visitor, slug: str, kind: str) -> tuple[Search, Person]:
    """Return a re-plan of a kind, and the visitor as an organiser of its meetup. Raises Http404 for anyone else."""
    meetup, organiser = organiser_for(visitor, slug)
    search = Search.objects.filter(meetup=meetup, kind=kind).first() if kind in REPLAN_KINDS else None
    if search is None:
        raise Http404
    search.meetup = meetup
    return search, organiser


def personal_for(visitor: Visitor, slug: str) -> Personal:
    """Return a meetup with what its newest release means to somebody signed in. One query. Raises Http404."""
    found = _PERSONAL.first(slug=slug, person=visitor.pk) if isinstance(visitor, Person) and slug_re.match(slug) else None
    if found is None:
        raise Http404
    return _personal(found)


def personal_for_key(slug: str, key: str) -> tuple[Personal, Feed]:
    """Return the same for who has the key of somebody's calendar, with the feed. Two queries. Raises Http404."""
    known = _KEY.fullmatch(key)
    feed = Feed.objects.select_related("meetup", "person").filter(key=key, person__is_active=True).first() if known else None
    if feed is None or feed.meetup.slug != slug:
        raise Http404
    return personal_for(feed.person, slug), feed


def _personal(meetup: Meetup) -> Personal:
    facts = vars(meetup)
    return Personal(
        meetup=meetup,
        number=facts["number"] or 0,
        released_at=facts["released_at"],
        grid=facts["grid"],
        picks={abs(n): n > 0 for n in map(int, _split(facts["picks"]))},
        supported=frozenset(map(int, _split(facts["supported"]))),
        parts=tuple((int(number), part) for number, _, part in (text.partition(":") for text in _split(facts["parts"]))),
        key=facts["key"] or "",
    )


def _split(joined: str | None) -> list[str]:
    return joined.split(",") if joined else []


def duties_key(meetup: Meetup, person: Person) -> str:
    """Return the key that opens what one person moderates at one meetup, without signing in."""
    return signing.dumps([meetup.pk, person.pk], salt=_DUTIES)


def moderator_for_key(meetup: Meetup, key: str) -> Person:
    """Return the person whose moderating at this meetup the key opens. Raises Http404 for any other text."""
    return _named_in(meetup, key, _DUTIES)


def invite_for_key(meetup: Meetup, key: str, number: int) -> Invite:
    """Return a question put to the person of the key. Raises Http404 for anyone else's, and for one not asked yet."""
    person = moderator_for_key(meetup, key)
    invites = Invite.objects.select_related("session__meetup", "person").exclude(state="proposed")
    found = invites.filter(pk=number, person=person, session__meetup=meetup).first()
    if found is None:
        raise Http404
    return found


def session_for_key(meetup: Meetup, key: str, number: int) -> tuple[Session, Person]:
    """Return a session the person of the key has a part in, and the person. Raises Http404 for any other."""
    person = moderator_for_key(meetup, key)
    session = session_for(meetup, number)
    if not SessionPart.objects.filter(session=session, person=person).exists():
        raise Http404
    return session, person


def organised_moderator_for(visitor: Visitor, slug: str, number: int) -> tuple[Moderator, Person]:
    """Return somebody of the pool, and the visitor as an organiser of the meetup. Raises Http404 for anyone else."""
    meetup, organiser = organiser_for(visitor, slug)
    held = Moderator.objects.select_related("meetup", "person").filter(meetup=meetup, pk=number).first()
    if held is None:
        raise Http404
    return held, organiser


def organised_apart_for(visitor: Visitor, slug: str, number: int) -> tuple[Apart, Person]:
    """Return two people kept apart, and the visitor as an organiser of the meetup. Raises Http404 for anyone else."""
    meetup, organiser = organiser_for(visitor, slug)
    held = Apart.objects.select_related("meetup").filter(meetup=meetup, pk=number).first()
    if held is None:
        raise Http404
    return held, organiser


def organised_invite_for(visitor: Visitor, slug: str, number: int) -> tuple[Invite, Person]:
    """Return a proposal, and the visitor as an organiser of the meetup. Raises Http404 for anyone else."""
    meetup, organiser = organiser_for(visitor, slug)
    held = Invite.objects.select_related("session__meetup").filter(session__meetup=meetup, pk=number).first()
    if held is None:
        raise Http404
    return held, organiser


def known_person_for(visitor: Visitor, slug: str, number: int) -> tuple[Meetup, Person, Person]:
    """Return the meetup, somebody it knows, and the visitor as one of its organisers. Raises Http404 for anyone else."""
    meetup, organiser = organiser_for(visitor, slug)
    person = known_to(meetup).filter(pk=number).first()
    if person is None:
        raise Http404
    return meetup, person, organiser


def known_to(meetup: Meetup) -> QuerySet[Person]:
    """Return the people a meetup knows: who organises, proposes, supports, offers, moderates, has a part or limits there."""
    known = Person.objects.filter(
        Q(organises__meetup=meetup)
        | Q(topics__meetup=meetup)
        | Q(supports__topic__meetup=meetup)
        | Q(offers__topic__meetup=meetup)
        | Q(parts__session__meetup=meetup)
        | Q(moderates__meetup=meetup)
        | Q(absences__slot__meetup=meetup)
        | Q(remote_windows__meetup=meetup)
    )
    return Person.objects.filter(pk__in=known.values("pk"))


def _named_in(meetup: Meetup, key: str, salt: str) -> Person:
    try:
        named = signing.loads(key, salt=salt)
    except signing.BadSignature:
        raise Http404 from None
    person = Person.objects.filter(pk=named[1], is_active=True).first() if named[0] == meetup.pk else None
    if person is None:
        raise Http404
    return person


def round_key_of(meetup: Meetup, person: Person) -> str:
    """Return the key that lets one person answer, without signing in, whether they can be in their sessions."""
    return signing.dumps([meetup.pk, person.pk], salt=_ROUND_SALT)


def asked_person_for(meetup: Meetup, key: str) -> Person:
    """Return the person whose questions the key opens. Raises Http404 for any other text."""
    return _named_in(meetup, key, _ROUND_SALT)

"""What the pages of a call show, to everybody and at the desk."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext, ngettext

from midcycle.accounts.models import Person
from midcycle.bidding.access import Standing, lost_somewhere, may_answer, previous_call
from midcycle.bidding.models import Bid, Conflict, Criterion, Editor, HostCall, Member, Question
from midcycle.bidding.rules import Completeness, Prepared, completeness, days_told, missing_before_opening
from midcycle.kernel.zones import country_in_words
from midcycle.meetups.models import Meetup


@dataclass(frozen=True)
class BidRow:
    """A bid in a list: where, when, by whom; `linked` are the members of the group who do not score it."""

    number: int
    title: str
    city: str
    country: str
    organisation: str
    days: tuple[str, ...]
    is_chosen: bool
    linked: tuple[str, ...]


@dataclass(frozen=True)
class OwnBid:
    """A bid of the visitor's own, and how far it is."""

    number: int
    title: str
    state: str
    progress: Completeness


@dataclass(frozen=True)
class MemberRow:
    """Somebody of the group, in public."""

    number: int
    name: str
    why: str
    interests: str
    has_declared: bool
    linked: tuple[str, ...]


@dataclass(frozen=True)
class QuestionRow:
    """A question in public; `answers` says whether the visitor answers it."""

    number: int
    name: str
    text: str
    asked_at: datetime
    answer: str
    answered_by: str
    answers: bool


@dataclass(frozen=True)
class CallPage:
    """A call for everybody who may read it."""

    call: HostCall
    phase: str
    standing: Standing
    criteria: tuple[Criterion, ...]
    members: tuple[MemberRow, ...]
    bids: tuple[BidRow, ...]
    own: tuple[OwnBid, ...]
    earlier: tuple[tuple[int, str], ...]
    questions: tuple[QuestionRow, ...]

    @property
    def is_comparing(self) -> bool:
        """Say whether the group has the word."""
        return self.phase == "comparing"


@dataclass(frozen=True)
class DeskPage:
    """A call at the desk: what is missing before it opens, and whether some will know of it before all."""

    call: HostCall
    phase: str
    missing: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    members: tuple[MemberRow, ...]
    whole_weight: int
    has_losers: bool
    handed_in: int


@dataclass(frozen=True)
class CallGlance:
    """A call on the page of its meetup."""

    call: HostCall
    phase: str
    bids: int


@dataclass(frozen=True)
class PartRow:
    """What somebody is in a call: writes a `bid` (with its number), is of the `group`, or is its `keeper`."""

    call: HostCall
    kind: str
    title: str
    bid: int | None


def prepared(call: HostCall) -> Prepared:
    """Return what there is of a call before it opens; two queries."""
    return Prepared(
        region=call.region,
        earliest=call.earliest,
        latest=call.latest,
        deadline=call.deadline,
        criteria=call.criteria.count(),
        members=call.members.count(),
        has_keeper=call.keeper_id is not None,
        chosen_how=call.chosen_how,
        stage=call.meetup.stage,
    )


def glance(meetup: Meetup, *, now: datetime) -> CallGlance | None:
    """Return the call of a meetup once everybody knows of it, else None. Two queries at most."""
    call = HostCall.objects.filter(meetup=meetup, state__in=("open", "decided")).select_related("chosen").first()
    if call is None or call.phase(now) == "first":
        return None
    call.meetup = meetup
    closed = call.phase(now) in {"comparing", "decided"}
    return CallGlance(call, call.phase(now), Bid.objects.filter(call=call, state="handed_in").count() if closed else 0)


def state_told(meetup: Meetup, *, now: datetime) -> str:
    """Return in a few words where the call of a meetup is, for the desk. Two queries at most."""
    call = HostCall.objects.filter(meetup=meetup).first()
    if call is None:
        return gettext("not prepared")
    if call.state == "draft":
        return gettext("not open")
    handed_in = Bid.objects.filter(call=call, state="handed_in").count()
    match call.phase(now):
        case "first":
            said = ngettext("open to some, %(count)s bid", "open to some, %(count)s bids", handed_in)
        case "open":
            said = ngettext("open, %(count)s bid", "open, %(count)s bids", handed_in)
        case "comparing":
            said = ngettext("%(count)s bid to compare", "%(count)s bids to compare", handed_in)
        case _:
            said = gettext("decided")
    return said % {"count": handed_in}


def parts_of(person: Person) -> tuple[PartRow, ...]:
    """Return what a person has to do with calls for hosts, newest first. Three queries."""
    edited = Editor.objects.filter(person=person).exclude(bid__state="withdrawn").select_related("bid__call__meetup")
    judged = Member.objects.filter(person=person).exclude(call__state="draft").select_related("call__meetup")
    kept = HostCall.objects.filter(keeper=person).exclude(state="draft").select_related("meetup")
    rows = [PartRow(one.bid.call, "bid", one.bid.title, one.bid_id) for one in edited]
    rows += [PartRow(one.call, "group", one.call.meetup.title, None) for one in judged]
    rows += [PartRow(one, "keeper", one.meetup.title, None) for one in kept]
    return tuple(sorted(rows, key=lambda row: row.call.pk, reverse=True))


def call_page(call: HostCall, standing: Standing, *, now: datetime) -> CallPage:
    """Return the page of a call; a fixed number of queries."""
    phase, conflicts = call.phase(now), _conflicts(call)
    shown = Bid.objects.filter(call=call, state="handed_in") if phase in {"comparing", "decided"} else Bid.objects.none()
    return CallPage(
        call=call,
        phase=phase,
        standing=standing,
        criteria=criteria_of(call),
        members=_members(call, conflicts),
        bids=tuple(_row(bid, call, conflicts) for bid in shown.order_by("handed_in_at", "pk")),
        own=_own(standing),
        earlier=_earlier(call, standing.person, phase),
        questions=questions_of(call, standing, bid=None),
    )


def desk_page(call: HostCall, *, now: datetime) -> DeskPage:
    """Return the desk of a call; a fixed number of queries."""
    criteria, before = criteria_of(call), previous_call(call)
    return DeskPage(
        call=call,
        phase=call.phase(now),
        missing=missing_before_opening(prepared(call), now=now),
        criteria=criteria,
        members=_members(call, _conflicts(call)),
        whole_weight=sum(one.weight for one in criteria),
        has_losers=before is not None and lost_somewhere(before),
        handed_in=Bid.objects.filter(call=call, state="handed_in").count(),
    )


def criteria_of(call: HostCall) -> tuple[Criterion, ...]:
    """Return what bids are judged by, the weightiest first."""
    return tuple(Criterion.objects.filter(call=call).order_by("-weight", "pk"))


def questions_of(call: HostCall, standing: Standing, *, bid: Bid | None) -> tuple[QuestionRow, ...]:
    """Return what was asked about a bid, or about the call alone, oldest first. One query."""
    asked = Question.objects.filter(call=call, bid=bid).select_related("person", "answered_by").order_by("pk")
    return tuple(
        QuestionRow(
            number=one.pk,
            name=str(one.person),
            text=one.text,
            asked_at=one.asked_at,
            answer=one.answer,
            answered_by=str(one.answered_by) if one.answered_by else "",
            answers=call.state == "open" and may_answer(one, standing),
        )
        for one in asked
    )


def _conflicts(call: HostCall) -> tuple[Conflict, ...]:
    declared = Conflict.objects.filter(member__call=call).select_related("member__person", "bid")
    return tuple(declared.order_by("pk"))


def _members(call: HostCall, conflicts: tuple[Conflict, ...]) -> tuple[MemberRow, ...]:
    return tuple(
        MemberRow(
            number=member.pk,
            name=member.person.name or gettext("Somebody who has not said a name yet"),
            why=member.why,
            interests=member.interests,
            has_declared=member.declared_at is not None,
            linked=tuple(one.bid.title for one in conflicts if one.member_id == member.pk),
        )
        for member in Member.objects.filter(call=call).select_related("person").order_by("named_at", "pk")
    )


def _row(bid: Bid, call: HostCall, conflicts: tuple[Conflict, ...]) -> BidRow:
    said = bid.answers
    return BidRow(
        number=bid.pk,
        title=bid.title,
        city=said.get("city", ""),
        country=country_in_words(said.get("country", "")),
        organisation=said.get("organisation", ""),
        days=tuple(days_told(option) for option in said.get("days") or []),
        is_chosen=bid.pk == call.chosen_id,
        linked=tuple(str(one.member.person) for one in conflicts if one.bid_id == bid.pk),
    )


def _own(standing: Standing) -> tuple[OwnBid, ...]:
    if not standing.edits:
        return ()
    bids = Bid.objects.filter(pk__in=standing.edits).prefetch_related("cost_lines").order_by("pk")
    return tuple(
        OwnBid(bid.pk, bid.title, bid.state, completeness(bid.answers, has_costs=bool(bid.cost_lines.all()))) for bid in bids
    )


def _earlier(call: HostCall, person: Person | None, phase: str) -> tuple[tuple[int, str], ...]:
    """Return the visitor's bids of other calls, to begin a new one like them."""
    if person is None or phase not in {"first", "open"}:
        return ()
    edited = Editor.objects.filter(person=person).exclude(bid__call=call).select_related("bid__call__meetup")
    return tuple((one.bid_id, f"{one.bid.title} ({one.bid.call.meetup.title})") for one in edited.order_by("-bid__pk")[:10])

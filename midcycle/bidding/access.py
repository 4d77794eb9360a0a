"""Who may see and do what about a call for hosts. What is not there and what is not allowed look the same: 404.

Bids are sealed until the deadline: only their editors read them. Costs stay with editors, keeper and the declared members of
the group until the decision. Whoever writes a bid decides on none.
"""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from midcycle.accounts.models import Person
from midcycle.bidding.models import Bid, Cell, Conflict, Editor, HostCall, Member, Mistake, Plan, Question
from midcycle.bidding.rules import FIELDS, Field
from midcycle.meetups.access import Visitor, may_organise, organised_meetup_for


@dataclass(frozen=True)
class Standing:
    """What a visitor is to a call; `edits` are the numbers of the bids they write."""

    person: Person | None
    organises: bool
    keeps: bool
    member: Member | None
    edits: frozenset[int]

    @property
    def judges(self) -> bool:
        """Say whether they are of the group and have declared their interests."""
        return self.member is not None and self.member.declared_at is not None

    @property
    def may_prepare(self) -> bool:
        """Say whether they may change the call: of the team, and without a bid of their own."""
        return self.organises and not self.edits


def standing_of(visitor: Visitor, call: HostCall) -> Standing:
    """Return what a visitor is to a call. Three queries for somebody signed in, none for anybody else."""
    if not isinstance(visitor, Person):
        return Standing(None, organises=False, keeps=False, member=None, edits=frozenset())
    edited = Editor.objects.filter(person=visitor, bid__call=call).exclude(bid__state="withdrawn")
    return Standing(
        person=visitor,
        organises=may_organise(visitor, call.meetup),
        keeps=call.keeper_id == visitor.pk,
        member=Member.objects.filter(call=call, person=visitor).first(),
        edits=frozenset(edited.values_list("bid", flat=True)),
    )


def call_of(slug: str) -> HostCall | None:
    """Return the call for hosts of a meetup, if there is one."""
    return HostCall.objects.select_related("meetup", "meetup__series", "keeper", "chosen").filter(meetup__slug=slug).first()


def previous_call(call: HostCall) -> HostCall | None:
    """Return the call of the same series that was decided last, if there is one."""
    if call.meetup.series_id is None:
        return None
    decided = HostCall.objects.filter(meetup__series=call.meetup.series_id, state="decided").exclude(pk=call.pk)
    return decided.order_by("-decided_at").first()


def lost_in(call: HostCall, person: Person) -> bool:
    """Say whether a person wrote a bid for a call that was handed in and not chosen."""
    lost = Editor.objects.filter(person=person, bid__call=call, bid__state="handed_in")
    return lost.exclude(bid=call.chosen_id or 0).exists()


def lost_somewhere(call: HostCall) -> bool:
    """Say whether any bid of a call was handed in and not chosen."""
    return Bid.objects.filter(call=call, state="handed_in").exclude(pk=call.chosen_id or 0).exists()


def call_for(visitor: Visitor, slug: str, *, now: datetime) -> tuple[HostCall, Standing]:
    """Return the call for whoever may read it, with what they are to it. Raises Http404.

    A draft is for the team; in its first days, for those with a part in it and those who lost the last one.
    """
    call = call_of(slug)
    if call is None:
        raise Http404
    standing, phase = standing_of(visitor, call), call.phase(now)
    if phase == "draft" and not standing.organises:
        raise Http404
    if phase == "first" and not _knows_first(standing, call):
        raise Http404
    return call, standing


def _knows_first(standing: Standing, call: HostCall) -> bool:
    if standing.person is None:
        return False
    if standing.organises or standing.keeps or standing.member or standing.edits:
        return True
    before = previous_call(call)
    return before is not None and lost_in(before, standing.person)


def prepared_call_for(visitor: Visitor, slug: str) -> HostCall:
    """Return the call for the team, one of whom changes it. Raises Http404, also for a bidder of the team."""
    organised_meetup_for(visitor, slug)
    call = call_of(slug)
    if call is None or not standing_of(visitor, call).may_prepare:
        raise Http404
    return call


def bid_for(visitor: Visitor, slug: str, number: int, *, now: datetime) -> tuple[Bid, Standing]:
    """Return a bid for its editors, or, once the deadline is past, one that was handed in, for everybody. Raises Http404."""
    call, standing = call_for(visitor, slug, now=now)
    bid = Bid.objects.filter(call=call, pk=number).first()
    if bid is None or not may_read(bid, call, standing, now=now):
        raise Http404
    bid.call = call
    return bid, standing


def may_read(bid: Bid, call: HostCall, standing: Standing, *, now: datetime) -> bool:
    """Say whether a bid is open to a visitor."""
    return bid.pk in standing.edits or (bid.state == "handed_in" and call.phase(now) in {"comparing", "decided"})


def own_bid_for(visitor: Visitor, slug: str, number: int, *, now: datetime) -> tuple[Bid, Standing]:
    """Return a bid for one of its editors. Raises Http404 for anyone else."""
    bid, standing = bid_for(visitor, slug, number, now=now)
    if bid.pk not in standing.edits:
        raise Http404
    return bid, standing


def may_read_costs(bid: Bid, standing: Standing) -> bool:
    """Say whether the sheet of costs of a bid one may read is open too: to all once it is decided, before to few."""
    if bid.pk in standing.edits or bid.call.state == "decided":
        return True
    return (standing.keeps or standing.judges) and not standing.edits


def costs_for(visitor: Visitor, slug: str, number: int, *, now: datetime) -> tuple[Bid, Standing]:
    """Return a bid for whoever may read its sheet of costs. Raises Http404."""
    bid, standing = bid_for(visitor, slug, number, now=now)
    if not may_read_costs(bid, standing):
        raise Http404
    return bid, standing


def plan_for(visitor: Visitor, slug: str, number: int, plan: int, *, now: datetime) -> Plan:
    """Return a floor plan of a bid one may read. Raises Http404."""
    bid, _ = bid_for(visitor, slug, number, now=now)
    found = Plan.objects.filter(bid=bid, pk=plan).first()
    if found is None:
        raise Http404
    found.bid = bid
    return found


def editor_for(visitor: Visitor, slug: str, number: int, editor: int, *, now: datetime) -> Editor:
    """Return an editor of a bid for one of them. Raises Http404."""
    bid, _ = own_bid_for(visitor, slug, number, now=now)
    found = Editor.objects.select_related("person").filter(bid=bid, pk=editor).first()
    if found is None:
        raise Http404
    found.bid = bid
    return found


def question_for(visitor: Visitor, slug: str, number: int, *, now: datetime) -> tuple[Question, Standing]:
    """Return a question for whoever may answer it: editors of the bid, or the team for the call. Raises Http404."""
    call, standing = call_for(visitor, slug, now=now)
    found = Question.objects.select_related("bid").filter(call=call, pk=number).first()
    if found is None or not may_answer(found, standing):
        raise Http404
    found.call = call
    return found, standing


def may_answer(question: Question, standing: Standing) -> bool:
    """Say whether a visitor answers a question."""
    return question.bid_id in standing.edits if question.bid_id else standing.may_prepare


def comparison_for(visitor: Visitor, slug: str, *, now: datetime) -> tuple[HostCall, Standing]:
    """Return the call for whoever reads the comparison: everybody, once the deadline is past. Raises Http404."""
    call, standing = call_for(visitor, slug, now=now)
    if call.phase(now) not in {"comparing", "decided"}:
        raise Http404
    return call, standing


def cell_for(visitor: Visitor, slug: str, number: int, key: str, *, now: datetime) -> tuple[Bid, Field, Cell | None]:
    """Return a bid, a question and the keeper's cell for both, for the keeper alone. Raises Http404."""
    call, standing = comparison_for(visitor, slug, now=now)
    bid = Bid.objects.filter(call=call, pk=number, state="handed_in").first()
    if bid is None or not standing.keeps or key not in FIELDS or not FIELDS[key].compared:
        raise Http404
    bid.call = call
    return bid, FIELDS[key], Cell.objects.filter(bid=bid, field=key).first()


def mistake_for(visitor: Visitor, slug: str, number: int, *, now: datetime) -> Mistake:
    """Return a mistake somebody reported, for the keeper alone. Raises Http404."""
    call, standing = comparison_for(visitor, slug, now=now)
    found = Mistake.objects.select_related("bid__call").filter(bid__call=call, pk=number).first()
    if found is None or not standing.keeps:
        raise Http404
    return found


def member_for(visitor: Visitor, slug: str, *, now: datetime) -> Member:
    """Return the member of the group the visitor is. Raises Http404 for anyone else, and for one who writes a bid."""
    call, standing = call_for(visitor, slug, now=now)
    if standing.member is None or standing.edits:
        raise Http404
    standing.member.call = call
    return standing.member


def judge_for(visitor: Visitor, slug: str, *, now: datetime) -> Member:
    """Return the member for somebody who declared their interests, once the deadline is past. Raises Http404."""
    member = member_for(visitor, slug, now=now)
    if member.declared_at is None or member.call.phase(now) not in {"comparing", "decided"}:
        raise Http404
    return member


def scored_bid_for(visitor: Visitor, slug: str, number: int, *, now: datetime) -> tuple[Member, Bid]:
    """Return a bid for a member who may score it. Raises Http404, also where an interest was declared."""
    member = judge_for(visitor, slug, now=now)
    bid = Bid.objects.filter(call=member.call, pk=number, state="handed_in").first()
    if bid is None or Conflict.objects.filter(member=member, bid=bid).exists():
        raise Http404
    bid.call = member.call
    return member, bid


def may_see_result(standing: Standing, call: HostCall, *, has_scored_all: bool) -> bool:
    """Say whether points are shown: to all once it is decided, before to the keeper and to members who gave all of theirs."""
    return call.state == "decided" or (not standing.edits and (standing.keeps or (standing.judges and has_scored_all)))

"""The group declares its interests, scores, and decides in the open."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.bidding.actions.common import held_call, note
from midcycle.bidding.models import Bid, Conflict, Criterion, Editor, HostCall, Member, Score
from midcycle.bidding.queries import outcome
from midcycle.bidding.rules import LONGEST_NOTE, MOST_POINTS, fault_in_silence
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import lines, one_line
from midcycle.meetups import actions as meetups
from midcycle.web.markdown import to_html

LONGEST_INTERESTS: Final = 2_000
LONGEST_TEXT: Final = 20_000
Points = Mapping[int, tuple[int, str]]


@dataclass(frozen=True)
class Decision:
    """What the group decided: a bid and the number of the days it offered, or neither; and why, in Markdown."""

    bid: int | None
    days: int
    reasons: str
    dissent: str = ""
    minutes: str = ""


@transaction.atomic
def declare(member: Member, interests: str, bids: Collection[int], *, now: datetime) -> None:
    """Declare one's interests in public, and the bids one is linked with. What one scored of those before is taken back.

    Raises Refusal while bids are sealed, for who writes one, and for interests that are not said.
    """
    held = held_call(member.call_id, {"comparing"}, now=now)
    _check_still_judges(held, member.person)
    interests = lines(interests)
    if not interests or len(interests) > LONGEST_INTERESTS:
        said = gettext("Say your interests in %(most)s characters, also that you have none.") % {"most": LONGEST_INTERESTS}
        raise Refusal(said, field="interests")
    linked = list(Bid.objects.filter(call=held, pk__in=bids, state="handed_in"))
    Member.objects.filter(pk=member.pk).update(interests=interests, declared_at=now)
    Conflict.objects.filter(member=member).exclude(bid__in=linked).delete()
    Conflict.objects.bulk_create([Conflict(member=member, bid=bid) for bid in linked], ignore_conflicts=True)
    Score.objects.filter(member=member, bid__in=linked).delete()
    note("interests_declared", held, member.person, now=now, member=member.pk)


@transaction.atomic
def score(member: Member, bid: Bid, points: Points, *, now: datetime) -> None:
    """Give a bid 0 to 5 points on each criterion, with a note; again is to change one's mind.

    Raises Refusal for a bid one is linked with, before interests are declared, and for a criterion left out.
    """
    held = held_call(member.call_id, {"comparing"}, now=now)
    _check_still_judges(held, member.person)
    fresh = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    if fresh.declared_at is None:
        raise Refusal(gettext("Declare your interests first."))
    if Conflict.objects.filter(member=fresh, bid=bid).exists() or bid.call_id != held.pk or bid.state != "handed_in":
        raise Refusal(gettext("You are linked with this bid, and do not score it."))
    criteria = list(Criterion.objects.filter(call=held).values_list("pk", flat=True))
    if sorted(points) != sorted(criteria) or any(not 0 <= given <= MOST_POINTS for given, _ in points.values()):
        raise Refusal(gettext("Give 0 to %(most)s points on each criterion.") % {"most": MOST_POINTS})
    for criterion, (given, text) in points.items():
        values = {"points": given, "note": one_line(text)[:LONGEST_NOTE], "given_at": now}
        Score.objects.update_or_create(member=fresh, bid=bid, criterion_id=criterion, defaults=values)
    note("bid_scored", held, member.person, now=now, member=member.pk, bid=bid.pk)


@transaction.atomic
def decide(call: HostCall, member: Member, decision: Decision, *, now: datetime) -> None:
    """Note what the group decided, and write place and days of the chosen bid to the meetup.

    Raises Refusal for who writes a bid or is linked with the chosen one, for a bid without points on each criterion, before
    half of the group has scored, and for a decision without reasons.
    """
    held = held_call(call, {"comparing"}, now=now)
    _check_still_judges(held, member.person)
    texts = {name: lines(getattr(decision, name)) for name in ("reasons", "dissent", "minutes")}
    _check_texts(texts)
    bid = _chosen(held, member, decision)
    silence = fault_in_silence(held.members.count(), len(outcome(held).silent))
    if silence is not None:
        raise Refusal(silence)
    for name, text in texts.items():
        setattr(held, name, text)
        setattr(held, f"{name}_html", to_html(text))
    held.state, held.decided_at, held.decided_by, held.chosen = "decided", now, member.person, bid
    held.save()
    if bid is not None:
        meetups.set_place(held.meetup, member.person, _place(held, bid, decision.days), now=now)
    note("decided", held, member.person, now=now, call=held.pk, bid=bid.pk if bid else None)


def _check_texts(texts: Mapping[str, str]) -> None:
    if not texts["reasons"]:
        raise Refusal(gettext("Say why: the reasons are published."), field="reasons")
    for name, text in texts.items():
        if len(text) > LONGEST_TEXT:
            raise Refusal(gettext("Shorten this to %(most)s characters.") % {"most": LONGEST_TEXT}, field=name)


def _chosen(call: HostCall, member: Member, decision: Decision) -> Bid | None:
    if decision.bid is None:
        return None
    bid = Bid.objects.filter(call=call, pk=decision.bid, state="handed_in").first()
    if bid is None:
        raise Refusal(gettext("Choose one of the bids."), field="bid")
    if Conflict.objects.filter(member=member, bid=bid).exists():
        raise Refusal(gettext("You are linked with this bid. Somebody else of the group notes this decision."), field="bid")
    if not 0 <= decision.days < len(bid.answers.get("days") or []):
        raise Refusal(gettext("Choose days that this bid offers."), field="bid")
    criteria = Criterion.objects.filter(call=call).count()
    if Score.objects.filter(bid=bid).values("criterion").distinct().count() < criteria:
        raise Refusal(gettext("Nobody has scored this bid yet. Score it first: the points are published too."), field="bid")
    return bid


def _place(call: HostCall, bid: Bid, number: int) -> meetups.Place:
    said, days = bid.answers, bid.answers["days"][number]
    return meetups.Place(
        region=call.region,
        city=said["city"],
        country=said["country"],
        venue=said["venue"],
        starts_on=date.fromisoformat(days["starts_on"]),
        ends_on=date.fromisoformat(days["ends_on"]),
        about_when="",
        timezone=said["timezone"],
    )


def _check_still_judges(call: HostCall, person: Person) -> None:
    """Raise Refusal for somebody who is not of the group any more, or writes a bid."""
    writes = Editor.objects.filter(person=person, bid__call=call).exclude(bid__state="withdrawn").exists()
    if writes or not Member.objects.filter(call=call, person=person).exists():
        raise Refusal(gettext("You do not decide on this call, so nothing was changed."))

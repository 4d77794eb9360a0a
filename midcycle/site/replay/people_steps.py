"""Registration, waitlist, a raised capacity and the door, as the facts tell them.

People have to be invented. What they say of themselves is not: it is blank unless the file counts it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from midcycle.registration import actions as registration
from midcycle.registration import queries as seats
from midcycle.registration.models import Seat
from midcycle.site.replay.counts import Group, percent, quotas_of
from midcycle.site.replay.people import Synthetic, synthetic_people
from midcycle.site.replay.reading import mapping, whole
from midcycle.site.replay.story import Story

MOST_PEOPLE: Final = 10_000


@dataclass(frozen=True)
class _Guest:
    """Somebody invented, the group they are counted in, and whether they register or only walk in at the door."""

    who: Synthetic
    group: str
    walks_in: bool


def crowd(story: Story, count: int) -> list[Synthetic]:
    """Return the first `count` people of this story: those who come are before those who do not."""
    if len(story.crowd) < count:
        sectors, regions = (_words_for(story, key) for key in ("attendee_sectors", "attendee_regions"))
        invented = synthetic_people(story.seed, sectors=[], regions=[], not_on_list=None)
        story.crowd[:] = [_as_counted(who, at, sectors, regions) for at, who in enumerate(islice(invented, max(count, 500)))]
    return story.crowd[:count]


def register(story: Story) -> None:
    """Register everybody who asked, up to the announced limit and into the waitlist, then raise the capacity."""
    heads = story.heads
    asked_for = (heads.registered or 0) + heads.waiting
    if heads.limit is None and heads.registered is None and not asked_for:
        return
    if asked_for > MOST_PEOPLE or (heads.came or 0) > MOST_PEOPLE:
        story.ledger.note(f"more than {MOST_PEOPLE} people are not invented, so nobody was registered")
        return
    limit = asked_for - heads.waiting + (heads.sold_out is False) if heads.limit is None else heads.limit
    with story.attempt("registration"):
        opened_at = story.later(days=10)
        registration.open_registration(story.meetup, total=limit, by=story.organiser, now=opened_at)
        registration.note_invented(story.meetup, by=story.organiser, now=opened_at)
        _take_seats(story)
    summary = seats.seat_summary(story.meetup)
    if heads.sold_out is not None:
        told = mapping(story.facts.get("size"))["sold_out"]
        got = bool(summary) and summary.held == summary.total
        story.ledger.lived("size.sold_out", told, got, means=heads.sold_out)
    seated = (heads.registered or 0) + heads.let_in
    if summary and seated > summary.total:
        registration.set_capacity(story.meetup, seated, by=story.organiser, now=story.later(days=5))


def call_off(story: Story) -> None:
    """Close the registration of a meetup that was cancelled, and compare what was counted until then."""
    if seats.seat_summary(story.meetup):
        registration.close_registration(story.meetup, by=story.organiser, now=story.later(days=1))
    story.ledger.note("it was cancelled: nobody came, it is not moved to “on site”, and no report is published")


def open_door(story: Story) -> None:
    """Check in those who came, group by group, then those without a seat, and note who did not come."""
    heads, now = story.heads, story.later(minutes=30)
    story.door_opened_at = now
    if not seats.seat_summary(story.meetup):
        return
    for group in _groups(story):
        held = Seat.objects.filter(meetup=story.meetup, state="held", group=group.name).order_by("arrival")
        for seat in held[: group.came or 0]:
            registration.check_in(seat, by=story.organiser, now=now)
    walking = [guest for guest in _guests(story) if guest.walks_in]
    there = seats.seat_summary(story.meetup)
    needed = len(walking) + there.waiting  # who waits comes before who walks in
    if walking and there.free < needed:
        registration.set_capacity(story.meetup, there.total + needed - there.free, by=story.organiser, now=now)
    for guest in walking:
        who = guest.who
        registration.walk_in(story.meetup, _answers(story, guest), email=who.email, name=who.name, by=story.organiser, now=now)
    if heads.marks_absence:
        _cancel_the_rest(story)
        registration.mark_no_shows(story.meetup, by=story.organiser, now=now)


def _cancel_the_rest(story: Story) -> None:
    """Give back the seats of those who neither came nor were missed: the file counts fewer no-shows than people away."""
    missed = story.heads.first("no_shows")
    away = Seat.objects.filter(meetup=story.meetup, state="held").order_by("-arrival")
    surplus = 0 if missed is None else away.count() - missed
    if surplus <= 0:
        return
    if Seat.objects.filter(meetup=story.meetup, state="waiting").exists():
        story.ledger.note(f"{surplus} neither came nor were missed; had they cancelled, those who wait would have their seats")
        return
    for seat in away[:surplus]:
        registration.cancel_seat(seat, now=story.door_opened_at or story.later(minutes=1))
    story.ledger.note(f"{surplus} of those who registered neither came nor were missed: they cancelled before the day")


def _groups(story: Story) -> tuple[Group, ...]:
    heads = story.heads
    if heads.groups:
        rest = (heads.registered or 0) - sum(group.registered for group in heads.groups)
        return (*heads.groups, Group("", rest, 0)) if rest > 0 else heads.groups
    return (Group("", (heads.registered or 0) + heads.let_in, heads.came or 0),)


def _guests(story: Story) -> Iterator[_Guest]:
    """Yield who comes, group by group, then who registers and stays away, then who waits: so all who come get a seat."""
    coming = [(group, walks >= group.registered) for group in _groups(story) for walks in range(group.came or 0)]
    away = [(group, False) for group in _groups(story) for _ in range(group.registered - (group.came or 0))]
    waiting = [(Group("", 0, 0), False)] * (story.heads.waiting - story.heads.let_in)
    everybody = [*coming, *away, *waiting]
    for who, (group, walks_in) in zip(crowd(story, len(everybody)), everybody, strict=True):
        yield _Guest(who, group.name, walks_in)


def _take_seats(story: Story) -> None:
    for guest in _guests(story):
        if not guest.walks_in:
            answers, moment = _answers(story, guest), story.later(minutes=7)
            registration.take_seat(story.meetup, answers, email=guest.who.email, name=guest.who.name, now=moment)


def _answers(story: Story, guest: _Guest) -> registration.Answers:
    return registration.Answers(
        sector=guest.who.sector,
        region=guest.who.region,
        group=guest.group,
        first_time=guest.group == "new" if story.heads.groups else None,
    )


def _words_for(story: Story, key: str) -> list[str]:
    """Return the word of each person in turn, where the file counts people by words; blank for all others."""
    quotas, came = quotas_of(story.facts.get(key)), story.heads.came or story.heads.registered or 0
    counts = {word: _quota(count, came) for word, count in quotas.items()}
    longest = max(counts.values(), default=0)
    turns = [word for turn in range(min(longest, MOST_PEOPLE)) for word, count in counts.items() if turn < count]
    return turns[: came or None]


def _quota(count: object, came: int) -> int:
    part = percent(count)
    return (whole(count) or 0) if part is None else round(part * came / 100)


def _as_counted(who: Synthetic, at: int, sectors: list[str], regions: list[str]) -> Synthetic:
    return replace(
        who,
        sector=sectors[at] if at < len(sectors) else "",
        region=regions[at] if at < len(regions) else "",
    )

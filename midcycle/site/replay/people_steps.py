"""Interest, registration, waitlist, a raised capacity and the door, as the facts tell them."""

from itertools import islice

from midcycle.hosting import actions as hosting
from midcycle.registration import actions as registration
from midcycle.registration import queries as seats
from midcycle.registration import rules
from midcycle.registration.models import Seat
from midcycle.site.replay.people import Synthetic, synthetic_people
from midcycle.site.replay.reading import Group, groups, mapping, names, whole
from midcycle.site.replay.story import Story

SECTORS = list(rules.SECTORS)


def crowd(story: Story, count: int) -> list[Synthetic]:
    """Return the first `count` people of this story."""
    sectors = names(story.facts.get("attendee_sectors")) or SECTORS
    regions = names(story.facts.get("attendee_regions")) or ([story.meetup.region] if story.meetup.region else [])
    return list(islice(synthetic_people(story.seed, sectors=sectors, regions=regions, not_on_list=not_on_list(story)), count))


def not_on_list(story: Story) -> float | None:
    """Return the share not on the list, if a feedback data point of the file tells it."""
    points = story.facts.get("feedback_data_points")
    for point in points if isinstance(points, list) else []:
        share = mapping(point).get("answer_no_share")
        if isinstance(share, int | float) and "list" in str(mapping(point).get("question", "")).lower():
            return float(share)
    return None


def gather_interest(story: Story) -> None:
    """Let as many answer the call as were first expected."""
    size = mapping(story.facts.get("size"))
    guess = size.get("first_guess_attendance")
    expected = max(guess) if isinstance(guess, list) and guess and all(whole(item) is not None for item in guess) else 0
    for number, who in enumerate(crowd(story, min(expected, 200))):
        hosting.answer(
            story.meetup,
            email=who.email,
            name=who.name,
            would_come=True,
            could_host=number == 0,
            could_moderate=number % 7 == 1,
            region=who.region,
            place="",
            now=story.later(hours=6),
        )


def register(story: Story) -> None:
    """Register everybody who asked, up to the announced limit and into the waitlist; raise the capacity; open the door."""
    size = mapping(story.facts.get("size"))
    counted = counted_groups(story)
    asked_for = _asked_for(story, counted)
    came = _came(story, counted)
    if asked_for is None:
        return
    limit = _limit(story) or max(asked_for, came or 0)
    registration.open_registration(story.meetup, total=limit, by=story.organiser, now=story.later(days=10))
    _take_seats(story, asked_for, counted)
    summary = seats.seat_summary(story.meetup)
    if "sold_out" in size and summary:
        story.ledger.lived("size.sold_out", size["sold_out"], summary.held == summary.total and summary.waiting > 0)
    if came is not None and came > limit:
        registration.set_capacity(story.meetup, came, by=story.organiser, now=story.later(days=5))


def open_door(story: Story) -> None:
    """Check in those who came, group by group, and compare every count."""
    counted = counted_groups(story)
    came = _came(story, counted)
    now = story.later(minutes=30)
    if came is not None:
        wanted = {group.name: group.came or 0 for group in counted} if counted else {"": came}
        for name, count in wanted.items():
            held = Seat.objects.filter(meetup=story.meetup, state="held", group=name).order_by("arrival")
            for seat in held[:count]:
                registration.check_in(seat, by=story.organiser, now=now)
        if any(group.asked is not None for group in counted):
            registration.mark_no_shows(story.meetup, by=story.organiser, now=now)
    _compare(story)


def counted_groups(story: Story) -> tuple[Group, ...]:
    """Return the groups the file counts people in."""
    return groups(story.facts.get("attendance"))


def _asked_for(story: Story, counted: tuple[Group, ...]) -> int | None:
    size, attendance = mapping(story.facts.get("size")), mapping(story.facts.get("attendance"))
    total = mapping(attendance.get("total"))
    if counted:
        return sum(max(group.asked or 0, group.came or 0) for group in counted)
    numbers = (
        whole(size.get("estimated_demand")),
        whole(total.get("rsvp")),
        whole(size.get("registered")),
        _came(story, counted),
        _limit(story),
    )
    known = [number for number in numbers if number is not None]
    return max(known) if known else None


def _came(story: Story, counted: tuple[Group, ...]) -> int | None:
    if counted and all(group.came is not None for group in counted):
        return sum(group.came or 0 for group in counted)
    size, attendance = mapping(story.facts.get("size")), story.facts.get("attendance")
    total = mapping(attendance).get("total")
    for value in (
        size.get("attendance"),
        attendance,
        total,
        mapping(total).get("attended"),
        mapping(attendance).get("attended"),
    ):
        number = whole(value)
        if number is not None:
            return number
    return None


def _limit(story: Story) -> int | None:
    size, capacity = mapping(story.facts.get("size")), story.facts.get("capacity")
    parts = [whole(value) for value in mapping(capacity).values()]
    if parts and all(part is not None for part in parts):
        return sum(part or 0 for part in parts)
    for value in (size.get("announced_ticket_limit"), size.get("ticket_limit"), size.get("capacity"), capacity):
        number = whole(value)
        if number is not None:
            return number
    return None


def _take_seats(story: Story, asked_for: int, counted: tuple[Group, ...]) -> None:
    sizes = [(group.name, max(group.asked or 0, group.came or 0)) for group in counted] or [("", asked_for)]
    group_of = [name for name, count in sizes for _ in range(count)]
    for who, group in zip(crowd(story, len(group_of)), group_of, strict=True):
        answers = registration.Answers(
            role=who.role,
            sector=who.sector,
            region=who.region,
            group=group,
            on_list=None if not_on_list(story) is None else who.on_list,
            first_time=group == "new" if counted else None,
        )
        registration.take_seat(story.meetup, answers, email=who.email, name=who.name, now=story.later(minutes=7))


def _compare(story: Story) -> None:
    facts, ledger = story.facts, story.ledger
    size, attendance = mapping(facts.get("size")), facts.get("attendance")
    rows = list(Seat.objects.filter(meetup=story.meetup).values_list("group", "state", "sector", "region"))
    came = [row for row in rows if row[1] == "checked_in"]
    capacity = seats.seat_summary(story.meetup)
    announced = capacity.announced if capacity else None
    got: dict[str, int | None] = {"attendance": len(came), "estimated_demand": len(rows)}
    got |= dict.fromkeys(("announced_ticket_limit", "ticket_limit", "capacity"), announced)
    for key in [key for key in got if whole(size.get(key)) is not None]:
        ledger.lived(f"size.{key}", size[key], got[key])
    if whole(attendance) is not None:
        ledger.lived("attendance", attendance, len(came))
    parts = mapping(facts.get("capacity"))
    if parts and _limit(story) is not None:
        ledger.lived("capacity (all groups)", _limit(story), announced)
    for key, index in (("attendee_sectors", 2), ("attendee_regions", 3)):
        if names(facts.get(key)):
            ledger.lived(key, sorted(names(facts[key])), sorted({row[index] for row in rows}))
    _compare_groups(story, rows)


def _compare_groups(story: Story, rows: list[tuple[str, str, str, str]]) -> None:
    for name, value in mapping(story.facts.get("attendance")).items():
        mine = rows if name == "total" else [row for row in rows if row[0] == name]
        came = sum(row[1] == "checked_in" for row in mine)
        if whole(value) is not None:
            story.ledger.lived(f"attendance.{name}", value, came)
        got = {"rsvp": len(mine), "attended": came}
        for key, asked in mapping(value).items():
            if key in got:
                story.ledger.lived(f"attendance.{name}.{key}", asked, got[key])
            elif key == "share" and isinstance(asked, int | float) and mine:
                story.ledger.lived(f"attendance.{name}.share", asked, round(came / len(mine), _decimals(asked)))


def _decimals(number: float) -> int:
    return len(str(number).partition(".")[2])

"""What happens at several of the demo's meetups, each through the real actions."""

import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from midcycle.accounts.models import Person
from midcycle.agenda import actions as agenda
from midcycle.agenda.models import Session
from midcycle.funding import actions as funding
from midcycle.hosting import actions as hosting
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.pads import actions as pads
from midcycle.reach import actions as reach
from midcycle.registration import actions as registration
from midcycle.registration.models import Seat
from midcycle.site.demo.folk import CHANNELS, Guest, known_as
from midcycle.site.demo.stories import Part, Story
from midcycle.topics import actions as topics
from midcycle.topics.models import Topic

_HOW_MANY = (0, 1, 2, 3, 3, 4, 5, 6, 8)
_OPENS_NO_LETTER = 25  # one of so many
_LED = (4, 0, 1, 0, 7, 0, 0, 2)  # sessions those have led before who volunteer, one after the other
_SPEAKS = ("English", "English, German", "", "English, Slovenian")
_WISHES = {2: "Something about storage, if there is a choice.", 5: "I leave on the second day at four."}


def open_idea(story: Story, slug: str, *, by: Person, region: str, now: datetime) -> Meetup:
    """Open the idea of a story."""
    return hosting.open_call(
        by,
        title=story.title,
        summary=story.summary,
        region=region,
        channel=story.channel,
        guess=story.guess,
        now=now,
        slug=slug,
    )


def answer(meetup: Meetup, guests: Sequence[Guest], *, now: datetime) -> None:
    """Let people say that they would come, two a day; some could moderate, one could host."""
    for number, guest in enumerate(guests):
        at = now + timedelta(hours=11 * number)
        answered = hosting.answer(
            meetup,
            email=guest.email,
            name=guest.name,
            would_come=True,
            could_host=number == 4,
            could_moderate=number % 5 == 2,
            region=guest.answers.region,
            place="",
            now=at,
        )
        hosting.confirm_answer(answered.interest, now=at)


def settle(meetup: Meetup, story: Story, place: meetups.Place, *, by: Person, now: datetime) -> None:
    """Say where and when, thank who pays, and go on to registration."""
    hosting.settle_place(meetup, by, place, closes_call=True, opens_registration=True, now=now)
    for underwriter in story.underwriters:
        funding.thank(meetup, underwriter.name, is_host=underwriter.is_host, by=by, now=now)


def register(meetup: Meetup, guests: Sequence[Guest], *, first: datetime, last: datetime) -> list[Seat]:
    """Let people register one after the other between two moments, most of them early; return their seats."""
    found = []
    for number, guest in enumerate(guests):
        at = first + (last - first) * (number / len(guests)) ** 2
        origin = registration.Origin(via=guest.via)
        taken = registration.take_seat(meetup, guest.answers, email=guest.email, name=guest.name, now=at, origin=origin)
        if number % _OPENS_NO_LETTER:
            registration.prove_address(taken.seat, now=at)
        found.append(taken.seat)
    return found


def spread(meetup: Meetup, *, by: Person, now: datetime) -> None:
    """Make the links that the crowd came by."""
    for name, leads_to in CHANNELS.items():
        reach.make_channel(meetup, name, leads_to=leads_to, by=by, now=now)


def propose(meetup: Meetup, parts: Sequence[Part], *, by: Person, now: datetime) -> dict[str, Topic]:
    """Propose each topic through who would lead it, else through the organiser; return the topics by title."""
    found = {}
    for number, part in enumerate(parts):
        at = now + timedelta(hours=7 * number)
        who = known_as(part.lead[0], now=at) if part.lead else by
        topic = topics.propose(meetup, who, title=part.title, details=part.details, format=part.format, now=at)
        for offered, names in (("lead", part.lead), ("shadow", part.shadow)):
            for name in names:
                topics.offer_to_moderate(topic, known_as(name, now=at), offered, now=at)
        found[part.title] = topic
    return found


def support(proposed: Mapping[str, Topic], parts: Sequence[Part], people: Sequence[Person], *, now: datetime) -> None:
    """Let each person support a few topics, mostly of the kinds they like, and those that draw more often."""
    kins = sorted({part.kin for part in parts})
    for number, person in enumerate(people):
        dice = random.Random(f"{parts[0].title}-{number}")  # noqa: S311 - invented people, not secrets
        liked = {dice.choice(kins), dice.choice(kins)}
        weights = {part.title: part.draw**1.5 * (3 if part.kin in liked else 1) for part in parts}
        drawn = {title: dice.random() ** (1 / weight) for title, weight in weights.items()}
        for title in sorted(drawn, key=drawn.__getitem__, reverse=True)[: dice.choice(_HOW_MANY)]:
            topics.support(proposed[title], person, now=now + timedelta(minutes=9 * number))


def volunteer(meetup: Meetup, people: Sequence[Person], *, now: datetime) -> None:
    """Let people volunteer to moderate: some have led before, more have not, and every fourth cannot come in the morning."""
    early = meetup.slots.filter(kind="session").order_by("day", "starts").values_list("pk", flat=True)[:1]
    for number, person in enumerate(people):
        led, language = _LED[number % len(_LED)], _SPEAKS[number % len(_SPEAKS)]
        away = frozenset(early) if number % 4 == 3 else frozenset[int]()
        offer = agenda.Offer(person.name, led, 1 + number % 3, language, _WISHES.get(number, ""), away)
        agenda.volunteer(meetup, person, offer, now=now + timedelta(minutes=40 * number))


def furnish(meetup: Meetup, story: Story, *, by: Person, now: datetime) -> None:
    """Add the rooms and slots of a story."""
    for room in story.rooms:
        agenda.add_room(meetup, room.name, capacity=room.capacity, note=room.note, by=by, now=now)
    for slot in story.slots:
        agenda.add_slot(
            meetup, day=slot.day, starts=slot.starts, ends=slot.ends, kind=slot.kind, label=slot.label, by=by, now=now
        )


def hold(meetup: Meetup, story: Story, proposed: Mapping[str, Topic], *, by: Person, now: datetime) -> dict[int, str]:
    """Make the sessions of a story and place them as it says; return what their pads say, by number of the session."""
    rooms = {room.name: room for room in meetup.rooms.all()}
    slots = {f"{slot.day} {slot.starts:%H:%M}": slot for slot in meetup.slots.all()}
    said = {}
    for part in story.sessions:
        session = _session(meetup, part, proposed.get(part.title), by=by, now=now)
        if part.at:
            agenda.place(session, slots[part.at], rooms[part.room], by=by, now=now, pinned=part.pinned)
        if part.said:
            said[session.pk] = part.said
    return said


def release(meetup: Meetup, said: Mapping[int, str], *, by: Person, note: str, now: datetime) -> None:
    """Release the agenda and open the pads of its sessions with what was said there."""
    agenda.release(meetup, by=by, note=note, now=now)
    pads.open_pads(meetup, by=by, now=now, notes=said)


def check_in(seats: Sequence[Seat], *, by: Person, now: datetime) -> None:
    """Let people in, a few each minute."""
    for number, seat in enumerate(seats):
        registration.check_in(seat, by=by, now=now + timedelta(seconds=20 * number))


def _session(meetup: Meetup, part: Part, topic: Topic | None, *, by: Person, now: datetime) -> Session:
    session = agenda.add_session(
        meetup,
        part.title,
        format=part.format,
        topic=topic,
        abstract=part.details,
        for_all=part.for_all,
        by=by,
        now=now,
    )
    for role, names in (("lead", part.lead), ("shadow", part.shadow)):
        for name in names:
            agenda.give_part(session, known_as(name, now=now), role, by=by, now=now)
    return session

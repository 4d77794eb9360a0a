"""Meetups that are over, with everything a report tells."""

from datetime import date, time

from midcycle.agenda import actions as agenda
from midcycle.feedback import actions as feedback
from midcycle.funding import actions as funding
from midcycle.hosting import actions as hosting
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.pads import actions as pads
from midcycle.registration import actions as registration
from midcycle.registration.actions import Answers
from tests.world import NOW, ada
from tests.worlds.hosting import answered

OPERATOR = Answers("operator", "public cloud", "europe", on_list=True, first_time=False, heard_how="list")
DEVELOPER = Answers("developer", "academic research", "asia", on_list=False, first_time=True, heard_how="forwarded")
VENDOR = Answers("vendor", "government", "europe", on_list=False, first_time=True, heard_how="web")


def over(*answers: Answers, seats: int = 0, sessions: int = 2, title: str = "Spring meetup") -> Meetup:
    """Return a meetup of Ada's in its wrap-up, without a report.

    Guest n said answer n and, if there was a seat, was checked in; one more person only would have come.
    """
    meetup = hosting.open_call(ada(), title=title, guess=(20, 30), now=NOW, channel="the operators list")
    for number in range(1, len(answers) + 2):
        answered(meetup, f"Guest{number}")
    place = meetups.Place("europe", "Lisbon", "PT", "The Dockyard", date(2027, 3, 2), date(2027, 3, 3), "", "Europe/Lisbon")
    meetups.set_place(meetup, ada(), place, now=NOW)
    for stage in ("hosting", "registration"):
        meetups.move_to_stage(meetup, ada(), stage, now=NOW)
    registration.open_registration(meetup, total=seats or max(1, len(answers)), by=ada(), now=NOW)
    taken = [
        registration.take_seat(meetup, said, email=f"guest{n}@example.org", name=f"Guest {n}", now=NOW).seat
        for n, said in enumerate(answers, start=1)
    ]
    meetups.move_to_stage(meetup, ada(), "agenda", now=NOW)
    hold_sessions(meetup, sessions)
    meetups.move_to_stage(meetup, ada(), "on_site", now=NOW)
    for seat in taken:
        if seat.state == "held":
            registration.check_in(seat, by=ada(), now=NOW)
    meetups.move_to_stage(meetup, ada(), "wrap_up", now=NOW)
    return meetup


def hold_sessions(meetup: Meetup, count: int) -> None:
    """Place so many sessions one after the other, in two rooms over two days, release them and open their pads."""
    rooms = [agenda.add_room(meetup, name, by=ada(), now=NOW) for name in ("Foundry", "Pioneer")]
    for number in range(1, count + 1):
        starts, ends = time(9 + number // 2 % 12, 0), time(9 + number // 2 % 12, 40)
        slot = agenda.add_slot(meetup, day=1 + number % 2, starts=starts, ends=ends, by=ada(), now=NOW)
        session = agenda.add_session(meetup, f"Session {number}", by=ada(), now=NOW)
        agenda.place(session, slot, rooms[number % 2], by=ada(), now=NOW)
    if count:
        agenda.release(meetup, by=ada(), note="", now=NOW)
        pads.open_pads(meetup, by=ada(), now=NOW)


def thanked(meetup: Meetup) -> Meetup:
    """Return the meetup with underwriters, hands and remarks."""
    funding.thank(meetup, "Data <Centred>", is_host=True, by=ada(), now=NOW)
    funding.thank(meetup, "Canonical", is_host=False, by=ada(), now=NOW)
    feedback.count_hands(meetup, "on_list", yes=7, no=3, by=ada(), now=NOW)
    feedback.count_hands(meetup, "own:pub", yes=9, no=1, asked="Was the pub useful?", by=ada(), now=NOW)
    feedback.note_remark(meetup, "asked_for", "More *free* time", by=ada(), now=NOW)
    return meetup

"""What deserves a second look in an agenda."""

from dataclasses import replace
from datetime import date, time

from midcycle.agenda.rules.hints import Hint, Known, hints
from midcycle.agenda.rules.values import Agenda, Room, Session, Slot

HALL, ATTIC = 1, 2
SLOTS = (
    Slot(1, 1, time(9), time(9, 40)),
    Slot(2, 1, time(9, 45), time(10, 25)),
    Slot(3, 1, time(10, 25), time(10, 40), "free"),
)
KNOWN = Known({}, {}, {}, {}, {})


def session(number, title, slot, room=HALL, **facts):
    return Session(number, str(number), title, facts.pop("format", "general_session"), slot=slot, room=room, **facts)


def agenda(*sessions):
    return Agenda(date(2027, 3, 2), "Europe/Lisbon", 1, (Room(HALL, "Hall", 100), Room(ATTIC, "Attic", 20)), SLOTS, sessions)


def test_an_agenda_nothing_is_known_of_has_no_hints():
    assert hints(agenda(session(1, "Upgrades", 1)), KNOWN) == ()


def test_free_time_that_was_promised_is_missed():
    known = replace(KNOWN, free_minutes=30)
    sentence = "Tuesday 2 March has 15 minutes kept free; 30 minutes were promised."
    assert hints(agenda(), known) == (Hint(sentence),)
    squeezed = hints(agenda(session(1, "Upgrades", 3)), known)
    assert squeezed == (Hint("Tuesday 2 March has no time kept free; 30 minutes were promised."),)
    assert hints(agenda(), replace(KNOWN, free_minutes=15)) == ()


def test_sizes_layouts_and_microphones():
    held = agenda(session(1, "Quotas", 1, format="working_group"), session(2, "Upgrades", 2, ATTIC))
    known = Known({HALL: "theatre"}, {HALL: 0}, {}, {}, {1: 80, 2: 1})
    assert [hint.sentence for hint in hints(held, known)] == [
        "80 want Quotas: a working group is good for 35 at the most. Repeat or split it.",
        "1 person wants Upgrades: a general session is good for 15 and more.",
        "Quotas is in Hall, set as theatre; circle or boardroom or classroom suits it.",
        "80 may come to Quotas, and Hall has no microphone.",
    ]


def test_many_sessions_that_are_too_small_are_told_once_with_the_formats_that_suit_fewer():
    held = agenda(*(session(number, f"Topic {number}", 1) for number in range(1, 6)))
    (hint,) = hints(held, replace(KNOWN, wanted=dict.fromkeys(range(1, 6), 4)))
    assert hint.sentence == (
        "Fewer than 15 people want each of 5 sessions, and a general session is good for 15 and more: "
        "Topic 1 (4); Topic 2 (4); Topic 3 (4); and 2 more."
    )
    assert hint.instead == {"working_group": "working groups", "birds_of_a_feather": "birds of a feather"}
    assert Hint("Said of one", 1).instead == {}


def test_working_groups_all_at_once():
    groups = [session(number, f"Group {number}", 1, format="working_group") for number in (1, 2, 3)]
    assert [hint.sentence for hint in hints(agenda(*groups), KNOWN)] == [
        "3 working groups run at once on Tuesday 2 March at 09:00; spread, somebody could be in several."
    ]


def test_a_walk_that_is_longer_than_the_pause_and_a_session_a_break_cuts():
    held = agenda(session(1, "Upgrades", 1), session(2, "Quotas", 2, ATTIC, length=2))
    known = replace(KNOWN, walks={frozenset((HALL, ATTIC)): 7}, needed={1: [(9, "Dee")], 2: [(9, "Dee")]})
    assert hints(held, known) == (
        Hint("Quotas takes 2 slots, but a break comes before it ends.", 2),
        Hint("Dee has 5 minutes from Hall to Attic, a walk of 7: before Quotas.", 2),
    )

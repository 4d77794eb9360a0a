"""What an agenda keeps in English reads in the language of whoever looks at it."""

from collections.abc import Iterator

import pytest

from midcycle.agenda.rules.deeds import deed_in_words, done_by, opening_in_words, times_in_words
from midcycle.agenda.rules.kept import conflict_in_words, reason_in_words
from midcycle.kernel import words

GERMAN = words.Speaker(
    lambda: "de",
    lambda said: f"[{said}]",
    lambda one, many, number: f"[{one if number == 1 else many}]",
    lambda _, said: f"[{said}]",
)


@pytest.fixture
def german() -> Iterator[None]:
    before = words._speakers[0]
    words.speak_through(GERMAN)
    yield
    words.speak_through(before)


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("", ""),
        ("Close to the coffee", "[Close to the coffee]"),
        ("Pinned to this time. Nobody has asked for it yet.", "[Pinned to this time.] [Nobody has asked for it yet.]"),
        ("1 person wants it and can come.", "[1 person wants it and can come.]"),
        (
            "12 people want it, 9 can come; its 9 seats are full. On Mon at 09:30, 3 of them would miss “Ceph”.",
            "[12 people want it, 9 can come; its 9 seats are full.] [[On Mo at 09:30], 3 of them would miss [“Ceph”].]",
        ),
        (
            "Every room is taken at any of its 4 times; 2 people want it.",
            "[Every room is taken at [any of its 4 times]; [2 people want it].]",
        ),
        (
            "At 10:30, Ada is needed in “Logs”.",
            "[[At 10:30], [Ada is needed in [“Logs”]].]",
        ),
    ],
)
def test_a_reason_that_was_kept_is_told(kept, told):
    assert reason_in_words(kept) == told


@pytest.mark.usefixtures("german")
def test_a_conflict_and_a_deed_are_told_with_their_times():
    kept = "Hall holds both One and Two at Tue 09:30."
    assert conflict_in_words(kept) == "[Hall holds both One and Two at [Di 09:30].]"
    assert deed_in_words("moved “One” to Mon 09:30, Hall") == "[moved [“One”] to [Mo 09:30], Hall]"
    assert deed_in_words("took back: drafted the agenda") == "[took back: [drafted the agenda]]"
    assert done_by("", "moved 3 sessions after a change on the day") == (
        "[[A machine] [moved 3 sessions after a change on the day].]"
    )
    assert (opening_in_words("On day 2 at 09:30"), times_in_words("Some 09:30")) == ("[On day 2 at 09:30]", "Some 09:30")


def test_in_english_all_of_it_stays_as_it_was_kept():
    kept = "12 people want it, 9 can come. Mon 09:30 would do as well."
    assert (reason_in_words(kept), deed_in_words("drafted the agenda")) == (kept, "drafted the agenda")

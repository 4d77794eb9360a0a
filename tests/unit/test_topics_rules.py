"""When topics are open, what is wrong in a proposal, and the first words of a text."""

from hypothesis import given
from hypothesis import strategies as st

from midcycle.agenda import rules as agenda
from midcycle.meetups.rules import STAGES
from midcycle.topics.rules import (
    FORMATS,
    USUAL,
    WISHES,
    are_open,
    fault_in,
    fault_in_comment,
    fault_in_wishes,
    first_words,
    may_be_withdrawn,
    tags_in,
)


def test_topics_are_open_from_registration_to_the_last_day():
    assert [stage for stage in STAGES if are_open(stage)] == ["registration", "agenda", "on_site"]


def test_a_topic_can_be_withdrawn_until_the_archive():
    assert [stage for stage in STAGES if not may_be_withdrawn(stage)] == ["archived"]


def test_people_wish_for_sessions_and_not_for_free_time():
    assert set(FORMATS) - set(WISHES) == {"plenary", "free_time", "wrap_up"}
    assert USUAL in WISHES


def test_the_agenda_offers_the_same_formats():
    assert agenda.FORMATS is FORMATS


def test_a_title_is_enough():
    assert fault_in("Upgrades", "", USUAL) is None


def test_each_fault_names_its_field():
    assert fault_in("", "", USUAL) == ("title", "Give the topic a title; a few words are enough.")
    assert fault_in("x" * 160, "", USUAL) is None
    assert fault_in("x" * 161, "", USUAL)[0] == "title"
    assert fault_in("x", "y" * 10_001, USUAL)[0] == "details"
    assert fault_in("x", "", "keynote")[0] == "format"


def test_first_words_are_plain_text():
    html = "<h2>Why</h2>\n<p>Ops &amp; devs <em>talk</em> &lt;b&gt;.</p>"
    assert first_words(html) == "Why Ops & devs talk <b>."
    assert first_words("<p>one two three four</p>", longest=11) == "one two …"
    assert first_words("") == ""


@given(st.text())
def test_first_words_are_never_longer_than_asked(text):
    assert len(first_words(text, longest=40)) <= 40


def test_tags_are_small_words_each_once():
    assert tags_in("Networking, #Upgrades; big data\n networking,, <b>") == ("networking", "upgrades", "big-data", "b")
    assert tags_in(" ,;# \x00") == ()


def test_wishes_have_bounds():
    assert fault_in_wishes(("a",) * 6, 5) is None
    assert [fault_in_wishes(("a",) * 7, None), fault_in_wishes(("x" * 31,), None)] == [
        ("tags", "Give at most 6 tags of 30 characters.")
    ] * 2
    assert fault_in_wishes((), 4) == fault_in_wishes((), 241) == ("minutes", "Choose between 5 and 240 minutes.")


def test_a_comment_says_something():
    assert fault_in_comment("Yes.") is None
    assert fault_in_comment(" \u200b ") == "Write something first."
    assert fault_in_comment("x" * 2_001) == "Shorten the comment to 2000 characters."

"""What pads say is collected, keeps its identity, is somebody's only by their yes, and is followed up."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from midcycle.journal import actions as journal
from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.outcomes import actions, queries
from midcycle.outcomes.models import Action, Mention, Reading, Tag, Trace
from midcycle.pads import actions as pads
from midcycle.pads.models import Snapshot
from midcycle.registration import actions as registration
from midcycle.registration.models import Seat
from midcycle.site.followers import CHORES, FOLLOWERS
from tests.world import NOW, ada, bo, cy, later
from tests.worlds.outcomes import coming, meetup_with_notes, noted, one, retyped, told
from tests.worlds.registration import opened

pytestmark = pytest.mark.django_db
TEXT = "# Notes\n- [ ] Bo: write the guide, by 2027-03-31\n- [x] book the room ##rooms\n"


def kinds() -> list[str]:
    """Return what the journal tells of outcomes, in order."""
    return list(Entry.objects.filter(kind__startswith="outcomes.").order_by("pk").values_list("kind", flat=True))


def test_actions_and_tags_are_collected_from_every_pad_once():
    meetup, _ = meetup_with_notes(TEXT)
    noted(meetup, "- [ ] Bo: write the guide, by 2027-03-31\n##rooms ##mtu", name="other")
    assert told() == [("write the guide", "Bo", True), ("book the room ##rooms", "", True), ("write the guide", "Bo", True)]
    assert list(Action.objects.order_by("pk").values_list("state", "due_on")) == [
        ("open", date(2027, 3, 31)),
        ("done", None),
        ("open", date(2027, 3, 31)),
    ]
    assert list(Tag.objects.order_by("word").values_list("word", flat=True)) == ["mtu", "rooms"]
    assert Mention.objects.count() == 3
    assert kinds() == ["outcomes.pad_read", "outcomes.pad_read"]
    assert actions.collect(now=NOW) == 0
    Reading.objects.update(upto=-1)
    assert actions.collect(now=NOW) == 2
    assert kinds() == ["outcomes.pad_read", "outcomes.pad_read"]


def test_the_worker_reads_what_was_saved():
    meetup = opened(20)
    pads.open_pad(meetup, "notes", title="Notes", by=ada(), now=NOW, text=TEXT)
    assert CHORES["collect what pads say"](timezone.now()) == 1
    assert len(told()) == 2
    assert CHORES["collect what pads say"](timezone.now()) == 0


def test_looking_for_what_to_read_is_one_query_however_many_pads(django_assert_num_queries):
    meetup, _ = meetup_with_notes(TEXT)
    for number in range(5):
        noted(meetup, TEXT, name=f"more-{number}")
    with django_assert_num_queries(1):
        assert actions.collect(now=NOW) == 0


def test_a_line_that_is_worked_on_stays_the_same_action():
    _, pad = meetup_with_notes(TEXT)
    number = one("write the guide").pk
    retyped(pad, "Bo: write the guide, by 2027-03-31", "Ada and Bo: write a better guide until 1 April")
    retyped(pad, "# Notes\n", "# Notes\n\nSome words before it.\n- [ ] Cy: first of all\n")
    found = Action.objects.get(pk=number)
    assert (found.what, found.said_owner, found.due_on, found.line) == (
        "write a better guide",
        "Ada and Bo",
        date(2027, 4, 1),
        4,
    )
    assert sorted(told()) == [
        ("book the room ##rooms", "", True),
        ("first of all", "Cy", True),
        ("write a better guide", "Ada and Bo", True),
    ]


def test_a_deleted_line_is_told_and_not_lost_and_comes_back_as_itself():
    _, pad = meetup_with_notes(TEXT)
    number = one("write the guide").pk
    retyped(pad, "- [ ] Bo: write the guide, by 2027-03-31\n", "")
    assert told() == [("write the guide", "Bo", False), ("book the room ##rooms", "", True)]
    retyped(pad, "", "- [ ] Bo: write the guide, by 2027-03-31\n", now=later(hours=2))
    assert Action.objects.get(pk=number).gone_at is None
    assert Action.objects.count() == 2


def test_a_line_that_left_is_forgotten_after_a_month_unless_somebody_wants_it():
    meetup, pad = meetup_with_notes("- [ ] Bo: one\n- [ ] two\n- [ ] three\n")
    (person,) = coming(meetup, "Bo")
    actions.take(one("one"), person, is_named=False, now=NOW)
    retyped(pad, "- [ ] Bo: one\n- [ ] two\n- [ ] three\n", "nothing")
    actions.keep(one("two"), by=ada(), now=NOW)
    assert CHORES["forget lines that left their pads"](later(days=20)) == 0
    assert CHORES["forget lines that left their pads"](later(days=40)) == 1
    assert [what for what, _, _ in told()] == ["one", "two"]


def test_ticking_the_box_in_the_pad_ends_an_action_and_taking_it_back_opens_it():
    _, pad = meetup_with_notes(TEXT)
    retyped(pad, "[ ] Bo", "[x] Bo")
    assert (one("write the guide").state, one("write the guide").ended_at) == ("done", later(hours=1))
    retyped(pad, "[x] Bo", "[ ] Bo")
    assert one("write the guide").state == "open"
    actions.set_state(one("write the guide"), "dropped", by=ada(), now=NOW)
    retyped(pad, "[ ] Bo", "[x] Bo")
    assert one("write the guide").state == "dropped"


def test_words_somebody_confirmed_do_not_become_others_behind_their_back():
    meetup, pad = meetup_with_notes(TEXT)
    (person,) = coming(meetup, "Bo")
    actions.take(one("write the guide"), person, is_named=True, now=NOW)
    retyped(pad, "Bo: write the guide", "Cy: buy everybody cake")
    assert sorted(told()) == [
        ("book the room ##rooms", "", True),
        ("buy everybody cake", "Cy", True),
        ("write the guide", "Bo", False),
    ]
    assert one("buy everybody cake").owner is None
    assert one("write the guide").owner == person
    assert one("write the guide").is_public


def test_tags_that_left_are_gone_unless_somebody_did_something_about_them():
    _, pad = meetup_with_notes("##one ##two ##three\n")
    actions.note_trace(Tag.objects.get(word="two"), text="Fixed.", url="", by=ada(), now=NOW)
    actions.merge_tags(Tag.objects.get(word="three"), "trois", by=ada(), now=NOW)
    retyped(pad, "##one ##two ##three", "##four")
    assert list(Tag.objects.order_by("word").values_list("word", flat=True)) == ["four", "three", "trois", "two"]


def test_bytes_that_are_no_pad_are_told_apart_by_words_alone():
    _, pad = meetup_with_notes(TEXT)
    number = one("write the guide").pk
    Snapshot.objects.filter(pad=pad).update(state=b"nonsense", upto=9, text=f"new line\n{TEXT}")
    actions.read(pad, now=NOW)
    assert Action.objects.get(pk=number).line == 2


def test_a_pad_that_cannot_be_read_holds_up_no_other():
    meetup, pad = meetup_with_notes(TEXT)
    other = opened(2, "Other meetup")
    pads.open_pad(other, "notes", title="Notes", by=ada(), now=NOW, text="- [ ] first of all\n")
    Snapshot.objects.filter(pad=pad).update(upto=5, text="- [ ] something new\n")
    type(meetup).objects.filter(pk=meetup.pk).update(timezone="Nowhere/Atlantis")
    assert actions.collect(now=NOW) == 2
    assert one("first of all").meetup == other
    assert actions.collect(now=NOW) == 0
    assert Action.objects.filter(meetup=meetup).count() == 2


def test_only_people_of_the_meetup_are_asked_and_only_when_nobody_stands_for_it():
    meetup, _ = meetup_with_notes(TEXT)
    action = one("write the guide")
    with pytest.raises(Refusal, match="Choose somebody who comes"):
        actions.ask(action, cy().pk, by=ada(), now=NOW)
    (person,) = coming(meetup, "Bo")
    actions.ask(action, person.pk, by=ada(), now=NOW)
    assert (one("write the guide").standing, one("write the guide").owner) == ("asked", person)
    with pytest.raises(Refusal, match="Somebody was asked"):
        actions.ask(action, ada().pk, by=ada(), now=NOW)
    with pytest.raises(Refusal, match="not yours"):
        actions.answer(action, cy(), actions.Answer("yes"), now=NOW)


def test_nobody_is_named_without_their_yes_and_their_choice():
    meetup, _ = meetup_with_notes(TEXT)
    (person,) = coming(meetup, "Bo")
    action = one("write the guide")

    def names():
        return [
            (row.is_confirmed, row.owner) for row in queries.actions_of(meetup, date(2027, 3, 1)) if row.number == action.pk
        ]

    assert names() == [(False, "")]
    actions.ask(action, person.pk, by=ada(), now=NOW)
    assert names() == [(False, "")]
    actions.answer(action, person, actions.Answer("yes"), now=NOW)
    assert names() == [(True, "")]
    actions.answer(action, person, actions.Answer("yes", is_named=True), now=NOW)
    assert names() == [(True, "Bo Example")]
    actions.answer(action, person, actions.Answer("no"), now=NOW)
    assert names() == [(False, "")]
    assert one("write the guide").standing == "declined"


def test_who_is_handed_an_action_is_asked_only_when_one_alone_is_called_so():
    meetup, _ = meetup_with_notes(TEXT)
    person, other = coming(meetup, "Bo", "Cy")
    action = one("write the guide")
    actions.take(action, person, is_named=True, now=NOW)
    actions.answer(action, person, actions.Answer("other", to="cy example"), now=NOW)
    assert (one("write the guide").standing, one("write the guide").owner) == ("asked", other)
    actions.answer(action, other, actions.Answer("other", to="Somebody Unknown"), now=NOW)
    found = one("write the guide")
    assert (found.standing, found.owner, found.handed_to) == ("nobody", None, "Somebody Unknown")
    actions.take(action, person, is_named=True, now=NOW)
    with pytest.raises(Refusal, match="Type the name"):
        actions.answer(action, person, actions.Answer("other", to=" "), now=NOW)


def test_everybody_who_alone_can_be_meant_is_asked_by_one_letter_each():
    meetup, _ = meetup_with_notes("- [ ] Bo: one\n- [ ] Bo E.: two\n- [ ] Cy: three\n- [ ] everybody: four\n- [x] Bo: five\n")
    person, other = coming(meetup, "Bo", "Cy")
    actions.want_letters(meetup, other, wanted=False, now=NOW)
    assert actions.ask_all(meetup, by=ada(), now=NOW) == 1
    assert list(Action.objects.filter(owner=person).order_by("pk").values_list("what", flat=True)) == ["one", "two"]
    (entry,) = Entry.objects.filter(kind="outcomes.owner_asked")
    assert entry.facts["person"] == person.pk
    assert len(entry.facts["actions"]) == 2
    assert actions.ask_all(meetup, by=ada(), now=NOW) == 0


def test_a_stranger_takes_nothing_and_who_comes_does():
    meetup, _ = meetup_with_notes(TEXT)
    with pytest.raises(Refusal, match="Who comes to the meetup"):
        actions.take(one("write the guide"), cy(), is_named=True, now=NOW)
    (person,) = coming(meetup, "Bo")
    actions.take(one("write the guide"), person, is_named=True, now=NOW)
    actions.let_go(one("write the guide"), by=ada(), now=NOW)
    assert (one("write the guide").standing, one("write the guide").is_named) == ("nobody", False)


def test_who_is_forgotten_leaves_what_is_to_be_done():
    meetup, pad = meetup_with_notes(TEXT)
    (person,) = coming(meetup, "Bo")
    action = one("write the guide")
    actions.take(action, person, is_named=True, now=NOW)
    actions.note_trace(action, text="Begun.", url="", by=person, now=NOW)
    registration.erase_seat(Seat.objects.get(person=person), now=NOW)
    journal.number_entries()
    for name in ("outcomes", "agenda", "pads"):
        journal.read_on(name, FOLLOWERS[name])
    found = Action.objects.get(pk=action.pk)
    assert (found.what, found.owner, found.said_owner, found.standing) == ("write the guide", None, "", "nobody")
    assert Trace.objects.get().by is None
    assert not type(person).objects.filter(pk=person.pk).exists()
    retyped(pad, "# Notes", "# Notes of Monday")
    assert Action.objects.get(pk=action.pk).said_owner == ""


def test_what_became_of_it_is_a_sentence_or_a_link_of_the_web():
    _, _ = meetup_with_notes(TEXT)
    action = one("write the guide")
    for text, url in (("", ""), ("", "javascript:alert(1)"), ("x" * 501, ""), ("\u200b", "")):
        with pytest.raises(Refusal):
            actions.note_trace(action, text=text, url=url, by=ada(), now=NOW)
    first = actions.note_trace(action, text="Fixed", url="https://bugs.example.org/1", by=ada(), now=NOW)
    assert actions.note_trace(action, text="Fixed", url="https://bugs.example.org/1", by=bo(), now=NOW) == first
    for number in range(29):
        actions.note_trace(action, text=f"Note {number}", url="", by=ada(), now=NOW)
    with pytest.raises(Refusal, match="30 notes"):
        actions.note_trace(action, text="One more", url="", by=ada(), now=NOW)


def test_a_corrected_action_stays_corrected_and_the_line_is_remembered():
    _, pad = meetup_with_notes(TEXT)
    actions.correct(one("write the guide"), actions.Correction("Write the guide for newcomers", None), by=ada(), now=NOW)
    retyped(pad, "write the guide", "write the guides")
    found = one("Write the guide for newcomers")
    assert (found.said_what, found.due_on) == ("write the guides", None)


def test_a_line_that_says_two_things_becomes_two_actions():
    _, pad = meetup_with_notes("- [ ] Bo: book a room and buy cake\n")
    made = actions.split(one("book a room and buy cake"), "buy cake", by=ada(), now=NOW)
    retyped(pad, "- [ ] Bo: book a room and buy cake\n", "")
    assert Action.objects.get(pk=made.pk).gone_at is None
    with pytest.raises(Refusal, match="Say what"):
        actions.split(made, "  ", by=ada(), now=NOW)
    actions.remove(one("book a room and buy cake"), by=ada(), now=NOW)
    assert told() == [("buy cake", "Bo", True)]


def test_an_action_whose_line_is_there_cannot_be_removed():
    _, _ = meetup_with_notes(TEXT)
    with pytest.raises(Refusal, match="Delete it there"):
        actions.remove(one("write the guide"), by=ada(), now=NOW)


def test_tags_are_merged_in_one_step_and_parted_again():
    meetup, _ = meetup_with_notes("##upgrade ##upgrades ##upgrading")
    tags = {tag.word: tag for tag in Tag.objects.all()}
    actions.merge_tags(tags["upgrade"], "##Upgrades", by=ada(), now=NOW)
    actions.merge_tags(tags["upgrades"], "upgrading", by=ada(), now=NOW)
    (row,) = queries.tags_of(meetup)
    assert (row.word, row.also, row.pads) == ("upgrading", ("upgrade", "upgrades"), (("notes", "Notes"),))
    with pytest.raises(Refusal, match="this one is it"):
        actions.merge_tags(tags["upgrading"], "upgrade", by=ada(), now=NOW)
    with pytest.raises(Refusal, match="Type one word"):
        actions.merge_tags(tags["upgrading"], "two words", by=ada(), now=NOW)
    actions.part_tag(tags["upgrade"], by=ada(), now=NOW)
    assert sorted(row.word for row in queries.tags_of(meetup)) == ["upgrade", "upgrading"]


def test_notes_of_an_archived_meetup_stay_and_what_becomes_of_them_goes_on():
    meetup, _ = meetup_with_notes(TEXT)
    (person,) = coming(meetup, "Bo")
    for stage in ("agenda", "on_site", "wrap_up", "archived"):
        meetups.move_to_stage(meetup, ada(), stage, now=NOW)
    action, tag = one("write the guide"), Tag.objects.get()
    for deed in (
        lambda: actions.correct(action, actions.Correction("x", None), by=ada(), now=NOW),
        lambda: actions.split(action, "x", by=ada(), now=NOW),
        lambda: actions.merge_tags(tag, "x", by=ada(), now=NOW),
        lambda: actions.part_tag(tag, by=ada(), now=NOW),
    ):
        with pytest.raises(Refusal, match="archived"):
            deed()
    actions.ask(action, person.pk, by=ada(), now=NOW)
    actions.answer(action, person, actions.Answer("yes", is_named=True), now=NOW)
    actions.follow(action, "done", text="It is there.", url="", by=person, now=NOW)
    assert one("write the guide").state == "done"


def test_a_day_without_a_year_is_counted_from_the_day_the_line_came():
    _, pad = meetup_with_notes("Notes\n")
    retyped(pad, "Notes\n", "- [ ] Bo: write it, by Friday\n")
    assert one("write it").due_on == (NOW + timedelta(days=5)).date()  # NOW is a Sunday
    retyped(pad, "write it", "write it down", now=later(days=20))
    assert one("write it down").due_on == (NOW + timedelta(days=5)).date()


def test_notes_that_were_brought_in_are_counted_from_the_first_day_of_the_meetup():
    meetup_with_notes("- [ ] Bo: write it, by Friday\n")
    assert one("write it").due_on == date(2027, 3, 5)

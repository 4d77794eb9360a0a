"""What is known of rooms, what every draft keeps, and who is there when."""

from datetime import time

import pytest

from midcycle.agenda import actions, queries
from midcycle.agenda.models import Absence, Closure, Placement, Promise, RemoteWindow, Room, Session, Slot, Walk
from midcycle.agenda.rules import values
from midcycle.agenda.rules.bounds import Bounds, Fittings, Presence
from midcycle.agenda.rules.hints import Hint
from midcycle.agenda.rules.spans import Window
from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from tests.world import NOW, ada, bo, browser_of, cy, dee
from tests.worlds.agenda import at, hall, held, loft, planned, released, room, session, slot, text_of, url
from tests.worlds.topics import proposed, supported

pytestmark = pytest.mark.django_db


def bind(made, **bounds):
    actions.bind_session(made, Bounds(**bounds), by=ada(), now=NOW)


def away(meetup, person, *slots, window=None):
    presence = Presence(frozenset(slot.pk for slot in slots), window)
    actions.set_presence(meetup, person, presence, by=ada(), now=NOW)


def drafted(meetup):
    """Return where a draft puts each session, by title: day, start and room."""
    actions.draft(meetup, by=ada(), seed=1, now=NOW, moves=2_000)
    placed = Placement.objects.select_related("session", "slot", "room")
    return {p.session.title: (p.slot.day, f"{p.slot.starts:%H:%M}", p.room.name) for p in placed}


def test_a_room_is_fitted_out_on_its_page():
    meetup, ada_there = planned(), browser_of(ada())
    page = text_of(ada_there.get(url("room", meetup, hall(meetup).pk)))
    assert "Minutes to walk to Loft" in page
    assert "Tue 09:30" in page
    shut = at(meetup, "10:30")
    typed = {"name": "Hall", "capacity": "100", "layout": "fishbowl", "seats_fishbowl": "60", "seats_theatre": "150"}
    more = {"microphones": "2", "closed": [str(shut.pk)], f"walk_{loft(meetup).pk}": "7"}
    assert ada_there.post(url("room", meetup, hall(meetup).pk), {**typed, **more}).status_code == 302
    made = hall(meetup)
    assert (made.seats, made.layouts, made.microphones) == (60, {"fishbowl": 60, "theatre": 150}, 2)
    assert queries.fittings_of(loft(meetup)).walks == {made.pk: 7}
    assert Closure.objects.get().slot == shut
    assert "Fishbowl, 2 microphones" in text_of(ada_there.get(url("rooms", meetup)))
    ada_there.post(url("room", meetup, made.pk), {"name": "Hall", "capacity": "100"})
    assert (hall(meetup).seats, Closure.objects.count(), Walk.objects.count()) == (100, 0, 0)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (Fittings("sofa"), "layout"),
        (Fittings("", {"sofa": 3}), "layout"),
        (Fittings("", {"circle": 0}), "layout"),
        (Fittings(microphones=-1), "microphones"),
        (Fittings(microphones=101), "microphones"),
        (Fittings(walks={1: 121}), None),
    ],
)
def test_fittings_that_cannot_be_are_refused(wrong, field):
    made = room(planned(), "Attic")
    with pytest.raises(Refusal) as refused:
        actions.change_room(made, values.Room(0, "Attic"), fittings=wrong, by=ada(), now=NOW)
    assert refused.value.field == field
    assert Room.objects.get(pk=made.pk).layout == ""


def test_slots_and_rooms_of_another_meetup_are_passed_over():
    meetup, other = planned(), planned("registration")
    there = Fittings(closed=frozenset({at(other, "09:30").pk}), walks={hall(other).pk: 5, hall(meetup).pk: 5})
    actions.change_room(hall(meetup), values.Room(0, "Hall"), fittings=there, by=ada(), now=NOW)
    away(meetup, bo(), at(other, "09:30"))
    assert (Closure.objects.count(), Walk.objects.count(), Absence.objects.count()) == (0, 0, 0)


def test_a_draft_puts_nothing_into_a_room_that_is_shut():
    meetup = planned()
    loft(meetup).delete()
    shut = Fittings(closed=frozenset({at(meetup, "09:30").pk, at(meetup, "09:30", 2).pk}))
    actions.change_room(hall(meetup), values.Room(0, "Hall"), fittings=shut, by=ada(), now=NOW)
    session(meetup, "Upgrades")
    assert drafted(meetup) == {"Upgrades": (1, "10:30", "Hall")}
    actions.place(Session.objects.get(), at(meetup, "09:30"), hall(meetup), by=ada(), now=NOW)
    assert [finding.code for finding in queries.findings(meetup)] == ["room_closed"]


def test_a_slot_is_kept_for_one_format_and_that_format_goes_there():
    meetup = planned()
    kept = at(meetup, "10:30")
    actions.change_slot(kept, values.Slot(0, 1, time(10, 30), time(11, 10), only="working_group"), by=ada(), now=NOW)
    for number in range(4):
        session(meetup, f"General {number}")
    session(meetup, "Group", format="working_group")
    where = drafted(meetup)
    assert where.pop("Group")[:2] == (1, "10:30")
    assert {place[:2] for place in where.values()} == {(1, "09:30"), (2, "09:30")}


def test_a_session_stays_at_its_time_and_in_its_room_and_a_must_is_never_left_out():
    meetup = planned()
    for number in range(6):
        supported(proposed(meetup, f"Wanted {number}"), "Cy", "Dee")
    bound = session(meetup, "Bound")
    bind(bound, must=True, slot=at(meetup, "09:30", 2).pk, room=loft(meetup).pk)
    assert drafted(meetup)["Bound"] == (2, "09:30", "Loft")
    assert Placement.objects.get(session=bound).pinned is False
    at(meetup, "09:30", 2).delete()
    assert "Bound" in drafted(meetup)


def test_a_session_of_two_slots_keeps_its_room_for_both():
    meetup = planned()
    slot(meetup, "11:10", "11:50", day=2)
    slot(meetup, "10:10", "10:50", day=2)
    long = session(meetup, "Long", dee())
    bind(long, length=2)
    for number in range(6):
        session(meetup, f"Short {number}", format="working_group")
    where = drafted(meetup)
    assert where["Long"][:2] == (2, "09:30")
    assert (2, "10:10", where["Long"][2]) not in where.values()
    assert queries.findings(meetup) == ()
    actions.give_part(Session.objects.get(title="Short 0"), dee(), "lead", by=ada(), now=NOW)
    actions.place(Session.objects.get(title="Short 0"), at(meetup, "10:10", 2), None, by=ada(), now=NOW)
    assert [finding.code for finding in queries.findings(meetup)] == ["person_double"]
    released(meetup)
    page = queries.page_of(meetup.slug, queries.newest_release(meetup))
    assert "Long goes on" in page
    text = text_of(browser_of(ada()).get(url("session", meetup, long.pk)))
    assert "09:30 to 10:50" in " ".join(text.split())
    ada_there = browser_of(ada())
    assert "Long goes on" in text_of(ada_there.get(url("board", meetup)))


def test_a_long_session_over_a_break_is_told():
    meetup = planned()
    long = held(meetup, "Long")
    bind(long, length=2)
    assert [finding.code for finding in queries.findings(meetup)] == ["not_allowed"]
    assert queries.hints_for(meetup) == (Hint("Long takes 2 slots, but a break comes before it ends.", long.pk),)


@pytest.mark.parametrize("wrong", [{"length": 0}, {"length": 5}, {"slot": 0}, {"slot": 10**12}, {"room": 10**12}])
def test_what_no_draft_can_keep_is_refused(wrong):
    made = session(planned())
    with pytest.raises(Refusal):
        bind(made, **wrong)


def test_a_session_is_bound_on_its_page():
    meetup, ada_there = planned(), browser_of(ada())
    made = session(meetup)
    free = Slot.objects.get(kind="free")
    page = text_of(ada_there.post(url("rules", meetup, made.pk), {"length": "1", "slot": str(free.pk)}))
    assert "Choose one of the list." in page
    typed = {"length": "2", "must": "on", "slot": str(at(meetup, "09:30").pk), "room": str(loft(meetup).pk)}
    assert ada_there.post(url("rules", meetup, made.pk), typed).status_code == 302
    made.refresh_from_db()
    assert (made.length, made.must, made.fixed_slot, made.fixed_room) == (2, True, at(meetup, "09:30"), loft(meetup))


def test_a_draft_keeps_to_who_is_away_and_who_takes_part_from_afar():
    meetup = planned()
    session(meetup, "Away", dee())
    session(meetup, "Remote", bo())
    away(meetup, dee(), at(meetup, "09:30"), at(meetup, "09:30", 2))
    away(meetup, bo(), window=Window("America/New_York", time(5), time(7)))
    where = drafted(meetup)
    assert (where["Away"][:2], where["Remote"][:2]) == ((1, "10:30"), (1, "10:30"))
    actions.place(Session.objects.get(title="Remote"), at(meetup, "09:30"), hall(meetup), by=ada(), now=NOW)
    assert [(f.code, f.person) for f in queries.findings(meetup)] == [("absent", bo().pk)]
    assert Entry.objects.filter(kind="agenda.presence_set").count() == 2


def test_presence_is_told_on_its_page_and_taken_back():
    meetup, ada_there = planned(), browser_of(ada())
    typed = {"email": "gil@example.org", "away": [str(at(meetup, "09:30").pk)]}
    afar = {"timezone": "Asia/Tokyo", "starts": "18:00", "ends": "23:00"}
    assert ada_there.post(url("people", meetup), {**typed, **afar}).status_code == 302
    (line,) = queries.people_with_limits(meetup)
    assert (line.away, line.hours) == (("Tue 09:30",), "18:00 to 23:00, Asia/Tokyo")
    page = text_of(ada_there.get(url("person", meetup, line.id)))
    assert 'value="18:00"' in page
    assert ada_there.post(url("person", meetup, line.id), {"timezone": "", "starts": "", "ends": ""}).status_code == 302
    assert (Absence.objects.count(), RemoteWindow.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Choose somebody, or give an e-mail address; one of the two."),
        ({"email": "gil@example.org", "timezone": "Asia/Tokyo"}, "Say between which hours they take part."),
        ({"email": "gil@example.org", "starts": "09:00", "ends": "10:00"}, "Say where these hours are."),
        ({"email": "gil@example.org", "timezone": "Mars/Base", "starts": "9:00", "ends": "10:00"}, "Choose one of the list."),
        (
            {"email": "gil@example.org", "timezone": "UTC", "starts": "9:00", "ends": "9:00"},
            "These hours begin and end at the same time.",
        ),
        ({"email": "gil@example.org", "away": ["0"]}, "Choose one of the list."),
    ],
)
def test_presence_that_says_nothing_clear_is_asked_again(typed, sentence):
    meetup = planned()
    answer = browser_of(ada()).post(url("people", meetup), typed)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert (Absence.objects.count(), RemoteWindow.objects.count()) == (0, 0)


def test_free_time_that_was_promised_is_watched():
    meetup, ada_there = planned(), browser_of(ada())
    ada_there.post(url("free_time", meetup), {"free_minutes": "60"})
    assert Promise.objects.get().free_minutes == 60
    page = text_of(ada_there.get(url("rooms", meetup)))
    assert "Tuesday 2 March has 50 minutes kept free; 60 minutes were promised." in page
    assert "Wednesday 3 March has no time kept free; 60 minutes were promised." in page
    assert len(queries.hints_for(meetup)) == 2
    assert "things deserve a second look" in " ".join(text_of(ada_there.get(url("hints", meetup))).split())
    part = text_of(ada_there.get(url("hints", meetup), headers={"HX-Request": "true"}))
    assert "<html" not in part
    ada_there.post(url("free_time", meetup), {"free_minutes": "many"})
    assert Promise.objects.get().free_minutes == 60
    ada_there.post(url("free_time", meetup), {"free_minutes": "0"})
    assert queries.hints_for(meetup) == ()


def test_sessions_too_small_for_their_format_get_another_at_once():
    meetup, ada_there = planned(), browser_of(ada())
    for number in range(5):
        one = held(meetup, f"Topic {number}")
        one.topic = supported(proposed(meetup, one.title), "Cy")
        one.save()
    page = text_of(ada_there.get(url("hints", meetup)))
    assert (page.count("Hold them as"), "each of 5 sessions" in page) == (2, True)
    sent = {"was": "general_session", "into": "birds_of_a_feather"}
    told = text_of(ada_there.post(url("hints", meetup), sent, follow=True))
    assert "5 sessions have another format now: birds of a feather." in told
    assert set(Session.objects.values_list("format", flat=True)) == {"birds_of_a_feather"}
    for wrong, sentence in (
        (sent, "No session is too small for its format any more."),
        ({"was": "birds_of_a_feather", "into": "general_session"}, "Choose a format that suits fewer people."),
        ({"was": "x"}, "Choose one of the formats"),
    ):
        assert sentence in text_of(ada_there.post(url("hints", meetup), wrong, follow=True))


def test_strangers_see_and_change_nothing():
    meetup = planned()
    made = held(meetup, "Upgrades", dee())
    addresses = [
        url("people", meetup), url("person", meetup, dee().pk), url("hints", meetup), url("free_time", meetup),
        url("rules", meetup, made.pk),
    ]  # fmt: skip
    for stranger in (browser_of(cy()), browser_of(None)):
        for address in addresses:
            answers = stranger.get(address).status_code, stranger.post(address, {"free_minutes": "5"}).status_code
            assert answers in {(404, 404), (302, 404), (404, 405)}, address
    assert browser_of(ada()).get(url("person", meetup, cy().pk)).status_code == 404


@pytest.mark.parametrize(("name", "queries_made"), [("people", 11), ("hints", 16)])
def test_a_page_costs_the_same_with_one_row_and_with_three(name, queries_made, django_assert_num_queries):
    meetup, ada_there = planned(), browser_of(ada())
    for count, people in ((1, [bo()]), (3, [cy(), dee()])):
        for person in people:
            away(meetup, person, at(meetup, "09:30"), window=Window("Asia/Tokyo", time(18), time(23)))
            held(meetup, f"Session of {person}", person)
        assert len(queries.people_with_limits(meetup)) == count
        with django_assert_num_queries(queries_made):
            ada_there.get(url(name, meetup))


def test_what_does_not_fit_together_is_told_in_words():
    meetup, ada_there = planned(), browser_of(ada())
    away(meetup, dee(), at(meetup, "10:30"), at(meetup, "09:30", 2))
    for title in ("Ceph", "Cells"):
        bind(session(meetup, title, dee()), must=True)
    drafted(meetup)
    assert "See what does not fit together" in text_of(ada_there.get(url("board", meetup)))
    page = text_of(ada_there.get(url("contradictions", meetup)))
    for sentence in (
        "No agenda can meet these demands together; give up one of them:",
        "“Ceph” must take place with Dee Example.",
        "“Cells” must take place with Dee Example.",
        "Dee Example is there only in slots Tue 09:00, Tue 09:30.",
        "Dee Example cannot be in two sessions at once.",
    ):
        assert sentence in page
    bind(Session.objects.get(title="Cells"))
    drafted(meetup)
    assert "does not fit together" not in text_of(ada_there.get(url("board", meetup)))
    assert "Everything that must be in the agenda fits." in text_of(ada_there.get(url("contradictions", meetup)))
    for browser in (browser_of(bo()), browser_of(None)):
        assert browser.get(url("contradictions", meetup)).status_code == 404


def test_whoever_removes_a_room_or_a_time_is_told_how_many_sessions_lost_their_place():
    meetup, ada_there = planned(), browser_of(ada())
    held(meetup, "Ceph")
    held(meetup, "Cells", where=loft(meetup))
    away_with = {"_method": "delete"}
    page = text_of(ada_there.post(url("room", meetup, loft(meetup).pk), away_with, follow=True))
    assert "Loft is removed. 1 session has no place now: draft again, or place them by hand." in page
    page = text_of(ada_there.post(url("slot", meetup, at(meetup, "10:30").pk), away_with, follow=True))
    assert "The slot is removed." in page
    assert "no place now" not in page

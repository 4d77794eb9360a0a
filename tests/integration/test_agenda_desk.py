"""The organisers' pages: behind a gate, robust against what is typed, and as cheap for many rows as for one."""

import pytest
from django.contrib.messages import get_messages

from midcycle.agenda import actions, queries
from midcycle.agenda.models import Placement, Release, Room, Session, SessionPart, Slot
from midcycle.meetups import actions as meetups
from tests.world import NOW, ada, bo, browser_of, cy, dee, placed
from tests.worlds.agenda import at, hall, held, loft, planned, released, session, text_of, url
from tests.worlds.topics import proposed, supported

pytestmark = pytest.mark.django_db

ROOM = {"name": "Attic", "capacity": "30", "note": "Up"}
SLOT = {"day": "1", "starts": "14:00", "ends": "15:00", "kind": "session", "label": ""}
USUAL = {
    "starts": "09:00", "ends": "17:00", "session": "40", "pause": "20", "together": "30",
    "lunch_at": "12:30", "lunch": "60", "free_at": "15:30", "free": "30",
}  # fmt: skip
SESSION = {"title": "Wrap-up", "format": "wrap_up", "for_all": "on", "abstract": "How was it?"}
HX = {"HX-Request": "true"}


def doors(meetup) -> list[tuple[str, tuple[int, ...]]]:
    """Return the name and numbers of every page and deed behind the organisers' gate."""
    made = Session.objects.filter(meetup=meetup).first()
    part = SessionPart.objects.filter(session=made).first()
    assert made is not None
    assert part is not None
    one = ("session_desk", "place", "pin", "parts")
    return [
        *((name, ()) for name in ("rooms", "slots", "usual_days", "board", "draft", "wishes", "release", "sessions")),
        *((name, (made.pk,)) for name in one),
        ("part", (made.pk, part.pk)),
        ("room", (hall(meetup).pk,)),
        ("slot", (at(meetup, "09:30").pk,)),
    ]


def test_every_deed_says_that_it_is_done():
    meetup, told = planned(), []
    browser = browser_of(ada())

    def do(name: str, /, *more: int, **sent: str) -> None:
        answer = browser.post(url(name, meetup, *more), sent)
        told.append([str(message) for message in get_messages(answer.wsgi_request)][-1])

    do("rooms", **ROOM)
    do("room", hall(meetup).pk, **ROOM | {"name": "Great hall"})
    do("slots", **SLOT)
    do("slot", at(meetup, "14:00").pk, **SLOT | {"ends": "14:30"})
    do("sessions", **SESSION)
    made = Session.objects.get()
    do("parts", made.pk, email="dee@example.org", part="lead")
    do("part", made.pk, SessionPart.objects.get().pk)
    assert told == [
        "Attic is added.",
        "The room is saved.",
        "The slot is added.",
        "The slot is saved.",
        "“Wrap-up” is added.",
        "The part is given.",
        "The part is taken away.",
    ]


def test_every_door_is_shut_for_strangers():
    meetup = planned()
    held(meetup, "One", dee())
    before = (Room.objects.count(), Slot.objects.count(), Session.objects.count(), Placement.objects.count())
    for name, more in doors(meetup):
        for who in (None, cy()):
            stranger = browser_of(who)
            for answer in (
                stranger.get(url(name, meetup, *more), follow=True),
                stranger.post(url(name, meetup, *more), {**ROOM, **SLOT}),
            ):
                assert answer.status_code in {404, 405}, name
            assert stranger.post(url(name, meetup, *more), {"_method": "delete"}).status_code in {404, 405}, name
    assert before == (Room.objects.count(), Slot.objects.count(), Session.objects.count(), Placement.objects.count())
    assert (Release.objects.count(), SessionPart.objects.count()) == (0, 1)


def test_what_belongs_to_another_meetup_is_not_found():
    mine, other = planned(), planned()
    held(other, "Other", dee())
    for name, more in doors(other):
        if more:
            assert browser_of(ada()).post(url(name, mine, *more), {"_method": "delete"}).status_code == 404, name
    part = SessionPart.objects.get()
    assert browser_of(ada()).post(url("part", mine, session(mine).pk, part.pk)).status_code == 404
    assert (Room.objects.filter(meetup=other).count(), Placement.objects.count(), SessionPart.objects.count()) == (2, 1, 1)


def test_rooms_and_slots_are_added_changed_and_removed_on_the_pages():
    meetup, ada_there = placed(), browser_of(ada())
    assert ada_there.post(url("rooms", meetup), ROOM).headers["Location"] == f"{url('rooms', meetup)}?next=room"
    assert "autofocus" in text_of(ada_there.get(f"{url('rooms', meetup)}?next=room"))
    assert ada_there.post(url("slots", meetup), SLOT).headers["Location"] == f"{url('rooms', meetup)}#day-1"
    attic, two = Room.objects.get(), Slot.objects.get()
    page = text_of(ada_there.get(url("rooms", meetup)))
    assert [
        words in page for words in ("Attic", "14:00 to 15:00", "Sessions side by side", "Wednesday 3 March has no slots yet.")
    ] == [True] * 4
    ada_there.post(url("room", meetup, attic.pk), {**ROOM, "capacity": ""})
    ada_there.post(url("slot", meetup, two.pk), {**SLOT, "ends": "", "kind": "free"})
    attic.refresh_from_db()
    two.refresh_from_db()
    assert (attic.capacity, two.ends, two.kind) == (None, None, "free")
    for name, thing, typed in (("room", attic, 'value="Attic"'), ("slot", two, 'value="14:00"')):
        assert typed in text_of(ada_there.get(url(name, meetup, thing.pk)))
        assert ada_there.post(url(name, meetup, thing.pk), {"_method": "delete"}).status_code == 302
    assert (Room.objects.count(), Slot.objects.count()) == (0, 0)


def test_a_usual_day_is_made_on_the_page():
    meetup, ada_there = placed(), browser_of(ada())
    assert "Make a usual day" in text_of(ada_there.get(url("rooms", meetup)))
    answer = ada_there.post(url("usual_days", meetup), USUAL, follow=True)
    assert "slots are made. Change the ones that differ." in text_of(answer)
    assert sorted(set(Slot.objects.values_list("day", flat=True))) == [1, 2]


LONG, HTML, BREAK, NUL, DUCK = "x" * 5000, "<script>alert(1)</script>", "a\r\nb", "a\x00b", "🦆"


@pytest.mark.parametrize("typed", [LONG, HTML, BREAK, NUL, DUCK, "", " ", "\uff19" * 30, "-1", "999999999999999999999"])
@pytest.mark.parametrize(
    ("name", "good"),
    [("rooms", ROOM), ("slots", SLOT), ("usual_days", USUAL), ("sessions", SESSION), ("release", {"note": ""})],
)
def test_whatever_is_typed_is_taken_clean_or_told(name, good, typed):
    meetup = planned()
    held(meetup)
    ada_there = browser_of(ada())
    for field in good:
        answer = ada_there.post(url(name, meetup), {**good, field: typed})
        assert answer.status_code in {200, 302}, (field, typed)
        assert HTML not in text_of(answer)
        if answer.status_code == 200:
            assert "error-summary" in text_of(answer), (field, typed)
    for model, fields in ((Room, ("name", "note")), (Slot, ("label",)), (Session, ("title",)), (Release, ("note",))):
        for row in model.objects.values_list(*fields):
            assert not {"\x00", "\r", "\n"} & set("".join(row))


def test_nothing_typed_is_lost_when_an_answer_is_wrong():
    ada_there = browser_of(ada())
    page = text_of(ada_there.post(url("slots", placed()), {**SLOT, "ends": "13:00", "label": "Panel"}))
    assert "The slot ends before it starts. Choose a later end." in page
    assert 'value="14:00"' in page
    assert 'value="Panel"' in page
    assert 'id="slot_ends"' in page


def test_the_board_shows_places_wishes_and_the_tray():
    meetup = planned()
    held(meetup, "Placed")
    supported(proposed(meetup, "Wanted"), "Cy", "Dee")
    session(meetup, "Wanted", topic=meetup.topics.get())
    proposed(meetup, "New one")
    page = " ".join(text_of(browser_of(ada()).get(url("board", meetup))).split())
    for words in ("0 of 3", "Pinned", "Without a place", "3 want it", "Not placed yet; a room is free at Tue 09:30."):
        assert words in page
    assert "1 topic waits" in page


def test_conflicts_stand_on_the_board_in_a_list_and_on_the_cards():
    meetup = planned()
    one, two = held(meetup, "One", dee()), held(meetup, "Two", dee(), where=loft(meetup))
    page = text_of(browser_of(ada()).get(url("board", meetup)))
    sentence = "Dee Example is needed in both One and Two at Tue 09:30."
    assert page.count(sentence) == 3
    assert page.count("has-conflict") == 2
    cards = [card for day in queries.board(meetup).days for row in day.rows for cell in row.cells for card in cell.items]
    assert {card.session.id: card.warnings for card in cards} == {one.pk: (sentence,), two.pk: (sentence,)}


def fill(meetup, count):
    for number in range(count):
        topic = supported(proposed(meetup, f"Topic {number}"), "Cy", "Dee")
        made = session(meetup, f"Topic {number}", dee(), bo(), topic=topic)
        actions.place(made, at(meetup, "10:30"), loft(meetup), by=ada(), now=NOW)


def test_the_page_of_rooms_says_whether_there_are_places_enough():
    meetup, ada_there = planned(), browser_of(ada())
    for number in range(7):
        proposed(meetup, f"Topic {number}")
    page = " ".join(text_of(ada_there.get(url("rooms", meetup))).split())
    assert "3 times for sessions in 2 rooms make 6 places for 7 topics." in page
    assert "1 will find none: add a room or a slot, or let the votes decide." in page
    actions.add_room(meetup, "Attic", capacity=20, by=ada(), now=NOW)
    page = " ".join(text_of(ada_there.get(url("rooms", meetup))).split())
    assert ("make 9 places for 7 topics." in page, "will find none" in page) == (True, False)


@pytest.mark.parametrize(("name", "queries_made"), [("board", 22), ("wishes", 14), ("rooms", 9), ("release", 20)])
def test_a_page_costs_the_same_with_one_row_and_with_four(name, queries_made, django_assert_num_queries):
    meetup, ada_there = planned(), browser_of(ada())
    fill(meetup, 1)
    with django_assert_num_queries(queries_made):
        ada_there.get(url(name, meetup))
    fill(meetup, 3)
    with django_assert_num_queries(queries_made):
        ada_there.get(url(name, meetup))


def test_a_session_is_moved_swapped_and_taken_off_by_plain_forms():
    meetup, ada_there = planned(), browser_of(ada())
    one, two = session(meetup, "One"), held(meetup, "Two")
    actions.pin(two, pinned=False, by=ada(), now=NOW)
    page = text_of(ada_there.get(url("place", meetup, one.pk)))
    assert "Tue 09:30, Hall (100): Two" in " ".join(page.split())
    place = f"{at(meetup, '09:30').pk}-{hall(meetup).pk}"
    answer = ada_there.post(url("place", meetup, one.pk), {"place": place})
    assert answer.headers["Location"] == f"{url('board', meetup)}#session-{one.pk}"
    assert Placement.objects.get().session == one
    assert "is now without a place" in text_of(ada_there.get(url("board", meetup)))
    ada_there.post(url("pin", meetup, one.pk), {"_method": "delete"})
    assert Placement.objects.get().pinned is False
    ada_there.post(url("place", meetup, one.pk), {"_method": "delete"})
    assert Placement.objects.count() == 0


def test_htmx_gets_the_board_alone_with_what_happened_and_where_to_look():
    meetup, ada_there = planned(), browser_of(ada())
    one = session(meetup, "One")
    place = f"{at(meetup, '09:30').pk}-{hall(meetup).pk}"
    part = text_of(ada_there.post(url("place", meetup, one.pk), {"place": place}, headers=HX))
    assert part.strip().startswith("<div")
    assert "<html" not in part
    assert "Moved and pinned: the next draft leaves it there." in part
    assert part.count("autofocus") == 1
    form = text_of(ada_there.get(url("place", meetup, one.pk), headers=HX))
    assert ("<html" in form, "hx-post" in form) == (False, True)


@pytest.mark.parametrize("place", ["", "x", "1", "1-", "-1-2", "0-0", "9" * 18 + "-1", "9" * 30 + "-1", DUCK, HTML])
def test_a_move_to_nowhere_is_told(place):
    meetup, ada_there = planned(), browser_of(ada())
    one = session(meetup, "One")
    page = text_of(ada_there.post(url("place", meetup, one.pk), {"place": place}, follow=True))
    assert "Choose one of the places in the list." in page
    assert Placement.objects.count() == 0


def test_a_move_with_a_control_character_is_told():
    meetup = planned()
    answer = browser_of(ada()).post(url("place", meetup, session(meetup).pk), {"place": NUL}, follow=True)
    assert "notice-warning" in text_of(answer)
    assert Placement.objects.count() == 0


def test_a_move_into_another_meetup_is_told():
    meetup, other = planned(), planned()
    one = session(meetup, "One")
    place = f"{at(other, '09:30').pk}-{hall(other).pk}"
    page = text_of(browser_of(ada()).post(url("place", meetup, one.pk), {"place": place}, follow=True))
    assert "Choose one of the places in the list." in page


def test_the_draft_button_drafts_or_says_why_not():
    meetup, ada_there = planned(), browser_of(ada())
    page = text_of(ada_there.post(url("draft", meetup), follow=True))
    assert "There is no topic and no session yet." in page
    supported(proposed(meetup), "Cy")
    held(meetup, "Opening")
    assert "Draft the agenda" in text_of(ada_there.get(url("board", meetup)))  # what is there by hand was not drafted
    page = text_of(ada_there.post(url("draft", meetup), headers=HX))
    assert ("Drafted: 2 of 2 wishes met." in page, "Draft again" in page) == (True, True)
    assert dict(Placement.objects.values_list("session__title", "pinned")) == {
        "Opening": True,
        "Upgrades without downtime": False,
    }
    assert ada_there.get(url("draft", meetup))["Location"] == "/m/spring-meetup/desk/"  # only sent to


def test_wishes_that_are_lost_are_explained():
    meetup = planned()
    for title, where in (("Ceph", hall(meetup)), ("Logs", loft(meetup))):
        topic = supported(proposed(meetup, title, dee()), "Bo")
        actions.place(session(meetup, title, topic=topic), at(meetup, "09:30"), where, by=ada(), now=NOW)
    page = " ".join(text_of(browser_of(ada()).get(url("wishes", meetup))).split())
    assert "2 of 4 wishes met" in page
    assert "at that time." in page


def test_a_release_with_conflicts_wants_a_tick():
    meetup, ada_there = planned(), browser_of(ada())
    held(meetup, "One")
    held(meetup, "Two")
    assert "1 conflict" in text_of(ada_there.get(url("release", meetup)))
    page = text_of(ada_there.post(url("release", meetup), {"note": "Kept note"}))
    assert "The agenda has conflicts. Solve them, or confirm that they are known." in page
    assert 'value="Kept note"' in page
    answer = ada_there.post(url("release", meetup), {"note": "Kept note", "conflicts_known": "on"})
    assert answer.headers["Location"] == url("agenda", meetup)
    assert Release.objects.get().note == "Kept note"


def test_a_release_of_nothing_or_without_dates_says_so():
    meetup, ada_there = planned(), browser_of(ada())
    assert "No session has a place yet." in text_of(ada_there.post(url("release", meetup), {"note": ""}))
    assert "There is nothing to release yet" in text_of(ada_there.get(url("release", meetup)))
    assert "No session has a place yet" in text_of(ada_there.get(url("round", meetup)))
    held(meetup)
    assert "no dates yet" not in text_of(ada_there.get(url("release", meetup)))
    meetups.set_place(meetup, ada(), meetups.Place(), now=NOW)
    assert "no dates yet" in text_of(ada_there.get(url("release", meetup)))


def test_a_session_is_added_changed_and_removed_on_its_pages():
    meetup, ada_there = planned(), browser_of(ada())
    answer = ada_there.post(url("sessions", meetup), SESSION)
    made = Session.objects.get()
    assert answer.headers["Location"] == url("session_desk", meetup, made.pk)
    assert (made.title, made.format, made.for_all, made.abstract) == ("Wrap-up", "wrap_up", True, "How was it?")
    page = text_of(ada_there.get(url("session_desk", meetup, made.pk)))
    assert "How was it?" in page
    ada_there.post(url("session_desk", meetup, made.pk), {"title": "Feedback", "format": "plenary", "abstract": ""})
    made.refresh_from_db()
    assert (made.title, made.for_all) == ("Feedback", False)
    wrong = text_of(ada_there.post(url("session_desk", meetup, made.pk), {"title": "", "format": "x", "abstract": "Kept"}))
    assert "2 answers need another look" in wrong
    assert "Kept" in wrong
    ada_there.post(url("session_desk", meetup, made.pk), {"_method": "delete"})
    assert Session.objects.count() == 0


def test_a_released_session_stays_and_the_page_says_why():
    meetup, ada_there = planned(), browser_of(ada())
    made = held(meetup)
    released(meetup)
    page = text_of(ada_there.post(url("session_desk", meetup, made.pk), {"_method": "delete"}, follow=True))
    assert "It has a place in the newest release." in page
    assert Session.objects.count() == 1


def test_parts_are_given_to_known_people_and_to_addresses():
    meetup, ada_there = planned(), browser_of(ada())
    made = session(meetup)
    proposed(meetup, "Known", dee())
    page = text_of(ada_there.get(url("session_desk", meetup, made.pk)))
    assert f'<option value="{dee().pk}">Dee Example</option>' in page
    assert "dee@example.org" not in page
    ada_there.post(url("parts", meetup, made.pk), {"part": "lead", "person": dee().pk, "email": ""})
    ada_there.post(url("parts", meetup, made.pk), {"part": "in_demand", "email": "lead@example.org"})
    assert sorted(made.parts.values_list("part", "person__email")) == [
        ("in_demand", "lead@example.org"),
        ("lead", "dee@example.org"),
    ]
    for part in made.parts.all():
        ada_there.post(url("part", meetup, made.pk, part.pk))
    assert made.parts.count() == 0


@pytest.mark.parametrize(
    "typed",
    [
        {"part": "lead"},
        {"part": "boss", "email": "x@example.org"},
        {"part": "lead", "email": "not an address"},
        {"part": "lead", "email": "x@example.org\r\nBcc: y@example.org"},
        {"part": "lead", "email": "a\x00@example.org"},
        {"part": "lead", "person": "999999"},
        {"part": "lead", "person": "x"},
    ],
)
def test_a_part_for_nobody_is_told(typed):
    meetup = planned()
    made = session(meetup)
    page = text_of(browser_of(ada()).post(url("parts", meetup, made.pk), typed))
    assert "error-summary" in page
    assert made.parts.count() == 0


def test_somebody_chosen_and_an_address_are_one_too_many():
    meetup = planned()
    made = session(meetup, "One", dee())
    both = {"part": "shadow", "person": dee().pk, "email": "x@example.org"}
    assert "one of the two" in text_of(browser_of(ada()).post(url("parts", meetup, made.pk), both))

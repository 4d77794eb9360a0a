"""The board for machines: reasons and prices, moves with the version they are made on, drafts, moderators, who is there."""

import json

import pytest

from midcycle.agenda import actions, queries
from midcycle.agenda.actions import Offer
from midcycle.agenda.models import Draft, Invite, Move, Placement, Search
from midcycle.site.searching import work_on
from tests.integration.test_agenda_api import bearer
from tests.world import NOW, ada, bo, browser_of, cy, dee, person
from tests.worlds.agenda import at, hall, held, loft, planned, session
from tests.worlds.topics import proposed, supported

pytestmark = pytest.mark.django_db
NOTHING = "There is no topic and no session yet. Add a session, or wait for topics."
READS = ("board", "moves", "wishes", "hints", "moderators", "presence", "drafts")


def path(meetup, *parts: object) -> str:
    """Return the address below the agenda of a meetup."""
    return "/".join(["/api/v1/meetups", meetup.slug, "agenda", *map(str, parts)])


def read(meetup, *parts: object, scope: str = "agenda:read"):
    """Return what a machine is told that may read."""
    answer = browser_of().get(path(meetup, *parts), headers=bearer(meetup, scope))
    assert answer.status_code == 200, answer.content
    return answer.json()


def send(method: str, meetup, *parts: object, body: object = None, headers=None):
    """Send as a machine that may write, unless other headers are given."""
    data = "" if body is None else json.dumps(body)
    own = bearer(meetup) if headers is None else headers
    return browser_of().generic(method, path(meetup, *parts), data, content_type="application/json", headers=own)


def contested():
    """Return a meetup with two sessions at one time that Cy wants both, and the session that could move."""
    meetup = planned()
    topics = [supported(proposed(meetup, title, dee()), "Cy") for title in ("Upgrades", "Ceph")]
    one, two = (session(meetup, topic.title, topic=topic) for topic in topics)
    actions.place(one, at(meetup, "09:30"), hall(meetup), by=ada(), now=NOW)
    actions.place(two, at(meetup, "09:30"), loft(meetup), by=ada(), now=NOW)
    return meetup, one, two


def test_a_machine_reads_the_board_with_its_reasons():
    meetup, one, two = contested()
    board = read(meetup, "board")
    assert (board["version"], board["frozen"], board["wanted"], board["met"], board["release"]) == (
        queries.version_of(meetup), False, 4, 2, None,
    )  # fmt: skip
    cards = {card["id"]: card for card in board["sessions"]}
    assert set(cards) == {one.pk, two.pk}
    card = cards[two.pk]
    assert (card["title"], card["slot"], card["room"], card["wanted"], card["pinned"], card["locked"]) == (
        "Ceph", at(meetup, "09:30").pk, loft(meetup).pk, 2, True, False,
    )  # fmt: skip


def test_why_here_and_what_would_be_lost_elsewhere():
    meetup, _, two = contested()
    told = read(meetup, "sessions", two.pk, "reasons")
    assert (told["here"], told["locked"]) == ("Tue 09:30, Loft", False)
    best = {price["slot"]: price for price in told["elsewhere"]}
    better = best[at(meetup, "10:30").pk]
    assert (better["change"], better["refused"], better["words"].startswith("2 wishes more met.")) == (2, "", True)
    assert (best[None]["name"], best[None]["room"]) == ("Without a place", None)
    wishes = read(meetup, "wishes")
    assert (wishes["wanted"], wishes["met"], sum(lost["wanted"] - lost["met"] for lost in wishes["lost"])) == (4, 2, 2)


def test_a_move_carries_its_version_and_can_be_taken_back():
    meetup, one, two = contested()
    seen = read(meetup, "board")["version"]
    there = {"session": two.pk, "slot": at(meetup, "10:30").pk, "room": hall(meetup).pk, "version": seen}
    moved = send("POST", meetup, "moves", body=there)
    assert (moved.status_code, moved.json()["sentence"]) == (200, "Moved and pinned: the next draft leaves it there.")
    assert Placement.objects.get(session=two).slot == at(meetup, "10:30")
    late = send("POST", meetup, "moves", body={**there, "session": one.pk})
    assert (late.status_code, "a moment ago" in late.json()["detail"]) == (409, True)
    told = read(meetup, "moves")
    assert (told["items"][0]["by"], told["items"][0]["words"]) == (None, "moved “Ceph” to Tue 10:30, Hall")
    assert read(meetup, f"moves?since={told['version']}")["items"] == []
    assert send("DELETE", meetup, "moves").json()["sentence"] == "Undone: moved “Ceph” to Tue 10:30, Hall."
    assert Placement.objects.get(session=two).slot == at(meetup, "09:30")
    assert send("POST", meetup, "moves", "undone").status_code == 200
    off = {**there, "slot": None, "room": None, "version": queries.version_of(meetup)}
    assert send("POST", meetup, "moves", body=off).json()["sentence"] == "It has no place now."
    assert not Placement.objects.filter(session=two).exists()
    assert set(Move.objects.filter(by=None).values_list("state", flat=True)) >= {"done", "undo"}


def test_a_machine_takes_back_no_move_of_a_person():
    meetup, _, two = contested()
    actions.move(two, at(meetup, "10:30"), hall(meetup), by=ada(), now=NOW)
    refused = send("DELETE", meetup, "moves")
    assert (refused.status_code, Placement.objects.get(session=two).slot) == (409, at(meetup, "10:30"))


def test_places_of_another_meetup_are_refused():
    meetup, _, two = contested()
    other = planned()
    body = {"session": two.pk, "slot": at(meetup, "10:30").pk, "room": hall(meetup).pk, "version": 0}
    for wrong, field in (
        ({"slot": at(other, "10:30").pk}, "slot"),
        ({"room": hall(other).pk}, "room"),
        ({"room": None}, "room"),
        ({"slot": 2**61}, "slot"),
        ({"session": 2**61}, "session"),
        ({"version": queries.version_of(meetup) + 1}, "version"),
        ({"slot": None, "room": None, "version": 2**61}, "version"),
    ):
        refused = send("POST", meetup, "moves", body={**body, **wrong})
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (409, field)
    for wrong in ({"session": 0}, {"version": -1}, {"slot": "1"}, {"more": 1}, {"version": 2**63}):
        assert send("POST", meetup, "moves", body={**body, **wrong}).status_code == 422
    assert Placement.objects.get(session=two).slot == at(meetup, "09:30")


def test_pins_and_locks():
    meetup, _, two = contested()
    for method, deed, kept in (
        ("DELETE", "pin", False),
        ("PUT", "pin", True),
        ("PUT", "lock", True),
        ("DELETE", "lock", False),
    ):
        done = send(method, meetup, "sessions", two.pk, deed)
        assert (done.status_code, done.json()) == (200, {"version": queries.version_of(meetup), "kept": kept})
    placement = Placement.objects.get(session=two)
    assert (placement.pinned, placement.locked) == (True, False)


def test_a_search_is_begun_told_stopped_and_put_on_the_board():
    meetup, *_ = contested()
    Placement.objects.update(pinned=False)
    begun = send("POST", meetup, "search").json()
    assert (begun["state"], begun["attended"], begun["wanted"], begun["gap"]) == ("waiting", None, 4, None)
    assert send("POST", meetup, "search", "on").status_code == 409
    assert send("DELETE", meetup, "search").json()["state"] == "ended"
    assert send("POST", meetup, "search", "on").json()["state"] == "waiting"
    assert work_on(Search.objects.get().pk) == 0
    told = read(meetup, "search")
    assert (told["state"], told["attended"], told["gap"], told["is_proven"], told["is_better"]) == ("ended", 4, 0, True, True)
    files = read(meetup, "search", "files")
    assert (files["problem"]["format"], files["plan"]["certificate"]["bound"]) == ("midcycle-agenda/1", 40)
    put = send("POST", meetup, "search", "put").json()
    assert put == {"version": queries.version_of(meetup), "placed": 2, "met": 4, "wanted": 4}
    assert read(meetup, "search")["is_on_board"] is True
    assert send("POST", meetup, "search", "put").status_code == 409


def test_without_a_search_machines_are_told_that_there_is_none():
    meetup = planned()
    for method, *parts in (("GET",), ("GET", "files"), ("DELETE",), ("POST", "on"), ("POST", "put")):
        headers = bearer(meetup, "agenda:read") if method == "GET" else None
        assert send(method, meetup, "search", *parts, headers=headers).status_code == 404
    refused = send("POST", meetup, "search")
    assert (refused.status_code, refused.json()["detail"]) == (409, NOTHING)


def test_drafts_are_kept_compared_brought_back_and_dropped():
    meetup, _, two = contested()
    made = send("POST", meetup, "drafts", body={"name": "As it was"})
    assert (made.status_code, made.json()["name"]) == (201, "As it was")
    actions.move(two, at(meetup, "10:30"), hall(meetup), by=ada(), now=NOW)
    told = read(meetup, "drafts")
    assert [(column["name"], column["met"], column["moved"]) for column in told["columns"]] == [
        ("On the board", 4, 0), ("As it was", 2, 1),
    ]  # fmt: skip
    assert told["differences"] == [{"session": two.pk, "title": "Ceph", "places": ["Tue 10:30, Hall", "Tue 09:30, Loft"]}]
    number = made.json()["id"]
    back = send("POST", meetup, "drafts", number, "bring-back")
    assert back.json() == {"version": queries.version_of(meetup), "missing": 0}
    assert Placement.objects.get(session=two).slot == at(meetup, "09:30")
    assert send("DELETE", meetup, "drafts", number).status_code == 204
    assert (Draft.objects.count(), send("DELETE", meetup, "drafts", number).status_code) == (0, 404)


def test_machines_see_who_moderates_and_no_address():
    meetup = planned()
    made = held(meetup, "Upgrades")
    actions.volunteer(meetup, dee(), Offer("Dee Example", 3, 2, languages="en, fr", wish="Not too early"), now=NOW)
    unnamed = person("Nameless")
    type(unnamed).objects.filter(pk=unnamed.pk).update(name="")
    Invite.objects.create(session=made, person=unnamed, part="shadow")
    actions.keep_apart(meetup, dee(), bo(), by=ada(), now=NOW)
    told = read(meetup, "moderators")
    assert told["pool"] == [
        {"id": told["pool"][0]["id"], "name": "Dee Example", "led": 3, "most": 2, "taken": 0, "languages": "en, fr"}
    ]
    assert told["sessions"][0]["proposed"] == [{"name": "Someone", "part": "shadow", "state": "proposed"}]
    for secret in ("@", "Not too early", "Bo Example"):
        assert secret not in json.dumps(told)


def test_machines_see_who_is_away_when():
    meetup = planned()
    actions.volunteer(meetup, dee(), Offer("Dee Example", away=frozenset({at(meetup, "09:30").pk})), now=NOW)
    assert read(meetup, "presence") == {"items": [{"name": "Dee Example", "away": ["Tue 09:30"], "hours": ""}]}
    assert isinstance(read(meetup, "hints")["items"], list)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("what", "cost"),
    [
        ("board", 15),
        ("moves", 3),
        ("wishes", 10),
        ("hints", 12),
        ("moderators", 12),
        ("presence", 5),
        ("drafts", 11),
        ("reasons", 12),
    ],
)
def test_reading_costs_the_same_for_one_and_for_many(what, cost, count, django_assert_num_queries):
    meetup = planned()
    for number, who in zip(range(count), (dee(), bo(), cy()), strict=False):
        made = session(meetup, f"Session {number}", who, topic=supported(proposed(meetup, f"Topic {number}", who), "Cy"))
        actions.place(made, at(meetup, ("09:30", "10:30")[number % 2]), None, by=ada(), now=NOW)
        actions.volunteer(meetup, who, Offer(str(who), away=frozenset({at(meetup, "10:30").pk})), now=NOW)
        Invite.objects.create(session=made, person=who, part="shadow")
        actions.keep_draft(meetup, f"Draft {number}", by=ada(), now=NOW)
    headers = bearer(meetup, "agenda:read")
    address = path(meetup, "sessions", made.pk, what) if what == "reasons" else path(meetup, what)
    browser_of().get(address, headers=headers)  # the first use of a token in a day is noted
    with django_assert_num_queries(cost):
        assert browser_of().get(address, headers=headers).status_code == 200


def test_strangers_and_wrong_tokens_get_nothing():
    meetup, _, two = contested()
    other = planned()
    for what in (*READS, f"sessions/{two.pk}/reasons"):
        for headers, status in (({}, 401), (bearer(other, "agenda:read"), 404), (bearer(meetup, "seats:read"), 403)):
            assert browser_of().get(path(meetup, what), headers=headers).status_code == status
        assert browser_of(bo()).get(path(meetup, what)).status_code == 401
    assert browser_of().get(path(other, "sessions", two.pk, "reasons"), headers=bearer(other, "agenda:read")).status_code == 404
    body = {"session": two.pk, "slot": at(meetup, "10:30").pk, "room": hall(meetup).pk, "version": 0}
    number = actions.keep_draft(meetup, "Mine", by=ada(), now=NOW).pk
    for method, parts, sent in (
        ("POST", ("moves",), body), ("DELETE", ("moves",), None), ("POST", ("moves", "undone"), None),
        ("PUT", ("sessions", two.pk, "pin"), None), ("DELETE", ("sessions", two.pk, "pin"), None),
        ("PUT", ("sessions", two.pk, "lock"), None), ("DELETE", ("sessions", two.pk, "lock"), None),
        ("POST", ("drafts",), {"name": "x"}), ("POST", ("drafts", number, "bring-back"), None),
        ("DELETE", ("drafts", number), None), ("POST", ("search",), None), ("POST", ("search", "on"), None),
        ("POST", ("search", "put"), None), ("DELETE", ("search",), None),
    ):  # fmt: skip
        for headers, status in (({}, 401), (bearer(other), 404), (bearer(meetup, "agenda:read"), 403)):
            assert send(method, meetup, *parts, body=sent, headers=headers).status_code == status
    assert Placement.objects.get(session=two).slot == at(meetup, "09:30")
    assert send("POST", other, "drafts", number, "bring-back").status_code == 404

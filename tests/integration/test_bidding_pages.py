"""The pages of calls for hosts, as their readers, bidders and judges meet them, and strangers at every gate."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from midcycle.bidding import actions
from midcycle.bidding.models import Bid, Editor, HostCall, Plan, Question
from midcycle.engines.pictures import read_sheet
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from tests.unit.test_pictures import picture
from tests.world import NOW, ada, bo, browser_of, cy, dee, idea, person
from tests.worlds.bidding import (
    EARLIEST,
    LATEST,
    TODAY,
    at,
    begun,
    compared,
    decided,
    declared,
    handed_in,
    opened_call,
    prepared,
    scored,
    wanted,
)

pytestmark = pytest.mark.django_db

HOSTS, DESK = "/m/spring-meetup/hosts/", "/m/spring-meetup/desk/hosts/"
HARM = "<script>alert(1)</script>"
CALL = {
    "region": "europe",
    "earliest": str(EARLIEST),
    "latest": str(LATEST),
    "deadline_day": str(at(days=30).date()),
    "deadline_time": "23:59",
    "timezone": "Europe/Lisbon",
    "people": "100",
    "first_days": "7",
    "chosen_how": "Asked on the list.",
}


def text_of(who, path) -> str:
    return " ".join(browser_of(who).get(path).content.decode().split())


def codes(path, *people, data=None):
    """Return how each of these people is answered, None being nobody; by POST when there is something to send."""
    return [(browser_of(one).get(path) if data is None else browser_of(one).post(path, data)).status_code for one in people]


def test_an_organiser_prepares_and_opens_a_call():
    idea()
    client = browser_of(ada())
    page = client.get(f"{DESK}?region=asia&earliest=2027-08-01&latest=2027-09-01&x={HARM}").content.decode()
    assert ('<option value="asia" selected>' in page, 'value="2027-08-01"' in page, HARM in page) == (True, True, False)
    assert client.post(DESK, CALL)["Location"] == DESK
    call = HostCall.objects.get()
    assert (call.region, call.deadline_told.endswith("23:59 (Lisbon)"), call.state) == ("europe", True, "draft")
    for title, weight in (("Rooms", 60), ("Costs", 40)):
        client.post(f"{DESK}criteria/", {"criterion-title": title, "criterion-weight": weight})
    for name in ("Dee", "Fay"):
        client.post(f"{DESK}members/", {"member-email": f"{name}@example.org", "member-name": name, "member-why": "Known."})
    assert "Name a neutral person" in client.get(DESK).content.decode()
    assert client.post(f"{DESK}keeper/", {"keeper-email": "eve@example.org"})["Location"] == DESK
    assert client.post(f"{DESK}opening/")["Location"] == HOSTS
    call.refresh_from_db()
    assert (call.state, Meetup.objects.get().stage) == ("open", "hosting")
    page = text_of(None, HOSTS)
    assert ("Sealed until the deadline" in page, "weight 60" in page, "Offer to host" in page) == (True, True, True)
    assert "Call for hosts" in text_of(None, "/m/spring-meetup/")


@pytest.mark.parametrize(
    ("field", "text"),
    [
        *(("region", text) for text in ["atlantis", "\x00"]),
        *(("earliest", text) for text in ["soon", "1999-01-01", "\x00", "2027-02-31"]),
        ("latest", str(EARLIEST.replace(year=EARLIEST.year - 1))),
        *(("deadline_day", text) for text in [str(LATEST), "x"]),
        *(("deadline_time", text) for text in ["25:00", "\x00"]),
        ("timezone", "Mars/Olympus"),
        *(("people", text) for text in ["0", "many", "9" * 400]),
        ("first_days", "31"),
        *(("about", text) for text in ["x" * 10_001, "\x00"]),
    ],
)
def test_a_wrong_call_is_told_beside_the_field_and_nothing_typed_is_lost(field, text):
    idea()
    answer = browser_of(ada()).post(DESK, {**CALL, "chosen_how": "Kept & safe", field: text})
    page = answer.content.decode()
    assert (answer.status_code, HostCall.objects.count()) == (422, 0)
    assert f'id="id_{field}_error"' in page
    assert "Kept &amp; safe</textarea>" in page


@pytest.mark.parametrize("part", ["criteria", "members", "keeper", "deadline"])
def test_a_wrong_part_of_a_call_is_told_on_the_desk(part):
    (opened_call if part == "deadline" else prepared)()
    answer = browser_of(ada()).post(f"{DESK}{part}/", {})
    assert (answer.status_code, "another look" in answer.content.decode()) == (422, True)


def test_the_desk_is_for_the_team_and_not_for_a_bidder_of_it():
    call = opened_call()
    number, member = call.criteria.first().pk, call.members.first().pk
    posts = ["opening/", "criteria/", f"criteria/{number}/", "members/", f"members/{member}/", "keeper/", "deadline/", ""]
    for post in posts:
        assert codes(f"{DESK}{post}", None, cy(), dee(), data={}) == [404, 404, 404], post
    assert codes(DESK, None, cy(), dee()) == [404, 404, 404]
    actions.open_bid(call, by=ada(), now=TODAY)
    assert browser_of(ada()).get(DESK)["Location"] == HOSTS
    for post in posts[:-1]:
        assert codes(f"{DESK}{post}", ada(), data={}) == [404], post


def test_a_draft_of_a_call_is_for_the_team_alone():
    call = actions.prepare_call(idea(), wanted(), by=ada(), now=TODAY)
    assert codes(HOSTS, None, cy(), ada()) == [404, 404, 200]
    assert codes("/m/nowhere/hosts/", None, ada()) == [404, 404]
    assert call.state == "draft"


def test_who_lost_reads_the_next_call_before_everybody():
    series = meetups.start_series("Ops", slug="ops", now=NOW)
    first, second = idea(), idea("Autumn meetup")
    for meetup in (first, second):
        meetups.join_series(meetup, series, by=ada(), now=NOW)
    decided(first)
    actions.open_call(prepared(second), by=ada(), now=TODAY)
    path = "/m/autumn-meetup/hosts/"
    assert codes(path, None, cy(), bo(), person("Gil"), dee(), ada()) == [404, 404, 404, 200, 200, 200]
    page = text_of(person("Gil"), path)
    assert ("You see this before everybody" in page, "Graz, Example Grid (Spring meetup)" in page) == (True, True)
    assert codes(f"{path}bids/", cy(), data={}) == [404]
    old = Bid.objects.get(opened_by=person("Gil"))
    answer = browser_of(person("Gil")).post(f"{path}bids/", {"like": old.pk})
    assert Bid.objects.get(call__meetup=second).answers["city"] == "Graz"
    assert answer["Location"].startswith(f"{path}bids/")


@pytest.mark.parametrize("like", ["", "x", "0", "9" * 30, "\x00"])
def test_a_bid_is_begun_blank_when_there_is_nothing_to_copy(like):
    opened_call()
    browser_of(cy()).post(f"{HOSTS}bids/", {"like": like})
    assert Bid.objects.get().answers == {}


def test_nobody_copies_the_bid_of_somebody_else():
    _, porto, _ = decided()
    opened_call(idea("Autumn meetup"))
    browser_of(cy()).post("/m/autumn-meetup/hosts/bids/", {"like": porto.pk})
    assert Bid.objects.get(opened_by=cy()).answers == {}


def test_whoever_is_not_signed_in_is_led_to_sign_in_before_bidding_or_asking():
    opened_call()
    for path in ("bids/", "questions/"):
        assert (
            browser_of()
            .post(f"{HOSTS}{path}", {"text": "Why?"})["Location"]
            .startswith("/sign-in/?next=/m/spring-meetup/hosts/")
        )
    assert (Bid.objects.count(), Question.objects.count()) == (0, 0)


def test_a_sealed_bid_is_read_by_its_editors_alone():
    call = opened_call()
    bid, other = handed_in(call), begun(call, "Gil")
    one = f"{HOSTS}bids/{bid.pk}/"
    strangers = (None, cy(), person("Gil"), dee(), person("Eve"), ada())
    for part in ("", "costs/", "plans/", "editors/", "withdrawal/", "sections/place/"):
        assert codes(f"{one}{part}", *strangers, bo()) == [404] * 6 + [200], part
    for part in ("costs/", "costs/currency/", "costs/1/", "plans/", "editors/", "handing-in/", "withdrawal/", "questions/"):
        assert codes(f"{one}{part}", *strangers, data={}) == [404] * 6, part
    assert codes(f"{HOSTS}comparison/", *strangers, bo()) == [404] * 7
    assert codes(f"{HOSTS}comparison.csv", *strangers, bo()) == [404] * 7
    assert codes(f"{HOSTS}bids/{other.pk}/", bo()) == [404]
    assert Bid.objects.get(pk=bid.pk).state == "handed_in"


def test_an_opened_bid_is_public_without_address_and_costs_wait_for_the_decision():
    call, porto, _ = compared()
    one = f"{HOSTS}bids/{porto.pk}/"
    declared(call, "Dee")
    people = (None, cy(), person("Gil"), person("Fay"), ada(), dee(), person("Eve"), bo())
    assert codes(one, *people) == [200] * 8
    assert codes(f"{one}costs/", *people) == [404, 404, 404, 404, 404, 200, 200, 200]
    assert codes(f"{one}costs/", *people[:7], data={"label": "x", "amount": "1"}) == [404] * 7
    for who, sees in ((None, False), (person("Gil"), False), (person("Fay"), False), (dee(), True), (bo(), True)):
        assert ("desk@example.org" in text_of(who, one)) is sees
    for who, sees in ((None, False), (bo(), False), (ada(), False), (dee(), True), (person("Eve"), True)):
        assert ("1,500.00 EUR" in text_of(who, f"{HOSTS}comparison/")) is sees
    assert "1,500.00" not in text_of(None, f"{HOSTS}comparison.csv")
    assert "Graz, Austria" in text_of(None, HOSTS)


def test_everything_but_the_address_is_public_once_it_is_decided():
    _, porto, _ = decided()
    one = f"{HOSTS}bids/{porto.pk}/"
    assert codes(f"{one}costs/", None, cy()) == [200, 200]
    page = text_of(None, HOSTS)
    for said in ("Decided: Porto", "The rooms.", "Fay liked Graz.", "We met on Monday.", "I work for Example Telecom.", "4.60"):
        assert said in page, said
    assert "1,500.00 EUR" in text_of(None, f"{HOSTS}comparison/")
    assert "desk@example.org" not in text_of(None, one)
    assert "was chosen out of 2 bids" in text_of(None, "/m/spring-meetup/")


def test_the_only_bid_is_not_chosen_out_of_others():
    call = opened_call(deadline=at(days=-1))
    porto = handed_in(call, "Bo")
    for who in ("Dee", "Fay"):
        declared(call, who)
        scored(call, who, porto, 5, 4)
    choice = actions.Decision(porto.pk, 0, "The rooms.", "", "We met on Monday.")
    actions.decide(call, call.members.get(person=person("Dee")), choice, now=TODAY)
    assert "was chosen. It was the only bid." in text_of(None, "/m/spring-meetup/")


def test_a_section_is_saved_and_leads_on():
    bid = actions.open_bid(opened_call(), by=bo(), now=TODAY)
    place = f"{HOSTS}bids/{bid.pk}/sections/place/"
    day = str(EARLIEST)
    sent = {"seen": 0, "city": " Graz\r\n", "country": "AT", "starts_0": day, "ends_0": day, "then": "next"}
    assert browser_of(bo()).post(place, sent)["Location"].endswith("/sections/team/")
    saved = Bid.objects.get().answers
    assert (saved["city"], saved["timezone"], saved["days"]) == ("Graz", "Europe/Vienna", [{"starts_on": day, "ends_on": day}])
    rooms = {"seen": 0, "room_0_name": "Hall", "room_0_capacity": "90", "room_11_name": "Attic", "capacity": "120"}
    assert browser_of(bo()).post(f"{HOSTS}bids/{bid.pk}/sections/venue/", rooms).status_code == 302
    names = [room["name"] for room in Bid.objects.get().answers["rooms"]]
    assert names == ["Hall", "Attic"]
    assert codes(f"{HOSTS}bids/{bid.pk}/sections/nowhere/", bo()) == [404]


@pytest.mark.parametrize(
    ("key", "field", "text"),
    [
        *(("place", "city", text) for text in ["x" * 81, "\x00"]),
        ("place", "country", "XX"),
        ("place", "timezone", "Mars"),
        *(("place", "starts_0", text) for text in ["x", "0001-01-01", "\x00"]),
        ("place", "ends_0", "2026-01-01"),
        *(("team", "contact_email", text) for text in ["x", "a@b@c", "\x00"]),
        *(("venue", "capacity", text) for text in ["-1", "1e9", "9" * 400, "many"]),
        *(("venue", "room_0_name", text) for text in ["x" * 81, "\x00", ""]),
        ("venue", "room_0_capacity", "0"),
        *(("offer", "conflict", text) for text in ["x" * 4_001, "\x00"]),
    ],
)
def test_wrong_answers_are_told_beside_the_field_and_nothing_typed_is_lost(key, field, text):
    bid = actions.open_bid(opened_call(), by=bo(), now=TODAY)
    other = {"place": "language", "team": "team", "venue": "access", "offer": "covers"}[key]
    sent = {"seen": 0, "starts_0": str(EARLIEST), "room_0_layout": "circle", other: f"Kept {HARM}", field: text}
    answer = browser_of(bo()).post(f"{HOSTS}bids/{bid.pk}/sections/{key}/", sent)
    page = answer.content.decode()
    assert (answer.status_code, Bid.objects.get().answers) == (422, {})
    assert f'id="id_{field}_error"' in page
    assert "Kept &lt;script&gt;" in page


def test_two_at_once_see_both_texts_and_the_second_saves_over_knowingly():
    bid = begun(opened_call())
    path = f"{HOSTS}bids/{bid.pk}/sections/food/"
    first = {"seen": 1, "catering": "Hers", "evening": "The pub"}
    assert browser_of(bo()).post(path, first).status_code == 302
    client = browser_of(bo())
    answer = client.post(path, {**first, "catering": "His"})
    page = " ".join(answer.content.decode().split())
    assert (answer.status_code, Bid.objects.get().answers["catering"]) == (409, "Hers")
    assert "Bo Example saved this section meanwhile" in page
    assert re.search(r"Catering, as Bo Example saved it</dt> <dd> Hers", page)
    assert re.search(r'<textarea name="catering"[^>]*> ?His</textarea>', page)
    seen = re.search(r'name="seen" value="(\d+)"', page)[1]
    assert client.post(path, {**first, "catering": "Both", "seen": seen}).status_code == 302
    assert Bid.objects.get().answers["catering"] == "Both"


def test_strange_words_are_shown_as_text_everywhere():
    call = opened_call(deadline=at(days=-1))
    bid = handed_in(call, city=HARM, organisation=HARM, conflict=HARM, rooms=[{"name": HARM, "layout": HARM}])
    actions.ask(call, HARM, by=cy(), now=TODAY, bid=bid)
    actions.report_mistake(bid, "city", HARM, by=bo(), now=TODAY)
    for path in (HOSTS, f"{HOSTS}bids/{bid.pk}/", f"{HOSTS}comparison/", f"{HOSTS}bids/{bid.pk}/costs/"):
        assert HARM not in text_of(bo(), path)


def test_handing_in_taking_back_and_withdrawing():
    bid = begun(opened_call())
    one, client = f"{HOSTS}bids/{bid.pk}/", browser_of(bo())
    assert "100 % complete" in text_of(bo(), one)
    client.post(f"{one}handing-in/")
    assert Bid.objects.get().state == "handed_in"
    client.post(f"{one}handing-in/", {"_method": "delete"})
    assert Bid.objects.get().state == "draft"
    assert client.post(f"{one}withdrawal/")["Location"] == HOSTS
    assert (Bid.objects.get().state, client.get(one).status_code) == ("withdrawn", 404)


def test_editors_come_and_go():
    bid = begun(opened_call())
    path, client = f"{HOSTS}bids/{bid.pk}/editors/", browser_of(bo())
    assert client.post(path, {"email": "Hal@Example.org"})["Location"] == path
    assert codes(f"{HOSTS}bids/{bid.pk}/", person("Hal")) == [200]
    answer = client.post(path, {"email": "dee@example.org"})
    assert (answer.status_code, "cannot write one" in answer.content.decode()) == (422, True)
    mine = Editor.objects.get(person=bo())
    assert codes(f"{path}{mine.pk}/", None, cy(), dee(), data={}) == [404] * 3
    assert client.post(f"{path}{mine.pk}/")["Location"] == HOSTS
    assert codes(f"{HOSTS}bids/{bid.pk}/", bo()) == [404]


@pytest.mark.parametrize("amount", ["", "x", "1.234", "-5", "0", "9" * 39, "1e5", "NaN", "\x00", "١٢"])
def test_wrong_amounts_are_refused(amount):
    bid = begun(opened_call())
    answer = browser_of(bo()).post(f"{HOSTS}bids/{bid.pk}/costs/", {"label": "Rooms", "amount": amount})
    expected = 302 if amount == "1.234" else 422  # one mark with three digits groups thousands
    assert (answer.status_code, bid.cost_lines.count()) == (expected, 3 if expected == 302 else 2)


def test_costs_are_added_and_taken_away():
    bid = actions.open_bid(opened_call(), by=bo(), now=TODAY)
    path, client = f"{HOSTS}bids/{bid.pk}/costs/", browser_of(bo())
    client.post(f"{path}currency/", {"currency": "JPY"})
    client.post(path, {"label": "Lunch", "amount": "1,500", "per_person": "on", "by_host": "on"})
    page = client.get(path).content.decode()
    assert ("1,500 JPY" in page, "150,000 JPY" in page) == (True, True)
    client.post(f"{path}currency/", {"currency": "EUR"})
    assert Bid.objects.get().currency == "JPY"
    client.post(f"{path}{bid.cost_lines.get().pk}/")
    assert bid.cost_lines.count() == 0


def plan_of(bid, content=None):
    return actions.add_plan(bid, "First floor", read_sheet(content or picture()), by=bo(), now=TODAY)


def test_a_plan_is_uploaded_and_handed_out_as_a_file():
    bid = begun(opened_call())
    path, client = f"{HOSTS}bids/{bid.pk}/plans/", browser_of(bo())
    file = SimpleUploadedFile("../../evil.html", picture("JPEG"), content_type="text/html")
    assert client.post(path, {"title": 'First "floor"\r\nX: y', "file": file})["Location"] == path
    plan = Plan.objects.get()
    answer = client.get(f"{path}{plan.pk}/")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert answer["Content-Disposition"] == 'attachment; filename="first-floor-x-y.jpg"'
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert codes(f"{path}{plan.pk}/", None, cy(), dee()) == [404] * 3
    assert codes(f"{path}{plan.pk}/", None, cy(), dee(), data={"_method": "delete"}) == [404] * 3
    client.post(f"{path}{plan.pk}/", {"_method": "delete"})
    assert Plan.objects.count() == 0


def test_plans_are_public_with_their_bid_and_only_editors_change_them():
    call = opened_call(deadline=at(days=-1))
    bid = begun(call)
    plan = actions.add_plan(bid, "First floor", read_sheet(picture()), by=bo(), now=at(days=-20))
    actions.hand_in(bid, by=bo(), now=at(days=-19))
    path = f"{HOSTS}bids/{bid.pk}/plans/{plan.pk}/"
    assert codes(path, None, cy()) == [200, 200]
    assert codes(path, None, cy(), ada(), data={"_method": "delete"}) == [404] * 3
    assert Plan.objects.count() == 1


@pytest.mark.parametrize("content", [b"<html><script>", b"GIF89a", b"%PDF-1.7 no end", b"\x89PNG\r\n\x1a\n broken", b""])
def test_a_file_that_is_no_plan_is_told_beside_the_field(content):
    bid = begun(opened_call())
    file = SimpleUploadedFile("plan.png", content, content_type="image/png")
    answer = browser_of(bo()).post(f"{HOSTS}bids/{bid.pk}/plans/", {"title": "Plan", "file": file})
    assert (answer.status_code, Plan.objects.count()) == (422, 0)
    assert 'id="id_file_error"' in answer.content.decode()


@pytest.mark.parametrize("number", [0, 10**17, 10**30])
def test_numbers_nobody_has_lead_nowhere(number):
    opened_call()
    paths = [
        f"bids/{number}/",
        f"bids/{number}/costs/",
        f"bids/{number}/plans/{number}/",
        f"questions/{number}/",
        f"group/{number}/",
    ]
    assert [codes(f"{HOSTS}{path}", bo()) for path in paths] == [[404]] * 5

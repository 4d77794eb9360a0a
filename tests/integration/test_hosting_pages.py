"""The pages of ideas, answers and places, as the cast and strangers meet them."""

import pytest
from django.contrib.messages import get_messages

from midcycle.hosting.models import Call, Interest
from midcycle.journal.models import Entry
from midcycle.meetups.models import Meetup
from tests.world import NOW, ada, bo, browser_of, cy, idea
from tests.worlds.hosting import answered, asked

pytestmark = pytest.mark.django_db

NEW = "/ideas/new/"
CALL, DESK = "/m/northern-meetup/interest/", "/m/northern-meetup/desk/"
ANSWER = {"ways": ["would_come"], "name": "Bo Example", "email": "bo@example.org", "region": "europe", "place": "Lisbon"}
PLACE = {"city": "Lisbon", "country": "PT", "venue": "The Dockyard", "timezone": "Europe/Lisbon"}
DAYS = {"starts_on": "2027-03-02", "ends_on": "2027-03-03"}
HARM = "<script>alert(1)</script>"
TOLD = (
    "Thank you. One step is left: open the link in the letter that is on its way to you, and say yes. Then your answer counts; "
    "with the same link you see, change or withdraw it."
)
HOSTILE = ["\x00", "x" * 200_000]


def test_an_organiser_opens_an_idea():
    idea_typed = {"title": "North", "summary": "*Who?*", "region": "europe", "channel": "the list", "guess_low": "20"}
    answer = browser_of(ada()).post(NEW, idea_typed)
    assert (answer.status_code, answer["Location"]) == (302, "/m/north/")
    meetup = Meetup.objects.get()
    assert (meetup.title, meetup.summary_html, meetup.region) == ("North", "<p><em>Who?</em></p>\n", "europe")
    assert (meetup.call.channel, meetup.call.guess_low, meetup.call.guess_high) == ("the list", 20, 20)


def test_opening_an_idea_asks_to_sign_in():
    for answer in (browser_of().get(NEW), browser_of().post(NEW, {"title": "North"})):
        assert answer["Location"] == f"/sign-in/?next={NEW}"
    assert Meetup.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "text"),
    [
        *(("title", text) for text in ["", " ", *HOSTILE]),
        *(("summary", text) for text in HOSTILE),
        *(("channel", text) for text in HOSTILE),
        *(("region", text) for text in ["atlantis", *HOSTILE]),
        *(("guess_low", text) for text in ["many", "-1", "1e9", "9" * 400, "20.5", *HOSTILE]),
        *(("guess_high", text) for text in ["19", "100001", *HOSTILE]),
    ],
)
def test_a_wrong_idea_is_told_beside_the_field_and_nothing_typed_is_lost(field, text):
    typed = {"title": "North", "summary": "Kept & safe", "guess_low": "20", "guess_high": "30", field: text}
    answer = browser_of(ada()).post(NEW, typed)
    page = answer.content.decode()
    assert (answer.status_code, Meetup.objects.count()) == (422, 0)
    assert f'id="id_{field}_error"' in page
    assert field == "summary" or "Kept &amp; safe</textarea>" in page


def test_anybody_answers_without_an_account():
    asked()
    visitor = browser_of()
    assert visitor.get(CALL).status_code == 200
    answer = visitor.post(CALL, {**ANSWER, "ways": ["would_come", "could_moderate"]})
    assert (answer.status_code, answer["Location"]) == (302, "/m/northern-meetup/")
    interest = Interest.objects.get()
    assert (interest.said, interest.region, interest.place) == (("I'd come", "I could moderate"), "europe", "Lisbon")
    assert (interest.person.email, interest.person.name) == ("bo@example.org", "Bo Example")


def test_a_button_of_the_summary_is_chosen_already():
    asked()
    page = browser_of().get(f"{CALL}?ways=could_host&ways={HARM}&ways=%00").content.decode()
    assert page.count("checked") == 1
    assert 'value="could_host" id="id_ways_1" checked' in page
    assert HARM not in page


def test_an_address_that_answered_already_looks_like_a_new_one_from_outside():
    asked()
    seen = []
    for email in ("bo@example.org", "bo@example.org", "new@example.org"):
        visitor = browser_of()
        answer = visitor.post(CALL, {**ANSWER, "email": email, "place": "Elsewhere"})
        seen.append((answer.status_code, answer["Location"], [str(told) for told in get_messages(answer.wsgi_request)]))
    assert seen == [(302, "/m/northern-meetup/", [TOLD])] * 3
    assert Entry.objects.filter(kind="hosting.answer_repeated").count() == 1
    assert Interest.objects.count() == 2


def test_who_is_signed_in_is_not_asked_for_an_address_and_sees_the_answer():
    asked()
    client = browser_of(bo())
    page = client.get(CALL).content.decode()
    assert ('name="email"' in page, "You answer as Bo Example" in page) == (False, True)
    answer = client.post(CALL, {"ways": ["could_host"], "email": "cy@example.org"})
    interest = Interest.objects.get()
    assert (interest.person, answer["Location"]) == (bo(), f"{CALL}{interest.token}/")
    assert client.get(CALL)["Location"] == f"{CALL}{interest.token}/"


@pytest.mark.parametrize(
    ("field", "text"),
    [
        *(("ways", text) for text in ["", "conquer", *HOSTILE]),
        *(("name", text) for text in ["", " ", "x" * 121, *HOSTILE]),
        *(
            ("email", text)
            for text in ["", "bo", "bo@", "a\r\nBcc: b@example.org", f"{HARM}@example.org", "b" * 250 + "@e.org", "\x00@e.org"]
        ),
        *(("region", text) for text in ["atlantis", *HOSTILE]),
        *(("place", text) for text in ["x" * 121, *HOSTILE]),
    ],
)
def test_a_wrong_answer_is_told_beside_the_field_and_nothing_typed_is_lost(field, text):
    asked()
    answer = browser_of().post(CALL, {**ANSWER, field: text})
    page = answer.content.decode()
    assert (answer.status_code, Interest.objects.count()) == (422, 0)
    assert 'class="field-error"' in page
    assert HARM not in page
    assert field == "place" or 'value="Lisbon"' in page
    assert field == "ways" or 'value="would_come" id="id_ways_0" aria-describedby' in page or "checked" in page


@pytest.mark.parametrize("text", [HARM, "🦉" * 60, "{{ 7 }}", "a\r\nBcc: b", "=1+1", "\u202ex"])
def test_strange_names_and_places_are_shown_as_text(text):
    meetup = asked()
    assert browser_of().post(CALL, {**ANSWER, "name": text, "place": text}).status_code == 302
    interest = Interest.objects.get()
    assert interest.place == text.replace("\r\n", " ").replace("\u202e", "")
    for client, url in ((browser_of(), f"{CALL}{interest.token}/"), (browser_of(ada()), f"{DESK}interest/")):
        assert HARM not in client.get(url).content.decode()
    assert meetup.call.answers.count() == 1


def test_an_answer_is_seen_changed_and_withdrawn_by_its_link_alone():
    interest = answered(asked(), "Bo", "could_host").interest
    url = f"{CALL}{interest.token}/"
    visitor = browser_of()
    page = visitor.get(url)
    assert "You said: I could host." in page.content.decode()
    assert 'value="could_host" id="id_ways_1" checked' in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert visitor.post(url, {"ways": ["would_come"], "region": "asia", "place": "Pune"})["Location"] == url
    assert (Interest.objects.get().said, Interest.objects.get().place) == (("I'd come",), "Pune")
    wrong = visitor.post(url, {"ways": [], "place": "Kept"})
    assert (wrong.status_code, "Choose at least one." in wrong.content.decode()) == (422, True)
    assert visitor.get(f"{url}withdrawal/").status_code == 200
    assert Interest.objects.count() == 1
    assert visitor.post(f"{url}withdrawal/")["Location"] == "/m/northern-meetup/"
    assert [visitor.get(url).status_code, visitor.get(f"{url}withdrawal/").status_code] == [404, 404]


def test_a_token_opens_its_own_answer_of_its_own_meetup_alone():
    interest = answered(asked(), "Bo").interest
    asked("Autumn meetup")
    tried = [
        f"{CALL}{interest.token[:-1]}/",
        f"{CALL}{interest.token}x/",
        f"/m/autumn-meetup/interest/{interest.token}/",
        f"{CALL}%00/",
    ]
    for who in (None, cy(), ada()):
        client = browser_of(who)
        for url in tried:
            posted = [client.post(f"{url}{page}").status_code for page in ("confirmation/", "withdrawal/")]
            assert [client.get(url).status_code, *posted] == [404, 404, 404]
    assert Interest.objects.count() == 1


def test_a_stored_region_that_is_not_on_our_list_stays_chosen():
    interest = answered(asked(), "Bo", region="united-states").interest
    page = browser_of().get(f"{CALL}{interest.token}/").content.decode()
    assert '<option value="united-states" selected>United States</option>' in page


def test_a_closed_call_says_so():
    meetup = asked()
    interest = answered(meetup, "Bo").interest
    client = browser_of(ada())
    assert client.post(f"{DESK}interest/")["Location"] == f"{DESK}interest/"
    assert Call.objects.get().closed_at is not None
    visitor = browser_of()
    page = visitor.get(CALL).content.decode()
    assert ("This call is closed" in page, "<form" in page) == (True, False)
    late = visitor.post(CALL, {**ANSWER, "email": "late@example.org"})
    assert (late.status_code, Interest.objects.count()) == (422, 1)
    assert visitor.post(f"{CALL}{interest.token}/", {"ways": ["could_host"]}).status_code == 422
    assert visitor.post(f"{CALL}{interest.token}/withdrawal/").status_code == 302


def test_where_nobody_was_asked_there_is_no_call():
    idea()
    for url in ("/m/spring-meetup/interest/", "/m/nowhere/interest/"):
        assert [browser_of().get(url).status_code, browser_of().post(url, ANSWER).status_code] == [404, 404]
    assert browser_of(ada()).get("/m/spring-meetup/desk/interest/").status_code == 404


@pytest.mark.parametrize("page", ["interest", "place"])
def test_the_desk_is_for_organisers_alone(page):
    answered(asked(), "Bo")
    for who in (None, cy(), bo()):
        client = browser_of(who)
        assert [client.get(f"{DESK}{page}/").status_code, client.post(f"{DESK}{page}/", PLACE).status_code] == [404, 404]
    assert browser_of(ada()).get(f"{DESK}{page}/").status_code == 200
    assert (Meetup.objects.get().city, Call.objects.get().closed_at) == ("", None)


def test_no_visitor_sees_an_address():
    interest = answered(asked(), "Bo").interest
    for url in (CALL, f"{CALL}{interest.token}/"):
        assert "@example.org" not in browser_of().get(url).content.decode()
    assert "bo@example.org" in browser_of(ada()).get(f"{DESK}interest/").content.decode()


def test_an_organiser_says_where_and_when():
    asked()
    client = browser_of(ada())
    assert client.post(f"{DESK}place/", {**PLACE, **DAYS})["Location"] == f"{DESK}place/"
    meetup = Meetup.objects.get()
    assert (meetup.where, meetup.venue, meetup.timezone) == ("Lisbon, PT", "The Dockyard", "Europe/Lisbon")
    assert (str(meetup.starts_on), str(meetup.ends_on), meetup.stage) == ("2027-03-02", "2027-03-03", "idea")
    page = client.get(f"{DESK}place/").content.decode()
    assert 'value="2027-03-02"' in page
    assert '<option value="Europe/Lisbon" selected>' in page


@pytest.mark.parametrize(("country", "zone"), [("NO", "Europe/Oslo"), ("JP", "Asia/Tokyo")])
def test_the_country_tells_the_time_zone_where_it_has_one(country, zone):
    asked()
    browser_of(ada()).post(f"{DESK}place/", {**PLACE, **DAYS, "country": country, "timezone": ""})
    assert Meetup.objects.get().timezone == zone


@pytest.mark.parametrize(
    ("country", "sentence"),
    [
        ("PT", "Portugal has more than one. Choose Europe/Lisbon, Atlantic/Madeira or Atlantic/Azores."),
        ("US", "United States has 29 time zones. Choose that of the city."),
        ("", "Choose the time zone of the place; every time of the agenda is in it."),
        ("BV", "Choose the time zone of the place; every time of the agenda is in it."),
    ],
)
def test_the_time_zone_is_asked_for_where_it_is_in_doubt(country, sentence):
    asked()
    client = browser_of(ada())
    assert '<option value="" selected>That of the country</option>' in client.get(f"{DESK}place/").content.decode()
    assert client.post(f"{DESK}place/", {**PLACE, "country": country, "timezone": ""}).status_code == 302  # no day yet
    refused = client.post(f"{DESK}place/", {**PLACE, **DAYS, "country": country, "timezone": ""})
    assert (refused.status_code, sentence in refused.content.decode()) == (422, True)
    assert Meetup.objects.get().starts_on is None


def test_the_second_button_opens_registration_and_closes_the_call():
    asked()
    client = browser_of(ada())
    refused = client.post(f"{DESK}place/", {**PLACE, "then": "registration", "closes_call": "on"})
    assert (refused.status_code, 'id="id_starts_on_error"' in refused.content.decode()) == (422, True)
    assert Call.objects.get().closed_at is None
    client.post(f"{DESK}place/", {**PLACE, **DAYS, "then": "registration", "closes_call": "on"})
    assert Meetup.objects.get().stage == "registration"
    assert Call.objects.get().closed_at is not None
    page = client.get(f"{DESK}place/").content.decode()
    assert ('value="registration"' in page, "closes_call" in page) == (False, False)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        *(("region", text) for text in ["atlantis", *HOSTILE]),
        *(("city", text) for text in ["x" * 81, *HOSTILE]),
        *(("country", text) for text in ["p", "pt", "ZZ", "Slovenia", "PT\n", "é1", *HOSTILE]),
        *(("venue", text) for text in ["x" * 161, *HOSTILE]),
        *(("starts_on", text) for text in ["soon", "1999-12-31", "2100-01-01", "99999-01-01", "2027-02-30", *HOSTILE]),
        *(("ends_on", text) for text in ["2027-03-01", "2027-04-02", "2034-03-03", "9999-12-31", *HOSTILE]),
        *(("about_when", text) for text in ["x" * 61, *HOSTILE]),
        *(("timezone", text) for text in ["", "Mars/Base", "../../etc/passwd", "localtime", *HOSTILE]),
    ],
)
def test_a_wrong_place_is_told_beside_the_field_and_nothing_is_stored(field, text):
    asked()
    answer = browser_of(ada()).post(f"{DESK}place/", {**PLACE, **DAYS, field: text})
    page = answer.content.decode()
    assert (answer.status_code, Meetup.objects.get().venue) == (422, "")
    assert f'id="id_{field}_error"' in page
    assert field == "venue" or 'value="The Dockyard"' in page


def test_a_wrong_country_is_one_mistake():
    asked()
    answer = browser_of(ada()).post(f"{DESK}place/", {**PLACE, **DAYS, "country": "Slovenia", "timezone": ""})
    page = answer.content.decode()
    assert ("One answer needs another look" in page, page.count('class="field-error"')) == (True, 1)


def test_a_stored_country_that_is_no_country_stays_chosen():
    meetup = asked()
    Meetup.objects.update(country="ZZ")
    client = browser_of(ada())
    assert '<option value="ZZ" selected>ZZ</option>' in client.get(f"{DESK}place/").content.decode()
    assert client.post(f"{DESK}place/", {**PLACE, "country": "ZZ"}).status_code == 302
    meetup.refresh_from_db()
    assert (meetup.country, meetup.city) == ("ZZ", "Lisbon")


@pytest.mark.parametrize(
    ("starts", "ends", "told"),
    [("2016-02-15", "2016-02-16", True), ("2016-02-15", "", True), ("", "", False), ("2098-03-02", "2098-04-01", False)],
)
def test_days_that_are_over_are_kept_and_told(starts, ends, told):
    asked()
    answer = browser_of(ada()).post(f"{DESK}place/", {**PLACE, "starts_on": starts, "ends_on": ends})
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert said == ["Saved. This meetup is in the stage: Idea.", *["These days are over."] * told]
    assert str(Meetup.objects.get().starts_on or "") == starts


@pytest.mark.parametrize("people", [1, 4])
def test_pages_take_the_same_queries_for_one_and_for_many(people, django_assert_num_queries):
    meetup = asked()
    for number in range(people):
        answered(meetup, f"Guest{number}", now=NOW)
    client = browser_of(ada())
    with django_assert_num_queries(7):  # session, person, meetup, organiser, call, answers, tabs
        client.get(f"{DESK}interest/")
    with django_assert_num_queries(3):  # call, days asked about, tabs
        browser_of().get(CALL)

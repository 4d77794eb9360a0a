"""The survey and the organisers' page of it, as people meet them."""

import re

import pytest
from django.contrib.messages import get_messages

from midcycle.feedback import actions, queries
from midcycle.feedback.access import key_of
from midcycle.feedback.models import HandCount, OwnWords, Remark, Slip, Survey
from midcycle.meetups.actions import make_token
from midcycle.registration.actions import cancel_seat
from tests.world import NOW, ada, bo, browser_of, cy, person, placed
from tests.worlds.feedback import answered, came, held, said

pytestmark = pytest.mark.django_db

DOOR, DESK = "/m/spring-meetup/feedback/", "/m/spring-meetup/desk/feedback/"
HAPPY = said("list", on_list=True, first_time=False, free_time="about_right", come_again=True, words="Thank you all")
ANSWER = {"heard_how": "forwarded", "on_list": "no", "first_time": "yes", "free_time": "too_little", "come_again": "yes"}
HOSTILE = [
    "\x00",
    "x" * 5000,
    "<script>alert(1)</script>",
    "a\r\nSubject: b",
    "🦉" * 10,
    "9" * 400,
    "{{ 7 }}",
    "-1",
    "1e9",
    "NaN",
]


def asked(people: int = 1):
    """A meetup with an open survey, and where its first guest answers."""
    world = answered(people=people, close=False)
    return world, f"{DOOR}{key_of(world.seats[0])}/"


def test_somebody_answers_and_is_thanked():
    world, url = asked()
    visitor = browser_of()
    page = visitor.get(url).content.decode()
    assert page.count('type="radio"') == 16
    response = visitor.post(url, {**ANSWER, "words": "More tea"})
    assert (response.status_code, response.headers["Location"]) == (302, url)
    thanks = visitor.get(url).content.decode()
    assert ("<h1>Thank you</h1>" in thanks, "<form" in thanks) == (True, False)
    actions.close_survey(world.meetup, by=ada(), now=NOW)
    assert queries.own_words(world.meetup) == ("More tea",)


def test_a_second_answer_changes_nothing():
    world, url = asked()
    visitor = browser_of()
    visitor.post(url, ANSWER)
    again = visitor.post(url, {"words": "Again"})
    assert "<h1>Thank you</h1>" in again.content.decode()
    assert (Slip.objects.count(), OwnWords.objects.count()) == (1, 0)
    assert world.meetup.survey.tallies.get(question="come_again", value="yes").count == 1


def test_an_empty_answer_is_asked_again():
    _, url = asked()
    response = browser_of().post(url, {})
    assert (response.status_code, Slip.objects.count()) == (422, 0)
    assert "Answer at least one question" in response.content.decode()


def test_what_was_typed_is_not_lost():
    _, url = asked()
    page = browser_of().post(url, {"words": "x" * 4001, "come_again": "no"}).content.decode()
    assert "x" * 4001 in page
    assert '<input type="radio" name="come_again" value="no" class="choices-inline" id="id_come_again_1" checked>' in page


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_answers_do_no_harm(text):
    world, url = asked()
    response = browser_of().post(
        url, dict.fromkeys(["heard_how", "on_list", "first_time", "free_time", "come_again", "words"], text)
    )
    assert response.status_code == 422
    assert "<script>alert" not in response.content.decode()
    assert Slip.objects.count() == 0
    response = browser_of().post(url, {"words": text})
    assert response.status_code == (422 if "\x00" in text or len(text) > 4000 else 302)
    actions.close_survey(world.meetup, by=ada(), now=NOW)
    assert "<script>alert" not in browser_of(ada()).get(DESK).content.decode()


def test_the_way_in_for_the_signed_in_leads_to_their_seat():
    world, url = asked()
    response = browser_of(person("Guest1")).get(DOOR)
    assert (response.status_code, response.headers["Location"]) == (302, url)
    assert world.seats[0].person_id == person("Guest1").pk


@pytest.mark.parametrize(
    ("visitor", "told"),
    [
        (None, "It is for people who had a seat at Spring meetup. Sign in and answer"),
        (cy, "The survey is for people who had a seat at Spring meetup. You had none under this address."),
    ],
)
def test_everybody_else_is_told_whom_it_is_for_and_where_the_link_is(visitor, told):
    asked()
    page = browser_of(visitor() if visitor else None).get(DOOR)
    words = " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())
    assert (page.status_code, told in words) == (200, True)


def test_a_closed_survey_says_so():
    world, url = asked()
    actions.close_survey(world.meetup, by=ada(), now=NOW)
    visitor = browser_of()
    assert "The survey is closed" in visitor.get(url).content.decode()
    assert "is closed" in visitor.get(DOOR).content.decode()
    late = visitor.post(url, ANSWER)
    assert (late.status_code, Slip.objects.count()) == (422, 0)


def test_without_a_survey_there_is_no_way_in():
    world = held(1)
    for url in (DOOR, f"{DOOR}{key_of(world.seats[0])}/", "/m/nowhere/feedback/"):
        assert browser_of().get(url).status_code == 404


def test_a_token_opens_the_survey_of_its_own_meetup_and_seat_alone():
    world, url = asked()
    other = held(2, title="Autumn meetup")
    Survey.objects.create(meetup=other.meetup, is_open=True, was_opened=True)
    cancel_seat(other.seats[1], now=NOW)
    foreign = [
        f"{DOOR}{key_of(other.seats[0])}/",
        f"/m/autumn-meetup/feedback/{key_of(world.seats[0])}/",
        f"/m/autumn-meetup/feedback/{key_of(other.seats[1])}/",
        f"{DOOR}{world.seats[0].token}/",  # what opens the seat does not open the survey
        f"{DOOR}{world.seats[0].pk}-{'0' * 32}/",
        f"{DOOR}{world.seats[0].pk}/",
        f"{DOOR}%00/",
        f"{DOOR}{'x' * 500}/",
    ]
    visitor = browser_of()
    assert [visitor.get(address).status_code for address in foreign] == [404] * 8
    assert [visitor.post(address, ANSWER).status_code for address in foreign] == [404] * 8
    assert visitor.get(url).status_code == 200
    assert visitor.get(f"/m/spring-meetup/seat/{key_of(world.seats[0])}/").status_code == 404  # nor the other way round


def test_the_survey_needs_no_sign_in_and_sets_no_cookie_but_the_form_check():
    _, url = asked()
    visitor = browser_of()
    visitor.post(url, ANSWER)
    assert set(visitor.cookies) <= {"csrftoken"}


@pytest.mark.parametrize("visitor", [None, cy, bo])
def test_strangers_find_no_desk(visitor):
    meetup = came(3).meetup
    count = actions.count_hands(meetup, "on_list", yes=1, no=1, by=ada(), now=NOW)
    remark = actions.note_remark(meetup, "lesson", "Well", by=ada(), now=NOW)
    browser = browser_of(visitor() if visitor else None)
    assert [browser.get(url).status_code for url in (DESK, f"{DESK}hands/{count.pk}/")] == [404] * 2
    posts = ["survey/", "hands/", f"hands/{count.pk}/", "remarks/", f"remarks/{remark.pk}/"]
    sent = {"_method": "delete", "question": "on_list", "yes": 9, "no": 9, "kind": "lesson", "text": "x"}
    assert [browser.post(f"{DESK}{part}", sent).status_code for part in posts] == [404] * 5
    assert list(HandCount.objects.values_list("yes", "no")) == [(1, 1)]
    assert (Remark.objects.count(), Survey.objects.count()) == (1, 0)


def test_an_organiser_touches_nothing_of_another_meetup():
    came(3)
    other = placed("Autumn meetup", stage="wrap_up")
    count = actions.count_hands(other, "on_list", yes=1, no=1, by=ada(), now=NOW)
    remark = actions.note_remark(other, "lesson", "Well", by=ada(), now=NOW)
    browser = browser_of(ada())
    assert browser.get(f"{DESK}hands/{count.pk}/").status_code == 404
    assert browser.post(f"{DESK}remarks/{remark.pk}/").status_code == 404
    assert browser.get(f"{DESK}hands/{10**30}/").status_code == 404


def test_an_organiser_opens_and_closes_the_survey():
    world = came(6)
    browser = browser_of(ada())
    assert "A letter with the link goes to 6 people at once." in " ".join(browser.get(DESK).content.decode().split())
    assert browser.post(f"{DESK}survey/").headers["Location"] == DESK
    assert "0 of 6 answered" in browser.get(DESK).content.decode()
    for seat in world.seats:
        actions.answer_survey(seat, HAPPY, now=NOW)
    page = browser.get(DESK).content.decode()
    assert ("6 of 6 answered" in page, "Thank you all" in page) == (True, False)
    browser.post(f"{DESK}survey/", {"_method": "delete"})
    page = browser.get(DESK).content.decode()
    assert ("Closed. 6 of 6" in page, page.count("Thank you all")) == (True, 0)
    assert "6 people answered." in " ".join(browser.get(f"{DESK}figures/").content.decode().split())
    assert browser.get(f"{DESK}words/").content.decode().count("Thank you all") == 6
    again = browser.post(f"{DESK}survey/", follow=True).content.decode()
    assert "Ask by a show of hands instead" in again


def test_an_organiser_counts_hands_and_counts_again():
    came(12)
    browser = browser_of(ada())
    assert browser.post(f"{DESK}hands/", {"question": "on_list", "yes": "8", "no": "4"}).status_code == 302
    asked = {"question": "other", "asked": "Did you use the pads?", "yes": "10", "no": "0"}
    assert browser.post(f"{DESK}hands/", asked).status_code == 302
    count, own = HandCount.objects.order_by("pk")
    assert (count.asked, own.asked) == ("Are you on the community's mailing list?", "Did you use the pads?")
    page = browser.get(f"{DESK}hands/{own.pk}/").content.decode()
    assert 'value="10"' in page
    assert browser.post(f"{DESK}hands/{own.pk}/", {"yes": "9", "no": "1"}).status_code == 302
    assert list(HandCount.objects.order_by("pk").values_list("asked", "yes", "no")) == [
        ("Are you on the community's mailing list?", 8, 4),
        ("Did you use the pads?", 9, 1),
    ]
    browser.post(f"{DESK}hands/{own.pk}/", {"_method": "delete"})
    assert list(HandCount.objects.values_list("pk", flat=True)) == [count.pk]


def test_a_question_is_counted_once_until_somebody_changes_the_count():
    meetup = came(12).meetup
    browser = browser_of(ada())
    asked = "Did you use the pads?"
    for sent in ({"question": "on_list"}, {"question": "other", "asked": asked}):
        assert browser.post(f"{DESK}hands/", {**sent, "yes": "10", "no": "5"}).status_code == 302
    page = browser.get(DESK).content.decode()
    assert ('<option value="on_list"' in page, '<option value="first_time"' in page) == (False, True)
    for sent, field in (({"question": "on_list"}, "question"), ({"question": "other", "asked": asked}, "asked")):
        again = browser.post(f"{DESK}hands/", {**sent, "yes": "1", "no": "2"})
        told = f'id="hands_{field}_error">Already counted: 10 and 5. Change it above.</p>'
        assert (again.status_code, told in again.content.decode()) == (422, True)
    assert '<option value="on_list" selected>' in browser.post(f"{DESK}hands/", {"question": "on_list"}).content.decode()
    assert list(HandCount.objects.filter(meetup=meetup).values_list("yes", "no")) == [(10, 5)] * 2


def test_every_deed_of_the_desk_says_that_it_is_done():
    came(3)
    browser = browser_of(ada())
    told = []
    for where, sent in (
        ("hands/", {"question": "on_list", "yes": "1", "no": "1"}),
        ("hands/{}/", {"yes": "2", "no": "1"}),
        ("hands/{}/", {"_method": "delete"}),
        ("remarks/", {"kind": "lesson", "text": "Well"}),
        ("survey/", {}),
        ("survey/", {"_method": "delete"}),
    ):
        count = HandCount.objects.first()
        answer = browser.post(DESK + where.format(count.pk if count else ""), sent)
        told += [[str(message) for message in get_messages(answer.wsgi_request)][-1]]
    answer = browser.post(f"{DESK}remarks/{Remark.objects.get().pk}/")
    told += [[str(message) for message in get_messages(answer.wsgi_request)][-1]]
    assert told == [
        "The count is kept.",
        "The count is changed.",
        "The count of “Are you on the community's mailing list?” is taken away.",
        "The remark is noted.",
        "The survey is open.",
        "The survey is closed.",
        "The remark is taken away.",
    ]


def test_an_absurd_count_is_told_beside_its_field_and_nothing_typed_is_lost():
    count = actions.count_hands(came(12).meetup, "on_list", yes=8, no=4, by=ada(), now=NOW)
    browser = browser_of(ada())
    page = browser.post(f"{DESK}hands/", {"question": "other", "asked": "Well?", "yes": "5000", "no": "4"})
    assert page.status_code == 422
    assert 'id="hands_yes_error">Count again: a number from 0 to 100.</p>' in page.content.decode()
    assert ('value="Well?"' in page.content.decode(), 'value="5000"' in page.content.decode()) == (True, True)
    again = browser.post(f"{DESK}hands/{count.pk}/", {"yes": "60", "no": "60"})
    assert (again.status_code, "together there must be 1 to 100" in again.content.decode()) == (422, True)
    assert HandCount.objects.get().yes == 8


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_counts_and_remarks_do_no_harm(text):
    came(3)
    browser = browser_of(ada())
    for sent in ({"question": text, "yes": "1", "no": "1"}, {"question": "on_list", "yes": text, "no": text}):
        assert browser.post(f"{DESK}hands/", {**sent, "asked": text}).status_code == 422
    assert browser.post(f"{DESK}remarks/", {"kind": text, "text": "x"}).status_code == 422
    browser.post(f"{DESK}hands/", {"question": "other", "asked": text, "yes": "1", "no": "1"})
    browser.post(f"{DESK}remarks/", {"kind": "lesson", "text": text})
    page = browser.get(DESK)
    assert (page.status_code, "<script>alert" in page.content.decode()) == (200, False)
    kept = 0 if "\x00" in text or len(text) > 1000 else 1
    assert Remark.objects.count() == kept


def test_remarks_are_noted_and_taken_away():
    came(3)
    browser = browser_of(ada())
    browser.post(f"{DESK}remarks/", {"kind": "asked_for", "text": "More free time"})
    remark = Remark.objects.get()
    assert "More free time" in browser.get(DESK).content.decode()
    browser.post(f"{DESK}remarks/{remark.pk}/")
    assert Remark.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 4])
def test_the_desk_takes_the_same_queries_for_few_and_many(rows, django_assert_num_queries):
    world = answered(*[HAPPY] * rows)
    for number in range(rows):
        actions.count_hands(world.meetup, f"own:q{number}", yes=1, no=0, asked="Well?", by=ada(), now=NOW)
        actions.note_remark(world.meetup, "lesson", "Well", by=ada(), now=NOW)
    browser = browser_of(ada())
    with django_assert_num_queries(12):
        browser.get(DESK)


@pytest.mark.parametrize("rows", [1, 4])
def test_the_survey_takes_the_same_queries_for_few_and_many(rows, django_assert_num_queries):
    _, url = asked(rows)
    with django_assert_num_queries(5):
        browser_of().get(url)


def post_hands(token, slug="spring-meetup", **hands):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return browser_of().post(f"/api/v1/meetups/{slug}/hands", hands, content_type="application/json", headers=headers)


def test_a_machine_counts_hands():
    token = make_token(came(12).meetup, "feedback:write", now=NOW)
    response = post_hands(token, question="on_list", yes=8, no=4)
    assert (response.status_code, response.json()) == (
        200,
        {"question": "on_list", "asked": "Are you on the community's mailing list?", "yes": 8, "no": 4},
    )
    refused = post_hands(token, question="on_list", yes=8, no=4000)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (409, "no")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_machines_are_refused(text):
    token = make_token(came(3).meetup, "feedback:write", now=NOW)
    assert post_hands(token, question=text, yes=1, no=1).status_code == (422 if "\x00" in text else 409)
    assert post_hands(token, question="on_list", yes=text, no=1).status_code in {409, 422}
    assert post_hands(token, question="on_list", yes=10**40, no=1).status_code in {409, 422}


def test_a_token_counts_hands_of_its_own_meetup_in_its_own_scope():
    meetup = came(3).meetup
    placed("Autumn meetup")
    token, wrong = (make_token(meetup, scope, now=NOW) for scope in ("feedback:write", "topics:write"))
    sent = {"question": "on_list", "yes": 1, "no": 1}
    tried = [
        post_hands(token, "autumn-meetup", **sent).status_code,
        post_hands(wrong, **sent).status_code,
        post_hands("mc_none", **sent).status_code,
        post_hands(None, **sent).status_code,
    ]
    assert (tried, HandCount.objects.count()) == ([404, 403, 401, 401], 0)

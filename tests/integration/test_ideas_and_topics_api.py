"""Interest and topics for machines."""

import json

import pytest

from midcycle.hosting import actions as hosting
from midcycle.hosting.models import Interest
from midcycle.journal.models import Entry
from midcycle.meetups.actions import make_token
from midcycle.meetups.models import Meetup
from midcycle.topics.actions import withdraw
from midcycle.topics.models import Support, Topic
from tests.world import FIRST_DAY, NOW, ada, bo, browser_of, dee, placed
from tests.worlds.hosting import answered, asked
from tests.worlds.topics import proposed, supported

pytestmark = pytest.mark.django_db

TOPICS = "/api/v1/meetups/spring-meetup/topics"
INTEREST = "/api/v1/meetups/northern-meetup/interest"
WISH = {"title": "Upgrades", "email": "bo@example.org", "name": "Bo Example"}


def send(token, body, url=TOPICS, method="POST"):
    """Send JSON with a bearer token."""
    text = body if isinstance(body, str) else json.dumps(body)
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return browser_of().generic(method, url, text, content_type="application/json", headers=headers)


def mend(token, topic, body):
    """Patch a topic of the spring meetup with a bearer token."""
    return send(token, body, f"{TOPICS}/{topic if isinstance(topic, int) else topic.pk}", "PATCH")


def test_interest_is_told_in_figures_alone():
    meetup = asked()
    for number in range(6):
        answered(meetup, f"Guest{number}", now=NOW)
    answered(meetup, "Host", "could_host", region="asia")
    answer = browser_of().get(INTEREST)
    told = answer.json()
    assert answer.status_code == 200
    assert {name: told[name] for name in ("is_open", "channel", "guess", "answers", "come", "host", "moderate")} == {
        "is_open": True,
        "channel": "the operators list",
        "guess": [20, 30],
        "answers": 7,
        "come": 6,
        "host": 1,
        "moderate": 0,
    }
    assert told["regions"] == [{"label": "elsewhere or not said", "count": 7}]
    assert set(told["forecast"]) == {"likely", "low", "high", "reason", "lessons"}
    asked("Autumn meetup")
    assert browser_of().get("/api/v1/meetups/autumn-meetup/interest").json()["forecast"] is None
    assert "example.org" not in answer.content.decode()


def test_without_a_call_there_is_no_interest():
    placed()
    assert browser_of().get("/api/v1/meetups/spring-meetup/interest").status_code == 404
    assert browser_of().get("/api/v1/meetups/nowhere/interest").status_code == 404


def test_topics_are_listed_without_addresses():
    topic = supported(proposed(placed(), details="*Why?*", format="working_group"), "Cy")
    answer = browser_of().get(TOPICS)
    item = {
        "number": topic.pk,
        "title": "Upgrades without downtime",
        "details": "*Why?*",
        "format": "working_group",
        "proposed_by": "Bo Example",
        "proposed_at": "2027-01-10T12:00:00Z",
        "supports": 2,
        "place": None,
        "minutes": None,
        "tags": [],
        "comments": 0,
        "leads": [],
        "shadows": [],
    }
    assert answer.json() == {"items": [item]}
    assert browser_of().get("/api/v1/meetups/nowhere/topics").status_code == 404


def test_a_machine_proposes_for_somebody():
    token = make_token(placed(), "topics:write", now=NOW)
    answer = send(token, WISH)
    topic = Topic.objects.get()
    assert (answer.status_code, answer.json()["number"], answer.json()["supports"]) == (201, topic.pk, 1)
    assert (topic.proposed_by, topic.title, topic.format) == (bo(), "Upgrades", "general_session")


def test_only_a_token_of_this_meetup_and_scope_opens_the_door():
    meetup, other = placed(), placed("Autumn meetup")
    wrong = [make_token(meetup, "seats:write", now=NOW), make_token(other, "topics:write", now=NOW), "mc_made-up", "\x00"]
    assert [send(token, WISH).status_code for token in wrong] == [403, 404, 401, 401]
    assert send(None, WISH).status_code == 401
    assert Topic.objects.count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": "x" * 161},
        {"title": None},
        {"title": 7},
        {"title": ["x"]},
        {"details": "x" * 10_001},
        {"format": "x" * 31},
        {"email": "bo"},
        {"email": ""},
        {"email": "bo\x00@example.org"},
        {"email": "a\r\nBcc: b@example.org"},
        {"email": "b" * 250 + "@e.org"},
        {"name": "x" * 121},
    ],
)
def test_wrong_fields_are_refused_and_leave_nothing(wrong):
    token = make_token(placed(), "topics:write", now=NOW)
    assert send(token, {**WISH, **wrong}).status_code == 422
    assert Topic.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "status"), [({"title": " \x00 "}, 422), ({"title": " \x01 "}, 409), ({"format": "keynote"}, 409)]
)
def test_what_the_rules_refuse_is_told_with_its_field(wrong, status):
    token = make_token(placed(), "topics:write", now=NOW)
    answer = send(token, {**WISH, **wrong})
    assert (answer.status_code, [error["field"] for error in answer.json()["errors"]]) == (status, [next(iter(wrong))])
    assert Topic.objects.count() == 0


def test_a_machine_mends_a_topic_and_what_it_does_not_say_stays():
    meetup = placed()
    topic = supported(proposed(meetup, details="Old", format="lightning"), "Cy")
    token = make_token(meetup, "topics:write", now=NOW)
    answer = mend(token, topic, {"details": "**New**", "format": None})
    told = answer.json()
    assert (answer.status_code, told["number"], told["supports"]) == (200, topic.pk, 2)
    assert (told["title"], told["details"], told["format"]) == ("Upgrades without downtime", "**New**", "lightning")
    assert Topic.objects.get().details_html == "<p><strong>New</strong></p>\n"
    entry = Entry.objects.get(kind="topics.topic_rewritten")
    assert (entry.meetup, entry.actor, entry.facts) == (meetup.pk, None, {"topic": topic.pk})
    assert mend(token, topic, {}).status_code == 200
    assert Entry.objects.filter(kind="topics.topic_rewritten").count() == 1


def test_only_a_token_of_this_meetup_and_scope_mends_a_topic_of_it():
    meetup, other = placed(), placed("Autumn meetup")
    topic, gone, elsewhere = proposed(meetup), proposed(meetup, "Gone"), proposed(other, "Elsewhere")
    withdraw(gone, bo(), now=NOW)
    right = make_token(meetup, "topics:write", now=NOW)
    wrong = [make_token(meetup, "seats:write", now=NOW), make_token(other, "topics:write", now=NOW), "mc_made-up", "\x00"]
    assert [mend(token, topic, {"title": "Mine"}).status_code for token in wrong] == [403, 404, 401, 401]
    assert mend(None, topic, {"title": "Mine"}).status_code == 401
    assert [mend(right, found, {"title": "Mine"}).status_code for found in (gone, elsewhere, 0, -1, 10**30)] == [404] * 5
    assert Topic.objects.filter(title="Mine").count() == 0


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"title": ""}, 422),
        ({"title": "x" * 161}, 422),
        ({"title": 7}, 422),
        ({"title": "\ud800"}, 422),
        ({"details": ["x"]}, 422),
        ({"details": "x" * 10_001}, 422),
        ({"format": "x" * 31}, 422),
        ({"title": " \x00 "}, 422),
        ({"title": " \x01 "}, 409),
        ({"format": "keynote"}, 409),
    ],
)
def test_wrong_new_words_are_refused_and_change_nothing(wrong, status):
    meetup = placed()
    topic = proposed(meetup, details="Old")
    answer = mend(make_token(meetup, "topics:write", now=NOW), topic, {"details": "New", **wrong})
    assert answer.status_code == status
    assert next(iter(wrong)) in answer.content.decode()
    found = Topic.objects.get()
    assert (found.title, found.details, found.format) == ("Upgrades without downtime", "Old", "general_session")


def test_what_is_no_json_is_refused():
    token = make_token(placed(), "topics:write", now=NOW)
    half_a_character = '{"title": "\\ud800", "email": "bo@example.org"}'
    bodies = ("{", "[]", "null", "9" * 5000, half_a_character)
    assert [send(token, body).status_code for body in bodies] == [400, 422, 422, 400, 422]
    assert Topic.objects.count() == 0


def test_closed_topics_are_told():
    meetup = placed()
    token = make_token(meetup, "topics:write", now=NOW)
    Meetup.objects.update(stage="archived")
    answer = send(token, WISH)
    assert (answer.status_code, "Topics are closed" in answer.json()["detail"]) == (409, True)


def test_closed_topics_keep_their_words():
    topic = proposed(placed())
    token = make_token(topic.meetup, "topics:write", now=NOW)
    Meetup.objects.update(stage="wrap_up")
    answer = mend(token, topic, {"title": "Late"})
    assert (answer.status_code, "Topics are closed" in answer.json()["detail"]) == (409, True)
    assert Topic.objects.get().title == "Upgrades without downtime"


@pytest.mark.parametrize("slug", ["%00", "a%00b", "..", "x" * 3000, "%E2%80%AE", "a%0Ab"])
def test_what_is_no_slug_is_not_found(slug):
    token = make_token(placed(), "topics:write", now=NOW)
    assert browser_of().get(f"/api/v1/meetups/{slug}/topics").status_code == 404
    assert browser_of().get(f"/api/v1/meetups/{slug}/interest").status_code == 404
    assert send(token, WISH, f"/api/v1/meetups/{slug}/topics").status_code == 404


@pytest.mark.parametrize("topics", [1, 4])
def test_lists_take_the_same_queries_for_one_and_for_many(topics, django_assert_num_queries):
    meetup = placed()
    for number in range(topics):
        supported(proposed(meetup, f"Topic {number}"), "Cy", "Dee")
    with django_assert_num_queries(3):  # meetup, topics, offers
        assert len(browser_of().get(TOPICS).json()["items"]) == topics


def test_the_replay_can_tell_an_old_story_with_its_own_times():
    meetup = hosting.open_call(ada(), title="Manchester", guess=(20, 30), now=NOW.replace(year=2015))
    answered(meetup, "Dee", now=NOW.replace(year=2015, month=2))
    assert meetup.call.answers.get().answered_at == NOW.replace(year=2015, month=2)
    assert Support.objects.filter(person=dee()).count() == 0


def test_a_machine_answers_for_somebody_who_confirms():
    meetup = asked()
    token, wrong = (make_token(meetup, scope, now=NOW) for scope in ("interest:write", "topics:write"))
    days = hosting.ask_about_days(meetup.call, FIRST_DAY, FIRST_DAY, by=ada(), now=NOW)
    body = {
        "email": "bo@example.org",
        "name": "Bo Example",
        "would_come": True,
        "could_underwrite": True,
        "topics": ["Upgrades", "Storage\nand more"],
        "dates": {str(days.pk): "yes", "77": "no"},
        "via": "poster",
    }
    assert [send(key, body, INTEREST).status_code for key in (None, wrong)] == [401, 403]
    assert [send(token, body, INTEREST).status_code for _ in range(2)] == [202, 202]
    found = Interest.objects.get()
    assert (found.said, found.came_by, found.confirmed_at) == (("I'd come", "I could underwrite"), "poster", None)
    hosting.confirm_answer(found, now=NOW)
    told = browser_of().get(INTEREST).json()
    assert (told["underwrite"], [topic["text"] for topic in told["topics"]]) == (1, ["Storage and more", "Upgrades"])
    assert [(row["number"], row["yes"], row["no"], row["is_best"]) for row in told["dates"]] == [(days.pk, 1, 0, True)]
    assert (told["reach"]["invited"], told["meaning"], "example.org" in json.dumps(told)) == (None, [], False)
    nothing = send(token, {"email": "cy@example.org", "name": "Cy"}, INTEREST)
    assert (nothing.status_code, nothing.json()["detail"]) == (409, "Choose at least one.")


@pytest.mark.parametrize(
    "wrong",
    [
        {"topics": ["x"] * 6},
        {"topics": ["x" * 121]},
        {"topics": "Upgrades"},
        {"dates": {"1": "perhaps"}},
        {"dates": {"x": "yes"}},
        {"dates": {"0": "yes"}},
        {"dates": {str(10**30): "yes"}},
        {"dates": {str(number): "yes" for number in range(1, 14)}},
        {"via": "x" * 17},
        {"name": ""},
        {"would_come": "maybe"},
    ],
)
def test_a_wrong_answer_of_a_machine_is_told(wrong):
    token = make_token(asked(), "interest:write", now=NOW)
    body = {"email": "bo@example.org", "name": "Bo", "would_come": True, **wrong}
    assert send(token, body, INTEREST).status_code == 422
    assert Interest.objects.count() == 0

"""Votes, merging, splitting and planning pads for machines."""

import json

import pytest

from midcycle.journal.models import Entry
from midcycle.meetups.actions import make_token
from midcycle.topics import actions
from midcycle.topics.models import Support, Topic
from tests.unit.test_topics_pad import PAD
from tests.world import NOW, ada, bo, browser_of, cy, placed
from tests.worlds.topics import proposed, supported

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/meetups/spring-meetup/"


def ask(token, method, path, body=None):
    """Send JSON with a bearer token."""
    text = "" if body is None else json.dumps(body)
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return browser_of().generic(method, ROOT + path, text, content_type="application/json", headers=headers)


def test_only_a_token_of_this_meetup_and_scope_opens_these_doors():
    meetup, other = placed(), placed("Autumn meetup")
    topic = proposed(meetup)
    doors = (
        ("DELETE", f"topics/{topic.pk}", None),
        ("PUT", f"topics/{topic.pk}/supports", {"email": "cy@example.org"}),
        ("POST", f"topics/{topic.pk}/merge", {"into": 1}),
        ("POST", f"topics/{topic.pk}/split", {"titles": ["a", "b"]}),
        ("PUT", "voting", {"method": "dots", "dots": 3}),
        ("GET", "planning-pad", None),
        ("POST", "planning-pad", {"text": PAD, "email": "ada@example.org", "dry_run": False}),
    )
    tokens = {None: 401, make_token(meetup, "seats:write", now=NOW): 403, make_token(other, "topics:write", now=NOW): 404}
    for token, status in tokens.items():
        assert [ask(token, *door).status_code for door in doors] == [status] * len(doors)
    assert (Topic.objects.filter(withdrawn_at=None).count(), Support.objects.count()) == (1, 1)


def test_a_topic_of_another_meetup_is_out_of_reach():
    meetup, far = placed(), proposed(placed("Autumn meetup"), "Far")
    topic, token = proposed(meetup), make_token(meetup, "topics:write", now=NOW)
    assert ask(token, "DELETE", f"topics/{far.pk}").status_code == 404
    assert ask(token, "POST", f"topics/{topic.pk}/merge", {"into": far.pk}).status_code == 409
    assert ask(token, "POST", f"topics/{far.pk}/split", {"titles": ["a", "b"]}).status_code == 404


def test_a_machine_gives_and_takes_back_one_voice():
    meetup = placed()
    topic, token = proposed(meetup), make_token(meetup, "topics:write", now=NOW)
    voice = {"email": "cy@example.org", "name": "Cy Example"}
    path = f"topics/{topic.pk}/supports"
    assert [ask(token, "PUT", path, voice).json()["supports"] for _ in range(2)] == [2, 2]
    assert ask(token, "PUT", path, {**voice, "wanted": False}).json()["supports"] == 1
    for wrong in ({}, {"email": "x"}, {**voice, "wanted": "yes"}, {**voice, "more": 1}):
        assert ask(token, "PUT", path, wrong).status_code == 422


def test_a_machine_chooses_how_voices_are_counted():
    meetup = placed()
    topic, token = proposed(meetup), make_token(meetup, "topics:write", now=NOW)
    assert ask(None, "GET", "voting").json()["method"] == "plus_one"
    assert ask(token, "PUT", "voting", {"method": "ranking", "dots": 4}).json()["rule"].startswith("Counted by")
    told = ask(None, "GET", "topics").json()["items"][0]
    assert (told["number"], told["place"]) == (topic.pk, 1)
    assert ask(token, "PUT", "voting", {"method": "borda"}).status_code == 409
    assert ask(token, "PUT", "voting", {"method": "dots", "dots": 10**30}).status_code in {409, 422}
    assert Entry.objects.get(kind="topics.method_chosen").actor is None


def test_a_machine_merges_splits_and_withdraws():
    meetup = placed()
    one, two = supported(proposed(meetup, "One"), "Cy"), proposed(meetup, "Two", by=ada())
    token = make_token(meetup, "topics:write", now=NOW)
    merged = ask(token, "POST", f"topics/{one.pk}/merge", {"into": two.pk}).json()
    assert (merged["number"], merged["supports"]) == (two.pk, 3)
    assert ask(token, "POST", f"topics/{two.pk}/merge", {"into": two.pk}).status_code == 409
    parts = ask(token, "POST", f"topics/{two.pk}/split", {"titles": ["A", "B"]}).json()["items"]
    assert [(part["title"], part["supports"]) for part in parts] == [("A", 3), ("B", 3)]
    assert ask(token, "POST", f"topics/{two.pk}/split", {"titles": ["x"] * 7}).status_code == 422
    assert ask(token, "DELETE", f"topics/{two.pk}").status_code == 204
    assert ask(token, "DELETE", f"topics/{two.pk}").status_code == 404


def test_comments_are_listed_without_what_was_taken_off():
    topic = proposed(placed())
    actions.comment(topic, cy(), "Seen", now=NOW)
    actions.moderate_comment(actions.comment(topic, bo(), "Rude", now=NOW), hidden=True, by=ada(), now=NOW)
    told = ask(None, "GET", f"topics/{topic.pk}/comments").json()["items"]
    assert [(said["name"], said["text"]) for said in told] == [("Cy Example", "Seen")]
    assert "example.org" not in json.dumps(told)


def test_a_machine_looks_at_a_pad_reads_it_in_and_gets_it_back():
    meetup = placed()
    token = make_token(meetup, "topics:write", now=NOW)
    body = {"text": PAD, "email": "ada@example.org"}
    seen = ask(token, "POST", "planning-pad", body).json()
    assert (len(seen["topics"]), seen["struck"], seen["new_topics"], seen["new_voices"]) == (6, ["Old stuff"], 6, None)
    assert seen["topics"][0] == {
        "title": "Neutron DVR in production",
        "voices": ["Bo", "Cy", "Dee", "Eve van der Berg"],
        "unnamed": 0,
        "leads": ["Dee Smith"],
        "shadows": [],
        "is_new": True,
    }
    assert [remark["line"] for remark in seen["remarks"]] == [3, 27]
    assert Topic.objects.count() == 0
    done = ask(token, "POST", "planning-pad", {**body, "dry_run": False}).json()
    assert (done["new_topics"], done["new_voices"]) == (6, 10)
    assert ask(token, "GET", "planning-pad").json() == {"text": PAD}
    assert ask(token, "POST", "planning-pad", {**body, "text": "x", "dry_run": False}).status_code == 409

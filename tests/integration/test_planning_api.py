"""Plans for machines: a tracker reads and marks tasks, a bot brings minutes."""

import pytest

from midcycle.planning.models import Minutes, Task
from tests.unit.test_planning_minutes import LOG
from tests.world import ada, bo, placed
from tests.worlds.api import ask, bearer, wrong_fields
from tests.worlds.planning import task, team

pytestmark = pytest.mark.django_db
TASKS, MINUTES = "/meetups/spring-meetup/tasks", "/meetups/spring-meetup/minutes"


def test_a_machine_adds_reads_and_marks_tasks():
    meetup = team()
    writes = bearer(meetup, "planning:write")
    made = ask("POST", TASKS, {"title": "Book the rooms", "owner": "bo", "days": -14, "about": "rooms"}, writes)
    assert made.status_code == 201
    told = made.json()
    assert (told["owner"], told["due"], told["kind"], told["done"]) == ("Bo Example", "2027-02-16", "task", False)
    assert told["url"] == f"http://127.0.0.1:8000/m/spring-meetup/desk/tasks/{told['id']}/"
    assert Task.objects.get().owner == bo()
    ask("POST", TASKS, {"title": "Pay", "owner": "Zoe", "due": "2027-01-20", "stage": "registration"}, writes)
    marked = ask("PATCH", f"{TASKS}/{told['id']}", {"done": True}, writes)
    assert (marked.status_code, marked.json()["done"]) == (200, True)
    reads = bearer(meetup, "planning:read")
    assert [one["title"] for one in ask("GET", TASKS, headers=reads).json()["items"]] == ["Pay", "Book the rooms"]
    assert [one["title"] for one in ask("GET", f"{TASKS}?done=false", headers=reads).json()["items"]] == ["Pay"]
    assert ask("GET", TASKS, headers=writes).status_code == 200


def test_a_bot_brings_its_log_once_however_often_it_tries():
    meetup = team()
    headers = bearer(meetup, "planning:write")
    first, again = (ask("POST", MINUTES, {"text": LOG}, headers) for _ in range(2))
    assert first.status_code == again.status_code == 200
    told = first.json()
    assert told == again.json()
    assert (told["title"], told["held_on"], told["present"]) == ("ops meetups team", "2016-12-13", "shintaro, med_, mrhillsman")
    assert (Minutes.objects.count(), told["tasks"]) == (1, [Task.objects.get().pk])
    plain = ask("POST", MINUTES, {"text": "#action Ada to call", "held_on": "2027-01-08", "present": ["Ada"]}, headers)
    assert Task.objects.get(pk=plain.json()["tasks"][0]).owner == ada()


@pytest.mark.parametrize(
    ("path", "body", "status", "field"),
    [
        (TASKS, {}, 422, "title"),
        (TASKS, {"title": "x", "due": "2027-02-30"}, 422, "due"),
        (TASKS, {"title": "x", "due": "0001-01-01"}, 422, "due"),
        (TASKS, {"title": "x", "days": 10**9}, 422, "days"),
        (TASKS, {"title": "x", "stage": "party"}, 422, "stage"),
        (TASKS, {"title": "x", "about": "booths"}, 409, "about"),
        (TASKS, {"title": "x", "days": 1, "due": "2027-02-03"}, 409, "due_on"),
        (TASKS, {"title": "\u200b"}, 409, "title"),
        (MINUTES, {"text": "We met."}, 409, "held_on"),
        (MINUTES, {"text": "x" * 40_001, "held_on": "2027-01-08"}, 409, "text"),
        (MINUTES, {"text": "x" * 300_001, "held_on": "2027-01-08"}, 422, "text"),
    ],
)
def test_what_cannot_be_kept_is_told_by_its_field(path, body, status, field):
    answer = ask("POST", path, body, bearer(team(), "planning:write"))
    assert (answer.status_code, list(wrong_fields(answer))) == (status, [field])
    assert Task.objects.count() == Minutes.objects.count() == 0


def test_only_a_token_of_this_meetup_that_may():
    meetup, other = team(), placed("Autumn meetup")
    one = task(meetup)
    for headers, status in (
        ({}, 401),
        (bearer(meetup, "agenda:read"), 403),
        (bearer(other, "planning:write"), 404),
    ):
        assert ask("GET", TASKS, headers=headers).status_code == status
        assert ask("PATCH", f"{TASKS}/{one.pk}", {"done": True}, headers).status_code == status
    assert ask("POST", TASKS, {"title": "x"}, bearer(meetup, "planning:read")).status_code == 403
    elsewhere = bearer(other, "planning:write")
    assert ask("PATCH", f"/meetups/autumn-meetup/tasks/{one.pk}", {"done": True}, elsewhere).status_code == 404
    assert Task.objects.filter(done_at=None).count() == 1


@pytest.mark.parametrize("count", [1, 8])
def test_a_list_takes_the_same_queries_for_few_and_many(count, django_assert_num_queries):
    meetup = team()
    for number in range(count):
        task(meetup, f"Task {number}", owner=bo().pk)
    headers = bearer(meetup, "planning:read")
    ask("GET", TASKS, headers=headers)  # notes the day of its use
    with django_assert_num_queries(2):  # token, tasks
        ask("GET", TASKS, headers=headers)

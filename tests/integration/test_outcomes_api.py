"""Outcomes for machines."""

import pytest

from midcycle.outcomes import actions
from midcycle.outcomes.models import Action, Trace
from tests.world import NOW, browser_of
from tests.worlds.api import ask, bearer
from tests.worlds.outcomes import coming, meetup_with_notes, one, retyped

pytestmark = pytest.mark.django_db
TEXT = "- [ ] Bo: write the guide, by 2027-03-31\n- [ ] Cy: rest ##mtu\n"


def test_machines_read_what_everybody_sees():
    meetup, _ = meetup_with_notes(TEXT)
    (person,) = coming(meetup, "Bo")
    actions.take(one("write the guide"), person, is_named=True, now=NOW)
    answer = browser_of().get("/api/v1/meetups/spring-meetup/outcomes")
    first, second = answer.json()["actions"]
    pad = {"title": "Notes", "url": "http://127.0.0.1:8000/m/spring-meetup/pads/notes/"}
    assert first == {
        "id": one("write the guide").pk, "what": "write the guide", "state": "open", "due": "2027-03-31", "late": False,
        "confirmed": True, "owner": "Bo Example", "meant_for": "", "tags": [], "pad": pad, "in_notes": True, "became": [],
        "url": f"http://127.0.0.1:8000/m/spring-meetup/outcomes/{one('write the guide').pk}/",
    }  # fmt: skip
    assert (second["owner"], second["confirmed"], second["tags"]) == ("", False, ["mtu"])
    assert answer.json()["tags"] == [{"word": "mtu", "also": [], "meant_for": "", "pads": [pad], "became": []}]
    assert "Cy" not in answer.content.decode()


def test_a_tracker_keeps_an_action_in_step():
    meetup, pad = meetup_with_notes(TEXT)
    path = f"/meetups/spring-meetup/outcomes/{one('write the guide').pk}"
    said = {"state": "done", "text": "Merged", "link": "https://review.example.org/7"}
    headers = bearer(meetup, "planning:write")
    for _ in range(2):
        answer = ask("PATCH", path, said, headers)
        assert (answer.status_code, answer.json()["state"]) == (200, "done")
    assert Trace.objects.get().url == "https://review.example.org/7"
    assert ask("PATCH", path, {"state": "done", "link": "javascript:alert(1)"}, headers).status_code == 422
    assert ask("PATCH", path, {"state": "lost"}, headers).status_code == 422
    gone = one("rest ##mtu").pk
    retyped(pad, "- [ ] Cy: rest ##mtu\n", "")
    assert ask("PATCH", f"/meetups/spring-meetup/outcomes/{gone}", said, headers).status_code == 404
    assert Action.objects.get(pk=gone).state == "open"

"""The agenda for machines: anybody reads the newest release, a token drafts and releases."""

import json

import pytest

from midcycle.agenda.models import Release
from midcycle.meetups import actions as meetups
from tests.world import NOW, browser_of, dee
from tests.worlds.agenda import at, hall, held, loft, planned, released
from tests.worlds.topics import proposed, supported

pytestmark = pytest.mark.django_db


def bearer(meetup, scope="agenda:write"):
    return {"Authorization": f"Bearer {meetups.make_token(meetup, scope, now=NOW)}"}


def send(meetup, deed, body, headers):
    path = f"/api/v1/meetups/{meetup.slug}/agenda/{deed}"
    return browser_of().post(path, json.dumps(body), content_type="application/json", headers=headers)


def test_machines_read_the_newest_release():
    meetup = planned()
    made = held(meetup, "Upgrades", dee())
    path = f"/api/v1/meetups/{meetup.slug}/agenda"
    assert browser_of().get(path).json() == {"release": None, "rooms": [], "slots": [], "sessions": [], "conflicts": []}
    released(meetup)
    agenda = browser_of().get(path).json()
    assert (agenda["release"], [room["name"] for room in agenda["rooms"]], len(agenda["slots"])) == (1, ["Hall", "Loft"], 6)
    assert agenda["sessions"] == [
        {
            "id": made.pk,
            "uid": str(made.uid),
            "title": "Upgrades",
            "format": "general_session",
            "for_all": False,
            "slot": at(meetup, "09:30").pk,
            "room": hall(meetup).pk,
            "leads": ["Dee Example"],
            "shadows": [],
            "reason": "",
        }
    ]
    assert browser_of().get("/api/v1/meetups/nowhere/agenda").status_code == 404


def test_machines_draft_and_release():
    meetup = planned()
    supported(proposed(meetup), "Cy")
    headers = bearer(meetup)
    assert send(meetup, "draft", {"seed": 5}, headers).json() == {
        "seed": 5,
        "placed": 1,
        "left_out": 0,
        "wishes_met": 2,
        "wishes": 2,
    }
    held(meetup, "One", dee())
    held(meetup, "Two", dee(), where=loft(meetup))
    refused = send(meetup, "release", {}, headers)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (409, "conflicts_known")
    made = send(meetup, "release", {"note": "By machine", "conflicts_known": True}, headers)
    assert (made.status_code, made.json()["release"]) == (201, 1)
    assert "Dee Example is needed in both One and Two at Tue 09:30." in made.json()["conflicts"]
    assert Release.objects.get().released_by is None


def test_machines_without_the_right_token_do_nothing():
    meetup, other = planned(), planned()
    held(meetup)
    for deed in ("draft", "release"):
        assert send(meetup, deed, {}, {}).status_code == 401
        assert send(meetup, deed, {}, bearer(other)).status_code == 404
        assert send(meetup, deed, {}, bearer(meetup, "pads:write")).status_code == 403
    assert send(meetup, "draft", {"seed": "x"}, bearer(meetup)).status_code == 422
    assert send(meetup, "release", {"note": "x" * 201}, bearer(meetup)).status_code == 422
    assert Release.objects.count() == 0

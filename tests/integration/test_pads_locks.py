"""A locked pad: only those write who tend it, until one of them unlocks it."""

import pytest
from django.urls import reverse

from midcycle.agenda.models import SessionPart
from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.tickets import read
from midcycle.meetups import actions as meetups
from midcycle.pads import actions
from midcycle.pads.models import Pad
from tests.world import NOW, ada, bo, browser_of, cy, dee, placed
from tests.worlds.agenda import planned, session

pytestmark = pytest.mark.django_db


def a_pad(stage="on_site"):
    meetup = placed(stage=stage)
    return actions.open_pad(meetup, "notes", title="Notes", by=ada(), now=NOW, text="x")


def url(pad, name):
    return reverse(f"pads:{name}", args=[pad.meetup.slug, pad.name])


def role(pad, who, settings):
    ticket = browser_of(who).post(url(pad, "ticket")).json()["ticket"]
    return read(settings.SECRET_KEY, ticket, 60).role


def test_in_a_locked_pad_only_those_write_who_tend_it(settings):
    meetup = planned()
    SessionPart.objects.create(session=session(meetup, "Upgrades"), person=dee(), part="note_taker")
    actions.open_pads(meetup, by=ada(), now=NOW)
    pad = Pad.objects.get()
    for _ in range(2):
        browser_of(dee()).post(url(pad, "lock"))
    assert [role(pad, who(), settings) for who in (ada, dee, bo)] == ["write", "write", "read"]
    page = " ".join(browser_of(bo()).get(url(pad, "pad")).content.decode().split())
    assert "Locked</span> Everybody reads here." in page
    answer = browser_of(ada()).post(url(pad, "unlock"), follow=True)
    assert "The pad is open again." in answer.content.decode()
    assert role(pad, bo(), settings) == "write"
    assert [entry.kind for entry in Entry.objects.filter(kind__in=("pads.locked", "pads.unlocked")).order_by("pk")] == [
        "pads.locked",
        "pads.unlocked",
    ]


def test_strangers_lock_nothing():
    pad = a_pad()
    for client in (browser_of(), browser_of(cy())):
        assert [client.post(url(pad, name)).status_code for name in ("lock", "unlock")] == [404, 404]
        assert "> Lock </button>" not in " ".join(client.get(url(pad, "pad")).content.decode().split())
    assert "> Lock </button>" in " ".join(browser_of(ada()).get(url(pad, "pad")).content.decode().split())


def test_a_program_gets_no_ticket_for_a_locked_pad():
    pad = a_pad()
    actions.lock(pad, by=ada(), now=NOW)
    token = meetups.make_token(pad.meetup, "pads:write", now=NOW)
    address = f"/api/v1/meetups/{pad.meetup.slug}/pads/{pad.name}/ticket"
    answer = browser_of().post(
        address, {"name": "Bot"}, content_type="application/json", headers={"Authorization": f"Bearer {token}"}
    )
    assert (answer.status_code, answer.json()["detail"]) == (
        409,
        "This pad is locked. Ask whoever takes its notes to unlock it.",
    )


def test_in_an_archived_meetup_nothing_is_locked_or_unlocked():
    pad = a_pad(stage="wrap_up")
    meetups.move_to_stage(pad.meetup, ada(), "archived", now=NOW)
    for deed in (actions.lock, actions.unlock):
        with pytest.raises(Refusal):
            deed(pad, by=ada(), now=NOW)
    assert "Lock</button>" not in browser_of(ada()).get(url(pad, "pad")).content.decode()

"""Pads: one for each session, readable by everybody, with or without the live server."""

import re
from datetime import time

import pytest
from django.urls import reverse

from midcycle.agenda import actions as agenda
from midcycle.agenda.models import Session
from midcycle.engines.crdt.document import state_from_text
from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.tickets import read
from midcycle.meetups import actions as meetups
from midcycle.pads import actions, queries
from midcycle.pads.models import Pad, Snapshot
from midcycle.pads.rules import Subject, actions_in, first_text, tags_in
from midcycle.pads.tasks import open_pads
from tests.world import NOW, ada, bo, browser_of, cy, placed
from tests.worlds.agenda import at, held, loft, planned, session

pytestmark = pytest.mark.django_db


def sessions(count, stage="agenda"):
    meetup = placed(stage=stage)
    for number in range(count):
        agenda.add_session(meetup, f"Session {number}", by=ada(), now=NOW)
    return meetup


def test_each_session_gets_one_pad_named_by_convention():
    meetup = sessions(2)
    assert actions.open_pads(meetup, by=ada(), now=NOW) == 2
    assert actions.open_pads(meetup, by=ada(), now=NOW) == 0
    assert list(queries.pads_of(meetup).values_list("name", flat=True)) == ["LIS-ops-session-0", "LIS-ops-session-1"]


def test_sessions_of_the_same_title_get_pads_of_their_own():
    meetup = placed(stage="agenda")
    for _ in range(2):
        agenda.add_session(meetup, "Wrap-up", by=ada(), now=NOW)
    actions.open_pads(meetup, by=ada(), now=NOW)
    assert sorted(Pad.objects.values_list("name", flat=True)) == ["LIS-ops-wrap-up", "LIS-ops-wrap-up-2"]


def test_notes_taken_elsewhere_are_what_a_pad_begins_with():
    meetup = sessions(2)
    session = Session.objects.get(title="Session 1")
    actions.open_pads(meetup, by=ada(), now=NOW, notes={session.pk: "- Nobody waited. ##upgrades\n"})
    assert queries.text_of_pad(session.pad) == "# Session 1\n\n- Nobody waited. ##upgrades\n"


def test_a_pad_says_where_its_session_is_as_far_as_that_is_known():
    meetup = sessions(1)
    slot = agenda.add_slot(meetup, day=2, starts=None, ends=None, by=ada(), now=NOW)
    agenda.place(Session.objects.get(), slot, None, by=ada(), now=NOW)
    actions.open_pads(meetup, by=ada(), now=NOW)
    assert queries.text_of_pad(Pad.objects.get()).splitlines()[:3] == ["# Session 0", "", "Day 2"]


def test_a_pad_begins_with_agenda_attendees_notes_and_actions_and_what_is_known_of_its_session():
    meetup = planned()
    made = session(meetup, "Upgrades", ada(), abstract="Who upgraded **live**?\r\n\r\n- [ ] {without} downtime  \r\n```")
    agenda.give_part(made, bo(), "note_taker", by=ada(), now=NOW)
    agenda.place(made, at(meetup, "09:30"), loft(meetup), by=ada(), now=NOW)
    actions.open_pads(meetup, by=ada(), now=NOW)
    assert queries.text_of_pad(Pad.objects.get()) == (
        f"# Upgrades\n\nDay 1, 09:30, Loft\n\nModerated by {ada()}.\n\nNotes by {bo()}.\n\n"
        "Everybody takes notes here. Mark a topic with ##tag.\n\n"
        "## Agenda\n\n> Who upgraded **live**?\n>\n> - [ ] {without} downtime\n> ```\n\n- \n\n"
        "## Attendees\n\nWrite your name here if you want to be listed.\n\n- \n\n"
        "## Notes\n\n- \n\n## Actions\n\n- [ ] who: what, by when\n"
    )
    assert actions_in(queries.text_of_pad(Pad.objects.get())) == ()


def test_nothing_is_found_in_a_pad_that_nobody_wrote_in():
    text = first_text(Subject("Feedback"))
    assert (tags_in(text), actions_in(text)) == ((), ())
    assert "\n## Agenda\n\n- \n\n## Attendees\n" in text


def test_a_released_agenda_opens_the_pads_once():
    meetup = sessions(1)
    entry = Entry.objects.create(kind="agenda.released", at=NOW, meetup=meetup.pk)
    open_pads(entry)
    open_pads(entry)
    assert Pad.objects.filter(meetup=meetup).count() == 1


def test_a_name_is_used_once():
    meetup = sessions(0)
    actions.open_pad(meetup, "LIS-ops-feedback", title="Feedback", by=ada(), now=NOW)
    with pytest.raises(Refusal, match="There is a pad called LIS-ops-feedback already"):
        actions.open_pad(meetup, "LIS-ops-feedback", title="Feedback", by=ada(), now=NOW)


def test_everybody_reads_and_markdown_is_cleaned():
    meetup = sessions(0)
    text = "# Notes\n\n<script>alert(1)</script> [x](javascript:alert(1)) **bold** ##upgrade"
    pad = actions.open_pad(meetup, "notes", title="Notes", by=ada(), now=NOW, text=text)
    page = browser_of().get(reverse("pads:pad", args=[meetup.slug, pad.name])).content.decode()
    assert "<strong>bold</strong>" in page
    assert "<script>alert" not in page
    assert "javascript:alert" not in page.replace("[x](javascript:alert(1))", "")
    answer = browser_of().get(reverse("pads:markdown", args=[meetup.slug, pad.name]))
    assert (answer["Content-Type"], answer.content.decode()) == ("text/markdown; charset=utf-8", text)


def test_the_text_counts_what_came_after_the_snapshot():
    meetup = sessions(0)
    pad = actions.open_pad(meetup, "notes", title="Notes", by=ada(), now=NOW, text="old")
    Snapshot.objects.filter(pad=pad).update(state=state_from_text(""), text="", upto=0)
    assert queries.text_of_pad(pad) == ""


@pytest.mark.parametrize(("who", "expected"), [(bo, "write"), (cy, "write")])
def test_a_ticket_lets_whoever_is_signed_in_write(who, expected, settings):
    meetup = sessions(0)
    pad = actions.open_pad(meetup, "notes", title="Notes", by=ada(), now=NOW)
    answer = browser_of(who()).post(reverse("pads:ticket", args=[meetup.slug, pad.name])).json()
    ticket = read(settings.SECRET_KEY, answer["ticket"], 60)
    assert (ticket.pad, ticket.role, ticket.name) == (pad.pk.hex, expected, str(who()))


def test_an_archived_pad_is_read_only(settings):
    meetup = placed(stage="wrap_up")
    pad = actions.open_pad(meetup, "notes", title="Notes", by=ada(), now=NOW)
    meetups.move_to_stage(meetup, ada(), "archived", now=NOW)
    answer = browser_of(bo()).post(reverse("pads:ticket", args=[meetup.slug, pad.name])).json()
    assert read(settings.SECRET_KEY, answer["ticket"], 60).role == "read"


def test_a_stranger_gets_no_ticket_and_no_desk():
    meetup = sessions(0)
    pad = actions.open_pad(meetup, "notes", title="Notes", by=ada(), now=NOW)
    assert browser_of().post(reverse("pads:ticket", args=[meetup.slug, pad.name])).status_code == 404
    for client in (browser_of(), browser_of(cy())):
        assert client.get(reverse("pads:open_pad", args=[meetup.slug])).status_code == 404
        assert client.post(reverse("pads:open_all", args=[meetup.slug])).status_code == 404
        assert client.get(reverse("pads:pad", args=[meetup.slug, "no-such-pad"])).status_code == 404


@pytest.mark.parametrize("name", ["../../etc", "a b", "-x", "x" * 81, "é", "<b>", "a\x00b", ""])
def test_a_hostile_name_is_refused_next_to_the_field(name):
    meetup = sessions(0)
    answer = browser_of(ada()).post(reverse("pads:open_pad", args=[meetup.slug]), {"name": name, "title": "Kept as typed"})
    assert answer.status_code == 200
    assert 'class="field is-invalid"' in answer.content.decode()
    assert "Kept as typed" in answer.content.decode()
    assert Pad.objects.count() == 0


def test_the_list_goes_by_day_time_and_room_and_ends_with_what_is_not_in_the_agenda():
    meetup = planned()
    actions.open_pad(meetup, "LIS-ops-feedback", title="A feedback session", by=ada(), now=NOW)
    held(meetup, "Beside it", where=loft(meetup))
    held(meetup, "Upgrades")
    held(meetup, "Opening", starts="09:00")
    session(meetup, "Nowhere yet")
    agenda.place(session(meetup, "Second day"), at(meetup, "09:30", day=2), None, by=ada(), now=NOW)
    actions.open_pads(meetup, by=ada(), now=NOW)
    page = queries.pads_page(meetup)
    assert [(day.name, [(pad.title, pad.starts, pad.room) for pad in day.pads]) for day in page.days] == [
        ("Tuesday 2 March", [("Opening", "09:00", "Hall"), ("Upgrades", "09:30", "Hall"), ("Beside it", "09:30", "Loft")]),
        ("Wednesday 3 March", [("Second day", "09:30", "")]),
    ]
    assert [(pad.title, pad.starts, pad.room) for pad in page.others] == [
        ("A feedback session", "", ""),
        ("Nowhere yet", "", ""),
    ]


def test_the_list_names_days_and_leaves_out_what_is_not_known():
    meetup = planned()
    held(meetup)
    session(meetup, "Nowhere yet")
    actions.open_pads(meetup, by=ada(), now=NOW)
    page = browser_of().get(reverse("pads:pads", args=[meetup.slug])).content.decode()
    assert re.findall(r"<h2[^>]*>\s*([^<]+?)\s*</h2>", page) == ["Tuesday 2 March", "Not in the agenda", "Take them with you"]
    assert re.findall(r"<td>\s*([^<]*?)\s*</td>", page) == ["09:30, Hall"]
    assert "LIS-ops-nowhere-yet</td>" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_for_one_and_for_many(count, django_assert_num_queries):
    meetup = sessions(count)
    actions.open_pads(meetup, by=ada(), now=NOW)
    client = browser_of(bo())
    with django_assert_num_queries(7):
        assert client.get(reverse("pads:pads", args=[meetup.slug])).status_code == 200


def test_the_agenda_and_the_session_lead_to_the_notes():
    meetup = sessions(1)
    slot = agenda.add_slot(meetup, day=1, starts=time(9), ends=time(10), by=ada(), now=NOW)
    room = agenda.add_room(meetup, "Pioneer", by=ada(), now=NOW)
    session = meetup.sessions.get()
    agenda.place(session, slot, room, by=ada(), now=NOW)
    agenda.release(meetup, by=ada(), note="", now=NOW)
    link = '<a href="/m/spring-meetup/pads/LIS-ops-session-0/">Pad</a>'
    public = reverse("agenda:agenda", args=[meetup.slug])
    assert link not in browser_of().get(public).content.decode()
    actions.open_pads(meetup, by=ada(), now=NOW)
    assert link in browser_of().get(public).content.decode()
    pad = Pad.objects.get(session=session)
    actions.rename(pad, "LIS-ops-renamed", by=ada(), now=NOW)
    page = browser_of().get(reverse("agenda:session", args=[meetup.slug, session.pk])).content.decode()
    assert "/m/spring-meetup/pads/LIS-ops-renamed/" in page


@pytest.mark.parametrize("name", ["a b", "", "x" * 81, "é", "../x", "-x"])
def test_a_name_that_cannot_be_an_address_is_refused(name):
    with pytest.raises(Refusal, match="letters, digits and hyphens"):
        actions.open_pad(sessions(0), name, title="Notes", by=ada(), now=NOW)


def test_a_pad_too_long_to_lay_out_is_shown_as_typed():
    meetup = sessions(1)
    session = Session.objects.get()
    notes = "![[" * (queries.LONGEST_LAID_OUT // 3) + "<b>"
    actions.open_pads(meetup, by=ada(), now=NOW, notes={session.pk: notes})
    html = queries.read_pad(session.pad).html
    assert (html.startswith("<pre># Session 0\n\n![["), html.endswith("&lt;b&gt;</pre>")) == (True, True)

"""The board moved by two organisers: every move is kept, merged, taken back or refused with a sentence."""

import pytest

from midcycle.agenda import actions, queries
from midcycle.agenda.models import Draft, Move, Placement
from midcycle.journal import queries as journal
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from tests.rush import all_at_once
from tests.world import NOW, ada, bo, browser_of, cy, dee
from tests.worlds.agenda import at, hall, held, loft, planned, session, text_of, url
from tests.worlds.topics import proposed, supported

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}


def places(meetup) -> dict[str, str]:
    """Return where each session is, in words."""
    placed = Placement.objects.filter(session__meetup=meetup).select_related("session", "slot", "room")
    return {p.session.title: f"{p.slot} {p.room}" for p in placed}


def two_organisers():
    """Return a meetup with two organisers, and three sessions that nobody pinned."""
    meetup = planned()
    meetups.add_organiser(meetup, bo(), by=ada(), now=NOW)
    made = [held(meetup, "Ceph"), held(meetup, "Logs", starts="10:30"), session(meetup, "Hall talk")]
    for one in made[:2]:
        actions.pin(one, pinned=False, by=ada(), now=NOW)
    return meetup, made


def cell(meetup, starts="10:30", where=loft) -> str:
    """Return what a form sends for a place."""
    return f"{at(meetup, starts).pk}-{where(meetup).pk}"


def send(browser, meetup, moved, place, version) -> str:
    """Move a session as the board does; return what the board says."""
    sent = {"session": moved.pk, "place": place, "version": version or ""}
    return " ".join(text_of(browser.post(url("moves", meetup), sent, headers=HX)).split())


def test_moves_of_two_organisers_on_the_same_board_are_both_kept():
    meetup, (ceph, logs, _) = two_organisers()
    seen = queries.version_of(meetup)
    send(browser_of(ada()), meetup, ceph, cell(meetup), seen)
    page = send(browser_of(bo()), meetup, logs, cell(meetup, "09:30"), seen)
    assert "Moved and pinned" in page
    assert places(meetup) == {"Ceph": "day 1 10:30 Loft", "Logs": "day 1 09:30 Loft"}


def test_a_move_of_what_somebody_else_moved_meanwhile_is_refused_with_a_sentence():
    meetup, (ceph, logs, _) = two_organisers()
    seen = queries.version_of(meetup)
    send(browser_of(ada()), meetup, ceph, cell(meetup), seen)
    told = "Ada Example moved “Ceph” to Tue 10:30, Loft a moment ago, so your move was not made."
    for moved, place in ((ceph, cell(meetup, "09:30")), (logs, cell(meetup)), (ceph, "tray")):
        assert told in send(browser_of(bo()), meetup, moved, place, seen)
    assert places(meetup) == {"Ceph": "day 1 10:30 Loft", "Logs": "day 1 10:30 Hall"}
    send(browser_of(bo()), meetup, ceph, cell(meetup, "09:30"), queries.version_of(meetup))
    assert places(meetup)["Ceph"] == "day 1 09:30 Loft"


def test_each_move_is_one_entry_of_the_journal_and_one_of_the_history():
    meetup, (ceph, _, _) = two_organisers()
    before = len(journal.entries_of(meetup.pk)), Move.objects.count()
    send(browser_of(ada()), meetup, ceph, cell(meetup), queries.version_of(meetup))
    assert (len(journal.entries_of(meetup.pk)), Move.objects.count()) == (before[0] + 1, before[1] + 1)
    send(browser_of(ada()), meetup, ceph, cell(meetup), queries.version_of(meetup))  # it is there already
    assert (len(journal.entries_of(meetup.pk)), Move.objects.count()) == (before[0] + 1, before[1] + 1)


def test_moves_are_taken_back_and_done_again_in_turn():
    meetup, (ceph, logs, talk) = two_organisers()
    start = places(meetup)
    for moved, place in ((ceph, cell(meetup)), (talk, cell(meetup, "09:30", hall)), (logs, "tray")):
        send(browser_of(ada()), meetup, moved, place, None)
    end, ada_there = places(meetup), browser_of(ada())
    assert end == {"Ceph": "day 1 10:30 Loft", "Hall talk": "day 1 09:30 Hall"}
    for _ in range(3):
        page = text_of(ada_there.post(url("moves", meetup), {"_method": "delete"}, headers=HX))
        assert "Undone: " in page
    assert places(meetup) == start
    assert not Placement.objects.filter(session=ceph, pinned=True).exists()
    for _ in range(3):
        assert "Done again: " in text_of(ada_there.post(url("undone", meetup), headers=HX))
    assert places(meetup) == end
    assert "There is nothing to do again." in text_of(ada_there.post(url("undone", meetup), follow=True))


def test_a_new_move_ends_what_could_be_done_again():
    meetup, (ceph, logs, _) = two_organisers()
    send(browser_of(ada()), meetup, ceph, cell(meetup), None)
    actions.undo(meetup, by=ada(), now=NOW)
    send(browser_of(ada()), meetup, logs, cell(meetup), None)
    with pytest.raises(Refusal, match="nothing to do again"):
        actions.redo(meetup, by=ada(), now=NOW)


def test_undo_is_for_ones_own_moves_and_never_undoes_what_others_did():
    meetup, (ceph, logs, _) = two_organisers()
    with pytest.raises(Refusal, match="You have moved nothing"):
        actions.undo(meetup, by=bo(), now=NOW)
    send(browser_of(ada()), meetup, ceph, cell(meetup), None)
    send(browser_of(bo()), meetup, ceph, cell(meetup, "09:30"), None)
    with pytest.raises(Refusal, match="“Ceph” has been moved since"):
        actions.undo(meetup, by=ada(), now=NOW)
    actions.undo(meetup, by=bo(), now=NOW)
    send(browser_of(bo()), meetup, logs, cell(meetup, "09:30", hall), None)
    with pytest.raises(Refusal, match="“Logs” has been moved since"):
        actions.undo(meetup, by=ada(), now=NOW)  # Logs is where Ceph came from
    assert places(meetup) == {"Ceph": "day 1 10:30 Loft", "Logs": "day 1 09:30 Hall"}


def test_what_was_removed_since_is_not_brought_back():
    meetup, (ceph, _, _) = two_organisers()
    send(browser_of(ada()), meetup, ceph, "tray", None)
    actions.remove_room(hall(meetup), by=ada(), now=NOW)
    with pytest.raises(Refusal, match="has been removed meanwhile"):
        actions.undo(meetup, by=ada(), now=NOW)


def test_a_draft_is_one_move_that_can_be_undone():
    meetup, _ = two_organisers()
    start = places(meetup)
    supported(proposed(meetup, "New"), "Cy")
    actions.draft(meetup, by=ada(), seed=1, now=NOW, moves=2_000)
    assert len(places(meetup)) == 4
    assert actions.undo(meetup, by=ada(), now=NOW) == "Undone: drafted the agenda."
    assert places(meetup) == start


def test_news_are_told_once_and_only_of_others():
    meetup, (ceph, _, _) = two_organisers()
    seen = queries.version_of(meetup)
    bo_there = browser_of(bo())
    assert bo_there.get(f"{url('news', meetup)}?version={seen}", headers=HX).status_code == 204
    send(browser_of(ada()), meetup, ceph, cell(meetup), seen)
    page = text_of(bo_there.get(f"{url('news', meetup)}?version={seen}", headers=HX))
    assert "Ada Example moved “Ceph” to Tue 10:30, Loft." in page
    assert f"?version={queries.version_of(meetup)}" in page
    assert "Ada Example moved" not in text_of(browser_of(ada()).get(f"{url('news', meetup)}?version={seen}", headers=HX))
    for typed in ("", "x", "-1", "9" * 40):
        assert bo_there.get(url("news", meetup), {"version": typed}).status_code == 200


def test_what_is_locked_stays_through_moves_and_drafts_until_it_is_unlocked():
    meetup, (ceph, logs, _) = two_organisers()
    ada_there = browser_of(ada())
    ada_there.post(url("lock", meetup, ceph.pk))
    assert Placement.objects.get(session=ceph).locked
    for moved, place in ((ceph, cell(meetup)), (ceph, "tray"), (logs, cell(meetup, "09:30", hall))):
        assert "“Ceph” is locked" in send(ada_there, meetup, moved, place, None)
    actions.draft(meetup, by=ada(), seed=1, now=NOW, moves=2_000)
    assert places(meetup)["Ceph"] == "day 1 09:30 Hall"
    assert "Locked" in text_of(ada_there.get(url("board", meetup)))
    assert "is locked there." in text_of(ada_there.get(url("prices", meetup, logs.pk)))
    ada_there.post(url("lock", meetup, ceph.pk), {"_method": "delete"})
    send(ada_there, meetup, ceph, cell(meetup), None)
    assert places(meetup)["Ceph"] == "day 1 10:30 Loft"


def test_prices_are_told_for_each_place_without_naming_who_wants_what():
    meetup = planned()
    topics = [supported(proposed(meetup, title, dee()), "Cy", "Bo") for title in ("Ceph", "Logs")]
    ceph, _ = (held(meetup, t.title, starts=s) for t, s in zip(topics, ("09:30", "10:30"), strict=True))
    for made, topic in zip(meetup.sessions.order_by("pk"), topics, strict=True):
        made.topic = topic
        made.save()
    answer = browser_of(ada()).get(url("prices", meetup, ceph.pk)).json()["places"]
    assert answer[cell(meetup)]["change"] == -3
    assert answer[cell(meetup)]["words"].startswith("3 wishes lost.")
    assert answer["tray"]["change"] == -3
    assert answer[cell(meetup, "09:30", hall)]["here"] is True
    assert "Cy" not in str(answer)


def test_why_here_and_why_not_there_is_told_with_a_button_that_moves():
    meetup, (ceph, logs, talk) = two_organisers()
    page = " ".join(text_of(browser_of(ada()).get(url("why", meetup, ceph.pk))).split())
    assert ("Why here" in page, "Changes places with “Logs”." in page) == (True, True)
    names = [place.name for place in queries.reasons_for(ceph).elsewhere]
    assert names[-1] == "Tue 09:00, Hall"  # for everybody together: no gain in wishes makes it a good place
    assert '<td data-label="Wishes" class="number"> conflict </td>' in page
    assert "Where it could go" in text_of(browser_of(ada()).get(url("why", meetup, talk.pk)))
    browser_of(ada()).post(url("moves", meetup), {"session": ceph.pk, "place": cell(meetup, where=hall), "version": ""})
    assert places(meetup) == {"Ceph": "day 1 10:30 Hall", "Logs": "day 1 09:30 Hall"}
    assert logs.title == "Logs"


def test_drafts_are_kept_compared_brought_back_and_dropped():
    meetup, (ceph, logs, _) = two_organisers()
    ada_there, start = browser_of(ada()), places(meetup)
    ada_there.post(url("drafts", meetup), {"name": "First"})
    send(ada_there, meetup, ceph, cell(meetup), None)
    compared = queries.compared(meetup)
    assert [(c.name, c.placed, c.moved) for c in compared.columns] == [("On the board", 2, 0), ("First", 2, 1)]
    assert [(d.title, d.places) for d in compared.differences] == [
        ("Ceph", (("Tue 10:30, Loft", False), ("Tue 09:30, Hall", True)))
    ]
    assert "1 session is not in the same place everywhere" in " ".join(text_of(ada_there.get(url("drafts", meetup))).split())
    kept = Draft.objects.get()
    actions.lock(logs, locked=True, by=ada(), now=NOW)
    page = text_of(ada_there.post(url("kept_draft", meetup, kept.pk), follow=True))
    assert "“First” is on the board." in page
    assert (places(meetup), Placement.objects.get(session=logs).locked) == (start, True)
    actions.undo(meetup, by=ada(), now=NOW)
    assert places(meetup)["Ceph"] == "day 1 10:30 Loft"
    ada_there.post(url("kept_draft", meetup, kept.pk), {"_method": "delete"})
    assert Draft.objects.count() == 0


def test_a_draft_wants_a_name_of_its_own_and_something_to_keep():
    meetup = planned()
    ada_there = browser_of(ada())
    assert "there is nothing to keep" in text_of(ada_there.post(url("drafts", meetup), {"name": "First"}))
    held(meetup)
    for number in range(6):
        ada_there.post(url("drafts", meetup), {"name": f"Draft {number}"})
    assert "Drop one of them first" in text_of(ada_there.post(url("drafts", meetup), {"name": "One more"}))
    assert "There is a draft “Draft 1” already." in text_of(ada_there.post(url("drafts", meetup), {"name": "Draft 1"}))
    assert Draft.objects.count() == 6


def test_the_doors_of_the_board_are_shut_for_strangers():
    meetup, (ceph, _, _) = two_organisers()
    kept = actions.keep_draft(meetup, "First", by=ada(), now=NOW)
    doors = [("news", ()), ("moves", ()), ("undone", ()), ("drafts", ()), ("kept_draft", (kept.pk,))]
    doors += [(name, (ceph.pk,)) for name in ("lock", "prices", "why")]
    before = places(meetup), Move.objects.count()
    for name, more in doors:
        for who in (None, cy()):
            for answer in (
                browser_of(who).get(url(name, meetup, *more), follow=True),
                browser_of(who).post(url(name, meetup, *more)),
            ):
                assert answer.status_code in {404, 405}, name
    assert (places(meetup), Move.objects.count(), Draft.objects.count()) == (*before, 1)
    other = planned()
    assert browser_of(ada()).post(url("kept_draft", other, kept.pk)).status_code == 404
    assert browser_of(ada()).post(url("moves", other), {"session": ceph.pk, "place": "tray"}).status_code == 404


@pytest.mark.parametrize("typed", ["", "x", "-1", "9" * 40, "1.5", "🦆", "<b>"])
def test_a_move_that_cannot_be_read_is_told(typed):
    meetup, (ceph, _, _) = two_organisers()
    before = places(meetup)
    for sent in ({"session": typed, "place": cell(meetup)}, {"session": ceph.pk, "place": typed}):
        assert "notice-warning" in text_of(browser_of(ada()).post(url("moves", meetup), sent, follow=True))
    assert places(meetup) == before


@pytest.mark.django_db(transaction=True)
def test_two_moves_into_one_place_at_once_are_one_move_and_one_sentence():
    meetup, (ceph, logs, _) = two_organisers()
    seen, slot, room = queries.version_of(meetup), at(meetup, "10:30"), loft(meetup)
    rush = [
        lambda: actions.move(ceph, slot, room, by=ada(), now=NOW, seen=seen),
        lambda: actions.move(logs, slot, room, by=bo(), now=NOW, seen=seen),
    ]
    raised = all_at_once(rush)
    assert [type(error) for error in raised] == [Refusal]
    assert len(Placement.objects.filter(slot=slot, room=room)) == 1
    assert len(places(meetup)) == 2

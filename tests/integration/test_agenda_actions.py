"""The agenda is drafted by the solver and changed by hand; real grids are kept as they were and judged."""

import pytest

from midcycle.agenda import actions, queries
from midcycle.agenda.actions.drafting import Deed, store
from midcycle.agenda.models import Pick, Placement, Session, SessionPart
from midcycle.engines.solver.anneal import draft as solve
from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from midcycle.topics import actions as topics
from tests.world import NOW, ada, bo, cy, dee, idea, person, placed
from tests.worlds.agenda import at, hall, held, loft, planned, released, room, session, slot
from tests.worlds.topics import proposed, supported

pytestmark = pytest.mark.django_db


def told() -> list[tuple[str, dict[str, object]]]:
    """Return the deeds of this app with their facts, in order."""
    return list(Entry.objects.filter(kind__startswith="agenda.").order_by("id").values_list("kind", "facts"))


def where(meetup) -> dict[str, tuple[str, str | None]]:
    """Return the place of each placed session, by title."""
    found = Placement.objects.filter(session__meetup=meetup).select_related("session", "slot", "room")
    return {p.session.title: (f"{p.slot.day} {p.slot.starts:%H:%M}", p.room.name if p.room else None) for p in found}


def test_a_session_of_the_organisers_own():
    meetup = placed()
    made = actions.add_session(
        meetup, " Wrap-up ", format="wrap_up", abstract="# How\n<b>was</b> it?", for_all=True, by=ada(), now=NOW
    )
    assert (made.title, made.format, made.for_all, made.topic) == ("Wrap-up", "wrap_up", True, None)
    assert made.abstract_html == "<h2>How</h2>\n<p>&lt;b&gt;was&lt;/b&gt; it?</p>\n"
    assert told() == [("agenda.session_added", {"session": made.pk, "topic": None})]


@pytest.mark.parametrize(
    ("title", "facts", "field"),
    [
        ("\x00", {}, "title"),
        ("x" * 161, {}, "title"),
        ("x", {"format": "keynote"}, "format"),
        ("x", {"abstract": "x" * 10_001}, "abstract"),
    ],
)
def test_a_session_that_cannot_be_is_refused(title, facts, field):
    with pytest.raises(Refusal) as refused:
        actions.add_session(placed(), title, by=ada(), now=NOW, **facts)
    assert refused.value.field == field
    assert Session.objects.count() == 0


def test_a_topic_becomes_one_session_of_its_own_meetup():
    meetup = placed()
    topic = proposed(meetup)
    session(meetup, topic=topic)
    with pytest.raises(Refusal, match="has a session already"):
        session(meetup, topic=topic)
    with pytest.raises(Refusal, match="belongs to another meetup"):
        session(placed("Another"), topic=proposed(meetup, "Other"))


def test_a_part_is_given_once_and_taken_away():
    made = session(planned())
    one = actions.give_part(made, dee(), "lead", by=ada(), now=NOW)
    assert actions.give_part(made, dee(), "lead", by=ada(), now=NOW) == one
    unknown = actions.give_part_to_address(made, "new@example.org", "in_demand", by=ada(), now=NOW)
    assert [(held.part, held.person.email) for held in SessionPart.objects.order_by("pk")] == [
        ("lead", "dee@example.org"),
        ("in_demand", "new@example.org"),
    ]
    actions.take_part_away(unknown, by=ada(), now=NOW)
    assert list(SessionPart.objects.all()) == [one]
    with pytest.raises(Refusal, match="no such part"):
        actions.give_part(made, dee(), "boss", by=ada(), now=NOW)
    assert [kind for kind, _ in told()].count("agenda.part_given") == 2


def test_a_grid_with_double_bookings_is_kept_and_reported():
    meetup = planned()
    one = held(meetup, "One", dee(), bo())
    two = held(meetup, "Two", dee())
    three = held(meetup, "Three", bo(), starts="11:10", where=loft(meetup))
    found = queries.findings(meetup)
    assert sorted((f.code, f.sentence, f.topics) for f in found) == [
        ("person_double", "Dee Example is needed in both One and Two at Tue 09:30.", (one.pk, two.pk)),
        ("reserved_slot", "Three runs at Tue 11:10, which is kept free.", (three.pk,)),
        ("room_double", "Hall holds both One and Two at Tue 09:30.", (one.pk, two.pk)),
    ]
    assert where(meetup)["One"] == where(meetup)["Two"] == ("1 09:30", "Hall")


def test_overlapping_slots_hold_double_bookings_too():
    meetup = planned()
    one = held(meetup, "One", dee())
    two = session(meetup, "Two", dee())
    actions.place(two, slot(meetup, "10:00", "11:00"), hall(meetup), by=ada(), now=NOW)
    assert [(f.code, f.topics) for f in queries.findings(meetup)] == [
        ("room_double", (one.pk, two.pk)),
        ("person_double", (one.pk, two.pk)),
    ]


def test_what_nobody_recorded_is_no_conflict():
    meetup = placed(stage="agenda")
    one, two, three, four = (session(meetup, title, dee()) for title in ("One", "Two", "Three", "Four"))
    loose, endless = slot(meetup, None), slot(meetup, "09:00")
    the_room = room(meetup)
    for made, held_at in ((one, loose), (two, loose), (three, endless), (four, slot(meetup, "09:01"))):
        actions.place(made, held_at, the_room, by=ada(), now=NOW)
    assert queries.findings(meetup) == ()
    actions.place(four, slot(meetup, "09:00", "10:00"), None, by=ada(), now=NOW)
    assert [f.sentence for f in queries.findings(meetup)] == [
        "Dee Example is needed in both Three (Tue 09:00) and Four (Tue 09:00), which overlap."
    ]


def test_a_note_taker_in_two_places_is_reported_but_does_not_bind_a_draft():
    meetup = planned()
    one, two = held(meetup, "One"), held(meetup, "Two", where=loft(meetup))
    for made in (one, two):
        actions.give_part(made, cy(), "note_taker", by=ada(), now=NOW)
        actions.give_part(made, bo(), "publisher", by=ada(), now=NOW)
    assert [f.sentence for f in queries.findings(meetup)] == ["Cy Example is needed in both One and Two at Tue 09:30."]
    assert [topic.needed for topic in queries.drafting(meetup).problem.topics] == [(), ()]


def test_a_place_of_another_meetup_is_refused():
    meetup, other = planned(), placed("Another")
    with pytest.raises(Refusal, match="belongs to another meetup"):
        actions.place(session(meetup), slot(other), None, by=ada(), now=NOW)
    with pytest.raises(Refusal, match="belongs to another meetup"):
        actions.place(session(meetup), at(meetup, "09:30"), room(other), by=ada(), now=NOW)


def test_a_move_changes_places_with_what_is_there():
    meetup = planned()
    one, two = held(meetup, "One"), held(meetup, "Two", starts="10:30", where=loft(meetup))
    actions.pin(two, pinned=False, by=ada(), now=NOW)
    moved = actions.move(one, at(meetup, "10:30"), loft(meetup), by=ada(), now=NOW)
    assert moved.sentence == "Moved and pinned. It changed places with “Two”."
    assert where(meetup) == {"One": ("1 10:30", "Loft"), "Two": ("1 09:30", "Hall")}
    assert dict(Placement.objects.values_list("session__title", "pinned")) == {"One": True, "Two": False}


def test_a_move_from_the_tray_takes_the_place():
    meetup = planned()
    actions.pin(held(meetup, "Two"), pinned=False, by=ada(), now=NOW)
    moved = actions.move(session(meetup, "One"), at(meetup, "09:30"), hall(meetup), by=ada(), now=NOW)
    assert moved.sentence == "Moved and pinned. “Two” was there and is now without a place."
    assert where(meetup) == {"One": ("1 09:30", "Hall")}


def test_a_move_stops_at_a_pin_at_a_break_and_at_free_time():
    meetup = planned()
    held(meetup, "Two")
    one = session(meetup, "One")
    with pytest.raises(Refusal, match="“Two” is pinned there"):
        actions.move(one, at(meetup, "09:30"), hall(meetup), by=ada(), now=NOW)
    for starts in ("10:10", "11:10"):
        with pytest.raises(Refusal, match="kept free"):
            actions.move(one, at(meetup, starts), hall(meetup), by=ada(), now=NOW)
    assert where(meetup) == {"Two": ("1 09:30", "Hall")}


def test_a_session_is_pinned_unpinned_and_unplaced():
    made = held(planned())
    actions.pin(made, pinned=False, by=ada(), now=NOW)
    actions.unplace(made, by=ada(), now=NOW)
    actions.unplace(made, by=ada(), now=NOW)
    with pytest.raises(Refusal, match="no place to be pinned to"):
        actions.pin(made, pinned=True, by=ada(), now=NOW)
    assert [kind for kind, _ in told()][-2:] == ["agenda.session_unpinned", "agenda.session_unplaced"]


def draft(meetup, **how):
    return actions.draft(meetup, **{"by": ada(), "seed": 7, "now": NOW, "moves": 3000, **how})


@pytest.mark.parametrize(
    ("build", "sentence"),
    [
        (placed, "There is no room yet"),
        (lambda: room(placed()).meetup, "There is no slot for sessions yet"),
        (lambda: slot(room(placed()).meetup, kind="break").meetup, "There is no slot for sessions yet"),
        (lambda: slot(room(placed()).meetup, kind="free").meetup, "There is no slot for sessions yet"),
        (planned, "There is no topic and no session yet"),
    ],
)
def test_a_draft_says_what_is_missing(build, sentence):
    with pytest.raises(Refusal, match=sentence):
        draft(build())


def test_a_draft_makes_sessions_of_open_topics_and_places_them_apart():
    meetup = planned()
    ceph, logs, gone = (proposed(meetup, title, person("Eli"), details="**Why**") for title in ("Ceph", "Logs", "Gone"))
    for topic in (ceph, logs):
        supported(topic, "Bo", "Cy")
    topics.offer_to_moderate(ceph, dee(), "lead", now=NOW)
    topics.offer_to_moderate(ceph, cy(), "shadow", now=NOW)
    topics.withdraw(gone, person("Eli"), now=NOW)
    assert draft(meetup) == actions.Drafted(placed=2, left_out=0, met=6, wanted=6)
    made = Session.objects.get(topic=ceph)
    assert (made.title, made.abstract_html) == ("Ceph", "<p><strong>Why</strong></p>\n")
    assert sorted(made.parts.values_list("person", "part")) == sorted([(dee().pk, "lead"), (cy().pk, "shadow")])
    places = where(meetup)
    assert places["Ceph"][0] != places["Logs"][0]
    assert Session.objects.count() == 2
    assert Placement.objects.get(session=made).reason.startswith("3 people want it and can come.")
    facts = {"seed": 7, "moves": 3000, "placed": 2, "left_out": 0, "met": 6, "wanted": 6}
    assert [entry for entry in told() if entry[0] == "agenda.drafted"] == [("agenda.drafted", facts)]


def test_a_draft_leaves_breaks_free_time_and_plenaries_to_whom_they_belong():
    meetup = planned()
    for number in range(9):
        proposed(meetup, f"Topic {number}", person(f"P{number}"))
    session(meetup, "Wrap-up", for_all=True, format="wrap_up")
    drafted = draft(meetup)
    assert (drafted.placed, drafted.left_out) == (7, 3)
    used = set(Placement.objects.exclude(session__for_all=True).values_list("slot__kind", flat=True))
    assert used == {"session"}
    assert where(meetup)["Wrap-up"][0] == "1 09:00"
    assert queries.findings(meetup) == ()


def test_sessions_for_everybody_come_in_their_order_and_a_wrap_up_last():
    meetup = planned()
    slot(meetup, "14:00", "15:00", day=2, kind="plenary")
    slot(meetup, "09:00", "09:20", day=2, kind="plenary")
    session(meetup, "Wrap-up", for_all=True, format="wrap_up")
    session(meetup, "Welcome", for_all=True, format="plenary")
    draft(meetup)
    assert where(meetup) == {"Welcome": ("1 09:00", "Hall"), "Wrap-up": ("2 14:00", "Hall")}


def test_a_draft_keeps_pins_and_gives_a_room_to_those_without():
    meetup = planned()
    pinned, roomless = session(meetup, "Pinned"), session(meetup, "Roomless")
    actions.place(pinned, at(meetup, "11:10"), loft(meetup), by=ada(), now=NOW, reason="As agreed.")
    actions.place(roomless, at(meetup, "10:30"), None, by=ada(), now=NOW)
    loose = session(meetup, "Loose")
    actions.place(loose, at(meetup, "10:10"), hall(meetup), by=ada(), now=NOW, pinned=False)
    draft(meetup)
    places = where(meetup)
    assert places["Pinned"] == ("1 11:10", "Loft")
    assert places["Roomless"] == ("1 10:30", "Hall")
    assert at(meetup, places["Loose"][0][2:], int(places["Loose"][0][0])).kind == "session"
    assert Placement.objects.get(session=pinned).reason == "As agreed."


def test_a_draft_never_needs_a_lead_or_somebody_in_demand_twice():
    meetup = planned()
    for number in range(3):
        made = session(meetup, f"Session {number}", dee())
        actions.give_part(made, cy(), "in_demand", by=ada(), now=NOW)
    draft(meetup)
    assert len({place[0] for place in where(meetup).values()}) == 3
    assert queries.findings(meetup) == ()


def test_the_same_seed_gives_the_same_agenda():
    meetup = planned()
    for number in range(6):
        supported(proposed(meetup, f"Topic {number}", person(f"P{number}")), *(f"P{n}" for n in range(number)))
    draft(meetup)
    first = where(meetup)
    draft(meetup)
    assert where(meetup) == first
    assert Session.objects.count() == 6


def test_a_withdrawn_topic_loses_its_place_unless_pinned():
    meetup = planned()
    for title in ("Kept", "Dropped"):
        proposed(meetup, title)
    draft(meetup)
    actions.pin(Session.objects.get(title="Kept"), pinned=True, by=ada(), now=NOW)
    kept = where(meetup)["Kept"]
    for topic in meetup.topics.all():
        topics.withdraw(topic, ada(), now=NOW)
    draft(meetup)
    assert where(meetup) == {"Kept": kept}
    assert [(card.session.title, card.reason) for card in queries.board(meetup).tray] == [
        ("Dropped", "The topic was withdrawn.")
    ]


def test_a_draft_is_refused_when_the_frame_changed_meanwhile():
    meetup = planned()
    proposed(meetup)
    given = queries.drafting(meetup)
    assert queries.drafting(meetup).frame == given.frame
    supported(proposed(meetup, "New"), "Cy")
    assert queries.drafting(meetup).frame == given.frame
    actions.remove_slot(at(meetup, "09:30"), by=ada(), now=NOW)
    assert queries.drafting(meetup).frame != given.frame


def test_a_draft_stores_nothing_when_the_frame_changed_meanwhile():
    meetup = planned()
    proposed(meetup)
    given = queries.drafting(meetup)
    plan = solve(given.problem, seed=1, seconds=None, moves=10, clock=float)
    actions.remove_slot(at(meetup, "10:30"), by=ada(), now=NOW)
    with pytest.raises(Refusal, match=r"changed while the agenda was drafted\. Draft it again\."):
        store(meetup, given, plan, by=ada(), now=NOW, deed=Deed("drafted the agenda"))
    assert (Session.objects.count(), Placement.objects.count()) == (0, 0)


def test_what_came_and_went_during_a_draft_does_not_stop_it():
    meetup = planned()
    gone, removed = proposed(meetup, "Gone", bo()), session(meetup, "Removed")
    proposed(meetup, "Stays", bo())
    given = queries.drafting(meetup)
    plan = solve(given.problem, seed=1, seconds=None, moves=10, clock=float)
    topics.withdraw(gone, bo(), now=NOW)
    actions.remove_session(removed, by=ada(), now=NOW)
    session(meetup, "Late")
    store(meetup, given, plan, by=ada(), now=NOW, deed=Deed("drafted the agenda"))
    assert sorted(where(meetup)) == ["Stays"]
    assert sorted(Session.objects.values_list("title", flat=True)) == ["Late", "Stays"]


def test_a_session_without_a_time_stays_out_of_a_draft():
    meetup = planned()
    made = session(meetup, "Timeless")
    actions.place(made, slot(meetup, None), None, by=ada(), now=NOW)
    session(meetup, "Other")
    draft(meetup)
    assert Placement.objects.get(session=made).slot.starts is None
    assert sorted(Placement.objects.values_list("session__title", flat=True)) == ["Other", "Timeless"]


def test_a_pick_is_kept_without_telling_who_picked():
    made = held(planned())
    actions.pick(made, bo(), wanted=True, now=NOW)
    actions.pick(made, bo(), wanted=False, now=NOW)
    assert list(Pick.objects.values_list("person", "wanted")) == [(bo().pk, False)]
    entries = Entry.objects.filter(kind__in=("agenda.picked", "agenda.left_out")).order_by("id")
    assert [(e.kind, e.actor, e.facts) for e in entries] == [
        ("agenda.picked", None, {"session": made.pk}),
        ("agenda.left_out", None, {"session": made.pk}),
    ]


def test_a_released_session_is_removed_only_after_its_place_is_gone():
    meetup = planned()
    made = held(meetup)
    held(meetup, "Other", starts="10:30")
    released(meetup)
    with pytest.raises(Refusal, match="has a place in the newest release"):
        actions.remove_session(made, by=ada(), now=NOW)
    actions.unplace(made, by=ada(), now=NOW)
    released(meetup)
    actions.remove_session(made, by=ada(), now=NOW)
    assert list(Session.objects.values_list("title", flat=True)) == ["Other"]


def test_an_idea_has_an_empty_board():
    board = queries.board(idea())
    assert (board.days, board.tray, board.findings, board.missing) == ((), (), (), "There is no room yet.")


def test_a_draft_again_moves_nobody_for_nothing_and_places_what_is_new():
    meetup = planned()
    for title in ("Ceph", "Cells", "Upgrades"):
        supported(proposed(meetup, title), "Cy", "Dee")
    draft(meetup)
    before = {p.session_id: (p.slot_id, p.room_id) for p in Placement.objects.all()}
    supported(proposed(meetup, "Late"), "Bo")
    for seed in range(8, 12):
        draft(meetup, seed=seed)
    after = {p.session_id: (p.slot_id, p.room_id) for p in Placement.objects.all()}
    assert {number: after[number] for number in before} == before
    assert len(after) == 4

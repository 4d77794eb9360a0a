"""From a call for hosts to a decision: what may be done when, and by whom."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from midcycle.bidding import actions, queries
from midcycle.bidding.access import Standing
from midcycle.bidding.models import Bid, CostLine, Editor, HostCall
from midcycle.bidding.rules import Line, section_of
from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from tests.world import NOW, ada, bo, cy, dee, idea, person, placed
from tests.worlds.bidding import (
    ANSWERS,
    EARLIEST,
    LATEST,
    TODAY,
    at,
    begun,
    compared,
    decided,
    handed_in,
    opened_call,
    prepared,
    wanted,
)

pytestmark = pytest.mark.django_db


def refused(deed, *args, **named) -> str:
    """Return the sentence a deed is refused with."""
    with pytest.raises(Refusal) as refusal, transaction.atomic():
        deed(*args, **named)
    return refusal.value.message


def kinds():
    return list(Entry.objects.filter(kind__startswith="bidding.").order_by("id").values_list("kind", flat=True))


def test_a_call_opens_only_when_region_and_window_are_fixed():
    call = actions.prepare_call(idea(), wanted(region="", earliest=None, latest=None), by=ada(), now=at(days=-50))
    assert queries.desk_page(call, now=at(days=-50)).missing == (
        "Say the region first: who bids has to know where.",
        "Say the window first: the earliest and the latest day.",
        "Name the criteria and their weights: they are public before the first bid.",
        "Name the group that decides, two people or more.",
        "Name a neutral person who keeps the comparison.",
    )
    assert refused(actions.open_call, call, by=ada(), now=TODAY) == "Say the region first: who bids has to know where."
    call = prepared(call.meetup)
    opened = actions.open_call(call, by=ada(), now=at(days=-40))
    meetup = Meetup.objects.get()
    assert (opened.state, opened.phase(TODAY), meetup.region, meetup.stage) == ("open", "open", "europe", "hosting")


def test_the_database_opens_no_call_without_a_region():
    call = prepared()
    with pytest.raises(IntegrityError), transaction.atomic():
        HostCall.objects.filter(pk=call.pk).update(state="open", region="", public_at=TODAY)


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"region": "atlantis"}, "region"),
        ({"latest": EARLIEST - timedelta(days=1)}, "latest"),
        ({"latest": EARLIEST + timedelta(days=400)}, "latest"),
        ({"deadline": at(days=201)}, "deadline_day"),
        ({"people": 0}, "people"),
        ({"first_days": 31}, "first_days"),
        ({"about": "x" * 10_001}, "about"),
        ({"chosen_how": "x" * 2_001}, "chosen_how"),
    ],
)
def test_a_wrong_call_is_refused(other, field):
    with pytest.raises(Refusal) as refusal:
        actions.prepare_call(idea(), wanted(**other), by=ada(), now=TODAY)
    assert (refusal.value.field, HostCall.objects.count()) == (field, 0)


def test_criteria_are_fixed_once_the_call_is_open():
    call = opened_call()
    number = call.criteria.first().pk
    said = "This call is open already."
    later = "This call is open until its deadline. Come back after it."
    assert refused(actions.add_criterion, call, "Beauty", weight=1, by=ada(), now=TODAY) in {said, later}
    assert refused(actions.remove_criterion, call, number, by=ada(), now=TODAY) in {said, later}
    assert refused(actions.prepare_call, call.meetup, wanted(region="asia"), by=ada(), now=TODAY) in {said, later}
    assert list(call.criteria.order_by("pk").values_list("title", "weight")) == [("Rooms", 60), ("Costs", 40)]


@pytest.mark.parametrize(
    ("title", "weight", "field"),
    [("", 1, "title"), ("x" * 81, 1, "title"), ("rooms", 1, "title"), ("A", 0, "weight"), ("A", 101, "weight")],
)
def test_a_wrong_criterion_is_refused(title, weight, field):
    with pytest.raises(Refusal) as refusal:
        actions.add_criterion(prepared(), title, weight=weight, by=ada(), now=TODAY)
    assert refusal.value.field == field


def test_who_decides_keeps_nothing_and_bids_nothing():
    call = opened_call()
    writes = "This person writes a bid, and so can neither decide nor keep the comparison."
    decides = "Who decides on the bids or keeps their comparison cannot write one."
    bid = begun(call)
    assert refused(actions.name_member, call, bo().email, why="x", by=ada(), now=TODAY) == writes
    assert refused(actions.name_keeper, call, bo().email, by=ada(), now=TODAY) == writes
    assert refused(actions.name_keeper, call, dee().email, by=ada(), now=TODAY).startswith("Who decides does not keep")
    assert refused(actions.name_member, call, person("Eve").email, why="x", by=ada(), now=TODAY).startswith("This person keeps")
    for name in ("Dee", "Eve"):
        assert refused(actions.open_bid, call, by=person(name), now=TODAY) == decides
        assert refused(actions.invite_editor, bid, person(name).email, by=bo(), now=TODAY) == decides


def test_a_bid_is_kept_as_far_as_it_is_and_handed_in_when_it_is_whole():
    call = opened_call()
    bid = actions.open_bid(call, by=bo(), now=at(days=-30))
    assert actions.open_bid(call, by=bo(), now=TODAY).pk == bid.pk
    saved = actions.save_section(bid, section_of("place"), {"city": "Porto", "wifi": "no"}, seen=0, by=bo(), now=TODAY)
    assert (saved.answers, saved.versions) == ({"city": "Porto"}, {"place": 1})
    assert (
        refused(actions.hand_in, bid, by=bo(), now=TODAY)
        == "Not yet: this is missing: Country, Time zone, Days offered and 22 more."
    )
    whole = begun(call)
    CostLine.objects.all().delete()
    assert refused(actions.hand_in, whole, by=bo(), now=TODAY) == "Not yet: the sheet of costs is empty."
    actions.add_cost(whole, "Rooms", Line(1, per_person=False, by_host=True), by=bo(), now=TODAY)
    actions.hand_in(whole, by=bo(), now=TODAY)
    assert refused(actions.save_section, whole, section_of("place"), {}, seen=2, by=bo(), now=TODAY).startswith(
        "This bid is handed in."
    )
    actions.take_back(whole, by=bo(), now=TODAY)
    assert Bid.objects.get().state == "draft"


def test_without_a_conflict_statement_nothing_is_handed_in():
    bid = begun(opened_call(), conflict="")
    assert refused(actions.hand_in, bid, by=bo(), now=TODAY) == "Not yet: this is missing: Conflicts of interest."


def test_two_who_save_the_same_section_lose_nothing_and_other_sections_do_not_wait():
    bid = begun(opened_call())
    hal = person("Hal")
    actions.invite_editor(bid, hal.email, by=bo(), now=TODAY)
    team, food = section_of("team"), section_of("food")
    actions.save_section(bid, team, {"team": "Hal's"}, seen=1, by=hal, now=TODAY)
    with pytest.raises(actions.ChangedMeanwhile):
        actions.save_section(bid, team, {"team": "Bo's"}, seen=1, by=bo(), now=TODAY)
    actions.save_section(bid, food, {"evening": "The pub."}, seen=1, by=bo(), now=TODAY)
    kept = Bid.objects.get()
    assert (kept.answers["team"], kept.answers["evening"], kept.versions["team"]) == ("Hal's", "The pub.", 2)


@pytest.mark.parametrize("days", [(-1, 0), (90, 91), (5, 36)])
def test_days_outside_of_the_window_are_refused(days):
    first, last = (str(EARLIEST + timedelta(days=day)) for day in days)
    bid = actions.open_bid(opened_call(), by=bo(), now=TODAY)
    with pytest.raises(Refusal) as refusal:
        actions.save_section(
            bid, section_of("place"), {"days": [{"starts_on": first, "ends_on": last}]}, seen=0, by=bo(), now=TODAY
        )
    assert refusal.value.field == "days"
    assert EARLIEST < LATEST


def test_after_the_deadline_bids_stay_and_are_only_withdrawn():
    _, porto, _ = compared()
    past = "The deadline is past: bids stay as they are."
    by = bo()
    assert refused(actions.take_back, porto, by=by, now=TODAY) == past
    assert refused(actions.save_section, porto, section_of("food"), {}, seen=1, by=by, now=TODAY) == past
    assert refused(actions.add_cost, porto, "x", Line(1, per_person=False, by_host=False), by=by, now=TODAY) == past
    assert refused(actions.invite_editor, porto, "x@example.org", by=by, now=TODAY) == past
    assert refused(actions.open_bid, porto.call, by=cy(), now=TODAY) == past
    actions.withdraw_bid(porto, by=by, now=TODAY)
    assert [bid.city for bid in queries.call_page(porto.call, _nobody(), now=TODAY).bids] == ["Graz"]


def _nobody():
    return Standing(None, organises=False, keeps=False, member=None, edits=frozenset())


def test_a_deadline_only_moves_later_and_not_once_it_is_past_unless_nobody_bid():
    call = opened_call()
    assert (
        refused(actions.extend_deadline, call, at(days=29), by=ada(), now=TODAY) == "A deadline only moves to a later moment."
    )
    assert refused(actions.extend_deadline, call, at(days=250), by=ada(), now=TODAY).startswith("Bids end before the window")
    actions.extend_deadline(call, at(days=40), by=ada(), now=TODAY)
    assert HostCall.objects.get().deadline == at(days=40)
    other = opened_call(idea("Autumn meetup"), deadline=at(days=-1))
    actions.extend_deadline(other, at(days=10), by=ada(), now=TODAY)
    handed_in(other, now=TODAY)
    assert refused(actions.extend_deadline, other, at(days=20), by=ada(), now=at(days=11)).startswith("The deadline is past")


def test_the_last_editor_stays_and_whoever_went_changes_nothing():
    bid = begun(opened_call())
    first = Editor.objects.get(bid=bid)
    assert refused(actions.remove_editor, first, by=bo(), now=TODAY).startswith("Somebody has to write this bid.")
    hal = person("Hal")
    second = actions.invite_editor(bid, hal.email, by=bo(), now=TODAY)
    assert actions.invite_editor(bid, hal.email, by=bo(), now=TODAY).pk == second.pk
    actions.remove_editor(first, by=hal, now=TODAY)
    assert refused(actions.save_section, bid, section_of("food"), {}, seen=1, by=bo(), now=TODAY).startswith("You do not write")
    assert kinds().count("bidding.editor_invited") == 1


def test_a_clone_brings_all_but_days_and_interests():
    _, porto, _ = decided()
    call = opened_call(idea("Autumn meetup"))
    clone = actions.open_bid(call, by=bo(), now=TODAY, like=porto)
    porto.refresh_from_db()
    assert clone.answers == {key: value for key, value in porto.answers.items() if key not in {"days", "conflict"}}
    assert (clone.versions, clone.state, clone.cost_lines.count(), porto.cost_lines.count()) == ({}, "draft", 2, 2)


def test_who_lost_knows_of_the_next_call_first():
    series = meetups.start_series("Ops", slug="ops", now=NOW)
    first = idea()
    meetups.join_series(first, series, by=ada(), now=NOW)
    decided(first)
    second = idea("Autumn meetup")
    meetups.join_series(second, series, by=ada(), now=NOW)
    call = actions.open_call(prepared(second), by=ada(), now=TODAY)
    assert (call.public_at, call.phase(TODAY), call.phase(at(days=7))) == (at(days=7), "first", "open")
    assert queries.people_to_tell_first(call) == [person("Gil")]
    assert queries.glance(second, now=TODAY) is None
    assert queries.glance(second, now=at(days=8)).phase == "open"


def test_a_call_whose_deadline_comes_before_everybody_knows_does_not_open():
    series = meetups.start_series("Ops", slug="ops", now=NOW)
    first, second = idea(), idea("Autumn meetup")
    for meetup in (first, second):
        meetups.join_series(meetup, series, by=ada(), now=NOW)
    decided(first)
    call = prepared(second, deadline=at(days=5))
    assert refused(actions.open_call, call, by=ada(), now=TODAY).startswith("The deadline is before everybody knows")


def test_nothing_begins_for_a_meetup_that_has_its_place_or_is_archived():
    call = prepared(placed())
    assert refused(actions.open_call, call, by=ada(), now=TODAY) == "This meetup has a place already."
    other = placed("Autumn meetup", stage="archived")
    assert refused(actions.prepare_call, other, wanted(), by=ada(), now=TODAY).startswith("This meetup is archived")


def test_the_keeper_writes_cells_and_bidders_report_mistakes():
    call, porto, graz = compared()
    eve = person("Eve")
    field = section_of("venue").fields[2]
    actions.write_cell(porto, field, "150, by the fire office", seen=0, by=eve, now=TODAY)
    with pytest.raises(actions.ChangedMeanwhile):
        actions.write_cell(porto, field, "160", seen=0, by=eve, now=TODAY)
    told = actions.report_mistake(graz, "capacity", "It is 200.", by=person("Gil"), now=TODAY)
    actions.answer_mistake(told, "Put right.", by=eve, now=TODAY)
    found = queries.comparison(call, with_costs=False)
    row = next(row for row in found.rows if row.field.key == "capacity")
    assert [(cell.text, cell.is_keepers) for cell in row.cells] == [("150, by the fire office", True), ("150", False)]
    assert [(one.label, one.text, one.answer) for one in found.mistakes] == [
        ("Most people at once", "It is 200.", "Put right.")
    ]
    assert refused(actions.write_cell, porto, field, "1", seen=1, by=ada(), now=TODAY).startswith("You do not keep")
    actions.write_cell(porto, field, "", seen=1, by=eve, now=TODAY)
    row = next(row for row in queries.comparison(call, with_costs=False).rows if row.field.key == "capacity")
    assert [cell.text for cell in row.cells] == ["150", "150"]


def test_costs_are_added_up_for_as_many_as_are_expected():
    call, porto, _ = compared()
    assert queries.comparison(call, with_costs=True).costs[0] == (
        "Porto, Example University",
        "2,500.00 EUR",
        "1,000.00 EUR",
        "1,500.00 EUR",
    )
    assert [line.comes_to for line in queries.cost_sheet(porto).lines] == ["1,000.00 EUR", "1,500.00 EUR"]
    assert queries.comparison(call, with_costs=False).costs == ()


def test_the_file_is_safe_for_spreadsheets_and_has_costs_once_decided():
    call = opened_call(deadline=at(days=-1))
    handed_in(call, organisation="=HYPERLINK(1)")
    text = queries.comparison_file(call).decode("utf-8-sig")
    assert "\n=" not in text
    assert ",=" not in text
    assert "Costs in all" not in text
    assert "1,000.00" not in text


@pytest.mark.parametrize("count", [1, 3])
def test_pages_take_the_same_queries_for_one_and_for_many(count, django_assert_num_queries):
    call = opened_call(deadline=at(days=-1))
    bids = [handed_in(call, f"Host{number}", city=f"City {number}") for number in range(count)]
    for number in range(count):
        actions.ask(call, f"Question {number}?", by=cy(), now=TODAY)
    assert ANSWERS["city"] == "Porto"
    standing = _nobody()
    with django_assert_num_queries(5):
        queries.call_page(call, standing, now=TODAY)
    with django_assert_num_queries(4):
        queries.comparison(call, with_costs=True)
    with django_assert_num_queries(5):
        queries.outcome(call)
    bid = Bid.objects.select_related("call").get(pk=bids[0].pk)
    with django_assert_num_queries(4):
        queries.bid_page(bid, standing, now=TODAY)


def test_what_was_not_handed_in_is_forgotten_half_a_year_after_the_deadline():
    call, porto, _ = compared()
    begun(opened_call(idea("Autumn meetup")), "Gil")
    draft = Bid.objects.create(call=call, opened_by=cy(), opened_at=TODAY, changed_by=cy(), changed_at=TODAY)
    assert actions.forget(now=at(days=178)) == 0
    assert actions.forget(now=at(days=180)) == 3
    porto.refresh_from_db()
    assert ("contact_email" in porto.answers, porto.answers["city"]) == (False, "Porto")
    assert list(Bid.objects.filter(state="draft").values_list("call__meetup__slug", flat=True)) == ["autumn-meetup"]
    assert not Bid.objects.filter(pk=draft.pk).exists()
    assert actions.forget(now=at(days=181)) == 0
    assert kinds().count("bidding.bids_forgotten") == 1

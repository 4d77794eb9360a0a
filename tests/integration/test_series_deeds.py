"""The rule of a series is written in versions, its past is kept, and a meetup finds its place in it."""

from dataclasses import replace
from datetime import date

import pytest

from midcycle.accounts.actions import make_administrator
from midcycle.engines.schedules.events import Found
from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup, Series
from midcycle.series.actions import belonging, events, rotation
from midcycle.series.models import CalendarEvent, Colocation, PastEdition, RotationException, RotationRule
from midcycle.series.queries.editions import history
from midcycle.series.rules.facts import Past, Terms, read_file
from tests.world import FIRST_DAY, NOW, ada, bo, cy, idea, placed
from tests.worlds.series import FILE, OPPOSE, THREE, event, past, ruled, series_of

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def kinds() -> list[str]:
    """Return the deeds of this app, in order."""
    return list(Entry.objects.filter(kind__startswith="series.").order_by("id").values_list("kind", flat=True))


def states(series: Series) -> dict[str, str]:
    return {row.edition.key: row.verdict.state for row in history(series, today=TODAY).rows}


def test_every_version_of_a_rule_is_kept_with_who_wrote_it():
    series = series_of(placed())
    ruled(series)
    ruled(series, Terms("Never twice.", never_twice=True, source="Minutes"), by=bo())
    kept = list(RotationRule.objects.order_by("number").values_list("number", "text", "written_by__name"))
    assert kept == [(1, "Not where the next summit is.", "Ada Example"), (2, "Never twice.", "Bo Example")]
    assert Series.objects.get().rotation_rule == "Never twice."
    assert Entry.objects.filter(kind="series.rule_written").last().facts == {"series": series.pk, "number": 2}


def test_of_two_who_change_the_rule_at_once_the_second_is_told():
    series = series_of()
    rotation.set_rule(series, OPPOSE, by=ada(), now=NOW, seen=0)
    with pytest.raises(Refusal, match="Somebody changed this rule meanwhile"):
        rotation.set_rule(series, replace(OPPOSE, text="Mine"), by=bo(), now=NOW, seen=0)
    assert RotationRule.objects.get().text == OPPOSE.text


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        (Terms(""), "text"),
        (Terms("\u2800"), "text"),
        (replace(OPPOSE, regions=THREE[:1]), "regions"),
        (Terms("x", regions=THREE[:1], never_twice=True), "regions"),
    ],
)
def test_a_rule_that_nobody_can_keep_is_refused(terms, field):
    with pytest.raises(Refusal) as refusal:
        ruled(series_of(), terms)
    assert (refusal.value.field, RotationRule.objects.count()) == (field, 0)


def test_a_broken_edition_becomes_an_exception_with_a_public_reason_and_back():
    series = series_of()
    ruled(series)
    edition = past(series, summit_region="europe")
    assert states(series) == {"p-oslo-2025": "broken"}
    with pytest.raises(Refusal, match="Say why"):
        rotation.make_exception(series, edition, " \u200b", by=ada(), now=NOW)
    made = rotation.make_exception(series, edition, "The hall\r\nburnt out.", by=ada(), now=NOW)
    assert states(series) == {"p-oslo-2025": "excepted"}
    rotation.make_exception(series, edition, "The ferry sank.", by=ada(), now=NOW)
    assert RotationException.objects.get().reason == "The ferry sank."
    rotation.lift_exception(made, by=ada(), now=NOW)
    assert states(series) == {"p-oslo-2025": "broken"}
    assert kinds()[-3:] == ["series.exception_made", "series.exception_made", "series.exception_lifted"]


def test_past_editions_are_kept_changed_and_dropped():
    series = series_of()
    edition = past(series)
    with pytest.raises(Refusal) as twin:
        past(series)
    assert twin.value.field == "name"
    with pytest.raises(Refusal, match="last day is before the first"):
        past(series, "Backwards", ends_on=date(2025, 3, 3))
    rotation.change_past(edition, Past(key="other", name="Bergen 2025", city="Bergen"), by=ada(), now=NOW)
    assert PastEdition.objects.values_list("key", "name", "region").get() == ("oslo-2025", "Bergen 2025", "")
    rotation.drop_past(edition, by=ada(), now=NOW)
    assert PastEdition.objects.count() == 0
    assert kinds() == ["series.past_kept", "series.past_changed", "series.past_dropped"]


def test_the_real_file_is_taken_in_once_and_again():
    series, facts = series_of(), read_file(FILE.read_bytes())
    assert rotation.take_in(series, facts, by=ada(), now=NOW) == (11, 0)
    assert rotation.take_in(series, facts, by=ada(), now=NOW) == (0, 11)
    assert (PastEdition.objects.count(), RotationRule.objects.count()) == (11, 2)
    assert [row.edition.name for row in history(series, today=TODAY).rows][:2] == ["San Jose 2014", "San Antonio 2014"]
    assert all(row.place for row in history(series, today=TODAY).rows)


def test_an_edition_that_is_a_meetup_here_stays_one_and_learns_its_summit():
    meetup, facts = placed(), read_file(FILE.read_bytes())
    there = meetups.Place("europe", "Manchester", "GB", "", date(2016, 2, 15), date(2016, 2, 16))
    Meetup.objects.update(**{name: getattr(there, name) for name in ("city", "country", "starts_on", "ends_on")})
    series = series_of(Meetup.objects.get())
    assert rotation.take_in(series, facts, by=ada(), now=NOW) == (10, 0)
    meetup.refresh_from_db()
    assert (meetup.next_summit_city, meetup.next_summit_region) == ("Austin", "north-america")
    assert states(series)["m-spring-meetup"] == "before"


def test_the_calendar_tells_which_summit_follows_a_meetup():
    meetup = placed()
    series = series_of(meetup)
    ruled(series)
    assert states(series) == {"m-spring-meetup": "unknown"}
    event(summit_of=series)
    (row,) = history(series, today=TODAY).rows
    assert (row.edition.summit.name, row.edition.summit.on, row.verdict.state) == ("Vancouver", date(2027, 5, 4), "kept")
    meetups.join_series(meetup, series, by=ada(), now=NOW, next_summit_city="Lyon", next_summit_region="europe")
    assert states(series) == {"m-spring-meetup": "broken"}


def test_only_who_tends_a_series_can_add_a_meetup_to_it():
    series = series_of(placed())
    theirs = meetups.open_idea(cy(), title="Mine", summary="", now=NOW)
    with pytest.raises(Refusal, match="Only somebody who organises a meetup of this series"):
        belonging.place_in(theirs, series, belonging.Following(), by=cy(), now=NOW)
    meetups.add_organiser(theirs, ada(), by=cy(), now=NOW)
    belonging.place_in(theirs, series, belonging.Following("Lyon", "europe"), by=ada(), now=NOW)
    theirs.refresh_from_db()
    assert (theirs.series, theirs.next_summit_city) == (series, "Lyon")
    belonging.place_in(theirs, series, belonging.Following("Graz", "europe"), by=cy(), now=NOW)  # it stays where it is
    theirs.refresh_from_db()
    assert theirs.next_summit_city == "Graz"


def test_an_administrator_can_add_any():
    series = series_of(placed())
    make_administrator(cy(), now=NOW)
    theirs = meetups.open_idea(cy(), title="Mine", summary="", now=NOW)
    admin = cy()
    belonging.place_in(theirs, series, belonging.Following(), by=admin, now=NOW)
    assert Meetup.objects.filter(series=series).count() == 2


def test_a_meetup_starts_a_series_and_leaves_it_with_its_exception():
    meetup = idea()
    series = belonging.start_with(meetup, " Operators ", belonging.Following(), by=ada(), now=NOW)
    other = belonging.start_with(idea("Other"), "Operators", belonging.Following(), by=ada(), now=NOW)
    assert (series.slug, other.slug) == ("operators", "operators-2")
    with pytest.raises(Refusal, match="Give the series a name"):
        belonging.start_with(meetup, " ", belonging.Following(), by=ada(), now=NOW)
    rotation.make_exception(series, meetup, "Because.", by=ada(), now=NOW)
    belonging.place_in(meetup, None, belonging.Following(), by=ada(), now=NOW)
    meetup.refresh_from_db()
    assert (meetup.series, RotationException.objects.count()) == (None, 0)


def test_a_meetup_beside_a_larger_event():
    meetup = placed()
    beside = belonging.Beside("Cloud Week", date(2027, 3, 4), date(2027, 3, 6))
    belonging.hold_beside(meetup, beside, by=ada(), now=NOW)
    belonging.hold_beside(meetup, replace(beside, costs_apart=False, note="They pay the hall."), by=ada(), now=NOW)
    assert Colocation.objects.values_list("event", "costs_apart", "note").get() == ("Cloud Week", False, "They pay the hall.")
    for wrong, field in ((replace(beside, event=" "), "event"), (replace(beside, ends_on=FIRST_DAY), "ends_on")):
        with pytest.raises(Refusal) as refusal:
            belonging.hold_beside(meetup, wrong, by=ada(), now=NOW)
        assert refusal.value.field == field
    belonging.stand_alone(meetup, by=ada(), now=NOW)
    assert (Colocation.objects.count(), kinds()) == (0, ["series.colocated"] * 2 + ["series.stands_alone"])


def test_what_is_archived_keeps_its_place():
    meetup = placed(stage="archived")
    series = series_of()
    for deed in (
        lambda: belonging.place_in(meetup, series, belonging.Following(), by=ada(), now=NOW),
        lambda: belonging.start_with(meetup, "X", belonging.Following(), by=ada(), now=NOW),
        lambda: belonging.hold_beside(meetup, belonging.Beside("X", FIRST_DAY, FIRST_DAY), by=ada(), now=NOW),
        lambda: belonging.stand_alone(meetup, by=ada(), now=NOW),
    ):
        with pytest.raises(Refusal, match="archived"):
            deed()


def test_events_are_taken_over_once_and_changed_later():
    first = Found("1@x", "Summit", date(2027, 5, 4), date(2027, 5, 6), "Vancouver")
    second = replace(first, uid="2@x", title="Other")
    taken = events.take_in((first, second), community="Cloud", region="north-america", by=ada(), now=NOW)
    assert (taken.new, taken.changed, taken.same) == (2, 0, 0)
    moved = replace(first, starts_on=date(2027, 5, 5))
    taken = events.take_in((moved, second), community="", region="", by=ada(), now=NOW)
    assert (taken.new, taken.changed, taken.same) == (0, 1, 1)
    assert CalendarEvent.objects.get(uid="1@x").starts_on == date(2027, 5, 5)
    assert CalendarEvent.objects.get(uid="1@x").community == "Cloud"
    assert events.take_in((first,), community="", region="", by=bo(), now=NOW).new == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": " "}, "title"),
        ({"ends_on": date(2027, 5, 3)}, "ends_on"),
        ({"ends_on": date(2027, 9, 3)}, "ends_on"),
    ],
)
def test_an_event_that_makes_no_sense_is_refused(said, field):
    with pytest.raises(Refusal) as refusal:
        event(**said)
    assert (refusal.value.field, CalendarEvent.objects.count()) == (field, 0)

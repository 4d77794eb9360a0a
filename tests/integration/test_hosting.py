"""An idea is opened, answered, forecast, and settled."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from midcycle.accounts.models import Person
from midcycle.hosting import actions, queries
from midcycle.hosting.models import Call, Interest
from midcycle.hosting.rules import forecast
from midcycle.journal.models import Entry
from midcycle.kernel.folding import Group
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.actions import Place
from midcycle.meetups.models import Meetup
from tests.world import NOW, ada, bo, idea, later
from tests.worlds.hosting import answered, asked, said

pytestmark = pytest.mark.django_db

LISBON = Place("europe", "Lisbon", "PT", "The Dockyard", date(2027, 3, 2), date(2027, 3, 3), "", "Europe/Lisbon")


def kinds() -> list[str]:
    """Return the deeds of this app, in order."""
    return list(Entry.objects.filter(kind__startswith="hosting.").order_by("id").values_list("kind", flat=True))


def test_an_idea_opens_with_its_call():
    meetup = actions.open_call(ada(), title=" North\r\n ", guess=(20, 30), now=NOW, channel="ops list", slug="north-2027")
    assert (meetup.title, meetup.slug, meetup.stage, meetup.opened_by) == ("North", "north-2027", "idea", ada())
    assert (meetup.call.channel, meetup.call.guess_low, meetup.call.guess_high) == ("ops list", 20, 30)
    assert kinds() == ["hosting.call_opened"]


def test_a_title_is_enough():
    meetup = actions.open_call(ada(), title="North", guess=None, now=NOW)
    summary = queries.call_summary(meetup, NOW)
    assert (summary.guess, summary.channel, summary.is_open, summary.answers) == (None, "", True, 0)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " \x00"}, "title"),
        ({"title": "x" * 161}, "title"),
        ({"channel": "x" * 161}, "channel"),
        ({"region": "x" * 61}, "region"),
        ({"summary": "x" * 10_001}, "summary"),
        ({"guess": (30, 20)}, "guess_high"),
        ({"guess": (1, 10**12)}, "guess_high"),
    ],
)
def test_a_wrong_idea_names_its_field_and_leaves_nothing(wrong, field):
    with pytest.raises(Refusal) as refusal:
        actions.open_call(ada(), **{"title": "North", "guess": None, **wrong}, now=NOW)
    assert refusal.value.field == field
    assert (Meetup.objects.count(), Call.objects.count()) == (0, 0)


def test_somebody_nobody_knew_answers():
    meetup = asked()
    fresh = answered(meetup, "Bo", "would_come", "could_host")
    interest = fresh.interest
    assert fresh.fresh
    assert interest.said == ("I'd come", "I could host")
    assert (interest.region, interest.place, interest.person.name) == ("europe", "Lisbon", "Bo Example")
    assert len(interest.token) == 32
    entry = Entry.objects.get(kind="hosting.interest_answered")
    assert (entry.meetup, entry.actor, entry.facts) == (meetup.pk, interest.person_id, {"interest": interest.pk})


def test_an_answer_says_something():
    with pytest.raises(Refusal) as refusal:
        actions.answer(asked(), now=NOW, **{**said("Bo"), "would_come": False})
    assert refusal.value.field == "ways"
    assert (Interest.objects.count(), Person.objects.filter(email="bo@example.org").count()) == (0, 0)


def test_a_second_answer_of_an_address_nobody_checked_changes_nothing():
    meetup = asked()
    first = answered(meetup, "Bo", "could_host").interest
    again = answered(meetup, "BO", "would_come", now=later(hours=1), place="Elsewhere")
    assert again == actions.Answered(first, fresh=False)
    assert Interest.objects.get().said == ("I could host",)
    assert (Interest.objects.get().place, Interest.objects.get().token) == ("Lisbon", first.token)
    assert kinds() == [
        "hosting.call_opened",
        "hosting.interest_answered",
        "hosting.interest_confirmed",
        "hosting.answer_repeated",
    ]
    assert Entry.objects.get(kind="hosting.answer_repeated").facts == {"interest": first.pk}


def test_who_is_signed_in_answers_as_themselves_and_may_answer_again():
    meetup = asked()
    first = answered(meetup, "Mallory", signed_in=bo())
    assert (first.interest.person, first.fresh) == (bo(), True)
    second = answered(meetup, "Mallory", "could_moderate", signed_in=bo(), region="asia")
    assert (second.interest, second.fresh) == (first.interest, False)
    assert (Interest.objects.get().said, Interest.objects.get().region) == (("I could moderate",), "asia")
    assert Person.objects.filter(name__startswith="Mallory").count() == 0
    assert kinds()[-1] == "hosting.interest_changed"


def test_an_answer_is_changed_and_withdrawn():
    interest = answered(asked(), "Bo").interest
    words = {"would_come": True, "could_host": True, "could_moderate": False, "region": "africa", "place": "Accra\r\n"}
    actions.change_answer(interest, now=NOW, **words)
    assert (interest.said, interest.place) == (("I'd come", "I could host"), "Accra")
    with pytest.raises(Refusal):
        actions.change_answer(interest, now=NOW, **{**words, "would_come": False, "could_host": False})
    actions.withdraw_answer(interest, now=NOW)
    actions.withdraw_answer(interest, now=NOW)
    assert Interest.objects.count() == 0
    assert kinds() == [
        "hosting.call_opened",
        "hosting.interest_answered",
        "hosting.interest_confirmed",
        "hosting.interest_changed",
        "hosting.interest_withdrawn",
    ]


def test_a_closed_call_takes_no_answer_and_lets_go_of_one():
    meetup = asked()
    interest = answered(meetup, "Bo").interest
    actions.close_call(meetup, ada(), now=NOW)
    actions.close_call(meetup, ada(), now=NOW)
    with pytest.raises(Refusal, match="closed"):
        answered(meetup, "Cy")
    words = {"would_come": True, "could_host": True, "could_moderate": True, "region": "", "place": ""}
    with pytest.raises(Refusal, match="closed"):
        actions.change_answer(interest, now=NOW, **words)
    actions.withdraw_answer(interest, now=NOW)
    assert kinds().count("hosting.call_closed") == 1
    assert not queries.call_summary(meetup, NOW).is_open


def test_a_meetup_nobody_was_asked_about_has_no_summary():
    meetup = idea()
    assert queries.call_summary(meetup, NOW) is None
    with pytest.raises(Refusal):
        answered(meetup, "Bo")


def test_a_summary_counts_folds_and_forecasts():
    meetup = asked()
    for number in range(6):
        answered(meetup, f"European{number}", now=NOW - timedelta(days=number))
    answered(meetup, "Host", "could_host", "could_moderate", region="asia")
    answered(meetup, "Quiet", "would_come", region="")
    answered(meetup, "Far", "would_come", "could_moderate", region="africa")
    answered(meetup, "Further", region="mars-base")
    answered(meetup, "Furthest", region="")
    summary = queries.call_summary(meetup, NOW)
    assert (summary.answers, summary.come, summary.host, summary.moderate) == (11, 10, 1, 2)
    assert summary.regions == (Group("Europe", 6), Group("elsewhere or not said", 5))
    assert (summary.slug, summary.guess, summary.channel) == (meetup.slug, (20, 30), "the operators list")
    times = [answer.answered_at for answer in Interest.objects.filter(would_come=True)]
    assert summary.forecast == forecast(times, now=NOW, meets_on=None)


def test_few_answers_do_not_tell_where_they_come_from():
    meetup = asked()
    for name in ("Bo", "Cy", "Dee"):
        answered(meetup, name)
    assert queries.call_summary(meetup, NOW).regions == ()


@pytest.mark.parametrize("people", [1, 5])
def test_figures_take_the_same_queries_for_one_and_for_many(people, django_assert_num_queries):
    meetup = asked()
    for number in range(people):
        answered(meetup, f"Guest{number}")
    with django_assert_num_queries(3):
        assert queries.call_summary(meetup, NOW).answers == people
    with django_assert_num_queries(1):
        assert len(queries.answers_to(meetup.call)) == people


def test_organisers_see_hosts_first_then_the_newest():
    meetup = asked()
    answered(meetup, "Old", now=NOW)
    answered(meetup, "New", now=later(hours=1), region="", place="")
    answered(meetup, "Host", "could_host", now=NOW)
    rows = queries.answers_to(meetup.call)
    assert [row.name for row in rows] == ["Host Example", "New Example", "Old Example"]
    assert rows[0] == queries.AnswerRow(
        "Host Example", "host@example.org", ("I could host",), "Europe", "Lisbon", NOW, is_counted=True
    )


def test_a_place_is_settled_and_nothing_else_moves():
    meetup = asked()
    actions.settle_place(meetup, ada(), replace(LISBON, starts_on=None, ends_on=None, about_when="spring"), now=NOW)
    stored = Meetup.objects.get()
    assert (stored.city, stored.about_when, stored.stage, queries.call_is_open(meetup)) == ("Lisbon", "spring", "idea", True)


@pytest.mark.parametrize("stage", ["idea", "hosting"])
def test_registration_opens_with_a_place(stage):
    meetup = asked()
    Meetup.objects.update(stage=stage)
    meetup.refresh_from_db()
    actions.settle_place(meetup, ada(), LISBON, now=NOW, closes_call=True, opens_registration=True)
    assert (Meetup.objects.get().stage, queries.call_is_open(meetup)) == ("registration", False)
    assert not queries.may_open_registration(meetup)


@pytest.mark.parametrize(("unknown", "field"), [({"city": ""}, "city"), ({"starts_on": None, "ends_on": None}, "starts_on")])
def test_registration_does_not_open_without_knowing_where_and_when(unknown, field):
    meetup = asked()
    with pytest.raises(Refusal) as refusal:
        actions.settle_place(meetup, ada(), replace(LISBON, **unknown), now=NOW, closes_call=True, opens_registration=True)
    assert refusal.value.field == field
    assert (Meetup.objects.get().stage, Meetup.objects.get().city, queries.call_is_open(meetup)) == ("idea", "", True)


def test_days_in_the_wrong_order_leave_all_as_it_was():
    meetup = asked()
    wrong = replace(LISBON, ends_on=date(2027, 3, 1))
    with pytest.raises(Refusal) as refusal:
        actions.settle_place(meetup, ada(), wrong, now=NOW, closes_call=True, opens_registration=True)
    assert refusal.value.field == "ends_on"
    assert (Meetup.objects.get().stage, Meetup.objects.get().city, queries.call_is_open(meetup)) == ("idea", "", True)

"""The balance through its pages: the story's numbers, two treasurers at once, who may look, and hostile input."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date, timedelta
from html import unescape

import pytest

from midcycle.funding import actions, queries
from midcycle.funding.actions import Details, Stale, Wanted
from midcycle.funding.models import Budget, CostLine, CostStep, Rate, Scenario
from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from tests.world import NOW, ada, bo, browser_of, cy, placed
from tests.worlds.funding import FOOD, FRANCS, HALL, ROOMS, SOUND, TERMS, budgeted, kept

pytestmark = pytest.mark.django_db

HOME = "/m/spring-meetup/balance/"
DESK = "/m/spring-meetup/desk/budget/"


def figures(answer):
    """Return the figures of a page by name, the first of each."""
    page = " ".join(answer.content.decode().split())
    found = re.findall(r'data-figure="([a-z_]+)"\s*>([^<]*)<', page)
    return {name: unescape(words.strip()) for name, words in reversed(found)}


def refused(deed):
    with pytest.raises(Refusal) as refusal:
        deed()
    return refusal.value.field


def test_the_story_30_expected_120_came_200_wanted():
    meetup = budgeted()
    client = browser_of(ada())
    expected = figures(client.get(HOME))
    assert expected["verdict"] == "30 seats: 5,234.00 EUR left."
    assert (expected["cost"], expected["reserve"], expected["need"]) == ("2,060.00 EUR", "206.00 EUR", "2,266.00 EUR")
    assert expected["comfort"] == "Comfortable: 35 in a discussion at most."

    came = figures(client.get(HOME, {"seats": "120", "rooms": "4"}))
    assert came["verdict"] == "120 seats: 574.00 EUR missing."
    assert (came["balanced"], came["enough_fee"], came["per_room"]) == ("with 1 to 107 seats", "4.79 EUR", "30")

    wanted = figures(client.get(HOME, {"seats": "200", "rooms": "4"}))
    assert wanted["verdict"] == "200 seats: 7,240.00 EUR missing."
    assert wanted["comfort"] == "Too many to talk: 35 at most. 6 rooms would do."

    with_fee = {"seats": "200", "rooms": "6", "fee": "40", "no_show": "10"}
    assert figures(client.get(HOME, with_fee))["verdict"] == "200 seats, 180 come: 1,684.00 EUR left."
    assert client.post(f"{DESK}scenarios/", {**with_fee, "underwriting": "7500", "name": "All"}).status_code == 302
    kept(meetup, "As in Manchester", 120)
    page = client.get(HOME).content.decode()
    assert [name for name in ("Present choice", "As in Manchester", "All") if f">{name}</a>" not in page] == []
    assert client.post(f"{DESK}scenarios/{Scenario.objects.get(name='All').pk}/").status_code == 302
    assert figures(client.get(HOME))["verdict"] == "200 seats, 180 come: 1,684.00 EUR left."


def test_the_figures_have_a_row_where_a_step_begins_for_those_who_come():
    budgeted()
    page = browser_of(ada()).get(HOME, {"seats": "120", "no_show": "10"}).content.decode()
    rows = {int(seats): need for seats, need in re.findall(r'data-size="(\d+)">.*?data-part="need">([^<]*)<', page, re.DOTALL)}
    assert [(seats, rows.get(seats)) for seats in (111, 112)] == [(111, "5,500.00 EUR"), (112, "7,196.20 EUR")]
    assert {101, 161} & set(rows) == set()


def test_the_seats_that_are_chosen_are_those_registration_opens_with():
    budgeted()
    client = browser_of(ada())
    there = "/m/spring-meetup/desk/seats/?seats=30"
    assert f'href="{there}"' in client.get(HOME).content.decode()
    assert 'name="total" value="30"' in client.get(there).content.decode()
    assert client.get("/m/spring-meetup/desk/seats/?seats=%00x").status_code == 200


def test_a_rate_is_not_of_a_day_to_come():
    meetup = budgeted()
    late = replace(FRANCS, on=NOW.date() + timedelta(days=2))
    assert refused(lambda: actions.set_rate(meetup, late, by=ada(), now=NOW)) == "on"
    assert actions.set_rate(meetup, replace(FRANCS, on=NOW.date()), by=ada(), now=NOW).on == NOW.date()


def test_what_is_promised_is_asked_for_in_the_currency_of_the_budget():
    meetup = placed()
    actions.set_budget(meetup, replace(TERMS, currency="GBP"), seen=1, by=ada(), now=NOW)
    page = browser_of(ada()).get("/m/spring-meetup/desk/underwriters/").content.decode()
    assert re.findall(r'<option value="(\w+)" selected', page) == ["asked", "GBP"]


def test_underwriting_comes_from_what_was_pledged_and_not_from_what_was_asked():
    meetup = budgeted(pledged=0)
    for name, state, amount in (("A", "pledged", 100), ("B", "thanked", 20), ("C", "asked", 5_000)):
        actions.add_underwriter(meetup, Details(name, pledged=amount), state=state, by=ada(), now=NOW)
    book = queries.book_of(meetup)
    assert (book.pledged, book.asked, book.lacking) == (120, 5_000, ())
    scenario = kept(meetup, "More", 50, underwriting=999)
    assert queries.book_of(meetup).plan_of(scenario).underwriting == 999
    assert book.plan_of(kept(meetup, "As pledged", 50)).underwriting == 120


def test_a_pledge_without_a_rate_is_told_and_not_counted():
    meetup = budgeted(pledged=0)
    actions.add_underwriter(meetup, Details("Bank", pledged=100_000, currency="CHF"), state="pledged", by=ada(), now=NOW)
    assert (queries.book_of(meetup).pledged, queries.book_of(meetup).lacking) == (0, ("CHF",))
    assert "Pledges in CHF are not counted" in browser_of(ada()).get(HOME).content.decode()
    actions.set_rate(meetup, FRANCS, by=ada(), now=NOW)
    assert (queries.book_of(meetup).pledged, queries.book_of(meetup).lacking) == (106_520, ())


def test_a_line_in_another_currency_needs_a_rate_and_follows_it():
    meetup = budgeted()
    badges = Wanted("Badges", "printing", "per_head", "CHF", 333)
    assert refused(lambda: actions.add_line(meetup, badges, by=ada(), now=NOW)) == "currency"
    rate = actions.set_rate(meetup, FRANCS, by=ada(), now=NOW)
    actions.add_line(meetup, badges, by=ada(), now=NOW)
    page = browser_of(ada()).get(f"{HOME}?seats=3").content.decode()
    assert "10.64 EUR" in page
    assert "1 CHF = 1.0652 EUR, 8 January 2027, European Central Bank" in page
    actions.set_rate(meetup, replace(FRANCS, rate=2 * 10**8), by=ada(), now=NOW)
    assert Rate.objects.get().rate == 2 * 10**8
    assert "19.98 EUR" in browser_of(ada()).get(f"{HOME}?seats=3").content.decode()
    assert refused(lambda: actions.remove_rate(rate, by=ada(), now=NOW)) is None
    CostLine.objects.filter(title="Badges").delete()
    actions.remove_rate(rate, by=ada(), now=NOW)
    assert Rate.objects.count() == 0


def test_two_treasurers_at_once_lose_nothing():
    meetup = budgeted()
    line = CostLine.objects.get(title="Lunch")
    actions.change_line(line, replace(FOOD, amount=4_500), seen=1, by=ada(), now=NOW)
    with pytest.raises(Stale):
        actions.change_line(line, replace(FOOD, note="Ask for tea"), seen=1, by=bo(), now=NOW)
    with pytest.raises(Stale):
        actions.remove_line(line, seen=1, by=bo(), now=NOW)
    assert CostLine.objects.get(pk=line.pk).amount == 4_500
    with pytest.raises(Stale):
        actions.set_budget(meetup, replace(TERMS, seats=99), seen=1, by=ada(), now=NOW)
    actions.set_budget(meetup, replace(TERMS, seats=99), seen=2, by=ada(), now=NOW)
    assert Budget.objects.get().seats == 99


def test_the_second_treasurer_sees_both_and_can_still_save():
    budgeted()
    line = CostLine.objects.get(title="Lunch")
    one, client = f"{DESK}lines/{line.pk}/", browser_of(ada())
    typed = {"title": "Lunch", "purpose": "catering", "basis": "per_head", "currency": "EUR", "amount": "45"}
    typed |= {"payer": "community", "certainty": "quote", "source": "quote 18", "version": "1"}
    assert client.post(one, typed).status_code == 302
    answer = client.post(one, {**typed, "amount": "39.50", "source": "Bo's cousin"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "What is saved now" in page
    assert "45.00 EUR" in page
    assert 'value="39.50"' in page
    assert "Bo&#x27;s cousin" in page
    assert '<input type="hidden" name="version" value="2"' in page
    assert client.post(one, {**typed, "amount": "39.50", "version": "2"}).status_code == 302
    assert CostLine.objects.get(pk=line.pk).amount == 3_950
    assert client.post(one, {"_method": "delete", "version": "2"})["Location"] == one
    assert client.post(one, {"_method": "delete", "version": "3"})["Location"] == DESK
    assert not CostLine.objects.filter(pk=line.pk).exists()


@pytest.mark.parametrize("wanted", [HALL, FOOD, SOUND, ROOMS])
def test_saving_a_line_as_it_is_changes_nothing(wanted):
    budgeted(wanted)
    line = CostLine.objects.values().get()
    steps = list(CostStep.objects.order_by("start").values_list("start", "amount"))
    client, one = browser_of(ada()), f"{DESK}lines/{line['id']}/"
    typed = {field.html_name: field.value() for field in client.get(one).context["form"]}
    assert client.post(one, typed).status_code == 302
    assert CostLine.objects.values().get() == {**line, "version": 2}
    assert list(CostStep.objects.order_by("start").values_list("start", "amount")) == steps


def test_terms_changed_by_two_are_shown_both():
    budgeted()
    client = browser_of(ada())
    typed = {"currency": "EUR", "seats": "120", "fee": "15", "no_show": "10", "rooms": "4", "version": "2"}
    typed |= {"reserve": "10", "reduced_share": "20", "reduced_price": "50", "comfort": "35"}
    assert client.post(f"{DESK}terms/", typed)["Location"] == HOME
    answer = client.post(f"{DESK}terms/", {**typed, "seats": "150"})
    assert (answer.status_code, Budget.objects.get().seats, Budget.objects.get().fee) == (422, 120, 1_500)
    assert "What is saved now" in answer.content.decode()
    assert 'value="150"' in answer.content.decode()
    assert client.post(f"{DESK}terms/", {**typed, "seats": "150", "version": "3"}).status_code == 302


def test_lines_are_written_through_the_pages():
    placed()
    client = browser_of(ada())
    assert "Nothing to balance yet" in client.get(HOME).content.decode()
    assert "No cost lines yet" in client.get(DESK).content.decode()
    typed = {"title": "Hall", "purpose": "venue", "basis": "stepped", "currency": "EUR", "steps": "1: 0\r\n101: 2,600",
             "payer": "community", "certainty": "estimate"}  # fmt: skip
    assert client.post(f"{DESK}lines/", typed)["Location"] == DESK
    assert list(CostStep.objects.order_by("start").values_list("start", "amount")) == [(1, 0), (101, 260_000)]
    rate = {"currency": "USD", "rate": "0,9215", "on": "2026-11-20", "source": "ECB"}
    assert client.post(f"{DESK}rates/", rate)["Location"] == DESK
    assert Rate.objects.get().rate == 92_150_000
    assert client.post(f"{DESK}rates/{Rate.objects.get().pk}/", {"_method": "delete"}).status_code == 302
    assert "from 101: 2,600.00 EUR" in client.get(DESK).content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"title": " "}, "title"), ({"amount": "-3"}, "amount"), ({"amount": "1e5"}, "amount"), ({"amount": ""}, "amount"),
     ({"amount": "9" * 30}, "amount"), ({"currency": "XXX"}, "currency"), ({"currency": "JPY"}, "currency"),
     ({"basis": "weekly"}, "basis"), ({"basis": "stepped", "steps": "1: 1\n1: 2"}, "steps"), ({"basis": "stepped"}, "steps"),
     ({"payer": "me"}, "payer"), ({"purpose": "booth"}, "purpose"), ({"certainty": "sure"}, "certainty")],
)  # fmt: skip
def test_a_wrong_line_is_told_beside_its_field(wrong, field):
    placed()
    typed = {"title": "<b>", "purpose": "venue", "basis": "fixed", "currency": "EUR", "amount": "5", "payer": "community",
             "certainty": "estimate"}  # fmt: skip
    answer = browser_of(ada()).post(f"{DESK}lines/", {**typed, **wrong})
    assert (answer.status_code, CostLine.objects.count()) == (422, 0)
    assert f'id="id_{field}_error"' in answer.content.decode()


@pytest.mark.parametrize(
    "asked",
    [{"seats": "0"}, {"seats": "1001"}, {"seats": "x"}, {"fee": "-1"}, {"fee": "1,2,3"}, {"rooms": "0"}, {"no_show": "91"},
     {"underwriting": "9" * 20}, {"seats": "\x00"}, {"seats": ""}],
)  # fmt: skip
def test_what_cannot_be_tried_is_told_and_the_present_choice_stays(asked):
    budgeted()
    answer = browser_of(ada()).get(HOME, asked)
    assert (answer.status_code, figures(answer)["verdict"]) == (422, "30 seats: 5,234.00 EUR left.")


def test_scenarios_have_names_and_an_end():
    meetup = budgeted()
    first = kept(meetup, "One", 50)
    assert refused(lambda: kept(meetup, "ONE", 60)) == "name"
    assert refused(lambda: kept(meetup, " ", 60)) == "name"
    assert refused(lambda: kept(meetup, "Two", 1001)) == "seats"
    for number in range(11):
        kept(meetup, f"More {number}", 60)
    assert refused(lambda: kept(meetup, "Too many", 60)) == "name"
    client = browser_of(ada())
    trial = {"seats": "10", "fee": "0", "underwriting": "0", "no_show": "0", "rooms": "1"}
    assert client.post(f"{DESK}scenarios/", {**trial, "name": "One"}).status_code == 422
    assert client.post(f"{DESK}scenarios/{first.pk}/", {"_method": "delete"}).status_code == 302
    assert not Scenario.objects.filter(name="One").exists()


def test_the_currency_stays_once_something_is_reckoned_in_it():
    meetup = budgeted()
    francs = replace(TERMS, currency="CHF")
    assert refused(lambda: actions.set_budget(meetup, francs, seen=2, by=ada(), now=NOW)) == "currency"
    other = placed("Autumn meetup")
    actions.set_budget(other, francs, seen=1, by=ada(), now=NOW)
    assert Budget.objects.get(meetup=other).currency == "CHF"


def test_the_balance_is_for_the_team_until_it_is_published():
    meetup = budgeted()
    actions.add_line(meetup, Wanted("Secretly", "other", "fixed", "EUR", 1, note="between us"), by=ada(), now=NOW)
    pages = [HOME, f"{HOME}glance/?people=30", f"{HOME}balance.csv", f"{HOME}balance.json"]
    for who in (None, cy()):
        assert [browser_of(who).get(page).status_code for page in pages] == [404, 204, 404, 404]
    assert browser_of().get("/m/nowhere/balance/glance/?people=30").status_code == 204
    client = browser_of(ada())
    assert client.post(f"{DESK}publication/", {"publish": "1"})["Location"] == DESK
    assert "Show it to the team alone" in client.get(DESK).content.decode()
    for who in (None, cy()):
        assert [browser_of(who).get(page).status_code for page in pages] == [200] * 4
        shown = "".join(browser_of(who).get(page).content.decode() for page in pages)
        assert [word for word in ("between us", "Example Cloud", "Keep what you try", "/desk/") if word in shown] == []
        assert "Secretly" in shown
    client.post(f"{DESK}publication/", {"publish": "0"})
    assert browser_of().get(HOME).status_code == 404
    kinds = Entry.objects.filter(kind__startswith="funding.budget_").order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["funding.budget_set", "funding.budget_published", "funding.budget_withdrawn"]


def test_a_stranger_changes_nothing():
    meetup = budgeted()
    actions.publish_budget(meetup, is_published=True, by=ada(), now=NOW)
    actions.set_rate(meetup, FRANCS, by=ada(), now=NOW)
    one, rate, scenario = CostLine.objects.first(), Rate.objects.get(), kept(meetup, "One", 50)
    pages = ("", "terms/", "lines/", f"lines/{one.pk}/", f"lines/{10**30}/")
    deeds = (*pages[1:], "rates/", f"rates/{rate.pk}/", "publication/", "scenarios/", f"scenarios/{scenario.pk}/")
    before = [list(model.objects.order_by("pk").values()) for model in (Budget, CostLine, Rate, Scenario)]
    for who in (None, cy()):
        client = browser_of(who)
        assert {client.get(f"{DESK}{page}").status_code for page in pages} == {404}
        for sent in ({"publish": "0", "name": "x"}, {"_method": "delete", "version": "1"}):
            assert {client.post(f"{DESK}{deed}", sent).status_code for deed in deeds} == {404}
    assert [list(model.objects.order_by("pk").values()) for model in (Budget, CostLine, Rate, Scenario)] == before


def test_a_line_is_changed_on_its_own_meetup_alone():
    budgeted()
    placed("Autumn meetup")
    line = CostLine.objects.first()
    client = browser_of(ada())
    assert client.get(f"/m/autumn-meetup/desk/budget/lines/{line.pk}/").status_code == 404
    assert client.post(f"/m/autumn-meetup/desk/budget/scenarios/{line.pk}/").status_code == 404


def test_the_glance_says_what_so_many_people_mean():
    budgeted()
    client = browser_of(ada())
    said = " ".join(client.get(f"{HOME}glance/", {"people": "120"}).content.decode().split())
    assert "120 people cost 8,074.00 EUR with the reserve; 574.00 EUR would be missing." in said
    assert "Without a fee, it balances with 1 to 107 seats." in said
    assert "That is 60 in each of 2 discussion rooms." in said
    for people in ("", "0", "1001", "-1", "x", "²", "9" * 99):
        assert client.get(f"{HOME}glance/", {"people": people}).status_code == 404
    placed("Autumn meetup")
    said = client.get("/m/autumn-meetup/balance/glance/", {"people": "5"}).content.decode()
    assert "Write the first cost line" in said


def test_it_is_taken_away_as_csv_and_json():
    meetup = budgeted()
    actions.add_line(meetup, Wanted("=cmd()", "other", "fixed", "EUR", 1, source="+1"), by=ada(), now=NOW)
    kept(meetup, "As in Manchester", 120)
    client = browser_of(ada())
    rows = list(csv.reader(io.StringIO(client.get(f"{HOME}balance.csv?seats=120").content.decode("utf-8-sig"))))
    amounts = {row[0]: row[4] for row in rows[1:]}
    assert amounts["Hall"] == "1500.00"
    assert amounts["Reserve of 10 %"] == "734.00"
    assert amounts["Missing"] == "574.01"
    assert amounts["Underwriter: Example Cloud"] == "7500.00"
    assert not any(cell.startswith(("=", "+")) for row in rows for cell in row)
    told = json.loads(client.get(f"{HOME}balance.json").content)
    assert [(one["name"], one["seats"], one["missing"]) for one in told["choices"]] == [
        ("present choice", 30, -523_399),
        ("As in Manchester", 120, 57_401),
    ]
    hall = next(line for line in told["lines"] if line["title"] == "Hall")
    assert hall["steps"] == [{"people": n, "amount": amount} for n, amount in HALL.steps]
    assert "Example Cloud" not in json.dumps(told)


def test_machines_read_a_published_balance():
    meetup = budgeted()
    address = "/api/v1/meetups/spring-meetup/balance"
    assert [browser_of(who).get(address).status_code for who in (None, ada())] == [404, 404]
    actions.publish_budget(meetup, is_published=True, by=ada(), now=NOW)
    told = browser_of().get(address).json()
    assert told["choices"][0]["balanced"] == [{"from": 1, "to": 107}]
    assert (told["choices"][0]["missing"], told["lines"][0]["source"]) == (-523_400, "letter of the host")
    assert [word for word in ("between us", "Example Cloud") if word in json.dumps(told)] == []


def test_nothing_is_changed_once_the_meetup_is_archived():
    meetup = placed(stage="archived")
    deeds = (
        lambda: actions.set_budget(meetup, TERMS, seen=1, by=ada(), now=NOW),
        lambda: actions.add_line(meetup, SOUND, by=ada(), now=NOW),
        lambda: actions.set_rate(meetup, FRANCS, by=ada(), now=NOW),
        lambda: kept(meetup, "One", 50),
        lambda: actions.publish_budget(meetup, is_published=True, by=ada(), now=NOW),
    )
    assert [refused(deed) for deed in deeds] == [None] * 5
    assert not Budget.objects.exists()


def test_a_rate_says_what_when_and_who():
    meetup = placed()
    for field, wrong in (
        ("currency", replace(FRANCS, currency="EUR")),
        ("currency", replace(FRANCS, currency="XXX")),
        ("rate", replace(FRANCS, rate=0)),
        ("source", replace(FRANCS, source=" ")),
    ):
        assert refused(lambda wrong=wrong: actions.set_rate(meetup, wrong, by=ada(), now=NOW)) == field
    client = browser_of(ada())
    for wrong in ({"rate": "x"}, {"rate": "0"}, {"on": "soon"}, {"source": ""}, {"currency": "EUR"}):
        typed = {"currency": "USD", "rate": "1", "on": "2027-01-08", "source": "ECB", **wrong}
        assert client.post(f"{DESK}rates/", typed).status_code == 422
    assert Rate.objects.count() == 0
    assert FRANCS.on == date(2027, 1, 8)


@pytest.mark.parametrize("count", [1, 40])
def test_the_pages_take_the_same_queries_for_one_line_and_for_many(count, django_assert_num_queries):
    meetup = budgeted(HALL, *(replace(FOOD, title=f"Lunch {number}") for number in range(count)))
    actions.set_rate(meetup, FRANCS, by=ada(), now=NOW)
    for number in range(min(count, 10)):
        kept(meetup, f"Scenario {number}", 50 + number)
    client = browser_of(ada())
    # session, person, meetup, organiser; budget, rates, lines, their steps, scenarios, underwriters; tabs
    for page in (HOME, DESK):
        with django_assert_num_queries(11):
            client.get(page)

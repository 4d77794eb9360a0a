"""Badges, the list for the security desk and check-in sheets, from the organisers' desk."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from midcycle.engines import tickets
from midcycle.engines.documents import Layout, press
from midcycle.meetups import actions as meetups
from midcycle.registration import actions, queries
from midcycle.registration.models import Seat
from midcycle.registration.rules import paper as rules
from tests.papers import dark, pages, sizes
from tests.world import NOW, ada, bo, browser_of, cy
from tests.worlds.registration import ANSWERS, crowd, opened, seated

pytestmark = pytest.mark.django_db
PAPERS = ("badges", "security_list", "check_in_sheets")
ASKED = {"badges": {"layout": "a6"}, "security_list": {"until": "2099-03-04"}, "check_in_sheets": {"stacks": "2"}}


def ask(meetup, sheet, client=None, **asked):
    return (client or browser_of(ada())).get(reverse(f"registration:{sheet}", args=[meetup.slug]), ASKED.get(sheet, {}) | asked)


def text_of(answer):
    return " ".join(answer.content.decode().split())


def words_of(answer):
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return pages(answer.content)


def named(meetup, name, **values):
    seat = seated(meetup, f"Guest{Seat.objects.count()}")
    Seat.objects.filter(pk=seat.pk).update(name=name, **values)
    return seat


@pytest.mark.parametrize("who", [cy, bo, lambda: None])
def test_a_stranger_finds_no_paper(who):
    meetup = opened(2)
    seated(meetup, "Bo")
    client = browser_of(who())
    assert {ask(meetup, name, client).status_code for name in ("paper", *PAPERS)} == {404}


def test_an_organiser_of_another_meetup_is_a_stranger():
    meetup = opened(2)
    seated(meetup, "Bo")
    other = opened(2, "Other meetup")
    meetups.add_organiser(other, cy(), by=ada(), now=NOW)
    assert {ask(meetup, name, browser_of(cy())).status_code for name in ("paper", *PAPERS)} == {404}


def test_paper_is_kept_nowhere_and_has_a_name():
    meetup = opened(2)
    seated(meetup, "Bo")
    for name in ("paper", *PAPERS):
        headers = ask(meetup, name).headers
        assert (headers["Cache-Control"], headers["X-Robots-Tag"]) == ("private, no-store", "noindex, nofollow")
    files = [ask(meetup, name)["Content-Disposition"] for name in PAPERS]
    assert files == [
        f'attachment; filename="spring-meetup-{name}.pdf"' for name in ("badges", "security-list", "check-in-sheets")
    ]


@pytest.mark.parametrize("people", [1, 3])
@pytest.mark.parametrize(("name", "queries_made"), [("paper", 7), *((name, 6) for name in PAPERS)])
def test_paper_costs_the_same_queries_for_few_and_many(django_assert_num_queries, people, name, queries_made):
    meetup = opened(5)
    crowd(meetup, people)
    client = browser_of(ada())
    # Who asks (two), the meetup, whether of its team, the team, the seats; on a page the letters in the demo's inbox.
    with django_assert_num_queries(queries_made):
        assert ask(meetup, name, client).status_code == 200


def test_the_page_offers_what_there_is():
    meetup = opened(5)
    assert "Nobody to print for yet" in text_of(ask(meetup, "paper"))
    named(meetup, "Bo Byte", role="developer")
    named(meetup, "Ada Example", role="note taker")
    named(meetup, "Cy", role="developer")
    page = text_of(ask(meetup, "paper"))
    assert "For the 3 people with a seat, as PDF." in page
    assert re.findall(r"<option[^>]*>([^<]*)</option>", page) == ["All (3)", "Developer (2)", "Note taker (1)"]
    assert f'href="{reverse("registration:paper", args=[meetup.slug])}"' in text_of(ask(meetup, "seats"))


def test_only_those_who_come_are_printed():
    meetup = opened(4, stage="on_site")
    for name in ("Held", "Here", "Away", "Gone", "Waiting"):
        seated(meetup, name)
    here, away, gone = (Seat.objects.get(name=f"{name} Example") for name in ("Here", "Away", "Gone"))
    actions.check_in(here, by=ada(), now=NOW)
    Seat.objects.filter(pk=away.pk).update(state="no_show")
    Seat.objects.filter(pk=gone.pk).update(state="offered")
    for name in PAPERS:
        told = " ".join(words_of(ask(meetup, name)))
        assert re.findall(r"(Held|Here|Away|Gone|Waiting) Example", told) == ["Held", "Here"]


@pytest.mark.parametrize("name", PAPERS)
def test_an_address_without_choices_prints_the_usual(name):
    meetup = opened(2)
    seated(meetup, "Bo")
    answer = browser_of(ada()).get(reverse(f"registration:{name}", args=[meetup.slug]))
    assert "Bo Example" in " ".join(words_of(answer))


def test_badges_come_in_the_chosen_size_role_and_person():
    meetup = opened(9)
    for name, role in (("Zoë Byte", "operator"), ("Ada Cruz", "vendor"), ("Екатерина", "operator")):
        named(meetup, name, role=role, organisation="Dockyard")
    assert [text.split(" Dockyard ") for text in words_of(ask(meetup, "badges"))] == [
        ["Spring meetup 2\N{EN DASH}3 March 2027 Ada Cruz", "Vendor"],
        ["Spring meetup 2\N{EN DASH}3 March 2027 Zoë Byte", "Operator"],
        ["Spring meetup 2\N{EN DASH}3 March 2027 Екатерина", "Operator"],
    ]
    shapes = {layout: sizes(ask(meetup, "badges", layout=layout).content) for layout in ("a6", "a7", "a6-sheet", "a7-sheet")}
    assert shapes == {"a6": {(105, 148)}, "a7": {(105, 74)}, "a6-sheet": {(210, 297)}, "a7-sheet": {(210, 297)}}
    assert len(words_of(ask(meetup, "badges", role="operator"))) == 2
    (alone,) = words_of(ask(meetup, "badges", name="екатер"))
    assert "Екатерина" in alone


def test_the_team_is_called_so_and_who_wants_no_photos_is_marked():
    meetup = opened(3)
    seat = actions.take_seat(meetup, ANSWERS, email=ada().email, name="Ada Example", now=NOW).seat
    named(meetup, "Bo", role="other", photos=False)
    first, second = words_of(ask(meetup, "badges"))
    assert ("Organiser" in first, "No photos" in first, Seat.objects.get(pk=seat.pk).photos) == (True, False, None)
    assert ("Attendee" in second, "No photos" in second) == (True, True)
    assert len(words_of(ask(meetup, "badges", role="organiser"))) == 1


def test_a_badge_can_carry_the_ticket():
    meetup = opened(1)
    seat = seated(meetup, "Bo")
    plain, coded = ask(meetup, "badges"), ask(meetup, "badges", with_ticket="on")
    assert len(coded.content) > len(plain.content)
    modules = tickets.qr_modules(tickets.sign(settings.SECRET_KEY, meetup.pk, seat.code))
    assert (len(modules), {len(row) for row in modules}) == (41, {41})
    assert modules[0][:8] == (True,) * 7 + (False,)


def test_very_many_badges_come_in_parts():
    meetup = opened(9)
    seated(meetup, "Bo")
    desk = queries.paper_desk(meetup, now=NOW)
    many = replace(desk, people=tuple(replace(desk.people[0], name=f"Ada {number:04}") for number in range(1101)))
    assert many.parts == (
        (1, "Ada 0000 to Ada 0499"),
        (2, "Ada 0500 to Ada 0999"),
        (3, "Ada 1000 to Ada 1100"),
    )
    wanted = queries.BadgesWanted(Layout.A7)
    assert [len(many.chosen(replace(wanted, part=part))) for part in (1, 2, 3, 4)] == [rules.TOGETHER, rules.TOGETHER, 101, 0]
    assert [who.name for who in many.chosen(replace(wanted, name="1099"))] == ["Ada 1099"]
    assert 'name="part"' not in text_of(ask(meetup, "paper"))


def test_the_security_list_says_no_more_than_it_must():
    meetup = opened(2)
    named(meetup, "Bo Byte", organisation="Dockyard", role="vendor", sector="finance")
    (page,) = words_of(ask(meetup, "security_list", until="2099-03-04"))
    assert page.count("Destroy this list on 4 March 2099 at the latest.") == 2
    assert "The Dockyard, Lisbon" in page
    assert page.partition("Name Organisation ")[2].startswith("Bo Byte Dockyard Destroy")
    assert not any(word in page for word in ("example.org", "Vendor", "vendor", "Finance", "finance"))


def test_sheets_tick_who_is_here():
    meetup = opened(4, stage="on_site")
    crowd(meetup, 2)
    before = queries.check_in_paper(queries.paper_desk(meetup, now=NOW), stacks=1).pdf
    actions.check_in(Seat.objects.get(name="Guest1 Example"), by=ada(), now=NOW)
    after = queries.check_in_paper(queries.paper_desk(meetup, now=NOW), stacks=1).pdf
    assert pages(before) == pages(after)
    assert dark(before) < dark(after)
    assert "Check-in: G" in words_of(ask(meetup, "check_in_sheets", stacks="1"))[0]


@pytest.mark.parametrize(
    ("name", "asked", "told"),
    [
        ("badges", {"layout": "a5"}, "Choose one of the list."),
        ("badges", {"layout": ""}, "Choose one."),
        ("badges", {"role": "pirate"}, "Choose one of the list."),
        ("badges", {"name": "nobody at all"}, "Nobody is left with this role and this name."),
        ("badges", {"name": "x" * 121}, "This is longer than 120 characters."),
        ("security_list", {"until": ""}, "Choose a day."),
        ("security_list", {"until": "2020-01-01"}, "This day is over."),
        ("security_list", {"until": "9999999"}, "Type a day such as 2027-03-31."),
        ("check_in_sheets", {"stacks": "0"}, "Type 1 or more."),
        ("check_in_sheets", {"stacks": "21"}, "Type 20 or less."),
        ("check_in_sheets", {"stacks": "a"}, "Type a whole number, in digits."),
    ],
)
def test_what_cannot_be_printed_is_told_beside_it(name, asked, told):
    meetup = opened(2)
    seated(meetup, "Bo")
    answer = ask(meetup, name, **asked)
    assert (answer.status_code, told in text_of(answer), text_of(answer).count('class="error-summary"')) == (422, True, 1)


def test_without_anybody_there_is_no_paper_of_badges():
    meetup = opened(2)
    answer = ask(meetup, "badges")
    assert (answer.status_code, "Nobody to print for yet" in text_of(answer)) == (422, True)
    assert "Nobody has a seat." in words_of(ask(meetup, "security_list"))[0]


def test_a_press_that_stops_is_told_with_what_to_do(monkeypatch):
    meetup = opened(2)
    seated(meetup, "Bo")
    monkeypatch.setattr(press, "PATIENCE", 0.001)
    answers = [ask(meetup, name) for name in PAPERS]
    assert [answer.status_code for answer in answers] == [503, 503, 503]
    assert all("Print fewer at once, or try again in a minute." in text_of(answer) for answer in answers)


def test_letters_no_font_has_are_told_before_they_are_printed():
    meetup = opened(3)
    named(meetup, "Bo")
    assert "Some letters are missing" not in text_of(ask(meetup, "paper"))
    named(meetup, "𐤀da <b>", organisation="x")
    assert "They are printed as □: 𐤀da &lt;b&gt;. Write these by hand." in text_of(ask(meetup, "paper"))


def test_hostile_names_are_printed_as_they_are_written():
    meetup = opened(9)
    names = ["#panic()", '"}{"', "$x$ \\", "W" * 120, "\u202eevil", "محمد"]
    for name in names:
        named(meetup, name, organisation=name)
    told = " ".join(words_of(ask(meetup, "badges")))
    assert all(text in told for text in ("#panic()", '"}{"', "$x$ \\", "evil"))
    assert {ask(meetup, name).status_code for name in PAPERS} == {200}


def test_a_list_may_be_kept_until_the_day_after_the_meetup():
    meetup = opened(2)
    seated(meetup, "Bo")
    today = timezone.now().date()
    ends = today + timedelta(days=30)
    type(meetup).objects.filter(pk=meetup.pk).update(starts_on=ends, ends_on=ends)
    assert f'value="{(ends + timedelta(days=1)).isoformat()}"' in text_of(ask(meetup, "paper"))

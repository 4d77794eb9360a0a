"""The pages of a series and of a meetup's place in it, as the cast and strangers meet them."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from midcycle.accounts.actions import make_administrator
from midcycle.meetups.models import Meetup, Series
from midcycle.series.models import Colocation, PastEdition, RotationException, RotationRule
from midcycle.series.rules.regions import usual
from tests.world import ada, bo, browser_of, cy, idea, placed
from tests.worlds.series import FILE, OPPOSE, event, past, ruled, series_of

pytestmark = pytest.mark.django_db

HOME = "/series/operators/"
DESK = "/m/spring-meetup/desk/series/"
HARM = "<script>alert(1)</script>"
RULE = {"text": "Not where the next summit is.", "regions": "Europe\r\nNorth America", "opposes_summit": "on", "seen": "0"}
PAST = {"name": "Oslo 2025", "city": "Oslo", "country": "NO", "region": "europe", "starts_on": "2025-03-04"}
BESIDE = {"event": "Cloud Week", "starts_on": "2027-03-04", "ends_on": "2027-03-08", "costs_apart": "on"}


def page_of(who=None, url: str = HOME) -> str:
    answer = browser_of(who).get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def upload(data: bytes, name: str = "series.yaml") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_everybody_sees_a_series_and_only_who_tends_it_may_change_it():
    series = series_of(placed())
    ruled(series)
    edition = past(series, summit_region="europe")
    doors = [
        "rule/",
        "file/",
        "editions/new/",
        f"editions/{edition.pk}/",
        f"editions/{edition.pk}/removal/",
        "exceptions/p-oslo-2025/",
        "exceptions/m-spring-meetup/",
    ]
    for who in (None, cy(), bo()):
        client = browser_of(who)
        assert client.get(HOME).status_code == 200
        assert "Change the rule" not in client.get(HOME).content.decode()
        assert [client.get(HOME + door).status_code for door in doors] == [404] * len(doors)
        assert [client.post(HOME + door, {**RULE, **PAST, "reason": "x"}).status_code for door in doors] == [404] * len(doors)
    make_administrator(bo(), now=series.meetups.get().opened_at)
    for who in (ada(), bo()):
        assert [browser_of(who).get(HOME + door).status_code for door in doors] == [200] * len(doors)
    assert (PastEdition.objects.count(), RotationRule.objects.count(), RotationException.objects.count()) == (1, 1, 0)


def test_what_is_not_there_is_not_found():
    series_of(placed())
    client = browser_of(ada())
    wrong = ["/series/none/", "/series/no%00ne/", *(f"{HOME}{door}" for door in ("editions/9/", "exceptions/9/removal/"))]
    wrong += [f"{HOME}exceptions/{key}/" for key in ("p-none", "m-none", "x-spring-meetup", "m-", "spring")]
    wrong += [f"{HOME}editions/{10**30}/"]
    assert [client.get(url).status_code for url in wrong] == [404] * len(wrong)


def test_an_edition_of_another_series_is_not_changed_from_here():
    series_of(placed())
    other = past(series_of(title="Others"))
    assert browser_of(ada()).get(f"{HOME}editions/{other.pk}/").status_code == 404


def test_the_real_series_from_its_file_on_the_page():
    series_of(placed())
    client = browser_of(ada())
    sent = {"file": upload(FILE.read_bytes()), "seen": "0", "judged_from": "2016-02-15"}
    assert client.post(f"{HOME}file/", sent)["Location"] == HOME
    page = page_of()
    assert "5 of 5 editions that the rule judges kept it. 1 of them took place before it was decided." in page
    assert page.count(">Kept</span>") == 5
    assert page.count("Before the rule, against it</span>") == 1
    assert page.count('<svg xmlns="http://www.w3.org/2000/svg" class="map"') == 2
    assert "those before the decision in hindsight, and marked so." in page
    assert 'href="http://lists.openstack.org/pipermail/openstack-operators/attachments/' in page


@pytest.mark.parametrize("data", [b"", b"\x00", b"a: b: c", b"x" * 600_000, b"[]", "é".encode("latin-1"), b"a: &a [*a]"])
def test_a_hostile_file_is_refused_beside_the_field(data):
    series_of(placed())
    answer = browser_of(ada()).post(f"{HOME}file/", {"file": upload(data), "seen": "0"})
    assert (answer.status_code, 'id="id_file_error"' in answer.content.decode()) == (422, True)
    assert PastEdition.objects.count() == 0


def test_without_a_file_one_is_asked_for():
    series_of(placed())
    answer = browser_of(ada()).post(f"{HOME}file/", {"seen": "0"})
    assert (answer.status_code, "Choose a file." in answer.content.decode()) == (422, True)


def test_the_rule_is_written_on_its_page_and_its_versions_stay_readable():
    series_of(placed())
    client = browser_of(ada())
    assert client.post(f"{HOME}rule/", RULE)["Location"] == HOME
    form = client.get(f"{HOME}rule/").content.decode()
    assert ("Europe\nNorth America</textarea>" in form, 'name="seen" value="1"' in form) == (True, True)
    late = client.post(f"{HOME}rule/", RULE)
    assert (late.status_code, "Somebody changed this rule meanwhile." in late.content.decode()) == (422, True)
    mended = {**RULE, "seen": "1", "text": "Mended.", "decided_on": "2026-05-01", "judged_from": "2026-01-01"}
    client.post(f"{HOME}rule/", mended)
    page = page_of()
    assert "2 versions of it" in page
    assert "by Ada Example" in page
    assert "Editions from 1 January 2026 on are held against it: those before the decision in hindsight" in page


def test_whoever_comes_second_to_a_rule_sees_what_it_says_now_and_can_save():
    ruled(series_of(placed()))
    client = browser_of(ada())
    late = client.post(f"{HOME}rule/", {**RULE, "text": "Mine."})
    page = late.content.decode()
    assert late.status_code == 422
    assert [words in page for words in ("What it says now", "<p>Not where the next summit is.</p>", "Mine.</textarea>")] == [
        True
    ] * 3
    assert 'name="seen" value="1"' in page
    assert client.post(f"{HOME}rule/", {**RULE, "text": "Mine.", "seen": "1"})["Location"] == HOME


def test_whoever_comes_second_with_a_file_can_hand_it_in_again():
    ruled(series_of(placed()))
    late = browser_of(ada()).post(f"{HOME}file/", {"file": upload(FILE.read_bytes()), "seen": "0"})
    page = late.content.decode()
    assert (late.status_code, "What it says now" in page, 'name="seen" value="1"' in page) == (422, True, True)


@pytest.mark.parametrize("typed", ["Eurpoe", "Europe\nNorth = Norway, Sverige", "x"])
def test_a_region_that_is_nowhere_is_refused_with_what_there_is(typed):
    series_of(placed())
    answer = browser_of(ada()).post(f"{HOME}rule/", {**RULE, "regions": typed})
    page = answer.content.decode()
    assert (answer.status_code, "is no part of the world and no country" in page, "Middle East" in page) == (422, True, True)
    assert RotationRule.objects.count() == 0


def test_a_region_in_words_of_the_series_itself_is_kept():
    series = series_of(placed())
    past(series, region="north")
    answer = browser_of(ada()).post(
        f"{HOME}rule/", {**RULE, "regions": "North\nEurope\nAsia-Pacific\nBenelux = BE, NL, Luxembourg"}
    )
    assert answer["Location"] == HOME
    ruled(series, replace(OPPOSE, regions=(usual("bay area"), usual("europe"))))
    assert browser_of(ada()).post(f"{HOME}rule/", {**RULE, "seen": "2", "regions": "Bay Area\nEurope"})["Location"] == HOME


def test_a_name_for_a_new_series_is_not_lost():
    placed()
    answer = browser_of(ada()).post(DESK, {"series": "", "title": "Northern operators"})
    assert (answer.status_code, 'id="id_series_error"' in answer.content.decode()) == (422, True)


def test_the_proposal_leads_to_ideas_without_a_place_alone():
    meetup = placed()
    ruled(series_of(meetup))
    Meetup.objects.update(stage="hosting")
    assert "desk/hosts/" not in page_of(ada())
    Meetup.objects.update(city="")
    assert "/m/spring-meetup/desk/hosts/?region=" in page_of(ada())


@pytest.mark.parametrize(
    ("field", "text"),
    [
        *(("text", text) for text in ["", "\x00", "x" * 2001]),
        *(("regions", text) for text in ["Europe\nEurope", "= x", "\x00"]),
        *(("least_gap", text) for text in ["0", "-1", "61", "x", "9" * 400]),
        *(("decided_on", text) for text in ["yesterday", "1066-01-01", "9999-01-01"]),
        ("source", "x" * 501),
    ],
)
def test_a_wrong_rule_is_told_beside_the_field_and_nothing_typed_is_lost(field, text):
    series_of(placed())
    answer = browser_of(ada()).post(f"{HOME}rule/", {**RULE, "source": "Kept & safe", field: text})
    page = answer.content.decode()
    assert (answer.status_code, RotationRule.objects.count()) == (422, 0)
    assert f'id="id_{field}_error"' in page
    assert field == "source" or "Kept &amp; safe" in page


def test_a_past_edition_is_added_changed_and_taken_away():
    series_of(placed())
    client = browser_of(ada())
    assert client.post(f"{HOME}editions/new/", PAST)["Location"] == HOME
    edition = PastEdition.objects.get()
    assert (edition.key, edition.when, edition.country) == ("oslo-2025", "4 March 2025", "NO")
    there = f"{HOME}editions/{edition.pk}/"
    assert 'value="2025-03-04"' in client.get(there).content.decode()
    client.post(there, {**PAST, "month_only": "on", "attendance": "80", "latitude": "59.9", "longitude": "10.8"})
    edition.refresh_from_db()
    assert (edition.when, edition.attendance, edition.latitude) == ("March 2025", 80, 59.9)
    assert client.get(f"{there}removal/").status_code == 200
    assert client.post(f"{there}removal/")["Location"] == HOME
    assert PastEdition.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "text"),
    [
        *(("name", text) for text in ["", "x" * 161, "\x00"]),
        *(("country", text) for text in ["XX", "no"]),
        ("region", "atlantis"),
        *(("starts_on", text) for text in ["soon", "1800-01-01"]),
        ("ends_on", "2025-03-03"),
        *(("attendance", text) for text in ["-1", "9" * 40]),
        *(("latitude", text) for text in ["91", "nan", "inf", "x"]),
        ("longitude", "181"),
    ],
)
def test_a_wrong_past_edition_is_told_beside_the_field(field, text):
    series_of(placed())
    answer = browser_of(ada()).post(f"{HOME}editions/new/", {**PAST, field: text})
    page = answer.content.decode()
    assert (answer.status_code, PastEdition.objects.count()) == (422, 0)
    assert f'id="id_{field}_error"' in page


def test_one_coordinate_alone_is_refused():
    series_of(placed())
    answer = browser_of(ada()).post(f"{HOME}editions/new/", {**PAST, "latitude": "59"})
    assert (answer.status_code, "Type both, latitude and longitude, or none." in answer.content.decode()) == (422, True)


def test_an_exception_has_its_reason_on_the_page():
    series = series_of(placed())
    ruled(series)
    past(series, summit_region="europe")
    client = browser_of(ada())
    assert "exceptions/p-oslo-2025/" in page_of(ada())
    assert client.post(f"{HOME}exceptions/p-oslo-2025/", {"reason": " "}).status_code == 422
    client.post(f"{HOME}exceptions/p-oslo-2025/", {"reason": f"The hall burnt out {HARM}"})
    page = page_of()
    assert ("An exception: The hall burnt out &lt;script&gt;" in page, HARM in page) == (True, False)
    there = f"{HOME}exceptions/{RotationException.objects.get().pk}/removal/"
    assert [browser_of(who).post(there).status_code for who in (None, cy())] == [404, 404]
    client.post(there)
    assert "An exception:" not in page_of()


def test_a_series_says_what_comes_next_and_leads_to_the_call_for_hosts():
    series = series_of(placed())
    ruled(series)
    event(summit_of=series, starts_on=date(2099, 5, 4), ends_on=date(2099, 5, 6))
    assert "you organise none now" in page_of(ada())
    waiting = idea("Autumn meetup")
    Meetup.objects.filter(pk=waiting.pk).update(series=series)
    page = page_of(ada())
    assert "Proposed: <strong>Asia-Pacific</strong>, between " in page
    assert "/m/autumn-meetup/desk/hosts/?region=asia&amp;earliest=2099-0" in page
    assert "desk/hosts/" not in page_of()


def test_an_empty_series_says_what_to_do():
    series_of()
    page = page_of()
    assert "No edition yet" in page
    assert "There is none yet. With one, each edition is judged by it" in page
    Series.objects.all().delete()
    assert "No series yet" in page_of(url="/series/")


@pytest.mark.parametrize("count", [1, 12])
def test_a_series_takes_the_same_queries_for_any_number_of_editions(count, django_assert_num_queries):
    series = series_of(*(placed(f"Meetup {number}") for number in range(count)))
    for number in range(count):
        past(series, f"Oslo {number}")
        event(f"Summit {number}", summit_of=series)
        ruled(series)
    with django_assert_num_queries(5):
        page = page_of()
    assert page.count("<tr id=") == 2 * count
    with django_assert_num_queries(1):
        page_of(url="/series/")


def test_signed_in_it_takes_three_more(django_assert_num_queries):
    series_of(placed())
    client = browser_of(ada())
    with django_assert_num_queries(9):  # session, person, tends, ideas
        client.get(HOME)


def test_words_of_strangers_stay_words():
    series = series_of(placed(f"Meetup {HARM}"), title="Operators")
    past(series, f"Oslo {HARM}", key="oslo", city=HARM, source=f"javascript:alert(1) {HARM}", beside=HARM, summit_city=HARM)
    page = page_of()
    assert HARM not in page
    assert 'href="javascript:' not in page


def test_the_desk_places_a_meetup_in_a_series():
    meetup = placed()
    client = browser_of(ada())
    assert client.post(DESK, {"series": "new:", "title": "Operators", "summit_city": "Vancouver"})["Location"] == DESK
    meetup.refresh_from_db()
    assert (meetup.series.slug, meetup.next_summit_city) == ("operators", "Vancouver")
    assert 'href="/series/operators/"' in page_of(url="/m/spring-meetup/")
    assert "This series has no rule yet." in client.get(DESK).content.decode()
    client.post(DESK, {"series": ""})
    meetup.refresh_from_db()
    assert meetup.series is None


@pytest.mark.parametrize(
    "typed", [{"series": "others"}, {"series": "new:", "title": " "}, {"series": "\x00"}, {"summit_region": "atlantis"}]
)
def test_a_wrong_place_in_a_series_is_told(typed):
    meetup = placed()
    Series.objects.create(slug="others", title="Others")  # which Ada does not tend
    answer = browser_of(ada()).post(DESK, typed)
    assert (answer.status_code, 'class="field-error"' in answer.content.decode()) == (422, True)
    meetup.refresh_from_db()
    assert meetup.series is None


def test_the_desk_of_a_series_is_for_organisers_alone():
    placed()
    doors = [DESK, "/m/spring-meetup/desk/beside/", "/m/spring-meetup/desk/beside/removal/"]
    for who in (None, cy(), bo()):
        client = browser_of(who)
        assert [client.get(door).status_code for door in doors] == [404] * 3
        assert [client.post(door, {**BESIDE, "series": "new:", "title": "X"}).status_code for door in doors] == [404] * 3
    assert (Series.objects.count(), Colocation.objects.count()) == (0, 0)


def test_a_meetup_beside_a_larger_event_is_warned_of_what_that_costs():
    placed()
    client, there = browser_of(ada()), "/m/spring-meetup/desk/beside/"
    assert client.post(there, BESIDE)["Location"] == DESK
    page = " ".join(client.get(DESK).content.decode().split())
    assert "Who goes to both is away for 7 days: Tuesday 2 March to Monday 8 March." in page
    assert ("Costs are kept apart." in page, "Long weeks keep people away" in page) == (True, True)
    shared = {**BESIDE, "costs_apart": "", "note": HARM, "starts_on": "2027-03-03"}
    client.post(there, shared)
    page = client.get(DESK).content.decode()
    assert ("Costs are shared." in page, "whoever goes to one misses the other" in page, HARM in page) == (True, True, False)
    client.post(f"{there}removal/")
    assert Colocation.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("event", ""),
        *(("url", text) for text in ["javascript:alert(1)", "ftp://e.org/"]),
        ("starts_on", ""),
        *(("ends_on", text) for text in ["2027-03-01", "2028-03-01"]),
    ],
)
def test_a_wrong_larger_event_is_told_beside_the_field(field, text):
    placed()
    answer = browser_of(ada()).post("/m/spring-meetup/desk/beside/", {**BESIDE, field: text})
    assert (answer.status_code, f'id="id_{field}_error"' in answer.content.decode()) == (422, True)
    assert Colocation.objects.count() == 0


def test_the_desk_says_what_else_is_at_that_time():
    placed()
    event("Storage Days", starts_on=date(2027, 3, 3), ends_on=date(2027, 3, 4), region="europe")
    page = browser_of(ada()).get(DESK).content.decode()
    assert "At the same time as Storage Days for 1 day, and in the same region." in page


def test_a_broken_meetup_is_led_to_its_exception():
    meetup = placed()
    series = series_of(meetup)
    ruled(series)
    Meetup.objects.update(next_summit_city="Lyon", next_summit_region="europe")
    page = browser_of(ada()).get(DESK).content.decode()
    assert "The summit in Lyon" in page
    assert f'href="{HOME}exceptions/m-spring-meetup/"' in page

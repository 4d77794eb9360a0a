"""Data points are counted once, follow nobody who comes or goes, and are compared across editions and servers."""

import json

import jsonschema
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from midcycle.feedback import actions as feedback
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.registration.actions import undo_check_in
from midcycle.report import actions
from midcycle.report.models import BroughtPoints
from midcycle.report.rules.document import schema
from tests.unit.test_data_points_rules import document
from tests.world import NOW, ada, bo, browser_of, later, placed
from tests.worlds.report import DEVELOPER, OPERATOR, VENDOR, over, thanked

pytestmark = pytest.mark.django_db

PAGE, API = "/m/spring-meetup/data-points/", "/api/v1/meetups/spring-meetup/data-points"
FILE = f"{PAGE}data-points.json"
PEOPLE = (*[OPERATOR] * 12, *[DEVELOPER] * 8, VENDOR)


def points_of(client=None):
    return {point["key"]: point for point in (client or browser_of()).get(API).json()["points"]}


def published(*people, title="Spring meetup"):
    meetup = thanked(over(*(people or PEOPLE), title=title))
    actions.publish_points(meetup, by=ada(), now=NOW)
    return Meetup.objects.get(pk=meetup.pk)


def test_they_are_there_once_published_as_a_page_a_file_and_for_machines():
    meetup = thanked(over(*PEOPLE))
    stranger = browser_of()
    assert [stranger.get(url).status_code for url in (PAGE, FILE, API)] == [404] * 3
    assert browser_of(ada()).post("/m/spring-meetup/desk/data-points/").status_code == 302
    assert [stranger.get(url).status_code for url in (PAGE, FILE, API)] == [200] * 3
    told = stranger.get(FILE).json()
    assert told == stranger.get(API).json()
    jsonschema.validate(told, schema())
    assert stranger.get("/schemas/data-points-1.json").json() == schema()
    points = points_of()
    assert (points["came"]["value"], points["came"]["state"], points["capacity"]["value"]) == (21, "told", 21)
    assert points["roles"]["groups"][0] == {"label": "Operator", "people": 12}
    assert (points["not_on_list_hands"]["state"], points["heard"]["state"]) == ("withheld", "unknown")  # 3 of 10 hands
    assert "Came" in stranger.get(PAGE).content.decode()
    assert meetup.slug in stranger.get(PAGE).content.decode()


def test_who_comes_or_goes_after_it_changes_nothing_also_when_it_is_taken_back_and_shown_again():
    meetup = published()
    before = browser_of().get(FILE).content
    undo_check_in(meetup.seats.order_by("pk").first(), by=ada(), now=NOW)
    assert browser_of().get(FILE).content == before
    actions.take_points_back(meetup, by=ada(), now=NOW)
    assert browser_of().get(FILE).status_code == 404
    actions.publish_points(meetup, by=ada(), now=later(days=9))
    told = {key: point for key, point in points_of().items() if point["state"] == "told"}
    assert {key: told[key] for key in told} == {
        point["key"]: point for point in json.loads(before)["points"] if point["state"] == "told"
    }


def test_no_number_of_one_to_four_people_is_in_it_and_none_can_be_subtracted():
    published()
    points = points_of()
    people = [point["value"] for point in points.values() if point["unit"] == "people" and point["state"] == "told"]
    parts = [point[side] for point in points.values() for side in ("part",) if point["n"]]
    rests = [point["n"] - point["part"] for point in points.values() if point["n"]]
    groups = [group["people"] for point in points.values() for group in point["groups"]]
    sums = [points["came"]["value"] - sum(group["people"] for group in points[key]["groups"]) for key in ("roles", "sectors")]
    found = [*people, *parts, *rests, *groups, *sums]
    nested = [points[key]["value"] for key in ("registered", "seated", "came") if points[key]["state"] == "told"]
    found += [one - other for one in nested for other in nested]
    assert [number for number in found if 1 <= number <= 4] == []


def test_strangers_publish_nothing_and_neither_does_anybody_too_early():
    meetup = placed(stage="on_site")
    with pytest.raises(Refusal, match="in wrap-up"):
        actions.publish_points(meetup, by=ada(), now=NOW)
    assert [browser_of(who).post("/m/spring-meetup/desk/data-points/").status_code for who in (None, bo())] == [404, 404]


def test_the_survey_is_closed_first():
    meetup = over(*PEOPLE)
    feedback.open_survey(meetup, by=ada(), now=NOW)
    with pytest.raises(Refusal, match="Close the survey first"):
        actions.publish_points(meetup, by=ada(), now=NOW)


def test_editions_are_compared_also_with_one_of_another_server():
    meetup = published()
    series = meetups.start_series("Mid-Cycle", slug="mid-cycle", community="Operators", now=NOW)
    meetups.join_series(meetup, series, by=ada(), now=NOW, next_summit_city="", next_summit_region="")
    team, url = browser_of(ada()), "/series/mid-cycle/data-points/"
    content = json.dumps(document()).encode()
    assert team.post(url, {"file": SimpleUploadedFile("x.json", content)}).status_code == 302
    assert team.post(url, {"file": SimpleUploadedFile("x.json", content)}).status_code == 302
    own = browser_of().get(FILE).content
    assert team.post(url, {"file": SimpleUploadedFile("own.json", own)}).status_code == 302
    BroughtPoints.objects.exclude(address__startswith="https://other.example").get()
    page = browser_of().get(url).content.decode()
    assert page.count('<td data-label="Spring meetup">') == page.count('<td data-label="Elsewhere">')
    assert ("https://other.example/m/x/" in page, "Elsewhere" in page, 'type="file"' in page) == (True, True, False)
    page = " ".join(page.split())
    assert '<td data-label="Elsewhere"> 120 </td>' in page
    assert '<td data-label="Spring meetup"> <a href="/m/spring-meetup/data-points/#came" >21</a> </td>' in page
    assert 'Came<br><span class="small muted">People checked in at the door.</span>' in page
    refused = team.post(url, {"file": SimpleUploadedFile("x.json", b"{}")})
    assert (refused.status_code, "This is no file of data points" in refused.content.decode()) == (422, True)
    for who in (None, bo()):
        assert browser_of(who).post(url, {"file": SimpleUploadedFile("x", content)}).status_code == 404
    BroughtPoints.objects.exclude(address__startswith="https://other.example").delete()
    number = BroughtPoints.objects.get().pk
    assert browser_of(bo()).post(f"{url}{number}/removal/").status_code == 404
    assert team.post(f"{url}{number}/removal/").status_code == 302
    assert BroughtPoints.objects.count() == 0


@pytest.mark.parametrize("many", [False, True])
def test_pages_take_the_same_queries_for_few_and_many(many, django_assert_num_queries):
    published(*(PEOPLE if many else PEOPLE[:6]))
    with django_assert_num_queries(3):
        browser_of().get(PAGE)

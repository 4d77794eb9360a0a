"""What a closed survey came to: for the team, for everybody, and for whoever was too late."""

import pytest
from django.utils import timezone

from midcycle.feedback import actions, queries
from midcycle.feedback.access import key_of
from midcycle.feedback.models import Slip
from midcycle.journal.queries import entries_of
from midcycle.mailing.models import Letter
from midcycle.site.worker import work_once
from tests.world import NOW, ada, bo, browser_of, cy
from tests.worlds.feedback import answered, came, said

pytestmark = pytest.mark.django_db
RESULTS, DESK = "/m/spring-meetup/feedback/results/", "/m/spring-meetup/desk/feedback/"
YES, NO = said(come_again=True, on_list=True), said(come_again=False, words="Too loud")


def words_of(response):
    return " ".join(response.content.decode().split())


def test_everybody_sees_the_results_once_it_is_closed_without_small_groups():
    world = answered(*[YES] * 7, *[NO] * 3, close=False)
    assert "Nothing yet from the survey" in words_of(browser_of().get(RESULTS))
    actions.close_survey(world.meetup, by=ada(), now=NOW)
    page = words_of(browser_of().get(RESULTS))
    assert "10 people answered" in page
    assert "10 answered. Any figure would tell a small group, so none is shown." in page
    assert "7 answered, 3 left it out." in page
    assert ("Too loud" in page, "Read what they wrote" in page) == (False, False)
    team = words_of(browser_of(ada()).get(f"{DESK}figures/"))
    assert ('value="3"' in team, "Any figure would tell" in team) == (True, False)


def test_the_results_of_a_handful_say_only_that_they_were_few():
    answered(*[YES] * 4)
    page = words_of(browser_of().get(RESULTS))
    assert (
        "Fewer than five people answered the anonymous survey" in page,
        "4 " in page.partition("<main")[2].partition("</main>")[0],
    ) == (True, False)


def test_the_interface_for_machines_says_the_same():
    answered(*[YES] * 7, *[NO] * 3)
    told = browser_of().get("/api/v1/meetups/spring-meetup/survey").json()
    found = {question["key"]: question for question in told["questions"]}
    assert (told["is_closed"], told["people"]) == (True, 10)
    assert found["come_again"] == {
        "key": "come_again", "asked": "Would you come again?", "kind": "one", "state": "hidden", "answered": 10, "left_out": 0,
        "mean": "", "answers": [],
    }  # fmt: skip
    assert found["on_list"]["answers"][0] == {"label": "Yes", "count": 7, "told": ""}


def test_free_text_is_paged_and_for_the_team_alone():
    world = answered(*[said(words=f"Text {number:03}") for number in range(60)])
    there = browser_of(ada())
    pages = [there.get(f"{DESK}words/?page={number}") for number in (1, 2, 3)]
    assert [page.status_code for page in pages] == [200, 200, 404]
    found = [f"Text {number:03}" for page in pages[:2] for number in range(60) if f"Text {number:03}" in page.content.decode()]
    assert sorted(found) == [f"Text {number:03}" for number in range(60)]
    for wrong in ("0", "-1", "x", "1e3", "٣", "9" * 30):
        assert there.get(f"{DESK}words/?page={wrong}").status_code == 404
    assert there.get(f"{DESK}words/?question=come_again").status_code == 404
    for who in (None, bo(), cy()):
        for path in ("words/", "figures/"):
            assert browser_of(who).get(f"{DESK}{path}").status_code == 404
    assert queries.own_words(world.meetup)[0] in pages[0].content.decode()


@pytest.mark.parametrize("people", [1, 12])
def test_results_take_the_same_queries_for_few_and_many(people, django_assert_num_queries):
    answered(*[NO] * people)
    there = browser_of(ada())
    for path, most in ((RESULTS, 10), (f"{DESK}figures/", 9), (f"{DESK}words/", 9)):
        with django_assert_num_queries(most):
            assert there.get(path).status_code == 200


def test_whoever_is_too_late_is_told_and_keeps_what_they_wrote():
    world = answered(people=1, close=False)
    url = f"/m/spring-meetup/feedback/{key_of(world.seats[0])}/"
    visitor = browser_of()
    assert "Send, without my name" in visitor.get(url).content.decode()
    actions.close_survey(world.meetup, by=ada(), now=NOW)
    answer = visitor.post(url, {"come_again": "yes", "words": "A long thought <b>"})
    page = words_of(answer)
    assert (answer.status_code, "It was closed while you wrote" in page, "A long thought &lt;b&gt;" in page) == (
        422,
        True,
        True,
    )
    assert Slip.objects.count() == 0


def test_who_lost_the_link_gets_it_again_and_answers_once():
    world = answered(YES, people=2, close=False)
    door = "/m/spring-meetup/feedback/"
    for email in ("guest1@example.org", "guest2@example.org", "cy@example.org"):
        answer = browser_of().post(door, {"email": email})
        assert "the link is on its way" in words_of(answer)
    asked = [entry.facts["seat"] for entry in entries_of(world.meetup.pk, "feedback.link_asked")]
    assert asked == [world.seats[0].pk, world.seats[1].pk]
    assert browser_of().post(door, {"email": "guest"}).status_code == 422
    assert "<h1>Thank you</h1>" in browser_of().get(f"{door}{key_of(world.seats[0])}/").content.decode()


def test_a_link_asked_for_again_and_again_is_one_letter():
    world = came(1)
    actions.open_survey(world.meetup, by=ada(), now=NOW)
    for _ in range(3):
        actions.ask_for_link(world.meetup, "guest1@example.org", now=timezone.now())
    work_once()
    (letter,) = Letter.objects.filter(key__startswith="feedback.link_asked")
    assert (letter.person.email, key_of(world.seats[0]) in letter.body) == ("guest1@example.org", True)

"""What a team learned, who sees to it, and how it reaches the next team."""

from datetime import date

import pytest

from midcycle.feedback import actions
from midcycle.feedback.actions import Told
from midcycle.feedback.models import Lesson
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup, Organiser
from midcycle.pads.models import Pad
from midcycle.planning.models import Task
from tests.world import NOW, ada, bo, browser_of, cy, placed

pytestmark = pytest.mark.django_db
RETRO = "/m/spring-meetup/desk/feedback/retrospective/"
NOISE = {"kind": "wrong", "text": "The hall was loud", "why": "No curtains", "owner_name": "The venue", "carried": "on"}


def two_editions() -> tuple[Meetup, Meetup]:
    """Spring, archived, and autumn after it, of one series; Bo is on the team of autumn alone."""
    spring, autumn = placed(stage="wrap_up"), placed("Autumn meetup")
    series = meetups.start_series("Operators", slug="operators", community="Operators", now=NOW)
    Meetup.objects.filter(pk__in=(spring.pk, autumn.pk)).update(series=series)
    Meetup.objects.filter(pk=autumn.pk).update(starts_on=date(2027, 9, 7), ends_on=date(2027, 9, 8))
    return Meetup.objects.get(pk=spring.pk), Meetup.objects.get(pk=autumn.pk)


def test_entries_are_noted_one_after_the_other_and_changed():
    placed(stage="wrap_up")
    there = browser_of(ada())
    noted = there.post(RETRO, NOISE)
    assert noted.headers["Location"] == f"{RETRO}?next=wrong#add"
    page = there.get(f"{RETRO}?next=wrong").content.decode()
    assert ("autofocus" in page, 'value="wrong"' in page, "The hall was loud" in page) == (True, True, True)
    lesson = Lesson.objects.get()
    there.post(f"{RETRO}{lesson.pk}/", {**NOISE, "owner": str(ada().pk), "is_public": "on"})
    lesson.refresh_from_db()
    assert (lesson.owner, lesson.owner_name, lesson.is_public, lesson.carried) == (ada(), "", True, True)
    there.post(f"{RETRO}{lesson.pk}/", {"_method": "delete"})
    assert Lesson.objects.count() == 0


def test_whoever_sees_to_it_goes_on_to_after_leaving_the_team_until_somebody_else_does():
    meetup = placed(stage="wrap_up")
    member = Organiser.objects.create(meetup=meetup, person=bo())
    lesson = actions.add_lesson(meetup, Told("wrong", "Loud", owner=bo().pk), by=ada(), now=NOW)
    member.delete()
    there, said = browser_of(ada()), {"kind": "wrong", "text": "Very loud", "owner": str(bo().pk)}
    assert there.post(f"{RETRO}{lesson.pk}/", said).status_code == 302
    assert there.post(f"{RETRO}{lesson.pk}/", {**said, "owner": ""}).status_code == 302
    assert there.post(f"{RETRO}{lesson.pk}/", said).status_code == 422
    lesson.refresh_from_db()
    assert (lesson.text, lesson.owner) == ("Very loud", None)


def test_everybody_reads_what_is_public_and_nothing_else():
    meetup = placed(stage="wrap_up")
    actions.add_lesson(meetup, Told("well", "Free time <b>stayed</b> free", is_public=True), by=ada(), now=NOW)
    actions.add_lesson(meetup, Told("process", "Nobody had the keys", "One list"), by=ada(), now=NOW)
    page = browser_of().get("/m/spring-meetup/feedback/results/").content.decode()
    assert ("Free time &lt;b&gt;stayed&lt;/b&gt; free" in page, "the keys" in page) == (True, False)


def test_the_next_edition_takes_up_what_was_handed_on():
    spring, autumn = two_editions()
    handed = actions.add_lesson(spring, Told("wrong", "The hall was loud", "No curtains", carried=True), by=ada(), now=NOW)
    actions.add_lesson(spring, Told("wrong", "Ours alone"), by=ada(), now=NOW)
    meetups.move_to_stage(spring, ada(), "archived", now=NOW)
    there = browser_of(ada())
    path = "/m/autumn-meetup/desk/feedback/"
    page = there.get(f"{path}retrospective/").content.decode()
    assert ("Handed on to you" in page, "The hall was loud" in page, "Ours alone" in page) == (True, True, False)
    assert there.post(f"{path}handed-on/{handed.pk}/", {}).status_code == 422
    there.post(f"{path}handed-on/{handed.pk}/", {"outcome": "Curtains are rented", "as_task": "on"})
    handed.refresh_from_db()
    assert (handed.taken_up_in, handed.outcome, Task.objects.get(meetup=autumn).title) == (
        autumn, "Curtains are rented", "The hall was loud",
    )  # fmt: skip
    assert "Handed on to you" not in there.get(f"{path}retrospective/").content.decode()
    with pytest.raises(Refusal, match="meanwhile"):
        actions.take_up(handed, autumn, "Again", as_task=False, by=ada(), now=NOW)
    assert there.get(f"/m/spring-meetup/desk/feedback/handed-on/{handed.pk}/").status_code == 404


def test_nothing_is_handed_back_or_to_strangers():
    spring, autumn = two_editions()
    lesson = actions.add_lesson(autumn, Told("well", "Later", carried=True), by=ada(), now=NOW)
    other = placed("Other meetup")
    foreign = actions.add_lesson(other, Told("well", "Foreign", carried=True), by=ada(), now=NOW)
    there = browser_of(ada())
    for number in (lesson.pk, foreign.pk, 10**9):
        assert there.get(f"/m/spring-meetup/desk/feedback/handed-on/{number}/").status_code == 404
    assert there.get(f"{RETRO}{foreign.pk}/").status_code == 404
    for who in (None, bo(), cy()):
        for path in (RETRO, f"/m/autumn-meetup/desk/feedback/retrospective/{lesson.pk}/"):
            assert browser_of(who).get(path).status_code == 404
        assert browser_of(who).post("/m/spring-meetup/desk/feedback/wrap-up/").status_code == 404
    assert spring.lessons.count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "bad"},
        {"text": ""},
        {"text": "\u2800"},
        {"text": "x" * 301},
        {"why": "x" * 601},
        {"owner": "999"},
        {"owner": "x"},
    ],
)
def test_an_entry_that_cannot_be_is_told(wrong):
    placed(stage="wrap_up")
    assert (browser_of(ada()).post(RETRO, {**NOISE, **wrong}).status_code, Lesson.objects.count()) == (422, 0)


def test_the_archive_keeps_its_entries():
    meetup = placed(stage="wrap_up")
    lesson = actions.add_lesson(meetup, Told("well", "All"), by=ada(), now=NOW)
    meetups.move_to_stage(meetup, ada(), "archived", now=NOW)
    for deed in (
        lambda: actions.add_lesson(meetup, Told("well", "More"), by=ada(), now=NOW),
        lambda: actions.change_lesson(lesson, Told("well", "Less"), by=ada(), now=NOW),
        lambda: actions.remove_lesson(lesson, by=ada(), now=NOW),
        lambda: actions.open_wrap_up(meetup, by=ada(), now=NOW),
    ):
        with pytest.raises(Refusal, match="archived"):
            deed()


def test_the_pad_of_the_wrap_up_is_opened_once_with_its_questions_in_it():
    meetup = placed(stage="on_site")
    there = browser_of(ada())
    led = {there.post("/m/spring-meetup/desk/feedback/wrap-up/").headers["Location"] for _ in range(2)}
    pad = Pad.objects.get(meetup=meetup)
    assert (led, pad.title) == ({f"/m/spring-meetup/pads/{pad.name}/"}, "Wrap-up: how was it?")
    assert "Which process failed, and why" in there.get(led.pop()).content.decode()


@pytest.mark.parametrize("rows", [1, 5])
def test_the_retrospective_takes_the_same_queries_for_few_and_many(rows, django_assert_num_queries):
    spring, autumn = two_editions()
    for number in range(rows):
        actions.add_lesson(spring, Told("wrong", f"Handed {number}", carried=True), by=ada(), now=NOW)
        actions.add_lesson(autumn, Told("well", f"Own {number}", owner=ada().pk), by=ada(), now=NOW)
    there = browser_of(ada())
    with django_assert_num_queries(10):
        there.get("/m/autumn-meetup/desk/feedback/retrospective/")

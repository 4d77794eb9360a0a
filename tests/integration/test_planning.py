"""Tasks and milestones: who does what until when, and what becomes of it when two change it or the meetup moves."""

from datetime import date, timedelta

import pytest

from midcycle.accounts.actions import forget_unless_needed
from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.planning import actions, queries
from midcycle.planning.actions.plans import Carried
from midcycle.planning.models import Membership, Task
from midcycle.planning.rules import LONGEST, MOST_TASKS, USUAL
from tests.rush import all_at_once
from tests.world import FIRST_DAY, NOW, ada, bo, browser_of, cy, idea, later
from tests.worlds.planning import met, task, team

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def rows(meetup):
    return {row.title: row for row in queries.tasks_of(meetup, TODAY)}


def kinds():
    return list(Entry.objects.filter(kind__startswith="planning.").order_by("id").values_list("kind", flat=True))


def moved(meetup, first):
    place = meetups.Place("europe", "Lisbon", "PT", "", first, first, "", "Europe/Lisbon")
    meetups.set_place(meetup, ada(), place, now=NOW)


def test_milestones_move_with_the_meetup_and_pinned_days_stay():
    meetup = team()
    task(meetup, "Registration opens", stage="registration", days=-56)
    task(meetup, "Pay the deposit", due_on=date(2027, 1, 20))
    assert rows(meetup)["Registration opens"].due == FIRST_DAY - timedelta(weeks=8)
    moved(meetup, date(2027, 4, 6))
    assert rows(meetup)["Registration opens"].due == date(2027, 2, 9)
    assert rows(meetup)["Pay the deposit"].due == date(2027, 1, 20)
    moved(meetup, None)
    row = rows(meetup)["Registration opens"]
    assert (row.due, row.due_words, row.left, row.is_late) == (None, "8 weeks before", None, False)


def test_the_list_goes_by_day_and_what_has_none_comes_last():
    meetup = team()
    for title, said in (("last", {}), ("second", {"due_on": date(2027, 2, 1)}), ("first", {"days": -100})):
        task(meetup, title, **said)
    assert list(rows(meetup)) == ["first", "second", "last"]
    assert rows(meetup)["first"].is_late


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": " \u200b\x00 "}, "title"),
        ({"title": "x" * (LONGEST["title"] + 1)}, "title"),
        ({"notes": "x" * (LONGEST["notes"] + 1)}, "notes"),
        ({"owner_name": "x" * 81}, "owner_name"),
        ({"about": "booths"}, "about"),
        ({"days": 40_000}, "days"),
        ({"days": 1, "due_on": TODAY}, "due_on"),
    ],
)
def test_what_cannot_be_a_task_is_told_by_its_field(said, field):
    with pytest.raises(Refusal) as refused:
        task(team(), **said)
    assert (refused.value.field, Task.objects.count()) == (field, 0)


def test_only_people_of_the_team_own_tasks_others_are_names():
    meetup = team()
    with pytest.raises(Refusal, match="Choose somebody of the team"):
        task(meetup, owner=cy().pk)
    assert task(meetup, owner_name=" Cy\r\nExample ").owner_name == "Cy Example"
    mine = task(meetup, "Mine", owner=bo().pk)
    row = meetup.organisers.get(person=bo())
    meetups.remove_organiser(row, by=ada(), now=NOW)
    assert (rows(meetup)["Mine"].owner, rows(meetup)["Mine"].has_left) == ("Bo Example", True)
    actions.change_task(mine, actions.Wording("Still Bo's", owner=bo().pk), seen=1, by=ada(), now=NOW)
    assert rows(meetup)["Still Bo's"].owner == "Bo Example"


def test_whoever_changes_what_was_changed_meanwhile_is_told():
    one = task(team(), notes="Call first")
    actions.change_task(one, actions.Wording("Book both rooms"), seen=1, by=bo(), now=NOW)
    with pytest.raises(Refusal, match="Somebody changed this meanwhile"):
        actions.change_task(one, actions.Wording("Book the hall"), seen=1, by=ada(), now=NOW)
    one.refresh_from_db()
    assert (one.title, one.edition) == ("Book both rooms", 2)
    actions.remove_task(one, by=ada(), now=NOW)
    actions.remove_task(one, by=ada(), now=NOW)
    for deed in (
        lambda: actions.change_task(one, actions.Wording("x"), seen=2, by=ada(), now=NOW),
        lambda: actions.mark_done(one, done=True, by=ada(), now=NOW),
    ):
        with pytest.raises(Refusal, match="off the list"):
            deed()
    assert kinds() == ["planning.task_added", "planning.task_changed", "planning.task_removed"]


def test_who_did_it_first_stays_who_did_it():
    meetup = team()
    one = task(meetup)
    actions.mark_done(one, done=True, by=bo(), now=NOW)
    actions.mark_done(one, done=True, by=ada(), now=later(days=1))
    row = rows(meetup)[one.title]
    assert (row.is_done, row.done_by, row.done_at) == (True, "Bo Example", NOW)
    actions.mark_done(one, done=False, by=ada(), now=NOW)
    assert rows(meetup)[one.title].is_done is False
    assert kinds()[1:] == ["planning.task_done", "planning.task_reopened"]


@pytest.mark.django_db(transaction=True)
def test_two_who_change_a_task_at_once_lose_nothing_in_silence():
    one = task(team())
    (refused,) = all_at_once(
        [
            lambda: actions.change_task(one, actions.Wording("Ada's words"), seen=1, by=ada(), now=NOW),
            lambda: actions.change_task(one, actions.Wording("Bo's words"), seen=1, by=bo(), now=NOW),
        ]
    )
    assert isinstance(refused, Refusal)
    assert Task.objects.get().edition == 2


def test_the_usual_milestones_are_added_once():
    meetup = team()
    task(meetup, USUAL[0].title.upper(), stage="hosting")
    assert actions.set_usual(meetup, by=ada(), now=NOW) == len(USUAL) - 1
    assert actions.set_usual(meetup, by=ada(), now=NOW) == 0
    assert kinds() == ["planning.task_added", "planning.usual_set"]
    row = rows(meetup)["Registration is open"]
    assert (row.due, row.stage, row.about) == (FIRST_DAY - timedelta(weeks=8), "registration", "seats")


def test_there_is_an_end_to_tasks():
    meetup = team()
    stamps = {"made_at": NOW, "changed_at": NOW}
    Task.objects.bulk_create([Task(meetup=meetup, title=str(number), **stamps) for number in range(MOST_TASKS)])
    with pytest.raises(Refusal, match="at most"):
        task(meetup)
    with pytest.raises(Refusal, match="at most"):
        actions.set_usual(meetup, by=ada(), now=NOW)


def editions():
    """Return two editions of a series, the second ten weeks after the first; Ada organises both, Bo the first alone."""
    first, second = team(), idea("Autumn meetup")
    series = meetups.start_series("Meetups", slug="meetups", now=NOW)
    for meetup in (first, second):
        meetups.join_series(meetup, series, by=ada(), now=NOW)
    moved(second, FIRST_DAY + timedelta(weeks=10))
    second.refresh_from_db()
    return first, second


def test_a_plan_goes_on_to_the_next_edition_with_its_days_counted_anew():
    first, second = editions()
    task(first, "Registration opens", stage="registration", days=-56, notes="**Early**")
    task(first, "Pay the deposit", due_on=FIRST_DAY - timedelta(days=20), owner=ada().pk)
    actions.mark_done(task(first, "Ask Docks", owner=bo().pk), done=True, by=ada(), now=NOW)
    task(first, "Bring tape", owner_name="Zoe")
    met(first, "#action Ada to call the caterer")
    task(second, "bring TAPE")
    assert actions.carry_over(first, second, Carried(), by=ada(), now=NOW) == 3
    found = rows(second)
    assert {title: (row.due, row.owner, row.is_done) for title, row in found.items()} == {
        "Registration opens": (date(2027, 3, 16), "", False),
        "Pay the deposit": (date(2027, 4, 21), "Ada Example", False),
        "Ask Docks": (None, "", False),
        "bring TAPE": (None, "", False),
    }
    assert actions.carry_over(first, second, Carried(from_minutes=True), by=ada(), now=NOW) == 1
    assert actions.carry_over(first, second, Carried(from_minutes=True), by=ada(), now=NOW) == 0
    assert Task.objects.get(meetup=second, title="Registration opens").notes_html == "<p><strong>Early</strong></p>\n"


def test_only_editions_of_the_same_series_and_of_ones_own_are_offered():
    first, second = editions()
    task(first)
    assert [one.meetup for one in queries.editions_before(second, ada())] == [first]
    assert queries.editions_before(second, cy()) == queries.editions_before(idea("Alone"), ada()) == ()
    meetups.add_organiser(second, cy(), by=ada(), now=NOW)
    path = f"{second.path}desk/tasks/earlier/"
    assert browser_of(cy()).post(path, {"edition": first.pk}).status_code == 422
    assert Task.objects.filter(meetup=second).count() == 0
    assert browser_of(ada()).post(path, {"edition": first.pk}).status_code == 302
    assert Task.objects.filter(meetup=second).count() == 1


def test_what_is_archived_stays():
    meetup = team()
    one, minutes = task(meetup), met(meetup, "#action Ada to call")
    for stage in ("agenda", "on_site", "wrap_up", "archived"):
        meetups.move_to_stage(meetup, ada(), stage, now=NOW)
    before = list(Task.objects.values())
    for deed in (
        lambda: task(meetup, "Late"),
        lambda: actions.mark_done(one, done=True, by=ada(), now=NOW),
        lambda: actions.remove_task(one, by=ada(), now=NOW),
        lambda: actions.set_usual(meetup, by=ada(), now=NOW),
        lambda: actions.remove_minutes(minutes, by=ada(), now=NOW),
        lambda: met(meetup, "Late"),
    ):
        with pytest.raises(Refusal, match="archived"):
            deed()
    assert list(Task.objects.values()) == before


def test_somebody_forgotten_leaves_tasks_without_an_owner():
    meetup = team()
    task(meetup, owner=bo().pk)
    actions.set_wishes(meetup, bo(), reminders=True, weekly=True, now=NOW)
    meetups.remove_organiser(meetup.organisers.get(person=bo()), by=ada(), now=NOW)
    assert forget_unless_needed(bo())
    assert (Task.objects.get().owner, Membership.objects.count()) == (None, 0)

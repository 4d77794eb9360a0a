"""The team's list of tasks as people meet it: added while somebody talks, looked at in five ways, done by one button."""

import csv
import io
from datetime import date

import pytest
from icalendar import Calendar

from midcycle.journal import actions as journal
from midcycle.meetups import actions as meetups
from midcycle.planning import actions
from midcycle.planning.models import Membership, Task
from midcycle.site.followers import FOLLOWERS
from tests.world import NOW, ada, bo, browser_of, cy, idea, placed
from tests.worlds.planning import DESK, MINUTES, met, task, team

pytestmark = pytest.mark.django_db
HOSTILE = ["\x00", "x" * 161, "<script>alert(1)</script>", "a\r\nb", "🦉" * 160, "{{ 7 }}", "=1+1", "\u202e" * 5]


def page(path, who=None) -> str:
    return browser_of(who or ada()).get(path).content.decode()


def test_an_empty_list_says_how_to_begin_and_begins_with_one_press():
    team()
    assert "Nothing to do yet" in page(DESK)
    there = browser_of(ada())
    assert there.post(f"{DESK}usual/")["Location"] == DESK
    listed = there.get(DESK).content.decode()
    assert "13 milestones are on the list." in listed
    assert "Registration is open" in listed
    assert "8 weeks before" in listed


def test_a_task_is_added_with_three_fields_and_stays_in_view():
    team()
    answer = browser_of(ada()).post(
        f"{DESK}?about=rooms", {"title": "Book both rooms", "owner": bo().pk, "due_on": "2027-02-01"}
    )
    assert answer["Location"] == f"{DESK}?about=rooms"
    one = Task.objects.get()
    assert (one.title, one.owner, one.due_on, one.about, one.made_by) == (
        "Book both rooms",
        bo(),
        date(2027, 2, 1),
        "rooms",
        ada(),
    )
    listed = page(f"{DESK}?about=rooms")
    assert ("Only about: <strong>Rooms and slots</strong>" in listed, "Bo Example" in listed) == (True, True)
    assert "Book both rooms" not in page(f"{DESK}?about=pads")


def test_the_five_ways_to_look():
    meetup = team()
    task(meetup, "Late one", due_on=date(2020, 1, 1))
    task(meetup, "Of Bo", owner=bo().pk)
    actions.mark_done(task(meetup, "Over"), done=True, by=ada(), now=NOW)
    shows = {
        "": {"Late one", "Of Bo"},
        "mine": {"Of Bo"},
        "overdue": {"Late one"},
        "done": {"Over"},
        "all": {"Late one", "Of Bo", "Over"},
    }
    for show, titles in shows.items():
        found = page(f"{DESK}?show={show}", bo())
        assert {title for title in shows["all"] if f">{title}</a>" in found} == titles, show
    assert "Nothing waits for you" in page(f"{DESK}?show=mine", ada())


@pytest.mark.parametrize("query", ["show=x", "about=../x", "show=all&about=%00", "about=" + "x" * 3000])
def test_odd_questions_are_as_if_not_asked(query):
    team()
    assert browser_of(ada()).get(f"{DESK}?{query}").status_code == 200


def test_all_there_is_to_say_about_a_task():
    team()
    said = {
        "title": "Walk through",
        "owner_name": "Zoe",
        "count": "1",
        "unit": "days_before",
        "about": "rooms",
        "stage": "on_site",
    }
    assert browser_of(ada()).post(f"{DESK}new/", {**said, "notes": "# Bring\n<b>tape</b>"}).status_code == 302
    one = Task.objects.get()
    assert (one.kind, one.days, one.owner_name, one.stage) == ("milestone", -1, "Zoe", "on_site")
    shown = page(f"{DESK}{one.pk}/")
    for text in ("&lt;b&gt;tape&lt;/b&gt;", "1 day before", 'value="1"', "Milestone, on site", "Monday 1 March 2027"):
        assert text in shown, text
    weeks = {**said, "count": "3", "unit": "weeks_after", "edition": "1"}
    assert browser_of(bo()).post(f"{DESK}{one.pk}/", weeks).status_code == 302
    assert Task.objects.get().days == 21


def test_two_ways_at_once_are_told_beside_the_field():
    team()
    both = {"title": "x", "owner": ada().pk, "owner_name": "Zoe", "due_on": "2027-02-01", "count": "8"}
    answer = browser_of(ada()).post(f"{DESK}new/", both)
    assert (answer.status_code, Task.objects.count()) == (422, 0)
    shown = answer.content.decode()
    assert ('id="id_owner_name_error"' in shown, 'id="id_count_error"' in shown, 'value="Zoe"' in shown) == (True, True, True)


def test_who_comes_second_sees_both_versions_and_can_save_over_it():
    meetup = team()
    one = task(meetup, notes="Call first")
    path = f"{DESK}{one.pk}/"
    browser_of(bo()).post(path, {"title": "Book the hall", "edition": "1"})
    answer = browser_of(ada()).post(path, {"title": "Book both rooms", "edition": "1"})
    shown = answer.content.decode()
    assert (answer.status_code, Task.objects.get().title) == (422, "Book the hall")
    assert ("Book the hall</h1>" in shown, 'value="Book both rooms"' in shown, 'name="edition" value="2"' in shown) == (
        True,
        True,
        True,
    )
    assert browser_of(ada()).post(path, {"title": "Book both rooms", "edition": "2"}).status_code == 302
    assert Task.objects.get().title == "Book both rooms"


@pytest.mark.parametrize("title", HOSTILE)
def test_strange_titles_are_shown_as_text_or_told(title):
    team()
    there = browser_of(ada())
    answer = there.post(DESK, {"title": title})
    assert answer.status_code in {302, 422}
    assert "<script>alert" not in there.get(DESK).content.decode() + answer.content.decode()
    assert there.get(f"{DESK[:-1]}.csv").status_code == 200


@pytest.mark.parametrize(
    "sent", [{"due_on": "2027-13-01"}, {"due_on": "0001-01-01"}, {"owner": "999999"}, {"owner": "x" * 400}]
)
def test_wrong_answers_are_told_and_nothing_is_lost(sent):
    team()
    answer = browser_of(ada()).post(DESK, {"title": "Book", **sent})
    assert (answer.status_code, Task.objects.count()) == (422, 0)
    assert 'value="Book"' in answer.content.decode()


def test_one_button_does_it_with_and_without_a_script():
    one = task(team())
    there = browser_of(bo())
    answer = there.post(f"{DESK}{one.pk}/done/", {"done": "1", "back": "show=mine&about=rooms&x=//evil.example"})
    assert answer["Location"] == f"{DESK}?show=mine&about=rooms"
    assert Task.objects.get().done_by == bo()
    row = there.post(f"{DESK}{one.pk}/done/", {"done": "0"}, headers={"HX-Request": "true"}).content.decode()
    assert row.strip().startswith(f'<tr id="task-{one.pk}"')
    assert Task.objects.get().done_at is None


def test_a_task_is_taken_off():
    one = task(team())
    assert browser_of(ada()).post(f"{DESK}{one.pk}/", {"_method": "delete"})["Location"] == DESK
    assert Task.objects.count() == 0


def test_the_desk_and_the_pages_of_things_say_what_is_to_do():
    meetup = team()
    task(meetup, "Call Docks", about="place", owner_name="Zoe")
    task(meetup, "Something else")
    desk = page(f"{meetup.path}desk/")
    assert ("3 March 2027, 1 to do" in desk, '<span class="task-figure">2 to do</span>' in desk) == (True, True)
    assert f'hx-get="{DESK}about/place/"' in page(f"{meetup.path}desk/place/")
    assert "hx-get" not in page(f"{meetup.path}desk/about/")
    beside = page(f"{DESK}about/place/")
    assert ("Call Docks" in beside, "Zoe" in beside, "Something else" in beside) == (True, True, False)
    assert page(f"{DESK}about/pads/").strip() == ""
    assert browser_of(ada()).get(f"{DESK}about/booths/").status_code == 404


def test_ones_own_tasks_of_all_meetups_are_on_ones_own_page():
    for title in ("Spring meetup", "Autumn meetup"):
        task(team(title), f"Of {title}", owner=bo().pk, due_on=date(2020, 1, 1))
    found = page("/mine/", bo())
    assert found.index("Of Spring meetup") < found.index("Of Autumn meetup")
    assert ("Your tasks" in found, "1 January 2020" in found, "Late" in found) == (True, True, True)
    assert "Your tasks" not in page("/mine/", ada())


def test_the_desk_says_which_milestones_are_left_before_the_next_stage():
    meetup = team()
    actions.set_usual(meetup, by=ada(), now=NOW)
    assert "3 milestones of this stage are not done." in page(f"{meetup.path}desk/")


def test_a_table_to_take_away_has_no_formulas():
    meetup = team()
    task(meetup, "=HYPERLINK(1)", days=-14, owner=bo().pk, about="pads", notes="Line\nLine")
    answer = browser_of(ada()).get(f"{DESK[:-1]}.csv")
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (row["title"], row["due"], row["counted"], row["owner"]) == (
        "'=HYPERLINK(1)",
        "2027-02-16",
        "2 weeks before",
        "Bo Example",
    )
    assert answer["Content-Disposition"] == 'attachment; filename="spring-meetup-tasks.csv"'
    assert browser_of(ada()).get(f"{DESK[:-1]}.xlsx").status_code == 200


def test_a_calendar_app_gets_the_days_by_a_key_until_it_is_taken_back():
    meetup = team()
    task(meetup, "Mine", due_on=date(2027, 2, 1), owner=ada().pk)
    task(meetup, "Bo's", days=-7, owner=bo().pk)
    task(meetup, "No day")
    actions.mark_done(task(meetup, "Over", due_on=date(2027, 2, 2)), done=True, by=ada(), now=NOW)
    there = browser_of(ada())
    there.post(f"{DESK}letters/calendar/")
    key = Membership.objects.get().calendar_key
    address = f"{meetup.path}tasks.ics?key={key}"
    assert f"tasks.ics?key={key}&amp;whose=mine" in there.get(f"{DESK}letters/").content.decode()
    read = Calendar.from_ical(browser_of().get(address).content)
    assert [(str(event["summary"]), event["dtstart"].dt) for event in read.walk("VEVENT")] == [
        ("Mine", date(2027, 2, 1)),
        ("Bo's", date(2027, 2, 23)),
    ]
    assert browser_of().get(f"{address}&whose=mine").content.count(b"BEGIN:VEVENT") == 1
    assert browser_of().get(f"/m/{idea('Other').slug}/tasks.ics?key={key}").status_code == 404
    there.post(f"{DESK}letters/calendar/")
    assert browser_of().get(address).status_code == 404
    there.post(f"{DESK}letters/calendar/", {"_method": "delete"})
    assert Membership.objects.get().calendar_key is None


def test_whoever_leaves_the_team_loses_the_calendar():
    meetup = team()
    key = actions.open_calendar(meetup, bo(), now=NOW).calendar_key
    meetups.remove_organiser(meetup.organisers.get(person=bo()), by=ada(), now=NOW)
    assert browser_of().get(f"{meetup.path}tasks.ics?key={key}").status_code == 404
    journal.number_entries()
    journal.read_on("plans", FOLLOWERS["plans"])
    meetups.add_organiser(meetup, bo(), by=ada(), now=NOW)
    assert browser_of().get(f"{meetup.path}tasks.ics?key={key}").status_code == 404
    kept = actions.open_calendar(meetup, bo(), now=NOW).calendar_key
    assert actions.forget_member(meetup.pk, bo().pk) == 0
    assert browser_of().get(f"{meetup.path}tasks.ics?key={kept}").status_code == 200
    for wrong in ("", "x", "x" * 43, "\x00"):
        assert browser_of().get(f"{meetup.path}tasks.ics", {"key": wrong}).status_code == 404


def addresses(meetup):
    """Return every page of the plan of a meetup that has a task and minutes."""
    one, minutes = task(meetup), met(meetup, "We met.")
    own = ("", "new/", "usual/", "earlier/", "news/", "letters/", "letters/calendar/", "about/place/")
    yield from (f"{DESK}{path}" for path in (*own, f"{one.pk}/", f"{one.pk}/done/"))
    yield from (f"{DESK[:-1]}.csv", f"{DESK[:-1]}.xlsx")
    yield from (f"{MINUTES}{path}" for path in ("", "new/", f"{minutes.pk}/", f"{minutes.pk}/text/"))


def test_strangers_find_nothing():
    meetup = team()
    before = None
    for path in addresses(meetup):
        before = before or list(Task.objects.values())
        for who in (None, cy()):
            there = browser_of(who)
            typed = {"title": "Mine", "done": "1", "_method": "delete"}
            asked, sent = there.get(path), there.post(path, typed)
            assert asked.status_code == 404 or asked.headers.get("Location") == f"{meetup.path}desk/", path  # only sent to
            assert sent.status_code in {404, 405}, path
    assert list(Task.objects.values()) == before


def test_organisers_of_another_meetup_find_nothing_here():
    meetup, other = team(), placed("Autumn meetup")
    one, minutes = task(meetup), met(meetup, "We met.")
    there = browser_of(ada())
    for path in (f"tasks/{one.pk}/", f"tasks/{10**30}/", f"minutes/{minutes.pk}/", f"minutes/{10**30}/"):
        assert there.get(f"{other.path}desk/{path}").status_code == 404


@pytest.mark.parametrize("count", [1, 12])
def test_pages_take_the_same_queries_for_few_and_many(count, django_assert_num_queries):
    meetup = team()
    for number in range(count):
        task(meetup, f"Task {number}", owner=bo().pk, about="place", due_on=date(2027, 2, 1))
        met(meetup, f"#action Bo to call {number}\n#agreed {number}")
    there = browser_of(ada())
    for path, queries in (
        (DESK, 7),  # session, person, meetup, organiser, team, tasks, tabs
        (f"{DESK}about/place/", 6),  # session, person, meetup, organiser, tasks, tabs
        (f"{DESK}news/", 8),  # session, person, meetup, organiser, read until, tasks, minutes, tabs
        (MINUTES, 6),  # session, person, meetup, organiser, minutes, tabs
        (f"{DESK[:-1]}.csv", 6),  # session, person, meetup, organiser, notes, tasks
    ):
        with django_assert_num_queries(queries):
            there.get(path)

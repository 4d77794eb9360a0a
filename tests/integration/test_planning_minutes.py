"""Minutes: their lines become tasks, and tasks find their line again; who was away reads what happened."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from midcycle.kernel.refusal import Refusal
from midcycle.planning import actions, queries
from midcycle.planning.models import Membership, Minutes, Task
from midcycle.planning.rules import LONGEST
from tests.unit.test_planning_minutes import LOG
from tests.world import NOW, ada, bo, browser_of, later
from tests.worlds.planning import DESK, MINUTES, met, task, team

pytestmark = pytest.mark.django_db
TEXT = """# Rooms

Docks has **two** rooms.

#agreed Two days, no booths
- #action Ada to book the rooms by 1 March
#action @zoe bring tape
#info See https://example.org/plan?a=1&b=2
"""


def asked(**changed):
    said = {"title": "Weekly meeting", "held_on": "2027-01-08", "present": "Ada, Bo", "text": TEXT, **changed}
    return {name: value for name, value in said.items() if value is not None}


def change(minutes, text, *, seen=1, by=None):
    written = actions.Written("Weekly meeting", date(2027, 1, 8), "Ada, Bo", text)
    actions.change_minutes(minutes, written, seen=seen, by=by or bo(), now=later(days=1))


def tasks():
    return {one.title: (one.owner or one.owner_name, one.due_on, one.line) for one in Task.objects.all()}


def test_minutes_are_typed_and_make_tasks_that_lead_back_to_their_line():
    team()
    there = browser_of(ada())
    answer = there.post(f"{MINUTES}new/", asked())
    minutes = Minutes.objects.get()
    assert answer["Location"] == f"{MINUTES}{minutes.pk}/"
    assert tasks() == {"Book the rooms": (ada(), date(2027, 3, 1), 6), "Bring tape": ("zoe", None, 7)}
    shown = there.get(answer["Location"]).content.decode()
    assert "The minutes are kept. 2 tasks are on the list." in shown
    assert '<p id="line-6"><strong>Action:</strong> Ada to book the rooms by 1 March</p>' in shown
    assert 'href="https://example.org/plan?a=1&amp;b=2" rel="nofollow"' in shown
    assert "<p>Docks has <strong>two</strong> rooms.</p>" in shown
    assert f"{MINUTES}{minutes.pk}/#line-6" in there.get(DESK).content.decode()
    assert "Book the rooms" in browser_of(bo()).get(f"{DESK}{Task.objects.first().pk}/").content.decode()


def test_the_same_minutes_sent_twice_are_one():
    meetup = team()
    assert met(meetup, TEXT).pk == met(meetup, TEXT.replace("\n", "\r\n")).pk
    assert (Minutes.objects.count(), Task.objects.count()) == (1, 2)


@pytest.mark.parametrize(
    "changed",
    [
        {"text": ""},
        {"text": "\x00"},
        {"text": " \u200b "},
        {"text": "x" * (LONGEST["minutes"] + 1)},
        {"text": "x" * (LONGEST["log"] + 1)},
        {"held_on": "2027-02-30"},
        {"held_on": "9999-01-01"},
        {"held_on": None},
        {"title": ""},
        {"present": "x" * 5000},
    ],
)
def test_what_cannot_be_minutes_is_told_beside_the_field(changed):
    team()
    answer = browser_of(ada()).post(f"{MINUTES}new/", asked(**changed))
    assert (answer.status_code, Minutes.objects.count()) == (422, 0)
    assert f'id="id_{next(iter(changed))}_error"' in answer.content.decode()


@pytest.mark.parametrize(
    "text",
    [
        "#action <script>alert(1)</script>",
        "#info javascript:alert(1) <img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))\n<iframe src=x></iframe>",
        "#topic </h3><script>alert(1)</script>",
        '#link https://example.org/"onmouseover=alert(1)',
        "> " * 2000,
        "[" * 20_000,
        "#action " + "🦉" * 900,
        "#action a" + "\n#action b" * 400,
    ],
)
def test_hostile_minutes_are_shown_harmless(text):
    team()
    there = browser_of(ada())
    assert there.post(f"{MINUTES}new/", asked(text=text)).status_code == 302
    shown = there.get(f"{MINUTES}{Minutes.objects.get().pk}/").content.decode() + there.get(DESK).content.decode()
    for bad in ("<script>alert", "<img", "<iframe", 'href="javascript', '"onmouseover'):
        assert bad not in shown


def test_a_long_action_has_a_short_title_and_all_of_it_in_its_notes():
    met(team(), f"#action Ada to {'write ' * 60}")
    one = Task.objects.get()
    assert (len(one.title), one.title[-1], one.notes.count("rite")) == (160, "…", 60)


def test_a_task_follows_its_line_until_somebody_changes_it():
    meetup = team()
    minutes = met(meetup, "#action Ada to call\n#action Bo to pay\n#action Ada to write")
    mine = {one.title: one for one in Task.objects.all()}
    actions.change_task(mine["Pay"], actions.Wording("Pay half", owner=bo().pk), seen=1, by=bo(), now=NOW)
    actions.remove_task(mine["Write"], by=bo(), now=NOW)
    change(
        minutes,
        "New first line\n\n#action Bo to call by Friday\n#action Bo to pay all\n#action Ada to write\n#action Bo to sing",
    )
    assert tasks() == {
        "Call": (bo(), date(2027, 1, 15), 3),
        "Pay half": (bo(), None, 4),
        "Sing": (bo(), None, 6),
    }
    minutes.refresh_from_db()
    change(minutes, "#action Bo to sing", seen=2)
    assert {title: line for title, (_, _, line) in tasks().items()} == {"Call": None, "Pay half": None, "Sing": 1}


def test_two_who_write_at_once_lose_nothing():
    minutes = met(team(), "We met.")
    change(minutes, "We met, said Bo.")
    path = f"{MINUTES}{minutes.pk}/text/"
    answer = browser_of(ada()).post(path, asked(text="We met, said Ada.", edition="1"))
    shown = answer.content.decode()
    assert (answer.status_code, Minutes.objects.get().text) == (422, "We met, said Bo.")
    assert ("We met, said Ada.</textarea>" in shown, "We met, said Bo.</pre>" in shown) == (True, True)
    assert 'name="edition" value="2"' in shown
    assert browser_of(ada()).post(path, asked(text="Both.", edition="2")).status_code == 302
    assert Minutes.objects.get().text == "Both."
    with pytest.raises(Refusal, match="Somebody changed this"):
        change(minutes, "Third", seen=1)


def test_what_a_meetbot_wrote_is_looked_over_before_it_is_kept():
    team()
    there = browser_of(ada())
    looked = there.post(f"{MINUTES}new/", asked(text=LOG)).content.decode()
    assert Minutes.objects.count() == 0
    assert "This is what was read from the MeetBot" in looked
    for text in (
        'value="ops meetups team"',
        'value="2016-12-13"',
        "shintaro, med_, mrhillsman",
        "#agreed two days, no booths</textarea>",
    ):
        assert text in looked, text
    assert ("med_&gt; o/" in looked, "waves" in looked) == (False, False)


def test_a_log_may_be_long_as_only_its_points_are_kept():
    team()
    talk = "\n".join(f"15:{number % 60:02}:00 <med_> {'word ' * 8}" for number in range(2_000))
    looked = browser_of(ada()).post(f"{MINUTES}new/", asked(text=f"{LOG}\n{talk}")).content.decode()
    assert ("This is what was read from the MeetBot" in looked, "word word" in looked) == (True, False)


def test_minutes_go_and_their_tasks_stay():
    minutes = met(team(), TEXT)
    assert browser_of(bo()).post(f"{MINUTES}{minutes.pk}/", {"_method": "delete"})["Location"] == MINUTES
    assert (Minutes.objects.count(), Task.objects.filter(minutes=None).count()) == (0, 2)


def test_who_was_away_sees_what_was_decided_done_and_newly_due():
    meetup, now = team(), NOW
    long_ago = now - timedelta(days=30)
    met(meetup, "#agreed Lisbon", held_on=date(2026, 12, 10), now=long_ago)
    old = task(meetup, "Ask Docks", now=long_ago)
    task(meetup, "Pay", due_on=date(2027, 1, 9), now=long_ago)
    task(meetup, "Very late", due_on=date(2026, 11, 1), now=long_ago)
    task(meetup, "Soon", due_on=date(2027, 1, 12), now=long_ago)
    actions.mark_done(old, done=True, by=bo(), now=now - timedelta(days=2))
    met(meetup, TEXT, now=now - timedelta(days=1))
    news = queries.news_for(meetup, ada(), date(2027, 1, 5), now=now)
    assert [[point.text for point in meeting.agreed] for meeting in news.meetings] == [["Two days, no booths"]]
    found = [[row.title for row in rows] for rows in (news.done, news.fresh, news.fell_due, news.soon)]
    assert found == [["Ask Docks"], ["Book the rooms", "Bring tape"], ["Pay"], ["Soon"]]
    assert len(queries.news_for(meetup, ada(), date(2026, 1, 1), now=now).meetings) == 2


def test_i_have_read_this_begins_anew_from_the_moment_the_page_was_made():
    meetup = team()
    met(meetup, TEXT, now=timezone.now() - timedelta(hours=1))
    there = browser_of(bo())
    page = there.get(f"{DESK}news/")
    assert "Two days, no booths" in page.content.decode()
    made_at = page.context["news"].until
    met(meetup, "#agreed Three days", now=timezone.now())
    there.post(f"{DESK}news/", {"until": made_at.isoformat()})
    assert Membership.objects.get().read_at == made_at
    again = there.get(f"{DESK}news/").content.decode()
    assert ("Two days, no booths" in again, "Three days" in again) == (False, True)
    assert "Two days, no booths" in there.get(f"{DESK}news/?since=2020-01-01").content.decode()
    for odd in ("2020-13-01", "x", "\x00", "9" * 3000):
        assert there.get(f"{DESK}news/", {"since": odd}).status_code == 200
    there.post(f"{DESK}news/", {"until": "9999-12-31T00:00:00Z"})
    assert Membership.objects.get().read_at < timezone.now()


def test_nothing_happened_is_said():
    team()
    assert "Nothing happened" in browser_of(ada()).get(f"{DESK}news/").content.decode()

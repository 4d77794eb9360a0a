"""A report tells what others counted and showed, and names nobody who did not agree to be named."""

import pytest

from midcycle.lists.models import Comparison, MailList
from midcycle.meetups import actions as meetups
from midcycle.outcomes import actions as outcomes
from midcycle.pads import actions as pads
from midcycle.photos import actions as photos
from midcycle.report import actions
from tests.integration.test_report import REPORT, published, sections_of
from tests.world import NOW, ada, browser_of
from tests.worlds.photos import gathering, sender
from tests.worlds.photos import published as published_picture
from tests.worlds.reach import published as reached
from tests.worlds.report import OPERATOR, over

pytestmark = pytest.mark.django_db


def test_only_who_agreed_to_be_named_is_named_in_public():
    meetup = over(OPERATOR, sessions=0)
    pads.open_pad(meetup, "LIS-notes", title="Notes", text="- [ ] Rosalind Typed: write it down\n", by=ada(), now=NOW)
    outcomes.collect(now=NOW)
    actions.publish(meetup, by=ada(), now=NOW)
    stranger = browser_of()
    for address in (REPORT, "/m/spring-meetup/report.md", "/m/spring-meetup/pads/"):
        page = stranger.get(address).content.decode()
        assert (address, "write it down" in page, "Rosalind" in page) == (address, True, False)


def test_how_people_heard_and_who_was_on_the_list_are_told():
    meetup = reached()
    found = MailList.objects.create(meetup=meetup, title="operators", kind="file", added_at=NOW)
    Comparison.objects.create(
        meetup=meetup, list=found, state="done", people=34, on_list=24, asked_at=NOW, next_try_at=NOW, after="done", joined=5
    )
    section = sections_of(meetup)["heard"]
    assert section.markdown.startswith("## How people heard\n\nThe most frequent answer was")
    assert "Of 34 people, 24 were on the list operators. 5 of the others joined it within 30 days." in section.markdown
    assert [table.caption for table in section.tables] == ["How people say they heard", "Who was on the list"]
    assert "<svg" in section.charts[0].svg
    page = " ".join(browser_of().get("/m/spring-meetup/reach/").content.decode().split())
    assert ("operators" in page, "24 of 34 (71 %)" in page, "5 of 10 (50 %)" in page) == (True, True, True)


def test_pictures_are_told_that_everybody_can_see():
    meetup = gathering()
    shown, hidden = published_picture(sender(meetup), "A full <room>"), published_picture(sender(meetup), "SECRET", seed=2)
    photos.ask_away(hidden, "", often_from_here=False, now=NOW)
    section = sections_of(meetup)["photos"]
    assert [(one.caption, one.credit) for one in section.pictures] == [("A full <room>", "Bo Example")]
    assert section.markdown == "## In pictures\n\nOne picture of the meetup is public."
    meetups.move_to_stage(meetup, ada(), "wrap_up", now=NOW)
    page = published(meetup)
    assert 'alt="A full &lt;room&gt;"' in page
    assert (f"/photos/{shown.pk}/takedown/" in page, "SECRET" in page) == (True, False)

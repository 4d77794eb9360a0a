"""Trying to find out about one person by reading what is published twice, or beside something else that is published."""

import json
import re

import pytest

from midcycle.feedback.models import Slip
from midcycle.kernel.refusal import Refusal
from midcycle.registration import actions as registration
from midcycle.report import actions
from tests.world import NOW, ada, browser_of, placed
from tests.worlds.feedback import answered, said
from tests.worlds.report import DEVELOPER, OPERATOR, over

pytestmark = pytest.mark.django_db
_TOKENS = re.compile(r'name="csrf[^>]*>|[a-zA-Z0-9]{64}')
YES, NO = said(come_again=True), said(come_again=False)


def told_by(*paths: str) -> list[str]:
    """What a stranger reads at these addresses, as text."""
    return [_TOKENS.sub("", browser_of().get(path).content.decode()) for path in paths]


def test_who_answered_is_forgotten_when_the_survey_is_closed_and_who_is_forgotten_later_changes_no_figure():
    world = answered(*[YES] * 8, *[NO] * 5, people=20)
    assert Slip.objects.count() == 0
    pages = ("/api/v1/meetups/spring-meetup/survey", "/m/spring-meetup/feedback/results/")
    before = told_by(*pages)
    assert '"people": 13' in before[0]
    registration.erase_seat(world.seats[0], now=NOW)
    assert told_by(*pages) == before


def test_a_published_report_does_not_tell_of_who_was_checked_in_late():
    """Read before and after, the charts would tell the role, sector, region and answers of one person."""
    meetup = over(*[OPERATOR] * 8, *[DEVELOPER] * 6)
    late = meetup.seats.order_by("pk").last()
    registration.undo_check_in(late, by=ada(), now=NOW)
    actions.publish(meetup, by=ada(), now=NOW)
    before = who_in_report()
    registration.check_in(late, by=ada(), now=NOW)
    assert who_in_report() == before
    actions.unpublish(meetup, by=ada(), now=NOW)
    actions.publish(meetup, by=ada(), now=NOW)
    assert who_in_report() == before


def test_a_report_is_published_once_all_have_come():
    meetup = placed(stage="on_site")
    with pytest.raises(Refusal, match="counted once, when all have come"):
        actions.publish(meetup, by=ada(), now=NOW)


def who_in_report():
    """What the report says of groups of people and of what they said when registering, for machines and on its page."""
    report = json.loads(told_by("/api/v1/meetups/spring-meetup/report")[0])
    page = told_by("/m/spring-meetup/report/")[0]
    charts = [chart for chart in re.findall(r"<svg.*?</svg>", page, re.DOTALL) if "From interest to the door" not in chart]
    assert (len(charts) >= 3, bool(report["data_points"])) == (True, True)
    return {key: report["who"][key] for key in ("roles", "sectors", "regions")}, report["data_points"], charts

"""When the survey opens, everybody with a seat is asked once, by a link that opens it."""

import re
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from midcycle.feedback import actions as feedback
from midcycle.mailing.models import Letter
from midcycle.registration import actions as registration
from midcycle.site.worker import work_once
from tests.world import ada, browser_of
from tests.worlds.registration import ANSWERS, opened

pytestmark = pytest.mark.django_db


def test_those_with_a_seat_are_asked_and_those_waiting_are_not():
    meetup = opened(2, stage="on_site")
    for name in ("Bo", "Dee", "Fay"):
        registration.take_seat(meetup, ANSWERS, email=f"{name}@example.org", name=name, now=timezone.now())
    feedback.open_survey(meetup, by=ada(), now=timezone.now())
    work_once()
    work_once()
    letters = Letter.objects.filter(subject="How was Spring meetup?").order_by("pk")
    assert [letter.person.email for letter in letters] == ["bo@example.org", "dee@example.org"]
    link = urlsplit(re.findall(r"http\S+", letters[0].body)[0]).path
    assert "Send, without my name" in browser_of().get(link).content.decode()

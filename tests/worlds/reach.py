"""Meetups to which people came by several links."""

from collections.abc import Mapping

from midcycle.feedback.models import Survey, Tally
from midcycle.feedback.rules.asking import GIVEN, LEFT_OUT
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.reach import actions
from midcycle.registration import actions as registration
from tests.world import NOW, ada, placed

LIST, CANTEEN = "list-of-the-operators", "poster-in-the-canteen"
USUAL: Mapping[tuple[str, str], int] = {
    (LIST, "list"): 9,
    (f"{LIST}~1", "forwarded"): 6,
    (f"{LIST}~2", "forwarded"): 5,
    (CANTEEN, "colleague"): 6,
    ("", "colleague"): 8,
}


def spread(people: Mapping[tuple[str, str], int] = USUAL, title: str = "Spring meetup") -> Meetup:
    """Return a meetup in registration with two channels; so many have a seat who came by each way and heard so."""
    meetup = placed(title)
    for name in ("List of the operators", "Poster in the canteen"):
        actions.make_channel(meetup, name, leads_to="seat", by=ada(), now=NOW)
    registration.open_registration(meetup, total=max(1, sum(people.values())), by=ada(), now=NOW)
    number = 0
    for (via, heard), count in people.items():
        answers, origin = registration.Answers(heard_how=heard), registration.Origin(via=via)
        for _ in range(count):
            number += 1
            email = f"guest{number}@example.org"
            registration.take_seat(meetup, answers, email=email, name=f"Guest {number}", now=NOW, origin=origin)
    return meetup


def over(people: Mapping[tuple[str, str], int] = USUAL, title: str = "Spring meetup") -> Meetup:
    """Return such a meetup in its wrap-up."""
    meetup = spread(people, title)
    for stage in ("agenda", "on_site", "wrap_up"):
        meetups.move_to_stage(meetup, ada(), stage, now=NOW)
    return meetup


def published(people: Mapping[tuple[str, str], int] = USUAL, title: str = "Spring meetup") -> Meetup:
    """Return one whose picture everybody can see."""
    meetup = over(people, title)
    actions.publish(meetup, by=ada(), now=NOW)
    return meetup


def surveyed(meetup: Meetup, answers: Mapping[str, int], *, is_open: bool = False) -> None:
    """Put counts into the survey, as if so many had answered how they heard, and two had left it out."""
    survey = Survey.objects.create(meetup=meetup, is_open=is_open, was_opened=True)
    counts = {**answers, GIVEN: sum(answers.values()), LEFT_OUT: 2}
    Tally.objects.bulk_create(Tally(survey=survey, question="heard_how", value=key, count=n) for key, n in counts.items())

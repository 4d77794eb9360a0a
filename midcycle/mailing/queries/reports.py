"""A letter that begins with the published report."""

from midcycle.meetups.models import Meetup
from midcycle.registration.models import Seat
from midcycle.report.queries import letter_of


def words_of_report(meetup: Meetup, language: str) -> dict[str, object]:
    """Return audience, subject and text of a letter with the report in a language: to those who came, if they were counted.

    Nothing where no language is asked for, and while the report is not published.
    """
    if not language or not meetup.has_report:
        return {}
    subject, text = letter_of(meetup, language)
    came = Seat.objects.filter(meetup=meetup, state="checked_in").exists()
    return {"audience": "here" if came else "seats", "subject": subject, "text": text}

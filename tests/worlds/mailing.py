"""Letters, written as the worker writes them."""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.journal.models import Entry
from midcycle.mailing import actions, queries
from midcycle.mailing.actions import Seen, Wording
from midcycle.mailing.models import Letter, Mailing
from midcycle.mailing.rules import Audience
from midcycle.meetups.models import Meetup
from midcycle.site.followers import FOLLOWERS
from tests.world import NOW, ada


def follow() -> int:
    """Let the letters of all new entries be written; return how many entries there were.

    The world's clock stands still, and nobody is written to about what happened long ago: so it all happens today.
    """
    now = timezone.now()
    told = Entry.objects.filter(position=None).exclude(at__range=(now - timedelta(hours=1), now))
    told.update(at=F("at") + timedelta(days=(now - NOW).days))
    journal.number_entries()
    return journal.read_on("letters", FOLLOWERS["letters"])


def drafted(
    meetup: Meetup, kind: str = "seats", value: str = "", *, subject="News of {meetup}", text="Hello {name}", **more
) -> Mailing:
    """Return a draft of Ada's."""
    wording = Wording(Audience(kind, str(value)), subject, text, more.get("answers", False))
    return actions.draft_mailing(meetup, wording, by=more.get("by") or ada(), now=more.get("now", NOW))


def send(mailing: Mailing, *, by: Person | None = None, now=NOW) -> int:
    """Send a draft as it is; return to how many people."""
    mailing.refresh_from_db()
    people = queries.chosen_for(mailing.meetup, mailing.audience, now=now).count()
    return actions.send_mailing(mailing, Seen(people, mailing.edition), by=by or ada(), now=now)


def sent(meetup: Meetup, kind: str = "seats", value: str = "", **more) -> Mailing:
    """Return a mailing that was sent, with its letters written."""
    mailing = drafted(meetup, kind, value, **more)
    send(mailing, by=more.get("by"), now=more.get("now", NOW))
    follow()
    mailing.refresh_from_db()
    return mailing


def told(mailing: Mailing) -> dict[str, str]:
    """Return the first name of each who was chosen or left out, with the state of their letter and why."""
    letters = Letter.objects.filter(mailing=mailing, is_copy=False).select_related("person").order_by("pk")
    return {letter.person.name.split()[0]: f"{letter.state} {letter.why}".strip() for letter in letters}

"""What became of what was noted at the demo's meetups: some of it is somebody's by their yes, some is done, some waits."""

from datetime import datetime, timedelta

from midcycle.accounts.models import Person
from midcycle.meetups.models import Meetup
from midcycle.outcomes import actions
from midcycle.outcomes.models import Action, Tag
from midcycle.pads.models import Pad
from midcycle.site.demo.folk import known_as


def follow_up_past(meetup: Meetup, *, by: Person, now: datetime) -> None:
    """Follow up a meetup that is over: most is done, two things are open and go on to the next edition."""
    _collect(meetup, now=now)
    weeks = timedelta(weeks=1)
    _confirm(meetup, "ask the network team", "Otto Nullroute", is_named=True, by=by, now=now)
    agents = _one(meetup, "ask the network team")
    actions.mean_for(agents, "network agent developers", by=by, now=now)
    reported = {"text": "Reported, with the times of four clouds", "url": "https://bugs.example.org/1402"}
    actions.note_trace(agents, **reported, by=known_as("Otto Nullroute", now=now), now=now + 2 * weeks)
    _confirm(meetup, "bring real figures", "Yuki Hotspare", is_named=False, by=by, now=now)
    quota = Tag.objects.get(meetup=meetup, word="quota")
    actions.note_trace(quota, text="The rule for small raises is in the shared guide.", url="", by=by, now=now + weeks)


def follow_up_today(meetup: Meetup, *, by: Person, now: datetime) -> None:
    """Let two people say yes and one be asked; most names are still to be asked."""
    _collect(meetup, now=now)
    _confirm(meetup, "ask the documentation team", "Moss Dockery", is_named=True, by=by, now=now)
    _confirm(meetup, "share the spreadsheet", "Yuki Hotspare", is_named=False, by=by, now=now)
    moss = known_as("Moss Dockery", now=now)
    actions.ask(_one(meetup, "bring together teams"), moss.pk, by=by, now=now)


def _collect(meetup: Meetup, *, now: datetime) -> None:
    for pad in Pad.objects.filter(meetup=meetup).select_related("meetup").order_by("pk"):
        actions.read(pad, now=now)


def _confirm(meetup: Meetup, begins: str, name: str, *, is_named: bool, by: Person, now: datetime) -> None:
    """Let the team ask somebody, who says yes."""
    person, action = known_as(name, now=now), _one(meetup, begins)
    actions.ask(action, person.pk, by=by, now=now)
    actions.answer(action, person, actions.Answer("yes", is_named=is_named), now=now + timedelta(hours=5))


def _one(meetup: Meetup, begins: str) -> Action:
    return Action.objects.get(meetup=meetup, what__startswith=begins)

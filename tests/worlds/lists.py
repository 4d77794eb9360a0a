"""Lists, and the settings that name them."""

from contextlib import contextmanager
from datetime import UTC, datetime

from django.conf import settings
from django.test import override_settings

from midcycle.conf.schema import ListServer
from midcycle.engines.maillist import About, Answer
from midcycle.lists import actions
from midcycle.lists.actions import Naming
from midcycle.lists.models import MailList
from midcycle.meetups import actions as from_meetups
from midcycle.meetups.models import Meetup
from midcycle.registration import actions as registration
from tests.world import NOW, ada
from tests.worlds.registration import opened, seated

# The day after the last day, and 31 days after.
AFTERWARDS = datetime(2027, 3, 4, 9, tzinfo=UTC)
A_MONTH_LATER = datetime(2027, 4, 4, 9, tzinfo=UTC)
OPS = ListServer(
    kind="mailman",
    url="http://127.0.0.1:9/3.1",
    user="restadmin",
    secret="s",
    list="ops.lists.test",
    open_to=("spring-meetup",),
)


@contextmanager
def connected(**servers: ListServer):
    """Let the settings name these lists."""
    with override_settings(MIDCYCLE=settings.MIDCYCLE.model_copy(update={"lists": servers})):
        yield


def named(meetup: Meetup, connection: str = "ops", **more) -> MailList:
    """Return a list of the meetup; with a blank connection one that is compared by a file."""
    about = About("Operators", "ops@lists.test") if connection else About("", "")
    return actions.name_list(meetup, Naming(connection, "Operators", **more), about, by=ada(), now=NOW)


def over(people: int, total: int = 200) -> Meetup:
    """Return a meetup that is over, to which Guest1, Guest2, … came and Late did not."""
    meetup = opened(total, stage="registration")
    seats = [seated(meetup, f"Guest{number}") for number in range(1, people + 1)]
    seated(meetup, "Late")
    for stage in ("agenda", "on_site"):
        registration_stage(meetup, stage)
    for seat in seats:
        registration.check_in(seat, by=ada(), now=NOW)
    registration_stage(meetup, "wrap_up")
    meetup.refresh_from_db()
    return meetup


def registration_stage(meetup: Meetup, stage: str) -> None:
    """Move the meetup on."""
    from_meetups.move_to_stage(meetup, ada(), stage, now=NOW)


class Fake:
    """A list's server that answers from memory, one page at a time, and notes what it was asked."""

    def __init__(self, *members: str):
        self.members = list(members)
        self.asked = []
        self.status = 201
        self.body = b""

    def __call__(self, request):
        self.asked.append(request)
        if "roster" in request.url:
            page = int(request.url.split("page=")[1].split("&")[0])
            part = self.members[(page - 1) * 500 : page * 500]
            entries = ", ".join(f'{{"email": "{address}"}}' for address in part)
            return Answer(200, f'{{"total_size": {len(self.members)}, "entries": [{entries}]}}'.encode())
        return Answer(self.status, self.body)

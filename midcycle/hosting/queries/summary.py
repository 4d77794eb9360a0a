"""A call in figures, for everybody."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from midcycle.accounts.models import Person
from midcycle.hosting.models import Call, Interest
from midcycle.hosting.rules import CALL_STAGES, Forecast, forecast
from midcycle.kernel.folding import Group, fold
from midcycle.meetups.models import Meetup
from midcycle.meetups.rules import region_name

ELSEWHERE = "elsewhere or not said"


@dataclass(frozen=True)
class CallSummary:
    """How a call stands. `regions` are folded, largest first; `guess` is what the organiser first expected.

    `own` is what the visitor said, in words.
    """

    slug: str
    is_open: bool
    channel: str
    opened_at: datetime
    guess: tuple[int, int] | None
    answers: int
    come: int
    host: int
    moderate: int
    regions: tuple[Group, ...]
    forecast: Forecast | None
    own: tuple[str, ...]


def call_summary(meetup: Meetup, now: datetime, visitor: Person | None = None) -> CallSummary | None:
    """Return how the call of a meetup stands at `now`; None when nobody was asked. Two queries."""
    call = Call.objects.filter(meetup=meetup).first()
    if call is None:
        return None
    answers = list(Interest.objects.filter(call=call))
    regions = Counter(region_name(answer.region) or ELSEWHERE for answer in answers)
    return CallSummary(
        slug=meetup.slug,
        is_open=call.closed_at is None and meetup.stage in CALL_STAGES,
        channel=call.channel,
        opened_at=call.opened_at,
        guess=None if call.guess_low is None or call.guess_high is None else (call.guess_low, call.guess_high),
        answers=len(answers),
        come=sum(answer.would_come for answer in answers),
        host=sum(answer.could_host for answer in answers),
        moderate=sum(answer.could_moderate for answer in answers),
        regions=fold(regions, other=ELSEWHERE),
        forecast=forecast([answer.answered_at for answer in answers if answer.would_come], now=now, meets_on=meetup.starts_on),
        own=next((answer.said for answer in answers if visitor and answer.person_id == visitor.pk), ()),
    )

"""What photos do by themselves: develop, delete for good, forget."""

import time
from datetime import datetime
from typing import Final

from midcycle.engines.pictures import Counter
from midcycle.journal.models import Entry
from midcycle.photos import actions
from midcycle.photos.shelf import shelf

_COUNTER: Final = Counter()  # the worker is one process


def develop(now: datetime) -> int:
    """Develop what has arrived, and delete the files of what is deleted; return how many pictures became ready."""
    ready = actions.develop(_COUNTER, shelf(), now=now, clock=time.monotonic())
    actions.tidy(shelf(), busy=_COUNTER.under_way, now=now)
    return ready


def forget(now: datetime) -> int:
    """Forget pictures that never came as a whole, and refusals that are old; return how many."""
    return actions.forget_unfinished(shelf(), now=now)


def seat_erased(entry: Entry) -> None:
    """Take the name of somebody who asked to be forgotten from their pictures. Done twice, it does nothing more."""
    actions.forget_sender(entry.meetup or 0, entry.actor or 0, now=entry.at)

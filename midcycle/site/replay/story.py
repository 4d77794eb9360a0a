"""A meetup being replayed: its facts, how far it is, and what every step of it needs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from django.db import transaction

from midcycle.accounts.actions import person_for
from midcycle.accounts.models import Person
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.site.replay.counts import Heads
from midcycle.site.replay.ledger import Ledger
from midcycle.site.replay.people import Synthetic
from midcycle.site.replay.reading import Facts
from midcycle.site.replay.times import Days


@dataclass
class Story:
    """One meetup being replayed."""

    facts: Facts
    ledger: Ledger
    organiser: Person
    meetup: Meetup
    now: datetime
    seed: str
    heads: Heads
    days: Days
    door_opened_at: datetime | None = None
    crowd: list[Synthetic] = field(default_factory=list)

    def later(self, **delta: float) -> datetime:
        """Let time pass and return the new moment."""
        self.now += timedelta(**delta)
        return self.now

    @contextmanager
    def attempt(self, path: str, asked: object = None) -> Iterator[None]:
        """Do something the rules may refuse; then nothing of it stays, and a note says why, with a line for what was asked."""
        try:
            with transaction.atomic():
                yield
        except Refusal as refusal:
            if asked is None:
                self.ledger.note(f"{path}: {refusal.message}")
            else:
                self.ledger.failed(path, asked, refusal.message)

    def person_called(self, pseudonym: str) -> Person:
        """Return the person behind a pseudonym of the file: clearly invented, the same within one file, letter by letter."""
        address = sha256(f"{self.seed}\0{pseudonym}".encode()).hexdigest()[:20]
        return person_for(f"person-{address}@example.org", name=f"Person {pseudonym}", now=self.now)

    def move_to(self, stage: str) -> None:
        """Move the meetup to its next stage; it is on site on its day, when that is known."""
        starts = self.meetup.starts_on
        if stage == "on_site" and starts is not None:
            self.now = max(self.now, datetime(starts.year, starts.month, starts.day, 9, tzinfo=UTC))
        meetups.move_to_stage(self.meetup, self.organiser, stage, now=self.now)

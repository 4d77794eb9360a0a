"""What all deeds of funding share: one line in the journal, and nothing is overwritten unseen."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal


class Stale(Refusal):
    """Raised for a change of what somebody else changed since it was looked at; nothing is written."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            gettext("Somebody changed this after you opened it. Look at both below, and save again if yours is to stand.")
        )


def note(kind: str, meetup: int, by: Person | None, *, now: datetime, **facts: object) -> None:
    """Record a deed of funding."""
    said: Mapping[str, object] = facts
    journal.record(f"funding.{kind}", at=now, meetup=meetup, actor=by.pk if by else None, facts=said)

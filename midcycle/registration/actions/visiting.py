"""Who is at the registration form: what makes the same form, sent twice by one browser, one registration.

Whoever presses the button twice, or sends the form again because the answer was lost, has to see their own seat, not what a
stranger sees who typed their address. So the link of a seat follows from a secret of the browser it was taken with, and only
that browser can be led to it again by the form.
"""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.crypto import constant_time_compare, salted_hmac

from midcycle.accounts.models import Person
from midcycle.registration.models import Seat

AGAIN_WITHIN: Final = timedelta(hours=1)  # later it may be somebody else at the same browser
_BYTES: Final = 24


@dataclass(frozen=True)
class Visitor:
    """Who is at the form: the person signed in, and a secret of the browser; blank where it has none."""

    signed_in: Person | None = None
    browser: str = ""

    def token_of(self, seat: Seat) -> str:
        """Return the text of the link to a seat taken with this browser: as unguessable as others, another for each arrival."""
        said = f"{self.browser}:{seat.meetup_id}:{seat.person_id}:{seat.arrival}"
        digest = salted_hmac("midcycle.registration.visiting", said, algorithm="sha256").digest()
        return urlsafe_b64encode(digest[:_BYTES]).decode()

    def has_taken(self, seat: Seat, *, now: datetime) -> bool:
        """Say whether a seat was taken with this browser a short while ago, or is of who is signed in."""
        if self.signed_in is not None and self.signed_in.pk == seat.person_id:
            return True
        is_new = bool(self.browser) and now - seat.registered_at < AGAIN_WITHIN
        return is_new and constant_time_compare(seat.token, self.token_of(seat))

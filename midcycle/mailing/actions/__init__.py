"""The deeds of mailing: writing letters, and sending them until they are sent."""

from midcycle.mailing.actions.delivery import deliver, retry_failed
from midcycle.mailing.actions.letters import (
    forget_letters,
    write_about_interest,
    write_about_seat,
    write_about_transfer,
    write_letter,
)

__all__ = [
    "deliver",
    "forget_letters",
    "retry_failed",
    "write_about_interest",
    "write_about_seat",
    "write_about_transfer",
    "write_letter",
]

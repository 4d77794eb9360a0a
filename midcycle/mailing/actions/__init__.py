"""The deeds of mailing: writing letters, to one and to many, and sending them until they are sent."""

from midcycle.mailing.actions.delivery import deliver, retry_failed
from midcycle.mailing.actions.letters import (
    forget_letters,
    write_about_fee,
    write_about_interest,
    write_about_invitation,
    write_about_joining,
    write_about_seat,
    write_about_transfer,
    write_letter,
    write_survey,
    write_to,
    write_to_payer,
)
from midcycle.mailing.actions.mailings import (
    Seen,
    Wording,
    change_draft,
    discard_draft,
    draft_mailing,
    send_copy,
    send_mailing,
    stop_mailing,
)
from midcycle.mailing.actions.returning import note_bounce, write_again
from midcycle.mailing.actions.weekly import want_no_weekly, want_weekly, write_weekly
from midcycle.mailing.actions.writing import (
    pass_over_mailing,
    take_back,
    want_mailings,
    want_no_mailings,
    write_mailing,
)

__all__ = [
    "Seen",
    "Wording",
    "change_draft",
    "deliver",
    "discard_draft",
    "draft_mailing",
    "forget_letters",
    "note_bounce",
    "pass_over_mailing",
    "retry_failed",
    "send_copy",
    "send_mailing",
    "stop_mailing",
    "take_back",
    "want_mailings",
    "want_no_mailings",
    "want_no_weekly",
    "want_weekly",
    "write_about_fee",
    "write_about_interest",
    "write_about_invitation",
    "write_about_joining",
    "write_about_seat",
    "write_about_transfer",
    "write_again",
    "write_letter",
    "write_mailing",
    "write_survey",
    "write_to",
    "write_to_payer",
    "write_weekly",
]

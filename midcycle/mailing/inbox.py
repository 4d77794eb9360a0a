"""The demo's mail backend: a message goes into a table instead of out to the world."""

import smtplib
from collections.abc import Sequence
from typing import Final

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from midcycle.mailing.models import InboxMessage

# Addresses that end so have no mailbox, so that the demo can show a letter that is refused.
GONE: Final = ".gone@example.org"


class InboxBackend(BaseEmailBackend):
    """Stores each message once for each recipient."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Store the messages; return how many. Raises SMTPRecipientsRefused for one to an address that is gone."""
        refused = {to: (550, b"No such mailbox") for message in email_messages for to in message.to if to.endswith(GONE)}
        if refused:
            raise smtplib.SMTPRecipientsRefused(refused)
        rows = [
            InboxMessage(to=to, subject=message.subject[:200], body=str(message.body), at=timezone.now())
            for message in email_messages
            for to in message.to
        ]
        InboxMessage.objects.bulk_create(rows)
        return len(email_messages)

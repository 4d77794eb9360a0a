"""The demo's mail backend: a message goes into a table instead of out to the world."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from midcycle.mailing.models import InboxMessage


class InboxBackend(BaseEmailBackend):
    """Stores each message once for each recipient."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Store the messages; return how many."""
        rows = [
            InboxMessage(to=to, subject=message.subject[:200], body=str(message.body), at=timezone.now())
            for message in email_messages
            for to in message.to
        ]
        InboxMessage.objects.bulk_create(rows)
        return len(email_messages)

"""A message in plain text."""

from typing import Any

from django.core.mail import EmailMessage

from midcycle.kernel.flowed import flowed


class PlainMessage(EmailMessage):
    """A message whose long lines are broken so that any mail program shows them well."""

    def __init__(self, subject: str, body: str, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        """Break the long lines."""
        super().__init__(subject, flowed(body), *args, **kwargs)

    def message(self, **kwargs: Any) -> Any:  # noqa: ANN401 - both differ between versions of Django
        """Return the message, and say in it that broken lines can be joined."""
        message = super().message(**kwargs)
        message.set_param("format", "flowed")
        return message

"""Refusals that people can act on."""


class Refusal(Exception):  # noqa: N818 - reads as a fact, not as a crash
    """Raised by an action that the rules do not allow; the message says what to do next and names the field if any."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        """Keep the sentence for people and the form field it belongs to."""
        super().__init__(message)
        self.message = message
        self.field = field


class UnknownToken(Exception):  # noqa: N818 - the same
    """Raised for a bearer token that nobody has, or has any more."""


class ScopeMissing(Exception):  # noqa: N818 - the same
    """Raised for a token of the right meetup that may not do this; the message is the scope that may."""

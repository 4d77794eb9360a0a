"""Takes e-mail addresses and secrets out of text that is logged."""

import re

_EMAIL = re.compile(r"[^\s\"'<>(){},;]+@[^\s\"'<>(){},;]+")
_TOKEN = re.compile(r"(?<![\w-])[\w-]{22,}(?![\w-])")


def redact(text: str) -> str:
    """Return the text with addresses as `<email>` and runs of 22 or more token characters as `<token>`."""
    return _TOKEN.sub("<token>", _EMAIL.sub("<email>", text))

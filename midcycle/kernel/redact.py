"""Takes e-mail addresses and secrets out of text that is logged."""

import re

_EMAIL = re.compile(r"[^\s\"'<>(){},;]+@[^\s\"'<>(){},;]+")
_TOKEN = re.compile(r"(?<![\w-])(?![A-Za-z]+(?:Error|Exception|Disconnected|Refused|Timeout|Warning)\b)[\w-]{22,}(?![\w-])")


def redact(text: str) -> str:
    """Return the text with addresses as `<email>` and runs of 22 or more token characters as `<token>`.

    Names of errors stay: they tell an operator what is wrong.
    """
    return _TOKEN.sub("<token>", _EMAIL.sub("<email>", text))

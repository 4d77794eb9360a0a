"""What an organiser may leave to be filled in, such as `{name}`, and how it is filled in. Pure.

The list is closed. A placeholder is a word in braces and nothing else: no attribute, index, filter or sum can be asked
for, and what was filled in is never looked at again (pretix, CVE-2026-2415).
"""

import re
from collections.abc import Mapping
from typing import Final

from midcycle.kernel.words import gettext, gettext_noop

PLACEHOLDERS: Final[Mapping[str, str]] = {
    "name": gettext_noop("the person's name"),
    "meetup": gettext_noop("the meetup's title"),
    "when": gettext_noop("its dates"),
    "where": gettext_noop("its place"),
    "meetup_link": gettext_noop("its page"),
    "list_link": gettext_noop("where the person joins the community's lists with one press"),
    "seat_link": gettext_noop("the page of the person's own seat; for who has none, where to register"),
}
IN_SUBJECT: Final = frozenset({"name", "meetup", "when", "where"})

_BRACED: Final = re.compile(r"\{?\{[^{}\n]*\}\}?")
_LONGEST_SHOWN: Final = 40


def unknown_in(text: str, known: frozenset[str] = frozenset(PLACEHOLDERS)) -> tuple[str, ...]:
    """Return what stands in braces and is none of the known placeholders, as it was typed, each once."""
    found = dict.fromkeys(braced for braced in _BRACED.findall(text) if braced[1:-1] not in known)
    return tuple(braced if len(braced) <= _LONGEST_SHOWN else f"{braced[:_LONGEST_SHOWN]}…" for braced in found)


def filled_in(text: str, values: Mapping[str, str]) -> str:
    """Return the text with each placeholder replaced by its value; what has no value stays as it is."""
    return _BRACED.sub(lambda match: values.get(match[0][1:-1], match[0]), text)


def without_name(text: str) -> str:
    """Return the text for somebody whose name is not known: where it greets as our letters do, without a name."""
    return text.replace(gettext("Hello %(name)s,") % {"name": "{name}"}, gettext("Hello,"))

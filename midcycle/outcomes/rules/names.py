"""Words and lengths of this app. Pure."""

from collections.abc import Mapping
from typing import Final

from midcycle.kernel.words import gettext_noop

OPEN, DONE, DROPPED = "open", "done", "dropped"
STATES: Final[Mapping[str, str]] = {
    OPEN: gettext_noop("To do"),
    DONE: gettext_noop("Done"),
    DROPPED: gettext_noop("Given up"),
}

NOBODY, ASKED, CONFIRMED, DECLINED = "nobody", "asked", "confirmed", "declined"
STANDINGS: Final = (NOBODY, ASKED, CONFIRMED, DECLINED)

LONGEST: Final[Mapping[str, int]] = {"what": 300, "owner": 60, "due": 60, "meant_for": 60, "text": 500, "url": 300, "tag": 80}
MOST_ACTIONS: Final = 500  # of one pad
MOST_TAGS: Final = 200  # of one pad
MOST_TRACES: Final = 30  # about one action or tag
FORGOTTEN_AFTER: Final = 30  # days a line that left its pad is kept, unless somebody wants it


def is_link(url: str) -> bool:
    """Say whether an address is one of the web, which alone may be a link."""
    scheme, mark, rest = url.partition("://")
    return bool(mark) and scheme.lower() in {"http", "https"} and rest[:1].isalnum() and not any(char.isspace() for char in url)

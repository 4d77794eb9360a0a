"""Letters, written as the worker writes them."""

from midcycle.journal import actions as journal
from midcycle.site.followers import FOLLOWERS


def follow() -> int:
    """Let the letters of all new entries be written; return how many entries there were."""
    journal.number_entries()
    return journal.read_on("letters", FOLLOWERS["letters"])

"""Lists people talk on: what is asked of their servers, who of some is on one, and letters that came back. Pure."""

from midcycle.engines.maillist.bounces import Bounce, read_bounce
from midcycle.engines.maillist.discourse import TROUBLES as OF_DISCOURSE
from midcycle.engines.maillist.discourse import Discourse
from midcycle.engines.maillist.mailman import TROUBLES as OF_MAILMAN
from midcycle.engines.maillist.mailman import Mailman
from midcycle.engines.maillist.matching import comparable, hash_of, hashes_of, packed, read_file, unpacked
from midcycle.engines.maillist.shapes import About, Answer, Fetch, MemberList, Members, Outcome, Request, Trouble

# What `Trouble` says, for whoever tells it in another language; what is more particular comes first.
TROUBLES = (*OF_DISCOURSE, *OF_MAILMAN)

__all__ = [
    "TROUBLES",
    "About",
    "Answer",
    "Bounce",
    "Discourse",
    "Fetch",
    "Mailman",
    "MemberList",
    "Members",
    "Outcome",
    "Request",
    "Trouble",
    "comparable",
    "hash_of",
    "hashes_of",
    "packed",
    "read_bounce",
    "read_file",
    "unpacked",
]

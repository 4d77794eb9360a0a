"""Lists people talk on: what is asked of their servers, who of some is on one, and letters that came back. Pure."""

from midcycle.engines.maillist.bounces import Bounce, read_bounce
from midcycle.engines.maillist.discourse import Discourse
from midcycle.engines.maillist.mailman import Mailman
from midcycle.engines.maillist.matching import comparable, hash_of, hashes_of, packed, read_file, unpacked
from midcycle.engines.maillist.shapes import About, Answer, Fetch, MemberList, Members, Outcome, Request, Trouble

__all__ = [
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

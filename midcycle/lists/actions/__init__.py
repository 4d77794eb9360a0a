"""The deeds of lists: naming, joining, writing to and comparing with them."""

from midcycle.lists.actions.comparing import Reading, ask_for_comparison, compare, compare_after, tend_comparisons
from midcycle.lists.actions.joining import ask_to_join, confirm, forget_requests, join_by_letter, put_on_lists
from midcycle.lists.actions.naming import Naming, ask_about, drop_list, name_list
from midcycle.lists.actions.posting import change_posting, discard_posting, draft_posting, send_due, send_posting

__all__ = [
    "Naming",
    "Reading",
    "ask_about",
    "ask_for_comparison",
    "ask_to_join",
    "change_posting",
    "compare",
    "compare_after",
    "confirm",
    "discard_posting",
    "draft_posting",
    "drop_list",
    "forget_requests",
    "join_by_letter",
    "name_list",
    "put_on_lists",
    "send_due",
    "send_posting",
    "tend_comparisons",
]

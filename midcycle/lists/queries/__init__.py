"""The reads of lists."""

from midcycle.lists.queries.pages import (
    Compared,
    Desk,
    ListRow,
    PublicList,
    Shares,
    compared_page,
    desk_of,
    first_words,
    invited_lists,
    posting_page,
    public_lists,
    shares_of,
)

__all__ = [
    "Compared",
    "Desk",
    "ListRow",
    "PublicList",
    "Shares",
    "compared_page",
    "desk_of",
    "first_words",
    "invited_lists",
    "posting_page",
    "public_lists",
    "shares_of",
]

"""The decisions of mailing. Pure."""

from midcycle.mailing.rules.letters import (
    LINK_EVERY,
    MANY_LETTERS,
    MANY_WITHIN,
    MOST_TRIES,
    NEWS_FOR,
    Draft,
    draft_of,
    is_news,
    link_turn,
    pause_after,
    reply_code,
)

__all__ = [
    "LINK_EVERY",
    "MANY_LETTERS",
    "MANY_WITHIN",
    "MOST_TRIES",
    "NEWS_FOR",
    "Draft",
    "draft_of",
    "is_news",
    "link_turn",
    "pause_after",
    "reply_code",
]

"""The decisions of mailing. Pure."""

from midcycle.mailing.rules.letters import (
    LINK_EVERY,
    MANY_LETTERS,
    MANY_WITHIN,
    MOST_TRIES,
    NEWS_FOR,
    WAVES,
    Draft,
    draft_of,
    is_news,
    link_turn,
    pause_after,
)
from midcycle.mailing.rules.mailings import LETTER_STATES, MAILING_STATES, Audience, audience_of
from midcycle.mailing.rules.placeholders import PLACEHOLDERS, filled_in, unknown_in, without_name
from midcycle.mailing.rules.replies import reply_code, trouble_in_words, trouble_of

__all__ = [
    "LETTER_STATES",
    "LINK_EVERY",
    "MAILING_STATES",
    "MANY_LETTERS",
    "MANY_WITHIN",
    "MOST_TRIES",
    "NEWS_FOR",
    "PLACEHOLDERS",
    "WAVES",
    "Audience",
    "Draft",
    "audience_of",
    "draft_of",
    "filled_in",
    "is_news",
    "link_turn",
    "pause_after",
    "reply_code",
    "trouble_in_words",
    "trouble_of",
    "unknown_in",
    "without_name",
]

"""The reads of outcomes."""

from midcycle.outcomes.queries.desk import Desk, DeskRow, TagLine, desk_of, desk_row, tag_lines
from midcycle.outcomes.queries.files import file_of, markdown_of
from midcycle.outcomes.queries.pages import (
    ActionPage,
    Earlier,
    OutcomesPage,
    OwnPage,
    action_page,
    action_row,
    earlier_page,
    open_of,
    outcomes_page,
    own_page,
)
from midcycle.outcomes.queries.reading import is_at, known_of, pads_to_read, people_at
from midcycle.outcomes.queries.reminding import Digest, asked_of, digest_for, people_to_remind
from midcycle.outcomes.queries.rows import PUBLIC, ActionRow, TagRow, actions_of, tags_of

__all__ = [
    "PUBLIC", "ActionPage", "ActionRow", "Desk", "DeskRow", "Digest", "Earlier", "OutcomesPage", "OwnPage", "TagLine", "TagRow",
    "action_page", "action_row", "actions_of", "asked_of", "desk_of", "desk_row", "digest_for", "earlier_page", "file_of",
    "is_at", "known_of", "markdown_of",
    "open_of", "outcomes_page", "own_page", "pads_to_read", "people_at", "people_to_remind", "tag_lines", "tags_of",
]  # fmt: skip

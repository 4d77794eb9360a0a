"""The pages of topics."""

from midcycle.topics.views.desk import bring_back, merging, pad, pad_file, related, splitting, voting
from midcycle.topics.views.languages import languages
from midcycle.topics.views.listing import offer, support, topic, topics, withdrawal, wording
from midcycle.topics.views.mine import mine, mine_file
from midcycle.topics.views.talking import comment, comments, invitation, invitations, ranking

__all__ = [
    "bring_back",
    "comment",
    "comments",
    "invitation",
    "invitations",
    "languages",
    "merging",
    "mine",
    "mine_file",
    "offer",
    "pad",
    "pad_file",
    "ranking",
    "related",
    "splitting",
    "support",
    "topic",
    "topics",
    "voting",
    "withdrawal",
    "wording",
]

"""The deeds of topics."""

from midcycle.topics.actions.commenting import comment, erase_comment, moderate_comment
from midcycle.topics.actions.erasing import erase_traces
from midcycle.topics.actions.forgetting import forget_planning
from midcycle.topics.actions.importing import Imported, import_pad
from midcycle.topics.actions.inviting import accept_invitation, decline_invitation, invite, uninvite
from midcycle.topics.actions.merging import bring_back, merge, part_ways, relate, split
from midcycle.topics.actions.proposing import offer_to_moderate, propose, rewrite, withdraw, withdraw_offer
from midcycle.topics.actions.translating import translate_topics
from midcycle.topics.actions.voting import choose_method, move_in_ranking, support, withdraw_support

__all__ = [
    "Imported",
    "accept_invitation",
    "bring_back",
    "choose_method",
    "comment",
    "decline_invitation",
    "erase_comment",
    "erase_traces",
    "forget_planning",
    "import_pad",
    "invite",
    "merge",
    "moderate_comment",
    "move_in_ranking",
    "offer_to_moderate",
    "part_ways",
    "propose",
    "relate",
    "rewrite",
    "split",
    "support",
    "translate_topics",
    "uninvite",
    "withdraw",
    "withdraw_offer",
    "withdraw_support",
]

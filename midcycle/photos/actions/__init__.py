"""The deeds of photos."""

from midcycle.photos.actions.developing import develop, develop_here, tidy
from midcycle.photos.actions.forgetting import forget_sender, forget_unfinished
from midcycle.photos.actions.joining import join, join_by_link, make_link, set_up, take_link_back
from midcycle.photos.actions.sending import append, begin, send_whole
from midcycle.photos.actions.showing import delete, describe, move, offer, publish, publish_many, take_off
from midcycle.photos.actions.taking_down import ask_away, show_again

__all__ = [
    "append",
    "ask_away",
    "begin",
    "delete",
    "describe",
    "develop",
    "develop_here",
    "forget_sender",
    "forget_unfinished",
    "join",
    "join_by_link",
    "make_link",
    "move",
    "offer",
    "publish",
    "publish_many",
    "send_whole",
    "set_up",
    "show_again",
    "take_link_back",
    "take_off",
    "tidy",
]

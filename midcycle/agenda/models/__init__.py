"""The tables of the agenda."""

from midcycle.agenda.models.board import Draft, Freeze, Move, Question
from midcycle.agenda.models.planning import Feed, Pick, Placement, Release, Room, Session, SessionPart, Slot
from midcycle.agenda.models.presence import Absence, Apart, Closure, Invite, Moderator, Promise, RemoteWindow, Walk
from midcycle.agenda.models.searching import Search

__all__ = [
    "Absence",
    "Apart",
    "Closure",
    "Draft",
    "Feed",
    "Freeze",
    "Invite",
    "Moderator",
    "Move",
    "Pick",
    "Placement",
    "Promise",
    "Question",
    "Release",
    "RemoteWindow",
    "Room",
    "Search",
    "Session",
    "SessionPart",
    "Slot",
    "Walk",
]

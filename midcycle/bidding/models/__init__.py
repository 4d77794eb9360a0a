"""The tables of bidding: the call and its group, bids and what belongs to them, and how they were judged."""

from midcycle.bidding.models.bids import Bid, CostLine, Editor, Plan, Question
from midcycle.bidding.models.calls import Criterion, HostCall, Member
from midcycle.bidding.models.judging import Cell, Conflict, Mistake, Score

__all__ = [
    "Bid",
    "Cell",
    "Conflict",
    "CostLine",
    "Criterion",
    "Editor",
    "HostCall",
    "Member",
    "Mistake",
    "Plan",
    "Question",
    "Score",
]

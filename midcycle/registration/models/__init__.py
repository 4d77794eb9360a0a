"""The tables of registration."""

from midcycle.registration.models.imports import ImportRun, KeyedRequest
from midcycle.registration.models.passing import Draw, Echo, Transfer
from midcycle.registration.models.questions import Needs, Question, SeatAnswer
from midcycle.registration.models.seats import Capacity, PastShare, Quota, Seat, SeatMove
from midcycle.registration.models.standing import echo_in_line, place_in_line

__all__ = [
    "Capacity",
    "Draw",
    "Echo",
    "ImportRun",
    "KeyedRequest",
    "Needs",
    "PastShare",
    "Question",
    "Quota",
    "Seat",
    "SeatAnswer",
    "SeatMove",
    "Transfer",
    "echo_in_line",
    "place_in_line",
]

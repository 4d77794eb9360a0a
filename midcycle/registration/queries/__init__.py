"""The reads of registration: how many seats, who comes, how one seat stands."""

from midcycle.registration.queries.counting import (
    NOT_SAID,
    OTHERS,
    SeatSummary,
    Spectrum,
    attended,
    people_count,
    seat_summary,
    spectrum,
    summary_of,
)
from midcycle.registration.queries.data import data_of
from midcycle.registration.queries.desk import PAGE, DeskPage, all_seats, desk_page, seats_as_csv
from midcycle.registration.queries.own import (
    Move,
    OwnPlace,
    SeatStatus,
    calendar_file,
    line_sentences,
    moment,
    own_place,
    own_seat,
    position_of,
    seat_shown,
    seat_status,
    ticket_svg,
)

__all__ = [
    "NOT_SAID",
    "OTHERS",
    "PAGE",
    "DeskPage",
    "Move",
    "OwnPlace",
    "SeatStatus",
    "SeatSummary",
    "Spectrum",
    "all_seats",
    "attended",
    "calendar_file",
    "data_of",
    "desk_page",
    "line_sentences",
    "moment",
    "own_place",
    "own_seat",
    "people_count",
    "position_of",
    "seat_shown",
    "seat_status",
    "seat_summary",
    "seats_as_csv",
    "spectrum",
    "summary_of",
    "ticket_svg",
]

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
from midcycle.registration.queries.desk import PAGE, DeskPage, all_seats, desk_page
from midcycle.registration.queries.due import lines_due
from midcycle.registration.queries.limits import LimitsPage, limits_page
from midcycle.registration.queries.one import OneSeat, one_seat
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
from midcycle.registration.queries.paper import (
    BadgesWanted,
    Coming,
    PaperDesk,
    badges_paper,
    check_in_paper,
    paper_desk,
    security_paper,
)

__all__ = [
    "NOT_SAID",
    "OTHERS",
    "PAGE",
    "BadgesWanted",
    "Coming",
    "DeskPage",
    "LimitsPage",
    "Move",
    "OneSeat",
    "OwnPlace",
    "PaperDesk",
    "SeatStatus",
    "SeatSummary",
    "Spectrum",
    "all_seats",
    "attended",
    "badges_paper",
    "calendar_file",
    "check_in_paper",
    "data_of",
    "desk_page",
    "limits_page",
    "line_sentences",
    "lines_due",
    "moment",
    "one_seat",
    "own_place",
    "own_seat",
    "paper_desk",
    "people_count",
    "position_of",
    "seat_shown",
    "seat_status",
    "seat_summary",
    "security_paper",
    "spectrum",
    "summary_of",
    "ticket_svg",
]

"""The reads of the agenda: for organisers as it stands, for everybody as released."""

from midcycle.agenda.queries.board import Board, Card, Wishes, board, wishes
from midcycle.agenda.queries.duties import Duties, duties_of, duty_calendar
from midcycle.agenda.queries.exports import FORMS, Form, jsonld_of, written
from midcycle.agenda.queries.hints import hints_for
from midcycle.agenda.queries.manage import Part, Planning, known_people, parts_of, planning
from midcycle.agenda.queries.mine import MyAgenda, chosen, my_agenda
from midcycle.agenda.queries.moderating import Moderating, moderating, moderator_of, names_missing, pool_of
from midcycle.agenda.queries.places import OpenPlace, Places, has_place, open_place, places_for
from midcycle.agenda.queries.presence import (
    There,
    fittings_of,
    free_minutes_promised,
    people_with_limits,
    presence_of,
    room_choices,
    slot_choices,
)
from midcycle.agenda.queries.problem import Drafting, drafting, findings, findings_in, start_of
from midcycle.agenda.queries.released import (
    AgendaPage,
    Newest,
    SessionPage,
    agenda_of,
    agenda_page,
    day_links,
    newest_number,
    newest_release,
    notes_of,
    now_next,
    released,
    released_agenda,
    session_page,
)
from midcycle.agenda.queries.rows import rows_of
from midcycle.agenda.queries.schedule import calendar_of, my_calendar, schedule_of
from midcycle.agenda.queries.sheets import sheets_of
from midcycle.agenda.rules.clock import NowNext

__all__ = [
    "FORMS",
    "AgendaPage",
    "Board",
    "Card",
    "Drafting",
    "Duties",
    "Form",
    "Moderating",
    "MyAgenda",
    "Newest",
    "NowNext",
    "OpenPlace",
    "Part",
    "Places",
    "Planning",
    "SessionPage",
    "There",
    "Wishes",
    "agenda_of",
    "agenda_page",
    "board",
    "calendar_of",
    "chosen",
    "day_links",
    "drafting",
    "duties_of",
    "duty_calendar",
    "findings",
    "findings_in",
    "fittings_of",
    "free_minutes_promised",
    "has_place",
    "hints_for",
    "jsonld_of",
    "known_people",
    "moderating",
    "moderator_of",
    "my_agenda",
    "my_calendar",
    "names_missing",
    "newest_number",
    "newest_release",
    "notes_of",
    "now_next",
    "open_place",
    "parts_of",
    "people_with_limits",
    "places_for",
    "planning",
    "pool_of",
    "presence_of",
    "released",
    "released_agenda",
    "room_choices",
    "rows_of",
    "schedule_of",
    "session_page",
    "sheets_of",
    "slot_choices",
    "start_of",
    "wishes",
    "written",
]

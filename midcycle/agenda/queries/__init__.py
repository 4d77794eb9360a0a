"""The reads of the agenda: for organisers as it stands, for everybody as released."""

from midcycle.agenda.queries.board import Board, Card, Wishes, board, wishes
from midcycle.agenda.queries.exports import FORMS, Form, jsonld_of, written
from midcycle.agenda.queries.manage import Part, Planning, known_people, parts_of, planning
from midcycle.agenda.queries.mine import MyAgenda, chosen, my_agenda
from midcycle.agenda.queries.places import OpenPlace, Places, has_place, open_place, places_for
from midcycle.agenda.queries.problem import Drafting, drafting, findings, findings_in
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
    "Form",
    "MyAgenda",
    "Newest",
    "NowNext",
    "OpenPlace",
    "Part",
    "Places",
    "Planning",
    "SessionPage",
    "Wishes",
    "agenda_of",
    "agenda_page",
    "board",
    "calendar_of",
    "chosen",
    "day_links",
    "drafting",
    "findings",
    "findings_in",
    "has_place",
    "jsonld_of",
    "known_people",
    "my_agenda",
    "my_calendar",
    "newest_number",
    "newest_release",
    "notes_of",
    "now_next",
    "open_place",
    "parts_of",
    "places_for",
    "planning",
    "released",
    "released_agenda",
    "rows_of",
    "schedule_of",
    "session_page",
    "sheets_of",
    "wishes",
    "written",
]

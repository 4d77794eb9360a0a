"""The reads of the agenda: for organisers as it stands, for everybody as released."""

from midcycle.agenda.queries.asking import Answered, Round, is_frozen, questions_for, round_of
from midcycle.agenda.queries.board import Board, Card, Wishes, board, wishes
from midcycle.agenda.queries.changes import Concerned, ReleaseChanges, changelog, changes_in, changes_to_come, concerned_by
from midcycle.agenda.queries.drafts import Compared, compared
from midcycle.agenda.queries.history import History, history_of, moves_since, version_of
from midcycle.agenda.queries.manage import Part, Planning, known_people, parts_of, planning
from midcycle.agenda.queries.mine import MyAgenda, chosen, my_agenda
from midcycle.agenda.queries.places import OpenPlace, Places, has_place, open_place, places_for
from midcycle.agenda.queries.prices import Priced, Reasons, prices_of, reasons_for
from midcycle.agenda.queries.problem import Drafting, drafting, findings, findings_in
from midcycle.agenda.queries.released import (
    AgendaPage,
    Export,
    Newest,
    SessionPage,
    agenda_of,
    agenda_page,
    day_links,
    export_of,
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
from midcycle.agenda.rules.changes import Change
from midcycle.agenda.rules.clock import NowNext

__all__ = [
    "AgendaPage",
    "Answered",
    "Board",
    "Card",
    "Change",
    "Compared",
    "Concerned",
    "Drafting",
    "Export",
    "History",
    "MyAgenda",
    "Newest",
    "NowNext",
    "OpenPlace",
    "Part",
    "Places",
    "Planning",
    "Priced",
    "Reasons",
    "ReleaseChanges",
    "Round",
    "SessionPage",
    "Wishes",
    "agenda_of",
    "agenda_page",
    "board",
    "calendar_of",
    "changelog",
    "changes_in",
    "changes_to_come",
    "chosen",
    "compared",
    "concerned_by",
    "day_links",
    "drafting",
    "export_of",
    "findings",
    "findings_in",
    "has_place",
    "history_of",
    "is_frozen",
    "known_people",
    "moves_since",
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
    "prices_of",
    "questions_for",
    "reasons_for",
    "released",
    "released_agenda",
    "round_of",
    "rows_of",
    "schedule_of",
    "session_page",
    "version_of",
    "wishes",
]

"""The reads of the agenda: for organisers as it stands, for everybody as released."""

from midcycle.agenda.queries.asking import Answered, Round, is_frozen, left_before, questions_for, round_of
from midcycle.agenda.queries.board import Board, Card, Wishes, board, wishes
from midcycle.agenda.queries.changes import Concerned, ReleaseChanges, changelog, changes_in, changes_to_come, concerned_by
from midcycle.agenda.queries.contradictions import contradictions_in
from midcycle.agenda.queries.data import Traces, traces_of
from midcycle.agenda.queries.drafts import Compared, compared
from midcycle.agenda.queries.duties import Duties, duties_of, duty_calendar
from midcycle.agenda.queries.exports import FORMS, Form, jsonld_of, written
from midcycle.agenda.queries.hints import hints_for, small_sessions
from midcycle.agenda.queries.history import History, history_of, latest_moves, moves_since, version_of
from midcycle.agenda.queries.languages import sessions_in
from midcycle.agenda.queries.manage import Part, Planning, known_people, parts_of, planning
from midcycle.agenda.queries.mine import MyAgenda, chosen, my_agenda
from midcycle.agenda.queries.moderating import Moderating, moderating, moderator_of, names_missing, pool_of
from midcycle.agenda.queries.pages import page_of
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
from midcycle.agenda.queries.prices import Priced, Reasons, prices_of, reasons_for
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
from midcycle.agenda.queries.replanning import Changed, Options, changed, needed_people, options, rooms_of, times_to_come
from midcycle.agenda.queries.rows import rows_of
from midcycle.agenda.queries.schedule import calendar_of, my_calendar, schedule_of
from midcycle.agenda.queries.searching import Searching, search_file, search_of
from midcycle.agenda.queries.sheets import sheets_of
from midcycle.agenda.rules.changes import Change
from midcycle.agenda.rules.clock import NowNext

__all__ = [
    "FORMS",
    "AgendaPage",
    "Answered",
    "Board",
    "Card",
    "Change",
    "Changed",
    "Compared",
    "Concerned",
    "Drafting",
    "Duties",
    "Export",
    "Form",
    "History",
    "Moderating",
    "MyAgenda",
    "Newest",
    "NowNext",
    "OpenPlace",
    "Options",
    "Part",
    "Places",
    "Planning",
    "Priced",
    "Reasons",
    "ReleaseChanges",
    "Round",
    "Searching",
    "SessionPage",
    "There",
    "Traces",
    "Wishes",
    "agenda_of",
    "agenda_page",
    "board",
    "calendar_of",
    "changed",
    "changelog",
    "changes_in",
    "changes_to_come",
    "chosen",
    "compared",
    "concerned_by",
    "contradictions_in",
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
    "history_of",
    "is_frozen",
    "jsonld_of",
    "known_people",
    "latest_moves",
    "left_before",
    "moderating",
    "moderator_of",
    "moves_since",
    "my_agenda",
    "my_calendar",
    "names_missing",
    "needed_people",
    "newest_number",
    "newest_release",
    "notes_of",
    "now_next",
    "open_place",
    "options",
    "page_of",
    "parts_of",
    "people_with_limits",
    "places_for",
    "planning",
    "pool_of",
    "presence_of",
    "prices_of",
    "questions_for",
    "reasons_for",
    "released",
    "released_agenda",
    "room_choices",
    "rooms_of",
    "round_of",
    "rows_of",
    "schedule_of",
    "search_file",
    "search_of",
    "session_page",
    "sessions_in",
    "sheets_of",
    "slot_choices",
    "small_sessions",
    "start_of",
    "times_to_come",
    "traces_of",
    "version_of",
    "wishes",
    "written",
]

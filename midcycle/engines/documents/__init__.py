"""Paper: badges, lists for the desk and the door, letters and invoices as PDF, whatever people wrote into their names."""

from midcycle.engines.documents.account import AccountWords, Block, Entry, Grid, Run, account
from midcycle.engines.documents.badge import Badge, BadgeWords, Layout, badges
from midcycle.engines.documents.bill import Bill, BillLine, Said, bills
from midcycle.engines.documents.check_in import Arrival, CheckInWords, check_in_sheets
from midcycle.engines.documents.correspondence import Letter, letter
from midcycle.engines.documents.letters import is_printable
from midcycle.engines.documents.model import Occasion, Paper
from midcycle.engines.documents.names import sort_key
from midcycle.engines.documents.poster import PosterWords, poster
from midcycle.engines.documents.press import NotPrinted
from midcycle.engines.documents.questionnaire import Item, QuestionnaireWords, questionnaire
from midcycle.engines.documents.security import Attendee, SecurityWords, security_list
from midcycle.engines.documents.sheets import Held, Sheet, SheetWords, Time, agenda_sheets

__all__ = [
    "AccountWords",
    "Arrival",
    "Attendee",
    "Badge",
    "BadgeWords",
    "Bill",
    "BillLine",
    "Block",
    "CheckInWords",
    "Entry",
    "Grid",
    "Held",
    "Item",
    "Layout",
    "Letter",
    "NotPrinted",
    "Occasion",
    "Paper",
    "PosterWords",
    "QuestionnaireWords",
    "Run",
    "Said",
    "SecurityWords",
    "Sheet",
    "SheetWords",
    "Time",
    "account",
    "agenda_sheets",
    "badges",
    "bills",
    "check_in_sheets",
    "is_printable",
    "letter",
    "poster",
    "questionnaire",
    "security_list",
    "sort_key",
]  # fmt: skip

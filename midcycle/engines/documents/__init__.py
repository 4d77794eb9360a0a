"""Paper: badges, the list for a security desk, check-in sheets and letters as PDF, whatever people wrote into their names."""

from midcycle.engines.documents.badge import Badge, BadgeWords, Layout, badges
from midcycle.engines.documents.check_in import Arrival, CheckInWords, check_in_sheets
from midcycle.engines.documents.correspondence import Letter, letter
from midcycle.engines.documents.letters import is_printable
from midcycle.engines.documents.model import Occasion, Paper
from midcycle.engines.documents.names import sort_key
from midcycle.engines.documents.poster import PosterWords, poster
from midcycle.engines.documents.press import NotPrinted
from midcycle.engines.documents.security import Attendee, SecurityWords, security_list
from midcycle.engines.documents.sheets import Held, Sheet, SheetWords, Time, agenda_sheets

__all__ = [
    "Arrival", "Attendee", "Badge", "BadgeWords", "CheckInWords", "Held", "Layout", "Letter", "NotPrinted", "Occasion", "Paper",
    "PosterWords", "SecurityWords", "Sheet", "SheetWords", "Time", "agenda_sheets",
    "badges", "check_in_sheets", "is_printable", "letter", "poster", "security_list", "sort_key",
]  # fmt: skip

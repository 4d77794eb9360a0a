"""What is typed to plan a meetup."""

from midcycle.agenda.forms.importing import ScheduleFileForm
from midcycle.agenda.forms.moderating import AnswerForm, ApartForm, TeamVolunteerForm, VolunteerForm
from midcycle.agenda.forms.planning import (
    DraftForm,
    MovedForm,
    MoveForm,
    PartForm,
    ReleaseForm,
    ReshapeForm,
    RoomForm,
    RoundForm,
    SeenForm,
    SessionForm,
    SlotForm,
    UsualDayForm,
)
from midcycle.agenda.forms.presence import PresenceForm
from midcycle.agenda.forms.replanning import AwayForm, ShutForm
from midcycle.agenda.forms.rules import BoundsForm, FreeTimeForm, RoomFactsForm

__all__ = [
    "AnswerForm",
    "ApartForm",
    "AwayForm",
    "BoundsForm",
    "DraftForm",
    "FreeTimeForm",
    "MoveForm",
    "MovedForm",
    "PartForm",
    "PresenceForm",
    "ReleaseForm",
    "ReshapeForm",
    "RoomFactsForm",
    "RoomForm",
    "RoundForm",
    "ScheduleFileForm",
    "SeenForm",
    "SessionForm",
    "ShutForm",
    "SlotForm",
    "TeamVolunteerForm",
    "UsualDayForm",
    "VolunteerForm",
]

"""What is typed about seats."""

from midcycle.registration.forms.answers import ChangeForm, SeatForm
from midcycle.registration.forms.desk import CapacityForm, DeskFilter, WalkInForm
from midcycle.registration.forms.place import ColleaguesForm, NoticeForm, TakeOverForm, TransferForm

__all__ = [
    "CapacityForm",
    "ChangeForm",
    "ColleaguesForm",
    "DeskFilter",
    "NoticeForm",
    "SeatForm",
    "TakeOverForm",
    "TransferForm",
    "WalkInForm",
]

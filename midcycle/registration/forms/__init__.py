"""What is typed about seats."""

from midcycle.registration.forms.answers import ChangeForm, SeatForm
from midcycle.registration.forms.desk import CapacityForm, DeskFilter, ReasonForm, WalkInForm
from midcycle.registration.forms.limits import LimitsForm, QuotaForm, QuotaGoneForm, ShareForm, WhatIfForm
from midcycle.registration.forms.line import LineForm, fingerprint, moves_a_group
from midcycle.registration.forms.paper import BadgesForm, SecurityForm, SheetsForm
from midcycle.registration.forms.place import ColleaguesForm, NoticeForm, TakeOverForm, TransferForm

__all__ = [
    "BadgesForm",
    "CapacityForm",
    "ChangeForm",
    "ColleaguesForm",
    "DeskFilter",
    "LimitsForm",
    "LineForm",
    "NoticeForm",
    "QuotaForm",
    "QuotaGoneForm",
    "ReasonForm",
    "SeatForm",
    "SecurityForm",
    "ShareForm",
    "SheetsForm",
    "TakeOverForm",
    "TransferForm",
    "WalkInForm",
    "WhatIfForm",
    "fingerprint",
    "moves_a_group",
]

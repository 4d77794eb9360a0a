"""What is typed about seats."""

from midcycle.registration.forms.answers import ChangeForm, SeatForm
from midcycle.registration.forms.asking import LanguagesForm, QuestionForm, StandardForm
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
    "LanguagesForm",
    "LimitsForm",
    "LineForm",
    "NoticeForm",
    "QuestionForm",
    "QuotaForm",
    "QuotaGoneForm",
    "ReasonForm",
    "SeatForm",
    "SecurityForm",
    "ShareForm",
    "SheetsForm",
    "StandardForm",
    "TakeOverForm",
    "TransferForm",
    "WalkInForm",
    "WhatIfForm",
    "fingerprint",
    "moves_a_group",
]

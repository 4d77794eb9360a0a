"""What is typed about seats."""

from midcycle.registration.forms.answers import ChangeForm, SeatForm
from midcycle.registration.forms.desk import CapacityForm, DeskFilter, WalkInForm

__all__ = ["CapacityForm", "ChangeForm", "DeskFilter", "SeatForm", "WalkInForm"]

"""What people type about an idea, an answer, a place, and what a call asks."""

from midcycle.hosting.forms.answer import ChangeForm, InterestForm, StrangerInterestForm
from midcycle.hosting.forms.desk import EditionForm, WindowForm
from midcycle.hosting.forms.idea import IdeaForm
from midcycle.hosting.forms.place import PlaceForm

__all__ = [
    "ChangeForm",
    "EditionForm",
    "IdeaForm",
    "InterestForm",
    "PlaceForm",
    "StrangerInterestForm",
    "WindowForm",
]

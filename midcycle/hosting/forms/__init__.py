"""What people type about an idea, an answer and a place."""

from midcycle.hosting.forms.answer import ChangeForm, InterestForm, StrangerInterestForm
from midcycle.hosting.forms.idea import IdeaForm
from midcycle.hosting.forms.place import PlaceForm

__all__ = ["ChangeForm", "IdeaForm", "InterestForm", "PlaceForm", "StrangerInterestForm"]

"""What the team types into its retrospective."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from midcycle.accounts.models import Person
from midcycle.feedback.actions.retrospective import Told
from midcycle.feedback.models import Lesson
from midcycle.feedback.rules.retrospective import KINDS, LONGEST
from midcycle.web.forms import PlainForm


class LessonForm(PlainForm):
    """An entry: what, why, and who sees to it."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        choices=[(key, gettext_lazy(name)) for key, name in KINDS.items()],
        widget=forms.RadioSelect(attrs={"class": "choices-inline"}),
    )
    text = forms.CharField(label=gettext_lazy("In a sentence"), max_length=LONGEST["text"])
    why = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=LONGEST["why"],
        required=False,
        help_text=gettext_lazy("The cause behind it, not who did it."),
    )
    owner = forms.TypedChoiceField(label=gettext_lazy("Who sees to it?"), coerce=int, empty_value=None, required=False)
    owner_name = forms.CharField(
        label=gettext_lazy("Or somebody else"),
        max_length=LONGEST["owner_name"],
        required=False,
        help_text=gettext_lazy("As you want it to be read."),
    )
    carried = forms.BooleanField(
        label=gettext_lazy("Hand it on to the next edition"),
        required=False,
        help_text=gettext_lazy("Its team reads it, and says what becomes of it."),
    )
    is_public = forms.BooleanField(
        label=gettext_lazy("Everybody may read it"),
        required=False,
        help_text=gettext_lazy("On the page of results, with who sees to it."),
    )

    def __init__(
        self, team: Sequence[Person], data: Mapping[str, Any] | None = None, *, before: Lesson | None = None, kind: str = "well"
    ) -> None:
        """Offer the team as owners; begin with what the entry says now, or with the kind typed last."""
        kept = ("kind", "text", "why", "owner_name", "carried", "is_public")
        now = {name: vars(before)[name] for name in kept} if before else {}
        initial = {"kind": kind, **now, "owner": before.owner_id if before else None}
        super().__init__(data, initial=initial, auto_id="lesson_%s", use_required_attribute=False)
        people = [(person.pk, str(person)) for person in team]
        if before and before.owner and before.owner_id not in dict(people):
            people.append((before.owner_id or 0, str(before.owner)))
        self.fields["owner"].choices = [("", gettext("Nobody yet")), *people]  # type: ignore[attr-defined]

    def told(self) -> Told:
        """Return the entry, once the form is valid."""
        return Told(**{name: self.cleaned_data[name] for name in self.fields})


class OutcomeForm(PlainForm):
    """What becomes of a lesson of an earlier edition."""

    outcome = forms.CharField(label=gettext_lazy("What becomes of it?"), max_length=LONGEST["outcome"], required=False)
    as_task = forms.BooleanField(label=gettext_lazy("Put it into our plan as a task"), required=False)

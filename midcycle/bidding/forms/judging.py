"""Cells of the comparison, mistakes in it, interests, points, the decision."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy, gettext_noop

from midcycle.bidding.actions import Decision, Points
from midcycle.bidding.models import Bid, Criterion
from midcycle.bidding.rules import COMPARED, LONGEST_NOTE, MOST_POINTS
from midcycle.web.forms import PlainForm

_POINTS = [(str(points), str(points)) for points in range(MOST_POINTS + 1)]
_WORDS = {"0": gettext_noop("0: no"), "5": gettext_noop("5: as good as it can be")}


class CellForm(PlainForm):
    """A cell of the comparison in the keeper's words."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("In the comparison"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Short, and in the same words for all bids. Leave it empty to show the bid's own words."),
    )


class MistakeForm(PlainForm):
    """What is wrong in the comparison."""

    bid = forms.TypedChoiceField(label=gettext_lazy("Your bid"), coerce=int)
    field = forms.ChoiceField(
        label=gettext_lazy("Row"),
        choices=[("", gettext_lazy("Choose")), *((field.key, gettext_lazy(field.label)) for field in COMPARED)],
    )
    text = forms.CharField(
        label=gettext_lazy("What is wrong, and what is right"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, bids: Sequence[Bid], data: Mapping[str, Any] | None = None) -> None:
        """Offer one's own bids."""
        super().__init__(data)
        self.fields["bid"].choices = [(bid.pk, bid.title) for bid in bids]  # type: ignore[attr-defined]


class InterestsForm(PlainForm):
    """What a member of the group is linked with."""

    interests = forms.CharField(
        label=gettext_lazy("My interests"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "Employer, customers, friends, money: whatever links you with somebody who bids. Everybody reads it. "
            "If there is nothing, say so."
        ),
    )
    linked = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Bids I am linked with"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("You do not score these. Points you gave them before are taken back."),
    )

    def __init__(self, bids: Sequence[Bid], data: Any = None, *, initial: Mapping[str, Any] | None = None) -> None:  # noqa: ANN401 - what a request holds
        """Offer the bids."""
        super().__init__(data, initial=initial)
        self.fields["linked"].choices = [(bid.pk, bid.title) for bid in bids]  # type: ignore[attr-defined]


class ScoreForm(PlainForm):
    """Points for a bid, with a note on each criterion."""

    def __init__(self, criteria: Sequence[Criterion], given: Points, data: Mapping[str, Any] | None = None) -> None:
        """Ask for points on each criterion, beginning with those given before."""
        super().__init__(data)
        self.criteria = criteria
        for one in criteria:
            points, note = given.get(one.pk, (None, ""))
            self.fields[f"points_{one.pk}"] = forms.TypedChoiceField(
                label=gettext("Points for %(criterion)s") % {"criterion": one.title},
                coerce=int,
                choices=[(value, gettext(_WORDS[value]) if value in _WORDS else label) for value, label in _POINTS],
                widget=forms.RadioSelect(attrs={"class": "choices-inline"}),
                initial=None if points is None else str(points),
                help_text=one.explanation,
            )
            self.fields[f"note_{one.pk}"] = forms.CharField(
                label=gettext("Note on %(criterion)s") % {"criterion": one.title},
                max_length=LONGEST_NOTE,
                required=False,
                initial=note,
            )

    def groups(self) -> Iterator[tuple[Criterion, forms.BoundField, forms.BoundField]]:
        """Yield each criterion with its two questions."""
        for one in self.criteria:
            yield one, self[f"points_{one.pk}"], self[f"note_{one.pk}"]

    def points(self) -> dict[int, tuple[int, str]]:
        """Return points and notes by criterion."""
        said = self.cleaned_data
        return {one.pk: (said[f"points_{one.pk}"], said[f"note_{one.pk}"]) for one in self.criteria}


class DecisionForm(PlainForm):
    """What the group decided, and why."""

    offer = forms.ChoiceField(
        label=gettext_lazy("We chose"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one, or none.")},
    )
    reasons = forms.CharField(
        label=gettext_lazy("Reasons"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Published. What spoke for this bid, and what for the others. Markdown works."),
    )
    dissent = forms.CharField(
        label=gettext_lazy("Dissent"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Published: who saw it otherwise, and why."),
    )
    minutes = forms.CharField(
        label=gettext_lazy("Minutes"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Published: who met when, what was said."),
    )

    def __init__(self, offers: Sequence[tuple[str, str]], data: Mapping[str, Any] | None = None) -> None:
        """Offer each bid with each of its days."""
        super().__init__(data)
        self.fields["offer"].choices = [*offers, ("none", gettext("None of these bids"))]  # type: ignore[attr-defined]

    def decision(self) -> Decision:
        """Return the decision."""
        said = self.cleaned_data
        bid, _, days = said["offer"].partition(":")
        texts = {name: said[name] for name in ("reasons", "dissent", "minutes")}
        return Decision(None if bid == "none" else int(bid), int(days or 0), **texts)

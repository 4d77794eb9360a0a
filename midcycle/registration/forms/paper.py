"""What organisers choose before they print."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from midcycle.engines.documents import Layout
from midcycle.registration.queries import BadgesWanted, PaperDesk
from midcycle.registration.rules import paper
from midcycle.web.forms import DayField, PlainForm

USUAL_LAYOUT: Final = Layout.A6_SHEET
_LAYOUTS: Final = (
    (Layout.A6_SHEET.value, gettext_lazy("A6, four on a sheet of A4 to cut")),
    (Layout.A7_SHEET.value, gettext_lazy("A7, eight on a sheet of A4 to cut")),
    (Layout.A6.value, gettext_lazy("A6, one on a page, for badge printers")),
    (Layout.A7.value, gettext_lazy("A7, one on a page, for badge printers")),
)


class BadgesForm(PlainForm):
    """Which badges, and on which paper."""

    FILE = "badges"
    layout = forms.ChoiceField(
        label=gettext_lazy("Size"), choices=_LAYOUTS, widget=forms.RadioSelect, initial=USUAL_LAYOUT.value
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"), required=False)
    part = forms.ChoiceField(label=pgettext_lazy("of the badges", "Part"), required=False)
    name = forms.CharField(
        label=gettext_lazy("Only names with"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("For one person, type the name."),
    )
    with_ticket = forms.BooleanField(
        label=gettext_lazy("With the ticket as QR code"),
        required=False,
        help_text=gettext_lazy(
            "At the door a badge is then scanned like a ticket. Whoever has it can come in, so hand it out there."
        ),
    )

    def __init__(self, desk: PaperDesk, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        for name, choices in (
            ("role", [("", gettext("All (%(count)s)") % {"count": len(desk.people)}), *desk.roles]),
            ("part", desk.parts),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices
        if len(desk.parts) <= 1:
            del self.fields["part"]

    def wanted(self) -> BadgesWanted:
        """Return what was chosen."""
        clean = self.cleaned_data
        return BadgesWanted(
            Layout(clean["layout"]), clean["role"], clean["name"], int(clean.get("part") or 1), with_ticket=clean["with_ticket"]
        )


class SecurityForm(PlainForm):
    """Until when the list for the security desk may be kept."""

    FILE = "security-list"
    until = DayField(
        label=gettext_lazy("To be destroyed on"),
        help_text=gettext_lazy("Printed on every page."),
    )

    def __init__(self, desk: PaperDesk, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"until": desk.until})
        self.today = desk.today

    def clean_until(self) -> date:
        """Return the day; it must not be over."""
        until: date = self.cleaned_data["until"]
        if until < self.today:
            raise forms.ValidationError(gettext("This day is over. Choose today or a later day."))
        return until


class SheetsForm(PlainForm):
    """How many helpers check people in."""

    FILE = "check-in-sheets"
    stacks = forms.IntegerField(
        label=gettext_lazy("Stacks"),
        min_value=1,
        max_value=paper.MOST_STACKS,
        help_text=gettext_lazy("One for each helper at the door. A letter is never torn apart, so there can be fewer."),
    )

    def __init__(self, desk: PaperDesk, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"stacks": desk.stacks})

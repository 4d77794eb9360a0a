"""A meetup's place in a series, and the larger event beside it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext, gettext_lazy, pgettext

from midcycle.kernel.typed import one_line
from midcycle.meetups.models import Meetup, Series
from midcycle.series.actions.belonging import Beside, Following
from midcycle.series.forms.fields import day, offer, region_choices, web_address
from midcycle.series.models import Colocation
from midcycle.series.rules.regions import Region
from midcycle.web.forms import PlainForm

NEW: Final = "new"


class BelongingForm(PlainForm):
    """Which series a meetup is an edition of, and which summit follows it."""

    series = forms.ChoiceField(label=gettext_lazy("Series"), required=False)
    title = forms.CharField(
        label=gettext_lazy("Name of the new series"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("Only for a new series. Such as the name of the community."),
    )
    summit_city = forms.CharField(
        label=gettext_lazy("The summit that follows: city"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("The larger event of the community after this meetup, if its rule looks at it."),
    )
    summit_region = forms.ChoiceField(label=gettext_lazy("Its region"), required=False)

    def __init__(
        self, meetup: Meetup, offered: Sequence[Series], regions: Sequence[Region], data: Mapping[str, Any] | None = None
    ) -> None:
        """Start from where the meetup is; `offered` are the series its organiser tends."""
        known = {
            "series": meetup.series.slug if meetup.series else "",
            "summit_city": meetup.next_summit_city,
            "summit_region": meetup.next_summit_region,
        }
        super().__init__(data, initial=known)
        named = {series.slug: series.title for series in offered}
        if meetup.series:
            named[meetup.series.slug] = meetup.series.title
        offer(self.fields["series"], [("", pgettext("no series", "None")), *named.items(), (f"{NEW}:", gettext("A new one"))])
        offer(self.fields["summit_region"], region_choices(regions, meetup.next_summit_region))

    def clean(self) -> dict[str, Any]:
        """Ask what a name is for when no new series is chosen, rather than lose it."""
        given = super().clean() or {}
        if given.get("title") and given.get("series") != f"{NEW}:":
            self.add_error("series", gettext("Choose “A new one” to start the series you named, or leave its name blank."))
        return given

    @property
    def is_new(self) -> bool:
        """Say whether a new series is wanted; no slug has a colon."""
        return bool(self.cleaned_data["series"] == f"{NEW}:")

    def following(self) -> Following:
        """Return the summit."""
        return Following(one_line(self.cleaned_data["summit_city"]), self.cleaned_data["summit_region"])


class BesideForm(PlainForm):
    """The larger event a meetup is beside."""

    event = forms.CharField(label=gettext_lazy("Name of the larger event"), max_length=160)
    url = web_address(gettext_lazy("Its page"))
    starts_on = day(gettext_lazy("Its first day"), required=True)
    ends_on = day(gettext_lazy("Its last day"), required=True)
    costs_apart = forms.BooleanField(
        label=gettext_lazy("Our costs are kept apart from those of the larger event"),
        required=False,
        help_text=gettext_lazy("Usual: then it is clear who pays for rooms, food and the evening."),
    )
    note = forms.CharField(
        label=gettext_lazy("What is shared, and who pays for it"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Everybody can read it."),
    )

    def __init__(self, known: Colocation | None, data: Mapping[str, Any] | None = None) -> None:
        """Start from what is known."""
        super().__init__(data, initial=forms.model_to_dict(known) if known else {"costs_apart": True})

    def beside(self) -> Beside:
        """Return the larger event."""
        return Beside(**self.cleaned_data)

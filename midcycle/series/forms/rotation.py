"""The rule of a series, its past editions, exceptions, and a file of them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext, gettext_lazy

from midcycle.kernel.refusal import Refusal
from midcycle.kernel.slugs import slug_from
from midcycle.kernel.typed import lines, one_line
from midcycle.meetups.rules import REGIONS, region_name
from midcycle.series.forms.fields import content, country_choices, day, file_field, offer, region_choices
from midcycle.series.models import PastEdition, RotationRule
from midcycle.series.rules.facts import MOST_BYTES, MOST_PEOPLE, Past, SeriesFacts, Terms, read_file
from midcycle.series.rules.regions import Region, examples, from_facts, nowhere_in, read_regions, written
from midcycle.series.rules.rotation import MOST_GAP
from midcycle.web.forms import PlainForm

T = TypeVar("T")
_TERMS: Final = ("text", "opposes_summit", "never_twice", "other_country", "least_gap", "decided_on", "judged_from", "source")


def _size() -> str:
    return gettext("YAML of at most %(most)s KB.") % {"most": MOST_BYTES // 1024}


def _example() -> str:
    said = gettext(
        "One a line. Parts of the world go together with an equals sign, such as “%(parts)s”, and so do countries:"
        " “%(countries)s”. Without any, every region will do, and none can be proposed."
    )
    parts, several = examples()
    return said % {"parts": parts, "countries": several}


_how_large = lazy(_size, str)
_how_typed = lazy(_example, str)


class RuleForm(PlainForm):
    """The next version of a rule."""

    text = forms.CharField(
        label=gettext_lazy("The rule in a sentence"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For people. What is below is what editions are judged by."),
    )
    regions = forms.CharField(
        label=gettext_lazy("Regions"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_how_typed(),
    )
    opposes_summit = forms.BooleanField(label=gettext_lazy("Not in the region of the summit that follows"), required=False)
    never_twice = forms.BooleanField(label=gettext_lazy("Not in the same region twice running"), required=False)
    other_country = forms.BooleanField(label=gettext_lazy("Not in the same country twice running"), required=False)
    least_gap = forms.IntegerField(
        label=gettext_lazy("Least months between two editions"), min_value=1, max_value=MOST_GAP, required=False
    )
    decided_on = day(gettext_lazy("Decided on"))
    judged_from = day(
        gettext_lazy("Editions are judged from"),
        help_text=gettext_lazy(
            "An earlier day than the decision judges editions in hindsight, and the page says so. Without a day all are."
        ),
    )
    source = forms.CharField(
        label=gettext_lazy("Where that is written"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("The address of the minutes, or words."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**6)

    def __init__(
        self, rule: RotationRule | None, data: Mapping[str, Any] | None = None, *, known: Collection[str] = ()
    ) -> None:
        """Start from the version that stands; `known` are the words by which editions of the series tell regions."""
        self._known = known
        known = {name: getattr(rule, name) for name in _TERMS} if rule else {}
        if rule:
            known |= {"regions": written(from_facts(rule.regions))}
        super().__init__(data, initial={**known, "seen": rule.number if rule else 0})

    def clean_regions(self) -> tuple[Region, ...]:
        """Read the regions, each line. What is nowhere, such as a slip of the pen, would judge every edition wrongly."""
        found = _told(lambda: read_regions(self.cleaned_data["regions"]))
        nowhere = nowhere_in(found, self._known)
        if nowhere is not None:
            said = gettext(
                "“%(word)s” is no part of the world and no country. The parts are %(parts)s; or say which of them, or which"
                " countries, lie in it: “North = Norway, Sweden”."
            )
            raise forms.ValidationError(said % {"word": nowhere, "parts": ", ".join(map(region_name, REGIONS))})
        return found

    def terms(self) -> Terms:
        """Return what the rule says."""
        given = self.cleaned_data
        values = {name: given[name] for name in _TERMS} | {"source": one_line(given["source"]), "text": lines(given["text"])}
        return Terms(regions=given["regions"], **values)


class PastForm(PlainForm):
    """An edition that was held elsewhere."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=160, help_text=gettext_lazy("Such as the city and the year."))
    city = forms.CharField(label=gettext_lazy("City"), max_length=80, required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    region = forms.ChoiceField(label=gettext_lazy("Region"), required=False)
    starts_on = day(gettext_lazy("First day"))
    ends_on = day(gettext_lazy("Last day"))
    month_only = forms.BooleanField(label=gettext_lazy("Only the month is known: choose any day of it"), required=False)
    attendance = forms.IntegerField(label=gettext_lazy("How many came"), min_value=0, max_value=MOST_PEOPLE, required=False)
    summit_city = forms.CharField(label=gettext_lazy("The summit that followed: city"), max_length=80, required=False)
    summit_region = forms.ChoiceField(label=gettext_lazy("Its region"), required=False)
    summit_on = day(gettext_lazy("Its first day, or any of the month"))
    beside = forms.CharField(
        label=gettext_lazy("Held beside"), max_length=120, required=False, help_text=gettext_lazy("A larger event, if it was.")
    )
    source = forms.CharField(
        label=gettext_lazy("Where that is written"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("The address of a page, or words."),
    )
    latitude = forms.FloatField(
        label=gettext_lazy("Latitude"),
        min_value=-90,
        max_value=90,
        required=False,
        help_text=gettext_lazy("Only where the map does not know the city."),
    )
    longitude = forms.FloatField(label=gettext_lazy("Longitude"), min_value=-180, max_value=180, required=False)

    def __init__(
        self, regions: Sequence[Region], past: PastEdition | None = None, data: Mapping[str, Any] | None = None
    ) -> None:
        """Start from what is known; the regions of the rule come first."""
        super().__init__(data, initial=forms.model_to_dict(past) if past else None)
        offer(self.fields["country"], country_choices())
        offer(self.fields["region"], region_choices(regions, past.region if past else ""))
        offer(self.fields["summit_region"], region_choices(regions, past.summit_region if past else ""))

    def clean(self) -> dict[str, Any]:
        """Ask for both coordinates or none, and for a first day where there is a last."""
        given = super().clean() or {}
        if (given.get("latitude") is None) != (given.get("longitude") is None):
            self.add_error("longitude", gettext("Type both, latitude and longitude, or none."))
        if given.get("month_only") and given.get("starts_on"):
            given |= {"starts_on": given["starts_on"].replace(day=1), "ends_on": None}
        return given

    def past(self) -> Past:
        """Return the edition."""
        texts = ("name", "city", "summit_city", "beside", "source")
        given = self.cleaned_data | {name: one_line(self.cleaned_data[name]) for name in texts}
        return Past(key=slug_from(given["name"]), **given)


class ReasonForm(PlainForm):
    """Why an edition may break the rule."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("A sentence everybody can read, on the page of the series."),
        error_messages={"required": gettext_lazy("Say why, in a sentence everybody can read.")},
    )


class SeriesFileForm(PlainForm):
    """A file of facts about a series. What it is shows in its content, not in its name."""

    file = file_field(gettext_lazy("File"), ".yaml,.yml", _how_large())
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**6)
    judged_from = day(
        gettext_lazy("Judge editions from"),
        help_text=gettext_lazy("Without a day as the file says it, else from the day the rule was decided."),
    )

    facts: SeriesFacts

    def clean_file(self) -> object:
        """Read the file."""
        file = self.cleaned_data["file"]
        self.facts = _told(lambda: read_file(content(file, MOST_BYTES)))
        return file

    def found(self) -> SeriesFacts:
        """Return what the file says, with the day from the form where there is one."""
        day_typed = self.cleaned_data["judged_from"]
        if self.facts.terms is None or day_typed is None:
            return self.facts
        return replace(self.facts, terms=replace(self.facts.terms, judged_from=day_typed))


def _told(read: Callable[[], T]) -> T:
    """Return what a reader reads; what it refuses is told beside the field."""
    try:
        return read()
    except Refusal as refusal:
        raise forms.ValidationError(refusal.message) from None

"""What is typed about moderating: by those who would, and by the team."""

from collections.abc import Sequence

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy

from midcycle.accounts.models import Person
from midcycle.web.forms import AddressField, PlainForm

MOST_LED = 500
MOST_LOAD = 20


class VolunteerForm(PlainForm):
    """Somebody who would moderate."""

    name = forms.CharField(label=gettext_lazy("Your name"), max_length=120)
    led = forms.IntegerField(
        label=gettext_lazy("Sessions you have led before"),
        min_value=0,
        max_value=MOST_LED,
        initial=0,
        help_text=gettext_lazy("0 is welcome: you learn beside somebody experienced."),
    )
    most = forms.IntegerField(
        label=gettext_lazy("Sessions you would take here, at most"), min_value=1, max_value=MOST_LOAD, initial=2
    )
    languages = forms.CharField(
        label=gettext_lazy("Languages you moderate in"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Such as English, Portuguese."),
    )
    wish = forms.CharField(
        label=gettext_lazy("Anything the team should know"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Only the team reads it. Also whom you would rather not moderate with."),
    )

    def __init__(
        self, slots: Sequence[tuple[int, str]], data: QueryDict | None = None, initial: dict[str, object] | None = None
    ) -> None:
        """Offer the times of the meetup to be away in."""
        super().__init__(data, initial=initial)
        if slots:
            self.fields["away"] = forms.MultipleChoiceField(
                label=gettext("Times you cannot"),
                required=False,
                choices=slots,
                widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-inline"}),
            )

    def away(self) -> frozenset[int]:
        """Return the slots that were ticked."""
        return frozenset(int(number) for number in self.cleaned_data.get("away", ()))


class TeamVolunteerForm(PlainForm):
    """Somebody the team puts into the pool."""

    email = AddressField(label=gettext_lazy("E-mail"), max_length=254)
    led = forms.IntegerField(label=gettext_lazy("Sessions led before"), min_value=0, max_value=MOST_LED, initial=0)
    most = forms.IntegerField(label=gettext_lazy("Sessions here, at most"), min_value=1, max_value=MOST_LOAD, initial=2)


class PooledField(forms.ModelChoiceField):  # type: ignore[type-arg]  # takes none when it runs
    """Somebody of the pool; by address who has given no name yet."""

    def label_from_instance(self, obj: Person) -> str:
        """Return what the team calls them."""
        return obj.name or obj.email


class ApartForm(PlainForm):
    """Two people who are not to moderate a session together."""

    def __init__(self, pool: QuerySet[Person], data: QueryDict | None = None) -> None:
        """Offer the people of the pool."""
        super().__init__(data)
        self.fields["one"] = PooledField(pool, label=gettext("This person"), empty_label=gettext("Choose somebody"))
        self.fields["other"] = PooledField(pool, label=gettext("not with"), empty_label=gettext("Choose somebody"))


class AnswerForm(PlainForm):
    """What somebody answers who is asked to moderate."""

    answer = forms.ChoiceField(choices=[("confirmed", "Yes, I will"), ("declined", "No, I cannot")])

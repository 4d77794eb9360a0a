"""What an organiser types to open a pad, to say how pads are named, or hands in; and what somebody looks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.pads.rules import LONGEST_ASKED, LONGEST_GUEST, LONGEST_NAMING, pads_in, why_not_this_naming
from midcycle.web.forms import DayField, PlainForm


class PadForm(PlainForm):
    """A pad that belongs to no session."""

    name = forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9_-]*$",
        label=gettext_lazy("Name"),
        max_length=80,
        help_text=gettext_lazy("Letters, digits and hyphens, such as LIS-ops-feedback. It becomes the address."),
        error_messages={"invalid": gettext_lazy("Use letters, digits and hyphens only.")},
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=160)


class SearchForm(PlainForm):
    """Words or a tag to look for in all pads of a meetup."""

    q = forms.CharField(
        label=gettext_lazy("Search the pads"),
        required=False,
        max_length=LONGEST_ASKED,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    tag = forms.CharField(required=False, max_length=LONGEST_ASKED, widget=forms.HiddenInput)

    def clean_q(self) -> str:
        """Return the words on one line."""
        return one_line(self.cleaned_data["q"])

    def clean_tag(self) -> str:
        """Return the tag without its signs."""
        return one_line(self.cleaned_data["tag"]).lstrip("#")


class NamingForm(PlainForm):
    """How the pads of a meetup are named from now on."""

    naming = forms.CharField(
        label=gettext_lazy("Names of new pads"),
        max_length=LONGEST_NAMING,
        help_text=gettext_lazy(
            "{city} is three letters of the city, {title} the title of the session. Pads that are open keep their names."
        ),
    )

    def clean_naming(self) -> str:
        """Return the naming. Raises ValidationError."""
        naming = one_line(self.cleaned_data["naming"])
        refused = why_not_this_naming(naming)
        if refused:
            raise forms.ValidationError(refused)
        return naming


class GuestForm(PlainForm):
    """The name under which somebody writes who is not signed in."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=LONGEST_GUEST,
        help_text=gettext_lazy("The others see it beside what you write."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class WritersForm(PlainForm):
    """Who writes in the pads of a meetup, and until when."""

    guests = forms.BooleanField(
        label=gettext_lazy("Guests write"),
        required=False,
        help_text=gettext_lazy("Anyone with the link, after giving a name. No one has to sign in."),
    )
    open_until = DayField(
        label=gettext_lazy("Everybody writes until"),
        required=False,
        help_text=gettext_lazy(
            "Blank: until the last day of the meetup. Afterwards only those with a part in a session, and organisers."
        ),
    )


class AtForm(PlainForm):
    """Which version of a pad to look at, by its place in the list, and whether line by line."""

    at = forms.IntegerField(required=False, min_value=0, max_value=2**31)
    lines = forms.BooleanField(required=False)


class VersionForm(PlainForm):
    """A version of a pad, by the number of its last update."""

    seq = forms.IntegerField(min_value=0, max_value=2**62, widget=forms.HiddenInput)


class NameVersionForm(VersionForm):
    """A name for a version."""

    name = forms.CharField(label=gettext_lazy("Name of this version"), max_length=80)

    def clean_name(self) -> str:
        """Return the name on one line."""
        return one_line(self.cleaned_data["name"])


class ImportForm(PlainForm):
    """A file of notes taken elsewhere."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("An export of Etherpad (.etherpad), Markdown, text or HTML, or a .zip of them; at most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".etherpad,.md,.markdown,.txt,.html,.htm,.zip"}),
    )

    def clean(self) -> dict[str, Any]:
        """Read the pads in the file."""
        clean: dict[str, Any] = super().clean() or {}
        file = clean.get("file")
        if file is not None:
            try:
                clean["found"] = pads_in(file.name, file.read())
            except Refusal as refusal:
                self.add_error("file", refusal.message)
        return clean


class NameForm(PlainForm):
    """The name of an author who was brought in, as it is in the list."""

    name = forms.CharField(max_length=200, strip=False, widget=forms.HiddenInput)

"""What is typed about lists."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext, gettext_lazy

from midcycle.kernel.typed import lines, one_line
from midcycle.lists.actions import Naming
from midcycle.lists.rules import LONGEST_SUBJECT, LONGEST_TEXT
from midcycle.web.forms import AddressField, PlainForm

BY_FILE: Final = "file"
_MOST_BYTES: Final = 4 * 1024 * 1024
_DIGEST: Final = gettext_lazy("Not every letter: now and then one with all of them")


class JoinForm(PlainForm):
    """Who wants to join a list, and how much of it they want."""

    email = AddressField(label=gettext_lazy("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    digest = forms.BooleanField(label=_DIGEST, required=False)

    def __init__(self, *args: Any, has_digest: bool = True, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        """Leave the digest out where the list has none."""
        super().__init__(*args, **kwargs)
        if not has_digest:
            del self.fields["digest"]


class InvitedForm(PlainForm):
    """How much of a list somebody wants whose address is known."""

    digest = forms.BooleanField(label=_DIGEST, required=False)


class ListForm(PlainForm):
    """Which list, and what people read about it."""

    connection = forms.ChoiceField(
        label=gettext_lazy("Which list"), help_text=gettext_lazy("Those this server is connected with, or one that is not.")
    )
    title = forms.CharField(
        label=gettext_lazy("What people call it"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Blank: as its own server calls it."),
    )
    about = forms.CharField(
        label=gettext_lazy("What is it for, and how busy is it?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("One sentence, such as: questions and answers about running the cloud, five letters a day."),
    )
    page = forms.URLField(label=gettext_lazy("Its own page"), max_length=300, required=False, assume_scheme="https")
    for_series = forms.BooleanField(label=gettext_lazy("It belongs to every meetup of the series"), required=False)

    def __init__(self, connections: Iterable[str], *, in_series: bool, data: Mapping[str, Any] | None = None) -> None:
        """Offer the lists of the settings this meetup may use."""
        super().__init__(data)
        connection = self.fields["connection"]
        if isinstance(connection, forms.ChoiceField):
            names = [(f"c:{name}", name) for name in connections]
            another = gettext("Another list, not connected with this server")
            connection.choices = [("", gettext("Choose")), *names, (BY_FILE, another)]
        if not in_series:
            del self.fields["for_series"]

    def clean(self) -> dict[str, Any]:
        """Ask for a name where no server tells one."""
        typed = self.cleaned_data
        if typed.get("connection") == BY_FILE and not one_line(typed.get("title") or ""):
            self.add_error("title", gettext("Type a name: no server tells one."))
        return typed

    def naming(self) -> Naming:
        """Return what was typed, once the form is valid."""
        typed = self.cleaned_data
        chosen = "" if typed["connection"] == BY_FILE else typed["connection"].removeprefix("c:")
        return Naming(chosen, typed["title"], typed["about"], typed["page"], typed.get("for_series", False))


class PostingForm(PlainForm):
    """What is written to a list."""

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=LONGEST_SUBJECT)
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=gettext_lazy("Plain text, as you type it."),
    )

    def clean_subject(self) -> str:
        """Return the subject on one line."""
        subject = one_line(self.cleaned_data["subject"])
        if not subject:
            raise forms.ValidationError(gettext("Type what the letter is about."))
        return subject

    def clean_text(self) -> str:
        """Return the text, its empty lines kept."""
        text = lines(self.cleaned_data["text"])
        if not text:
            raise forms.ValidationError(gettext("Type what you want to say."))
        return text


class SeenForm(PlainForm):
    """Which edition of a draft somebody saw when they sent it."""

    edition = forms.IntegerField(min_value=1, max_value=1_000_000)

    def seen(self) -> int:
        """Return it; of a form that is not ours what fits no draft."""
        self.full_clean()
        return self.cleaned_data.get("edition") or -1


class MembersForm(PlainForm):
    """A file of members, or of their hashes."""

    members = forms.FileField(
        label=gettext_lazy("File of members"),
        help_text=gettext_lazy(
            "The hashes, or a CSV or text file with the addresses themselves. It is read once and not kept."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,.csv,text/plain,text/csv"}),
    )

    def clean_members(self) -> str:
        """Return the text of the file."""
        file = self.cleaned_data["members"]
        if file.size > _MOST_BYTES:
            raise forms.ValidationError(gettext("This file is larger than 4 MB. Send the hashes: each takes 33 bytes."))
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise forms.ValidationError(
                gettext("This is no text file in UTF-8. Save it as CSV or text, and choose it again.")
            ) from None

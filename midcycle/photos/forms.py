"""What is asked of who sends pictures, of the team, and of who wants one taken down."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy, gettext_noop

from midcycle.photos.rules import (
    LICENCES,
    LONGEST_CAPTION,
    LONGEST_CREDIT,
    LONGEST_REASON,
    MOST_BYTES_PLAIN,
    why_no_caption,
)
from midcycle.web.forms import PlainForm

Albums = Sequence[tuple[int, str]]
_NUMBER: Final = re.compile(r"\d{1,18}", re.ASCII)
NO_ALBUM = gettext_noop("Around the sessions")


class SenderForm(PlainForm):
    """Who somebody is named as, and that the pictures are theirs to give."""

    credit = forms.CharField(
        label=gettext_lazy("Your name under the pictures"),
        max_length=LONGEST_CREDIT,
        required=False,
        help_text=gettext_lazy("As you want to be credited. Left blank, they are by “A participant”."),
    )
    agrees = forms.BooleanField(
        label=gettext_lazy("I took these pictures myself and give them under this licence. Nobody with the mark is in them."),
        error_messages={"required": gettext_lazy("Without this we cannot take your pictures.")},
    )


class DescribeForm(PlainForm):
    """What a picture shows, where it belongs, and who took it."""

    caption = forms.CharField(
        label=gettext_lazy("What does it show?"),
        max_length=LONGEST_CAPTION,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One sentence. It stands below the picture, and is read to those who cannot see it."),
        error_messages={"required": gettext_lazy("Say what the picture shows, for those who cannot see it.")},
    )
    session = forms.TypedChoiceField(label=gettext_lazy("Session"), coerce=int, empty_value=None, required=False)
    credit = forms.CharField(label=gettext_lazy("Who took it?"), max_length=LONGEST_CREDIT, required=False)

    def __init__(self, albums: Albums, data: Mapping[str, Any] | None = None, **given: Any) -> None:  # noqa: ANN401 - Django's own
        """Offer these sessions."""
        super().__init__(data, **given)
        chosen = self.fields["session"]
        if isinstance(chosen, forms.TypedChoiceField):
            chosen.choices = [("", gettext(NO_ALBUM)), *albums]

    def clean_caption(self) -> str:
        """Return what the picture shows."""
        said: str = self.cleaned_data["caption"]
        why = why_no_caption(said)
        if why:
            raise forms.ValidationError(why)
        return said


class SendForm(DescribeForm):
    """A picture and what it shows, for browsers without the script."""

    field_order = ("file", "caption", "session")
    file = forms.FileField(
        label=gettext_lazy("Picture"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    def __init__(self, albums: Albums, data: Mapping[str, Any] | None = None, **given: Any) -> None:  # noqa: ANN401 - Django's own
        """Offer these sessions; the name was given before."""
        super().__init__(albums, data, **given)
        del self.fields["credit"]
        most = gettext("JPEG, PNG or WebP, at most %(most)s MB.")
        self.fields["file"].help_text = most % {"most": MOST_BYTES_PLAIN // 1024 // 1024}


class GalleryForm(PlainForm):
    """How a meetup takes pictures in."""

    is_open = forms.BooleanField(label=gettext_lazy("People may send pictures"), required=False)
    needs_approval = forms.BooleanField(
        label=gettext_lazy("The team looks at each picture before it is published"), required=False
    )
    licence = forms.ChoiceField(
        label=gettext_lazy("Licence"), choices=[(key, gettext_lazy(words)) for key, (words, _) in LICENCES.items()]
    )


def ticked(data: QueryDict) -> frozenset[int]:
    """Return the numbers of the pictures that are ticked; what is no number is left out."""
    return frozenset(int(said) for said in data.getlist("photo") if _NUMBER.fullmatch(said))


class TakedownForm(PlainForm):
    """Why somebody wants a picture taken down, if they want to say."""

    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("You need not say. Do not write your name unless you want the team to know it."),
    )

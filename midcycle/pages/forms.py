"""What an organiser types on the desk."""

from django import forms
from django.utils.translation import gettext_lazy

from midcycle.kernel.languages import INTERFACE
from midcycle.meetups.rules import STAGES
from midcycle.web.forms import AddressField, PlainForm


class DescribeForm(PlainForm):
    """What a meetup is called and about."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=160)
    summary = forms.CharField(
        label=gettext_lazy("What it is about"),
        widget=forms.Textarea,
        max_length=20_000,
        required=False,
        help_text=gettext_lazy("Markdown works here."),
    )
    notice = forms.CharField(
        label=gettext_lazy("Notice"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("One line on top of every page of the meetup, such as a change of room."),
    )


class DescribeFirstForm(DescribeForm):
    """The same, and the language it is written in."""

    language = forms.ChoiceField(label=gettext_lazy("Written in"), choices=tuple(INTERFACE.items()), required=False)


class DescribeInForm(DescribeForm):
    """The same in another language, where nothing is needed."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=160, required=False)


class TeamForm(PlainForm):
    """Somebody who joins the team."""

    email = AddressField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        help_text=gettext_lazy("They get a letter, and sign in with a code sent to this address."),
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120, required=False)


class StageForm(PlainForm):
    """The stage a meetup moves to."""

    stage = forms.ChoiceField(choices=[(name, name) for name in STAGES])

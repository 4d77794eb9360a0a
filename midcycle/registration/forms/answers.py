"""What people type to register, and when they change it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext

from midcycle.kernel.typed import has_ink, one_line
from midcycle.meetups.rules import region_name
from midcycle.registration import rules
from midcycle.registration.actions import Answers
from midcycle.registration.forms.fields import no_name, offer, own_field, standard_fields, take_back
from midcycle.registration.forms.parts import OWN, Part, answers_in, in_language, parts_of, waiting_in
from midcycle.registration.models import Seat
from midcycle.registration.queries import AskedForm, Told
from midcycle.registration.rules.asking import read_all
from midcycle.registration.rules.needs import diet_in_parts, diet_of
from midcycle.web.forms import PlainForm

_ON_A_SEAT: Final = ("role", "sector", "organisation", "region", "first_time", "on_list", "heard_how", "photos")
_YES_OR_NO: Final = ("first_time", "on_list", "photos")


class AnswersForm(PlainForm):
    """What people say about themselves: what a meetup asks, in the language that is active."""

    without: frozenset[str] = frozenset({"email"})

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, asked: AskedForm, initial: Mapping[str, Any] | None = None
    ) -> None:
        """Ask the standard questions of this meetup, then the organisers' own in their order."""
        super().__init__(data, initial=dict(initial or {}))
        self.asked = asked
        self.more: Mapping[str, str] = {}
        waiting = waiting_in(asked.questions)
        self.fields.update(standard_fields(asked.standard - self.without))
        for question in asked.questions:
            title, text = (in_language(*asked.text(texts), asked) for texts in (question.titles, question.helps))
            field = own_field(question, title, text, answers_in(question, asked), waiting.shown(question))
            self.fields[f"{OWN}{question.key}"] = field

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Return the form in its parts."""
        return parts_of(self, self.asked)

    def clean_name(self) -> str:
        """Return the name on one line; it must not be empty then."""
        return named(self.cleaned_data["name"])

    def clean(self) -> None:
        """Read the answers to the organisers' own questions: those that are shown, in their order."""
        typed = {question.key: self.cleaned_data.get(f"{OWN}{question.key}", "") for question in self.asked.questions}
        read = read_all(self.asked.questions, typed)
        self.more = read.values
        for key, fault in read.faults.items():
            self.add_error(f"{OWN}{key}", gettext(fault))

    def answers(self) -> Answers:
        """Return what was said, once the form is valid; what was not asked is not said."""
        clean = self.cleaned_data
        said: dict[str, Any] = {key: clean[key] for key in _ON_A_SEAT if key in clean}
        if clean.get("heard_words"):
            said["heard_how"] = one_line(clean["heard_words"])
        return Answers(
            **said,
            diet=diet_of(clean["diet"], one_line(clean["food"])) if "diet" in clean else "",
            access=clean.get("access", ""),
            more=self.more,
            language=self.asked.language,
        )


class SeatForm(AnswersForm):
    """Who comes, and what they say about themselves."""

    without = frozenset()


class ChangeForm(AnswersForm):
    """What somebody told us already. Every answer can be taken back: yes and no too, though nobody can unpress those."""

    def __init__(self, seat: Seat, data: Mapping[str, Any] | None = None, *, asked: AskedForm, told: Told) -> None:
        """Start from what was said; what is stored stays one of the choices, also when it is not on our list."""
        words, food = diet_in_parts(told.diet)
        said: dict[str, Any] = {"name": seat.name, **{key: getattr(seat, key) for key in _ON_A_SEAT}}
        said |= {key: {True: "yes", False: "no"}.get(said[key], "") for key in _YES_OR_NO}
        said |= {"diet": words, "food": food, "access": told.access}
        super().__init__(data, asked=asked, initial=said | {f"{OWN}{key}": value for key, value in told.more.items()})
        self._seat, self._told = seat, told
        for field in self.fields.values():
            if not field.required:
                take_back(field)
        for key, word in _stored_words(seat).items():
            if key in self.fields:
                offer(self.fields[key], getattr(seat, key), word)

    def answers(self) -> Answers:
        """Return what is said now; what is not asked, such as the group, stays as it was."""
        asked, seat, told = self.asked.standard, self._seat, self._told
        stays: dict[str, Any] = {key: getattr(seat, key) for key in ("group", *_ON_A_SEAT) if key not in asked}
        stays |= {key: kept for key, kept in (("diet", told.diet), ("access", told.access)) if key not in asked}
        return replace(super().answers(), **stays)


def named(text: str) -> str:
    """Return a name on one line. Raises ValidationError when nothing of it is left."""
    name = one_line(text)
    if not has_ink(name):
        raise forms.ValidationError(no_name())
    return name


def _stored_words(seat: Seat) -> dict[str, str]:
    return {
        "role": rules.word_for(seat.role, rules.ROLES),
        "sector": rules.word_for(seat.sector, rules.SECTORS),
        "region": region_name(seat.region),
        "heard_how": rules.word_for(seat.heard_how, rules.HEARD),
    }

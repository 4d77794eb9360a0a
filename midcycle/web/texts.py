"""What people typed, in other languages: which there are, and a form for the titles and texts of many things at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext

from midcycle.kernel.languages import INTERFACE, direction_of
from midcycle.kernel.words import language
from midcycle.web.forms import PlainForm

PAGE: Final = 100  # a form has two fields for each


@dataclass(frozen=True)
class Written:
    """A language something can be written in, under its own name, and whether anything is."""

    code: str
    name: str
    direction: str
    is_there: bool = False


@dataclass(frozen=True)
class Thing:
    """Something with a title and a text, and what these are in another language."""

    number: int
    title: str
    text: str
    told_title: str
    told_text: str


def written_in(code: str, *, is_there: bool = False) -> Written:
    """Return a language of the interface."""
    return Written(code, INTERFACE[code], direction_of(code), is_there)


def languages_of(texts: Mapping[str, object], first: str) -> tuple[Written, ...]:
    """Return the languages something can be written in beside its first."""
    return tuple(written_in(code, is_there=bool(texts.get(code))) for code in INTERFACE if code != first)


def first_other(first: str) -> str:
    """Return the language that is offered first beside this one: what the reader reads, else the first there is."""
    spoken = language()
    return spoken if spoken != first else next(code for code in INTERFACE if code != first)


class TextsForm(PlainForm):
    """A title and a text for each thing, in one language. What is blank is read in the first."""

    def __init__(self, data: Mapping[str, Any] | None, things: Sequence[Thing], spoken: str, longest: tuple[int, int]) -> None:
        """Ask for these; `longest` is how many characters a title and a text can have."""
        super().__init__(data)
        self.things = things
        looks = {"lang": spoken, "dir": direction_of(spoken)}
        for thing in things:
            self.fields[f"title-{thing.number}"] = forms.CharField(
                label=gettext("Title"),
                initial=thing.told_title,
                max_length=longest[0],
                required=False,
                widget=forms.TextInput(attrs=looks),
            )
            self.fields[f"text-{thing.number}"] = forms.CharField(
                label=gettext("Text"),
                initial=thing.told_text,
                max_length=longest[1],
                required=False,
                widget=forms.Textarea(attrs=looks),
            )

    def rows(self) -> list[tuple[Thing, forms.BoundField, forms.BoundField]]:
        """Return each thing with its two fields."""
        return [(thing, self[f"title-{thing.number}"], self[f"text-{thing.number}"]) for thing in self.things]

    def changed(self) -> dict[int, tuple[str, str]]:
        """Return the title and the text of each thing that has others now."""
        said = {
            thing.number: (self.cleaned_data[f"title-{thing.number}"], self.cleaned_data[f"text-{thing.number}"])
            for thing in self.things
        }
        before = {thing.number: (thing.told_title, thing.told_text) for thing in self.things}
        return {number: texts for number, texts in said.items() if _plain(texts) != _plain(before[number])}


def _plain(texts: tuple[str, str]) -> tuple[str, str]:
    return texts[0].strip(), texts[1].replace("\r\n", "\n").strip()


def said_in(texts: Mapping[str, Mapping[str, str]], spoken: str, said: Mapping[str, str]) -> dict[str, Mapping[str, str]]:
    """Return texts with these in a language; without that language when all of them are blank."""
    others = {code: known for code, known in texts.items() if code != spoken}
    return {**others, **({spoken: said} if any(said.values()) else {})}

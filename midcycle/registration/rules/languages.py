"""Languages a form can be asked in, and which one a visitor gets. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from midcycle.kernel.languages import INTERFACE
from midcycle.registration.rules import ordinal

# By their code of ISO 639-1, each under its own name.
LANGUAGES: Final[Mapping[str, str]] = {
    "en": "English",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "pt": "Português",
    "it": "Italiano",
    "nl": "Nederlands",
    "pl": "Polski",
    "cs": "Čeština",
    "uk": "Українська",
    "tr": "Türkçe",
    "ar": "العربية",
    "fa": "فارسی",
    "he": "עברית",
    "ja": "日本語",
    "zh": "中文",
}
# Yes and no in each, for questions of the organisers: the form itself is not written in all of them.
YES_NO_IN: Final[Mapping[str, tuple[str, str]]] = {
    "en": ("Yes", "No"),
    "de": ("Ja", "Nein"),
    "fr": ("Oui", "Non"),
    "es": ("Sí", "No"),
    "pt": ("Sim", "Não"),
    "it": ("Sì", "No"),
    "nl": ("Ja", "Nee"),
    "pl": ("Tak", "Nie"),
    "cs": ("Ano", "Ne"),
    "uk": ("Так", "Ні"),  # noqa: RUF001 - Ukrainian
    "tr": ("Evet", "Hayır"),  # noqa: RUF001 - Turkish
    "ar": ("نعم", "لا"),
    "fa": ("بله", "خیر"),
    "he": ("כן", "לא"),
    "ja": ("はい", "いいえ"),
    "zh": ("是", "否"),
}
# What the form itself is written in, beside the organisers' own questions.
FORM_LANGUAGES: Final = tuple(INTERFACE)
FIRST: Final = "en"

_RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he"})
_LONGEST_HEADER: Final = 500


def direction_of(language: str) -> str:
    """Return `rtl` or `ltr`, as in the attribute `dir` of HTML."""
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"


def form_languages(own: Sequence[str]) -> tuple[str, ...]:
    """Return what a form can be read in: the organisers' own languages first, then those it is written in anyway."""
    return tuple(dict.fromkeys((*own, *FORM_LANGUAGES)))


def language_for(asked: str, accepted: str, offered: Sequence[str]) -> str:
    """Return the language asked for, else the first that the header `Accept-Language` (RFC 9110) wants, else the first."""
    wanted = (_main(asked), *_accepted(accepted))
    return next((language for language in wanted if language in offered), offered[0])


def written_in(language: str) -> str:
    """Return the language the form itself is written in for somebody who reads this one."""
    return language if language in FORM_LANGUAGES else FIRST


def place_in(language: str, number: int) -> str:
    """Return a place in a line as sentences of this language take it up: `15th` in English, the number elsewhere."""
    return ordinal(number) if language == "en" else str(number)


def text_in(texts: Mapping[str, str], language: str, own: Iterable[str] = ()) -> tuple[str, str]:
    """Return a text in a language, else in the first of the organisers' own it is there in; with the language it is in."""
    for known in (language, *own, *texts):
        if texts.get(known):
            return texts[known], known
    return "", language


def _accepted(header: str) -> list[str]:
    """Return the languages of a header, the most wanted first; what is not wanted at all is left out."""
    weighed = []
    for part in header[:_LONGEST_HEADER].split(","):
        tag, _, weight = part.partition(";")
        quality = _quality(weight)
        if quality > 0:
            weighed.append((quality, _main(tag)))
    return [tag for _, tag in sorted(weighed, key=lambda pair: -pair[0])]


def _quality(weight: str) -> float:
    name, _, number = weight.replace(" ", "").partition("=")
    try:
        return min(1.0, max(0.0, float(number))) if name == "q" else 1.0
    except ValueError:
        return 0.0


def _main(tag: str) -> str:
    """Return the language of a tag such as `de-AT`."""
    return tag.strip().lower().replace("_", "-").split("-")[0]

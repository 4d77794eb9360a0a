"""Sentences and days in the language of whoever reads them.

Rules and engines know no Django and no visitor. They say sentences through here. A process that has visitors tells once, with
`speak_through`, who knows their language (`midcycle.web.apps`); where nobody was told, everything is said in English.

Days are those of the CLDR (Unicode Common Locale Data Repository), by Babel; English ones are our own, day first.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Final

from babel import Locale
from babel.dates import format_date, format_interval
from babel.lists import format_list

from midcycle.kernel.typed import without_marks

ENGLISH: Final = "en"
# How a day can be told: the form in English (of `strftime`, days are numbers), and the skeleton of the CLDR.
STYLES: Final = {
    "day": ("{day} {at:%B} {at:%Y}", "long"),
    "short": ("{day} {at:%b} {at:%Y}", "yMMMd"),
    "month_day": ("{day} {at:%B}", "MMMMd"),
    "short_month_day": ("{day} {at:%b}", "MMMd"),
    "weekday": ("{at:%A} {day} {at:%B}", "MMMMEd"),
    "weekday_year": ("{at:%A} {day} {at:%B} {at:%Y}", "full"),
    "weekday_number": ("{at:%a} {day}", "Ed"),
    "short_weekday": ("{at:%a}", "E"),
    "month": ("{at:%B} {at:%Y}", "yMMMM"),
}


@dataclass(frozen=True)
class Speaker:
    """Who knows the language that is active, by its code of ISO 639-1, and its sentences."""

    language: Callable[[], str]
    one: Callable[[str], str]
    many: Callable[[str, str, int], str]
    within: Callable[[str, str], str]


def _english() -> str:
    return ENGLISH


def _as_it_is(message: str) -> str:
    return message


def _by_number(one: str, many: str, number: int) -> str:
    return one if number == 1 else many


def _second(_context: str, message: str) -> str:
    return message


_NOBODY: Final = Speaker(_english, _as_it_is, _by_number, _second)
_speakers: Final = [_NOBODY]


def speak_through(speaker: Speaker) -> None:
    """Have everything said through this one from now on."""
    _speakers[:] = [speaker]


def language() -> str:
    """Return the language that is active, without its country."""
    return _speakers[0].language()


def gettext(message: str) -> str:
    """Return a sentence of ours in the language that is active; what is put into it comes after."""
    return _speakers[0].one(message)


def ngettext(one: str, many: str, number: int) -> str:
    """Return the sentence for so many things."""
    return _speakers[0].many(one, many, number)


def pgettext(context: str, message: str) -> str:
    """Return a word that means different things in different places, told apart by the context."""
    return _speakers[0].within(context, message)


def gettext_noop(message: str) -> str:
    """Return it as it is: it stands in a table, and is told with `gettext` where it is shown."""
    return message


def pgettext_noop(_context: str, message: str) -> str:
    """Return the message as it is: it stands in a table, and is told with `pgettext` and the same context where it is shown."""
    return message


def typed_in(texts: Mapping[str, Mapping[str, str]], name: str, otherwise: str) -> str:
    """Return what somebody typed for the language that is active, else what was typed first.

    `texts` are by language and name, such as `{"de": {"title": "…"}}`.
    """
    return texts.get(language(), {}).get(name) or otherwise


def quoted(text: str) -> str:
    """Return what somebody typed in the quotation marks of the language that is active; those within it become single ones."""
    return gettext("“%(words)s”") % {"words": without_marks(text)}


def marked(words: str) -> str:
    """Return words that were kept in English quotation marks in those of the language; others as they are."""
    return quoted(words[1:-1]) if words[:1] == "“" and words[-1:] == "”" else words


def day_in_words(day: date | None, style: str = "day") -> str:
    """Return a day in one of `STYLES`, such as `2 March 2027`; blank for none."""
    return "" if day is None else _told(date(day.year, day.month, day.day), style, language())


def moment_in_words(moment: datetime | None, style: str = "day") -> str:
    """Return a moment by the clock it is given in, such as `2 March 2027, 09:05`; blank for none."""
    if moment is None:
        return ""
    return pgettext("day and time", "%(day)s, %(time)s") % {"day": day_in_words(moment, style), "time": f"{moment:%H:%M}"}


def days_in_words(first: date, last: date) -> str:
    """Return such as `2-3 March 2027` with an en dash, `31 March to 1 April 2027`, or the one day."""
    if first == last:
        return day_in_words(first)
    if language() != ENGLISH:
        return _stretch(first, last, language())
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}\N{EN DASH}{day_in_words(last)}"
    return f"{day_in_words(first, 'month_day' if first.year == last.year else 'day')} to {day_in_words(last)}"


def listed(things: Sequence[str]) -> str:
    """Return such as `Ada, Bo and Cy`, or `Asia, and Australia and the Pacific`; blank for none."""
    if language() != ENGLISH:
        return format_list([_apart(thing) for thing in things], locale=Locale(language()))
    *before, last = things or ("",)
    joint = ", and " if any(" and " in thing for thing in things) else " and "
    return f"{', '.join(before)}{joint}{last}" if before else last


def _apart(thing: str) -> str:
    """Return a thing so that its direction stays its own among words from right to left (UAX 9, isolates)."""
    is_leftward = Locale(language()).text_direction == "rtl"
    return f"\N{FIRST STRONG ISOLATE}{thing}\N{POP DIRECTIONAL ISOLATE}" if is_leftward else thing


def retold(sentence: str, templates: Sequence[str]) -> str:
    """Return a sentence that was kept in English as it reads in the language that is active.

    `templates` are what it can be made of, such as `At most %(number)s seats.`, what is more particular first; the words in it
    stay as they are. A sentence that is none of them is told as a whole.
    """
    for template in templates if language() != ENGLISH else ():
        found = _pattern(template).fullmatch(sentence)
        if found is not None:
            return gettext(template) % {name: marked(words) for name, words in found.groupdict().items()}
    return gettext(sentence) if sentence else ""


@cache
def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"%\((\w+)\)s", template)
    return re.compile("".join(f"(?P<{part}>.+)" if at % 2 else re.escape(part) for at, part in enumerate(parts)), re.DOTALL)


@lru_cache(maxsize=2000)
def _told(day: date, style: str, spoken: str) -> str:
    english, skeleton = STYLES[style]
    if spoken == ENGLISH:
        return english.format(day=day.day, at=day)
    locale = Locale(spoken)
    if skeleton in locale.date_formats:
        return format_date(day, skeleton, locale=locale)
    pattern = locale.datetime_skeletons[skeleton].pattern if skeleton in locale.datetime_skeletons else skeleton
    return format_date(day, pattern.replace("E", "EEEE") if style == "weekday" else pattern, locale=locale)


@lru_cache(maxsize=2000)
def _stretch(first: date, last: date, spoken: str) -> str:
    return format_interval(first, last, "yMMMd", locale=Locale(spoken))

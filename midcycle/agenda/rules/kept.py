"""Sentences about an agenda that a release or a draft keeps, in English, as they are told. Pure."""

import re
from functools import cache
from typing import Final

from midcycle.agenda.rules.deeds import opening_in_words, times_in_words
from midcycle.engines.solver.check import FINDINGS
from midcycle.engines.solver.explain import ELSEWHERE, LEFT_OUT, NEEDED, PINNED, RUNS, UNWANTED, any_of, crowd, want
from midcycle.kernel.words import ENGLISH, gettext, gettext_noop, language, marked, retold

WITHDRAWN: Final = gettext_noop("The topic was withdrawn.")
FOR_ALL: Final = gettext_noop("For everybody: nothing runs beside it.")
_CROWD: Final = re.compile(
    r"(?P<wanted>\d+) (?:person wants|people want) it"
    r"(?: and can come|, (?P<coming>\d+) can come(?:; its (?P<seats>\d+) seats are full)?)\.(?: |$)"
)
_ANY: Final = re.compile(r"any of its (\d+) times")
_WANTED: Final = re.compile(r"(?P<wanted>\d+) (?:person wants|people want) it|nobody has asked for it")


def conflict_in_words(kept: str) -> str:
    """Return what does not fit together as it reads in the language that is active."""
    return kept if language() == ENGLISH else times_in_words(retold(kept, FINDINGS))


def reason_in_words(kept: str) -> str:
    """Return why a session is where it is as it reads in the language that is active; one given by hand stays as it is."""
    if language() == ENGLISH or not kept:
        return kept
    pinned = next((sentence for sentence in PINNED if kept.startswith(sentence)), "")
    rest = kept.removeprefix(pinned).lstrip()
    found = _CROWD.match(rest)
    if found is not None:
        wanted = int(found["wanted"])
        told, rest = crowd(wanted, int(found["coming"] or wanted), int(found["seats"] or 0) or None), rest[found.end() :]
    elif rest.startswith(UNWANTED):
        told, rest = gettext(UNWANTED), rest.removeprefix(UNWANTED).lstrip()
    else:
        told = ""
    return " ".join(part for part in (gettext(pinned) if pinned else "", told, _rest(rest)) if part)


def _rest(kept: str) -> str:
    for template in (*ELSEWHERE, *LEFT_OUT):
        found = _pattern(template).fullmatch(kept)
        if found is not None:
            return gettext(template) % {name: _part(name, text) for name, text in found.groupdict().items()}
    return gettext(kept) if kept else ""


def _part(name: str, kept: str) -> str:
    """Return what stands in a sentence: a time, whom somebody needs, or how many want it."""
    if name == "opening":
        return opening_in_words(kept)
    if name == "hindrance":
        return retold(kept, (NEEDED, RUNS))
    found = (_ANY if name == "times" else _WANTED).fullmatch(kept) if name in {"times", "wanted"} else None
    if found is None:
        return times_in_words(kept) if name in {"time", "times"} else marked(kept)
    return any_of(int(found[1])) if name == "times" else want(int(found["wanted"] or 0))


@cache
def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"%\((\w+)\)s", template)
    return re.compile("".join(f"(?P<{part}>.+)" if at % 2 else re.escape(part) for at, part in enumerate(parts)), re.DOTALL)

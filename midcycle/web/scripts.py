"""What scripts say, in the language of the page that loads them.

English stands in the scripts. A page in another language carries a block of data with their sentences, which no browser runs.
"""

import json
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from django.utils.html import json_script
from django.utils.translation import gettext, ngettext, pgettext

from midcycle.kernel.words import ENGLISH

Key = tuple[str, str, str]  # context, one, many; the last is blank where there is one form
# Which form a number takes, no language of ours decides by more than its last two digits, or by whether it is whole millions.
_NUMBERS: Final = (*range(200), 1_000_000)
_CONTEXT: Final = "\x04"  # between a context and its word, as in the files of gettext


@lru_cache(maxsize=100)
def said_in(scripts: tuple[str, ...], language: str, built: Path, _catalogues: tuple[Path, ...]) -> str:
    """Return the block for a page in the language that is active, blank for English. Raises KeyError for an unknown script.

    `built` is the file that frontend/build.mjs writes: what each script says.
    """
    if language == ENGLISH:
        return ""
    keys = list(dict.fromkeys(key for script in scripts for key in _said(built)[script]))
    many, forms = _plurals([key for key in keys if key[2]])
    return json_script({"one": _sentences([key for key in keys if not key[2]]), "many": many, "forms": forms}, "words")


def _sentences(keys: list[Key]) -> dict[str, str]:
    told = {}
    for context, word, _ in keys:
        key, found = (f"{context}{_CONTEXT}{word}", pgettext(context, word)) if context else (word, gettext(word))
        if found != word:
            told[key] = found
    return told


def _plurals(keys: list[Key]) -> tuple[dict[str, list[str]], str]:
    """Return the forms of each sentence, and a digit for each number: which of them it takes.

    Numbers take the same form when every sentence says the same for them, so the rule of the catalogue need not be known.
    """
    said = [tuple(ngettext(one, many, number) for _, one, many in keys) for number in _NUMBERS]
    forms = list(dict.fromkeys(said))
    which = "".join(str(forms.index(sentences)) for sentences in said)
    return {one: [form[place] for form in forms] for place, (_, one, _) in enumerate(keys)}, which


@cache
def _said(built: Path) -> dict[str, list[Key]]:
    found = json.loads(built.read_text("utf-8"))
    return {script: [(context, one, many) for context, one, many in keys] for script, keys in found.items()}

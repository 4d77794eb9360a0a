"""What a person is called, and where a name stands in the alphabet."""

import re
import unicodedata
from typing import Final

OTHER_SIGNS: Final = "#"
EAST_ASIAN: Final = "文"

# Letters with a stroke or tied together do not come apart by themselves.
_PLAIN: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "\u0131": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
)
_EAST_ASIAN: Final = re.compile(
    r"[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)


def called(name: str) -> tuple[str, str]:
    """Return what others call a person, and the rest of the name: `Ada` and `Lovelace`.

    Words with a full stop go with the next: `Dr. Ada`, `J. R. R. Tolkien`. A comma turns the order round: `Lovelace, Ada`.
    Names in East Asian letters are short, often begin with the family, and stay in one piece.
    """
    last, comma, first = (" ".join(part.split()) for part in name.partition(","))
    if comma and last and first and "," not in first:
        given, rest = called(first)
        return given, f"{rest} {last}".strip()
    words = name.split()
    if _EAST_ASIAN.search(name) or not words:
        return " ".join(words), ""
    end = next((index for index, word in enumerate(words) if not word.endswith(".")), len(words) - 1) + 1
    return " ".join(words[:end]), " ".join(words[end:])


def sort_key(name: str) -> tuple[int, str, str]:
    """Return what names are ordered by: the kind of heading, their letters without marks and case, then as they are written."""
    letters = _letters(name)
    return _kind(letters), letters, name


def heading(name: str) -> str:
    """Return the letter a name is found under: `A` for Ángel, one sign for all East Asian names, one for what is no letter."""
    letters = _letters(name)
    return (OTHER_SIGNS, letters[:1].title(), EAST_ASIAN)[_kind(letters)]


def _kind(letters: str) -> int:
    """Return 0 for what begins with no letter, 1 for alphabets, 2 for East Asian names; in this order they are listed."""
    if not letters[:1].isalpha():
        return 0
    return 2 if _EAST_ASIAN.match(letters) else 1


def _letters(name: str) -> str:
    """Return the name without case, marks, and what stands before its first letter or digit."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    plain = unicodedata.normalize("NFC", bare).translate(_PLAIN)
    start = next((index for index, letter in enumerate(plain) if letter.isalnum()), len(plain))
    return plain[start:]

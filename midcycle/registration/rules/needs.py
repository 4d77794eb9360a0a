"""What people eat, as one text: the words there are for it, then what else a kitchen has to know. Pure."""

from collections.abc import Iterable, Mapping
from typing import Final

from midcycle.kernel.words import gettext_noop

DIETS: Final[Mapping[str, str]] = {
    "vegetarian": gettext_noop("Vegetarian"),
    "vegan": gettext_noop("Vegan"),
    "halal": gettext_noop("Halal"),
    "kosher": gettext_noop("Kosher"),
    "no pork": gettext_noop("No pork"),
    "gluten-free": gettext_noop("Gluten-free"),
    "lactose-free": gettext_noop("Lactose-free"),
}
LONGEST_DIET: Final = 200
LONGEST_ACCESS: Final = 500
# So that a text with every word before it still fits.
LONGEST_FOOD: Final = LONGEST_DIET - len(": ".join([", ".join(DIETS), ""]))


def diet_of(words: Iterable[str], food: str) -> str:
    """Return as one text such as `vegan, gluten-free: no nuts` what somebody chose and wrote."""
    chosen = set(words)
    known = ", ".join(word for word in DIETS if word in chosen)
    if not known:
        return f": {food}" if _begins_with_words(food) else food
    return f"{known}: {food}" if food else known


def diet_in_parts(diet: str) -> tuple[tuple[str, ...], str]:
    """Return the words chosen and the text besides; what begins with no word of ours is text."""
    if diet.startswith(": "):
        return (), diet[2:]
    before, colon, food = diet.partition(": ")
    words = _words(before)
    return (words, food if colon else "") if words else ((), diet)


def _begins_with_words(text: str) -> bool:
    return text.startswith(": ") or bool(_words(text.partition(": ")[0]))


def _words(text: str) -> tuple[str, ...]:
    """Return the words a text consists of; none when it has any other in it."""
    words = [word.strip().casefold() for word in text.split(",")]
    return tuple(word for word in DIETS if word in words) if all(word in DIETS for word in words) else ()

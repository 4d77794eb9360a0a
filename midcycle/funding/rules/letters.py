"""What the letter to an underwriter says. Pure; it is a draft for people to read before they sign."""

from dataclasses import dataclass
from typing import Final

DAYS_TO_PAY: Final = 30
_NOT: Final = (
    "There are no stands, no booths and no advertising, for anybody.",
    "Topics, sessions and moderators are chosen by those who come. An underwriter proposes topics as everybody does.",
    "Names and addresses of those who come are not passed on.",
)
_ALSO: Final = (
    "If the meetup is called off, what has not been spent is given back, to each in proportion to what they paid.",
    "Afterwards the team says in public what came in and what it was spent on.",
)


@dataclass(frozen=True, slots=True)
class Contract:
    """A letter in parts: each a heading, sentences, and whether they are points of a list."""

    subject: str
    parts: tuple[tuple[str, tuple[str, ...], bool], ...]


def contract(*, occasion: str, underwriter: str, amount: str, is_host: bool, thanks: tuple[str, ...]) -> Contract:
    """Return the letter. `amount` is in words with its currency, empty when nothing is given in money."""
    return Contract(
        subject=f"Support of {occasion}",
        parts=(
            ("", (f"{underwriter} and the organisers of {occasion} agree on the following.",), False),
            ("What is given", _given(underwriter, amount, is_host=is_host), False),
            ("How we say thank you", tuple(f"{words}." for words in thanks) or ("Not by name, as you wished.",), True),
            ("What there is not", _NOT, True),
            ("What else we promise", _ALSO, False),
        ),
    )


def _given(underwriter: str, amount: str, *, is_host: bool) -> tuple[str, ...]:
    money = (f"{underwriter} pays {amount}, within {DAYS_TO_PAY} days of the invoice.",) if amount else ()
    rooms = (f"{underwriter} is the host: the rooms, as they were offered, cost the meetup nothing more.",) if is_host else ()
    return (*money, *rooms) or (f"{underwriter} supports the meetup as agreed in writing.",)

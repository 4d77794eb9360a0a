"""Who comes to the demo's meetups: the cast, moderators with names of their own, and a crowd. All of them invented."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any, Final

from midcycle.accounts.actions import person_for
from midcycle.accounts.models import Person
from midcycle.accounts.rules import CAST
from midcycle.kernel.slugs import slug_from
from midcycle.registration.actions import Answers
from midcycle.site.replay.people import synthetic_people

# Earlier ones come more often.
SECTORS: Final = [
    "public cloud",
    "academic research",
    "telecom",
    "software",
    "government",
    "broadcast media",
    "finance",
    "other",
]
ORGANISATIONS: Final = [
    *(f"{name} {kind}" for name in ("Alder", "Birch", "Cedar", "Damson", "Elm", "Fir") for kind in ("Cloud", "University")),
    *(f"{name} {kind}" for name in ("Hazel", "Juniper", "Larch", "Maple") for kind in ("Telecom", "Broadcasting", "City")),
]
_DIETS: Final = ["vegetarian", "vegan", "no gluten", "halal", "no nuts"]
_NEEDS: Final = ["a place near the screen", "a step-free way", "breaks on time"]
REGIONS: Final = ["europe", "north-america", "asia", "middle-east", "africa"]
_SEED: Final = "midcycle-demo"
_HEARD_ON_LIST: Final = ("list", "list", "list", "last_time", "colleague")
_HEARD_OFF_LIST: Final = ("forwarded", "forwarded", "colleague", "colleague", "web", "event", "last_time")
# By which links they came who say that they heard so. The two codes are those of the channels that a team makes.
CHANNELS: Final = {"List of the operators": "seat", "Poster in the canteen": "meetup"}
_LIST, _CANTEEN = "list-of-the-operators", "poster-in-the-canteen"
_CAME_BY: Final = {
    "list": (_LIST, _LIST, _LIST, ""),
    "forwarded": (f"{_LIST}~1", f"{_LIST}~1", f"{_LIST}~2", "~1"),
    "colleague": ("", "~1", _CANTEEN),
    "last_time": ("letter", "letter", ""),
    "web": ("page", "page", ""),
    "event": (_CANTEEN, "poster"),
}
_CAST_ADDRESSES: Final = {member.name: member.email for member in CAST}


@dataclass(frozen=True)
class Guest:
    """Somebody who registers; `via` is the way of the link they came by."""

    email: str
    name: str
    answers: Answers
    via: str = ""


def address_of(name: str) -> str:
    """Return the address of an invented person, always at example.org."""
    return _CAST_ADDRESSES.get(name) or f"{slug_from(name).replace('-', '.')}@example.org"


def known_as(name: str, *, now: datetime) -> Person:
    """Return the person of this name."""
    return person_for(address_of(name), name=name, now=now)


def crowd(first: int, count: int) -> list[Guest]:
    """Return `count` of the endless crowd, from number `first` on; the same ones each time."""
    people = islice(synthetic_people(_SEED, sectors=SECTORS, regions=REGIONS, not_on_list=0.3), first, first + count)
    dice = random.Random(f"{_SEED}-{first}")  # noqa: S311 - invented people, not secrets
    found = []
    for who in people:
        heard = dice.choice(_HEARD_ON_LIST if who.on_list else _HEARD_OFF_LIST)
        answers = Answers(
            role=who.role,
            sector=who.sector,
            region=who.region,
            heard_how=heard,
            on_list=who.on_list,
            first_time=who.first_time,
            **_apart(who.email),
        )
        came_by = random.Random(f"link-{who.email}").choice(_CAME_BY[heard])  # noqa: S311 - the same
        found.append(Guest(who.email, who.name, answers, came_by))
    return found


def _apart(email: str) -> dict[str, Any]:
    """Return where somebody works, whether they want to be in pictures, and what they eat and need; most need nothing."""
    dice = random.Random(email)  # noqa: S311 - the same
    return {
        "organisation": dice.choice(ORGANISATIONS),
        "photos": dice.random() > 0.1,
        "diet": dice.choice(_DIETS) if dice.random() < 0.2 else "",
        "access": dice.choice(_NEEDS) if dice.random() < 0.04 else "",
    }


def among(names: Iterable[str], guests: Sequence[Guest]) -> list[Guest]:
    """Return as many guests, with people of these names in the place of every third one."""
    found = list(guests)
    for place, name in enumerate(names):
        found[3 * place] = replace(found[3 * place], name=name, email=address_of(name))
    return found

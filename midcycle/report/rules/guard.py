"""Which counts of people may be published together, so that no difference of them tells of a small group. Pure.

Sets of people stand in a tree: each lies within its `whole`, and those of one `family` of a whole have nobody in common. How
sets of different families overlap is not told; of what two share, all that can be said is that it is no more than the smaller.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import product

from midcycle.kernel.folding import SMALLEST

Inside = Mapping[str, Mapping[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Crowd:
    """A set of people: so many, within another one or none, apart from others of its family."""

    name: str
    people: int
    whole: str = ""
    family: str = ""


def chosen(
    points: Iterable[tuple[str, Sequence[Crowd]]], structure: Mapping[str, Crowd], before: Iterable[Crowd] = ()
) -> tuple[frozenset[str], dict[str, Crowd]]:
    """Return the keys of the points that may be told, those that come first first, and all crowds that are told with them.

    `structure` has every crowd, also those that are not told; `before` are those that are told already, and stay as they are.
    """
    told = {crowd.name: crowd for crowd in before}
    known = {**structure, **told}
    keys = set[str]()
    for key, its in points:
        together = {**told, **{crowd.name: crowd for crowd in its}}
        if all(known[crowd.name] == crowd for crowd in its) and is_safe(known, together.keys()):
            keys.add(key)
            told = together
    return frozenset(keys), told


def is_safe(structure: Mapping[str, Crowd], told: AbstractSet[str]) -> bool:
    """Say whether of these crowds, told together, none and no rest of one is made of one to four people."""
    return all(people == 0 or people >= SMALLEST for people in _known(structure, told))


def _known(structure: Mapping[str, Crowd], told: AbstractSet[str]) -> Iterator[int]:
    """Yield how many are in each told crowd, and what is left of it without those within it."""
    inside: dict[str, dict[str, list[str]]] = {}
    for crowd in structure.values():
        inside.setdefault(crowd.whole, {}).setdefault(crowd.family or crowd.name, []).append(crowd.name)
    for name in told:
        yield structure[name].people
        yield from (structure[name].people - covered for covered in _covered(name, structure, told, inside))


def _covered(name: str, structure: Mapping[str, Crowd], told: AbstractSet[str], inside: Inside) -> set[int]:
    """Return how many people of a crowd can be counted by told ones that lie within it, as far as they can be counted."""
    found = set[int]()
    for family in inside.get(name, {}).values():
        parts = [{structure[one].people} if one in told else _within(one, structure, told, inside) for one in family]
        found |= {sum(each) for each in product(*parts)}
    return found


def _within(name: str, structure: Mapping[str, Crowd], told: AbstractSet[str], inside: Inside) -> set[int]:
    return _covered(name, structure, told, inside) | {0}

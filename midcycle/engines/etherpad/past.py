"""The past of a pad of Etherpad: the versions its revisions went through, with who wrote what, as Markdown in the end."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice, pairwise
from typing import Any, Final

from midcycle.engines.etherpad.notes import Past, Run, Stretch
from midcycle.engines.etherpad.revisions import Broken, Look, Pair, Replay, changesets
from midcycle.kernel.typed import one_line

MOST_VERSIONS: Final = 300
MOST_STRETCHES: Final = 60_000
MOST_NAMES: Final = 100
LONGEST_NAME: Final = 80
_A_MOMENT: Final = 60_000  # milliseconds: what comes within them is one version, or more if there would be too many
_NEAR: Final = 64  # characters of Markdown that may stand between two of a text


def past_of(
    records: Mapping[str, Any],
    pad: str,
    pool: Mapping[str, Pair],
    look: Callable[[Mapping[str, str]], Look],
    runs: Sequence[Run],
    size: int,
) -> Past | None:
    """Return the past of a pad that says `runs` now, or None when the export does not have it whole, or there is none."""
    record = records[pad]
    try:
        revisions = changesets(records, pad, record.get("head"))
        labels = _labels(record.get("savedRevisions"), len(revisions))
        ends = _ends([at for _, at in revisions], sorted(labels))
        made = Replay(pool, look, size)
        row = 0
        for number, (changeset, _) in enumerate(revisions):
            row += number > ends[row]
            made.apply(changeset, row)
    except Broken:
        return None
    if len(ends) == 1 or made.text() != record["atext"]["text"]:
        return None
    seen = tuple(islice(_merged(_stretches(made)), MOST_STRETCHES + 1))
    stretches = tuple(islice(_merged(_ending(seen, runs, len(ends) - 1)), MOST_STRETCHES + 1))
    if max(len(seen), len(stretches)) > MOST_STRETCHES:
        return None
    return Past(stretches, tuple(revisions[end][1] for end in ends), {ends.index(at): name for at, name in labels.items()})


def _labels(saved: object, amount: int) -> dict[int, str]:
    """Return the names somebody gave to revisions, by their number."""
    found: dict[int, str] = {}
    for one in saved[:MOST_NAMES] if isinstance(saved, list) else []:
        match one:
            case {"revNum": int(number), "label": str(label)} if 0 <= number < amount and one_line(label):
                found[number] = one_line(label)[:LONGEST_NAME]
    return found


def _ends(times: Sequence[int], named: Sequence[int]) -> list[int]:
    """Return the last revision of each version: the first stands alone, and so that there are not too many."""
    moment = _A_MOMENT
    while len(ends := list(_cuts(times, moment, frozenset(named)))) > MOST_VERSIONS:
        moment *= 2
    return ends


def _cuts(times: Sequence[int], moment: int, named: frozenset[int]) -> Iterator[int]:
    begun = times[0]
    for number, (_, following) in enumerate(pairwise(times)):
        if number == 0 or number in named or following - begun > moment:
            yield number
            begun = following
    yield len(times) - 1


def _stretches(made: Replay) -> Iterator[Stretch]:
    """Give all that was ever seen. What came and went within one version never was."""

    def kind(number: int) -> tuple[Look, int, int]:
        return made.look_of(number), made.came[number], made.went[number]

    for (look, came, went), numbers in groupby(made.all(), kind):
        if came != went:
            author, mark = look
            units = array("H", [made.units[number] for number in numbers])
            text = units.tobytes().decode("utf-16-le", "replace")
            shown = text if mark is None else text.replace("*", mark)
            yield Stretch(author, shown, came, None if went < 0 else went)


def _ending(stretches: Iterable[Stretch], runs: Sequence[Run], last: int) -> Iterator[Stretch]:
    """Let the last version say what the runs say: marks of Markdown come in, and what they do not have goes."""
    text = "".join(run.text for run in runs)
    authors = [run.author for run in runs for _ in run.text]
    at = 0
    for stretch in stretches:
        if stretch.went is not None:
            yield stretch
            continue
        for character in stretch.text:
            place = text.find(character, at, at + _NEAR)
            if place < 0 or authors[place] != stretch.author:
                if stretch.came != last:
                    yield Stretch(stretch.author, character, stretch.came, last)
                continue
            yield from _coming(text, authors, at, place, last)
            yield Stretch(stretch.author, character, stretch.came)
            at = place + 1
    yield from _coming(text, authors, at, len(text), last)


def _coming(text: str, authors: Sequence[str], first: int, end: int, last: int) -> Iterator[Stretch]:
    for place in range(first, end):
        yield Stretch(authors[place], text[place], last)


def _merged(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Give the stretches with equal neighbours put together and empty ones left out."""
    shown = (one for one in stretches if one.text)
    for (author, came, went), same in groupby(shown, lambda one: (one.author, one.came, one.went)):
        yield Stretch(author, "".join(one.text for one in same), came, went)

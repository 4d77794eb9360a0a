"""Writing topics back into the text of the planning pad they came from. Pure.

What did not change stays as it was written, to the letter. New voices and moderators are added below their topic; a topic of
which something was taken away or reworded is written anew; one that was withdrawn or merged is struck out; new ones follow at
the end. Only those are named as voices whose name stood there: all others are a figure.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from midcycle.kernel.typed import has_ink
from midcycle.topics.rules.pad import PadTopic, read_pad
from midcycle.topics.rules.words import FORMATS, USUAL

_STEP: Final = "    "
_BEGINNING: Final = re.compile(r"([ \t]*)((?:[*\u2022\u25e6\u25aa\u2023\u2013-]|\d{1,3}[.)])[ \t]+)?")


@dataclass(frozen=True)
class NowTopic:
    """A topic as it is now, with all its voices by name; `was` is its title in the pad, "" for one proposed elsewhere."""

    said: PadTopic
    was: str = ""
    is_gone: bool = False


def write_pad(source: str, topics: Sequence[NowTopic]) -> str:
    """Return the text of a pad with what is known now."""
    now = {topic.was.casefold(): topic for topic in topics if topic.was}
    rows = source.rstrip("\n").split("\n") if source.strip() else []
    written: list[str] = []
    at = 0
    for found in read_pad(source).topics:
        topic = now.get(found.title.casefold())
        if topic is None or found.is_struck:
            continue
        written += rows[at : found.first]
        written += _block(rows[found.first : found.after], found, topic)
        at = found.after
    written += rows[at:]
    fresh = [_told(PadTopic(""), topic.said) for topic in topics if not topic.was and not topic.is_gone]
    if fresh and written:
        written += ["", "New topics:", ""]
    for said in fresh:
        written += ["* " + _shielded(said.title), *_below(said, _STEP)]
    return "\n".join(written) + "\n"


def without_name(text: str, name: str) -> str:
    """Return the text of a pad in which somebody is named no more: a voice of theirs is one without a name."""
    return re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "\u2014", text, flags=re.IGNORECASE) if has_ink(name) else text


def _block(rows: list[str], was: PadTopic, topic: NowTopic) -> list[str]:
    """Return the lines of a topic of the pad as they shall be."""
    now = _told(was, topic.said)
    head = (_BEGINNING.match(rows[0]) or [""])[0]
    if topic.is_gone:
        return [f"{head}~~{rows[0][len(head) :].strip()}~~", *rows[1:]]
    more = _added(was, now)
    if more is None:
        bullet = head if head.strip() else f"{head}* "
        return [bullet + _shielded(now.title), *_below(now, _below_of(rows[0]))]
    return [*rows, *_below(more, _below_of(rows[0]))]


def _told(was: PadTopic, now: PadTopic) -> PadTopic:
    """Return a topic as it may be told: voices by name where that stood in the pad, all others as a figure."""
    stood = {name.casefold() for name in was.voices}
    named = {name.casefold(): name for name in now.voices if name.casefold() in stood}
    return replace(now, voices=tuple(named.values()), counted=now.counted + len(now.voices) - len(named))


def _added(was: PadTopic, now: PadTopic) -> PadTopic | None:
    """Return what there is more of now; None when something else is no longer as it was."""
    same = (was.title, was.details, was.minutes) == (now.title, now.details, now.minutes)
    same = same and (was.format or USUAL) == (now.format or USUAL)
    more = now.unnamed + now.counted - was.unnamed - was.counted  # a figure read in elsewhere is there of voices without names
    pairs = ((was.voices, now.voices), (was.leads, now.leads), (was.shadows, now.shadows), (was.tags, now.tags))
    if not same or more < 0 or any(_missing(new, old) for old, new in pairs):
        return None
    voices, leads, shadows, tags = (_missing(old, new) for old, new in pairs)
    counted = min(more, now.counted)
    return PadTopic("", voices=voices, leads=leads, shadows=shadows, tags=tags, unnamed=more - counted, counted=counted)


def _missing(here: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    known = {name.casefold() for name in here}
    return tuple(name for name in others if name.casefold() not in known)


def _below(topic: PadTopic, indent: str) -> list[str]:
    """Return the lines below the title of a topic, as they are read again."""
    said = [f"+1 {', '.join(topic.voices)}"] if topic.voices else []
    said += [f"+{topic.unnamed}"] if topic.unnamed else []
    said += [f"+1 \u00d7{topic.counted}"] if topic.counted else []
    said += [f"Moderator: {', '.join(topic.leads)}"] if topic.leads else []
    said += [f"Shadow: {', '.join(topic.shadows)}"] if topic.shadows else []
    said += [f"Format: {FORMATS[topic.format].name}"] if topic.format and topic.format != USUAL else []
    said += [f"Minutes: {topic.minutes}"] if topic.minutes else []
    said += [f"Tags: {', '.join(topic.tags)}"] if topic.tags else []
    return [f"{indent}* {line}" for line in said] + [
        _detail(line, indent) for line in topic.details.split("\n") if line.strip()
    ]


def _detail(line: str, indent: str) -> str:
    """Return a line of the details, with the bullet it had."""
    start = _BEGINNING.match(line)
    if start is None or not start[2]:
        return indent + line.strip()
    return f"{indent}{start[1]}* {line[start.end() :]}"


def _below_of(row: str) -> str:
    start = _BEGINNING.match(row)
    return (start[1] if start else "") + _STEP


def _shielded(title: str) -> str:
    """Return a title on one line; a `+1` in it is not read as a voice again."""
    return re.sub(r"\+(\d)", "+ \\1", title) if re.search(r"(?<![\w+])\+{1,2} ?\d", title) else title

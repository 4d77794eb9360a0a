"""What an editor proposes while somebody types, and who wrote what."""

import hashlib
from dataclasses import dataclass
from typing import Final

from django.core.cache import cache

from midcycle.agenda.models import SessionPart
from midcycle.meetups.models import Meetup
from midcycle.pads.models import Client, Pad, Snapshot
from midcycle.pads.rules import TENDING, tags_in
from midcycle.topics.models import Topic

MOST_TAGS: Final = 200
_KEPT: Final = 3600


@dataclass(frozen=True)
class PadAuthor:
    """Somebody who wrote in a pad, under one or several Yjs client ids. Without a name when they asked to be forgotten."""

    person: str
    name: str
    colour: int
    clients: tuple[int, ...]


@dataclass(frozen=True)
class PadWords:
    """Tags of the meetup, those of most pads first; people with a part in the session; and the authors of the pad."""

    tags: tuple[str, ...]
    people: tuple[str, ...]
    authors: tuple[PadAuthor, ...]


def words_for(pad: Pad) -> PadWords:
    """Return what is proposed in a pad. Four queries."""
    parts = SessionPart.objects.filter(session=pad.session_id, part__in=TENDING).select_related("person").order_by("pk")
    people = dict.fromkeys(str(part.person) for part in parts if str(part.person))
    return PadWords(_tags(pad.meetup), tuple(people), _authors(pad))


def _tags(meetup: Meetup) -> tuple[str, ...]:
    counts: dict[str, int] = {}
    for text in Snapshot.objects.filter(pad__meetup=meetup).values_list("text", flat=True).iterator(chunk_size=10):
        for tag in _tags_of(text):
            counts[tag] = counts.get(tag, 0) + 1
    for tags in Topic.objects.filter(meetup=meetup, withdrawn_at=None).values_list("tags", flat=True):
        for tag in tags:
            counts.setdefault(tag, 0)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(tag for tag, _ in ordered[:MOST_TAGS])


def _tags_of(text: str) -> tuple[str, ...]:
    """Return the tags of a text, looked for once: a whole room opens its pad at the same minute."""
    key = f"pad-tags:{hashlib.sha256(text.encode()).hexdigest()}"
    tags: tuple[str, ...] | None = cache.get(key)
    if tags is None:
        tags = tags_in(text)
        cache.set(key, tags, _KEPT)
    return tags


def _authors(pad: Pad) -> tuple[PadAuthor, ...]:
    clients: dict[tuple[str, str, int], list[int]] = {}
    for one in Client.objects.filter(pad=pad).order_by("client_id"):
        clients.setdefault((one.person, one.name, one.colour), []).append(one.client_id)
    return tuple(PadAuthor(*who, tuple(ids)) for who, ids in clients.items())

"""Who leads a session, takes its notes, publishes them, or learns beside the lead."""

import re
from collections.abc import Iterable
from typing import Final

from midcycle.agenda import actions as agenda
from midcycle.agenda.models import Session, SessionPart
from midcycle.site.replay.reading import Facts, mapping, text
from midcycle.site.replay.shape import named
from midcycle.site.replay.story import Story

_KEYS: Final = {
    "lead": ("moderators", "moderator", "leads", "lead", "facilitators", "facilitator", "presenters", "presenter", "speakers",
             "speaker", "chair", "chairs"),
    "note_taker": ("note_takers", "note_taker", "notetakers", "scribe", "scribes"),
    "publisher": ("publisher", "publishers"),
    "shadow": ("shadows", "shadow"),
}  # fmt: skip
_ROLES: Final = {
    **{key: part for part, keys in _KEYS.items() for key in keys},
    "co-lead": "lead",
    "note-taker": "note_taker",
    "note taker": "note_taker",
}
_BETWEEN: Final = re.compile(r"\s*[,;]\s*(?:and\s+)?|\s+and\s+|\s+&\s+")
_WHO: Final = ("name", "id", "person", "pseudonym")


def people_in(value: object) -> list[str]:
    """Return the pseudonyms of a list or of text such as `m1, m2 and m3`; those with a table of their own are left out."""
    if isinstance(value, list):
        return [said for item in value if (said := text(item))]
    return [part for part in _BETWEEN.split(text(value)) if part]


def give_parts(story: Story, session: Session, told: Facts, path: str) -> None:
    """Give everybody the session names their part, and compare."""
    for part, keys in _KEYS.items():
        for key in keys:
            value = told.get(key)
            if isinstance(value, dict) or (isinstance(value, list) and any(isinstance(item, dict) for item in value)):
                listed = [(f"{path}.{key}.{name}", item) for name, item in named(value)] if isinstance(value, list) else []
                _give_to_tables(story, session, listed or [(f"{path}.{key}", value)], part)
            elif people := people_in(value):
                got = _give(story, session, people, part)
                story.ledger.lived(f"{path}.{key}", value, _in_order(people, got), means=list(dict.fromkeys(people)))


def _give_to_tables(story: Story, session: Session, told: list[tuple[str, object]], part: str) -> None:
    """Give parts to people told as `{name: m3, role: shadow}`, each with its lines."""
    for where, item in told:
        inner = mapping(item)
        key = next((key for key in _WHO if text(inner.get(key))), "")
        who = text(inner.get(key)) if key else text(item)
        if not who:
            continue
        role = text(inner.get("role")).lower()
        theirs = _ROLES.get(role, part)
        got = _give(story, session, [who], theirs)
        story.ledger.lived(f"{where}.{key}" if key else where, who, next(iter(got), None))
        if key != "id":
            story.ledger.settle(f"{where}.id")
        if role in _ROLES:
            held = SessionPart.objects.filter(session=session, person=story.person_called(who), part=theirs).first()
            story.ledger.lived(f"{where}.role", inner["role"], held and held.part, means=theirs)


def _give(story: Story, session: Session, people: Iterable[str], part: str) -> set[str]:
    """Give the part to all of them; return those who have it now."""
    known = {story.person_called(name).pk: name for name in people}
    for name in known.values():
        agenda.give_part(session, story.person_called(name), part, by=story.organiser, now=story.now)
    held = SessionPart.objects.filter(session=session, part=part, person__in=known).values_list("person", flat=True)
    return {known[person] for person in held}


def _in_order(people: list[str], got: set[str]) -> list[str]:
    return [name for name in dict.fromkeys(people) if name in got]

"""Topics proposed, supported by as many as the file counts, and withdrawn."""

from typing import Final

from midcycle.accounts.actions import person_for
from midcycle.site.replay.parts import people_in
from midcycle.site.replay.people_steps import MOST_PEOPLE, crowd
from midcycle.site.replay.reading import Facts, text, truth, whole
from midcycle.site.replay.sessions import format_of
from midcycle.site.replay.shape import tables
from midcycle.site.replay.story import Story
from midcycle.topics import actions as topics
from midcycle.topics.models import ModeratorOffer, Support, Topic
from midcycle.topics.rules import FORMATS, USUAL

_VOTES: Final = ("support", "votes", "plus_ones", "plus_one", "+1", "dots")
_PROPOSERS: Final = ("proposer", "proposed_by")
_OFFERS: Final = {"lead": ("moderators", "moderator", "leads", "lead"), "shadow": ("shadows", "shadow")}


def propose_topics(story: Story) -> dict[str, Topic]:
    """Propose each topic, with its voices and offers; return them by the file's ids."""
    found: dict[str, Topic] = {}
    left = MOST_PEOPLE
    for path, told in tables(story.facts, "topics"):
        key = "title" if text(told.get("title")) else "name"
        title = text(told.get(key)) or text(told.get("id"))
        story.ledger.settle(f"{path}.id")
        if not title:
            continue
        topic = _propose(story, told, path, title)
        if text(told.get(key)):
            story.ledger.lived(f"{path}.{key}", told[key], topic.title)
        left -= _support(story, topic, told, path, left)
        _offer(story, topic, told, path)
        found.setdefault(text(told.get("id")) or title, topic)
        if text(told.get("status")).lower() == "withdrawn" or truth(told.get("withdrawn")):
            topics.withdraw(topic, topic.proposed_by, now=story.later(minutes=5))
            _compare_withdrawn(story, topic, told, path)
    return found


def _propose(story: Story, told: Facts, path: str, title: str) -> Topic:
    key = next((key for key in _PROPOSERS if text(told.get(key))), "")
    proposer = story.person_called(text(told[key])) if key else story.organiser
    wished = text(told.get("format"))
    held_as, is_exact = format_of(wished)
    is_exact = is_exact or wished in FORMATS
    wish = (wished if wished in FORMATS else held_as) if is_exact else USUAL
    topic = topics.propose(story.meetup, proposer, title=title[:160], format=wish, now=story.later(hours=3))
    if key:
        got = text(told[key]) if topic.proposed_by == story.person_called(text(told[key])) else str(topic.proposed_by)
        story.ledger.lived(f"{path}.{key}", told[key], got)
    if is_exact:
        story.ledger.lived(f"{path}.format", told["format"], topic.format, means=wish)
    return topic


def _support(story: Story, topic: Topic, told: Facts, path: str, most: int) -> int:
    """Give a topic as many voices as the file counts, with that of its proposer; return how many."""
    given = 0
    for key in _VOTES:
        voices = whole(told.get(key))
        if voices is None:
            continue
        if voices > most:
            story.ledger.note(f"{path}.{key}: no more than {MOST_PEOPLE} voices are invented for all topics of a file")
        elif voices == 0:
            topics.withdraw_support(topic, topic.proposed_by, now=story.now)
        else:
            for who in crowd(story, voices - 1):
                topics.support(topic, person_for(who.email, name=who.name, now=story.now), now=story.now)
            given += voices
        story.ledger.lived(f"{path}.{key}", told[key], Support.objects.filter(topic=topic).count(), means=voices)
    return given


def _offer(story: Story, topic: Topic, told: Facts, path: str) -> None:
    for part, keys in _OFFERS.items():
        for key in keys:
            people = people_in(told.get(key))
            for name in people:
                topics.offer_to_moderate(topic, story.person_called(name), part, now=story.now)
            if people:
                offers = ModeratorOffer.objects.filter(topic=topic, part=part).values_list("person", flat=True)
                got = [name for name in dict.fromkeys(people) if story.person_called(name).pk in offers]
                story.ledger.lived(f"{path}.{key}", told[key], got, means=list(dict.fromkeys(people)))


def _compare_withdrawn(story: Story, topic: Topic, told: Facts, path: str) -> None:
    is_gone = Topic.objects.filter(pk=topic.pk, withdrawn_at__isnull=False).exists()
    if "status" in told:
        story.ledger.lived(f"{path}.status", told["status"], "withdrawn" if is_gone else "open", means="withdrawn")
    if truth(told.get("withdrawn")):
        story.ledger.lived(f"{path}.withdrawn", told["withdrawn"], is_gone, means=True)

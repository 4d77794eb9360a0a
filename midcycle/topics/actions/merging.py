"""Merging duplicates and splitting topics: nobody's voice is lost, and nobody gets a second one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Count, F
from django.utils.translation import gettext

from midcycle.accounts import actions as accounts
from midcycle.accounts.models import Person
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.topics.actions.common import check_open, check_there, hold_topics, record, voting_of
from midcycle.topics.models import Comment, Invitation, MergedVoice, ModeratorOffer, Support, Topic
from midcycle.topics.rules import DOTS, fault_in, why_no_dot

MOST_PARTS: Final = 6


@transaction.atomic
def merge(topic: Topic, into: Topic, *, by: Person | None, now: datetime) -> None:
    """Let a topic become part of another one: voices, offers, comments and tags move there, each person keeping one voice.

    Who ranked both keeps the better place. The duplicate leaves the list and leads to the other, until it is brought back.
    Raises Refusal.
    """
    check_open(into.meetup)
    if topic.pk == into.pk or topic.meetup_id != into.meetup_id:
        raise Refusal(gettext("Choose another topic of this meetup."), field="into")
    held = {found.pk: found for found in hold_topics(topic.pk, into.pk)}
    gone, kept = held.get(topic.pk), held.get(into.pk)
    if gone is None or kept is None or gone.withdrawn_at or kept.withdrawn_at:
        raise Refusal(gettext("One of the two was withdrawn meanwhile. Look at the list again."), field="into")
    _remember(gone, kept)
    _move_voices(gone, kept)
    for model in (ModeratorOffer, Invitation):
        key = "person" if model is ModeratorOffer else "email"
        there = model._default_manager.filter(topic=kept).values(key)
        model._default_manager.filter(topic=gone).exclude(**{f"{key}__in": there}).update(topic=kept)
    Comment.objects.filter(topic=gone).update(topic=kept)
    Topic.objects.filter(merged_into=gone).update(merged_into=kept)
    kept.related.add(*gone.related.exclude(pk=kept.pk))
    gone.related.clear()
    Topic.objects.filter(pk=kept.pk).update(
        tags=list(dict.fromkeys([*kept.tags, *gone.tags])), unnamed=F("unnamed") + gone.unnamed
    )
    Topic.objects.filter(pk=gone.pk).update(withdrawn_at=now, merged_into=kept, duplicate_of=kept)
    record("topics.topic_merged", gone, by, now=now, into=kept.pk)


@transaction.atomic
def bring_back(topic: Topic, *, by: Person | None, now: datetime) -> None:
    """Make a topic that was merged one of its own again, with the voices and offers it had that were not taken back since.

    Who had given a voice to both has two again, while there is a dot for it. What was given after the merge, comments, tags
    and invitations stay with the other. Raises Refusal.
    """
    check_open(topic.meetup)
    held = {found.pk: found for found in hold_topics(topic.pk, topic.duplicate_of_id or 0)}
    gone, kept = held[topic.pk], held.get(topic.duplicate_of_id or 0)
    if kept is None or not gone.duplicate_of_id == gone.merged_into_id == kept.pk:
        raise Refusal(gettext("This topic is not part of another one any more. Look at the list again."))
    if kept.withdrawn_at:
        raise Refusal(gettext("The topic it is part of was withdrawn. Propose it yourself if you want it back."))
    _give_back(gone, kept)
    moved = MergedVoice.objects.filter(topic=gone).exclude(part="").values("person")
    ModeratorOffer.objects.filter(topic=kept, person__in=moved).update(topic=gone)
    MergedVoice.objects.filter(topic=gone).delete()
    Topic.objects.filter(pk=kept.pk).update(unnamed=max(0, kept.unnamed - gone.unnamed))
    Topic.objects.filter(pk=gone.pk).update(withdrawn_at=None, merged_into=None, duplicate_of=None)
    Topic.objects.filter(pk__in=_below(gone)).update(merged_into=gone)
    record("topics.topic_brought_back", gone, by, now=now, of=kept.pk)


@transaction.atomic
def split(topic: Topic, titles: Sequence[str], *, by: Person | None, now: datetime) -> list[Topic]:
    """Split a topic: the first title stays with it, each other becomes a topic of the same proposer with the same voices.

    Where voices are dots they stay with the first, as nobody has given one to the others. Raises Refusal.
    """
    check_open(topic.meetup)
    names = list(dict.fromkeys(one_line(title) for title in titles if one_line(title)))
    if not 2 <= len(names) <= MOST_PARTS:
        said = gettext("Write 2 to %(most)s different titles, one on each line.")
        raise Refusal(said % {"most": MOST_PARTS}, field="titles")
    for name in names:
        fault = fault_in(name, "", topic.format)
        if fault is not None:
            raise Refusal(fault[1], field="titles")
    held = hold_topics(topic.pk)[0]
    check_there(held)
    Topic.objects.filter(pk=held.pk).update(title=names[0])
    parts = [_part_of(held, name) for name in names[1:]]
    for part in parts:
        held.related.add(part)
    record("topics.topic_split", held, by, now=now, parts=",".join(str(part.pk) for part in parts))
    return parts


@transaction.atomic
def relate(topic: Topic, other: Topic, *, by: Person | None, now: datetime) -> None:
    """Say that two topics of a meetup belong near each other; again changes nothing. Raises Refusal."""
    check_open(topic.meetup)
    if topic.pk == other.pk or topic.meetup_id != other.meetup_id:
        raise Refusal(gettext("Choose another topic of this meetup."), field="other")
    check_there(topic)
    check_there(other)
    if not topic.related.filter(pk=other.pk).exists():
        topic.related.add(other)
        record("topics.related", topic, by, now=now, other=other.pk)


@transaction.atomic
def part_ways(topic: Topic, other: Topic, *, by: Person | None, now: datetime) -> None:
    """Say that two topics do not belong together; again changes nothing. Raises Refusal when topics are closed."""
    check_open(topic.meetup)
    if topic.related.filter(pk=other.pk).exists():
        topic.related.remove(other)
        record("topics.unrelated", topic, by, now=now, other=other.pk)


def _remember(gone: Topic, kept: Topic) -> None:
    """Keep what a topic has got before it is moved, so that it can be brought back."""
    there = {voice.person_id: voice.rank for voice in Support.objects.filter(topic=kept)}
    voices = [
        MergedVoice(
            topic=gone,
            person_id=voice.person_id,
            rank=voice.rank,
            was_there=voice.person_id in there,
            other_rank=there.get(voice.person_id),
        )
        for voice in Support.objects.filter(topic=gone)
    ]
    offering = ModeratorOffer.objects.filter(topic=kept).values("person")
    offers = ModeratorOffer.objects.filter(topic=gone).exclude(person__in=offering)
    parts = [MergedVoice(topic=gone, person_id=offer.person_id, part=offer.part) for offer in offers]
    MergedVoice.objects.bulk_create([*voices, *parts])


def _give_back(gone: Topic, kept: Topic) -> None:
    """Give a topic the voices it had, as far as they are still with the topic it was merged into."""
    now = {voice.person_id: voice for voice in Support.objects.filter(topic=kept).select_related("person")}
    had = [voice for voice in MergedVoice.objects.filter(topic=gone, part="").order_by("person") if voice.person_id in now]
    Support.objects.filter(topic=kept, person__in=[voice.person_id for voice in had if not voice.was_there]).update(topic=gone)
    both = [voice for voice in had if voice.was_there]
    spent = _without_a_dot(kept.meetup_id, [now[voice.person_id].person for voice in both])
    again = [voice for voice in both if voice.person_id not in spent]
    Support.objects.bulk_create(Support(topic=gone, person_id=voice.person_id, rank=voice.rank) for voice in again)
    back = []
    for voice in again:
        other = now[voice.person_id]
        if other.rank == voice.rank != voice.other_rank:  # it was the better place, and is where the other topic stands since
            other.rank = voice.other_rank
            back.append(other)
    Support.objects.bulk_update(back, ["rank"])


def _without_a_dot(meetup_id: int, people: Sequence[Person]) -> set[int]:
    """Return those of these people who have given all their dots; they are held, so that nobody spends one meanwhile."""
    voting = voting_of(meetup_id)
    if voting.method != DOTS:
        return set()
    for person in people:
        accounts.held(person)
    given = Support.objects.filter(person__in=people, topic__meetup=meetup_id, topic__withdrawn_at=None)
    counts = given.values("person").annotate(count=Count("pk")).values_list("person", "count")
    return {person for person, count in counts if why_no_dot(voting.method, voting.dots, count)}


def _below(topic: Topic) -> list[int]:
    """Return the numbers of the topics that were merged into this one, also by way of others."""
    found: list[int] = []
    layer = [topic.pk]
    while layer:
        layer = list(
            Topic.objects.filter(duplicate_of__in=layer).exclude(pk__in=[*found, topic.pk]).values_list("pk", flat=True)
        )
        found += layer
    return found


def _move_voices(gone: Topic, kept: Topic) -> None:
    there = {voice.person_id: voice for voice in Support.objects.filter(topic=kept)}
    better = []
    for voice in Support.objects.filter(topic=gone, person__in=there):
        other = there[voice.person_id]
        if voice.rank is not None and (other.rank is None or voice.rank < other.rank):
            other.rank = voice.rank
            better.append(other)
    Support.objects.bulk_update(better, ["rank"])
    Support.objects.filter(topic=gone, person__in=there).delete()
    Support.objects.filter(topic=gone).update(topic=kept)


def _part_of(topic: Topic, title: str) -> Topic:
    part = Topic.objects.create(
        meetup=topic.meetup,
        title=title,
        format=topic.format,
        tags=topic.tags,
        minutes=topic.minutes,
        proposed_by=topic.proposed_by,
        proposed_at=topic.proposed_at,
    )
    if voting_of(topic.meetup_id).method != DOTS:
        voices = Support.objects.filter(topic=topic)
        Support.objects.bulk_create(Support(topic=part, person_id=voice.person_id, rank=voice.rank) for voice in voices)
    return part

"""The team tidies: corrects what a line was read as, splits it, keeps or drops what left its pad, merges tags."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import has_ink, one_line
from midcycle.meetups import actions as meetups
from midcycle.outcomes.actions.common import change, lock, record
from midcycle.outcomes.models import Action, Round, Tag
from midcycle.outcomes.rules import CONFIRMED, FORGOTTEN_AFTER, LONGEST, words_in


@dataclass(frozen=True)
class Correction:
    """What an action is to say instead of its line."""

    what: str
    due_on: date | None


@transaction.atomic
def correct(action: Action, said: Correction, *, by: Person, now: datetime) -> None:
    """Let an action say something else than its line, which stays as it is. Raises Refusal."""
    meetups.check_changeable(action.meetup_id)
    locked, what = lock(action), _checked(said.what)
    if (locked.what, locked.due_on) != (what, said.due_on):
        change(locked, "action_corrected", by=by, now=now, what=what, due_on=said.due_on, is_corrected=True)


@transaction.atomic
def split(action: Action, what: str, *, by: Person, now: datetime) -> Action:
    """Make a second action of a line that says two things. Raises Refusal."""
    meetups.check_changeable(action.meetup_id)
    locked, said = lock(action), _checked(what)
    made = Action.objects.create(
        meetup=action.meetup,
        pad_id=locked.pad_id,
        line=locked.line,
        said_owner=locked.said_owner,
        said_what=said,
        what=said,
        due_on=locked.due_on,
        meant_for=locked.meant_for,
        is_corrected=True,
        is_forgotten=locked.is_forgotten,
        split_from=locked,
        seen_on=locked.seen_on,
        came_at=now,
        changed_at=now,
    )
    record("action_split", action.meetup_id, by=by, now=now, action=locked.pk, made=made.pk)
    return made


@transaction.atomic
def keep(action: Action, *, by: Person, now: datetime) -> None:
    """Keep an action whose line left its pad."""
    locked = lock(action)
    if locked.gone_at is not None and not locked.is_kept:
        change(locked, "action_kept", by=by, now=now, is_kept=True)


@transaction.atomic
def remove(action: Action, *, by: Person, now: datetime) -> None:
    """Delete an action that has no line any more, or never had one. Raises Refusal for any other, which would come back."""
    locked = lock(action)
    if locked.gone_at is None and locked.split_from_id is None:
        raise Refusal(gettext("Its line is in the pad. Delete it there, or say that it was given up."))
    Action.objects.filter(pk=locked.pk).delete()
    record("action_removed", action.meetup_id, by=by, now=now, action=action.pk)


@transaction.atomic
def merge_tags(tag: Tag, word: str, *, by: Person, now: datetime) -> Tag:
    """Let a tag say the same as another word, which need not stand in any pad. Raises Refusal."""
    meetups.check_changeable(tag.meetup_id)
    words = words_in(f"##{word.strip().lstrip('#')}")
    if len(words) != 1 or words[0] != word.strip().lstrip("#").casefold():
        raise Refusal(gettext("Type one word of letters, digits and hyphens."), field="into")
    heir, _ = Tag.objects.get_or_create(meetup=tag.meetup, word=words[0])
    heir = heir.into or heir
    if heir.pk == tag.pk:
        raise Refusal(gettext("Choose another tag: this one is it."), field="into")
    Tag.objects.filter(into=tag).update(into=heir)
    Tag.objects.filter(pk=tag.pk).update(into=heir)
    record("tags_merged", tag.meetup_id, by=by, now=now, tag=tag.pk, into=heir.pk)
    return heir


@transaction.atomic
def part_tag(tag: Tag, *, by: Person, now: datetime) -> None:
    """Let a tag that was merged stand for itself again."""
    meetups.check_changeable(tag.meetup_id)
    if Tag.objects.filter(pk=tag.pk, into__isnull=False).update(into=None):
        record("tags_parted", tag.meetup_id, by=by, now=now, tag=tag.pk)


def forget(*, now: datetime) -> int:
    """Delete lines that left their pad some time ago and nobody stands for or kept; return how many."""
    gone = Action.objects.filter(gone_at__lt=now - timedelta(days=FORGOTTEN_AFTER), is_kept=False)
    numbers = list(gone.exclude(standing=CONFIRMED).filter(traces=None, carried=None).values_list("pk", flat=True)[:500])
    if numbers:
        Action.objects.filter(pk__in=numbers).delete()
    Round.objects.filter(day__lt=now.date() - timedelta(days=60)).delete()
    return len(numbers)


def _checked(what: str) -> str:
    said = one_line(what)
    if not has_ink(said):
        raise Refusal(gettext("Say what is to be done."), field="what")
    if len(said) > LONGEST["what"]:
        raise Refusal(gettext("Shorten this to %(most)s characters.") % {"most": LONGEST["what"]}, field="what")
    return said

"""What the team learned: noted, changed, taken up by the next edition; and the pad of the wrap-up."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.feedback.models import Lesson
from midcycle.feedback.rules.retrospective import LONGEST, MOST, WRAP_UP, WRAP_UP_TITLE, fault_in_lesson
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup, Organiser
from midcycle.pads import actions as pads
from midcycle.pads.models import Pad
from midcycle.pads.queries import naming_of
from midcycle.pads.rules import pad_name
from midcycle.planning import actions as planning


@dataclass(frozen=True)
class Told:
    """What an entry says. `owner` is the number of a person of the team, else `owner_name` may tell who sees to it."""

    kind: str
    text: str
    why: str = ""
    owner: int | None = None
    owner_name: str = ""
    is_public: bool = False
    carried: bool = False


@transaction.atomic
def add_lesson(meetup: Meetup, told: Told, *, by: Person, now: datetime) -> Lesson:
    """Note what went well or wrong, or which process failed. Raises Refusal naming the field."""
    meetups.check_changeable(meetup.pk)
    if Lesson.objects.filter(meetup=meetup).count() >= MOST:
        raise Refusal(gettext("%(most)s entries are noted. Take some away first.") % {"most": MOST})
    lesson = Lesson.objects.create(meetup=meetup, **_checked(meetup, told))
    _record("lesson_noted", lesson, by=by, now=now)
    return lesson


@transaction.atomic
def change_lesson(lesson: Lesson, told: Told, *, by: Person, now: datetime) -> None:
    """Change what an entry says. Raises Refusal naming the field."""
    meetups.check_changeable(lesson.meetup_id)
    Lesson.objects.filter(pk=lesson.pk).update(**_checked(lesson.meetup, told, owner_now=lesson.owner_id))
    _record("lesson_changed", lesson, by=by, now=now)


@transaction.atomic
def remove_lesson(lesson: Lesson, *, by: Person, now: datetime) -> None:
    """Take an entry away. Raises Refusal once the meetup is archived."""
    meetups.check_changeable(lesson.meetup_id)
    _record("lesson_removed", lesson, by=by, now=now)
    lesson.delete()


@transaction.atomic
def take_up(lesson: Lesson, meetup: Meetup, outcome: str, *, as_task: bool, by: Person, now: datetime) -> None:
    """Say in a later edition what becomes of a lesson, and put it into that edition's plan. Raises Refusal.

    The edition it comes from may be archived: what it noted stays as it was.
    """
    meetups.check_changeable(meetup.pk)
    outcome = one_line(outcome)
    if len(outcome) > LONGEST["outcome"]:
        raise Refusal(gettext("Shorten this to %(most)s characters.") % {"most": LONGEST["outcome"]}, field="outcome")
    if not outcome and not as_task:
        raise Refusal(gettext("Say what becomes of it, or put it into the plan."), field="outcome")
    taken = Lesson.objects.filter(pk=lesson.pk, taken_up_in=None).update(taken_up_in=meetup, outcome=outcome)
    if not taken:
        raise Refusal(gettext("Somebody took this up meanwhile."))
    if as_task:
        wording = planning.Wording(title=lesson.text[:120], notes="\n\n".join(part for part in (lesson.why, outcome) if part))
        planning.add_task(meetup, wording, by=by, now=now)
    journal.record("feedback.lesson_taken_up", at=now, meetup=meetup.pk, actor=by.pk, facts={"lesson": lesson.pk})


@transaction.atomic
def open_wrap_up(meetup: Meetup, *, by: Person, now: datetime) -> Pad:
    """Open the pad of the wrap-up with its questions in it; return the one that is there if there is one."""
    meetups.check_changeable(meetup.pk)
    there = Pad.objects.filter(meetup=meetup, session=None, title=WRAP_UP_TITLE).first()
    if there is not None:
        return there
    taken = set(Pad.objects.filter(meetup=meetup).values_list("name", flat=True))
    name = pad_name(meetup.city, "wrap-up", taken, naming_of(meetup))
    return pads.open_pad(meetup, name, title=WRAP_UP_TITLE, by=by, now=now, text=WRAP_UP)


def _checked(meetup: Meetup, told: Told, *, owner_now: int | None = None) -> dict[str, object]:
    """Return the fields of an entry. Whoever sees to it now may go on to, also once they have left the team."""
    texts = {name: one_line(text) for name, text in (("text", told.text), ("why", told.why), ("owner_name", told.owner_name))}
    if fault := fault_in_lesson(told.kind, texts):
        raise Refusal(fault[1], field=fault[0])
    stays = told.owner in {None, owner_now}
    if not stays and not Organiser.objects.filter(meetup=meetup, person=told.owner).exists():
        raise Refusal(gettext("Choose somebody of the team, or type a name."), field="owner")
    flags = {"is_public": told.is_public, "carried": told.carried}
    owner = {"owner_id": told.owner, "owner_name": "" if told.owner else texts.pop("owner_name")}
    return {"kind": told.kind, **texts, **owner, **flags}


def _record(deed: str, lesson: Lesson, *, by: Person, now: datetime) -> None:
    journal.record(f"feedback.{deed}", at=now, meetup=lesson.meetup_id, actor=by.pk, facts={"lesson": lesson.pk})

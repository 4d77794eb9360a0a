"""Writing minutes; what their `#action` lines ask for becomes tasks, which then go their own way."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.html import format_html, urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import has_ink, lines, one_line
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.planning import queries
from midcycle.planning.actions.tasks import CHANGED, Wording, add_task, change_task
from midcycle.planning.models import Minutes, Task
from midcycle.planning.rules import LONGEST, MOST_MINUTES, Point, Wanted, followed, names_in, points_in, wanted_of
from midcycle.planning.rules.minutes import POINTS
from midcycle.web.markdown import to_html


@dataclass(frozen=True)
class Written:
    """What minutes say."""

    title: str
    held_on: date
    present: str
    text: str


@transaction.atomic
def write_minutes(meetup: Meetup, written: Written, *, by: Person | None, now: datetime) -> Minutes:
    """Keep minutes; each `#action` becomes a task. The same minutes again, of the same day, are those that are there.

    Raises Refusal naming the field that is wrong, and once the meetup is archived.
    """
    meetups.check_changeable(meetup.pk)
    fields = _checked(written)
    known = Minutes.objects.filter(meetup=meetup, held_on=written.held_on, text=fields["text"]).first()
    if known is not None:
        return known
    if Minutes.objects.filter(meetup=meetup).count() >= MOST_MINUTES:
        said = gettext("A meetup has the minutes of %(most)s meetings at most. Take old ones away first.")
        raise Refusal(said % {"most": MOST_MINUTES})
    minutes = Minutes.objects.create(meetup=meetup, **fields, written_by=by, written_at=now, changed_at=now)
    for _, wanted in _asked(minutes):
        add_task(meetup, _wording(wanted), by=by, now=now, minutes=minutes.pk, line=wanted.line)
    _record("minutes_written", minutes, by=by, now=now)
    return minutes


@transaction.atomic
def change_minutes(minutes: Minutes, written: Written, *, seen: int, by: Person, now: datetime) -> None:
    """Change minutes. A new `#action` becomes a task, a changed one changes its task while nobody else did.

    A task whose line is gone stays on the list. Raises Refusal when somebody changed the minutes meanwhile.
    """
    meetups.check_changeable(minutes.meetup_id)
    locked = Minutes.objects.select_for_update(of=("self",)).filter(pk=minutes.pk).first()
    if locked is None or locked.edition != seen:
        raise Refusal(gettext(CHANGED) if locked else gettext("Somebody took these minutes away meanwhile."))
    locked.meetup = minutes.meetup
    before = _asked(locked)
    fields = _checked(written)
    Minutes.objects.filter(pk=locked.pk).update(**fields, edition=locked.edition + 1, changed_at=now)
    locked.present, locked.points, locked.held_on = fields["present"], fields["points"], fields["held_on"]
    _follow(locked, before, by=by, now=now)
    _record("minutes_changed", minutes, by=by, now=now)


@transaction.atomic
def remove_minutes(minutes: Minutes, *, by: Person, now: datetime) -> None:
    """Take minutes away; their tasks stay."""
    meetups.check_changeable(minutes.meetup_id)
    gone, _ = Minutes.objects.filter(pk=minutes.pk).delete()
    if gone:
        _record("minutes_removed", minutes, by=by, now=now)


def _checked(written: Written) -> dict[str, Any]:
    title, text = one_line(written.title), lines(written.text)
    faults = (
        ("title", not has_ink(title), gettext("Say which meeting this was, such as “Weekly meeting”.")),
        ("title", len(title) > LONGEST["minutes_title"], _shorten(LONGEST["minutes_title"])),
        ("present", len(written.present) > LONGEST["present"], _shorten(LONGEST["present"])),
        ("text", not has_ink(text), gettext("Type or paste what was said.")),
        ("text", len(text) > LONGEST["minutes"], _split(LONGEST["minutes"])),
    )
    for field, is_wrong, sentence in faults:
        if is_wrong:
            raise Refusal(sentence, field=field)
    points = points_in(text)
    return {
        "title": title,
        "held_on": written.held_on,
        "present": ", ".join(names_in(written.present)),
        "text": text,
        "html": _html(text, points),
        "points": [vars(point) for point in points],
    }


def _shorten(most: int) -> str:
    return gettext("Shorten this to %(most)s characters.") % {"most": most}


def _split(most: int) -> str:
    return gettext("Minutes have %(most)s characters at most. Split them.") % {"most": most}


def _html(text: str, points: Sequence[Point]) -> SafeString:
    """Return the minutes as HTML: Markdown, in which each line that says something has its place to link to.

    It is kept, so our words in it are English; `rules.html_in_words` tells them.
    """
    parts: list[str] = []
    held: list[str] = []
    said = {point.line: point for point in points}
    for number, line in enumerate(text.split("\n"), start=1):
        if number in said:
            parts += [to_html("\n".join(held)), _point_html(said[number])]
            held = []
        else:
            held.append(line)
    return mark_safe("".join([*parts, to_html("\n".join(held))]))  # noqa: S308 - each part is clean


def _point_html(point: Point) -> SafeString:
    words = mark_safe(urlize(point.text, nofollow=True, autoescape=True))  # noqa: S308 - all but its links is escaped
    if point.kind == "topic":
        return format_html('<h2 id="line-{}">{}</h2>', point.line, words)
    return format_html('<p id="line-{}"><strong>{}:</strong> {}</p>', point.line, POINTS[point.kind], words)


def _asked(minutes: Minutes) -> list[tuple[str, Wanted]]:
    """Return each action as it is written, and what it asks for."""
    team, present = queries.names_of_team(minutes.meetup), names_in(minutes.present)
    points = [Point(**point) for point in minutes.points if point["kind"] == "action"]
    return [(point.text, wanted_of(point, team=team, present=present, held_on=minutes.held_on)) for point in points]


def _wording(wanted: Wanted) -> Wording:
    """Return what an action asks for as a task; a long one has all of it in its notes."""
    long = len(wanted.title) > LONGEST["title"]
    title = f"{wanted.title[: LONGEST['title'] - 1].rstrip()}…" if long else wanted.title
    notes = wanted.title if long else ""
    return Wording(title, owner=wanted.owner, owner_name=wanted.owner_name, due_on=wanted.due, notes=notes)


def _follow(minutes: Minutes, before: list[tuple[str, Wanted]], *, by: Person, now: datetime) -> None:
    """Let the tasks of minutes follow a change of the text."""
    asked, tasks = _asked(minutes), {task.line: task for task in Task.objects.filter(minutes=minutes)}
    was = followed([text for text, _ in before], [text for text, _ in asked])
    Task.objects.filter(minutes=minutes).exclude(line=None).update(line=None)
    for (text, wanted), place in zip(asked, was, strict=True):
        if place is None:
            add_task(minutes.meetup, _wording(wanted), by=by, now=now, minutes=minutes.pk, line=wanted.line)
            continue
        old_text, old = before[place]
        task = tasks.get(old.line)
        if task is None:  # taken off the list
            continue
        Task.objects.filter(pk=task.pk).update(line=wanted.line)
        if text != old_text and _says(task, _wording(old)):
            task.meetup = minutes.meetup
            change_task(task, replace(_wording(wanted), about=task.about), seen=None, by=by, now=now)


def _says(task: Task, wording: Wording) -> bool:
    """Say whether a task is still as its minutes have it."""
    held = task.title, task.owner_id, task.owner_name, task.days, task.due_on, task.notes, task.stage, task.done_at
    said = wording.title, wording.owner, wording.owner_name, None, wording.due_on, wording.notes, "", None
    return held == said


def _record(deed: str, minutes: Minutes, *, by: Person | None, now: datetime) -> None:
    actor = by.pk if by else None
    journal.record(f"planning.{deed}", at=now, meetup=minutes.meetup_id, actor=actor, facts={"minutes": minutes.pk})

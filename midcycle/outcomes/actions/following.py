"""What becomes of actions and tags. It goes on when the meetup is archived: that is when it is followed up."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import has_ink, one_line
from midcycle.outcomes.actions.common import change, lock, record
from midcycle.outcomes.models import Action, Tag, Trace
from midcycle.outcomes.rules import LONGEST, MOST_TRACES, OPEN, STATES, is_link


@transaction.atomic
def set_state(action: Action, state: str, *, by: Person | None, now: datetime) -> None:
    """Say that an action is done, given up, or to do again. Raises Refusal."""
    if state not in STATES:
        raise Refusal(gettext("Choose what became of it."), field="state")
    locked = lock(action)
    if locked.state != state:
        ended = None if state == OPEN else now
        change(locked, f"action_{state}", by=by, now=now, state=state, ended_at=ended)


@transaction.atomic
def note_trace(about: Action | Tag, *, text: str, url: str, by: Person | None, now: datetime) -> Trace:
    """Say what became of an action or a tag: in a sentence, a link, or both; the same again is noted once. Raises Refusal."""
    said, link = one_line(text), one_line(url)
    _check(said, link)
    whose = {"action": about} if isinstance(about, Action) else {"tag": about}
    traces = Trace.objects.filter(**whose)
    same = traces.filter(text=said, url=link).first()
    if same is not None:
        return same
    if traces.count() >= MOST_TRACES:
        raise Refusal(gettext("There are %(most)s notes about it already. Take one away first.") % {"most": MOST_TRACES})
    made = Trace.objects.create(**whose, text=said, url=link, at=now, by=by)
    record("trace_noted", about.meetup_id, by=by, now=now, trace=made.pk)
    return made


@transaction.atomic
def remove_trace(trace: Trace, meetup: int, *, by: Person, now: datetime) -> None:
    """Take a note away."""
    gone, _ = Trace.objects.filter(pk=trace.pk).delete()
    if gone:
        record("trace_removed", meetup, by=by, now=now, trace=trace.pk)


@transaction.atomic
def mean_for(about: Action | Tag, whom: str, *, by: Person, now: datetime) -> None:
    """Say whom an action or a tag is meant for, such as the developers of a project; blank for nobody in particular."""
    said = one_line(whom)[: LONGEST["meant_for"]]
    if said == about.meant_for:
        return
    type(about)._default_manager.filter(pk=about.pk).update(meant_for=said)
    record("meant_for", about.meetup_id, by=by, now=now, **{type(about).__name__.lower(): about.pk})


def _check(said: str, link: str) -> None:
    if not has_ink(said) and not link:
        raise Refusal(gettext("Say what became of it, or give a link."), field="text")
    if len(said) > LONGEST["text"]:
        raise Refusal(gettext("Shorten this to %(most)s characters.") % {"most": LONGEST["text"]}, field="text")
    if link and (len(link) > LONGEST["url"] or not is_link(link)):
        raise Refusal(gettext("Give an address that begins with https://."), field="url")


@transaction.atomic
def follow(action: Action, state: str, *, text: str, url: str, by: Person | None, now: datetime) -> None:
    """Say how an action stands and, where there is something to say, what became of it. Raises Refusal."""
    set_state(action, state, by=by, now=now)
    if text.strip() or url.strip():
        note_trace(action, text=text, url=url, by=by, now=now)

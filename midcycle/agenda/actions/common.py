"""What every deed of the agenda shares: one at a time for each meetup, and its line in the journal."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.agenda.models import Freeze, Room, Slot
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.words import quoted
from midcycle.meetups.models import Meetup
from midcycle.meetups.rules import ARCHIVED


def hold(meetup: Meetup) -> None:
    """Wait until no other deed changes the agenda of this meetup; held until the transaction ends.

    Raises Refusal once the meetup is archived.
    """
    if Meetup.objects.select_for_update().only("stage").get(pk=meetup.pk).stage == "archived":
        raise Refusal(ARCHIVED)


def hold_board(meetup: Meetup) -> None:
    """Like `hold`, for what moves sessions: raises Refusal also while the agenda is frozen."""
    hold(meetup)
    if Freeze.objects.filter(meetup=meetup).exists():
        raise Refusal(gettext("The agenda is frozen. Thaw it first, on the page “Before the release”."))


def hold_place(place: Room | Slot) -> None:
    """Like `hold`, for what takes a room or a time away: raises Refusal while the agenda is frozen and something is there."""
    hold(place.meetup)
    if place.placements.exists():
        hold_board(place.meetup)


def in_english() -> AbstractContextManager[None]:
    """Say in English what is kept, whoever does it: it is told in the language of who reads it."""
    return translation.override(settings.LANGUAGE_CODE)


def as_kept(deed: str, name: str) -> str:
    """Return a deed about a session or a draft of this name as the history keeps it."""
    with in_english():
        return deed % {"title": quoted(name), "name": quoted(name)}


def note(kind: str, meetup: Meetup, *, by: Person | None, now: datetime, facts: Mapping[str, object]) -> int:
    """Record a deed and return the number of its entry; by nobody when a machine with a token did it."""
    entry = journal.record(kind, at=now, meetup=meetup.pk, actor=by.pk if by else None, facts=facts)
    return entry.pk

"""What the deeds of this app share."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.outcomes.models import Action


def lock(action: Action) -> Action:
    """Return the action as it is now, locked. Raises Refusal when it is gone."""
    locked = Action.objects.select_for_update(of=("self",)).filter(pk=action.pk).first()
    if locked is None:
        raise Refusal(gettext("This action is not there any more. Look at the list again."))
    return locked


def change(action: Action, deed: str, *, by: Person | None, now: datetime, **fields: Any) -> None:  # noqa: ANN401 - columns
    """Change an action and tell the journal."""
    Action.objects.filter(pk=action.pk).update(**fields, changed_at=now)
    record(deed, action.meetup_id, by=by, now=now, action=action.pk)


def record(deed: str, meetup: int, *, by: Person | None, now: datetime, **facts: object) -> None:
    """Tell the journal."""
    journal.record(f"outcomes.{deed}", at=now, meetup=meetup, actor=by.pk if by else None, facts=facts)

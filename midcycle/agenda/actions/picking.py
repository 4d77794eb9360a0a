"""Sessions put into somebody's own agenda."""

from datetime import datetime

from django.db import transaction

from midcycle.accounts.models import Person
from midcycle.agenda.actions.common import note
from midcycle.agenda.models import Pick, Session


@transaction.atomic
def pick(session: Session, person: Person, *, wanted: bool, now: datetime) -> None:
    """Put a session into a person's own agenda, or take it out, also when they support its topic.

    The journal keeps that it happened, not who did it: nobody's interests can be read from it.
    """
    Pick.objects.update_or_create(session=session, person=person, defaults={"wanted": wanted})
    deed = "agenda.picked" if wanted else "agenda.left_out"
    note(deed, session.meetup, by=None, now=now, facts={"session": session.pk})

"""Naming the lists of a meetup or of its series."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.engines.maillist import About, Fetch, Trouble
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.lists.access import connections_for, opened
from midcycle.lists.models import MailList
from midcycle.lists.rules import why_in_words
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup


@dataclass(frozen=True)
class Naming:
    """What an organiser says of a list. A blank connection is a list that is compared by a file."""

    connection: str
    title: str
    about: str = ""
    page: str = ""
    for_series: bool = False


def ask_about(meetup: Meetup, connection: str, fetch: Fetch) -> About:
    """Return what the server of a list tells of it. Raises Refusal when it does not, or the meetup may not use it."""
    server = connections_for(meetup).get(connection)
    if server is None:
        raise Refusal(gettext("Choose a list of this server's settings."), field="connection")
    try:
        return opened(server).about(fetch)
    except Trouble as trouble:
        mend = gettext("%(trouble)s Whoever runs this server can mend that.") % {"trouble": why_in_words(str(trouble))}
        raise Refusal(mend, field="connection") from None


@transaction.atomic
def name_list(meetup: Meetup, naming: Naming, about: About, *, by: Person, now: datetime) -> MailList:
    """Name a list, for one meetup or its whole series. Raises Refusal when it is named already."""
    meetups.check_changeable(meetup.pk)
    series = meetup.series if naming.for_series else None
    whose = {"series": series} if series else {"meetup": meetup}
    if naming.connection and MailList.objects.filter(**whose, connection=naming.connection).exists():
        raise Refusal(gettext("This list is named already."), field="connection")
    server = connections_for(meetup).get(naming.connection)
    found = MailList.objects.create(
        **whose,
        kind=server.kind if server else "file",
        connection=naming.connection if server else "",
        title=one_line(naming.title)[:120] or one_line(about.name)[:120] or "List",
        about=one_line(naming.about)[:200],
        page=naming.page,
        address=about.address,
        added_by=by,
        added_at=now,
    )
    journal.record("lists.list_named", at=now, meetup=meetup.pk, actor=by.pk, facts={"list": found.pk, "kind": found.kind})
    return found


@transaction.atomic
def drop_list(found: MailList, meetup: Meetup, *, by: Person, now: datetime) -> None:
    """Take a list away. Raises Refusal when something was posted or compared, which stays told."""
    meetups.check_changeable(meetup.pk)
    if found.comparisons.exclude(state="failed").exists() or found.postings.exclude(state="draft").exists():
        raise Refusal(
            gettext("This list was written to or compared with, and what was told of it stays. So the list stays too.")
        )
    number = found.pk
    found.delete()
    journal.record("lists.list_dropped", at=now, meetup=meetup.pk, actor=by.pk, facts={"list": number})

"""Who may see, name and use a meetup's lists, and what opens a personal link. What is not there or not for you is a 404."""

import re
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.crypto import constant_time_compare, salted_hmac

from midcycle.accounts.models import Person
from midcycle.conf.schema import ListServer
from midcycle.engines.maillist import Discourse, Mailman, MemberList
from midcycle.lists.models import Comparison, JoinRequest, MailList, Posting
from midcycle.lists.pretend import SERVERS
from midcycle.meetups.access import Visitor, meetup_for, organised_meetup_for
from midcycle.meetups.models import Meetup
from midcycle.web.limits import Limit

FROM_ONE_PLACE: Final = Limit(60, 15 * 60)


@dataclass(frozen=True)
class Invited:
    """Somebody who came by a letter of their own."""

    meetup: Meetup
    person: Person


def organiser_for(visitor: Visitor, slug: str) -> tuple[Meetup, Person]:
    """Return the meetup and whoever of its team asks. Raises Http404 for anyone else."""
    meetup = organised_meetup_for(visitor, slug)
    if not isinstance(visitor, Person):
        raise Http404
    return meetup, visitor


def lists_of(meetup: Meetup) -> QuerySet[MailList]:
    """Return the lists of a meetup and of its series."""
    whose = Q(meetup=meetup)
    if meetup.series_id is not None:
        whose |= Q(series=meetup.series_id)
    return MailList.objects.filter(whose).order_by("pk")


def list_of(meetup: Meetup, number: int) -> MailList:
    """Return a list of the meetup. Raises Http404 for any other number."""
    found = lists_of(meetup).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def posting_for(visitor: Visitor, slug: str, number: int) -> tuple[Posting, Person]:
    """Return a posting about the meetup and whoever of its team asks. Raises Http404 for anyone else."""
    meetup, by = organiser_for(visitor, slug)
    posting = Posting.objects.select_related("list", "by").filter(meetup=meetup, pk=number).first()
    if posting is None:
        raise Http404
    posting.meetup = meetup
    return posting, by


def request_for(slug: str, token: str) -> JoinRequest:
    """Return the wish to join that the link of a letter opens. Raises Http404 for any other text."""
    fits = re.fullmatch(r"[\w-]{43}", token, re.ASCII)
    rows = JoinRequest.objects.select_related("list", "meetup")
    found = rows.filter(token=token, meetup__slug=slug).first() if fits else None
    if found is None:
        raise Http404
    return found


def invitation_key(meetup_id: int, person_id: int) -> str:
    """Return the text in a letter with which its reader joins a list; only whoever reads their mail has it."""
    digest = salted_hmac("midcycle.lists.invitation", f"{meetup_id}:{person_id}", algorithm="sha256").hexdigest()
    return f"{person_id}-{digest[:32]}"


def invited_for(slug: str, key: str) -> Invited:
    """Return who was invited by letter. Raises Http404 for any other text, whether or not there is such a person."""
    meetup = meetup_for(slug)
    number, _, _ = key.partition("-")
    if re.fullmatch(r"[0-9]{1,18}", number, re.ASCII) is None:
        raise Http404
    if not constant_time_compare(key, invitation_key(meetup.pk, int(number))):
        raise Http404
    person = Person.objects.filter(pk=number, is_active=True).first()
    if person is None:
        raise Http404
    return Invited(meetup, person)


def comparison_for(slug: str, number: int, key: str) -> Comparison:
    """Return the comparison a link for a list's keeper opens, while it waits for their file. Raises Http404 otherwise."""
    rows = Comparison.objects.select_related("list", "meetup").filter(meetup__slug=slug, pk=number, list__kind="file")
    found = rows.exclude(salt="").first()
    if found is None or not constant_time_compare(key, keeper_key(found)):
        raise Http404
    return found


def keeper_key(comparison: Comparison) -> str:
    """Return what the link for a list's keeper ends in."""
    said = f"{comparison.pk}:{comparison.salt}"
    return salted_hmac("midcycle.lists.keeper", said, algorithm="sha256").hexdigest()[:32]


def matching_key(comparison: Comparison) -> bytes:
    """Return the key addresses are hashed with: of this server's secret and the salt, so that a copy of the tables has none."""
    return salted_hmac("midcycle.lists.matching", comparison.salt, algorithm="sha256").digest()


def connections_for(meetup: Meetup) -> dict[str, ListServer]:
    """Return the lists of the settings that a meetup may use, by name."""
    slugs = {meetup.slug} | ({meetup.series.slug} if meetup.series else set())
    known = {**(SERVERS if settings.MIDCYCLE.demo else {}), **settings.MIDCYCLE.lists}
    return {name: server for name, server in known.items() if slugs & set(server.open_to)}


def server_of(found: MailList, meetup: Meetup) -> MemberList | None:
    """Return the server of a list; None when the settings do not name it for this meetup any more."""
    server = connections_for(meetup).get(found.connection)
    return None if server is None or server.kind != found.kind else opened(server)


def opened(server: ListServer) -> MemberList:
    """Return a server of the settings as an engine speaks with it."""
    secret = server.secret.get_secret_value()
    if server.kind == "mailman":
        return Mailman(server.url, server.user, secret, server.list)
    return Discourse(server.url, server.user, secret, server.list, server.group)

"""Who may see and run a meetup. What is not there and what is not allowed look the same: 404."""

import hashlib
import re
from typing import Final, TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.core.validators import slug_re
from django.http import Http404

from midcycle.accounts.models import Person
from midcycle.kernel.refusal import ScopeMissing, UnknownToken
from midcycle.meetups.models import ApiToken, Meetup, Organiser
from midcycle.meetups.rules import allows
from midcycle.web.prepared import Prepared, asked

Visitor: TypeAlias = Person | AnonymousUser
_TOKEN: Final = re.compile(r"mc_[\w-]{43}", re.ASCII)
_BY_SLUG: Final = Prepared(lambda: Meetup.objects.select_related("series").filter(slug=asked("slug"))[:1])
_BY_TOKEN: Final = Prepared(lambda: ApiToken.objects.select_related("meetup").filter(digest=asked("digest"))[:1])


def meetup_for(slug: str) -> Meetup:
    """Return the public meetup. Raises Http404."""
    meetup = _BY_SLUG.first(slug=_known(slug))
    if meetup is None:
        raise Http404
    return meetup


def may_organise(visitor: Visitor, meetup: Meetup) -> bool:
    """Say whether the visitor is on the meetup's team."""
    if not isinstance(visitor, Person):
        return False
    return Organiser.objects.filter(meetup=meetup, person=visitor).exists()


def organised_meetup_for(visitor: Visitor, slug: str) -> Meetup:
    """Return the meetup for someone of its team. Raises Http404 for anyone else."""
    meetup = meetup_for(slug)
    if not may_organise(visitor, meetup):
        raise Http404
    return meetup


def organiser_for(visitor: Visitor, slug: str, number: int) -> Organiser:
    """Return somebody of a team for someone of the same team. Raises Http404 for anyone else."""
    meetup = organised_meetup_for(visitor, slug)
    organiser = Organiser.objects.select_related("person", "meetup").filter(meetup=meetup, pk=number).first()
    if organiser is None:
        raise Http404
    return organiser


def token_for(text: str, slug: str, scope: str) -> ApiToken:
    """Return the token somebody sent, with the meetup it opens. One query.

    Raises UnknownToken, Http404 for a token of another meetup, ScopeMissing for one that may not do this.
    """
    digest = hashlib.sha256(text.encode()).hexdigest()
    token = _BY_TOKEN.first(digest=digest) if _TOKEN.fullmatch(text) else None
    if token is None:
        raise UnknownToken
    if token.meetup.slug != slug:
        raise Http404
    if not allows(token.scope, scope):
        raise ScopeMissing(scope)
    return token


def _known(slug: str) -> str:
    """Return the slug; raise Http404 for text that is none, before PostgreSQL sees a NUL in it."""
    if slug_re.match(slug) is None:
        raise Http404
    return slug

"""What the views of photos share: who does something, and how refusals are told."""

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms
from django.http import Http404, HttpRequest
from django.utils.translation import gettext, gettext_noop

from midcycle.accounts.models import Person
from midcycle.agenda.access import session_for
from midcycle.agenda.models import Session
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.models import Meetup
from midcycle.photos.shelf import DiskFull

FULL = gettext_noop("The server has no room for pictures just now. Tell the team; what has arrived is kept.")


def doer(request: HttpRequest) -> Person:
    """Return who is signed in. Raises Http404 for nobody."""
    if not isinstance(request.user, Person):
        raise Http404
    return request.user


def person_or_none(request: HttpRequest) -> Person | None:
    """Return who is signed in, if anybody is."""
    return request.user if isinstance(request.user, Person) else None


@contextmanager
def told_in(form: forms.Form) -> Iterator[None]:
    """Tell a refusal beside the field it names, or above the form."""
    try:
        yield
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    except DiskFull:
        form.add_error(None, gettext(FULL))


def chosen_session(meetup: Meetup, number: int | None) -> Session | None:
    """Return the session somebody chose, None for none. Raises Http404 for one of another meetup."""
    return session_for(meetup, number) if number else None

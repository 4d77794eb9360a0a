"""What the views of feedback share: who is at the desk, and how refusals are told."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest

from midcycle.accounts.models import Person
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.access import organised_meetup_for
from midcycle.meetups.models import Meetup


def organised(request: HttpRequest, slug: str) -> tuple[Meetup, Person]:
    """Return the meetup and whoever of its team is at its desk. Raises Http404 for anyone else."""
    return organised_meetup_for(request.user, slug), person_of(request)


def person_of(request: HttpRequest) -> Person:
    """Return the person signed in. Raises Http404 for anybody else."""
    if not isinstance(request.user, Person):
        raise Http404
    return request.user


def done(form: Form, deed: Callable[[], object]) -> bool:
    """Do the deed; a refusal stands next to its field, so that nothing typed is lost."""
    try:
        deed()
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return False
    return True


def told(request: HttpRequest, deed: Callable[[], object]) -> bool:
    """Do it and say whether it was done; a refusal becomes a message on the next page."""
    try:
        deed()
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return False
    return True


def status_of(form: Form) -> int:
    """Return the status of a page that shows this form."""
    return 422 if form.is_bound and form.errors else 200

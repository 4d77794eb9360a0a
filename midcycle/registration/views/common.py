"""What the views of registration share: privacy of personal links, gates, and how refusals are told."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse

from midcycle.accounts.models import Person
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.access import organised_meetup_for
from midcycle.meetups.models import Meetup
from midcycle.registration.access import person_of

P = ParamSpec("P")
T = TypeVar("T")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def personal(view: View[P]) -> View[P]:
    """Keep a page behind a personal link out of caches, search engines and the addresses other sites see."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        # Not `no-referrer`: browsers then send `Origin: null` with the page's own form, which looks like a forged one.
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answer


def organised(request: HttpRequest, slug: str) -> tuple[Meetup, Person]:
    """Return the meetup and whoever of its team is at its desk. Raises Http404 for anyone else."""
    meetup, by = organised_meetup_for(request.user, slug), person_of(request.user)
    if by is None:
        raise Http404
    return meetup, by


def said(form: Form, deed: Callable[[], T]) -> T | None:
    """Do it; a refusal becomes the form's, so that nothing typed is lost."""
    try:
        return deed()
    except Refusal as refusal:
        form.add_error(refusal.field, refusal.message)
        return None


def told(request: HttpRequest, deed: Callable[[], object]) -> None:
    """Do it; a refusal becomes a message on the next page."""
    try:
        deed()
    except Refusal as refusal:
        messages.error(request, refusal.message)

"""What the views of registration share: privacy of personal links, gates, and how refusals are told."""

from collections.abc import Callable
from typing import Final, TypeVar

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext, ngettext

from midcycle.accounts.models import Person
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.access import organised_meetup_for
from midcycle.meetups.models import Meetup
from midcycle.registration import queries
from midcycle.registration.access import Sender, person_of
from midcycle.registration.models import Echo, Seat
from midcycle.web.limits import Limit, origin_of
from midcycle.web.requests import came_by

T = TypeVar("T")
TOO_OFTEN: Final = "too_often"
TOO_MANY: Final = 429
_A_WHILE: Final = 120
_LONGEST_TAG: Final = 35
FROM_ONE_PLACE: Final = Limit(settings.MIDCYCLE.registrations_per_minute, 60)
FOR_ONE_ADDRESS: Final = Limit(10, 15 * 60)


def organised(request: HttpRequest, slug: str) -> tuple[Meetup, Person]:
    """Return the meetup and whoever of its team is at its desk. Raises Http404 for anyone else."""
    meetup, by = organised_meetup_for(request.user, slug), person_of(request.user)
    if by is None:
        raise Http404
    return meetup, by


def sender_of(request: HttpRequest) -> Sender:
    """Return who sends a form: the secret is what its forms are checked with, which no other browser knows."""
    return Sender(person_of(request.user), request.COOKIES.get(settings.CSRF_COOKIE_NAME, ""), came_by(request))


def asked_of(request: HttpRequest, meetup: Meetup, *, language: str = "") -> queries.AskedForm:
    """Return what the form of a meetup asks, and speak its language until the page is sent.

    That is the language of the address, else the one the visitor chose, else this one, else what the browser wants.
    """
    asked = queries.form_of(meetup, asked=request.GET.get("lang", ""), accepted=_wanted(request, language))
    translation.activate(asked.written_in)
    return asked


def speaking(request: HttpRequest, place: Seat | Echo | None = None) -> queries.Spoken:
    """Return the language of a page about somebody's place, or about the line, and speak it until the page is sent."""
    language = queries.language_of(place) if place else ""
    spoken = queries.spoken(request.GET.get("lang", ""), accepted=_wanted(request, language))
    translation.activate(spoken.written_in)
    return spoken


def _wanted(request: HttpRequest, language: str) -> str:
    """Return what a visitor wants to read, in the form of the header `Accept-Language`: of what weighs the same, the first."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")[:_LONGEST_TAG]
    return ",".join(tag for tag in (chosen, language, request.headers.get("Accept-Language", "")) if tag)


def page_in(request: HttpRequest, template: str, asked: queries.AskedForm, page: dict[str, object]) -> HttpResponse:
    """Return a page with the form in the visitor's language, and the status that tells whether it was taken."""
    form, via = page["form"], came_by(request)
    status = status_of(form) if isinstance(form, Form) else 200
    response = render(request, template, {**page, "asked": asked, "goes_on": f"via={via}&" if via else ""}, status=status)
    if isinstance(form, Form) and status == TOO_MANY:
        response.headers["Retry-After"] = str(_wait_of(form))
    patch_vary_headers(response, ["Accept-Language"])
    return response


def said(form: Form, deed: Callable[[], T]) -> T | None:
    """Do it; a refusal becomes the form's, so that nothing typed is lost."""
    try:
        return deed()
    except Refusal as refusal:
        form.add_error(refusal.field, queries.told(refusal.message))
        return None


def too_often(request: HttpRequest, form: Form) -> bool:
    """Say whether so many registrations came from one place, or for one address, that this one has to wait; the form tells."""
    waits = FROM_ONE_PLACE.wait(origin_of(request))
    sentence = gettext("Very many people register from your network just now.")
    if not waits:
        waits = FOR_ONE_ADDRESS.wait(form.cleaned_data["email"])
        sentence = gettext("Somebody registered with this address again and again. Its letter has the link to the seat.")
    if waits:
        params = {"wait": waits}
        form.add_error(None, forms.ValidationError(f"{sentence} {_come_back(waits)}", code=TOO_OFTEN, params=params))
    return waits > 0


def _come_back(seconds: int) -> str:
    """Return when to send a form again; minutes are rounded up, so that who keeps to it is not refused again."""
    minutes = -(-seconds // 60)
    if seconds < _A_WHILE:
        told = ngettext("Wait one second, and send this again.", "Wait %(count)s seconds, and send this again.", seconds)
        return told % {"count": seconds}
    return gettext("Wait %(count)s minutes, and send this again.") % {"count": minutes}


def _wait_of(form: Form) -> int:
    """Return how many seconds a form that came too often has to wait, as the header Retry-After (RFC 9110) says it."""
    errors = [error for error in form.errors.as_data()[NON_FIELD_ERRORS] if error.code == TOO_OFTEN]
    return max(int((error.params or {})["wait"]) for error in errors)


def status_of(form: Form) -> int:
    """Return the status (RFC 9110, RFC 6585) of a page that shows this form."""
    if form.has_error(NON_FIELD_ERRORS, TOO_OFTEN):
        return TOO_MANY
    return 422 if form.errors else 200


def done(form: Form, deed: Callable[[], None]) -> bool:
    """Do it and say whether it was done; a refusal becomes the form's."""
    try:
        deed()
    except Refusal as refusal:
        form.add_error(refusal.field, queries.told(refusal.message))
        return False
    return True


def told(request: HttpRequest, deed: Callable[[], object]) -> bool:
    """Do it and say whether it was done; a refusal becomes a message on the next page."""
    try:
        deed()
    except Refusal as refusal:
        messages.error(request, queries.told(refusal.message))
        return False
    return True

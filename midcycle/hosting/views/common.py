"""What the views of calls share: who is at the desk, and how often somebody may answer."""

from typing import Final

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import Http404, HttpRequest
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.hosting.access import wait_before_answering
from midcycle.web.limits import origin_of

_TOO_OFTEN: Final = "too_often"


def organiser_at(request: HttpRequest) -> Person:
    """Return who is at the desk. Raises Http404 for nobody."""
    if not isinstance(request.user, Person):
        raise Http404
    return request.user


def comes_too_often(request: HttpRequest, form: forms.Form) -> bool:
    """Say whether so many answers came from one place, or for one address, that this one has to wait; the form tells."""
    waits = wait_before_answering(origin_of(request), form.cleaned_data["email"])
    if waits:
        sentence = gettext("Very many answers come from here just now. Wait %(minutes)s min, and send yours again.")
        sentence %= {"minutes": -(-waits // 60)}
        form.add_error(None, forms.ValidationError(sentence, code=_TOO_OFTEN))
    return waits > 0


def status_of(form: forms.Form) -> int:
    """Return the status (RFC 9110, RFC 6585) of a page that shows this form."""
    if form.has_error(NON_FIELD_ERRORS, _TOO_OFTEN):
        return 429
    return 422 if form.errors else 200

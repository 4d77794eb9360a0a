"""What the views of bidding share: who does something, and how refusals are told."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django import forms
from django.http import Http404, HttpRequest
from django.utils.translation import gettext, gettext_noop

from midcycle.accounts.models import Person
from midcycle.bidding.actions import ChangedMeanwhile
from midcycle.kernel.refusal import Refusal
from midcycle.web.limits import Limit

QUESTIONS: Final = Limit(10, 60 * 60)
LETTERS: Final = Limit(20, 60 * 60)
OFTEN: Final = gettext_noop("That is often enough for now. Try again in an hour.")


def doer(request: HttpRequest) -> Person:
    """Return who is signed in. Raises Http404 for nobody."""
    if not isinstance(request.user, Person):
        raise Http404
    return request.user


@contextmanager
def told_in(form: forms.Form) -> Iterator[None]:
    """Tell a refusal beside the field it names, or above the form. What was changed meanwhile is raised on."""
    try:
        yield
    except ChangedMeanwhile:
        raise  # the view shows both texts
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)


def wait_a_while(limit: Limit, person: Person) -> None:
    """Raise Refusal for somebody who does this too often."""
    if limit.wait(str(person.pk)):
        raise Refusal(gettext(OFTEN))

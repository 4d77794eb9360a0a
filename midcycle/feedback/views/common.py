"""What the views of feedback share: who is at the desk, how refusals are told, and in which language a survey is read."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation

from midcycle.accounts.models import Person
from midcycle.kernel import words
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


def wanted(request: HttpRequest) -> dict[str, str]:
    """Return the language the address asks for, else the one the visitor chose, and those the browser wants."""
    chosen = request.GET.get("lang") or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return {"asked": chosen, "accepted": request.headers.get("Accept-Language", "")}


def in_language(request: HttpRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer in the language the address asks for, where there is an interface in it."""
    known = {code.partition("-")[0]: code for code, _ in settings.LANGUAGES}
    asked = request.GET.get("lang", "")
    if asked not in known:
        return answer()
    with translation.override(known[asked]):
        response = answer()
        response.headers["Content-Language"] = words.language()
    return response


def status_of(form: Form) -> int:
    """Return the status of a page that shows this form."""
    return 422 if form.is_bound and form.errors else 200

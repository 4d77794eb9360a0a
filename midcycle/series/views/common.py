"""What the views of this app share."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from midcycle.accounts.models import Person
from midcycle.kernel.refusal import Refusal


def person_of(request: HttpRequest) -> Person:
    """Return who is signed in. Raises Http404 for nobody, whom the gates have turned away before."""
    if not isinstance(request.user, Person):
        raise Http404
    return request.user


def form_page(
    request: HttpRequest, form: Form, *, words: Mapping[str, object], deed: Callable[[], str], to: str
) -> HttpResponse:
    """Show a form on a page of its own; once it is right do the deed, tell what it returns, and go on.

    `words` are `title`, `button` and `back`, and on some pages `lead`, `file` and `note`. What the deed refuses is told
    beside its field.
    """
    if request.method == "POST" and form.is_valid():
        try:
            told = deed()
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, told)
            return redirect(to)
    shown = {"form": form, "back": to, **words}
    return render(request, "series/form.html", shown, status=422 if form.errors else 200)


def removal(request: HttpRequest, *, words: Mapping[str, object], deed: Callable[[], None], told: str, to: str) -> HttpResponse:
    """Ask before something goes, and let it go."""
    if request.method == "POST":
        deed()
        messages.success(request, told)
        return redirect(to)
    return render(request, "series/removal.html", {"back": to, **words})

"""One seat at the organisers' desk."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from midcycle.registration import actions, queries, rules
from midcycle.registration.access import seat_at_desk_for
from midcycle.registration.forms import ReasonForm
from midcycle.registration.models import Seat
from midcycle.registration.views.common import organised, said
from midcycle.web.personal import personal


@require_GET
@personal
def seat(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show an organiser everything about one seat."""
    return _page(request, seat_at_desk_for(request.user, slug, number))


@require_POST
@personal
def cancellation(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give somebody's place back for them, with a reason they are told."""
    found = seat_at_desk_for(request.user, slug, number)
    _, by = organised(request, slug)
    form = ReasonForm(request.POST)
    if form.is_valid():
        why = form.cleaned_data["why"]
        if said(form, lambda: actions.cancel_for(found, why, by=by, now=timezone.now())):
            messages.success(request, gettext("Done. %(name)s gets a letter with the reason.") % {"name": found.name})
            return redirect("registration:one", slug, number)
    return _page(request, found, form)


def _page(request: HttpRequest, found: Seat, form: ReasonForm | None = None) -> HttpResponse:
    page = queries.one_seat(found)
    shown = {
        "page": page,
        "seat": found,
        "meetup": found.meetup,
        "form": form or ReasonForm(),
        "door": rules.shows_door(found.meetup.stage),
    }
    return render(request, "registration/one.html", shown, status=422 if form is not None and form.errors else 200)

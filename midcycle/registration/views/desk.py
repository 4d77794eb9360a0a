"""The organisers' list of seats, how many there are, and the door."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcycle.accounts.models import Person
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.access import organised_meetup_for
from midcycle.meetups.models import Meetup
from midcycle.registration import actions, queries, rules
from midcycle.registration.access import person_of, seat_at_desk_for
from midcycle.registration.forms import CapacityForm, DeskFilter, WalkInForm
from midcycle.registration.models import Seat
from midcycle.registration.views.common import organised, said, told


@require_GET
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the organiser a page of seats."""
    return _desk(request, organised_meetup_for(request.user, slug))


@require_POST
def opening(request: HttpRequest, slug: str) -> HttpResponse:
    """Open registration with the seats typed."""
    meetup, by = organised(request, slug)
    form = CapacityForm(request.POST)
    if form.is_valid():
        total = form.cleaned_data["total"]
        if said(form, lambda: actions.open_registration(meetup, total=total, by=by, now=timezone.now())):
            messages.success(request, gettext("Registration is open."))
            return redirect("registration:seats", slug)
    return _desk(request, meetup, form)


@require_POST
def closing(request: HttpRequest, slug: str) -> HttpResponse:
    """Close registration."""
    meetup, by = organised(request, slug)
    told(request, lambda: actions.close_registration(meetup, by=by, now=timezone.now()))
    return redirect("registration:seats", slug)


@require_POST
def check_in(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Note that somebody is here."""
    found, by = _at_desk(request, slug, number)
    return _row(request, found, lambda: actions.check_in(found, by=by, now=timezone.now()))


@require_POST
def check_in_undone(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take a check-in back."""
    found, by = _at_desk(request, slug, number)
    return _row(request, found, lambda: actions.undo_check_in(found, by=by, now=timezone.now()))


@require_POST
def no_shows(request: HttpRequest, slug: str) -> HttpResponse:
    """Mark everybody who did not come."""
    meetup, by = organised(request, slug)
    told(request, lambda: actions.mark_no_shows(meetup, by=by, now=timezone.now()))
    return redirect("registration:seats", slug)


@require_http_methods(["GET", "POST"])
def walk_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Give somebody at the door a free seat."""
    meetup, by = organised(request, slug)
    form = WalkInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        answers, who = actions.Answers(role=typed["role"]), {"email": typed["email"], "name": typed["name"]}
        if said(form, lambda: actions.walk_in(meetup, answers, **who, by=by, now=timezone.now())):
            messages.success(request, gettext("%(name)s is checked in.") % {"name": typed["name"]})
            return redirect("registration:walk_in", slug)
    shut = rules.why_door_is_shut(meetup.stage)
    page = {"form": form, "meetup": meetup, "seats": queries.seat_summary(meetup), "shut": shut}
    return render(request, "registration/walk_in.html", page, status=422 if form.errors else 200)


def _at_desk(request: HttpRequest, slug: str, number: int) -> tuple[Seat, Person]:
    found, by = seat_at_desk_for(request.user, slug, number), person_of(request.user)
    if by is None:
        raise Http404
    return found, by


def _desk(request: HttpRequest, meetup: Meetup, form: CapacityForm | None = None) -> HttpResponse:
    """Show the desk, with the form as it was typed when that was wrong."""
    page = queries.desk_page(meetup, **DeskFilter(request.GET).asked())
    form = form or CapacityForm(initial={"total": page.summary.total or request.GET.get("seats", "")[:9]})
    shown = {"desk": page, "meetup": meetup, "form": form, "door": rules.shows_door(meetup.stage)}
    return render(request, "registration/desk.html", shown, status=422 if form.errors else 200)


def _row(request: HttpRequest, found: Seat, deed: Callable[[], object]) -> HttpResponse:
    """Do it and answer with the row alone, or without a script with the list as it was looked at."""
    if "HX-Request" not in request.headers:
        told(request, deed)
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{reverse('registration:seats', args=[found.meetup.slug])}{'?' if query else ''}{query}")
    refused = ""
    try:
        deed()
    except Refusal as refusal:
        refused = queries.told(refusal.message)
        found.refresh_from_db()
    page = queries.desk_page(found.meetup, **DeskFilter(request.GET).asked())
    row = {"seat": found, "meetup": found.meetup, "refused": refused, "door": rules.shows_door(found.meetup.stage)}
    return render(request, "registration/desk.html#swapped", {**row, "desk": page, "swapped": True})

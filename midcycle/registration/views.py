"""A seat and its status page, and the organiser's list of seats."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcycle.accounts.models import Person
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.access import meetup_for, organised_meetup_for
from midcycle.meetups.models import Meetup
from midcycle.registration import actions, queries, rules
from midcycle.registration.access import person_of, seat_at_desk_for, seat_for
from midcycle.registration.forms import CapacityForm, ChangeForm, DeskFilter, SeatForm, WalkInForm
from midcycle.registration.models import Seat

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


@require_http_methods(["GET", "POST"])
def seat(request: HttpRequest, slug: str) -> HttpResponse:
    """Register for a meetup."""
    meetup, visitor = meetup_for(slug), person_of(request.user)
    own = queries.own_seat(meetup, visitor)
    if own is not None:
        return redirect("registration:status", slug, own.token)
    form = SeatForm(request.POST or None, initial={"name": visitor.name, "email": visitor.email} if visitor else None)
    if request.method == "POST" and form.is_valid():
        who = {"email": form.cleaned_data["email"], "name": form.cleaned_data["name"], "signed_in": visitor}
        registered = _said(form, lambda: actions.take_seat(meetup, form.answers(), **who, now=timezone.now()))
        if registered is not None and registered.shown:
            return redirect("registration:status", slug, registered.seat.token)
        if registered is not None:
            return redirect("registration:letter", slug)
    seats = queries.seat_summary(meetup)
    closed = rules.why_closed(meetup.stage, is_open=seats.is_open)
    page = {"form": form, "meetup": meetup, "seats": seats, "closed": closed}
    return render(request, "registration/seat.html", page, status=422 if form.errors else 200)


@require_GET
def letter(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell somebody whose address is known that their link is in their mail."""
    return render(request, "registration/letter.html", {"meetup": meetup_for(slug)})


@require_GET
@personal
def status(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Show how a seat stands to whoever holds its link."""
    page = queries.seat_status(seat_for(slug, token))
    return render(request, "registration/status.html", {"page": page, "meetup": page.seat.meetup})


@require_http_methods(["GET", "POST"])
@personal
def answers(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Show somebody what they told us when they registered, and change it."""
    found = seat_for(slug, token)
    form = ChangeForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        if _said(form, lambda: actions.change_answers(found, form.answers(), name=name, now=timezone.now())):
            messages.success(request, "Your answers are changed.")
            return redirect("registration:status", slug, token)
    stays = rules.why_answers_stay(found.meetup.stage, found.state)
    page = {"form": form, "meetup": found.meetup, "seat": found, "stays": stays}
    return render(request, "registration/answers.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@personal
def cancellation(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Ask whether a seat is to be given back, and give it back."""
    found = seat_for(slug, token)
    if request.method == "POST":
        _told(request, lambda: actions.cancel_seat(found, now=timezone.now()))
        return redirect("registration:status", slug, token)
    page = queries.seat_status(found)
    return render(request, "registration/cancellation.html", {"page": page, "meetup": found.meetup})


@require_GET
@personal
def calendar(request: HttpRequest, slug: str, token: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Return the meetup as a calendar entry for who has a seat."""
    entry = queries.calendar_file(seat_for(slug, token))
    if entry is None:
        raise Http404
    response = HttpResponse(entry, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    response.headers["Content-Disposition"] = 'attachment; filename="meetup.ics"'
    return response


@require_GET
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the organiser a page of seats."""
    return _desk(request, organised_meetup_for(request.user, slug))


@require_http_methods(["GET", "POST"])
def capacity(request: HttpRequest, slug: str) -> HttpResponse:
    """Set how many seats there are."""
    meetup, by = _organised(request, slug)
    summary = queries.seat_summary(meetup)
    form = CapacityForm(request.POST or None, initial={"total": summary.total or None})
    if request.method == "POST" and form.is_valid():
        total = form.cleaned_data["total"]
        promoted = _said(form, lambda: actions.set_capacity(meetup, total, by=by, now=timezone.now()))
        if promoted is not None:
            messages.success(request, f"Saved. {promoted} from the waitlist got a seat." if promoted else "Saved.")
            return redirect("registration:seats", slug)
    page = {"form": form, "meetup": meetup, "seats": summary}
    return render(request, "registration/capacity.html", page, status=422 if form.errors else 200)


@require_POST
def opening(request: HttpRequest, slug: str) -> HttpResponse:
    """Open registration with the seats typed."""
    meetup, by = _organised(request, slug)
    form = CapacityForm(request.POST)
    if form.is_valid():
        total = form.cleaned_data["total"]
        if _said(form, lambda: actions.open_registration(meetup, total=total, by=by, now=timezone.now())):
            messages.success(request, "Registration is open.")
            return redirect("registration:seats", slug)
    return _desk(request, meetup, form)


@require_POST
def closing(request: HttpRequest, slug: str) -> HttpResponse:
    """Close registration."""
    meetup, by = _organised(request, slug)
    _told(request, lambda: actions.close_registration(meetup, by=by, now=timezone.now()))
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
    meetup, by = _organised(request, slug)
    _told(request, lambda: actions.mark_no_shows(meetup, by=by, now=timezone.now()))
    return redirect("registration:seats", slug)


@require_http_methods(["GET", "POST"])
def walk_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Give somebody at the door a free seat."""
    meetup, by = _organised(request, slug)
    form = WalkInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        answers, who = actions.Answers(role=typed["role"]), {"email": typed["email"], "name": typed["name"]}
        if _said(form, lambda: actions.walk_in(meetup, answers, **who, by=by, now=timezone.now())):
            messages.success(request, f"{typed['name']} is checked in.")
            return redirect("registration:walk_in", slug)
    shut = rules.why_door_is_shut(meetup.stage)
    page = {"form": form, "meetup": meetup, "seats": queries.seat_summary(meetup), "shut": shut}
    return render(request, "registration/walk_in.html", page, status=422 if form.errors else 200)


@require_GET
def spectrum(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the organiser who comes, small groups too."""
    meetup = organised_meetup_for(request.user, slug)
    return render(request, "registration/who.html", {"spectrum": queries.spectrum(meetup, folded=False), "meetup": meetup})


@require_GET
def seats_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the organiser every seat as a table to take away."""
    meetup = organised_meetup_for(request.user, slug)
    response = HttpResponse(queries.seats_as_csv(meetup), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{meetup.slug}-seats.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _organised(request: HttpRequest, slug: str) -> tuple[Meetup, Person]:
    meetup, by = organised_meetup_for(request.user, slug), person_of(request.user)
    if by is None:
        raise Http404
    return meetup, by


def _at_desk(request: HttpRequest, slug: str, number: int) -> tuple[Seat, Person]:
    found, by = seat_at_desk_for(request.user, slug, number), person_of(request.user)
    if by is None:
        raise Http404
    return found, by


def _desk(request: HttpRequest, meetup: Meetup, form: CapacityForm | None = None) -> HttpResponse:
    """Show the desk, with the form as it was typed when that was wrong."""
    page = queries.desk_page(meetup, **DeskFilter(request.GET).asked())
    form = form or CapacityForm(initial={"total": page.summary.total or None})
    shown = {"desk": page, "meetup": meetup, "form": form, "door": rules.shows_door(meetup.stage)}
    return render(request, "registration/desk.html", shown, status=422 if form.errors else 200)


def _said(form: Form, deed: Callable[[], T]) -> T | None:
    """Do it; a refusal becomes the form's, so that nothing typed is lost."""
    try:
        return deed()
    except Refusal as refusal:
        form.add_error(refusal.field, refusal.message)
        return None


def _told(request: HttpRequest, deed: Callable[[], object]) -> None:
    """Do it; a refusal becomes a message on the next page."""
    try:
        deed()
    except Refusal as refusal:
        messages.error(request, refusal.message)


def _row(request: HttpRequest, found: Seat, deed: Callable[[], object]) -> HttpResponse:
    """Do it and answer with the row alone, or without a script with the list as it was looked at."""
    if "HX-Request" not in request.headers:
        _told(request, deed)
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{reverse('registration:seats', args=[found.meetup.slug])}{'?' if query else ''}{query}")
    refused = ""
    try:
        deed()
    except Refusal as refusal:
        refused = refusal.message
        found.refresh_from_db()
    page = queries.desk_page(found.meetup, **DeskFilter(request.GET).asked())
    row = {"seat": found, "meetup": found.meetup, "refused": refused, "door": rules.shows_door(found.meetup.stage)}
    return render(request, "registration/desk.html#swapped", {**row, "desk": page, "swapped": True})

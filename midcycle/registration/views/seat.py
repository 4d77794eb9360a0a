"""Registering, and the page of one seat behind its personal link."""

from collections.abc import Mapping
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from midcycle.accounts.models import Person
from midcycle.meetups.models import Meetup
from midcycle.registration import actions, queries, rules
from midcycle.registration.access import is_from_letter, meetup_with_seats_for, person_of, place_for
from midcycle.registration.forms import ChangeForm, SeatForm
from midcycle.registration.models import Echo, Seat
from midcycle.registration.rules import languages
from midcycle.registration.views.common import asked_of, page_in, said, sender_of, speaking, told, too_often
from midcycle.web.kept import facts_of, render_kept
from midcycle.web.personal import personal
from midcycle.web.requests import came_by, show


@require_http_methods(["GET", "POST"])
def seat(request: HttpRequest, slug: str) -> HttpResponse:
    """Register for a meetup."""
    meetup, visitor = meetup_with_seats_for(slug), person_of(request.user)
    show(request, meetup)
    own = queries.own_seat(meetup, visitor)
    if own is not None:
        return redirect("registration:status", slug, own.token)
    asked = asked_of(request, meetup)
    return _register(request, meetup, asked, visitor)


def _register(request: HttpRequest, meetup: Meetup, asked: queries.AskedForm, visitor: Person | None) -> HttpResponse:
    known = {"name": visitor.name, "email": visitor.email} if visitor else None
    if request.method != "POST":
        return _blank(request, meetup, asked, known)
    form = SeatForm(request.POST, asked=asked, initial=known)
    if form.is_valid() and not too_often(request, form):
        who = {"email": form.cleaned_data["email"], "name": form.cleaned_data["name"]}
        who |= {"sender": sender_of(request)}
        registered = said(form, lambda: actions.register(meetup, form.answers(), **who, now=timezone.now()))
        if registered is not None:
            return redirect("registration:status", meetup.slug, registered.token)
    seats, closed, places = _seats(meetup, asked)
    page = {"form": form, "meetup": meetup, "seats": seats, "closed": closed, "places": places}
    return page_in(request, "registration/seat.html", asked, page)


@require_GET
@personal
def status(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Show how a seat stands to whoever holds its link."""
    found = place_for(slug, token)
    letter = request.GET.get("letter", "")
    if letter and isinstance(found, Seat) and is_from_letter(found, letter):
        actions.prove_address(found, now=timezone.now())
        return redirect("registration:status", slug, token)
    asked = speaking(request, found)
    return _shown(request, found, asked)


def _shown(request: HttpRequest, found: Seat | Echo, asked: queries.Spoken) -> HttpResponse:
    page, meetup = queries.seat_status(found, now=timezone.now()), found.meetup
    show(request, meetup)

    def shown(texts: Mapping[str, str]) -> dict[str, object]:
        return {"page": page.with_texts(texts), "meetup": meetup, "asked": asked}

    same = facts_of(meetup), asked.written_in, page.with_texts({text: text for text in page.texts})
    return render_kept(request, "registration/status.html", shown, same=same, gaps=page.texts)


@require_GET
@personal
def ticket(request: HttpRequest, slug: str, token: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Return the code that is scanned at the door."""
    svg = queries.ticket_svg(place_for(slug, token))
    if svg is None:
        raise Http404
    return HttpResponse(svg, content_type="image/svg+xml")


@require_http_methods(["GET", "POST"])
@personal
def answers(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Show somebody what they told us when they registered, and change it."""
    found = place_for(slug, token)
    shown = queries.seat_shown(found)
    asked = asked_of(request, found.meetup, language=shown.language)
    return _change(request, found, asked)


def _change(request: HttpRequest, found: Seat | Echo, asked: queries.AskedForm) -> HttpResponse:
    form = ChangeForm(queries.seat_shown(found), request.POST or None, asked=asked, told=queries.told_by(found))
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        change = partial(actions.change_echo, found) if isinstance(found, Echo) else partial(actions.change_answers, found)
        if said(form, lambda: change(form.answers(), name=name, now=timezone.now())):
            messages.success(request, gettext("Your answers are changed."))
            return redirect("registration:status", found.meetup.slug, found.token)
    stays = rules.why_answers_stay(found.meetup.stage, found.state)
    page = {"form": form, "meetup": found.meetup, "seat": found, "stays": gettext(stays) if stays else ""}
    return page_in(request, "registration/answers.html", asked, page)


@require_http_methods(["GET", "POST"])
@personal
def cancellation(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Ask whether a seat is to be given back, and give it back."""
    found = place_for(slug, token)
    asked = speaking(request, found)
    if request.method == "POST":
        cancel = partial(actions.cancel_echo, found) if isinstance(found, Echo) else partial(actions.cancel_seat, found)
        told(request, lambda: cancel(now=timezone.now()))
        return redirect("registration:status", slug, token)
    page = queries.seat_status(found, now=timezone.now())
    return render(request, "registration/cancellation.html", {"page": page, "meetup": found.meetup, "asked": asked})


@require_GET
@personal
def calendar(request: HttpRequest, slug: str, token: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Return the meetup as a calendar entry for who has a seat."""
    entry = queries.calendar_file(place_for(slug, token))
    if entry is None:
        raise Http404
    response = HttpResponse(entry, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    response.headers["Content-Disposition"] = 'attachment; filename="meetup.ics"'
    return response


def _blank(request: HttpRequest, meetup: Meetup, asked: queries.AskedForm, known: dict[str, str] | None) -> HttpResponse:
    """Show the form with nothing typed, which is the same for everybody but for how many seats are free."""
    seats, closed, places = _seats(meetup, asked)

    def page(texts: Mapping[str, str]) -> dict[str, object]:
        form = SeatForm(asked=asked, initial=known)
        return {"form": form, "meetup": meetup, "seats": seats, "closed": closed, "asked": asked, **texts}

    via = came_by(request)
    gaps = {"places": places, "goes_on": f"via={via}&"} if via else {"places": places}
    same = facts_of(meetup), repr(asked), seats.is_full, closed, bool(via)
    response = render_kept(request, "registration/seat.html", page, same=same, gaps=gaps)
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _seats(meetup: Meetup, asked: queries.AskedForm) -> tuple[queries.SeatSummary, str, str]:
    """Return how many seats there are, why nobody can register, if so, and what a newcomer can have, in the form's language."""
    seats = queries.summary_of(queries.capacity_of(meetup))
    closed = rules.why_closed(meetup.stage, is_open=seats.is_open)
    if seats.is_full:
        place = languages.place_in(asked.written_in, seats.waiting + 1)
        places = gettext("Sold out: you would be %(place)s in the waitlist.") % {"place": place}
    else:
        places = gettext("%(free)s of %(total)s seats free.") % {"free": seats.free, "total": seats.total}
    return seats, gettext(closed) if closed else "", places

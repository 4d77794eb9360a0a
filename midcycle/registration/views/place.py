"""What somebody does with their place: accept it, say how much notice they need, pass it on, bring others, take data, leave."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcycle.registration import actions, queries, rules
from midcycle.registration.access import own_place_for, place_for, transfer_for
from midcycle.registration.forms import ColleaguesForm, NoticeForm, TakeOverForm, TransferForm
from midcycle.registration.models import Echo, Seat, Transfer
from midcycle.registration.views.common import asked_of, page_in, said, sender_of, speaking, told
from midcycle.web.personal import personal


@require_POST
@personal
def acceptance(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Accept the seat that is offered, or confirm what a colleague began."""
    found = place_for(slug, token)
    if isinstance(found, Seat):
        speaking(request, found)
        if told(request, lambda: actions.confirm(found, now=timezone.now())):
            messages.success(request, gettext("Thank you. The organisers know now that you want to come."))
    return redirect("registration:status", slug, token)


@require_http_methods(["GET", "POST"])
@personal
def notice(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Say how many days before the meetup somebody needs to know."""
    found = place_for(slug, token)
    asked = speaking(request, found)
    return _notice(request, found, asked)


def _notice(request: HttpRequest, found: Seat | Echo, asked: queries.Spoken) -> HttpResponse:
    shown = queries.seat_shown(found)
    form = NoticeForm(request.POST or None, initial={"days": shown.notice_days})
    if request.method == "POST" and form.is_valid():
        set_notice = partial(actions.set_echo_notice, found) if isinstance(found, Echo) else partial(actions.set_notice, found)
        told(request, lambda: set_notice(form.cleaned_data["days"], now=timezone.now()))
        return redirect("registration:status", shown.meetup.slug, shown.token)
    page = {"form": form, "meetup": shown.meetup, "seat": shown, "asked": asked}
    return render(request, "registration/notice.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@personal
def transfer(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Ask somebody to take over a seat."""
    found, seat = own_place_for(request.user, slug, token)
    asked = speaking(request, found)
    return _transfer(request, found, seat, asked)


def _transfer(request: HttpRequest, found: Seat | Echo, seat: Seat | None, asked: queries.Spoken) -> HttpResponse:
    form = TransferForm(request.POST or None)
    if request.method == "POST" and seat is not None and form.is_valid():
        typed = form.cleaned_data
        if said(form, lambda: actions.offer_transfer(seat, **typed, now=timezone.now())):
            written = gettext("We wrote to %(address)s. The seat stays yours until they take it.")
            messages.success(request, written % {"address": typed["email"]})
            return redirect("registration:status", seat.meetup.slug, seat.token)
    shown = queries.seat_shown(found)
    stays = rules.why_no_transfer(shown.meetup.stage, shown.state, allowed=shown.meetup.capacity.transfers)
    page = {"form": form, "meetup": shown.meetup, "seat": shown, "is_proven": seat is not None, "asked": asked}
    page["stays"] = queries.told(stays or "")
    return render(request, "registration/transfer.html", page, status=422 if form.errors else 200)


@require_POST
@personal
def transfer_withdrawn(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Take back what was offered to somebody."""
    found = place_for(slug, token)
    if isinstance(found, Seat):
        speaking(request, found)
        if told(request, lambda: actions.withdraw_transfer(found, now=timezone.now())):
            messages.success(request, gettext("The seat stays yours. The link we sent them opens nothing any more."))
    return redirect("registration:status", slug, token)


@require_http_methods(["GET", "POST"])
@personal
def take_over(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Take over a seat somebody passes on."""
    offered = transfer_for(slug, token, sender_of(request), now=timezone.now())
    if offered.state == "accepted":
        return redirect("registration:status", slug, offered.seat.token)
    asked = asked_of(request, offered.seat.meetup)
    return _take_over(request, offered, asked)


def _take_over(request: HttpRequest, offered: Transfer, asked: queries.AskedForm) -> HttpResponse:
    form = TakeOverForm(request.POST or None, asked=asked, initial={"name": offered.name})
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        who = {"name": name, "sender": sender_of(request)}
        seat = said(form, lambda: actions.accept_transfer(offered, form.answers(), **who, now=timezone.now()))
        if seat is not None:
            return redirect("registration:status", offered.seat.meetup.slug, seat.token)
    page = {"form": form, "meetup": offered.seat.meetup, "offered": offered}
    return page_in(request, "registration/take_over.html", asked, page)


@require_http_methods(["GET", "POST"])
@personal
def colleagues(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Register colleagues, who each confirm."""
    found, seat = own_place_for(request.user, slug, token)
    asked = speaking(request, found)
    return _colleagues(request, found, seat, asked)


def _colleagues(request: HttpRequest, found: Seat | Echo, seat: Seat | None, asked: queries.Spoken) -> HttpResponse:
    form = ColleaguesForm(request.POST or None)
    if request.method == "POST" and seat is not None and form.is_valid():
        typed = form.cleaned_data["colleagues"]
        if said(form, lambda: actions.register_colleagues(seat, typed, now=timezone.now())):
            messages.success(request, gettext("They are registered. Each gets a letter and confirms."))
            return redirect("registration:status", seat.meetup.slug, seat.token)
    shown = queries.seat_shown(found)
    page = {"form": form, "meetup": shown.meetup, "seat": shown, "is_proven": seat is not None, "asked": asked}
    return render(request, "registration/colleagues.html", page, status=422 if form.errors else 200)


@require_GET
@personal
def data(request: HttpRequest, slug: str, token: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Return everything registration keeps about somebody, to take away."""
    found = queries.data_of(place_for(slug, token), now=timezone.now())
    response = JsonResponse(found, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response.headers["Content-Disposition"] = 'attachment; filename="my-seat.json"'
    return response


@require_http_methods(["GET", "POST"])
@personal
def erasure(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Ask whether somebody is to be forgotten, and forget them."""
    found = place_for(slug, token)
    asked = speaking(request, found)
    return _erasure(request, found, asked)


def _erasure(request: HttpRequest, found: Seat | Echo, asked: queries.Spoken) -> HttpResponse:
    shown = queries.seat_shown(found)
    if request.method == "POST":
        erase = partial(actions.erase_echo, found) if isinstance(found, Echo) else partial(actions.erase_seat, found)
        if not told(request, lambda: erase(now=timezone.now())):
            return redirect("registration:status", shown.meetup.slug, found.token)
        messages.success(request, gettext("You are forgotten here. This link opens nothing any more."))
        return redirect(shown.meetup.path)
    return render(request, "registration/erasure.html", {"meetup": shown.meetup, "seat": shown, "asked": asked})

"""The organisers' page of the door: links for phones, the minute of release, and what somebody has to look at."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcycle.accounts.models import Person
from midcycle.engines.tickets import qr_svg
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.access import organised_meetup_for
from midcycle.meetups.models import Meetup
from midcycle.onsite import actions, queries
from midcycle.onsite.access import device_at_desk_for, event_at_desk_for, key_of
from midcycle.onsite.forms import DeviceForm, ReleaseForm
from midcycle.registration import actions as registration
from midcycle.registration.rules import shows_door
from midcycle.web.requests import method_of


@require_GET
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the organisers the phones at the door, and what somebody has to look at."""
    return _desk(request, organised_meetup_for(request.user, slug))


@require_POST
def links(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a link that lets a phone check people in."""
    meetup, form = organised_meetup_for(request.user, slug), DeviceForm(request.POST)
    if form.is_valid():
        try:
            device = actions.make_device(meetup, form.cleaned_data["label"], by=_person(request), now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            return redirect("onsite:link", slug, device.pk)
    return _desk(request, meetup, device_form=form)


@never_cache
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show the link of a phone to be scanned or sent, or take it back."""
    device = device_at_desk_for(request.user, slug, number)
    if method_of(request) == "DELETE":
        actions.revoke_device(device, by=_person(request), now=timezone.now())
        told = gettext("The link of “%(label)s” is taken back. The phone forgets the list when it next asks.")
        messages.success(request, told % {"label": device.label})
        return redirect("onsite:desk", slug)
    address = f"{request.build_absolute_uri(reverse('onsite:door', args=[slug]))}#{key_of(device)}"
    qr = qr_svg(address, gettext("The door link as a QR code"))
    shown = {"meetup": device.meetup, "device": device, "address": address, "qr": qr}
    return render(request, "onsite/link.html", shown)


@require_POST
def release(request: HttpRequest, slug: str) -> HttpResponse:
    """State the minute at which seats of people who are not here are released, or that they are not."""
    meetup, by = organised_meetup_for(request.user, slug), _person(request)
    if method_of(request) == "DELETE":
        registration.set_release(meetup, None, by=by, now=timezone.now())
        messages.success(request, gettext("No seats are released by themselves."))
        return redirect("onsite:desk", slug)
    form = ReleaseForm(request.POST)
    at = form.at(meetup, timezone.now()) if form.is_valid() else None
    if at is not None:
        registration.set_release(meetup, at, by=by, now=timezone.now())
        told = gettext("Seats of people who are not here are released at %(time)s.")
        messages.success(request, told % {"time": f"{at:%H:%M}"})
        return redirect("onsite:desk", slug)
    return _desk(request, meetup, release_form=form)


@require_POST
def event(request: HttpRequest, slug: str, number: UUID) -> HttpResponse:
    """Note that somebody has looked at a deed that could not be done."""
    actions.settle(event_at_desk_for(request.user, slug, number), now=timezone.now())
    return redirect("onsite:desk", slug)


def _desk(
    request: HttpRequest, meetup: Meetup, *, device_form: DeviceForm | None = None, release_form: ReleaseForm | None = None
) -> HttpResponse:
    page = queries.desk_page(meetup)
    shown = {
        "meetup": meetup,
        "door": page,
        "device_form": device_form or DeviceForm(),
        "release_form": release_form or ReleaseForm.of(meetup, page.release_at, timezone.now()),
        "is_open": shows_door(meetup.stage),
    }
    return render(request, "onsite/desk.html", shown, status=422 if device_form or release_form else 200)


def _person(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise Http404
    return request.user

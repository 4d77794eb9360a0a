"""The page of a pad, the ticket that lets a browser write, and what is done with a pad."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET, require_POST

from midcycle.accounts.models import Person
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.tickets import issue
from midcycle.meetups.models import Meetup
from midcycle.pads import actions, queries
from midcycle.pads.access import (
    Writer,
    held_part_for,
    key_of,
    may_take_away,
    may_take_part,
    may_tend,
    pad_for,
    role_of,
    tended_pad_for,
    ticket_of,
    writer_of,
    written_by,
)
from midcycle.pads.forms import (
    GuestForm,
)
from midcycle.pads.models import Guest, Pad
from midcycle.pads.rules import TAKEN, may_write_in
from midcycle.pads.views.common import told
from midcycle.web.limits import Limit, origin_of
from midcycle.web.middleware import live_origin

FROM_ONE_PLACE: Final = Limit(120, 60)  # a whole room sits behind one address


@require_GET
@gzip_page
def pad(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Show a pad: readable at once, and to be written in by whoever may."""
    found = pad_for(slug, name)
    return _pad_page(request, found, GuestForm())


def _pad_page(request: HttpRequest, found: Pad, form: GuestForm) -> HttpResponse:
    meetup, live = found.meetup, settings.MIDCYCLE.live_url or live_origin(request)
    writer, parts = _writer(request, meetup), queries.parts_of(found)
    may_write = role_of(writer, found) == "write"
    is_open, knocks = may_write_in(meetup.stage), not isinstance(writer, Person) and not may_write
    context = {
        "meetup": meetup,
        "page": queries.read_pad(found),
        "parts": parts,
        "note_taker": queries.note_taker_of(parts),
        "writer": writer,
        "writer_key": key_of(writer),
        "may_write": may_write,
        "who_writes": "" if may_write else queries.who_writes_in(meetup, now=timezone.now()),
        "tends": is_open and may_tend(request.user, found),
        "takes_part": is_open and may_take_part(request.user, found),
        "takes_away": is_open and may_take_away(request.user, found),
        "live_url": f"{live.rstrip('/')}/live/pads/{found.pk}",
        "guest_form": form if knocks and role_of(Guest(meetup=meetup), found) == "write" and writer.pk is None else None,
    }
    return render(request, "pads/pad.html", context, status=422 if form.errors else 200)


@require_GET
def words(request: HttpRequest, slug: str, name: str) -> JsonResponse:
    """Give the editor what it proposes while somebody types, and who wrote what."""
    found = pad_for(slug, name)
    return JsonResponse(asdict(queries.words_for(written_by(_writer(request, found.meetup), found))))


@require_POST
def ticket(request: HttpRequest, slug: str, name: str) -> JsonResponse:
    """Give a ticket for the live server, good for a minute."""
    found = pad_for(slug, name)
    writer = _writer(request, found.meetup)
    if isinstance(writer, AnonymousUser):
        raise Http404
    return JsonResponse({"ticket": issue(settings.SECRET_KEY, ticket_of(writer, found))})


@require_POST
def let_guest_in(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Let somebody write who is not signed in and gives a name."""
    found = pad_for(slug, name)
    form = GuestForm(request.POST)
    if form.is_valid() and _writer(request, found.meetup).pk is None:
        if FROM_ONE_PLACE.wait(origin_of(request)):
            form.add_error(None, gettext("Many guests came from your network just now. Try again in a minute."))
            return _pad_page(request, found, form)
        try:
            guest = actions.let_guest_in(found.meetup, form.cleaned_data["name"], now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            request.session[_kept_as(found.meetup)] = guest.pk.hex
    if form.errors:
        return _pad_page(request, found, form)
    return redirect("pads:pad", slug, name)


@require_POST
def lock(request: HttpRequest, slug: str, name: str, deed: Callable[..., str]) -> HttpResponse:
    """Lock a pad, or unlock it."""
    found = tended_pad_for(request.user, slug, name)
    if isinstance(request.user, Person):
        by = request.user
        told(request, lambda: deed(found, by=by, now=timezone.now()))
    return redirect("pads:pad", slug, name)


@require_POST
def publish(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Publish what a pad says now."""
    found = tended_pad_for(request.user, slug, name)
    if isinstance(request.user, Person):
        by = request.user
        told(request, lambda: actions.publish(found, by=by, now=timezone.now()))
    return redirect("pads:pad", slug, name)


@require_POST
def take_part(request: HttpRequest, slug: str, name: str, part: str) -> HttpResponse:
    """Take up note-taking or publishing."""
    found = pad_for(slug, name)
    if not may_take_part(request.user, found) or part not in TAKEN or not isinstance(request.user, Person):
        raise Http404
    by = request.user
    told(request, lambda: actions.take_part(found, part, by=by, now=timezone.now()))
    return redirect("pads:pad", slug, name)


@require_POST
def end_part(request: HttpRequest, slug: str, name: str, part: str) -> HttpResponse:
    """End note-taking or publishing, one's own or somebody's."""
    found, held = held_part_for(request.user, slug, name, part)
    if isinstance(request.user, Person):
        by = request.user
        told(request, lambda: actions.end_part(found, held, by=by, now=timezone.now()))
    return redirect("pads:pad", slug, name)


def _writer(request: HttpRequest, meetup: Meetup) -> Writer:
    """Return who writes from this browser."""
    return writer_of(request.user, request.session.get(_kept_as(meetup), ""), meetup)


def _kept_as(meetup: Meetup) -> str:
    return f"pads_guest_{meetup.pk}"

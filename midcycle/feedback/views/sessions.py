"""Saying how a session was, and what the team and its moderators see of it."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from midcycle.agenda.access import session_for
from midcycle.feedback import actions, queries
from midcycle.feedback.access import sees_figures
from midcycle.feedback.forms import MarkForm
from midcycle.feedback.rules.sessions import REASONS
from midcycle.feedback.views.common import done, status_of
from midcycle.meetups.access import meetup_for, organised_meetup_for
from midcycle.meetups.models import Meetup
from midcycle.web.limits import Limit, origin_of

# A whole venue may come from one address.
FROM_ONE_PLACE: Final = Limit(600, 10 * 60)
_SAID: Final = "midcycle_said"
_KEPT_FOR: Final = 30 * 24 * 3600
_MOST: Final = 300


@never_cache
@require_http_methods(["GET", "POST"])
def session(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask how a session was, once in a browser; show those who moderate it how it was."""
    found = session_for(meetup_for(slug), number)
    said = _said(request, found.meetup)
    page = {
        "meetup": found.meetup,
        "session": found,
        "reasons": {key: gettext(name) for key, name in REASONS.items()},
        "said": number in said,
    }
    if sees_figures(request.user, found):
        page["figures"] = queries.session_figures(found, now=timezone.now())
    form = MarkForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and number not in said:
        if wait := FROM_ONE_PLACE.wait(origin_of(request)):
            often = gettext("Very many people answer from your network just now. Wait %(wait)s seconds, and send this again.")
            form.add_error(None, often % {"wait": wait})
            return render(request, "feedback/session.html", {**page, "form": form}, status=429)
        told = form.cleaned_data
        if done(form, lambda: actions.judge_session(found, told["mark"], told["reason"], now=timezone.now())):
            return _remembering(redirect("feedback:session", slug, number), found.meetup, [*said, number])
    return render(request, "feedback/session.html", {**page, "form": form}, status=status_of(form))


@require_GET
def in_room(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead whoever scans the code at a door to the session that began there last."""
    meetup = meetup_for(slug)
    last = queries.held_last(meetup, request.GET.get("room", "").replace("\0", ""), now=timezone.now())
    if last is None:
        return render(request, "feedback/no_session.html", {"meetup": meetup})
    return redirect("feedback:session", slug, last.pk)


@require_GET
def sessions(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the organisers how all sessions were."""
    meetup = organised_meetup_for(request.user, slug)
    page = queries.sessions_page(meetup, now=timezone.now())
    return render(request, "feedback/sessions.html", {"meetup": meetup, "page": page})


def _said(request: HttpRequest, meetup: Meetup) -> list[int]:
    """Return the sessions this browser has said something about, as its own cookie tells: nothing else knows."""
    told = request.get_signed_cookie(_SAID, default="", salt=meetup.slug, max_age=_KEPT_FOR) or ""
    return [int(part) for part in told.split(".") if part.isascii() and part.isdigit()]


def _remembering(response: HttpResponse, meetup: Meetup, said: list[int]) -> HttpResponse:
    value = ".".join(str(number) for number in said[-_MOST:])
    response.set_signed_cookie(
        _SAID, value, salt=meetup.slug, max_age=_KEPT_FOR, path=meetup.path, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response

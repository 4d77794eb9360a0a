"""A person's own agenda, and the stars that fill it."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from midcycle.accounts.models import Person
from midcycle.agenda import actions, queries
from midcycle.agenda.access import personal_for, personal_for_key, session_for
from midcycle.engines.schedules.model import NoDates
from midcycle.meetups.access import meetup_for
from midcycle.web.ready import Ready, answer
from midcycle.web.requests import method_of, show, sign_in_first, wants_fragment


@login_required
@require_safe
def my_agenda(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the agenda of who is signed in."""
    personal = personal_for(request.user, slug)
    show(request, personal.meetup)
    mine = queries.my_agenda(personal, timezone.now())
    shown = {"meetup": personal.meetup, "mine": mine, "site": settings.MIDCYCLE.public_url_used}
    return render(request, "agenda/mine.html", shown)


@login_required
@require_POST
def feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a new address for one's own calendar, which ends the old one, or take it back."""
    personal = personal_for(request.user, slug)
    if not isinstance(request.user, Person):
        raise Http404
    if method_of(request) == "DELETE":
        actions.close_feed(personal.meetup, request.user, now=timezone.now())
        messages.success(request, gettext("The address of your calendar opens nothing any more."))
    else:
        actions.open_feed(personal.meetup, request.user, now=timezone.now())
    return redirect(f"{resolve_url('agenda:my_agenda', slug)}#calendar")


@require_http_methods(["GET", "POST", "DELETE"])
def about_me(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what the agenda of a meetup holds about the visitor; a DELETE erases it."""
    meetup = meetup_for(slug)
    if not isinstance(request.user, Person):
        return sign_in_first(request, request.path, why=gettext("Sign in to see what the agenda knows about you."))
    if method_of(request) == "DELETE":
        actions.erase_traces(meetup, request.user, now=timezone.now())
        messages.success(request, gettext("Erased. A part you have in a session stays until the organisers take it away."))
        return redirect("agenda:about_me", slug)
    shown = {"meetup": meetup, "traces": queries.traces_of(meetup, request.user)}
    response = render(request, "agenda/about_me.html", shown)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
def about_me_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the visitor what the agenda of a meetup holds about them, as JSON."""
    meetup = meetup_for(slug)
    if not isinstance(request.user, Person):
        raise Http404
    told = {"meetup": {"title": meetup.title, "page": meetup.path}, **vars(queries.traces_of(meetup, request.user))}
    headers = {"Content-Disposition": f'attachment; filename="{slug}-agenda.json"', "Cache-Control": "private, no-store"}
    return JsonResponse(told, headers=headers, json_dumps_params={"ensure_ascii": False, "indent": 2})


@login_required
@require_POST
def pick(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Put a released session into one's own agenda or take it out; what only the board has is not told."""
    session = session_for(meetup_for(slug), number)
    released = queries.released_agenda(session.meetup)
    held = released.session(number) if released else None
    if held is None or not isinstance(request.user, Person):
        raise Http404
    wanted = request.POST.get("wanted") == "1"
    actions.pick(session, request.user, wanted=wanted, now=timezone.now())
    if wants_fragment(request):
        facts = {"slug": slug, "number": number, "title": held.title, "picked": wanted}
        return render(request, "agenda/star.html", {**facts, "back": request.POST.get("back", "")})
    if request.POST.get("back") == "session":
        return redirect("agenda:session", slug, number)
    where = "agenda:my_agenda" if request.POST.get("back") == "mine" else "agenda:agenda"
    return redirect(f"{resolve_url(where, slug)}#session-{number}")


@require_safe
def my_calendar(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Give one person's agenda to a calendar app, which cannot sign in: the key in the address opens it."""
    personal, _ = personal_for_key(slug, request.GET.get("key", ""))
    try:
        calendar = queries.my_calendar(personal)
    except NoDates:
        calendar = None
    if calendar is None:
        raise Http404
    found = answer(request, Ready.of(calendar, "text/calendar; charset=utf-8"), caching="private, max-age=60")
    found.headers["Content-Disposition"] = f'inline; filename="{slug}.ics"'
    found.headers["X-Robots-Tag"] = "noindex"  # whoever pastes the address somewhere has told a few people, not everybody
    return found

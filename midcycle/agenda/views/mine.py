"""A person's own agenda, and the stars that fill it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from midcycle.accounts.models import Person
from midcycle.agenda import actions, queries
from midcycle.agenda.access import person_for_key, session_for
from midcycle.engines.schedules.model import NoDates
from midcycle.meetups.access import meetup_for
from midcycle.web.requests import wants_fragment


@login_required
@require_safe
def my_agenda(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the agenda of who is signed in."""
    meetup = meetup_for(slug)
    if not isinstance(request.user, Person):
        raise Http404
    mine = queries.my_agenda(meetup, request.user, timezone.now())
    return render(request, "agenda/mine.html", {"meetup": meetup, "mine": mine})


@login_required
@require_POST
def pick(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Put a session into one's own agenda or take it out."""
    session = session_for(meetup_for(slug), number)
    if not isinstance(request.user, Person):
        raise Http404
    wanted = request.POST.get("wanted") == "1"
    actions.pick(session, request.user, wanted=wanted, now=timezone.now())
    if wants_fragment(request):
        facts = {"slug": slug, "number": number, "title": session.title, "picked": wanted}
        return render(request, "agenda/star.html", {**facts, "back": request.POST.get("back", "")})
    if request.POST.get("back") == "session":
        return redirect("agenda:session", slug, number)
    where = "agenda:my_agenda" if request.POST.get("back") == "mine" else "agenda:agenda"
    return redirect(f"{resolve_url(where, slug)}#session-{number}")


@require_safe
def my_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Give one person's agenda to a calendar app, which cannot sign in: the key in the address opens it."""
    meetup = meetup_for(slug)
    person = person_for_key(meetup, request.GET.get("key", ""))
    try:
        calendar = queries.my_calendar(meetup, person)
    except NoDates:
        calendar = None
    if calendar is None:
        raise Http404
    return HttpResponse(calendar, content_type="text/calendar; charset=utf-8", headers={"Cache-Control": "private, max-age=60"})

"""Sessions moved on the board by hand, what each move would cost, and what others did meanwhile."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from midcycle.agenda import actions, queries
from midcycle.agenda.access import organised_session_for, organiser_for, session_for
from midcycle.agenda.forms import MovedForm, SeenForm
from midcycle.agenda.views.board import back, put, shown_board, take_off
from midcycle.kernel.refusal import Refusal
from midcycle.web.requests import method_of


@require_POST
def moves(request: HttpRequest, slug: str) -> HttpResponse:
    """Move a session to a place or to the tray; a DELETE takes back the last move this organiser made."""
    meetup, organiser = organiser_for(request.user, slug)
    if method_of(request) == "DELETE":
        try:
            messages.success(request, actions.undo(meetup, by=organiser, now=timezone.now()))
        except Refusal as refusal:
            messages.warning(request, refusal.message)
        return back(request, meetup, organiser)
    form = MovedForm(request.POST)
    if not form.is_valid():
        messages.warning(request, gettext("That move could not be read. Look at the board and move it again."))
        return back(request, meetup, organiser)
    session = session_for(meetup, form.cleaned_data["session"])
    if request.POST.get("place") == "tray":
        take_off(request, session, organiser)
    else:
        put(request, session, organiser)
    return back(request, meetup, organiser, session)


@require_POST
def undone(request: HttpRequest, slug: str) -> HttpResponse:
    """Make the move again that this organiser took back last."""
    meetup, organiser = organiser_for(request.user, slug)
    try:
        messages.success(request, actions.redo(meetup, by=organiser, now=timezone.now()))
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    return back(request, meetup, organiser)


@require_safe
def news(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the board again if it is another than the version that is seen, and say what others moved; else nothing."""
    meetup, organiser = organiser_for(request.user, slug)
    form = SeenForm(request.GET)
    seen = form.cleaned_data["version"] if form.is_valid() else None
    if seen is not None and queries.version_of(meetup) <= seen:
        return HttpResponse(status=204)
    for sentence in queries.moves_since(meetup, seen or 0, organiser) if seen is not None else ():
        messages.info(request, sentence)
    return render(request, "agenda/board.html#board", {**shown_board(meetup, organiser), "fragment": True})


@require_POST
def lock(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Lock a session where it is, or unlock it."""
    session, organiser = organised_session_for(request.user, slug, number)
    try:
        actions.lock(session, locked=method_of(request) != "DELETE", by=organiser, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    return back(request, session.meetup, organiser, session)


@require_safe
def prices(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Return what moving a session to each place would cost, for the board while somebody drags it. No names of supporters."""
    session, _ = organised_session_for(request.user, slug, number)
    places = {
        priced.value: {
            "name": priced.name,
            "change": priced.price.change,
            "refused": bool(priced.price.refused),
            "here": priced.price.here,
            "conflicts": len(priced.price.conflicts),
            "words": priced.price.words,
        }
        for priced in queries.prices_of(session)
    }
    return JsonResponse({"places": places})


@require_safe
def why(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say why a session is where it is and what every other time would cost, with a button that moves it there."""
    session, _ = organised_session_for(request.user, slug, number)
    version = queries.version_of(session.meetup)
    shown = {"meetup": session.meetup, "session": session, "version": version, "reasons": queries.reasons_for(session)}
    return render(request, "agenda/why.html", shown)

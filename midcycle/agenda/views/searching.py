"""The search for a better agenda: how far it is, and what organisers do about it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from midcycle.agenda import actions, queries
from midcycle.agenda.access import organised_search_for, organiser_for
from midcycle.agenda.views.board import back
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.models import Meetup
from midcycle.web.requests import method_of, wants_fragment


@require_http_methods(["GET", "POST"])
def search(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how far the search is, with its proof; a POST begins a new one, a DELETE stops it."""
    if method_of(request) == "DELETE":
        found, organiser = organised_search_for(request.user, slug)
        _do(request, lambda: actions.stop_search(found, by=organiser, now=timezone.now()))
        return back(request, found.meetup, organiser, focus="search")
    meetup, organiser = organiser_for(request.user, slug)
    if request.method == "POST":
        _do(request, lambda: actions.begin_search(meetup, by=organiser, now=timezone.now()))
        return back(request, meetup, organiser, focus="search")
    return _shown(request, meetup, queries.search_of(meetup))


def _shown(request: HttpRequest, meetup: Meetup, found: queries.Searching | None) -> HttpResponse:
    """Show the page, or the part of it that HTMX asks for again: nothing when that has been seen already."""
    shown = {"meetup": meetup, "search": found}
    if not wants_fragment(request):
        return render(request, "agenda/search.html", shown)
    if request.GET.get("seen", "") == (found.mark if found else "none"):
        return HttpResponse(status=204)
    part = "figures" if request.headers.get("HX-Target") == "search-figures" else "panel"
    return render(request, f"agenda/search.html#{part}", shown)


@require_POST
def search_on(request: HttpRequest, slug: str) -> HttpResponse:
    """Let the search go on from what it found."""
    found, organiser = organised_search_for(request.user, slug)
    _do(request, lambda: actions.go_on(found, by=organiser, now=timezone.now()))
    return back(request, found.meetup, organiser, focus="search")


@require_POST
def search_put(request: HttpRequest, slug: str) -> HttpResponse:
    """Put what was found onto the board."""
    found, organiser = organised_search_for(request.user, slug)
    try:
        drafted = actions.put_search(found, by=organiser, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    else:
        told = ngettext(
            "%(met)s of %(wanted)s wishes met. Undo brings back what was there.",
            "%(met)s of %(wanted)s wishes met. Undo brings back what was there.",
            drafted.wanted,
        )
        messages.success(request, told % {"met": drafted.met, "wanted": drafted.wanted})
    return back(request, found.meetup, organiser, focus="undo")


@require_safe
def search_file(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Give the problem or the plan as a file anybody can check the proof with."""
    meetup, _ = organiser_for(request.user, slug)
    text = queries.search_file(meetup, name)
    if text is None:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{meetup.slug}-{name}.json"', "Cache-Control": "private, no-store"}
    return HttpResponse(text, "application/json", headers=headers)


def _do(request: HttpRequest, deed: Callable[[], object]) -> None:
    try:
        deed()
    except Refusal as refusal:
        messages.warning(request, refusal.message)

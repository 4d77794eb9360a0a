"""Wanting no more letters to many: a tiny page behind a link of one's own, and one click from a mail program."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from midcycle.mailing import actions, queries
from midcycle.mailing.access import reader_for, weekly_reader_for


@csrf_exempt
@require_http_methods(["GET", "POST"])
def wish(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Let somebody get no more letters to many of a meetup, or get them again; whoever has the link needs no sign-in.

    Mail programs send RFC 8058's one-click form from anywhere, without a cookie, and take no redirect for an answer:
    the link itself is the proof. Opening it changes nothing, since programs that look for viruses open every link.
    """
    reader = reader_for(slug, key)
    if request.method == "POST":
        act = actions.want_mailings if request.POST.get("again") else actions.want_no_mailings
        act(reader.meetup, reader.person, now=timezone.now())
    page = {"meetup": reader.meetup, "silent": queries.wants_no_mailings(reader.meetup, reader.person)}
    return _private(render(request, "mailing/wish.html", page))


@csrf_exempt
@require_http_methods(["GET", "POST"])
def weekly(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Let somebody get the letter of a week, or no more of it; the link is the proof, as above."""
    reader = reader_for(slug, key)
    if request.method == "POST":
        act = actions.want_weekly if request.POST.get("again") else actions.want_no_weekly
        act(reader.meetup, reader.person, now=timezone.now())
    wants = queries.wants_weekly(reader.meetup, reader.person.pk)
    page = {"meetup": reader.meetup, "reader": reader, "wants": wants, "own": request.path}
    return _private(render(request, "mailing/weekly.html", page))


@never_cache
@require_GET
def weekly_door(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead whoever is signed in, or has a seat whose address is proven, to where they ask for the letter of a week."""
    meetup, person = weekly_reader_for(request.user, slug, request.GET.get("seat", ""))
    if person is not None:
        return redirect(queries.weekly_path(meetup, person))
    return render(request, "mailing/weekly.html", {"meetup": meetup, "reader": None})


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response

"""Letters about the plan: which somebody wants, the link that stops them, and the address of a calendar."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from midcycle.planning import actions, queries
from midcycle.planning.access import calendar_for, reader_for, team_for
from midcycle.planning.forms import WishesForm
from midcycle.web.ready import Ready, answer
from midcycle.web.requests import method_of


@require_http_methods(["GET", "POST"])
def letters(request: HttpRequest, slug: str) -> HttpResponse:
    """Let somebody of a team choose which letters they get, and give their calendar an address."""
    team = team_for(request.user, slug)
    membership = queries.membership_of(team.meetup, team.person)
    form = WishesForm(request.POST or None, initial={"reminders": membership.reminders, "weekly": membership.weekly})
    if request.method == "POST":
        form = WishesForm(request.POST)
        form.full_clean()
        actions.set_wishes(team.meetup, team.person, **form.cleaned_data, now=timezone.now())
        messages.success(request, gettext("Saved."))
        return redirect("planning:letters", slug)
    page = {"meetup": team.meetup, "form": form, "membership": membership, "site": settings.MIDCYCLE.public_url_used}
    return render(request, "planning/letters.html", page)


@require_POST
def address(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a new address for one's own calendar, which ends the old one, or take it back."""
    team = team_for(request.user, slug)
    if method_of(request) == "DELETE":
        actions.close_calendar(team.meetup, team.person, now=timezone.now())
        messages.success(request, gettext("The address of your calendar opens nothing any more."))
    else:
        actions.open_calendar(team.meetup, team.person, now=timezone.now())
    return redirect("planning:letters", slug)


@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Give due days to a calendar app, which cannot sign in: the key in the address opens it."""
    membership = calendar_for(slug, request.GET.get("key", ""))
    owner = membership.person_id if request.GET.get("whose") == "mine" else None
    made = queries.calendar(membership.meetup, owner, today=queries.today_at(membership.meetup, timezone.now()))
    found = answer(request, Ready.of(made, "text/calendar; charset=utf-8"), caching="private, max-age=300")
    found.headers["Content-Disposition"] = f'inline; filename="{slug}-tasks.ics"'
    found.headers["X-Robots-Tag"] = "noindex"
    return found


@csrf_exempt
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Let somebody get no more letters about a plan, or get them again; whoever has the link needs no sign-in.

    Opening it changes nothing, since programs that look for viruses open every link.
    """
    reader = reader_for(slug, key)
    if request.method == "POST":
        again = bool(request.POST.get("again"))
        actions.set_wishes(reader.meetup, reader.person, reminders=again, weekly=False, now=timezone.now())
    silent = not queries.membership_of(reader.meetup, reader.person).reminders
    response = render(request, "planning/stop.html", {"meetup": reader.meetup, "silent": silent})
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response

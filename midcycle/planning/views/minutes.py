"""Minutes of the team's meetings."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import lines
from midcycle.planning import actions, queries
from midcycle.planning.access import minutes_for, team_for
from midcycle.planning.forms import MinutesForm
from midcycle.planning.rules import LONGEST, Log, html_in_words, read_log
from midcycle.web.requests import method_of


@require_safe
def all_minutes(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a team its minutes."""
    team = team_for(request.user, slug)
    page = {"meetup": team.meetup, "all_minutes": queries.minutes_of(team.meetup)}
    return render(request, "planning/all_minutes.html", page)


@require_http_methods(["GET", "POST"])
def new_minutes(request: HttpRequest, slug: str) -> HttpResponse:
    """Take minutes. What a MeetBot wrote is shown as what was read from it, and kept once somebody has looked at it."""
    team = team_for(request.user, slug)
    log = read_log(lines(request.POST.get("text", "")[: LONGEST["log"]]))
    if log is not None:
        return _look_over(request, slug, log)
    today = queries.today_at(team.meetup, timezone.now())
    form = MinutesForm(request.POST or None, initial={"title": gettext("Weekly meeting"), "held_on": today})
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.write_minutes(team.meetup, form.written(), by=team.person, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, _kept(kept.tasks.count()))
            return redirect("planning:minutes", slug, kept.pk)
    page = {"meetup": team.meetup, "form": form}
    return render(request, "planning/write_minutes.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def minutes(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show minutes with the tasks that came of them, or take them away."""
    found, by = minutes_for(request.user, slug, number)
    if method_of(request) == "DELETE":
        actions.remove_minutes(found, by=by, now=timezone.now())
        messages.success(request, gettext("The minutes are gone. Their tasks are still on the list."))
        return redirect("planning:all_minutes", slug)
    page = {"meetup": found.meetup, "minutes": found, "html": html_in_words(found.html)}
    page["tasks"] = queries.tasks_of_minutes(found, now=timezone.now())
    return render(request, "planning/minutes.html", page)


@require_http_methods(["GET", "POST"])
def text(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change minutes."""
    found, by = minutes_for(request.user, slug, number)
    form, changed = MinutesForm(request.POST or None, found), None
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_minutes(found, form.written(), seen=form.seen(), by=by, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
            changed, _ = minutes_for(request.user, slug, number)
            form.data = {**request.POST.dict(), "edition": str(changed.edition)}
        else:
            messages.success(request, gettext("The minutes are changed."))
            return redirect("planning:minutes", slug, number)
    page = {"meetup": found.meetup, "form": form, "minutes": found, "changed": changed}
    return render(request, "planning/write_minutes.html", page, status=422 if form.errors else 200)


def _kept(tasks: int) -> str:
    kept = gettext("The minutes are kept.")
    made = ngettext("%(count)s task is on the list.", "%(count)s tasks are on the list.", tasks) % {"count": tasks}
    return f"{kept} {made}" if tasks else kept


def _look_over(request: HttpRequest, slug: str, log: Log) -> HttpResponse:
    """Show what was read from a log, to be looked over and kept."""
    team = team_for(request.user, slug)
    typed = request.POST.get("title", "")
    read = {
        "title": log.title or typed,
        "held_on": log.held_on or request.POST.get("held_on", ""),
        "present": ", ".join(log.present),
        "text": log.text,
    }
    page = {"meetup": team.meetup, "form": MinutesForm(initial=read), "log": log}
    return render(request, "planning/write_minutes.html", page)

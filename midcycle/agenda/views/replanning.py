"""The page for the day itself: what has changed, what could be done about it, and the choice."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from midcycle.agenda import actions, queries
from midcycle.agenda.access import organised_option_for, organiser_for
from midcycle.agenda.forms import AwayForm, ShutForm
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.models import Meetup
from midcycle.web.requests import wants_fragment


@require_http_methods(["GET", "POST"])
def replan(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what has changed and what could be done; a POST works that out."""
    meetup, organiser = organiser_for(request.user, slug)
    if request.method == "POST":
        try:
            actions.replan(meetup, by=organiser, now=timezone.now())
        except Refusal as refusal:
            messages.warning(request, refusal.message)
            return redirect("agenda:replan", slug)
        return redirect(f"{resolve_url('agenda:replan', slug)}#options")
    if wants_fragment(request):
        shown = {"meetup": meetup, "options": queries.options(meetup, timezone.now()), "fragment": True}
        return render(request, "agenda/replan.html#panel", shown)
    return _page(request, meetup)


@require_POST
def away(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that somebody is away, from now on or at some times."""
    meetup, organiser = organiser_for(request.user, slug)
    times = queries.times_to_come(meetup, timezone.now())
    form = AwayForm(times, queries.needed_people(meetup), request.POST)
    if not form.is_valid():
        return _page(request, meetup, away_form=form)
    person = form.cleaned_data["person"]
    try:
        actions.be_away(meetup, person, form.slots(), by=organiser, now=timezone.now())
    except Refusal as refusal:
        form.add_error(refusal.field, refusal.message)
        return _page(request, meetup, away_form=form)
    told, when = gettext("%(name)s is away from now on. Work out what to do."), _when(form.slots(), times)
    if when:
        told = gettext("%(name)s is away at %(times)s. Work out what to do.")
    messages.success(request, told % {"name": person, "times": when})
    return redirect("agenda:replan", slug)


@require_POST
def shut(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that a room is shut, from now on or at some times."""
    meetup, organiser = organiser_for(request.user, slug)
    times = queries.times_to_come(meetup, timezone.now())
    form = ShutForm(times, queries.rooms_of(meetup), request.POST)
    if not form.is_valid():
        return _page(request, meetup, shut_form=form)
    room = form.cleaned_data["room"]
    try:
        actions.shut_room(room, form.slots(), by=organiser, now=timezone.now())
    except Refusal as refusal:
        form.add_error(refusal.field, refusal.message)
        return _page(request, meetup, shut_form=form)
    told, when = gettext("%(room)s is shut from now on. Work out what to do."), _when(form.slots(), times)
    if when:
        told = gettext("%(room)s is shut at %(times)s. Work out what to do.")
    messages.success(request, told % {"room": room, "times": when})
    return redirect("agenda:replan", slug)


@require_POST
def choose(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Put one of the options onto the board; what it changes is told before the release."""
    found, organiser = organised_option_for(request.user, slug, kind)
    try:
        moved = actions.put_replan(found, by=organiser, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, refusal.message)
        return redirect(f"{resolve_url('agenda:replan', slug)}#options")
    told = ngettext(
        "%(count)s session moved on the board; Undo there takes it back. Release the agenda, so that everybody knows.",
        "%(count)s sessions moved on the board; Undo there takes it back. Release the agenda, so that everybody knows.",
        moved,
    )
    messages.success(request, told % {"count": moved})
    return redirect("agenda:release", slug)


def _when(slots: frozenset[int], times: tuple[tuple[int, str], ...]) -> str:
    """Return at which of the times to come, in words; blank for all of them, from now on."""
    return "" if len(slots) == len(times) else ", ".join(name for number, name in times if number in slots)


def _page(
    request: HttpRequest, meetup: Meetup, *, away_form: AwayForm | None = None, shut_form: ShutForm | None = None
) -> HttpResponse:
    """Show the page, with the form that was sent as it was typed."""
    now = timezone.now()
    changed = queries.changed(meetup, now)
    shown = {
        "meetup": meetup,
        "changed": changed,
        "options": queries.options(meetup, now),
        "away": away_form or AwayForm(changed.times, queries.needed_people(meetup)),
        "shut": shut_form or ShutForm(changed.times, queries.rooms_of(meetup)),
    }
    return render(request, "agenda/replan.html", shown, status=422 if away_form or shut_form else 200)

"""Who is not there all the time, what is promised to stay free, and what deserves a second look."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from midcycle.accounts.models import Person
from midcycle.agenda import actions, queries
from midcycle.agenda.access import known_person_for, organiser_for
from midcycle.agenda.forms import FreeTimeForm, PresenceForm, ReshapeForm
from midcycle.agenda.rules import format_within
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.models import Meetup
from midcycle.web.requests import wants_fragment


@require_http_methods(["GET", "POST"])
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who is not there all the time; a POST says so of somebody."""
    meetup, organiser = organiser_for(request.user, slug)
    form = PresenceForm(
        queries.slot_choices(meetup), who=queries.known_people(meetup), data=request.POST if request.method == "POST" else None
    )
    if form.is_valid() and _say(meetup, form.cleaned_data["person"] or form.cleaned_data["email"], form, organiser):
        messages.success(request, gettext("Saved. The next draft keeps to it."))
        return redirect("agenda:people", slug)
    shown = {"meetup": meetup, "people": queries.people_with_limits(meetup), "form": form}
    return render(request, "agenda/people.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change when somebody is there."""
    meetup, who, organiser = known_person_for(request.user, slug, number)
    form = PresenceForm(
        queries.slot_choices(meetup), queries.presence_of(meetup, who), data=request.POST if request.method == "POST" else None
    )
    if form.is_valid() and _say(meetup, who, form, organiser):
        messages.success(request, gettext("Saved. The next draft keeps to it."))
        return redirect("agenda:people", slug)
    shown = {"meetup": meetup, "who": who, "form": form}
    return render(request, "agenda/person.html", shown, status=422 if form.errors else 200)


@require_POST
def free_time(request: HttpRequest, slug: str) -> HttpResponse:
    """Promise free time, or take the promise back."""
    meetup, organiser = organiser_for(request.user, slug)
    form = FreeTimeForm(request.POST)
    if form.is_valid():
        actions.promise_free_time(meetup, form.cleaned_data["free_minutes"], by=organiser, now=timezone.now())
        messages.success(request, gettext("Saved. You are warned when a day has less."))
    else:
        messages.warning(request, gettext("Type the minutes as a whole number from 0 to 720."))
    return redirect(f"{resolve_url('agenda:rooms', slug)}#free-time")


@require_http_methods(["GET", "POST"])
def hints(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what the agenda would be better without, for the board the list alone; a POST reshapes what is too small."""
    meetup, organiser = organiser_for(request.user, slug)
    if request.method == "POST":
        _reshape(request, meetup, organiser)
        return redirect("agenda:board", slug)
    shown = {"meetup": meetup, "hints": queries.hints_for(meetup)}
    return render(request, "agenda/hints.html#list" if wants_fragment(request) else "agenda/hints.html", shown)


def _reshape(request: HttpRequest, meetup: Meetup, organiser: Person) -> None:
    form = ReshapeForm(request.POST)
    if not form.is_valid():
        messages.warning(request, gettext("Choose one of the formats below what deserves a second look."))
        return
    try:
        done = actions.reshape_small_sessions(meetup, **form.cleaned_data, by=organiser, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    else:
        told = ngettext(
            "%(count)s session has another format now: %(format)s.",
            "%(count)s sessions have another format now: %(format)s.",
            done,
        )
        messages.success(request, told % {"count": done, "format": format_within(form.cleaned_data["into"])})


def _say(meetup: Meetup, who: Person | str, form: PresenceForm, organiser: Person) -> bool:
    try:
        if isinstance(who, Person):
            actions.set_presence(meetup, who, form.presence(), by=organiser, now=timezone.now())
        else:
            actions.set_presence_of_address(meetup, who, form.presence(), by=organiser, now=timezone.now())
    except Refusal as refusal:
        form.add_error(refusal.field, refusal.message)
        return False
    return True

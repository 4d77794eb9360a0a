"""Rooms and slots, on one page, and a page for each to change it."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from midcycle.agenda import actions, queries
from midcycle.agenda.access import organised_room_for, organised_slot_for, organiser_for
from midcycle.agenda.forms import FreeTimeForm, RoomFactsForm, RoomForm, SlotForm, UsualDayForm
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.models import Meetup
from midcycle.web.requests import method_of


@require_http_methods(["GET", "POST"])
def rooms(request: HttpRequest, slug: str) -> HttpResponse:
    """Show rooms and slots; a POST adds a room."""
    meetup, organiser = organiser_for(request.user, slug)
    form = RoomForm(request.POST or None)
    if form.is_valid():
        try:
            made = actions.add_room(meetup, **form.cleaned_data, by=organiser, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, gettext("%(name)s is added.") % {"name": made.name})
            return redirect(f"{resolve_url('agenda:rooms', slug)}?next=room")  # no fragment: it would win over the focus
    if request.GET.get("next") == "room":  # one was added just now: go on typing
        form.fields["name"].widget.attrs["autofocus"] = True
    return _page(request, meetup, room_form=form)


@require_POST
def slots(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a slot."""
    meetup, organiser = organiser_for(request.user, slug)
    form = SlotForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.add_slot(meetup, **given, by=organiser, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, gettext("The slot is added."))
            return redirect(f"{resolve_url('agenda:rooms', slug)}#day-{given['day']}")
    return _page(request, meetup, slot_form=form)


@require_POST
def usual_days(request: HttpRequest, slug: str) -> HttpResponse:
    """Make the slots of a usual day for every day that has none."""
    meetup, organiser = organiser_for(request.user, slug)
    form = UsualDayForm(request.POST)
    if form.is_valid():
        try:
            made = actions.fill_days(meetup, form.usual(), by=organiser, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            told = ngettext(
                "%(count)s slot is made. Change the ones that differ.",
                "%(count)s slots are made. Change the ones that differ.",
                made,
            )
            messages.success(request, told % {"count": made})
            return redirect(f"{resolve_url('agenda:rooms', slug)}#day-1")
    return _page(request, meetup, usual_form=form)


@require_http_methods(["GET", "POST"])
def room(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change a room or remove it."""
    held, organiser = organised_room_for(request.user, slug, number)
    times, others = queries.slot_choices(held.meetup), queries.room_choices(held.meetup, beside=held)
    form = RoomFactsForm(held, times, others, queries.fittings_of(held), request.POST or None)
    if method_of(request) == "DELETE":
        lost = actions.remove_room(held, by=organiser, now=timezone.now())
        messages.success(request, _with_lost(gettext("%(name)s is removed.") % {"name": held.name}, lost))
        return redirect("agenda:rooms", slug)
    if form.is_valid():
        try:
            actions.change_room(held, form.facts(), fittings=form.fittings(), by=organiser, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, gettext("The room is saved."))
            return redirect(f"{resolve_url('agenda:rooms', slug)}#rooms")
    return render(request, "agenda/room.html", {"meetup": held.meetup, "form": form, "place": held})


@require_http_methods(["GET", "POST"])
def slot(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change a slot or remove it."""
    held, organiser = organised_slot_for(request.user, slug, number)
    facts = {"day": held.day, "starts": held.starts, "ends": held.ends, "kind": held.kind, "label": held.label}
    facts["only"] = held.only
    form = SlotForm(request.POST or None, initial=facts)
    if method_of(request) == "DELETE":
        lost = actions.remove_slot(held, by=organiser, now=timezone.now())
        messages.success(request, _with_lost(gettext("The slot is removed."), lost))
        return redirect("agenda:rooms", slug)
    if form.is_valid():
        try:
            actions.change_slot(held, form.facts(), by=organiser, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, gettext("The slot is saved."))
            return redirect(f"{resolve_url('agenda:rooms', slug)}#day-{form.facts().day}")
    return render(request, "agenda/place.html", {"meetup": held.meetup, "form": form, "place": held})


def _page(
    request: HttpRequest,
    meetup: Meetup,
    *,
    room_form: Form | None = None,
    slot_form: Form | None = None,
    usual_form: Form | None = None,
) -> HttpResponse:
    """Show the page with the form that was sent as it was typed, the others empty."""
    sent = {"room": room_form or RoomForm(), "slot": slot_form or SlotForm(), "usual": usual_form or UsualDayForm()}
    for name, form in sent.items():
        form.auto_id = f"{name}_%s"  # three forms on one page
    planning = queries.planning(meetup)
    free = FreeTimeForm(initial={"free_minutes": planning.promised})
    return render(request, "agenda/rooms.html", {"meetup": meetup, "planning": planning, "free": free, **sent})


def _with_lost(told: str, count: int) -> str:
    """Return what to tell, also about sessions that had their place there."""
    lost = ngettext(
        "%(count)s session has no place now: draft again, or place them by hand.",
        "%(count)s sessions have no place now: draft again, or place them by hand.",
        count,
    )
    return f"{told} {lost % {'count': count}}" if count else told

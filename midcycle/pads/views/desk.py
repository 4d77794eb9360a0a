"""What organisers do with the pads of a meetup: open them, name them, bring notes in, say who writes, take names away."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from midcycle.accounts.models import Person
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.access import organised_meetup_for
from midcycle.pads import actions, queries
from midcycle.pads.access import guest_for, named_writer_for
from midcycle.pads.forms import (
    ImportForm,
    NameForm,
    NamingForm,
    PadForm,
    WritersForm,
)
from midcycle.pads.models import Pad
from midcycle.pads.rules import USUAL_NAMING, pad_name
from midcycle.pads.views.common import told


@require_http_methods(["GET", "POST"])
def open_pad(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a pad that belongs to no session."""
    meetup = organised_meetup_for(request.user, slug)
    form = PadForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and isinstance(request.user, Person):
        try:
            actions.open_pad(meetup, **form.cleaned_data, by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            return redirect("pads:pad", slug, form.cleaned_data["name"])
    return render(request, "pads/open.html", {"form": form, "meetup": meetup})


@require_POST
def open_all(request: HttpRequest, slug: str) -> HttpResponse:
    """Open the pads of all sessions that have none."""
    meetup = organised_meetup_for(request.user, slug)
    opened = actions.open_pads(meetup, by=request.user if isinstance(request.user, Person) else None, now=timezone.now())
    messages.success(request, ngettext("One pad opened.", "%(count)s pads opened.", opened) % {"count": opened})
    return redirect("pads:pads", slug)


@require_http_methods(["GET", "POST"])
def naming(request: HttpRequest, slug: str) -> HttpResponse:
    """Say how new pads are named."""
    meetup = organised_meetup_for(request.user, slug)
    form = NamingForm(request.POST or None, initial={"naming": queries.naming_of(meetup) or USUAL_NAMING})
    if request.method == "POST" and form.is_valid() and isinstance(request.user, Person):
        try:
            actions.name_pads(meetup, form.cleaned_data["naming"], by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            example = pad_name(meetup.city, "Upgrades without downtime", (), form.cleaned_data["naming"])
            messages.success(request, gettext("New pads are named like %(example)s.") % {"example": example})
            return redirect("pads:pads", slug)
    return render(request, "pads/naming.html", {"form": form, "meetup": meetup}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def take_over(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring notes in from elsewhere, into new pads."""
    meetup = organised_meetup_for(request.user, slug)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and isinstance(request.user, Person):
        try:
            made = actions.take_over(meetup, form.cleaned_data["found"], by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, _said_of(made, queries.with_history(made)))
            return redirect("pads:pads", slug) if len(made) != 1 else redirect("pads:pad", slug, made[0].name)
    return render(request, "pads/import.html", {"form": form, "meetup": meetup}, status=422 if form.errors else 200)


def _said_of(made: Sequence[Pad], past: int) -> str:
    """Return what to say of pads that were brought in, so many of them with their past."""
    if len(made) == 1:
        with_past, without = gettext("%(title)s brought in with its history."), gettext("%(title)s brought in.")
        return (with_past if past else without) % {"title": made[0].title}
    if not past:
        return ngettext("%(count)s pad brought in.", "%(count)s pads brought in.", len(made)) % {"count": len(made)}
    message = ngettext(
        "%(count)s pad brought in, %(past)s of them with their history.",
        "%(count)s pads brought in, %(past)s of them with their history.",
        len(made),
    )
    return message % {"count": len(made), "past": past}


@require_http_methods(["GET", "POST"])
def writers(request: HttpRequest, slug: str) -> HttpResponse:
    """Say who writes in the pads of a meetup, and see its guests."""
    meetup = organised_meetup_for(request.user, slug)
    setup = queries.setup_of(meetup)
    form = WritersForm(request.POST or None, initial={"guests": setup.guests, "open_until": setup.open_until})
    if request.method == "POST" and form.is_valid() and isinstance(request.user, Person):
        try:
            actions.say_who_writes(meetup, **form.cleaned_data, by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, queries.who_writes_in(meetup, now=timezone.now()))
            return redirect("pads:pads", slug)
    context = {"form": form, "meetup": meetup, "guests": queries.guests_of(meetup)}
    return render(request, "pads/writers.html", context, status=422 if form.errors else 200)


@require_POST
def end_guest(request: HttpRequest, slug: str, guest: UUID, deed: Callable[..., str]) -> HttpResponse:
    """Put a guest out, or take their name away."""
    found = guest_for(request.user, slug, guest)
    if isinstance(request.user, Person):
        by = request.user
        told(request, lambda: deed(found, by=by, now=timezone.now()))
    return redirect("pads:writers", slug)


@require_http_methods(["GET", "POST"])
def names(request: HttpRequest, slug: str) -> HttpResponse:
    """Show whose names stand in the pads of a meetup, and take one away that came with notes from elsewhere."""
    meetup = organised_meetup_for(request.user, slug)
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and isinstance(request.user, Person):
        asked, by = form.cleaned_data["name"], request.user
        told(request, lambda: actions.take_name_away(meetup, asked, by=by, now=timezone.now()))
        return redirect("pads:names", slug)
    context = {"writers": queries.names_in_pads(meetup), "names": queries.names_brought_in(meetup)}
    return render(request, "pads/names.html", {"meetup": meetup, "guests": queries.guests_of(meetup), **context})


@require_http_methods(["GET", "POST"])
def take_name(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say what happens when somebody's name is taken from all they wrote, and take it."""
    found = named_writer_for(request.user, slug, number)
    if request.method == "POST" and isinstance(request.user, Person):
        actions.forget_writer(found.pad.meetup_id, found.person, by=request.user, now=timezone.now())
        messages.success(request, gettext("The name %(name)s is gone; the text stays.") % {"name": str(found)})
        return redirect("pads:names", slug)
    return render(request, "pads/take_name.html", {"meetup": found.pad.meetup, "writer": queries.writer_in_pads(found)})

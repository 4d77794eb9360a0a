"""The history of a pad: versions, named and brought back, and the visitor's own name taken away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from midcycle.accounts.models import Person
from midcycle.meetups.access import may_organise
from midcycle.pads import actions, queries
from midcycle.pads.access import (
    may_tend,
    remembered_pad_for,
    tended_pad_for,
)
from midcycle.pads.forms import (
    AtForm,
    NameVersionForm,
    VersionForm,
)
from midcycle.pads.rules import may_write_in
from midcycle.pads.views.common import told


@require_GET
def history(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Show a version of a pad, who wrote what in it, and what had changed."""
    found = remembered_pad_for(request.user, slug, name)
    form = AtForm(request.GET)
    at = form.cleaned_data["at"] if form.is_valid() else None
    page = queries.history_of(found, at, by_line=bool(form.cleaned_data.get("lines")))
    tends = may_tend(request.user, found) and may_write_in(found.meetup.stage)
    names = may_organise(request.user, found.meetup)
    wrote = isinstance(request.user, Person) and queries.wrote_in(found.meetup, request.user)
    context = {"meetup": found.meetup, "page": page, "tends": tends, "names": names, "wrote": wrote}
    return render(request, "pads/history.html", context)


@require_POST
def forget_me(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Take the visitor's own name from all they wrote in the pads of a meetup."""
    found = remembered_pad_for(request.user, slug, name)
    actions.forget_writer(found.meetup_id, str(request.user.pk), now=timezone.now())
    messages.success(request, gettext("Your name is gone from the pads; the text stays."))
    return redirect("pads:history", slug, name)


@require_POST
def name_version(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Give a version a name."""
    found = tended_pad_for(request.user, slug, name)
    form = NameVersionForm(request.POST)
    if form.is_valid() and isinstance(request.user, Person):
        asked, by = form.cleaned_data, request.user
        told(request, lambda: actions.name_version(found, asked["seq"], asked["name"], by=by, now=timezone.now()))
    else:
        messages.error(request, gettext("Type a name of at most 80 characters."))
    return redirect("pads:history", slug, name)


@require_POST
def restore(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Bring a version back, as an edit."""
    found = tended_pad_for(request.user, slug, name)
    form = VersionForm(request.POST)
    if form.is_valid() and isinstance(request.user, Person):
        asked, by = form.cleaned_data, request.user
        told(request, lambda: actions.restore(found, asked["seq"], by=by, now=timezone.now()))
    return redirect("pads:history", slug, name)

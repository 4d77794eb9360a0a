"""Drafts kept beside the board."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from midcycle.agenda import actions, queries
from midcycle.agenda.access import organised_draft_for, organiser_for
from midcycle.agenda.forms import DraftForm
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.words import quoted
from midcycle.web.requests import method_of


@require_http_methods(["GET", "POST"])
def drafts(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the board beside the kept drafts; a POST keeps the board as it stands."""
    meetup, organiser = organiser_for(request.user, slug)
    form = DraftForm(request.POST or None)
    if form.is_valid():
        try:
            made = actions.keep_draft(meetup, form.cleaned_data["name"], by=organiser, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            told = gettext("%(name)s is kept. Change the board as you like; you can come back to it.")
            messages.success(request, told % {"name": quoted(made.name)})
            return redirect("agenda:drafts", slug)
    return render(request, "agenda/drafts.html", {"meetup": meetup, "form": form, "compared": queries.compared(meetup)})


@require_POST
def draft(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Put a kept draft onto the board; a DELETE forgets it."""
    kept, organiser = organised_draft_for(request.user, slug, number)
    if method_of(request) == "DELETE":
        actions.drop_draft(kept, by=organiser, now=timezone.now())
        messages.success(request, gettext("%(name)s is dropped.") % {"name": quoted(kept.name)})
        return redirect("agenda:drafts", slug)
    try:
        missing = actions.bring_back(kept, by=organiser, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, refusal.message)
        return redirect("agenda:drafts", slug)
    told = gettext("%(name)s is on the board. Undo brings back what was there.")
    messages.success(request, told % {"name": quoted(kept.name)})
    if missing:
        lost = ngettext(
            "%(count)s of its sessions could not go back: their place is locked or gone.",
            "%(count)s of its sessions could not go back: their place is locked or gone.",
            missing,
        )
        messages.warning(request, lost % {"count": missing})
    return redirect("agenda:board", slug)

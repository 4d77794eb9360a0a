"""The ledger: what was noted, taking it back, and whether everybody may read it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from midcycle.accounts.models import Person
from midcycle.invoicing import actions
from midcycle.invoicing.access import entry_for
from midcycle.invoicing.forms import MoneyForm
from midcycle.invoicing.queries import money as found
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.access import organised_meetup_for
from midcycle.web.requests import method_of


@require_http_methods(["GET", "POST"])
def ledger(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the ledger, and note a cost or an income by hand."""
    meetup = organised_meetup_for(request.user, slug)
    form = MoneyForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and isinstance(request.user, Person):
        try:
            actions.note_money(meetup, form.noted(), by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, gettext("Noted."))
            return redirect("invoicing:ledger", slug)
    shown = {
        "meetup": meetup,
        "form": form,
        "reports": found.money_report(meetup),
        "entries": found.ledger_rows(meetup),
        "is_public": found.is_public(meetup),
    }
    return render(request, "invoicing/ledger.html", shown, status=422 if form.errors else 200)


@require_http_methods(["POST", "DELETE"])
def entry(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take back what was noted by hand, by a reversal."""
    known = entry_for(request.user, slug, number)
    if method_of(request) != "DELETE" or not isinstance(request.user, Person):
        raise Http404
    actions.reverse(known, by=request.user, now=timezone.now())
    messages.success(request, gettext("Taken back: the ledger has both, and they come to nothing."))
    return redirect("invoicing:ledger", slug)


@require_POST
def published(request: HttpRequest, slug: str) -> HttpResponse:
    """Let everybody read the money report, or the team alone."""
    meetup = organised_meetup_for(request.user, slug)
    is_public = request.POST.get("public") == "yes"
    if not isinstance(request.user, Person):
        raise Http404
    actions.publish_money(meetup, is_public=is_public, by=request.user, now=timezone.now())
    said = gettext("Everybody can read the money report.") if is_public else gettext("Only the team reads the money report.")
    messages.success(request, said)
    return redirect("invoicing:ledger", slug)

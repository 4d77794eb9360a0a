"""The desk of fees: what a seat costs, who owes what, and what the team does about it."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcycle.accounts.models import Person
from midcycle.invoicing import actions
from midcycle.invoicing.access import fee_for
from midcycle.invoicing.forms import FeeTermsForm, WaiveForm
from midcycle.invoicing.payments import provider_of
from midcycle.invoicing.queries import fees as found
from midcycle.invoicing.queries.cards import payments_to_settle
from midcycle.invoicing.queries.invoices import issuer_for
from midcycle.invoicing.rules.fees import FEE_STATES
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.access import meetup_for, organised_meetup_for
from midcycle.meetups.models import Meetup


@require_GET
def cost(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what a seat costs, before anybody takes one."""
    meetup = meetup_for(slug)
    cost_of = found.cost_of(meetup)
    if cost_of is None:
        raise Http404
    return render(request, "invoicing/cost.html", {"meetup": meetup, "cost": cost_of})


@require_GET
def fees(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who owes what."""
    meetup = organised_meetup_for(request.user, slug)
    asked = request.GET.get("state", "")
    state = asked if asked in FEE_STATES else ""
    desk = found.fee_desk(meetup, state=state, now=timezone.now())
    shown = {
        "meetup": meetup,
        "desk": desk,
        "state": state,
        "terms": found.terms_of(meetup),
        "payments": payments_to_settle(meetup),
        "provider": provider_of(settings.MIDCYCLE),
    }
    return render(request, "invoicing/fees.html", shown)


@require_http_methods(["GET", "POST"])
def fee_terms(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what a seat costs from now on."""
    meetup, by = _organised(request, slug)
    if issuer_for(meetup) is None:
        messages.info(request, gettext("Say first who writes the invoices, and to which account fees go."))
        return redirect("invoicing:issuer", slug)
    today = timezone.now().astimezone(ZoneInfo(meetup.timezone)).date()
    provider = provider_of(settings.MIDCYCLE)
    cards = provider.currencies if provider else frozenset[str]()
    data = request.POST if request.method == "POST" else None
    form = FeeTermsForm.of(found.terms_of(meetup), data, today=today, cards=cards)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["version"]
        try:
            actions.set_fees(meetup, form.terms(), seen=seen, by=by, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, gettext("Kept. It counts for seats taken from now on; fees there are stay as they are."))
            return redirect("invoicing:fees", slug)
    return render(request, "invoicing/fee_terms.html", {"meetup": meetup, "form": form}, status=422 if form.errors else 200)


@require_POST
def asked(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask a fee of all who hold a seat and have none."""
    meetup, by = _organised(request, slug)
    count = actions.ask_holders(meetup, by=by, now=timezone.now())
    said = ngettext("Asked of %(count)s: each gets a letter.", "Asked of %(count)s: each gets a letter.", count)
    messages.success(request, said % {"count": count})
    return redirect("invoicing:fees", slug)


@require_POST
def fee_reminders(request: HttpRequest, slug: str) -> HttpResponse:
    """Remind all whose fee is overdue."""
    meetup, by = _organised(request, slug)
    count = actions.remind_of_fees(meetup, by=by, now=timezone.now())
    said = ngettext("Reminders go to %(count)s.", "Reminders go to %(count)s.", count)
    messages.success(request, said % {"count": count})
    return redirect("invoicing:fees", slug)


@require_POST
def waived(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask nothing of somebody any more."""
    _, by = _organised(request, slug)
    fee = fee_for(request.user, slug, number)
    form = WaiveForm(request.POST)
    if not form.is_valid():
        raise Refusal(gettext("Shorten the reason to 200 characters."))
    actions.waive_fee(fee, reason=form.cleaned_data["reason"], by=by, now=timezone.now())
    messages.success(request, gettext("Waived: nothing is asked any more. The seat stays."))
    return redirect("invoicing:fees", slug)


def _organised(request: HttpRequest, slug: str) -> tuple[Meetup, Person]:
    meetup = organised_meetup_for(request.user, slug)
    if not isinstance(request.user, Person):
        raise Http404
    return meetup, request.user

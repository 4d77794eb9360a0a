"""What somebody pays for their seat: on a page of its own, and as a part of the page of the seat."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from midcycle.invoicing import actions
from midcycle.invoicing.access import own_fee_of, seat_with_fees_for
from midcycle.invoicing.forms import BuyerForm, KindForm
from midcycle.invoicing.payments import provider_of
from midcycle.invoicing.queries import fees as found
from midcycle.invoicing.rules.cards import AWAITED_FOR
from midcycle.invoicing.rules.fees import OPEN
from midcycle.kernel.refusal import Refusal
from midcycle.registration.models import Seat
from midcycle.web.personal import personal
from midcycle.web.requests import let_forms_lead_to, wants_fragment


@require_http_methods(["GET", "POST"])
@personal
def own_fee(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Show what somebody pays and how; choose which of the fees it is."""
    meetup, seat = seat_with_fees_for(request.user, slug, token)
    if request.method == "POST":
        if seat is None:
            raise Http404
        return _choose(request, seat)
    provider = provider_of(settings.MIDCYCLE)
    cards = provider.currencies if provider else frozenset[str]()
    fee = found.own_fee(seat, now=timezone.now(), cards=cards) if seat else None
    shown = {"meetup": meetup, "token": token, "fee": fee, "is_proven": seat is not None, "provider": provider}
    if "card" in request.GET and provider:
        shown |= {"awaited": _awaited(request.GET["card"], fee), "has_title": True, "card": request.GET["card"]}
    if wants_fragment(request):
        still = HttpResponse(status=204)  # nothing to show that is not shown already
        return still if shown.get("awaited") == "soon" else render(request, "invoicing/own_fee_part.html", shown)
    if provider:
        let_forms_lead_to(request, provider.page)
    return render(request, "invoicing/own_fee.html", shown)


@require_http_methods(["GET", "POST"])
@personal
def own_invoice(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Write the invoice over a fee, with the address somebody types."""
    meetup, seat = seat_with_fees_for(request.user, slug, token)
    fee = found.own_fee(seat, now=timezone.now()) if seat else None
    if seat is None or fee is None or not fee.may_invoice:
        raise Http404
    form = BuyerForm(request.POST if request.method == "POST" else None, initial={"name": seat.name})
    if request.method == "POST" and form.is_valid():
        try:
            issued = actions.write_receipt(own_fee_of(seat), form.buyer(), now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            said = gettext("Invoice %(number)s is written. You find it below.")
            messages.success(request, said % {"number": issued.number})
            return redirect("invoicing:own_fee", slug, token)
    shown = {"meetup": meetup, "token": token, "form": form, "fee": fee}
    return render(request, "invoicing/own_invoice.html", shown, status=422 if form.errors else 200)


def _awaited(since: str, fee: found.OwnFee | None) -> str:
    """Say whether a payment by card is to be told `soon` to whoever came back from paying then, or is `late`."""
    if fee is None or fee.state != OPEN or not (since.isascii() and since.isdigit() and len(since) < 12):
        return ""
    return "soon" if 0 <= timezone.now().timestamp() - int(since) < AWAITED_FOR.total_seconds() else "late"


def _choose(request: HttpRequest, seat: Seat) -> HttpResponse:
    form = KindForm(request.POST)
    if not form.is_valid():
        raise Refusal(gettext("Choose one of those that are offered."))
    actions.choose_fee(own_fee_of(seat), form.cleaned_data["kind"], now=timezone.now())
    messages.success(request, gettext("Thank you. This is what you pay now."))
    return redirect("invoicing:own_fee", seat.meetup.slug, seat.token)

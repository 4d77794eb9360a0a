"""Paying a fee by card: to the page of the provider and back, what the provider tells, and giving a payment back."""

import logging
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from midcycle.accounts.models import Person
from midcycle.invoicing import actions
from midcycle.invoicing.access import card_payment_for, own_fee_of, seat_with_fees_for
from midcycle.invoicing.payments import ForgedError, Provider, provider_of
from midcycle.invoicing.rules.cards import MOST_BYTES, RETURN_FOR
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.access import meetup_for
from midcycle.web.personal import personal

_SEAT: Final = "paying-for"
_log = logging.getLogger("midcycle.invoicing")


@require_POST
@personal
def own_card(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Lead to the page of the provider, on which the fee is paid by card. The provider is not told the link of the seat."""
    provider = _provider()
    meetup, seat = seat_with_fees_for(request.user, slug, token)
    if seat is None:
        raise Http404
    back = f"{settings.MIDCYCLE.public_url_used}{reverse('invoicing:card_return', args=[slug])}"
    ways = actions.Ways(paid=f"{back}?paid=1", back=back)
    url = actions.pay_by_card(own_fee_of(seat), provider, ways=ways, now=timezone.now())
    onward = HttpResponseRedirect(url, status=303)
    onward.set_signed_cookie(
        _SEAT,
        token,
        salt=meetup.slug,
        max_age=int(RETURN_FOR.total_seconds()),
        path=reverse("invoicing:card_return", args=[slug]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return onward


@require_GET
@personal
def card_return(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead from the page of the provider back to the seat, in the browser that came from it. Nothing is paid by that."""
    _provider()
    meetup = meetup_for(slug)
    if not meetup.has_fees:
        raise Http404
    token = request.get_signed_cookie(_SEAT, "", salt=meetup.slug, max_age=int(RETURN_FOR.total_seconds()))
    is_paid = request.GET.get("paid") == "1"
    if token:
        onward = reverse("invoicing:own_fee", args=[slug, token])
        return redirect(f"{onward}?card={int(timezone.now().timestamp())}" if is_paid else onward)
    return render(request, "invoicing/card_return.html", {"meetup": meetup, "is_paid": is_paid})


@csrf_exempt
@require_POST
def card_events(request: HttpRequest) -> HttpResponse:
    """Take what the provider tells, once its signature is checked. What is not about a fee of ours is heard and left."""
    provider = _provider()
    body = request.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        return _said(413, "This is larger than any event.")
    now = timezone.now()
    try:
        told = provider.read(body, request.headers.get("Stripe-Signature", ""), now=now)
        is_ours = told is not None and actions.heed(told, now=now)
    except ForgedError as error:
        _log.warning("an event was refused", extra={"fields": {"why": str(error)}})
        return _said(400, "This is not signed as it should be, or is no event.")
    except Refusal as refusal:  # it comes again, and somebody may have mended by then what is in its way
        _log.exception("an event cannot be heeded now", extra={"fields": {"why": refusal.message}})
        return _said(503, "This cannot be heeded now. Send it again.")
    return _said(200, "Heeded." if is_ours else "Not ours.")


@require_POST
def card_back(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask the provider to give a payment back."""
    payment = card_payment_for(request.user, slug, number)
    if not isinstance(request.user, Person):
        raise Http404
    provider = _provider()
    actions.give_back_by_card(payment, provider, by=request.user, now=timezone.now())
    said = gettext("%(provider)s is asked. The books follow in a moment, when it tells that it was done.")
    messages.success(request, said % {"provider": provider.name})
    return redirect("invoicing:fees", slug)


def _provider() -> Provider:
    """Return the provider; where there is none, none of these pages is there. Raises Http404."""
    provider = provider_of(settings.MIDCYCLE)
    if provider is None:
        raise Http404
    return provider


def _said(status: int, sentence: str) -> HttpResponse:
    return HttpResponse(f"{sentence}\n", status=status, content_type="text/plain; charset=utf-8")

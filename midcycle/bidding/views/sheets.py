"""The sheet of costs and the floor plans of a bid, each on a page of its own."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from midcycle.bidding import actions, queries
from midcycle.bidding.access import bid_for, costs_for, own_bid_for, plan_for
from midcycle.bidding.forms import CostForm, CurrencyForm, PlanForm
from midcycle.bidding.models import Bid
from midcycle.bidding.views.common import doer, told_in
from midcycle.kernel.slugs import slug_from
from midcycle.web.requests import method_of


@never_cache
@require_http_methods(["GET", "POST"])
def costs(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show what a bid costs; its editors add lines."""
    now = timezone.now()
    if request.method != "POST":
        found, standing = costs_for(request.user, slug, number, now=now)
        writes = found.pk in standing.edits and found.state == "draft" and found.call.phase(now) in {"first", "open"}
        return _costs(request, found, CostForm(found.currency), writes=writes)
    found, _ = own_bid_for(request.user, slug, number, now=now)
    form = CostForm(found.currency, request.POST)
    if form.is_valid():
        with told_in(form):
            actions.add_cost(found, form.cleaned_data["label"], form.line(), by=doer(request), now=now)
    return _costs(request, found, form, writes=True) if form.errors else redirect("bidding:costs", slug, number)


def _costs(request: HttpRequest, found: Bid, form: CostForm, *, writes: bool) -> HttpResponse:
    shown = {"meetup": found.call.meetup, "bid": found, "sheet": queries.cost_sheet(found), "form": form, "writes": writes}
    currency = CurrencyForm(initial={"currency": found.currency})
    return render(request, "bidding/costs.html", shown | {"currency": currency}, status=422 if form.errors else 200)


@require_POST
def cost(request: HttpRequest, slug: str, number: int, line: int) -> HttpResponse:
    """Take a line of the sheet away."""
    found, _ = own_bid_for(request.user, slug, number, now=timezone.now())
    actions.remove_cost(found, line, by=doer(request), now=timezone.now())
    return redirect("bidding:costs", slug, number)


@require_POST
def currency(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say in which currency costs are."""
    found, _ = own_bid_for(request.user, slug, number, now=timezone.now())
    form = CurrencyForm(request.POST)
    if form.is_valid():
        actions.set_currency(found, form.cleaned_data["currency"], by=doer(request), now=timezone.now())
    else:
        messages.error(request, gettext("Choose a currency of the list."))
    return redirect("bidding:costs", slug, number)


@never_cache
@require_http_methods(["GET", "POST"])
def plans(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show the floor plans of a bid; its editors add one."""
    now = timezone.now()
    found, standing = bid_for(request.user, slug, number, now=now)
    writes = found.pk in standing.edits and found.state == "draft" and found.call.phase(now) in {"first", "open"}
    form = PlanForm()
    if request.method == "POST":
        found, _ = own_bid_for(request.user, slug, number, now=now)
        form = PlanForm(request.POST, request.FILES)
        if form.is_valid():
            with told_in(form):
                sheet = form.cleaned_data["sheet"]
                actions.add_plan(found, form.cleaned_data["title"], sheet, by=doer(request), now=now)
        if not form.errors:
            return redirect("bidding:plans", slug, number)
    shown = {"meetup": found.call.meetup, "bid": found, "plans": queries.plans_of(found), "form": form, "writes": writes}
    return render(request, "bidding/plans.html", shown, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, slug: str, number: int, plan: int) -> HttpResponse:
    """Hand a floor plan out as a file, whatever is in it; its editors take it away."""
    found = plan_for(request.user, slug, number, plan, now=timezone.now())
    if request.method == "POST":
        own_bid_for(request.user, slug, number, now=timezone.now())
        if method_of(request) == "DELETE":
            actions.remove_plan(found, by=doer(request), now=timezone.now())
        return redirect("bidding:plans", slug, number)
    name = f"{slug_from(found.title)[:60]}.{found.ending}"
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return HttpResponse(bytes(found.content), content_type=found.media_type, headers=headers)

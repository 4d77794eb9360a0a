"""The money report: for the team, and for everybody once it is published."""

import csv
import io

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from midcycle.engines.tables import guarded
from midcycle.invoicing.access import money_of
from midcycle.invoicing.queries import money as found
from midcycle.invoicing.rules.accounts import ACCOUNTS
from midcycle.kernel.money import CURRENCIES


@require_GET
def money(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what came in and what was paid, by kind."""
    meetup, is_public = money_of(request.user, slug)
    shown = {"meetup": meetup, "reports": found.money_report(meetup), "is_public": is_public}
    return render(request, "invoicing/money.html", shown)


@require_GET
def movements(request: HttpRequest, slug: str, currency: str, account: str) -> HttpResponse:
    """Show the entries behind a figure."""
    meetup, _ = money_of(request.user, slug)
    if account not in ACCOUNTS or currency not in CURRENCIES:
        raise Http404
    rows = found.movements(meetup, account, currency)
    shown = {"meetup": meetup, "name": gettext(ACCOUNTS[account]), "currency": currency, "movements": rows}
    return render(request, "invoicing/movements.html", shown)


@require_GET
def money_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the money report as CSV, a row for each kind and currency."""
    meetup, _ = money_of(request.user, slug)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["account", "name", "amount", "currency"])
    for report in found.money_report(meetup):
        for figure in (*report.income, *report.costs, *report.standing):
            writer.writerow([figure.account, guarded(figure.name), figure.digits, figure.currency])
    return HttpResponse(
        out.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{meetup.slug}-money.csv"'},
    )


@require_GET
def money_json(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the money report as JSON: amounts are decimals as text, and minor units."""
    meetup, _ = money_of(request.user, slug)
    reports = [
        {
            "currency": report.currency,
            "income": [_figure(figure) for figure in report.income],
            "costs": [_figure(figure) for figure in report.costs],
            "standing": [_figure(figure) for figure in report.standing],
            "left": _figure(report.left),
        }
        for report in found.money_report(meetup)
    ]
    return JsonResponse({"meetup": meetup.slug, "currencies": reports})


def _figure(figure: found.Figure) -> dict[str, object]:
    return {"account": figure.account, "name": figure.name, "amount": figure.digits, "minor_units": figure.amount}

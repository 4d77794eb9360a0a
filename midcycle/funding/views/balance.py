"""The what-if page, for the team and, once it is published, for everybody; and the balance to take away."""

import json

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcycle.accounts.models import Person
from midcycle.funding import actions, queries
from midcycle.funding.access import Sight, balance_for, scenario_for
from midcycle.funding.forms import ScenarioForm, TrialForm
from midcycle.funding.forms.budgets import choice_of
from midcycle.funding.queries import Book
from midcycle.funding.rules.balance import MOST
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.access import organised_meetup_for
from midcycle.web.drawing import drawn
from midcycle.web.requests import method_of


@require_GET
def balance(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what the meetup costs and lacks, for the present choice or whatever is asked."""
    sight = balance_for(request.user, slug)
    book = queries.book_of(sight.meetup)
    return _page(request, sight, book, _trial(request, book), ScenarioForm())


@require_GET
def glance(request: HttpRequest, slug: str) -> HttpResponse:
    """Say in a few sentences what it means when so many people come, for other pages; nothing to whom it is not for."""
    try:
        sight = balance_for(request.user, slug)
    except Http404:
        return HttpResponse(status=204)  # a page that asks shows nothing then, and no fault
    asked = request.GET.get("people", "")[:8]
    people = int(asked) if asked.isascii() and asked.isdigit() else 0
    if not 0 < people <= MOST:
        raise Http404
    shown = {"sight": sight, "meetup": sight.meetup, "glance": queries.glance(queries.book_of(sight.meetup), people)}
    return render(request, "funding/glance.html", {**shown, "people": people})


@require_GET
def table(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the balance as CSV, for the present choice or whatever is asked."""
    sight = balance_for(request.user, slug)
    book = queries.book_of(sight.meetup)
    body = queries.as_table(book, _trial(request, book).plan(), is_public=not sight.may_change)
    return _file(body, "text/csv; charset=utf-8", f"{slug}-balance.csv")


@require_GET
def data(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the balance as JSON."""
    sight = balance_for(request.user, slug)
    body = json.dumps(queries.as_data(queries.book_of(sight.meetup)), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    return _file(body.encode(), "application/json", f"{slug}-balance.json")


@require_POST
def scenarios(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep what is tried under a name."""
    meetup = organised_meetup_for(request.user, slug)
    if not isinstance(request.user, Person):
        raise Http404
    book = queries.book_of(meetup)
    trial = TrialForm(book.present, book.budget.currency, request.POST.dict())
    form = ScenarioForm(request.POST)
    if trial.is_valid() and form.is_valid():
        plan = trial.plan()
        underwriting = None if plan.underwriting == book.pledged else plan.underwriting
        name = form.cleaned_data["name"]
        try:
            kept = actions.save_scenario(
                meetup, name, choice_of(plan), underwriting=underwriting, by=request.user, now=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            said = gettext("Kept as %(name)s. It stands beside the present choice.")
            messages.success(request, said % {"name": kept.name})
            return redirect("funding:balance", slug)
    return _page(request, Sight(meetup, may_change=True), book, trial, form)


@require_http_methods(["POST", "DELETE"])
def scenario(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Make a scenario the present choice, or keep it no longer."""
    found = scenario_for(request.user, slug, number)
    if not isinstance(request.user, Person):
        raise Http404
    if method_of(request) == "DELETE":
        actions.drop_scenario(found, by=request.user, now=timezone.now())
        messages.success(request, gettext("%(name)s is no longer kept.") % {"name": found.name})
    else:
        actions.choose_scenario(found, by=request.user, now=timezone.now())
        messages.success(request, gettext("%(name)s is the present choice now.") % {"name": found.name})
    return redirect("funding:balance", slug)


def _trial(request: HttpRequest, book: Book) -> TrialForm:
    return TrialForm(book.present, book.budget.currency, request.GET.dict() or None)


def _page(request: HttpRequest, sight: Sight, book: Book, trial: TrialForm, scenario: ScenarioForm) -> HttpResponse:
    page = queries.balance_page(book, trial.plan())
    shown = {"meetup": sight.meetup, "may_change": sight.may_change, "page": page, "drawing": drawn(page.drawing)}
    wrong = (trial.is_bound and not trial.is_valid()) or (scenario.is_bound and bool(scenario.errors))
    forms = {"trial": trial, "scenario": scenario}
    return render(request, "funding/balance.html", {**shown, **forms}, status=422 if wrong else 200)


def _file(body: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})

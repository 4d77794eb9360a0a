"""The team's pages of the budget: lines, exchange rates, terms, and whether everybody may look."""

from typing import TypeAlias

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcycle.accounts.models import Person
from midcycle.funding import actions, queries
from midcycle.funding.access import line_for, rate_for
from midcycle.funding.forms import LineForm, RateForm, SettingsForm
from midcycle.funding.forms.budgets import line_as_saved, settings_as_saved
from midcycle.funding.models import CostLine
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.access import organised_meetup_for
from midcycle.meetups.models import Meetup
from midcycle.web.requests import method_of

Saved: TypeAlias = tuple[tuple[str, str], ...]


@require_GET
def budget(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the team all lines and rates."""
    return _budget(request, organised_meetup_for(request.user, slug))


@require_http_methods(["GET", "POST"])
def terms(request: HttpRequest, slug: str) -> HttpResponse:
    """Set the present choice and the terms."""
    meetup = organised_meetup_for(request.user, slug)
    if not isinstance(request.user, Person):
        raise Http404
    book = queries.book_of(meetup)
    form = SettingsForm(book.budget, request.POST or None)
    saved: Saved = ()
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["version"]
        try:
            actions.set_budget(meetup, form.settings(), seen=seen, by=request.user, now=timezone.now())
        except actions.Stale as stale:
            now_set = queries.book_of(meetup).budget
            form, saved = SettingsForm(now_set, {**request.POST.dict(), "version": now_set.version}), settings_as_saved(now_set)
            form.add_error(None, stale.message)
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, gettext("Saved."))
            return redirect("funding:balance", slug)
    shown = {"meetup": meetup, "form": form, "saved": saved}
    return render(request, "funding/terms.html", shown, status=422 if form.errors else 200)


@require_POST
def publication(request: HttpRequest, slug: str) -> HttpResponse:
    """Let everybody see the balance, or only the team again."""
    meetup = organised_meetup_for(request.user, slug)
    if not isinstance(request.user, Person):
        raise Http404
    is_published = request.POST.get("publish") == "1"
    actions.publish_budget(meetup, is_published=is_published, by=request.user, now=timezone.now())
    said = gettext("Everybody can see the balance now.") if is_published else gettext("Only the team sees the balance now.")
    messages.success(request, said)
    return redirect("funding:budget", slug)


@require_POST
def rates(request: HttpRequest, slug: str) -> HttpResponse:
    """Set an exchange rate."""
    meetup = organised_meetup_for(request.user, slug)
    form = RateForm(queries.book_of(meetup).budget.currency, request.POST)
    if form.is_valid() and isinstance(request.user, Person):
        try:
            kept = actions.set_rate(meetup, form.quoted(), by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            said = gettext("The rate of %(currency)s is set; every line in %(currency)s follows it.")
            messages.success(request, said % {"currency": kept.currency})
            return redirect("funding:budget", slug)
    return _budget(request, meetup, form)


@require_http_methods(["POST", "DELETE"])
def rate(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Remove an exchange rate."""
    found = rate_for(request.user, slug, number)
    if method_of(request) != "DELETE" or not isinstance(request.user, Person):
        raise Http404
    try:
        actions.remove_rate(found, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, gettext("The rate of %(currency)s is removed.") % {"currency": found.currency})
    return redirect("funding:budget", slug)


@require_http_methods(["GET", "POST"])
def lines(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a cost line."""
    meetup = organised_meetup_for(request.user, slug)
    form = LineForm(queries.book_of(meetup).budget.currency, request.POST or None)
    if request.method == "POST" and form.is_valid() and isinstance(request.user, Person):
        try:
            line = actions.add_line(meetup, form.wanted(), by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, gettext("%(title)s is in the budget.") % {"title": line.title})
            return redirect("funding:budget", slug)
    shown = {"meetup": meetup, "form": form}
    return render(request, "funding/line.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST", "DELETE"])
def line(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change a cost line, or remove it."""
    found = line_for(request.user, slug, number)
    if not isinstance(request.user, Person):
        raise Http404
    if method_of(request) == "DELETE":
        return _removed(request, found, request.user)
    form = LineForm(found.currency, request.POST or None, line=found)
    saved: Saved = ()
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["version"] or 0
        try:
            actions.change_line(found, form.wanted(), seen=seen, by=request.user, now=timezone.now())
        except actions.Stale as stale:
            found = line_for(request.user, slug, number)
            form, saved = LineForm(found.currency, {**request.POST.dict(), "version": found.version}), line_as_saved(found)
            form.add_error(None, stale.message)
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, gettext("%(title)s is saved.") % {"title": found.title})
            return redirect("funding:budget", slug)
    shown = {"meetup": found.budget.meetup, "line": found, "form": form, "saved": saved}
    return render(request, "funding/line.html", shown, status=422 if form.errors else 200)


def _removed(request: HttpRequest, found: CostLine, by: Person) -> HttpResponse:
    asked = request.POST.get("version", "")[:9]
    seen = int(asked) if asked.isascii() and asked.isdigit() else 0
    try:
        actions.remove_line(found, seen=seen, by=by, now=timezone.now())
    except actions.Stale:
        said = gettext("Somebody changed %(title)s after you opened it. Look at it, and remove it again.")
        messages.error(request, said % {"title": found.title})
        return redirect("funding:line", found.budget.meetup.slug, found.pk)
    messages.success(request, gettext("%(title)s is removed.") % {"title": found.title})
    return redirect("funding:budget", found.budget.meetup.slug)


def _budget(request: HttpRequest, meetup: Meetup, form: RateForm | None = None) -> HttpResponse:
    book = queries.book_of(meetup)
    page = queries.balance_page(book, book.present)
    shown = {"meetup": meetup, "page": page, "form": form or RateForm(book.budget.currency)}
    return render(request, "funding/budget.html", shown, status=422 if form is not None and form.errors else 200)

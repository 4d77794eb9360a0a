"""Statements of the bank, and a yes for each of their lines."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext, gettext_noop, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from midcycle.accounts.models import Person
from midcycle.invoicing import actions
from midcycle.invoicing.access import bank_line_for, fee_by_reference, fee_for, invoice_for
from midcycle.invoicing.forms import BookForm, StatementForm
from midcycle.invoicing.models import BankFile, BankLine, Fee
from midcycle.invoicing.queries.bank import bank_desk
from midcycle.invoicing.queries.cards import has_card_money
from midcycle.invoicing.rules.accounts import CARDS, COSTS, INCOME
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.access import organised_meetup_for

_DONE: Final = {
    "undo": gettext_noop("Undone: the line waits again."),
    "aside": gettext_noop("Set aside."),
    "back": gettext_noop("It waits again."),
}
_BOOKED: Final = gettext_noop("Booked.")


@require_http_methods(["GET", "POST"])
def bank(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring in a statement, and show which lines wait for a yes."""
    meetup = organised_meetup_for(request.user, slug)
    is_sent = request.method == "POST"
    form = StatementForm(request.POST, request.FILES) if is_sent else StatementForm()
    if is_sent and form.is_valid() and isinstance(request.user, Person):
        sent = form.cleaned_data["file"]
        statement = actions.Statement(sent.name, sent.read(), form.cleaned_data["currency"], form.columns())
        try:
            file = actions.take_statement(meetup, statement, by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field or "file", refusal.message)
        else:
            messages.success(request, _taken(file))
            return redirect("invoicing:bank", slug)
    accounts = {"income": INCOME, "costs": COSTS, "cards": CARDS, "has_cards": has_card_money(meetup)}
    shown = {"meetup": meetup, "form": form, "desk": bank_desk(meetup), **accounts}
    return render(request, "invoicing/bank.html", shown, status=422 if form.errors else 200)


@require_POST
def bank_line(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Book a line of the bank, undo that, set it aside, or bring it back."""
    line = bank_line_for(request.user, slug, number)
    deed = request.POST.get("deed", "")
    if not isinstance(request.user, Person):
        raise Http404
    if deed == "undo":
        actions.unbook_line(line, by=request.user, now=timezone.now())
    elif deed == "aside":
        actions.set_line_aside(line, by=request.user, now=timezone.now())
    elif deed == "back":
        actions.bring_line_back(line, by=request.user, now=timezone.now())
    else:
        _book(request, slug, line, request.user)
    messages.success(request, gettext(_DONE.get(deed, _BOOKED)))
    return redirect("invoicing:bank", slug)


def _taken(file: BankFile) -> str:
    """Say how many lines came in with a statement, and how many were known."""
    fresh = {"count": number_format(file.fresh, force_grouping=True)}
    if not file.known:
        return ngettext("%(count)s line came in.", "%(count)s lines came in.", file.fresh) % fresh
    came = ngettext("%(count)s line came in", "%(count)s lines came in", file.fresh) % fresh
    known = ngettext("%(count)s was known already", "%(count)s were known already", file.known)
    said = {"lines": came, "known": known % {"count": number_format(file.known, force_grouping=True)}}
    return gettext("%(lines)s, %(known)s.") % said


def _book(request: HttpRequest, slug: str, line: BankLine, by: Person) -> None:
    form = BookForm(request.POST)
    if not form.is_valid():
        raise Refusal(gettext("Choose an invoice, a fee, or what it was for."))
    given, now = form.cleaned_data, timezone.now()
    fee = _fee(by, slug, given["fee"], given["reference"])
    if fee is not None:
        actions.book_fee(line, fee, by=by, now=now)
        return
    if not (given["invoice"] or given["account"]):
        raise Refusal(gettext("Choose an invoice, a fee, or what it was for."))
    invoice = invoice_for(by, slug, given["invoice"]) if given["invoice"] else None
    actions.book_line(line, invoice=invoice, account=given["account"], text=given["text"], by=by, now=now)


def _fee(by: Person, slug: str, number: int | None, reference: str) -> Fee | None:
    if number:
        return fee_for(by, slug, number)
    if not reference:
        return None
    try:
        return fee_by_reference(by, slug, reference)
    except Http404:
        raise Refusal(gettext("No open fee has this reference. Compare it with the list of fees.")) from None

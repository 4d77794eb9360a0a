"""The list of invoices, who writes them, and one invoice as a draft or issued."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from midcycle.accounts.models import Person
from midcycle.invoicing import actions
from midcycle.invoicing.access import invoice_for, issuer_to_adopt
from midcycle.invoicing.forms import InvoiceForms, IssuerForm, Usual
from midcycle.invoicing.models import Invoice
from midcycle.invoicing.queries import drafts
from midcycle.invoicing.queries import invoices as found
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.access import organised_meetup_for
from midcycle.web.requests import method_of


@require_http_methods(["GET"])
def invoices(request: HttpRequest, slug: str) -> HttpResponse:
    """Show all invoices, and what is still owed."""
    meetup = organised_meetup_for(request.user, slug)
    shown = {
        "meetup": meetup,
        "issuer": found.issuer_for(meetup),
        "invoices": found.invoices(meetup, now=timezone.now()),
        "pledges": found.pledges_to_invoice(meetup),
    }
    return render(request, "invoicing/invoices.html", shown)


@require_http_methods(["GET", "POST"])
def issuer(request: HttpRequest, slug: str) -> HttpResponse:
    """Say who writes the invoices, or take the issuer of another meetup of the visitor's."""
    meetup = organised_meetup_for(request.user, slug)
    person = request.user
    known = found.issuer_for(meetup)
    form = IssuerForm.of(known, request.POST if request.method == "POST" and "adopt" not in request.POST else None)
    if request.method == "POST" and isinstance(person, Person) and ("adopt" in request.POST or form.is_valid()):
        if "adopt" in request.POST:
            other = issuer_to_adopt(person, request.POST["adopt"])
            actions.adopt_issuer(meetup, other, by=person, now=timezone.now())
            return _kept(request, slug)
        try:
            actions.set_issuer(meetup, form.details(), by=person, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            return _kept(request, slug)
    others = found.issuers_to_adopt(meetup, person.pk or 0) if known is None else []
    shared = found.others_of(known, meetup) if known else []
    shown = {"meetup": meetup, "form": form, "others": others, "shared": shared}
    return render(request, "invoicing/issuer.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def new_invoice(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a draft."""
    meetup = organised_meetup_for(request.user, slug)
    issuer = found.issuer_for(meetup)
    if issuer is None:
        messages.info(request, gettext("Say first who writes the invoices."))
        return redirect("invoicing:issuer", slug)
    line = found.usual_line(issuer)
    usual = Usual(line.category, line.rate, issuer.reason)
    forms = InvoiceForms(request.POST if request.method == "POST" else None, usual=usual)
    if request.method == "POST" and "more" not in request.POST and forms.is_valid() and isinstance(request.user, Person):
        draft = actions.draft(meetup, forms.details(), by=request.user, now=timezone.now())
        messages.success(request, gettext("The draft is kept. Look at it, and issue it when all is right."))
        return redirect("invoicing:invoice", slug, draft.pk)
    wrong = request.method == "POST" and "more" not in request.POST
    return render(request, "invoicing/draft.html", {"meetup": meetup, "forms": forms}, status=422 if wrong else 200)


@require_http_methods(["GET", "POST", "DELETE"])
def invoice(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show an invoice; change a draft, or throw it away."""
    known = invoice_for(request.user, slug, number)
    if method_of(request) == "DELETE" and isinstance(request.user, Person):
        actions.discard(known, by=request.user, now=timezone.now())
        messages.success(request, gettext("The draft is thrown away."))
        return redirect("invoicing:invoices", slug)
    if known.state == "draft":
        return _draft(request, known)
    if request.method != "GET":
        raise Http404
    shown = {"meetup": known.meetup, "invoice": known, "page": found.invoice_page(known, now=timezone.now())}
    return render(request, "invoicing/invoice.html", shown)


def _kept(request: HttpRequest, slug: str) -> HttpResponse:
    messages.success(request, gettext("Kept. Invoices issued from now on say so."))
    return redirect("invoicing:invoices", slug)


def _draft(request: HttpRequest, known: Invoice) -> HttpResponse:
    is_sent = request.method == "POST"
    forms = InvoiceForms(request.POST if is_sent else None, known, drafts.lines_of(known))
    is_more = "more" in request.POST
    if is_sent and not is_more and forms.is_valid() and isinstance(request.user, Person):
        try:
            actions.change(known, forms.details(), seen=forms.version, by=request.user, now=timezone.now())
        except Refusal as refusal:
            forms.head.add_error(None, refusal.message)
        else:
            messages.success(request, gettext("Kept."))
            return redirect("invoicing:invoice", known.meetup.slug, known.pk)
    shown = {"meetup": known.meetup, "forms": forms, "invoice": known, "preview": found.preview(known)}
    return render(request, "invoicing/draft.html", shown, status=422 if is_sent and not is_more else 200)

"""What is done with an invoice by one button."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from midcycle.accounts.models import Person
from midcycle.funding.access import underwriter_for
from midcycle.invoicing import actions
from midcycle.invoicing.access import invoice_for
from midcycle.invoicing.queries import invoices as found


@require_POST
def issued(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Issue a draft as it was seen."""
    known, by = invoice_for(request.user, slug, number), _person(request)
    seen = request.POST.get("version", "")
    done = actions.issue(known, seen=int(seen) if seen.isdecimal() and len(seen) < 10 else 0, by=by, now=timezone.now())
    said = gettext("%(number)s is issued. It is final: a mistake is taken back by a credit note.")
    messages.success(request, said % {"number": done.number})
    return redirect("invoicing:invoice", slug, number)


@require_POST
def credit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Write the draft of a credit note for an invoice."""
    known, by = invoice_for(request.user, slug, number), _person(request)
    note = actions.credit(known, by=by, now=timezone.now())
    said = gettext("This draft takes all of %(number)s back. Lower its lines to take back a part.")
    messages.success(request, said % {"number": known.number})
    return redirect("invoicing:invoice", slug, note.pk)


@require_POST
def letters(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Send an invoice by e-mail to whoever pays it."""
    known, by = invoice_for(request.user, slug, number), _person(request)
    actions.send(known, by=by, now=timezone.now())
    said = gettext("A letter with a link to the PDF goes to %(email)s, once a day at most.")
    messages.success(request, said % {"email": known.email})
    return redirect("invoicing:invoice", slug, number)


@require_POST
def reminders(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Remind whoever owes an overdue invoice."""
    known, by = invoice_for(request.user, slug, number), _person(request)
    actions.remind(known, by=by, now=timezone.now())
    messages.success(request, gettext("A reminder goes to %(email)s.") % {"email": known.email})
    return redirect("invoicing:invoice", slug, number)


@require_POST
def pledge(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Write the draft of an invoice over what an underwriter pledged."""
    underwriter, by = underwriter_for(request.user, slug, number), _person(request)
    usual = found.usual_line(found.issuer_for(underwriter.meetup))
    draft = actions.draft_for(underwriter, vat=usual, by=by, now=timezone.now())
    messages.success(request, gettext("The draft is written from the pledge. Complete it, and issue it when all is right."))
    return redirect("invoicing:invoice", slug, draft.pk)


def _person(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise Http404
    return request.user

"""An issued invoice as files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from midcycle.engines.documents import NotPrinted
from midcycle.engines.invoices import XRECHNUNG, from_data, missing_for_xrechnung, written
from midcycle.invoicing import actions
from midcycle.invoicing.access import invoice_by_key, invoice_for
from midcycle.invoicing.models import Invoice, Paper
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.slugs import slug_from


@require_GET
def pdf(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give an invoice as PDF/A-3 with Factur-X in it, as it was first made."""
    return _pdf(_issued(request, slug, number))


@require_GET
def payer_pdf(request: HttpRequest, slug: str, key: str) -> HttpResponse:  # noqa: ARG001 - the key is all that is asked for
    """Give an invoice as PDF/A-3 to whoever has its link: the one who pays it."""
    return _pdf(invoice_by_key(slug, key))


@require_GET
def xml(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give the XML of an invoice that is in its PDF (EN 16931, Factur-X)."""
    known = _issued(request, slug, number)
    return _file(bytes(_paper(known).xml), "application/xml", known, "xml")


@require_GET
def xrechnung(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give an invoice as XRechnung, which German authorities want; 404 while something it needs is missing."""
    known = _issued(request, slug, number)
    document = from_data(known.issued or {})
    if missing_for_xrechnung(document):
        raise Http404
    return _file(written(document, XRECHNUNG), "application/xml", known, "xrechnung.xml")


def _pdf(known: Invoice) -> HttpResponse:
    return _file(bytes(_paper(known).pdf), "application/pdf", known, "pdf")


def _paper(known: Invoice) -> Paper:
    try:
        (paper,) = actions.keep_papers([known])
    except NotPrinted:
        raise Refusal(gettext("The paper could not be made just now. Try again in a moment.")) from None
    return paper


def _issued(request: HttpRequest, slug: str, number: int) -> Invoice:
    known = invoice_for(request.user, slug, number)
    if known.issued is None:
        raise Http404
    return known


def _file(content: bytes, kind: str, known: Invoice, ending: str) -> HttpResponse:
    name = f"{slug_from(known.number) or known.pk}.{ending}"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})

"""Making the papers of issued invoices, once, and keeping them as they are."""

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.utils import translation

from midcycle.engines.documents import bills
from midcycle.engines.invoices import FACTUR_X, from_data, written
from midcycle.invoicing.models import Invoice, Paper
from midcycle.invoicing.rules.wording import bill_of


def keep_papers(invoices: Sequence[Invoice]) -> list[Paper]:
    """Return the papers of issued invoices, in their order; those that are not there yet are made by one program and kept.

    They are made outside any transaction: it takes a moment, and the same invoice gives the same bytes. Raises NotPrinted.
    """
    kept = {paper.invoice_id: paper for paper in Paper.objects.filter(invoice__in=invoices)}
    missing = [invoice for invoice in invoices if invoice.pk not in kept]
    documents = [from_data(invoice.issued) for invoice in missing if invoice.issued is not None]
    with translation.override(settings.LANGUAGE_CODE):  # a document of law does not depend on who asks for it first
        xmls = [written(document, FACTUR_X) for document in documents]
        pdfs = bills([bill_of(document, xml) for document, xml in zip(documents, xmls, strict=True)]) if documents else []
    made = [Paper(invoice=invoice, pdf=pdf, xml=xml) for invoice, pdf, xml in zip(missing, pdfs, xmls, strict=True)]
    with transaction.atomic():
        Paper.objects.bulk_create(made, ignore_conflicts=True)
    kept |= {paper.invoice_id: paper for paper in made}
    return [kept[invoice.pk] for invoice in invoices]

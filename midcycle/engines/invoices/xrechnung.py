"""What XRechnung (KoSIT, 3.0) asks for beyond EN 16931, and the routing id by which public buyers in Germany are found."""

import re
from typing import Final

from midcycle.engines.invoices.model import Invoice
from midcycle.kernel.words import gettext, gettext_noop

_ROUTING: Final = re.compile(r"[0-9]{2,12}(?:-[A-Z0-9]{1,30})?-(?P<check>[0-9]{2})")


def is_routing_id(text: str) -> bool:
    """Say whether a text is a Leitweg-ID: two to three parts, the last of them check digits by ISO 7064, MOD 97-10."""
    found = _ROUTING.fullmatch(text)
    if not text.isascii() or not found:
        return False
    return int("".join(str(int(char, 36)) for char in text.replace("-", ""))) % 97 == 1


def missing_for_xrechnung(invoice: Invoice) -> list[str]:
    """Return what is missing before the invoice can be written as XRechnung, in the order a person would fill it in."""
    seller, buyer = invoice.seller, invoice.buyer
    digits = sum(char.isdigit() for char in seller.phone)
    wanted = (
        (invoice.buyer_reference, gettext_noop("the buyer's reference (for German authorities the Leitweg-ID)")),
        (buyer.email, gettext_noop("an e-mail address of the buyer")),
        (buyer.postcode and buyer.city, gettext_noop("postcode and city of the buyer")),
        (seller.postcode and seller.city, gettext_noop("postcode and city of the issuer")),
        (seller.contact, gettext_noop("a contact of the issuer")),
        (digits >= 3, gettext_noop("a phone number of the issuer")),
        (seller.email, gettext_noop("an e-mail address of the issuer")),
        (invoice.payee.iban, gettext_noop("an IBAN of the issuer")),
    )
    return [gettext(name) for is_there, name in wanted if not is_there]

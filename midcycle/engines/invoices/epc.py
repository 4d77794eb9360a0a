"""What the code for a SEPA credit transfer says (EPC069-12, version 002), which banking programs read with a camera."""

from typing import Final

from midcycle.kernel.banking import is_reference

_MOST: Final = 99_999_999_999  # cents: EUR 999,999,999.99
LONGEST_NAME: Final = 70
LARGEST: Final = 331  # bytes


def transfer_code(name: str, iban: str, bic: str, cents: int, reference: str) -> str | None:
    """Return the text of the code, in UTF-8; None for what it cannot ask for. `reference` is one of ISO 11649."""
    if not iban or not 1 <= cents <= _MOST or not is_reference(reference):
        return None
    whole, part = divmod(cents, 100)
    text = "\n".join(
        ("BCD", "002", "1", "SCT", bic, _shortened(name), iban, f"EUR{whole}.{part:02d}", "", reference, "", "")
    ).rstrip("\n")
    return text if len(text.encode()) <= LARGEST else None


def _shortened(name: str) -> str:
    """Return a name on one line, in no more characters, and no more bytes, than the code has room for."""
    text = " ".join(name.split())[:LONGEST_NAME]
    while len(text.encode()) > 3 * LONGEST_NAME:
        text = text[:-1]
    return text

"""VAT identification numbers of the European Union, Norway, Switzerland and the United Kingdom: form and check digits.

Forms are those of VIES. Where a country publishes how its check digits are made and that is short, they are checked as well.
"""

import re
from collections.abc import Callable
from typing import Final

from midcycle.kernel.words import gettext

_FORMS: Final = {
    "AT": r"U[0-9]{8}", "BE": r"[01][0-9]{9}", "BG": r"[0-9]{9,10}", "CHE": r"[0-9]{9}(?:MWST|TVA|IVA)?",
    "CY": r"[0-9]{8}[A-Z]", "CZ": r"[0-9]{8,10}", "DE": r"[0-9]{9}", "DK": r"[0-9]{8}", "EE": r"[0-9]{9}", "EL": r"[0-9]{9}",
    "ES": r"[A-Z0-9][0-9]{7}[A-Z0-9]", "FI": r"[0-9]{8}", "FR": r"[A-HJ-NP-Z0-9]{2}[0-9]{9}",
    "GB": r"(?:[0-9]{9}|[0-9]{12}|GD[0-4][0-9]{2}|HA[5-9][0-9]{2})", "HR": r"[0-9]{11}", "HU": r"[0-9]{8}",
    "IE": r"(?:[0-9][A-Z0-9+*][0-9]{5}[A-Z]|[0-9]{7}[A-W][A-I])", "IT": r"[0-9]{11}", "LT": r"(?:[0-9]{9}|[0-9]{12})",
    "LU": r"[0-9]{8}", "LV": r"[0-9]{11}", "MT": r"[0-9]{8}", "NL": r"[A-Z0-9+*]{10}[0-9]{2}", "NO": r"[0-9]{9}(?:MVA)?",
    "PL": r"[0-9]{10}", "PT": r"[0-9]{9}", "RO": r"[0-9]{2,10}", "SE": r"[0-9]{12}", "SI": r"[0-9]{8}", "SK": r"[0-9]{10}",
    "XI": r"(?:[0-9]{9}|[0-9]{12}|GD[0-4][0-9]{2}|HA[5-9][0-9]{2})",
}  # fmt: skip
_EXAMPLES: Final = {
    "DE": "DE136695976",
    "AT": "ATU13585627",
    "FR": "FR40303265045",
    "PT": "PT501964843",
    "NL": "NL004495445B01",
}


def fault_in_vat_id(text: str) -> str | None:
    """Return what to do about a compact VAT id with its country before it; None when it can be right."""
    if not text.isascii():
        return gettext("Type the VAT id in plain letters and digits.")
    country = next((start for start in (text[:3], text[:2]) if start in _FORMS), "")
    if not country:
        return gettext("Begin the VAT id with the two letters of its country, such as DE or FR (EL for Greece).")
    number = text[len(country) :]
    if not re.fullmatch(_FORMS[country], number):
        return _other_form(country)

    check = _CHECKS.get(country)
    if check is not None and not check(number):
        return gettext("The check digits of this VAT id are wrong. Compare it digit by digit.")
    return None


def _other_form(country: str) -> str:
    said = {"country": country[:2], "example": _EXAMPLES.get(country, "")}
    if not said["example"]:
        return gettext("A VAT id of %(country)s looks otherwise. Look it up on a letter of the organisation.") % said
    return (
        gettext("A VAT id of %(country)s looks otherwise, such as %(example)s. Look it up on a letter of the organisation.")
        % said
    )


def _weighed(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def _iso_11_10(number: str) -> bool:
    """ISO 7064, MOD 11,10: Germany and Croatia."""
    product = 10
    for digit in number:
        total = (int(digit) + product) % 10 or 10
        last, product = total, (2 * total) % 11
    return last == 1


def _luhn(number: str) -> bool:
    doubled = [int(digit) * (2 if at % 2 else 1) for at, digit in enumerate(reversed(number))]
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def _austria(number: str) -> bool:
    digits = [int(digit) * (2 if at % 2 else 1) for at, digit in enumerate(number[1:8])]
    return (10 - (sum(value // 10 + value % 10 for value in digits) + 4) % 10) % 10 == int(number[8])


def _france(number: str) -> bool:
    """Say whether the two check digits over the SIREN are right; newer ids, with letters there, are taken as they are."""
    return not number.isdigit() or int(number[:2]) == int(number[2:] + "12") % 97


def _norway(number: str) -> bool:
    rest = _weighed(number[:9], (3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11
    return rest == 0


def _portugal(number: str) -> bool:
    check = (11 - _weighed(number[:8], (9, 8, 7, 6, 5, 4, 3, 2)) % 11) % 11 % 10
    return check == int(number[8])


_CHECKS: Final[dict[str, Callable[[str], bool]]] = {
    "AT": _austria,
    "BE": lambda number: 97 - int(number[:8]) % 97 == int(number[8:]),
    "CHE": lambda number: _weighed(number[:8], (5, 4, 3, 2, 7, 6, 5, 4)) % 11 == (11 - int(number[8])) % 11,
    "DE": _iso_11_10,
    "DK": lambda number: _weighed(number, (2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0,
    "EE": lambda number: _weighed(number, (3, 7, 1, 3, 7, 1, 3, 7, 1)) % 10 == 0,
    "FI": lambda number: _weighed(number, (7, 9, 10, 5, 8, 4, 2, 1)) % 11 == 0,
    "FR": _france,
    "HR": _iso_11_10,
    "HU": lambda number: _weighed(number, (9, 7, 3, 1, 9, 7, 3, 1)) % 10 == 0,
    "IT": _luhn,
    "LU": lambda number: int(number[:6]) % 89 == int(number[6:]),
    "NO": _norway,
    "PL": lambda number: _weighed(number[:9], (6, 5, 7, 2, 3, 4, 5, 6, 7)) % 11 == int(number[9]),
    "PT": _portugal,
    "SE": lambda number: _luhn(number[:10]),
    "SI": lambda number: (11 - _weighed(number[:7], (8, 7, 6, 5, 4, 3, 2)) % 11) % 10 == int(number[7]),
}

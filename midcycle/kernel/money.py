"""Money as whole minor units (cents, øre, yen) of a currency of ISO 4217; amounts as people type and read them.

No amount is ever a float, and none is converted here: a sum has one currency.
"""

import re
from typing import Final

# ISO 4217 (list one, 2026): digits after the decimal mark, of the currencies in use; those of funds and metals are left out.
_TWO: Final = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK "
    "DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD "
    "KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP "
    "PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH "
    "USD UYU UZS VES WST XCD XCG YER ZAR ZMW ZWG"
)
_NONE: Final = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE: Final = "BHD IQD JOD KWD LYD OMR TND"
CURRENCIES: Final = dict(
    sorted([(c, 2) for c in _TWO.split()] + [(c, 0) for c in _NONE.split()] + [(c, 3) for c in _THREE.split()])
)
"""Currencies by their three letters, each with its digits after the decimal mark."""

MOST: Final = 10**15 - 1
"""Largest amount in minor units, either way: what fits a whole number of JavaScript with room to add up."""

_TYPED: Final = re.compile(r"[+-]?[0-9]+(?:[.,' ][0-9]+)*")
_SPACES: Final = str.maketrans(dict.fromkeys("\u00a0\u2009\u202f", " ") | {"\u2212": "-", "\u2019": "'"})
_THREES: Final = re.compile(r"[0-9]{1,3}(?:(?P<mark>[.,' ])[0-9]{3})(?:(?P=mark)[0-9]{3})*")


class NotAnAmountError(ValueError):
    """What was typed is no amount of the currency; the message says what to type instead."""


def parse_amount(text: str, currency: str) -> int:
    """Return what somebody typed as minor units of a currency: `1,234.50`, `1.234,50`, `1 234,5`, `1'234` and `-12` are read.

    One mark with three digits behind it groups thousands, unless the currency has three decimals: then a point is the decimal
    mark, as we write it, and a comma could be either and is refused. Raises NotAnAmountError (its text is for people), KeyError
    for an unknown currency.
    """
    digits = CURRENCIES[currency]
    typed = text.translate(_SPACES).strip()
    if not typed or len(typed) > 40 or not _TYPED.fullmatch(typed):
        raise NotAnAmountError(f"Type an amount such as {amount_in_words(123450 if digits else 1234, currency, name=False)}.")
    sign = -1 if typed[0] == "-" else 1
    whole, part = _split(typed.lstrip("+-"), digits, currency)
    if len(part) > digits:
        most = ("no", "one", "two", "three")[digits]
        raise NotAnAmountError(f"{currency} has {most} decimals. Type fewer digits.")
    amount = int(whole + part.ljust(digits, "0"))
    if amount > MOST:
        raise NotAnAmountError("This is more than can be kept here. Type a smaller amount.")
    return sign * amount


def _split(typed: str, digits: int, currency: str) -> tuple[str, str]:
    """Return the digits before the decimal mark and those after it."""
    if typed.isdigit():
        return typed, ""
    threes = _THREES.fullmatch(typed)
    if threes and not (digits == 3 and threes["mark"] in ".," and typed.count(threes["mark"]) == 1):
        return re.sub(r"[^0-9]", "", typed), ""
    if threes and threes["mark"] == ",":
        whole, part = typed.split(",")
        raise NotAnAmountError(f"Thousands or decimals? Type {whole}.{part} or {typed}.000.")
    whole, mark, part = _at_last_mark(typed)
    grouped = _THREES.fullmatch(whole)
    if mark not in ".," or not (whole.isdigit() or (grouped and grouped["mark"] != mark)):
        raise NotAnAmountError(f"Type an amount such as {amount_in_words(123450 if digits else 1234, currency, name=False)}.")
    return re.sub(r"[^0-9]", "", whole), part


def _at_last_mark(typed: str) -> tuple[str, str, str]:
    at = max(typed.rfind(mark) for mark in ".,' ")
    return typed[:at], typed[at], typed[at + 1 :]


def amount_in_words(minor: int, currency: str, *, name: bool = True) -> str:
    """Return minor units as people read them: `1,234.50 EUR`, `1,200 JPY`; without the currency where `name` is false."""
    digits = CURRENCIES[currency]
    whole, part = divmod(abs(minor), 10**digits)
    text = f"{whole:,}" + (f".{part:0{digits}d}" if digits else "")
    return ("\u2212" if minor < 0 else "") + text + (f" {currency}" if name else "")


def amount_in_digits(minor: int, currency: str) -> str:
    """Return minor units for machines: `1234.50`, `-12`; as XML, CSV and JSON write decimals."""
    digits = CURRENCIES[currency]
    whole, part = divmod(abs(minor), 10**digits)
    return ("-" if minor < 0 else "") + str(whole) + (f".{part:0{digits}d}" if digits else "")

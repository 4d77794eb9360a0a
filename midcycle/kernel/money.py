"""Money as whole minor units (cents, øre, yen) of a currency of ISO 4217; amounts as people type and read them.

No amount is ever a float, and none is converted here: a sum has one currency. What people read is told as the CLDR (Unicode
Common Locale Data Repository) writes money in their language, by Babel; what stands in fields and files is the same for all.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from babel import Locale
from babel.numbers import parse_pattern

from midcycle.kernel.words import ENGLISH, gettext, gettext_noop, language

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


_WRITTEN: Final = re.compile(r"(?P<before>\D*)1(?P<group>\D*)000\D*000(?:(?P<mark>\D)0+)?(?P<after>\D*)")
_FEWER: Final = {
    0: gettext_noop("%(currency)s has no decimals. Type fewer digits."),
    2: gettext_noop("%(currency)s has two decimals. Type fewer digits."),
    3: gettext_noop("%(currency)s has three decimals. Type fewer digits."),
}


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
        raise NotAnAmountError(_ask_for_one(currency))
    sign = -1 if typed[0] == "-" else 1
    whole, part = _split(typed.lstrip("+-"), digits, currency)
    if len(part) > digits:
        raise NotAnAmountError(gettext(_FEWER[digits]) % {"currency": currency})
    amount = int(whole + part.ljust(digits, "0"))
    if amount > MOST:
        raise NotAnAmountError(gettext("This is more than can be kept here. Type a smaller amount."))
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
        raise NotAnAmountError(
            gettext("Thousands or decimals? Type %(decimals)s or %(thousands)s.")
            % {"decimals": f"{whole}.{part}", "thousands": f"{typed}.000"}
        )
    whole, mark, part = _at_last_mark(typed)
    grouped = _THREES.fullmatch(whole)
    if mark not in ".," or not (whole.isdigit() or (grouped and grouped["mark"] != mark)):
        raise NotAnAmountError(_ask_for_one(currency))
    return re.sub(r"[^0-9]", "", whole), part


def _ask_for_one(currency: str) -> str:
    example = amount_in_words(123450 if CURRENCIES[currency] else 1234, currency, name=False)
    return gettext("Type an amount such as %(example)s.") % {"example": example}


def _at_last_mark(typed: str) -> tuple[str, str, str]:
    at = max(typed.rfind(mark) for mark in ".,' ")
    return typed[:at], typed[at], typed[at + 1 :]


def amount_in_words(minor: int, currency: str, *, name: bool = True) -> str:
    """Return minor units as people read them in the language that is active: `1,234.50 EUR`, `1,200 JPY`, `1.234,50 EUR`.

    Where `name` is false, without the currency and as it is typed, the same in every language.
    """
    if name and language() != ENGLISH:
        return _told(minor, currency, language())
    digits = CURRENCIES[currency]
    whole, part = divmod(abs(minor), 10**digits)
    text = f"{whole:,}" + (f".{part:0{digits}d}" if digits else "")
    return ("\u2212" if minor < 0 else "") + text + (f" {currency}" if name else "")


@dataclass(frozen=True, slots=True)
class Manner:
    """How amounts of a currency are written: what stands around one above zero and one below, and the marks within."""

    above: tuple[str, str]
    below: tuple[str, str]
    group: str
    decimal: str


def manner_of(currency: str) -> Manner:
    """Return how `amount_in_words` writes amounts of a currency, for a program that writes them elsewhere."""
    million = 10 ** (6 + CURRENCIES[currency])
    above, below = (_WRITTEN.fullmatch(amount_in_words(amount, currency)) for amount in (million, -million))
    if above is None or below is None:
        raise ValueError(f"{currency} is not written in groups of three digits.")
    return Manner((above["before"], above["after"]), (below["before"], below["after"]), above["group"], above["mark"] or "")


@lru_cache(maxsize=2000)
def _told(minor: int, currency: str, spoken: str) -> str:
    """Return it with the letters of the currency: half a dozen countries call theirs $."""
    locale, digits = Locale(spoken), CURRENCIES[currency]
    pattern = parse_pattern(locale.currency_formats["standard"].pattern.replace("¤", "¤¤"))
    pattern.frac_prec = (digits, digits)  # those of ISO 4217; the CLDR leaves some out
    return str(pattern.apply(Decimal(minor).scaleb(-digits), locale, currency=currency, currency_digits=False))


def amount_in_digits(minor: int, currency: str) -> str:
    """Return minor units for machines: `1234.50`, `-12`; as XML, CSV and JSON write decimals."""
    digits = CURRENCIES[currency]
    whole, part = divmod(abs(minor), 10**digits)
    return ("-" if minor < 0 else "") + str(whole) + (f".{part:0{digits}d}" if digits else "")

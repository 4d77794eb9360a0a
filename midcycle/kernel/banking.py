"""Account numbers and references of banks: IBAN (ISO 13616), BIC (ISO 9362) and the structured reference RF (ISO 11649)."""

import re
from typing import Final

# Length of an IBAN by country (registry of SWIFT, release 99); of others the check digits alone are looked at.
_REGISTRY: Final = (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FK18 "
    "FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 "
    "LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 "
    "SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30"
)
_LENGTHS: Final = {entry[:2]: int(entry[2:]) for entry in _REGISTRY.split()}
_IBAN: Final = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_BIC: Final = re.compile(r"[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_RF: Final = re.compile(r"RF[0-9]{2}[A-Z0-9]{1,21}")
_PUNCTUATION: Final = re.compile(r"[\s.\-/]+")


def compact(text: str) -> str:
    """Return a number as it is kept: capital letters and digits, without what groups them."""
    return _PUNCTUATION.sub("", text).upper()


def is_iban(text: str) -> bool:
    """Say whether a compact text is an IBAN: letters, length of its country and check digits are right."""
    if not text.isascii() or not _IBAN.fullmatch(text):
        return False
    return len(text) == _LENGTHS.get(text[:2], len(text)) and _remainder(text[4:] + text[:4]) == 1


def is_bic(text: str) -> bool:
    """Say whether a compact text has the form of a BIC."""
    return text.isascii() and _BIC.fullmatch(text) is not None


def grouped(text: str) -> str:
    """Return an IBAN or a reference in groups of four, as people read it."""
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def reference_for(number: str) -> str:
    """Return the structured reference RF for a number of letters and digits, of which the last 21 count."""
    body = re.sub(r"[^A-Z0-9]", "", number.upper())[-21:] or "0"
    return f"RF{98 - _remainder(f'{body}RF00'):02d}{body}"


def is_reference(text: str) -> bool:
    """Say whether a compact text is a structured reference with right check digits."""
    return text.isascii() and _RF.fullmatch(text) is not None and _remainder(text[4:] + text[:4]) == 1


def references_in(text: str) -> list[str]:
    """Return the structured references that a text has in it, also when it groups them by blanks."""
    joined = text.upper()
    starts = [match.start() for match in re.finditer(r"RF ?[0-9]{2}", joined)]
    return [found for at in starts if (found := _first_reference(joined[at:]))]


def _first_reference(text: str) -> str:
    """Return the longest reference a text begins with; blank when it begins with none."""
    letters = re.match(r"(?:[A-Z0-9] ?)+", text)
    body = letters[0].replace(" ", "")[:25] if letters else ""
    return next((body[:length] for length in range(len(body), 4, -1) if is_reference(body[:length])), "")


def _remainder(text: str) -> int:
    """Return the remainder by 97, each letter standing for 10 to 35 (ISO 7064, MOD 97-10)."""
    return int("".join(str(int(char, 36)) for char in text)) % 97

"""Words other programs and people use, in some languages of Europe, and what they mean here. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from typing import Final, Literal

from midcycle.kernel.zones import countries, zones_of
from midcycle.meetups.rules import REGIONS
from midcycle.registration.rules import HEARD, ROLES, SECTORS
from midcycle.registration.rules.languages import LANGUAGES

Place = Literal["seat", "here", "waiting", "out"]

_NOT_WORDS: Final = re.compile(r"[\W_]+")
_ASIDE: Final = re.compile(r"\([^()]*\)\s*$")
_DAY: Final = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?:,?\s+(\d{1,2}):(\d{2})(?::\d{2})?)?")


@lru_cache(maxsize=4096)  # a long table says the same again and again
def plain(text: str) -> str:
    """Return the words of a text as they are compared: no case, accents, punctuation; one space between."""
    letters = unicodedata.normalize("NFKD", text.replace("#", " number ")).casefold()
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _NOT_WORDS.sub(" ", bare.replace("ł", "l").replace("ø", "o")).strip()


def _by_word(meanings: Mapping[str, str]) -> dict[str, str]:
    return {plain(word): meaning for meaning, words in meanings.items() for word in words.split(", ")}


_YES: Final = frozenset(
    _by_word({"yes": "yes, y, true, t, 1, x, ja, j, oui, si, sim, tak, ano, da, kyllä, igen, vrai, wahr, vero"})
)
_NO: Final = frozenset(_by_word({"": "no, n, false, f, 0, nein, non, nee, nej, não, nie, ne, ei, nem, faux, falsch, falso"}))
_PLACES: Final = _by_word(
    {
        "seat": "paid, confirmed, attending, registered, held, seat held, completed, complete, free, approved, accepted, "
        "valid, active, going, yes, p, no show, not checked in, bezahlt, bestätigt, angemeldet, payé, payée, confirmé, "
        "confirmée, inscrit, inscrite, pagado, pagada, confirmado, confirmada, inscrito, inscrita, pagato, pagata, "
        "confermato, confermata, iscritto, iscritta, betaald, bevestigd, pago, paga, opłacone, potwierdzone, betald, "
        "bekräftad, ja, oui, si, sim, tak, overpaid, nimmt teil, teilnahme, zugesagt, participe, participant, asiste, "
        "asistirá, asistente, va a asistir, partecipa, partecipante, parteciperà, neemt deel, participando, weźmie udział, "
        "deltar, order placed, placed, pending confirmed, ausstehend bestätigt",
        "here": "checked in, attended, present, here, arrived, used, eingecheckt, anwesend, présent, présente, presente, "
        "aanwezig, asistió, incheckad, enregistré, enregistrée, registrado en la entrada, ingecheckt, obecny, obecna",
        "waiting": "pending, approval pending, awaiting approval, pending approval, overdue, partially paid, on hold, invited, "
        "freigabe ausstehend, unpaid, not paid, waiting, waitlist, waitlisted, waiting list, on the waitlist, offered, "
        "seat offered, open, tentative, no, n, ausstehend, unbezahlt, offen, warteliste, auf der warteliste, wartend, "
        "en attente, impayé, liste d'attente, pendiente, no pagado, lista de espera, in attesa, in sospeso, non pagato, "
        "lista d'attesa, in afwachting, onbetaald, wachtlijst, pendente, oczekujące, lista rezerwowa, väntar, nein, non, "
        "nee",
        "out": "cancelled, canceled, cancelled by organiser, refunded, refunded canceled, expired, deleted, transferred, "
        "rejected, declined, abandoned, void, invalid, not attending, not going, e, c, storniert, abgelaufen, abgesagt, "
        "erstattet, abgelehnt, annulé, annulée, expiré, expirée, remboursé, remboursée, cancelado, cancelada, caducado, "
        "reembolsado, rechazado, annullato, annullata, scaduto, rimborsato, geannuleerd, verlopen, terugbetaald, "
        "anulowane, avbokad, inställd, canceled paid fee, canceled not paid, test, testmode, storniert bezahlte gebühr, "
        "nimmt nicht teil, no asistirá, no asiste, ne participe pas, ne participera pas, non partecipa, neemt niet deel, "
        "übertragen, transféré, transférée, transferido, transferida, trasferito, overgedragen, gelöscht, supprimé, eliminado",
    }
)
_ROLES: Final = _by_word(
    {
        "operator": "operator, operators, operations, ops, sysadmin, system administrator, systems administrator, "
        "administrator, sre, site reliability engineer, devops, devops engineer, network engineer, cloud operator, "
        "cloud engineer, platform engineer, i keep something running today, betreiber, betrieb, systemadministrator, "
        "opérateur, opératrice, administrateur système, operador, operadora, administrador de sistemas, operatore, "
        "sistemista, beheerder, systeembeheerder, administrador, operatör",
        "expects_to_operate": "expects to operate, expect to operate, planning to operate, will operate, "
        "i will and want to learn how",
        "developer": "developer, software developer, software engineer, programmer, entwickler, entwicklerin, "
        "softwareentwickler, développeur, développeuse, desarrollador, desarrolladora, sviluppatore, sviluppatrice, "
        "ontwikkelaar, programador, programadora, programista, utvecklare",
        "vendor": "vendor, vendor wearing a user's hat, sales, supplier, anbieter, hersteller, vertrieb, fournisseur, "
        "proveedor, fornitore, leverancier, fornecedor, dostawca, leverantör",
        "other": "other, something else, sonstiges, anderes, autre, otro, otra, altro, anders, outro, inne, annat",
    }
)
_SECTORS: Final = _by_word(
    {
        "academic research": "academic, academia, research, university, higher education, education, forschung, "
        "wissenschaft, hochschule, universität, recherche, université, investigación, universidad, ricerca, università, "
        "onderzoek, onderwijs",
        "government": "government, public sector, public administration, verwaltung, öffentliche verwaltung, "
        "öffentlicher dienst, behörde, administration publique, secteur public, administración pública, sector público, "
        "pubblica amministrazione, overheid",
        "broadcast media": "media, broadcasting, broadcaster, medien, rundfunk, médias, medios, media e tv",
        "public cloud": "cloud, cloud provider, hosting, public cloud provider",
        "telecom": "telco, telecoms, telecommunications, networks, network, isp, telekommunikation, télécommunications, "
        "telecomunicaciones, telecomunicazioni, telecommunicatie",
        "finance": "financial services, bank, banking, insurance, finanzen, finanzwesen, finances, finanzas, finanza, "
        "financiën",
        "industry": "manufacturing, retail, industrie, industria, handel, produktion",
        "health": "healthcare, health care, hospital, gesundheit, gesundheitswesen, santé, salud, sanità, zorg",
        "software": "software, consulting, it, it services, information technology, beratung, conseil, consultoría, consulenza",
        "non-profit": "nonprofit, non profit, ngo, charity, association, verein, gemeinnützig, association loi 1901, "
        "ong, onlus",
        "other": "other, something else, sonstiges, autre, otro, altro, anders",
    }
)
_REGIONS: Final = _by_word(
    {
        "europe": "uk, united kingdom, great britain, england, scotland, wales, northern ireland, czechia, "
        "the netherlands, europa, deutschland, österreich, schweiz, suisse, svizzera, españa, italia, nederland, "
        "belgique, belgië, polska, sverige, norge, danmark, suomi, frankreich, allemagne",
        "north-america": "usa, united states of america",
        "asia": "south korea, korea, republic of korea",
    }
)
_LANGUAGES: Final = {plain(name): code for code, name in LANGUAGES.items()} | _by_word(
    {
        "en": "english, englisch, anglais, inglés, inglese, engels, inglês, angielski, engelska",
        "de": "german, allemand, alemán, tedesco, duits, alemão, niemiecki, tyska",
        "fr": "french, französisch, francés, francese, frans, francês, francuski, franska",
        "es": "spanish, spanisch, espagnol, spagnolo, spaans, espanhol, hiszpański, spanska, castellano",
        "pt": "portuguese, portugiesisch, portugais, portugués",
        "it": "italian, italienisch, italien",
        "nl": "dutch, niederländisch, néerlandais, neerlandés",
        "pl": "polish, polnisch, polonais, polaco",
        "uk": "ukrainian, ukrainisch",
        "tr": "turkish, türkisch",
        "ar": "arabic, arabisch",
        "fa": "persian, farsi",
        "he": "hebrew, hebräisch",
        "ja": "japanese, japanisch",
        "zh": "chinese, chinesisch, mandarin",
    }
)
_TAG: Final = re.compile(r"(?P<main>[a-z]{2,3})(?:-[a-z0-9]{2,8})*")  # BCP 47
_LONGEST_TAG: Final = 10
_SOUTH: Final = frozenset({"AR", "BO", "BR", "CL", "CO", "EC", "FK", "GF", "GY", "PE", "PY", "SR", "UY", "VE"})
_MIDDLE_EAST: Final = frozenset({"AE", "BH", "IL", "IQ", "IR", "JO", "KW", "LB", "OM", "PS", "QA", "SA", "SY", "TR", "YE"})
_BY_ZONE: Final = {
    "Africa": "africa", "America": "north-america", "Asia": "asia", "Australia": "australia", "Europe": "europe",
    "Pacific": "australia",
}  # fmt: skip
_BY_CODE: Final = {
    **dict.fromkeys(("KM", "MG", "MU", "RE", "SC", "SH", "YT", "CV"), "africa"),
    **dict.fromkeys(("CY", "FO", "IS", "SJ"), "europe"),
    "BM": "north-america",
    "MV": "asia",
}


def yes_or_no(text: str) -> bool | None:
    """Return what a yes or a no means, None for anything else."""
    word = plain(text)
    return True if word in _YES or text.strip() in {"✓", "✔"} else False if word in _NO else None


def place_of(text: str) -> Place | None:
    """Return what the state of a registration elsewhere means here, None when the word is not known.

    What follows in brackets, as in `Pending (overdue)`, counts where it is known with the word, and is left out otherwise.
    """
    return _PLACE.get(_PLACES.get(plain(text)) or _PLACES.get(plain(_ASIDE.sub("", text)), ""))


def role_of(text: str) -> str | None:
    """Return the role a word means; blank when nothing was said, None when the word is not known."""
    return _one_of(text, ROLES, _ROLES)


def sector_of(text: str) -> str:
    """Return the sector a word means, or the words themselves."""
    return _one_of(text, SECTORS, _SECTORS) or text


def heard_of(text: str) -> str:
    """Return the way somebody heard that the words mean, or the words themselves."""
    return _one_of(text, HEARD, {}) or text


def language_of(text: str) -> str:
    """Return the code of the language a word names, or a tag such as `de-informal` begins with; blank when it is none.

    Of Chinese the whole tag is kept, as it tells which letters are used.
    """
    word, tag = plain(text), _TAG.fullmatch(text.strip().lower().replace("_", "-"))
    if word in _LANGUAGES:
        return _LANGUAGES[word]
    if tag is None:
        return ""
    return tag[0] if tag["main"] == "zh" and len(tag[0]) <= _LONGEST_TAG else tag["main"]


def region_of(text: str) -> str:
    """Return the region of the world a word or a country means, or the words themselves."""
    found = _one_of(text, REGIONS, _REGIONS)
    if found is not None:
        return found
    code = text.strip().upper()
    if code not in countries():
        word = plain(text)
        code = next((code for code, name in countries().items() if plain(name) == word), "")
    return _region_of_country(code) or text


def moment_of(text: str, zone: tzinfo) -> datetime | None:
    """Return the moment a text names without doubt: ISO 8601, or as in `31.1.2027 09:30`. None for others: 1/2 is two days."""
    try:
        moment = datetime.fromisoformat(text.strip().removesuffix(" UTC"))
    except ValueError:
        found = _DAY.fullmatch(text.strip())
        if found is None:
            return None
        day, month, year, hour, minute = (int(part or 0) for part in found.groups())
        try:
            moment = datetime(year, month, day, hour, minute)  # noqa: DTZ001 - the zone follows
        except ValueError:
            return None
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (OverflowError, ValueError):
        return None


_PLACE: Final[Mapping[str, Place]] = {"seat": "seat", "here": "here", "waiting": "waiting", "out": "out"}


def _one_of(text: str, words: Mapping[str, str], more: Mapping[str, str]) -> str | None:
    word = plain(text)
    if not word:
        return ""
    if word in more:
        return more[word]
    return next((key for key, name in words.items() if word in _forms(key, name)), None)


def _forms(key: str, name: str) -> Iterable[str]:
    return plain(key), plain(name)


def _region_of_country(code: str) -> str:
    if code in _SOUTH:
        return "south-america"
    if code in _MIDDLE_EAST:
        return "middle-east"
    zones = zones_of(code)
    return _BY_CODE.get(code) or (_BY_ZONE.get(zones[0].partition("/")[0], "") if zones else "")

"""What the columns of a table mean: guessed from their names, and from what is in them where names are not enough. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC
from typing import Final

from midcycle.engines.tables import Table
from midcycle.kernel.words import gettext, gettext_noop, quoted
from midcycle.registration.rules.words import moment_of, place_of, plain

FIELDS: Final[Mapping[str, str]] = {
    "name": gettext_noop("Name"),
    "given_name": gettext_noop("Given name"),
    "family_name": gettext_noop("Family name"),
    "email": gettext_noop("E-mail"),
    "order_name": gettext_noop("Name of who ordered, where there is no other"),
    "order_email": gettext_noop("E-mail of who ordered, where there is no other"),
    "organisation": gettext_noop("Organisation"),
    "role": gettext_noop("What they do"),
    "sector": gettext_noop("Sector"),
    "region": gettext_noop("Region or country"),
    "first_time": gettext_noop("First time"),
    "on_list": gettext_noop("On the community's list"),
    "heard_how": gettext_noop("How they heard"),
    "state": gettext_noop("State of the registration"),
    "checked_in": gettext_noop("Checked in"),
    "registered_at": gettext_noop("Registered at"),
    "diet": gettext_noop("Diet"),
    "access": gettext_noop("Access needs"),
    "photos": gettext_noop("May be photographed"),
    "language": gettext_noop("Language"),
    "group": gettext_noop("Group"),
    "quantity": gettext_noop("Number of tickets"),
}
QUESTION: Final = "question:"  # goes before the key of a question of the organisers
SOURCES: Final[Mapping[str, str]] = {
    "pretix": gettext_noop("an order export of pretix"),
    "eventbrite": gettext_noop("an attendee list of Eventbrite"),
    "midcycle": gettext_noop("a table of Midcycle"),
    "table": gettext_noop("a table"),
}
# What is kept about a file, in English.
UNKNOWN_STATE: Final = gettext_noop(
    "%(column)s is left out, as most of what it says is not known here (%(words)s). Everybody in the file would get a seat. "
    "Write paid, waiting, checked in or cancelled there if that is wrong."
)
ODD_DAYS: Final = gettext_noop(
    "%(column)s is left out, as not everybody reads its days alike (such as %(day)s). Write 2027-01-31 to keep when people "
    "registered there."
)

# Names of columns in English, German, French, Spanish, Italian, Dutch, Portuguese, Polish and Swedish.
_CALLED: Final[Mapping[str, str]] = {
    "quantity": "quantity, ticket quantity, tickets, number of tickets, positions, anzahl, anzahl tickets, menge, "
    "quantité, nombre de billets, cantidad, número de entradas, quantità, aantal",
    "name": "full name, attendee name, participant name, attendee, participant, your name, displayname, "
    "vollständiger name, teilnehmer, teilnehmername, name des teilnehmers, name der teilnehmenden, vor- und nachname, "
    "nom complet, nom et prénom, nom du participant, nombre completo, nombre y apellidos, participante, nome e cognome, "
    "nome completo, partecipante, volledige naam, deelnemer, nome do participante, imię i nazwisko, uczestnik, "
    "fullständigt namn, deltagare",
    "given_name": "given name, first name, firstname, forename, attendee first name, "
    "vorname, prénom, nombre de pila, nome di battesimo, voornaam, primeiro nome, nome próprio, förnamn",
    "family_name": "family name, last name, lastname, surname, "
    "nachname, familienname, nom de famille, apellido, apellidos, cognome, achternaam, familienaam, sobrenome, apelido, "
    "nazwisko, efternamn",
    "email": "email, e-mail, mail, email address, e-mail address, attendee email, attendee e-mail, participant email, "
    "your email, e-mail-adresse, mailadresse, e-mail des teilnehmers, adresse e-mail, courriel, adresse courriel, "
    "correo, correo electrónico, dirección de correo electrónico, indirizzo email, indirizzo e-mail, posta elettronica, "
    "e-mailadres, endereço de e-mail, adres e-mail, e-postadress, e-post",
    "order_name": "invoice address name, buyer name, customer name, purchaser name, rechnungsadresse name, name des käufers",
    "order_email": "buyer email, order email, customer email, purchaser email, e-mail des käufers",
    "organisation": "organisation, organization, company, company name, employer, affiliation, institution, institute, "
    "firma, unternehmen, arbeitgeber, einrichtung, entreprise, société, organisme, employeur, établissement, empresa, "
    "organización, institución, azienda, società, ente, organizzazione, istituto, bedrijf, organisatie, werkgever, "
    "organização, instituição, organizacja, instytucja, företag, organization name, organisation name",
    "role": "role, your role, job title, job, occupation, what do you do, rolle, funktion, beruf, tätigkeit, "
    "berufsbezeichnung, rôle, fonction, profession, métier, poste, rol, cargo, puesto, profesión, ruolo, professione, "
    "mansione, functie, beroep, função, profissão, rola, stanowisko, zawód, roll, yrke",
    "sector": "sector, industry, in which sector, branche, sektor, secteur, secteur d'activité, settore, "
    "sector de actividad, setor, branża, bransch",
    "region": "region, continent, where do you work, country, home country, work country, kontinent, land, pays, région, "
    "país, región, paese, regione, nazione, regio, região, kraj",
    "heard_how": "heard how, how did you hear, how did you hear about us, how did you hear about this event",
    "state": "status, attendee status, order status, registration status, state, paid, bestellstatus, zustand, statut, "
    "état, estado, stato, bezahlt, ticket status, teilnehmerstatus, status des teilnehmers, statut du participant, "
    "estado del asistente, estado del participante, stato del partecipante, deelnemerstatus, status uczestnika, "
    "deltagarstatus, statut de commande, estado del pedido, stato ordine",
    "checked_in": "checked in, check-in, checkin, arrived, attended, eingecheckt, anwesend, présent, presente, aanwezig",
    "registered_at": "registered at, registration date, order date, date registered, created, created at, timestamp, "
    "date, completion time, bestelldatum, anmeldedatum, "
    "angemeldet am, registriert am, inscrit le, zeitstempel, horodateur, date de commande, date d'inscription, "
    "marca temporal, fecha de inscripción, fecha del pedido, informazioni cronologiche, data ordine, tijdstempel, "
    "carimbo de data hora, sygnatura czasowa, tidsstämpel",
    "language": "language, locale, order locale, sprache, langue, idioma, lingua, taal, język, språk",
    "group": "group",
    "diet": "diet",
    "access": "access, access needs",
    "photos": "photos",
    "on_list": "on list",
    "first_time": "first time",
}
# What a longer question has in it.
_HAS: Final[Mapping[str, str]] = {
    "access": "accessib, access need, access requirement, special need, disabilit, barriere, zugänglichkeit, assistenz, "
    "handicap, accesib, toegankelijk, acessibilidade, dostępno, tillgänglig",
    "diet": "diet, dietary, vegetarian, vegan, allerg, meal, food, ernährung, essenswunsch, verpflegung, aliment, dieta, "
    "dieet, żywienio, kost",
    "heard_how": "did you hear, heard about, hear about, wie haben sie von, wie hast du von, comment avez vous, "
    "cómo se enteró, cómo nos conoció, come hai saputo, come è venuto, hoe heb je, hoe hoorde",
    "first_time": "first time, first meetup, first event, first mid cycle, first visit, zum ersten mal, erste teilnahme, "
    "première fois, primera vez, prima volta, eerste keer, primeira vez, pierwszy raz, första gången",
    "on_list": "mailing list, mailinglist, on the list, community s list, liste de diffusion, lista de correo, "
    "lista de distribución, lista de discussão, lista di posta, e postlista",
    "photos": "photograph, photo consent, fotograf, fotos",
    "role": "your role, your job, what do you do, ihre rolle, ihre funktion, deine rolle, votre rôle, votre fonction, "
    "su cargo, tu rol, il suo ruolo, uw functie",
    "sector": "which sector, your sector, which industry, your industry, welche branche, welcher branche, quel secteur",
    "region": "which country, your country, where do you live, where do you work, where are you based, where are you located",
    "organisation": "your organisation, your organization, your company, who do you work for, your employer, "
    "which organisation, which organization, which company",
}
# What tells those who come from those who ordered for them, and parts of names of columns beside it.
_WHO_COMES: Final = ("attendee", "particip", "partecip", "asistente", "teilnehm", "deelnemer", "uczestnik", "deltagar", "guest")
_PARTS_OF_WHO: Final[Mapping[str, tuple[str, ...]]] = {
    "email": ("mail", "correo", "courriel", "posta elettronica", "e post"),
    "given_name": ("given name", "first name", "vorname", "prenom", "nombre de pila", "voornaam", "imie", "fornamn"),
    "family_name": (
        "family name", "last name", "surname", "nachname", "familienname", "nom de famille", "apellido", "cognome",
        "achternaam", "nazwisko", "efternamn",
    ),
    "name": ("name", "nom", "nombre", "nome", "naam", "namn"),
}  # fmt: skip
_WORDS_IN_A_NAME: Final = 6  # what has more is a question
_EITHER: Final = frozenset(("name", "nom", "naam", "namn", "nombre", "nome", "imie"))
_MANY: Final = frozenset({"organisation"})  # where the first of several that says anything counts
_NO_STATE: Final = frozenset({"state", "paid"})  # a part of a country, more often than not
_SHOWN: Final = 200
_EXAMPLES: Final = 3
_ADDRESS: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_COUNT: Final = re.compile(r"\d{1,4}")


def _by_name(called: Mapping[str, str]) -> dict[str, str]:
    return {plain(name): field for field, names in called.items() for name in names.split(", ")}


_BY_NAME: Final = _by_name(_CALLED)
_BY_PART: Final = tuple((plain(part), field) for field, parts in _HAS.items() for part in parts.split(", "))


def source_of(columns: Iterable[str]) -> str:
    """Return the program a table comes from, `table` when it is none we know."""
    names = {plain(column) for column in columns}
    if "order code" in names and names & {"event slug", "position id", "attendee name"}:
        return "pretix"
    if names & {"order number", "order no", "order id"} and names & {"attendee status", "attendee number", "attendee no"}:
        return "eventbrite"
    return "midcycle" if {"arrival", "name", "email", "state", "registered at"} <= names else "table"


def guess(table: Table, questions: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return for columns, by name, the field each seems to be; `questions` has the titles of each by its key.

    Addresses are known by how they look where no name tells of them.
    """
    found = guess_by_name(table, questions)
    if not set(found.values()) & {"email", "order_email"}:
        free = (column for column in table.columns if column not in found)
        found |= dict.fromkeys([column for column in free if _has_addresses(table, column)][:1], "email")
    return found


def guess_by_name(table: Table, questions: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return for columns the field each seems to be by its name alone."""
    asked = {plain(title): f"{QUESTION}{key}" for key, titles in questions.items() for title in (key, *titles)}
    names = {column: plain(column) for column in table.columns}
    fields = {column: asked.get(name) or _by_words(name) for column, name in names.items()}
    found: dict[str, str] = {}
    for column, field in _settled(fields, names).items():
        if field and _fits(table, column, field) and (field in _MANY or field not in found.values()):
            found[column] = field
    _settle_names(found, names)
    return found


def told_of_people(table: Table) -> tuple[bool, int]:
    """Return how much a table tells of people: whether they can be imported, and how many different things it says."""
    found = guess(table, {})
    return why_not(found) is None, len(set(found.values()))


def remarks_on(table: Table) -> tuple[str, ...]:
    """Return what is to say about columns that are left out: a state in words nobody knows, days that could be two."""
    found = guess(table, {})
    remarks = []
    for field, remark in (("state", _unknown_state), ("registered_at", _odd_days)):
        free = [column for column in table.columns if field not in found.values() and _by_words(plain(column)) == field]
        said = [
            column for column in free if plain(column) not in _NO_STATE and any(cell.strip() for cell in _some(table, column))
        ]
        remarks += [remark(table, column) for column in said[:1]]
    return tuple(remarks)


def why_not(mapping: Mapping[str, str]) -> str | None:
    """Return why nobody can be imported with this meaning of columns, None when people can."""
    fields = set(mapping.values())
    if not fields & {"email", "order_email"}:
        return gettext("Say which column has the e-mail addresses: each person is known by theirs.")
    if not fields & {"name", "given_name", "family_name", "order_name"}:
        return gettext("Say which column has the names.")
    twice = next((field for field in mapping.values() if list(mapping.values()).count(field) > 1 and field not in _MANY), None)
    if twice is None:
        return None
    field = gettext(FIELDS[twice]) if twice in FIELDS else gettext("the same question")
    return gettext("Two columns are “%(field)s”. Leave one of them out.") % {"field": field}


def _by_words(name: str) -> str | None:
    return _BY_NAME.get(name) or _of_who_comes(name) or next((field for part, field in _BY_PART if part in name), None)


def _of_who_comes(name: str) -> str | None:
    """Return what a column such as `Name des Teilnehmers: Vorname` says of the person who comes."""
    if len(name.split()) > _WORDS_IN_A_NAME or not any(part in name for part in _WHO_COMES):
        return None
    return next((field for field, parts in _PARTS_OF_WHO.items() if any(f" {part}" in f" {name}" for part in parts)), None)


def _unknown_state(table: Table, column: str) -> str:
    said = dict.fromkeys(word for cell in _some(table, column) if (word := cell.strip()) and place_of(word) is None)
    words = ", ".join(quoted(word[:30]) for word in list(said)[:_EXAMPLES])
    return UNKNOWN_STATE % {"column": quoted(column[:60]), "words": words}


def _odd_days(table: Table, column: str) -> str:
    day = next(cell.strip() for cell in _some(table, column) if cell.strip())
    return ODD_DAYS % {"column": quoted(column[:60]), "day": quoted(day[:30])}


def _has_addresses(table: Table, column: str) -> bool:
    said = [cell for cell in _some(table, column) if cell.strip()]
    return bool(said) and sum(bool(_ADDRESS.fullmatch(cell.strip())) for cell in said) > len(said) / 2


def _fits(table: Table, column: str, field: str) -> bool:
    """Say whether what is in the column can be this.

    `State` is a part of a country in one table and paid in another; 1/2/27 is January to some and February to others.
    """
    if field == "group":
        return source_of(table.columns) == "midcycle"
    tests: Mapping[str, Callable[[str], object]] = {
        "state": place_of,
        "registered_at": lambda text: moment_of(text, UTC),
        "quantity": _COUNT.fullmatch,
    }
    if field not in tests:
        return True
    said = [word for row in _some(table, column) if (word := row.strip())]
    return bool(said) and sum(tests[field](word) is not None for word in said) >= len(said) / 2


def _some(table: Table, column: str) -> Sequence[str]:
    at = table.columns.index(column)
    return [row[at] for row in table.rows[:_SHOWN]]


def _settled(fields: Mapping[str, str | None], names: Mapping[str, str]) -> dict[str, str | None]:
    """Tell what is said of who comes from what is said of who ordered, where a table has both."""
    own = [column for column, field in fields.items() if field == "email" and any(part in names[column] for part in _WHO_COMES)]
    if not own:
        return dict(fields)
    return {column: "order_email" if field == "email" and column not in own else field for column, field in fields.items()}


def _settle_names(found: dict[str, str], names: Mapping[str, str]) -> None:
    """Read a column that is called no more than name: the family name beside a given name, and the other way round."""
    fields = set(found.values())
    bare = [column for column, name in names.items() if name in _EITHER and column not in found]
    for column in bare[:1]:
        if "given_name" in fields and "family_name" not in fields:
            found[column] = "family_name"
        elif "family_name" in fields and "given_name" not in fields:
            found[column] = "given_name"
        elif "name" not in fields and "given_name" not in fields:
            found[column] = "name"
        elif "order_name" not in fields and "name" in fields:
            found[column] = "order_name"

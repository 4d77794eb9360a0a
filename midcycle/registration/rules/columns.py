"""What the columns of a table mean: guessed from their names, and from what is in them where names are not enough. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC
from typing import Final

from midcycle.engines.tables import Table
from midcycle.registration.rules.words import moment_of, place_of, plain

FIELDS: Final[Mapping[str, str]] = {
    "name": "Name",
    "given_name": "Given name",
    "family_name": "Family name",
    "email": "E-mail",
    "order_name": "Name of who ordered, where there is no other",
    "order_email": "E-mail of who ordered, where there is no other",
    "organisation": "Organisation",
    "role": "What they do",
    "sector": "Sector",
    "region": "Region or country",
    "first_time": "First time",
    "on_list": "On the community's list",
    "heard_how": "How they heard",
    "state": "State of the registration",
    "checked_in": "Checked in",
    "registered_at": "Registered at",
    "diet": "Diet",
    "access": "Access needs",
    "photos": "May be photographed",
    "language": "Language",
    "group": "Group",
}
QUESTION: Final = "question:"  # goes before the key of a question of the organisers
SOURCES: Final[Mapping[str, str]] = {
    "pretix": "an order export of pretix",
    "eventbrite": "an attendee list of Eventbrite",
    "midcycle": "a table of Midcycle",
    "table": "a table",
}

# Names of columns in English, German, French, Spanish, Italian, Dutch, Portuguese, Polish and Swedish.
_CALLED: Final[Mapping[str, str]] = {
    "name": "full name, attendee name, participant name, attendee, participant, your name, displayname, "
    "vollständiger name, teilnehmer, teilnehmername, name des teilnehmers, name der teilnehmenden, vor- und nachname, "
    "nom complet, nom et prénom, nom du participant, nombre completo, nombre y apellidos, participante, nome e cognome, "
    "nome completo, partecipante, volledige naam, deelnemer, nome do participante, imię i nazwisko, uczestnik, "
    "fullständigt namn, deltagare",
    "given_name": "given name, first name, firstname, forename, attendee name given name, attendee name first name, "
    "vorname, prénom, nombre de pila, nome di battesimo, voornaam, primeiro nome, nome próprio, förnamn",
    "family_name": "family name, last name, lastname, surname, attendee name family name, attendee name last name, "
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
    "état, estado, stato, bezahlt",
    "checked_in": "checked in, check-in, checkin, arrived, attended, eingecheckt, anwesend, présent, presente, aanwezig",
    "registered_at": "registered at, registration date, order date, date registered, created, created at, timestamp, "
    "date, completion time, bestelldatum, anmeldedatum, zeitstempel, horodateur, date de commande, date d'inscription, "
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
    "organisation": "your organisation, your organization, your company, who do you work for, your employer",
}
_EITHER: Final = frozenset(("name", "nom", "naam", "namn", "nombre", "nome", "imie"))
_MANY: Final = frozenset({"organisation"})  # where the first of several that says anything counts
_SHOWN: Final = 200


def _by_name(called: Mapping[str, str]) -> dict[str, str]:
    return {plain(name): field for field, names in called.items() for name in names.split(", ")}


_BY_NAME: Final = _by_name(_CALLED)
_BY_PART: Final = tuple((plain(part), field) for field, parts in _HAS.items() for part in parts.split(", "))


def source_of(columns: Iterable[str]) -> str:
    """Return the program a table comes from, `table` when it is none we know."""
    names = {plain(column) for column in columns}
    if (
        {"order code", "event slug"} <= names
        or {"order code", "position id"} <= names
        or {"order code", "attendee name"} <= names
    ):
        return "pretix"
    if "order number" in names and names & {"attendee status", "attendee number"}:
        return "eventbrite"
    return "midcycle" if {"arrival", "name", "email", "state", "registered at"} <= names else "table"


def guess(table: Table, questions: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return for columns, by name, the field each seems to be; `questions` has the titles of each by its key."""
    asked = {plain(title): f"{QUESTION}{key}" for key, titles in questions.items() for title in (key, *titles)}
    names = {column: plain(column) for column in table.columns}
    found: dict[str, str] = {}
    for column, name in names.items():
        field = asked.get(name) or _BY_NAME.get(name) or _in_part(name)
        if field and _fits(table, column, field) and (field in _MANY or field not in found.values()):
            found[column] = field
    _settle_addresses(found, names)
    _settle_names(found, names)
    return found


def why_not(mapping: Mapping[str, str]) -> str | None:
    """Return why nobody can be imported with this meaning of columns, None when people can."""
    fields = set(mapping.values())
    if not fields & {"email", "order_email"}:
        return "Say which column has the e-mail addresses: each person is known by theirs."
    if not fields & {"name", "given_name", "family_name", "order_name"}:
        return "Say which column has the names."
    twice = next((field for field in mapping.values() if list(mapping.values()).count(field) > 1 and field not in _MANY), None)
    return f"Two columns are “{FIELDS.get(twice, 'the same question')}”. Leave one of them out." if twice else None


def _in_part(name: str) -> str | None:
    return next((field for part, field in _BY_PART if part in name), None)


def _fits(table: Table, column: str, field: str) -> bool:
    """Say whether what is in the column can be this.

    `State` is a part of a country in one table and paid in another; 1/2/27 is January to some and February to others.
    """
    if field == "group":
        return source_of(table.columns) == "midcycle"
    tests: Mapping[str, Callable[[str], object]] = {"state": place_of, "registered_at": lambda text: moment_of(text, UTC)}
    if field not in tests:
        return True
    said = [word for row in _some(table, column) if (word := row.strip())]
    return bool(said) and sum(tests[field](word) is not None for word in said) >= len(said) / 2


def _some(table: Table, column: str) -> Sequence[str]:
    at = table.columns.index(column)
    return [row[at] for row in table.rows[:_SHOWN]]


def _settle_addresses(found: dict[str, str], names: Mapping[str, str]) -> None:
    """Tell the address of who comes from that of who ordered, where a table has both."""
    own = next((column for column, name in names.items() if name in {"attendee email", "attendee e mail"}), None)
    ordered = next((column for column, name in names.items() if name in {"email", "e mail"}), None)
    if own is not None and ordered is not None:
        found.update({own: "email", ordered: "order_email"})


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

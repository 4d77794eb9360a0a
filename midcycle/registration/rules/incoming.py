"""Rows of a table as people who register: who each is, what they said, and what is wrong with a row. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Final, Literal

from midcycle.engines.tables import Table
from midcycle.kernel.addresses import canonical
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import has_ink, one_line
from midcycle.kernel.words import gettext, gettext_noop, ngettext, quoted
from midcycle.meetups.rules import REGIONS
from midcycle.registration.rules import SECTORS, asking, sentences
from midcycle.registration.rules.columns import FIELDS, QUESTION
from midcycle.registration.rules.needs import LONGEST_ACCESS, LONGEST_DIET
from midcycle.registration.rules.words import (
    heard_of,
    language_of,
    moment_of,
    place_of,
    plain,
    region_of,
    role_of,
    sector_of,
    yes_or_no,
)

Outcome = Literal["new", "known", "out", "wrong"]
OUTCOMES: Final[Mapping[str, str]] = {
    "new": gettext_noop("New"),
    "known": gettext_noop("Here already"),
    "out": gettext_noop("Cancelled there"),
    "wrong": gettext_noop("Wrong"),
}
# What is wrong with a row. It is kept in English, and told where it is shown.
_NO_ADDRESS: Final = gettext_noop("There is no e-mail address.")
_BAD_ADDRESS: Final = gettext_noop("This is no e-mail address.")
_NO_NAME: Final = gettext_noop("There is no name.")
_UNKNOWN_STATE: Final = gettext_noop("The state %(state)s is not known. Write paid, waiting, checked in or cancelled instead.")
_SAME_ADDRESS: Final = gettext_noop("The same address is in row %(row)s. Each person needs their own.")
TROUBLES: Final = (_UNKNOWN_STATE, _SAME_ADDRESS)
_LONGEST: Final[Mapping[str, int]] = {
    "organisation": 120, "group": 80, "heard_how": 160, "sector": 60, "region": 60, "diet": LONGEST_DIET,
    "access": LONGEST_ACCESS,
}  # fmt: skip
_LONGEST_NAME: Final = 120
_PLAIN: Final = ("organisation", "diet", "access", "group")
_YES_NO: Final = ("first_time", "on_list", "photos")
_OURS: Final[Mapping[str, Mapping[str, str]]] = {"sector": SECTORS, "region": REGIONS}
_SHORT: Final = 60
# What Eventbrite writes for what nobody was asked, and spreadsheets for what they could not work out.
_NOT_SAID: Final = frozenset(
    {
        "Info Requested", "Information Requested", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!",
        "#SPILL!", "Err:502", "Err:508", "Err:522",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Incoming:
    """Somebody in a row. `said` are fields of the answers, `more` answers the organisers' questions by their key.

    Those who have not paid yet, or waited there, come after all others. `trouble` says what is wrong with the row, `notes`
    how it was understood where that is not plain.
    """

    number: int
    outcome: Outcome
    email: str = ""
    name: str = ""
    said: Mapping[str, str | bool | None] = field(default_factory=dict)
    more: Mapping[str, str] = field(default_factory=dict)
    waits: bool = False
    is_here: bool = False
    registered_at: datetime | None = None
    trouble: str = ""
    notes: tuple[str, ...] = ()

    @property
    def is_new_and_waits(self) -> bool:
        """Say whether somebody comes last, as they had no seat there."""
        return self.outcome == "new" and self.waits

    @property
    def becomes(self) -> str:
        """Return what comes of the row, in words."""
        if self.outcome != "new":
            return sentences.told(self.trouble, TROUBLES) or gettext(OUTCOMES[self.outcome])
        return gettext("Checked in") if self.is_here else gettext("Last in line") if self.waits else gettext("New")


@dataclass(frozen=True)
class Asked:
    """A question of the organisers: its kind, and what each way to write a choice means."""

    kind: str
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """How a table is read: the field of each column by its name, the zone of its times, who is known, and what is asked."""

    mapping: Mapping[str, str]
    zone: tzinfo
    known: Collection[str] = ()
    asked: Mapping[str, Asked] = field(default_factory=dict)


def why_not_imported(stage: str) -> str | None:
    """Return why nobody can be imported in this stage, None when people can."""
    if stage in {"wrap_up", "archived"}:
        return gettext("This meetup is over. Nobody can be imported any more.")
    return None


def incoming(table: Table, reading: Reading) -> tuple[Incoming, ...]:
    """Return what each row means, in the order of the table."""
    return tuple(_each(table, reading))


def in_order(people: Sequence[Incoming]) -> list[Incoming]:
    """Return those who are new in the order they arrive: as in the table, and who waited there after all others."""
    return sorted((person for person in people if person.outcome == "new"), key=lambda person: person.waits)


def rows_in_words(numbers: Collection[int]) -> str:
    """Return where rows are, such as `Row 7`, or `Rows 2 to 4, 9`."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [
        str(run[0]) if len(run) == 1 else gettext("%(first)s to %(last)s") % {"first": run[0], "last": run[-1]} for run in runs
    ]
    return ngettext("Row %(rows)s", "Rows %(rows)s", len(numbers)) % {"rows": ", ".join(parts)}


def _each(table: Table, reading: Reading) -> Iterator[Incoming]:
    columns = [(at, reading.mapping[column]) for at, column in enumerate(table.columns) if column in reading.mapping]
    rows_of: dict[str, int] = {}
    for number, row in zip(table.numbers, table.rows, strict=True):
        told: dict[str, str] = {}
        for at, name in columns:
            said = row[at].strip()
            if not told.get(name):
                told[name] = "" if said in _NOT_SAID else said
        yield _one(number, told, reading, rows_of)


def _one(number: int, told: Mapping[str, str], reading: Reading, rows_of: dict[str, int]) -> Incoming:
    typed = told.get("email") or told.get("order_email", "")
    state = place_of(told.get("state", "")) if told.get("state") else "seat"
    if state == "out":
        return Incoming(number, "out", email=_short(typed), name=_name(told))
    try:
        email = _address(typed)
        name = _named(told)
        _check_state(told, state)
        _check_once(email, number, rows_of)
    except Refusal as refusal:
        return Incoming(number, "wrong", email=_short(typed), name=_name(told), trouble=refusal.message)
    said, notes = _said(told)
    more, left_out = _more(told, reading)
    is_here = state == "here" or _is_here(told.get("checked_in", ""))
    registered_at = moment_of(told["registered_at"], reading.zone) if told.get("registered_at") else None
    return Incoming(
        number=number,
        outcome="known" if email in reading.known else "new",
        email=email,
        name=name,
        said=said,
        more=more,
        waits=state == "waiting" and not is_here,
        is_here=is_here,
        registered_at=registered_at,
        notes=(*notes, *left_out, *_more_notes(told, is_dated=registered_at is not None)),
    )


def _address(typed: str) -> str:
    if not typed:
        raise Refusal(_NO_ADDRESS)
    try:
        return canonical(typed)
    except Refusal:
        raise Refusal(_BAD_ADDRESS) from None


def _name(told: Mapping[str, str]) -> str:
    name = _whole_name(told)[:_LONGEST_NAME]
    return name if has_ink(name) else ""


def _whole_name(told: Mapping[str, str]) -> str:
    both = " ".join(part for key in ("given_name", "family_name") if (part := told.get(key, "")))
    return one_line(told.get("name") or both or told.get("order_name", ""))


def _named(told: Mapping[str, str]) -> str:
    name = _name(told)
    if not name:
        raise Refusal(_NO_NAME)
    return name


def _check_state(told: Mapping[str, str], state: str | None) -> None:
    if state is None:
        word = quoted(_short(told["state"]))
        raise Refusal(_UNKNOWN_STATE % {"state": word})


def _check_once(email: str, number: int, rows_of: dict[str, int]) -> None:
    first = rows_of.setdefault(email, number)
    if first != number:
        raise Refusal(_SAME_ADDRESS % {"row": first})


def _said(told: Mapping[str, str]) -> tuple[dict[str, str | bool | None], list[str]]:
    """Return what somebody says, and how that was understood where it is not plain."""
    said: dict[str, str | bool | None] = {key: told.get(key, "") for key in _PLAIN}
    said |= {key: yes_or_no(told.get(key, "")) for key in _YES_NO}
    said |= {"sector": sector_of(told.get("sector", "")), "region": region_of(told.get("region", ""))}
    said |= {"heard_how": heard_of(told.get("heard_how", "")), "language": language_of(told.get("language", ""))}
    notes = [note for key in _OURS if (note := _own_words(key, str(said[key])))]
    notes += [_left_out(told[key], key) for key in (*_YES_NO, "language") if told.get(key) and said[key] in ("", None)]
    words = told.get("role", "")
    role = role_of(words)
    if role is not None:
        return {**said, "role": role}, notes
    said |= {"role": "other", "group": said["group"] or words}
    kept = gettext("%(word)s is none of our roles: kept as “Something else”.")
    if said["group"] == words:
        kept = gettext("%(word)s is none of our roles: kept as “Something else”, with these words.")
    return said, [*notes, kept % {"word": quoted(_short(words))}]


def _own_words(key: str, words: str) -> str:
    """Return what is to say of a sector or region that is none of ours; blank when it is."""
    if not words or words in _OURS[key]:
        return ""
    kept = gettext("%(word)s is none of our regions: kept in these words.")
    if key == "sector":
        kept = gettext("%(word)s is none of our sectors: kept in these words.")
    return kept % {"word": quoted(_short(words))}


def _left_out(text: str, key: str) -> str:
    return _no_answer(text, gettext(FIELDS[key]))


def _no_answer(text: str, title: str) -> str:
    told = gettext("%(answer)s is no answer to %(question)s: left out.")
    return told % {"answer": quoted(_short(text)), "question": quoted(title)}


def _more_notes(told: Mapping[str, str], *, is_dated: bool) -> list[str]:
    """Return what else is to say of a row: a date that could be two, several tickets, and what is too long."""
    notes = []
    if told.get("registered_at") and not is_dated:
        text = quoted(_short(told["registered_at"]))
        odd = gettext("%(day)s is no day that everybody reads alike, such as 2027-01-31: today counts instead.")
        notes.append(odd % {"day": text})
    count = told.get("quantity", "")
    if count.isdecimal() and int(count[:5]) > 1:
        several = gettext("This row stands for %(count)s tickets: one person is imported. Add the others by their names.")
        notes.append(several % {"count": int(count[:5])})
    long = [gettext(FIELDS[key]) for key, most in _LONGEST.items() if len(told.get(key, "")) > most]
    long += [gettext(FIELDS["name"])] if len(_whole_name(told)) > _LONGEST_NAME else []
    return notes + [gettext("%(field)s is too long, and is cut.") % {"field": quoted(name)} for name in long]


def _more(told: Mapping[str, str], reading: Reading) -> tuple[dict[str, str], list[str]]:
    """Return the answers to the organisers' questions, and what could not be one."""
    more, left_out = {}, []
    for name, text in told.items():
        key = name.removeprefix(QUESTION)
        if not text or key == name or key not in reading.asked:
            continue
        answer = _answer(reading.asked[key], text, reading.zone)
        if len(text) > asking.LONGEST_ANSWER:
            left_out.append(gettext("The answer to %(question)s is too long, and is cut.") % {"question": quoted(key)})
        if answer is None:
            left_out.append(_no_answer(text, key))
        else:
            more[key] = answer
    return more, left_out


def _answer(asked: Asked, text: str, zone: tzinfo) -> str | None:
    """Return an answer in the form it is kept in, None when it cannot be one."""
    if asked.kind == "choice":
        return asked.choices.get(plain(text))
    if asked.kind == "yes_no":
        return {True: "yes", False: "no", None: None}[yes_or_no(text)]
    if asked.kind == "date":
        moment = moment_of(text, zone)
        text = "" if moment is None else moment.astimezone(zone).date().isoformat()
    try:
        return asking.answer_to(asking.Asked(0, "", asked.kind, {}), text[: asking.LONGEST_ANSWER]) or None
    except Refusal:
        return None


def _is_here(text: str) -> bool:
    """Say whether a column about checking in says so: yes, or when."""
    said = yes_or_no(text)
    return bool(text) and (said is True or (said is None and place_of(text) not in {"seat", "waiting", "out"}))


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= _SHORT else f"{line[: _SHORT - 1]}…"

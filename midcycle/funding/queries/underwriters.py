"""Who is thanked and how; and for the team, who was asked by whom and where it stands."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.db.models.functions import Lower
from django.utils.translation import gettext, pgettext

from midcycle.funding.models import Budget, Contact, Recognition, Underwriter
from midcycle.funding.rules.underwriting import MOVES, RECOGNITIONS, STATE_NAMES, STATES, deed
from midcycle.kernel.money import amount_in_words
from midcycle.meetups.models import Meetup, Organiser


@dataclass(frozen=True)
class Thanked:
    """An underwriter as everybody sees it, and how it is thanked, in words."""

    name: str
    is_host: bool
    is_operator: bool
    ways: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """An underwriter as the team sees it."""

    id: int
    name: str
    is_host: bool
    is_operator: bool
    state: str
    state_name: str
    amount: str
    asked_on: date | None
    next_step: str
    next_on: date | None
    owner: str
    is_late: bool


@dataclass(frozen=True)
class Sum:
    """How many are in a state, and what they promised, a sum for each currency."""

    name: str
    count: int
    amounts: tuple[str, ...]


@dataclass(frozen=True)
class Pipeline:
    """All underwriters by state, and the sums."""

    rows: tuple[Row, ...]
    sums: tuple[Sum, ...]


@dataclass(frozen=True)
class Move:
    """A move that can be made now, and what its button says."""

    state: str
    label: str


@dataclass(frozen=True)
class UnderwriterPage:
    """One underwriter for the team: what was said, what can come next."""

    underwriter: Underwriter
    amount: str
    paid: str
    moves: tuple[Move, ...]
    contacts: tuple[Contact, ...]


def underwriters(meetup: Meetup, where: str = "page") -> list[Underwriter]:
    """Return who is thanked on the page of a meetup, or in its `report`: hosts first, then by name. One query."""
    found = Underwriter.objects.filter(meetup=meetup, state="thanked", recognitions__kind=where)
    return list(found.order_by("-is_host", Lower("name")))


def thanked(meetup: Meetup) -> tuple[Thanked, ...]:
    """Return everybody who is thanked in any way, for everybody to see: hosts first, then by name. Two queries."""
    found = Underwriter.objects.filter(meetup=meetup, state="thanked").exclude(recognitions=None)
    rows = found.order_by("-is_host", Lower("name")).prefetch_related("recognitions")
    return tuple(Thanked(row.name, row.is_host, row.is_operator, _ways(row.recognitions.all())) for row in rows)


def home_currency(meetup: Meetup) -> str:
    """Return the currency of the budget of a meetup. One query."""
    return Budget.objects.filter(meetup=meetup).values_list("currency", flat=True).first() or "EUR"


def balance_is_published(meetup: Meetup) -> bool:
    """Say whether everybody may see the balance. One query."""
    return Budget.objects.filter(meetup=meetup, is_published=True).exists()


def pipeline(meetup: Meetup, today: date) -> Pipeline:
    """Return all underwriters for the team: by state, those who operate first, then by name. One query."""
    found = Underwriter.objects.filter(meetup=meetup).select_related("owner").annotate(asked_on=Max("contacts__on"))
    rows = list(found.order_by("-is_host", "-is_operator", Lower("name")))
    rows.sort(key=lambda row: STATES.index(row.state))
    sums = [_sum(state, [row for row in rows if row.state == state]) for state in STATES]
    return Pipeline(tuple(_row(row, vars(row)["asked_on"], today) for row in rows), tuple(one for one in sums if one.count))


def underwriter_page(underwriter: Underwriter) -> UnderwriterPage:
    """Return what the team sees of one underwriter. One query."""
    contacts = Contact.objects.filter(underwriter=underwriter).select_related("by").order_by("-on", "-pk")
    following = sorted(MOVES[underwriter.state], key=STATES.index)
    return UnderwriterPage(
        underwriter=underwriter,
        amount=_amount(underwriter),
        paid=amount_in_words(underwriter.paid, underwriter.currency) if underwriter.paid else "",
        moves=tuple(Move(state, deed(underwriter.state, state)) for state in following),
        contacts=tuple(contacts),
    )


def team(meetup: Meetup) -> tuple[tuple[int, str], ...]:
    """Return the people of the team with their numbers, by name. One query."""
    found = Organiser.objects.filter(meetup=meetup).select_related("person").order_by("person__name")
    return tuple((one.person_id, str(one.person)) for one in found)


def _row(row: Underwriter, asked_on: date | None, today: date) -> Row:
    return Row(
        id=row.pk,
        name=row.name,
        is_host=row.is_host,
        is_operator=row.is_operator,
        state=row.state,
        state_name=pgettext("of an underwriter", row.state_name),
        amount=_amount(row),
        asked_on=asked_on,
        next_step=row.next_step,
        next_on=row.next_on,
        owner=str(row.owner) if row.owner else "",
        is_late=row.next_on is not None and row.next_on < today,
    )


def _sum(state: str, rows: Sequence[Underwriter]) -> Sum:
    totals = Counter[str]()
    for row in rows:
        totals[row.currency] += row.pledged
    amounts = tuple(amount_in_words(total, currency) for currency, total in sorted(totals.items()) if total)
    return Sum(pgettext("of an underwriter", STATE_NAMES[state]), len(rows), amounts)


def _amount(row: Underwriter) -> str:
    return amount_in_words(row.pledged, row.currency) if row.pledged else ""


def _ways(found: Iterable[Recognition]) -> tuple[str, ...]:
    kinds = {one.kind for one in found}
    return tuple(gettext(words) for kind, words in RECOGNITIONS.items() if kind in kinds)

"""A mailing before it is sent, as each gets it, and how far it went out afterwards."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, gettext_noop, pgettext

from midcycle.accounts.models import Person
from midcycle.kernel.typed import inert, lines, one_line
from midcycle.kernel.words import moment_in_words
from midcycle.lists.access import invitation_key
from midcycle.mailing.access import key_of
from midcycle.mailing.models import Letter, Mailing
from midcycle.mailing.queries.audience import (
    LeftOut,
    audience_in_words,
    chosen_for,
    left_out,
    names_of,
    seats_of_people,
)
from midcycle.mailing.queries.speaking import language_of_reader, language_of_text
from midcycle.mailing.rules import Draft, filled_in, without_name
from midcycle.mailing.rules.mailings import (
    COPIES,
    KINDS,
    LOOK_BACK,
    UNDER_WAY,
    limits_for,
    limits_in_words,
    next_turn,
)
from midcycle.meetups.models import Meetup
from midcycle.registration.access import letter_key
from midcycle.registration.models import Seat

PAGE = 100
_HIDDEN = "their-own-link"
_SETTLED_LATER = gettext_noop("still to be settled")
_LONGEST_LINE = 200

# What the organiser looks for in an outbox; those chosen wait, whether or not their letter is written.
TABS = {
    "waiting": (gettext_noop("Waiting"), ("chosen", "waiting")),
    "sent": (gettext_noop("Sent"), ("sent",)),
    "failed": (gettext_noop("Failed"), ("failed",)),
    "left_out": (gettext_noop("Left out"), ("skipped",)),
    "withdrawn": (gettext_noop("Withdrawn"), ("withdrawn",)),
}


@dataclass(frozen=True)
class Preview:
    """A draft as one of its people gets it, and who gets none. Links that are theirs alone are not shown."""

    mailing: Mailing
    audience: str
    people: int
    number: int
    to: str
    letter: Draft
    left_out: tuple[LeftOut, ...]
    limits: str
    not_before: str

    @property
    def before(self) -> int | None:
        """Return the number of the one before, None for the first."""
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        """Return the number of the one after, None for the last."""
        return self.number + 1 if self.number < self.people else None


@dataclass(frozen=True)
class Tab:
    """A state of letters, how many are in it, and whether they are shown."""

    key: str
    word: str
    count: int
    here: bool


@dataclass(frozen=True)
class SentMailing:
    """How far a mailing went out: a page of its letters, and how many there are in each state."""

    mailing: Mailing
    subject: str
    audience: str
    by: str
    page: Page[Letter]
    people: int
    tabs: tuple[Tab, ...]
    failed: int
    under_way: int
    shown: str


@dataclass(frozen=True)
class Listed:
    """A mailing in the history."""

    mailing: Mailing
    subject: str
    audience: str
    people: int
    sent: int
    failed: int
    under_way: int


@dataclass(frozen=True)
class History:
    """A page of a meetup's mailings, newest first."""

    page: Page[Mailing]
    rows: tuple[Listed, ...]


def letter_for(mailing: Mailing, person: Person, seat: Seat | None, *, hides: bool = False) -> Draft:
    """Return the letter as the person gets it; with `hides` without the links that are theirs alone.

    What is filled in is in the language of whoever wrote the text, what stands below it in that of whoever reads it.
    """
    meetup = mailing.meetup
    base = settings.MIDCYCLE.public_url_used
    invitation = _HIDDEN if hides else invitation_key(meetup.pk, person.pk)
    links = {
        "meetup_link": f"{base}{meetup.path}",
        "list_link": f"{base}{reverse('lists:invited', args=[meetup.slug, invitation])}",
        "seat_link": f"{base}{_seat_path(meetup, seat, hides=hides)}",
    }
    with translation.override(language_of_text(mailing)):
        name = inert(seat.name if seat else person.name)
        text = lines(mailing.text) if name else without_name(lines(mailing.text))
        values = {**_shared(meetup), **links, "name": name or pgettext("in place of a name, after a greeting", "there")}
    key = _HIDDEN if hides else key_of(meetup.pk, person.pk)
    with translation.override(language_of_reader(person, seat)):
        footer = _footer(mailing, f"{base}{reverse('mailing:wish', args=[meetup.slug, key])}")
    subject = one_line(filled_in(mailing.subject, values))[:_LONGEST_LINE]
    return Draft(subject, f"{filled_in(text, values)}\n\n{footer}\n")


def _footer(mailing: Mailing, link: str) -> str:
    because = gettext(KINDS[mailing.kind].because) % {"meetup": one_line(mailing.meetup.title)}
    no_more = gettext("To get no more letters of this kind, while those about your own seat still come:")
    return f"{because} {no_more}\n{link}\n\n{settings.MIDCYCLE.instance_name}"


def preview(mailing: Mailing, number: int, *, by: Person, now: datetime) -> Preview:
    """Return the draft as the person in this place of those who get it, counted from 1; whether `by` may send it now."""
    meetup, audience = mailing.meetup, mailing.audience
    people = chosen_for(meetup, audience, now=now)
    count = people.count()
    number = max(1, min(number, count))
    person = people[number - 1 : number].first() if count else None
    shown = person or Person(name="")
    seat = seats_of_people(meetup, [person.pk]).get(person.pk) if person else None
    turn = next_turn(sent_lately(mailing, by, now=now), limits_for(audience), now=now)
    return Preview(
        mailing=mailing,
        audience=audience_in_words(audience, names_of([audience])),
        people=count,
        number=number,
        to=(seat.name if seat else "") or str(shown),
        letter=letter_for(mailing, shown, seat, hides=True),
        left_out=left_out(meetup, audience, now=now),
        limits=limits_in_words(limits_for(audience)),
        not_before=clock(meetup, turn) if turn else "",
    )


def sent_lately(mailing: Mailing, by: Person, *, now: datetime) -> list[datetime]:
    """Return when mailings like this one, of its meetup or by this person, were sent in the last day."""
    alike = Mailing.objects.filter(Q(meetup=mailing.meetup_id) | Q(by=by), sent_at__gt=now - LOOK_BACK)
    alike = alike.filter(kind="person") if mailing.audience.is_one else alike.exclude(kind="person")
    return [moment for moment in alike.values_list("sent_at", flat=True) if moment]


def copies_lately(person: Person, *, now: datetime) -> list[datetime]:
    """Return when a person let copies of drafts be sent to them lately."""
    within: timedelta = max(limit.within for limit in COPIES)
    copies = Letter.objects.filter(person=person, is_copy=True, written_at__gt=now - within)
    return list(copies.values_list("written_at", flat=True))


def sent_mailing(mailing: Mailing, state: str = "", number: str = "1") -> SentMailing:
    """Return a page of a mailing's letters, those of one state if it is named. Three queries, four for one person."""
    letters = Letter.objects.filter(mailing=mailing, is_copy=False)
    counts = Counter(dict(letters.values_list("state").annotate(Count("pk"))))
    by_tab = {key: sum(counts[kept] for kept in states) for key, (_, states) in TABS.items()}
    state = state if state in TABS else ""
    wanted = letters.filter(state__in=TABS[state][1]) if state else letters
    return SentMailing(
        mailing=mailing,
        subject=_subject_of(mailing),
        audience=audience_in_words(mailing.audience, names_of([mailing.audience])),
        by=str(mailing.by or gettext("Someone")),
        page=Paginator(wanted.select_related("person").order_by("pk"), PAGE).get_page(number),
        people=counts.total(),
        tabs=tuple(Tab(key, gettext(word), by_tab[key], key == state) for key, (word, _) in TABS.items() if by_tab[key]),
        failed=counts["failed"],
        under_way=by_tab["waiting"],
        shown=state,
    )


def history(meetup: Meetup, number: str = "1") -> History:
    """Return a page of a meetup's mailings, newest first, with how far each went. Three queries."""
    mailings = Mailing.objects.filter(meetup=meetup).select_related("by").order_by("-pk")
    page = Paginator(mailings, PAGE).get_page(number)
    listed = list(page.object_list)
    counts = _counts_of(listed)
    names = names_of([mailing.audience for mailing in listed])
    for mailing in listed:
        mailing.meetup = meetup
    return History(page, tuple(_listed(mailing, counts.get(mailing.pk, Counter()), names) for mailing in listed))


def clock(meetup: Meetup, moment: datetime) -> str:
    """Return a moment as people of the meetup read it, such as `2 March, 09:05`."""
    local = moment.astimezone(ZoneInfo(meetup.timezone))
    return moment_in_words(local, "month_day")


def _shared(meetup: Meetup) -> dict[str, str]:
    """Return what is filled in alike for everybody."""
    return {
        "meetup": one_line(meetup.title),
        "when": one_line(meetup.when) or gettext(_SETTLED_LATER),
        "where": ", ".join(one_line(part) for part in (meetup.venue, meetup.where) if part) or gettext(_SETTLED_LATER),
    }


def _subject_of(mailing: Mailing) -> str:
    """Return the subject as far as it is the same for everybody."""
    with translation.override(language_of_text(mailing)):
        return one_line(filled_in(mailing.subject, _shared(mailing.meetup)))


def _seat_path(meetup: Meetup, seat: Seat | None, *, hides: bool) -> str:
    if seat is None:
        return f"{reverse('registration:seat', args=[meetup.slug])}?via=letter"
    if hides:
        return reverse("registration:status", args=[meetup.slug, _HIDDEN])
    return f"{reverse('registration:status', args=[meetup.slug, seat.token])}?letter={letter_key(seat)}"


def _counts_of(mailings: list[Mailing]) -> dict[int, Counter[str]]:
    rows = Letter.objects.filter(mailing__in=[mailing.pk for mailing in mailings], is_copy=False)
    counts: dict[int, Counter[str]] = {}
    for number, state, count in rows.values_list("mailing", "state").annotate(Count("pk")):
        counts.setdefault(number or 0, Counter())[state] = count
    return counts


def _listed(mailing: Mailing, counts: Counter[str], names: dict[str, str]) -> Listed:
    return Listed(
        mailing=mailing,
        subject=_subject_of(mailing),
        audience=audience_in_words(mailing.audience, names),
        people=counts.total() - counts["skipped"],
        sent=counts["sent"],
        failed=counts["failed"],
        under_way=sum(counts[state] for state in UNDER_WAY),
    )

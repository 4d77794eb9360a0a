"""What is printed: badges, the list for a host's security desk, and sheets for checking in with a pen."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext, pgettext

from midcycle.engines import documents, tickets
from midcycle.engines.documents import (
    Arrival,
    Attendee,
    Badge,
    BadgeWords,
    CheckInWords,
    Layout,
    Occasion,
    Paper,
    SecurityWords,
)
from midcycle.kernel.words import day_in_words, language
from midcycle.meetups.models import Meetup, Organiser
from midcycle.registration.models import Seat
from midcycle.registration.queries.own import moment
from midcycle.registration.rules import paper


@dataclass(frozen=True)
class Coming:
    """Somebody with a seat, as paper shows them."""

    name: str
    organisation: str
    role: str
    role_word: str
    colour: int
    photos: bool
    is_here: bool
    language: str
    code: str

    @property
    def is_printable(self) -> bool:
        """Say whether our fonts have all letters."""
        return all(documents.is_printable(text) for text in (self.name, self.organisation, self.role_word))


@dataclass(frozen=True)
class BadgesWanted:
    """Which badges, and how: of one role or of all, of those whose name has a text in it, of one part of the alphabet."""

    layout: Layout
    role: str = ""
    name: str = ""
    part: int = 1
    with_ticket: bool = False


@dataclass(frozen=True)
class PaperDesk:
    """Everybody who comes, in alphabetical order, at a moment in the meetup's own time."""

    meetup: Meetup
    people: tuple[Coming, ...]
    now: datetime

    @property
    def today(self) -> date:
        """Return the day it is where the meetup is."""
        return self.now.date()

    @property
    def until(self) -> date:
        """Return when a security list is to be destroyed unless somebody says otherwise."""
        return paper.usual_end(self.meetup.ends_on or self.meetup.starts_on, self.today)

    @property
    def roles(self) -> tuple[tuple[str, str], ...]:
        """Return the roles there are, each with its word and how many have it."""
        counted = Counter((who.role, who.role_word) for who in self.people if who.role)
        return tuple(
            (role, f"{word} ({count})") for (role, word), count in sorted(counted.items(), key=lambda item: item[0][1])
        )

    @property
    def parts(self) -> tuple[tuple[int, str], ...]:
        """Return the parts in which very many badges are printed, each from whom to whom."""
        starts = range(0, len(self.people), paper.TOGETHER)
        ends = [self.people[start : start + paper.TOGETHER] for start in starts]
        stretch = gettext("%(first)s to %(last)s")
        return tuple((number, stretch % {"first": part[0].name, "last": part[-1].name}) for number, part in enumerate(ends, 1))

    @property
    def incomplete(self) -> tuple[str, ...]:
        """Return whose name, organisation or role has a letter none of our fonts has."""
        return tuple(who.name for who in self.people if not who.is_printable)

    @property
    def stacks(self) -> int:
        """Return in how many stacks check-in sheets are dealt unless somebody asks otherwise."""
        return paper.usual_stacks(len(self.people))

    def chosen(self, wanted: BadgesWanted) -> list[Coming]:
        """Return whose badges are wanted. Whoever is looked for by name is found in all parts."""
        start = (wanted.part - 1) * paper.TOGETHER
        people = self.people if wanted.name else self.people[start : start + paper.TOGETHER]
        text = wanted.name.casefold()
        found = [who for who in people if wanted.role in {"", who.role} and text in who.name.casefold()]
        return found[: paper.TOGETHER]


def paper_desk(meetup: Meetup, *, now: datetime) -> PaperDesk:
    """Return everybody who has a seat and does not have to answer any more. Two queries."""
    team = set(Organiser.objects.filter(meetup=meetup).values_list("person_id", flat=True))
    seats = Seat.objects.filter(meetup=meetup, state__in=paper.ON_PAPER).only(
        "name", "organisation", "role", "photos", "state", "language", "code", "person_id"
    )
    people = [_coming(seat, organises=seat.person_id in team) for seat in seats]
    ordered = sorted(people, key=lambda who: documents.sort_key(who.name))
    return PaperDesk(meetup, tuple(ordered), now.astimezone(ZoneInfo(meetup.timezone)))


def badges_paper(desk: PaperDesk, wanted: BadgesWanted) -> Paper | None:
    """Return the badges as PDF; None when nobody is whom they are wanted for. Raises NotPrinted."""
    chosen = desk.chosen(wanted)
    if not chosen:
        return None
    printed = [
        Badge(
            name=who.name,
            organisation=who.organisation,
            role=who.role_word,
            colour=who.colour,
            photos=who.photos,
            code=_ticket(desk.meetup, who) if wanted.with_ticket else (),
            language=who.language,
        )
        for who in chosen
    ]
    words = BadgeWords(title=gettext("Badges"), no_photos=gettext("No photos"), code=gettext("QR code"))
    return documents.badges(_occasion(desk.meetup), printed, layout=wanted.layout, words=words)


def security_paper(desk: PaperDesk, *, until: date) -> Paper:
    """Return the list for a host's security desk as PDF. Raises NotPrinted."""
    words = SecurityWords(
        printed=_printed(desk), destroy=gettext("Destroy this list on %(day)s at the latest.") % {"day": day_in_words(until)}
    )
    people = [Attendee(who.name, who.organisation, who.language) for who in desk.people]
    return documents.security_list(_occasion(desk.meetup), people, words=words)


def check_in_paper(desk: PaperDesk, *, stacks: int) -> Paper:
    """Return the check-in sheets as PDF; those who are here are ticked. Raises NotPrinted."""
    people = [Arrival(who.name, who.role_word, who.is_here, who.language) for who in desk.people]
    words = CheckInWords(
        printed=_printed(desk),
        title=gettext("Check-in"),
        here=pgettext("somebody is", "Here"),
        name=gettext("Name"),
        role=gettext("Role"),
        stack=gettext("Stack"),
        people=gettext("People:"),
        nobody=gettext("Nobody has a seat."),
        page=gettext("Page"),
    )
    return documents.check_in_sheets(_occasion(desk.meetup), people, stacks=stacks, words=words)


def _coming(seat: Seat, *, organises: bool) -> Coming:
    role, word, colour = paper.badge_role(seat.role, organises=organises)
    return Coming(
        name=seat.name,
        organisation=seat.organisation,
        role=role,
        role_word=word,
        colour=colour,
        photos=seat.photos is not False,
        is_here=seat.state == "checked_in",
        language=seat.language,
        code=seat.code,
    )


def _ticket(meetup: Meetup, who: Coming) -> tuple[tuple[bool, ...], ...]:
    return tickets.qr_modules(tickets.sign(settings.SECRET_KEY, meetup.pk, who.code))


def _occasion(meetup: Meetup) -> Occasion:
    where = ", ".join(part for part in (meetup.venue, meetup.city) if part)
    return Occasion(meetup.told_title, meetup.when, where, language())


def _printed(desk: PaperDesk) -> str:
    return gettext("Printed %(when)s.") % {"when": moment(desk.now, ZoneInfo(desk.meetup.timezone))}

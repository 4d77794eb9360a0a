"""The published rule of a line: what everybody reads of it, and what another rule would change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, ngettext

from midcycle.meetups.models import Meetup
from midcycle.registration import rules
from midcycle.registration.models import Capacity, Draw, Quota, Seat
from midcycle.registration.queries import turn
from midcycle.registration.queries.counting import SeatSummary, summary_of
from midcycle.registration.queries.own import line_sentences, moment
from midcycle.registration.queries.words import told
from midcycle.registration.rules import draw, line

# A page shows so many codes of a draw; its file has them all.
MOST_CODES = 1_000


@dataclass(frozen=True)
class Drawn:
    """A draw that took place: codes in their order, of which so many are shown."""

    when: str
    seed: str
    people: int
    free: int
    shown: tuple[str, ...]

    @property
    def is_cut(self) -> bool:
        """Say whether the page leaves codes out."""
        return len(self.shown) < self.people


@dataclass(frozen=True)
class PublicLine:
    """What everybody can read about a waitlist. `seal` is what was published of the seed before the draw."""

    seats: SeatSummary
    sentences: tuple[str, ...]
    limits: tuple[str, ...]
    transfers: bool
    draw_when: str
    seal: str
    drawn: Drawn | None


@dataclass(frozen=True)
class LineChange:
    """What another rule would change for those who wait now. `at_once` is how many would get a seat, at most."""

    waiting: int
    up: int
    down: int
    at_once: int
    draw_when: str
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        """Say it in one sentence."""
        if not self.waiting:
            return gettext("Nobody waits now, so nobody is moved.")
        if self.draw_when:
            told = ngettext(
                "1 person waits. Nobody moves up before the lots are drawn on %(when)s; then the lots decide.",
                "%(count)s people wait. Nobody moves up before the lots are drawn on %(when)s; then the lots decide.",
                self.waiting,
            )
            return told % {"count": self.waiting, "when": self.draw_when}
        if not self.up and not self.down:
            told = ngettext(
                "1 person waits, and everybody keeps their place.",
                "%(count)s people wait, and everybody keeps their place.",
                self.waiting,
            )
            return told % {"count": self.waiting}
        return self._moved

    @property
    def _moved(self) -> str:
        people = ngettext("1 person waits", "%(count)s people wait", self.waiting) % {"count": self.waiting}
        up = ngettext("%(count)s moves up", "%(count)s move up", self.up) % {"count": self.up}
        down = ngettext("%(count)s further back", "%(count)s further back", self.down) % {"count": self.down}
        stay = self.waiting - self.up - self.down
        if not stay:
            return gettext("%(people)s; %(up)s, %(down)s.") % {"people": people, "up": up, "down": down}
        kept = ngettext("%(count)s stays", "%(count)s stay", stay) % {"count": stay}
        return gettext("%(people)s; %(up)s, %(down)s, %(stay)s.") % {"people": people, "up": up, "down": down, "stay": kept}


def public_line(meetup: Meetup) -> PublicLine:
    """Return what everybody can read about the line of a meetup. Two queries, three when there was a draw."""
    capacity = _capacity_of(meetup)
    zone = ZoneInfo(meetup.timezone)
    drawn = Draw.objects.filter(meetup=meetup).order_by("pk").first() if capacity.drawn_at else None
    return PublicLine(
        seats=summary_of(capacity),
        sentences=line_sentences(capacity, zone),
        limits=_limits(meetup) if capacity.has_quotas else (),
        transfers=capacity.transfers,
        draw_when=moment(capacity.draw_at, zone) if capacity.draw_at else "",
        seal=draw.commitment(capacity.seed) if capacity.seed else "",
        drawn=_shown(drawn, zone) if drawn else None,
    )


def draw_facts(meetup: Meetup) -> dict[str, object] | None:
    """Return a draw as plain values for JSON (RFC 8259), with all it takes to draw again; None before it."""
    made = Draw.objects.filter(meetup=meetup).order_by("pk").first()
    if made is None:
        return None
    return {
        "format": draw.FORMAT,
        "meetup": meetup.slug,
        "drawn_at": made.at.astimezone(ZoneInfo(meetup.timezone)).isoformat(timespec="seconds"),
        "free_seats": made.free,
        "seal": draw.commitment(made.seed),
        "seed": made.seed,
        "codes": made.codes,
        "order": draw.drawn(made.seed, made.codes),
    }


def line_change(meetup: Meetup, wanted: line.LineRule, *, now: datetime) -> LineChange | tuple[str, str]:
    """Return what another rule would change, or the field and why it cannot be. Two queries, three when seats are free."""
    capacity, zone = _capacity_of(meetup), ZoneInfo(meetup.timezone)
    refused = turn.why_not_ruled(capacity, wanted, now=now)
    if refused:
        return refused
    undrawn = wanted.rule == "lottery" and capacity.drawn_at is None
    waiting = list(Seat.objects.filter(meetup=meetup, state="waiting").order_by(*turn.ORDER))
    up, down = (0, 0) if undrawn else _moved(capacity, wanted, waiting)
    when = moment(wanted.draw_at, zone) if undrawn and wanted.draw_at else ""
    return LineChange(
        waiting=len(waiting),
        up=up,
        down=down,
        at_once=_at_once(capacity, now=now) if capacity.rule == "lottery" != wanted.rule else 0,
        draw_when=when,
        sentences=tuple(map(told, _text_of(wanted, when))),
    )


def _text_of(wanted: line.LineRule, when: str) -> tuple[str, ...]:
    return line.line_text(wanted.rule, wanted.groups, f"on {when}" if when else "", wanted.offer_hours)


def line_rule(meetup: Meetup) -> line.LineRule:
    """Return the rule of the line as it is now. One query."""
    capacity = _capacity_of(meetup)
    return line.LineRule(capacity.rule, tuple(capacity.groups), capacity.draw_at, capacity.offer_hours)


def _capacity_of(meetup: Meetup) -> Capacity:
    """Return the row of counters, or one with nothing in it while nobody has said how many seats there are."""
    found = Capacity.objects.filter(meetup=meetup).first() or Capacity(meetup=meetup, total=0)
    found.meetup = meetup
    return found


def _limits(meetup: Meetup) -> tuple[str, ...]:
    """Return the quotas in words; an organisation is not named."""
    quotas = Quota.objects.filter(meetup=meetup, copied=False).order_by("kind", "value")
    named = (told(rules.quota_text(quota.kind, quota.value, quota.most)) for quota in quotas)
    return tuple(dict.fromkeys(named))


def _shown(made: Draw, zone: ZoneInfo) -> Drawn:
    order = draw.drawn(made.seed, made.codes)
    return Drawn(moment(made.at, zone), made.seed, len(order), made.free, tuple(order[:MOST_CODES]))


def _moved(capacity: Capacity, wanted: line.LineRule, waiting: Sequence[Seat]) -> tuple[int, int]:
    """Return how many of those who wait would stand further in front, and how many further behind."""
    region = capacity.meetup.region
    after = sorted(
        waiting, key=lambda seat: (line.rank_of(wanted.rule, wanted.groups, seat.claim, region), seat.lot, seat.arrival)
    )
    return line.moved([seat.pk for seat in waiting], [seat.pk for seat in after])


def _at_once(capacity: Capacity, *, now: datetime) -> int:
    """Return how many who wait for a draw would get a seat without it, at most: quotas may keep some of them out."""
    free = capacity.total - capacity.held
    return min(free, turn.in_turn(capacity, now=now).count()) if free else 0

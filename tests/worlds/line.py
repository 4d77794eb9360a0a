"""The line told once more in plain Python: a list of people, no counters, no database. Tests compare the two."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from midcycle.registration.rules import draw
from midcycle.registration.rules.line import AFTER_THE_DRAW, EACH, Claim, counted_as, offer_ends, organisation_key, rank_of
from tests.world import FIRST_DAY

LISBON = ZoneInfo("Europe/Lisbon")
MIDNIGHT = datetime.combine(FIRST_DAY, time(), LISBON)
TAKES = ("held", "offered", "checked_in")


@dataclass
class One:
    """Somebody and how their seat stands."""

    name: str
    claim: Claim
    state: str
    arrival: int
    rank: int = 0
    lot: int = 0
    notice: int = 0
    is_at_door: bool = False
    until: datetime | None = None

    @property
    def takes(self) -> bool:
        """Say whether one of the seats is theirs."""
        return self.state in TAKES


@dataclass
class Line:
    """A meetup's seats. Every deed returns whether it is allowed, and changes nothing when it is not."""

    now: datetime
    total: int = 2
    room: int | None = None
    people: dict[str, One] = field(default_factory=dict)
    quotas: dict[tuple[str, str], int] = field(default_factory=dict)
    arrivals: int = 0
    rule: str = "first_come"
    groups: tuple[str, ...] = ()
    offer_hours: int = 0
    draw_at: datetime | None = None
    is_drawn: bool = False
    is_on_site: bool = False
    is_released: bool = False
    release_at: datetime | None = None

    def held(self, kind: str = "", value: str = "") -> int:
        """Count who takes a seat, of everybody or of one kind."""
        return sum(one.takes and (not kind or counted_as(one.claim).get(kind) == value) for one in self.people.values())

    def most(self, kind: str, value: str) -> int | None:
        """Return what one kind of people has at most."""
        each = self.quotas.get((kind, EACH)) if kind == "organisation" else None
        return self.quotas.get((kind, value), each)

    def has_room_for(self, claim: Claim) -> bool:
        """Say whether somebody like this could have a seat."""
        limits = ((kind, value, self.most(kind, value)) for kind, value in counted_as(claim).items())
        return self.held() < self.total and all(most is None or self.held(kind, value) < most for kind, value, most in limits)

    def gives(self) -> bool:
        """Say whether the line moves."""
        return self.rule != "lottery" or self.is_drawn

    def can_come(self, one: One) -> bool:
        """Say whether somebody who waits could come in time."""
        left = max(0, (FIRST_DAY - self.now.astimezone(LISBON).date()).days)
        return one.is_at_door or (not self.is_released and one.notice <= left)

    def in_line(self) -> list[One]:
        """Return those who wait, in order."""
        waiting = [one for one in self.people.values() if one.state == "waiting"]
        return sorted(waiting, key=lambda one: (one.rank, one.lot, one.arrival))

    def next(self) -> One | None:
        """Return whose turn it is."""
        if not self.gives():
            return None
        return next((one for one in self.in_line() if self.can_come(one) and self.has_room_for(one.claim)), None)

    def promote(self) -> None:
        """Give seats one by one while there is somebody for them."""
        while (one := self.next()) is not None:
            is_given = one.is_at_door or not self.offer_hours
            one.state, one.is_at_door = "held" if is_given else "offered", False
            one.until = None if is_given else offer_ends(self.now, self.offer_hours, MIDNIGHT + timedelta(hours=6))

    def arrive(self, name: str, claim: Claim, *, is_at_door: bool = False) -> One:
        """Let somebody come."""
        self.arrivals += 1
        gets = self.has_room_for(claim) and (self.gives() or is_at_door)
        lot = AFTER_THE_DRAW if self.is_drawn else 0
        one = One(name, claim, "held" if gets else "waiting", self.arrivals, self.rank(claim), lot)
        one.is_at_door = is_at_door and not gets
        self.people[name] = one
        return one

    def rank(self, claim: Claim) -> int:
        """Return the number of somebody's group."""
        return rank_of(self.rule, self.groups, claim, "europe")

    def register(self, name: str, claim: Claim) -> bool:
        """Take a seat or the last place in line; who has one keeps it."""
        if name not in self.people or self.people[name].state == "cancelled":
            self.arrive(name, claim)
        return True

    def cancel(self, name: str) -> bool:
        """Give a place back."""
        one = self.people[name]
        if one.state in {"checked_in", "no_show"}:
            return False
        one.state, one.until, one.is_at_door = "cancelled", None, False
        self.promote()
        return True

    def erase(self, name: str) -> bool:
        """Forget somebody."""
        one = self.people[name]
        if one.state in {"checked_in", "no_show"}:
            del self.people[name]
            nameless = f"nameless {len(self.people)} {one.arrival}"
            one.name, one.claim = nameless, Claim(one.claim.role, one.claim.sector, "", one.claim.region, one.claim.first_time)
            self.people[nameless] = one
        else:
            del self.people[name]
        self.promote()
        return True

    def change(self, name: str, claim: Claim) -> bool:
        """Say something else of oneself; a seat moves from one quota to the other."""
        one = self.people[name]
        if one.state == "cancelled":
            return False
        was, state = one.claim, one.state
        if one.takes and claim != was:
            joined = set(counted_as(claim).items()) - set(counted_as(was).items())
            limits = [(pair, self.most(*pair)) for pair in joined]
            if any(most is not None and self.held(*pair) >= most for pair, most in limits):
                return False
        one.claim = claim
        if state == "waiting":
            one.rank = self.rank(claim)
        if claim != was:
            self.promote()
        return True

    def set_total(self, total: int) -> bool:
        """Raise or lower the seats."""
        if total < self.held() or (self.room is not None and total > self.room):
            return False
        self.total = total
        self.promote()
        return True

    def plan(self, total: int, room: int | None) -> bool:
        """Say how many seats there are and what the room takes."""
        if total < self.held() or (room is not None and total > room):
            return False
        self.room, self.total = room, total
        self.promote()
        return True

    def set_quota(self, kind: str, value: str, most: int | None) -> bool:
        """Limit a kind of people, or no more."""
        key = organisation_key(value) if kind == "organisation" and value != EACH else value
        after = {**self.quotas, (kind, key): most}
        after = {pair: limit for pair, limit in after.items() if limit is not None}
        before, self.quotas = self.quotas, after
        over = [one for one in self.people.values() if one.takes and self._is_over(one)]
        if over or (key == EACH and most == 0):
            self.quotas = before
            return False
        self.promote()
        return True

    def set_rule(self, rule: str, groups: tuple[str, ...], draw_at: datetime | None, offer_hours: int) -> bool:
        """Publish another rule."""
        if self.is_drawn and rule != self.rule:
            return False
        if not self.is_drawn and rule == "lottery" and (draw_at is None or not self.now < draw_at < MIDNIGHT):
            return False
        is_other = (rule, groups) != (self.rule, self.groups)
        self.rule, self.groups, self.offer_hours = rule, groups, offer_hours
        if not self.is_drawn:
            self.draw_at = draw_at if rule == "lottery" else None
        for one in self.in_line() if is_other else ():
            one.rank = self.rank(one.claim)
        self.promote()
        return True

    def set_notice(self, name: str, days: int) -> bool:
        """Need so many days of notice."""
        one = self.people[name]
        if one.state != "waiting":
            return False
        one.notice = days
        self.promote()
        return True

    def accept(self, name: str) -> bool:
        """Take what is offered, if it still stands."""
        one = self.people[name]
        if one.state == "offered" and one.until is not None and one.until <= self.now:
            one.state, one.until = "cancelled", None
            self.promote()
        elif one.state == "offered":
            one.state, one.until = "held", None
        elif one.state not in {"held", "checked_in"}:
            return False
        return True

    def pass_on(self, name: str, to: str, claim: Claim) -> bool:
        """Give one's seat to somebody who has no place."""
        one, other = self.people[name], self.people.get(to)
        if one.state != "held" or (other is not None and other.state != "cancelled"):
            return False
        if not self.change(name, claim):
            return False
        self.people.pop(name)
        self.people[to], one.name = one, to
        return True

    def check_in(self, name: str) -> bool:
        """Let somebody in who has a seat."""
        one = self.people[name]
        if not self.is_on_site or one.state in {"waiting", "cancelled"}:
            return False
        if one.state == "no_show" and not self.has_room_for(one.claim):
            return False
        one.state, one.until = "checked_in", None
        return True

    def undo_check_in(self, name: str) -> bool:
        """Take that back."""
        one = self.people[name]
        if one.state != "checked_in":
            return False
        one.state = "held"
        return True

    def come_to_the_door(self, name: str, claim: Claim, *, joins_queue: bool) -> bool:
        """Let somebody in who has no seat, or put them into the queue."""
        if not self.is_on_site:
            return False
        known = self.people.get(name)
        if known is None or known.state == "cancelled":
            kept, arrivals = dict(self.people), self.arrivals
            one = self.arrive(name, claim, is_at_door=True)
            if one.state == "waiting" and not joins_queue:
                self.people, self.arrivals = kept, arrivals
                return False
        else:
            one = known
            if one.state in {"waiting", "no_show"} and not self.has_room_for(one.claim):
                if not joins_queue:
                    return False
                one.state, one.is_at_door = "waiting", True
        if one.state != "waiting" or self.has_room_for(one.claim):
            one.state, one.until, one.is_at_door = "checked_in", None, False
        return True

    def release(self) -> bool:
        """Release the seats of those who are not here."""
        if not self.is_on_site:
            return False
        for one in self.people.values():
            if one.state == "held":
                one.state = "no_show"
        self.is_released = True
        self.promote()
        return True

    def pass_time(self, until: datetime, code_of: Callable[[str], str], seed: str) -> None:
        """Let what is due happen, as the chores do: offers lapse, lots are drawn, seats are released."""
        self.now = until
        late = True
        while late:
            late = [one for one in self.people.values() if one.state == "offered" and one.until and one.until <= self.now]
            for one in late:
                one.state, one.until = "cancelled", None
            if late:
                self.promote()
        if self.rule == "lottery" and not self.is_drawn and self.draw_at is not None and self.draw_at <= self.now:
            self.draw(code_of, seed)
        if self.release_at is not None and self.release_at <= self.now and not self.is_released:
            came = any(one.state == "checked_in" for one in self.people.values())
            if self.is_on_site and came:
                self.release()
            self.release_at = None

    def draw(self, code_of: Callable[[str], str], seed: str) -> None:
        """Put those who wait in the order of their lots."""
        codes = {code_of(one.name): one for one in self.in_line()}
        for number, code in enumerate(draw.drawn(seed, codes), start=1):
            codes[code].lot = number
        self.is_drawn = True
        self.promote()

    def _is_over(self, one: One) -> bool:
        limits = ((kind, value, self.most(kind, value)) for kind, value in counted_as(one.claim).items())
        return any(most is not None and self.held(kind, value) > most for kind, value, most in limits)

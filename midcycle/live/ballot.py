"""The +1s in one open pad: who is for which line, what waits for its commit, and what everybody is told.

A line is known by the character it begins with. Whether that character still begins a line, or was deleted,
is for those to see who have the text: a vote stays, and is shown with its line.
"""

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from midcycle.live import control
from midcycle.live.audience import Means
from midcycle.live.bus import News
from midcycle.live.control import Anchor, Wish
from midcycle.live.member import Member
from midcycle.live.store import Choice, Vote


@dataclass(slots=True)
class _Cast:
    """A wish of a member, which may be for text that another process has committed."""

    member: Member
    wish: Wish
    waited: bool = False


class Ballot:
    """Whoever votes twice for a line has one vote."""

    def __init__(self, news: News, members: Mapping[int, Member], means: Means, dirty: Callable[[], None]) -> None:
        """`news` is told on the bus after a commit. `members` are those of the pad, by client id; it changes.

        `dirty` is called when there is something to read or to commit.
        """
        self._about = news
        self._dirty = dirty
        self._members = members
        self._means = means
        self._people: dict[Anchor, set[str]] = {}
        self._cast: list[_Cast] = []
        self._news: set[Anchor] = set()  # the members have not been told yet
        self._quiet_until = 0.0
        self.recount()

    @property
    def waiting(self) -> bool:
        """Whether there is something to read or to commit."""
        return self.stale or bool(self._cast)

    def greet(self, member: Member) -> None:
        """Tell a member who just came about all votes."""
        if self._people:
            member.say(control.votes(sorted(self._people.items())))

    def cast(self, member: Member, wish: Wish) -> None:
        """Queue what a member wishes."""
        if self._members.get(member.client_id) is member:
            self._cast.append(_Cast(member, wish))
            self._dirty()

    def recount(self) -> None:
        """Have the votes read from the store: others may have changed them."""
        self.stale = True
        self._dirty()

    def take(self, clocks: Mapping[int, int], rights: int) -> tuple[list[Choice], bool]:
        """Take what is to be committed, given how many characters of each client id there are; say whether some are missing.

        A member whose vote cannot be is told how it stands; one without a name has none.
        """
        taken: dict[Vote, bool] = {}
        missed: list[_Cast] = []
        for cast in self._cast:
            client, clock = cast.wish.anchor
            vote = Vote(client, clock, cast.member.ticket.person)
            if cast.member.nameless:
                self._refuse(cast.member, cast.wish.anchor)
            elif clock >= clocks.get(client, 0) and not cast.waited:
                cast.waited = True
                missed.append(cast)
            elif clock < clocks.get(client, 0) and (not cast.wish.on or self._has_left(vote.person, taken)):
                taken[vote] = cast.wish.on
            else:
                self._refuse(cast.member, cast.wish.anchor)
        self._cast = missed
        return [Choice(self._about.pad, vote, on, rights) for vote, on in taken.items()], bool(missed)

    def again(self, choices: Iterable[Choice], rights: int) -> list[Choice]:
        """Give the choices that still can be, after names were taken away."""
        nameless = {member.ticket.person: member for member in self._members.values() if member.nameless}
        kept = []
        for choice in choices:
            member = nameless.get(choice.vote.person)
            if member is None:
                kept.append(replace(choice, rights=rights))
            else:
                self._refuse(member, (choice.vote.client, choice.vote.clock))
        return kept

    def counted(self, choices: Iterable[Choice]) -> None:
        """Take note of what is committed, and tell everybody soon."""
        for choice in choices:
            anchor = choice.vote.client, choice.vote.clock
            people = self._people.setdefault(anchor, set())
            if choice.on:
                people.add(choice.vote.person)
            else:
                people.discard(choice.vote.person)
            self._changed(anchor)
        self._means.bus.publish(self._about)

    def learn(self, votes: AbstractSet[Vote]) -> None:
        """Take what the store has in place of what was known."""
        self.stale = False
        found: dict[Anchor, set[str]] = {}
        for vote in votes:
            found.setdefault((vote.client, vote.clock), set()).add(vote.person)
        before, self._people = self._people, found
        for anchor in before.keys() | found.keys():
            if before.get(anchor) != found.get(anchor):
                self._changed(anchor)

    def _refuse(self, member: Member, anchor: Anchor) -> None:
        member.say(control.votes([(anchor, self._people.get(anchor, set()))], refused=True))

    def _has_left(self, person: str, taken: Mapping[Vote, bool]) -> bool:
        """Whether a person may vote once more. Who votes again for the same line is counted once too often: no harm."""
        theirs = sum(person in people for people in self._people.values())
        return theirs + sum(on for vote, on in taken.items() if vote.person == person) < self._means.limits.votes

    def _changed(self, anchor: Anchor) -> None:
        if not self._news:
            wait = self._quiet_until - self._means.loop.time()
            self._means.loop.call_later(max(self._means.limits.votes_gap, wait), self._tell)
        self._news.add(anchor)
        if not self._people.get(anchor, True):
            del self._people[anchor]

    def _tell(self) -> None:
        text = control.votes((anchor, self._people.get(anchor, set())) for anchor in sorted(self._news))
        self._news.clear()
        cost = len(text) * len(self._members) / self._means.limits.votes_bytes
        self._quiet_until = self._means.loop.time() + cost
        for member in self._members.values():
            member.say(text)

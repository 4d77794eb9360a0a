"""A pad's document and the updates that wait to get into it.

Everything that decides whether an update is taken is here: who may write
under which client id, whether it fits, and what happens when the CRDT fails.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from midcycle.engines.crdt.document import Document, Poisoned, unpack
from midcycle.engines.crdt.ledger import FIRST_CLIENT, LAST_CLIENT, LAST_HANDED, Ledger, Unplaceable
from midcycle.engines.crdt.lib0 import Malformed
from midcycle.engines.crdt.order import Id, Order
from midcycle.engines.crdt.updates import Update, decode
from midcycle.live.limits import Limits
from midcycle.live.member import Member
from midcycle.live.store import GONE, NOBODY, Author, Entry, Kept, Names

_MOST_HANDED = 10_000
_MOST_DOUBTS = 200  # looked at in one go: each costs a walk through the document
_LONG = 16 * 1024  # bytes of a stored document that takes a while to read

MakeDocument = Callable[[bytes | None, list[bytes]], Document]


class Refused(ValueError):  # noqa: N818 - reads as a fact
    """The update is not taken; the text is a reason of `member.REASONS`."""


@dataclass(slots=True)
class Offer:
    """The `number`-th update that `member` sent on its connection."""

    member: Member
    number: int
    body: bytes
    update: Update
    reply: bool = False  # sync step 2, which may say nothing new
    waited: bool = False  # for text that another process may have committed


@dataclass(slots=True)
class Batch:
    """What one look at the queue gave: one update to commit, and what to tell whom after it."""

    body: bytes = b""
    before: Mapping[int, int] = field(default_factory=dict)
    clients: set[int] = field(default_factory=set)  # under which somebody wrote for the first time
    acks: dict[Member, int] = field(default_factory=dict)
    changed: set[tuple[Member, int]] = field(default_factory=set)  # who changed something, and under which client id
    refused: dict[Member, str] = field(default_factory=dict)
    doubts: list[tuple[Offer, tuple[Id, Id, Id]]] = field(default_factory=list)  # whose character must stand between


@dataclass(frozen=True, slots=True)
class Content:
    """The last log row, the whole document as one update, its text, and how many characters of each client id it has."""

    upto: int
    whole: bytes
    text: str
    clocks: Mapping[int, int]


class Intake:
    """The document of one pad, what is known of it, and its queue."""

    def __init__(self, kept: Kept, limits: Limits, make: MakeDocument) -> None:
        self._limits = limits
        self._make = make
        self._offers: list[Offer] = []
        self._late: list[Offer] = []
        self._early: dict[Member, list[Offer]] = {}  # typed after coming back, before telling what was typed while away
        self._one_by_one = 0
        self._long = False  # no text fits in any more
        self._order = Order()
        self.convicted = False  # broken by somebody who is known
        self._handed: dict[int, str] = {}  # client ids given to a person that may not have written yet
        self.broken = False
        self.authors = dict(kept.authors)
        self._stored: bytes | None = None
        if kept.state is not None and len(kept.state) > _LONG and not kept.rows:
            self._stored = kept.state
        else:
            self.restore(kept)

    @property
    def asleep(self) -> bool:
        """Whether the document is only stored yet: a long one is read when somebody writes, not when somebody reads."""
        return self._stored is not None

    @property
    def stored(self) -> bytes | None:
        """The whole document as one update, as long as it is asleep. May raise `Poisoned`."""
        return None if self._stored is None else unpack(self._stored)

    def wake(self) -> None:
        """Read the document, unless that is done. May raise `Poisoned`, as `document` and `ledger` may."""
        if self._stored is not None:
            self._document = self._make(self._stored, [])
            self._survey(unpack(self._stored))
            self._stored = None

    @property
    def document(self) -> Document:
        """The document."""
        self.wake()
        return self._document

    @property
    def ledger(self) -> Ledger:
        """Which characters the document has."""
        self.wake()
        return self._ledger

    @property
    def waiting(self) -> bool:
        """Whether there is something to take."""
        return bool(self._offers)

    @property
    def late(self) -> bool:
        """Whether offers wait for rows of other processes."""
        return bool(self._late)

    def content(self, upto: int) -> Content:
        """Read what a snapshot holds after log row `upto`."""
        document = self.document
        return Content(upto, document.whole(), document.text(), document.clocks())

    def owner(self, client: int) -> str | None:
        """Find the person who writes, or was told to write, under a client id."""
        author = self.authors.get(client)
        if author is None or author.person == GONE:  # a page that is open while its name goes keeps its id
            return self._handed.get(client, author.person if author else None)
        return author.person

    def names_of(self, clients: Iterable[int]) -> dict[int, Author]:
        """Give who writes under some client ids, as it is known now."""
        return {client: self.authors[client] for client in clients}

    def entry(self, batch: Batch, pad: str, at: datetime, rights: int) -> Entry:
        """Give the row of a batch, with who wrote it as far as that is to be noted; `rights` says up to when that is known."""
        people = sorted({self._noted(member, client) for member, client in batch.changed})
        return Entry(pad, at, batch.body, tuple(people), self.names_of(batch.clients), rights)

    def hear(self, names: Names, unsaved: Batch | None) -> set[str]:
        """Take in whose names were taken away, and give these people. Under ids not stored yet they are nobody, too.

        But not where they came after that: whoever opens the pad anew has a name again.
        """
        people = {self.authors[client].person for client, author in names.authors.items() if self._lost(client, author)}
        self.authors.update(names.authors)
        changed = unsaved.changed if unsaved else set()
        before = {client for member, client in changed if member.came < names.rights} - names.authors.keys()
        self.authors.update({client: NOBODY for client in before if self.authors[client].person in people})
        return people

    def hand(self, client: int, person: str) -> None:
        """Remember to whom a client id was given; the oldest are forgotten."""
        self._handed[client] = person
        if len(self._handed) > _MOST_HANDED:
            del self._handed[next(iter(self._handed))]

    def client_for(self, person: str, wanted: int | None, chance: Random) -> int:
        """Give the wanted client id if it is the person's or nobody's, else a fresh one."""
        if wanted is not None and self.may_have(wanted, person):
            return wanted
        while True:
            fresh = chance.randint(FIRST_CLIENT, LAST_HANDED)
            if self.owner(fresh) is None and self.usable(fresh):
                return fresh

    def may_have(self, client: int, person: str) -> bool:
        """Whether a client id is the person's, or nobody's and can be given."""
        owner = self.owner(client)
        return owner == person or (owner is None and self.usable(client))

    def usable(self, client: int) -> bool:
        """Whether the first text under this id may come: not in a template, not out of range."""
        known = self.authors if self.asleep else self._ledger.clocks
        return FIRST_CLIENT <= client <= LAST_CLIENT and client not in known

    def restore(self, kept: Kept) -> None:
        """Make the document from what is stored, in place of a broken one."""
        self._stored = None
        self._document = self._make(kept.state, [row.body for row in kept.rows])
        self.broken = self.convicted = False
        self._order = Order()
        self.authors = dict(kept.authors)
        self._survey(self._document.whole())

    def learn(self, kept: Kept) -> bytes:
        """Take in rows that others committed; give back what was new. May raise `Poisoned`."""
        state = [] if kept.state is None else [unpack(kept.state)]
        news = self.document.apply([*state, *(row.body for row in kept.rows)])
        for client, author in kept.authors.items():
            self.authors.setdefault(client, author)
        if news:
            self._count(news)
        return news

    def retry(self) -> None:
        """Queue late offers again, now that everything committed is known."""
        for offer in self._late:
            offer.waited = True
        self._offers[:0] = self._late
        self._late = []

    def offer(self, offer: Offer) -> None:
        """Queue an update. The first answer to our question goes before what its member sent until then: it holds all of it."""
        member = offer.member
        if not offer.reply or member.answered:
            self._offers.append(offer)
            return
        member.answered = True
        sent = [*self._early.pop(member, ()), *(one for one in (*self._late, *self._offers) if one.member is member)]
        self.forget(member)
        self._offers += [offer, *sent]

    def forget(self, member: Member) -> None:
        """Drop what `member` has in the queue."""
        self._offers = [offer for offer in self._offers if offer.member is not member]
        self._late = [offer for offer in self._late if offer.member is not member]
        self._early.pop(member, None)

    def drop_early(self, member: Member) -> None:
        """Drop what waits for an answer of `member`, which will not come."""
        self._early.pop(member, None)

    def take(self) -> Batch:
        """Apply the queue to the document. Afterwards look at `broken` and `late`."""
        batch = Batch(before=dict(self.ledger.clocks))
        self._long = self._bytes > self._limits.text and self.document.size() > self._limits.text
        accepted = [offer for offer in self._next() if self._judged(offer, batch)]
        try:
            batch.body = self.document.apply([offer.body for offer in accepted])
            crossed = self._crossed(accepted, batch)
        except Poisoned:
            return self._broke(accepted, batch)
        if crossed is not None:
            return self._convict(crossed, accepted, batch)
        self._bytes += len(batch.body)
        for offer in accepted:
            batch.acks[offer.member] = offer.number
        return batch

    def _next(self) -> list[Offer]:
        if self._one_by_one:
            self._one_by_one -= 1
            return [self._offers.pop(0)] if self._offers else []
        offers, self._offers = self._offers, []
        return offers

    def _judged(self, offer: Offer, batch: Batch) -> bool:
        """Whether the offer may be applied; otherwise it is refused, or late."""
        member = offer.member
        if member in batch.refused:
            return False
        if member in self._early:
            self._set_aside(offer, batch)
            return False
        if any(late.member is member for late in self._late):
            self._late.append(offer)
            return False
        try:
            self._check(offer, batch)
        except Refused as error:
            batch.refused[member] = str(error)
        except Unplaceable:
            self._misplaced(offer, batch)
        else:
            return True
        return False

    def _misplaced(self, offer: Offer, batch: Batch) -> None:
        """Look for what is missing in the store first, then wait for what the member has to tell."""
        if not offer.waited:
            self._late.append(offer)
        elif offer.member.answered:
            batch.refused[offer.member] = "unplaceable"
        else:
            self._set_aside(offer, batch)

    def _set_aside(self, offer: Offer, batch: Batch) -> None:
        """Keep what builds on text that its member has not told yet."""
        kept = self._early.setdefault(offer.member, [])
        kept.append(offer)
        if sum(len(one.body) for one in kept) > self._limits.message:
            batch.refused[offer.member] = "unplaceable"

    def _check(self, offer: Offer, batch: Batch) -> None:
        """Raise `Refused` or `Unplaceable`, or count the offer in."""
        writers = offer.update.writers(self.ledger.clocks)
        fresh = {client for client in writers if client not in self.authors}
        person = offer.member.ticket.person
        if any(self.owner(client) not in {person, None} for client in writers) or not all(map(self.usable, fresh)):
            raise Refused("forged")
        self._check_ids(offer.member, len(fresh))
        self._check_size(grows=bool(writers))
        known = self.ledger.clocks
        self.ledger.place(offer.update)
        batch.doubts += ((offer, doubt) for doubt in self._order.doubts(offer.update, known))
        offer.member.fresh_ids += len(fresh)
        deletes = bool(offer.update.deletions) and not offer.reply
        changes = writers or ({offer.member.client_id} if deletes else set())
        batch.changed.update((offer.member, client) for client in changes)
        for client in changes - self.authors.keys():  # who only deletes has one, too: by it they can be forgotten
            self.authors[client] = offer.member.author
            batch.clients.add(client)

    def _noted(self, member: Member, client: int) -> str:
        author = self.authors.get(client, NOBODY)
        return GONE if member.nameless or author.person == GONE else member.ticket.person

    def _lost(self, client: int, author: Author) -> bool:
        """Whether a client id has no name any more, and had one as far as was known."""
        return author.person == GONE and self.authors.get(client, NOBODY).person != GONE

    def _check_size(self, *, grows: bool) -> None:
        """Refuse what no longer fits; deleting stays possible in a pad with too much text."""
        if grows and self._long:
            raise Refused("full")
        if self._bytes > self._limits.state:
            raise Refused("full")

    def _check_ids(self, member: Member, fresh: int) -> None:
        """Refuse a flood of client ids: each costs everybody who opens the pad some bytes for good."""
        if not fresh:
            return
        ever = self._ids_of(member.ticket.person) + fresh
        if member.fresh_ids + fresh > self._limits.client_ids or ever > self._limits.client_ids_ever:
            raise Refused("too_many")

    def _ids_of(self, person: str) -> int:
        return sum(author.person == person for author in self.authors.values())

    def _crossed(self, accepted: list[Offer], batch: Batch) -> Offer | None:
        """Find who put a character not between those that it says it was typed between."""
        bare = not any(offer.update.deletions for offer in accepted)  # then what is new takes up room
        for offer, doubt in batch.doubts[:_MOST_DOUBTS]:
            before, here, after = self.document.stand(*doubt)
            if before > here or after < here + bare:
                return offer
        return None

    def _convict(self, crossed: Offer, accepted: list[Offer], batch: Batch) -> Batch:
        """Refuse whoever did it; the others come again when the document is made anew without that."""
        self.broken = self.convicted = True
        self._offers[:0] = [offer for offer in accepted if offer.member is not crossed.member]
        return Batch(refused={**batch.refused, crossed.member: "malformed"})

    def _broke(self, accepted: list[Offer], batch: Batch) -> Batch:
        """Prepare to find out, one by one after `restore`, on whose update the CRDT panicked."""
        self.broken = True
        if len(accepted) == 1:
            batch.refused[accepted[0].member] = "malformed"
        else:
            self._offers[:0] = accepted
            self._one_by_one = len(accepted)
        return Batch(refused=batch.refused)

    def _count(self, news: bytes) -> None:
        """Count in what others committed, without a look at the whole document where that is enough."""
        try:
            self.ledger.place(decode(news))
        except (Malformed, Unplaceable):
            self._survey(self._document.whole())
        else:
            self._bytes += len(news)

    def _survey(self, whole: bytes) -> None:
        """Learn the document's clocks, surrogate pairs and size from itself, written as one update."""
        self._ledger = Ledger(self._document.clocks(), whole)
        self._bytes = len(whole)

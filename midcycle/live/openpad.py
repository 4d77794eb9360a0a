"""A pad that is open: who is in it, what they are told, and when.

One rule keeps it simple: **nobody is sent a change before it is committed.**
So no client can build on text that a crash takes away, and what anybody sees
of others is as safe as an acknowledgement.
"""

import logging
from collections.abc import Callable, Mapping

from midcycle.engines.crdt import protocol
from midcycle.engines.crdt.document import Poisoned
from midcycle.live.audience import Audience, Means
from midcycle.live.ballot import Ballot
from midcycle.live.bus import News
from midcycle.live.elsewhere import Copy
from midcycle.live.intake import Batch, Content, Intake, Offer
from midcycle.live.member import Member
from midcycle.live.rights import Rights
from midcycle.live.store import Choice, Entry, Kept, Names, Row
from midcycle.live.wire import Close

log = logging.getLogger(__name__)

_DOZE = 0.05  # seconds for the first who open a long document to get it


class OpenPad:
    """One pad with its members."""

    def __init__(self, pad: str, kept: Kept, means: Means, dirty: Callable[["OpenPad"], None]) -> None:
        """`dirty` is called when there is something to commit."""
        self.pad = pad
        self.upto = kept.rows[-1].seq if kept.rows else kept.upto
        self.members: dict[int, Member] = {}
        self.expected = 0  # who was promised this pad and has not asked to join yet
        self.closed = False
        self.left_at = means.loop.time()
        self.unsaved_since = means.loop.time() if kept.rows else None  # not in the snapshot
        self._changed_at = means.loop.time()
        self.rights = Rights(kept.rights, self.members, means)
        self._means = means
        self._dirty = dirty
        self._intake = Intake(kept, means.limits, means.make)
        self.restored = 0  # times in a row without a commit
        self._in_flight: Batch | None = None
        self._waits_since: float | None = None
        self._gap = False  # rows of other processes are known to be in the store
        self._when_clean: list[Callable[[], None]] = []
        self._joining: set[Member] = set()
        self._next_turn = 0.0
        self._name = f"{means.chance.getrandbits(64):016x}"
        self.ballot = Ballot(News(pad, self._name, Row(0, b""), {}, votes=True), self.members, means, lambda: dirty(self))
        self._audience = Audience(Copy(pad, self._name), self.members, means)
        self.snapshot: tuple[int, Mapping[int, int]] = (0, {})  # last row and clocks of the one that was written last
        self.bound = 0  # row up to which the log is in chapters, as far as is known
        self._unfollow = means.bus.follow(pad, self._hear)

    # What the writer does with it

    @property
    def clean(self) -> bool:
        """Whether the document in memory is exactly what is committed."""
        return self._in_flight is None and not self._intake.broken

    @property
    def waiting(self) -> bool:
        """Whether updates wait to be taken."""
        return self._intake.waiting

    @property
    def busy(self) -> bool:
        """Whether the writer must look at it again."""
        return not self.closed and (self.broken or self.waiting or self.late or self.ballot.waiting)

    @property
    def broken(self) -> bool:
        """Whether the document must be restored from the store."""
        return self._intake.broken

    @property
    def late(self) -> bool:
        """Whether updates wait for rows that another process may have committed."""
        return self._intake.late or self._gap

    @property
    def behind(self) -> int:
        """How many read too slowly and will be levelled."""
        return sum(member.behind is not None for member in self.members.values())

    def waits(self) -> float:
        """Give the seconds that the oldest change waits for its commit."""
        return 0.0 if self._waits_since is None else self._means.loop.time() - self._waits_since

    def take(self) -> Entry | None:
        """Apply what waits; give the row to commit, or None when there is nothing new."""
        batch = self._intake.take()
        for member, reason in batch.refused.items():
            log.warning("refused an update: %s", reason, extra={"fields": {"pad": self.pad}})
            self._intake.forget(member)
            member.refuse(reason)
        if not batch.body:
            self._waits_since = None
            self._acknowledge(batch)
            return None
        self._in_flight = batch
        return self.row()

    def hear(self, names: Names) -> None:
        """Take in whose names were taken away; their votes are gone, too."""
        self.rights.hear(names, self._intake, self._in_flight)
        self.ballot.recount()

    def row(self) -> Entry | None:
        """Give the row that is being committed, with who wrote it as far as that is known now."""
        batch, known = self._in_flight, self.rights.heard
        return None if batch is None else self._intake.entry(batch, self.pad, self._means.now(), known)

    def committed(self, seq: int) -> bool:
        """Tell everybody; say whether rows of other processes lie before `seq`."""
        batch, self._in_flight = self._in_flight, None
        if batch is None:
            raise RuntimeError("Nothing of this pad was being committed.")
        self.restored = 0
        self._waits_since = self._means.loop.time() if self.waiting else None
        self._acknowledge(batch)  # first, so that it travels with the change
        self._tell(batch)
        self._settle()
        self._means.bus.publish(News(self.pad, self._name, Row(seq, batch.body), self._intake.names_of(batch.clients)))
        return self._advance(seq)

    def choices(self) -> list[Choice]:
        """Take the votes that wait to be committed. One for text that is not here yet waits for rows of other processes."""
        if self.broken or not self.ballot.waiting:
            return []
        try:
            clocks = self._intake.ledger.clocks
        except Poisoned:
            self.broke()
            return []
        choices, misses = self.ballot.take(clocks, self.rights.heard)
        self._gap = self._gap or misses
        return choices

    def learn(self, kept: Kept) -> None:
        """Take in the rows after `upto` that are in the store, whoever committed them."""
        if self.broken:
            return  # `restore` will bring them
        self._take_in(kept)
        self._gap = False
        self.upto = max([self.upto, kept.upto, *(row.seq for row in kept.rows)])
        self._intake.retry()
        if self._intake.waiting:
            self._dirty(self)

    def restore(self, kept: Kept) -> None:
        """Make the document anew from the store."""
        self.restored += not self._intake.convicted
        self.rights.hear(Names(kept.rights, kept.authors), self._intake, None)
        self._intake.restore(kept)
        self._gap = False
        self._intake.retry()
        self.upto = kept.rows[-1].seq if kept.rows else kept.upto
        self._settle()
        if self._intake.waiting:
            self._dirty(self)

    def broke(self) -> None:
        """Answer nobody until the failed document is restored."""
        self._intake.broken = True
        self._dirty(self)

    def close(self, code: Close, reason: str) -> None:
        """Send everybody away and hear no more."""
        self.closed = True
        self._unfollow()
        self._audience.close()
        for member in (*self.members.values(), *self._joining):
            member.wire.close(code, reason)

    # The snapshot

    def idle(self, now: float) -> bool:
        """Whether it may be forgotten: all is stored and nobody was here for a while."""
        busy = self.members or self._joining or self.expected or self.waiting or self.late or self.ballot.waiting
        settled = self.clean and self.unsaved_since is None
        return settled and not busy and now - self.left_at >= self._means.limits.unload

    def due(self, now: float, *, at_once: bool = False) -> bool:
        """Whether the snapshot should be written now."""
        if self.unsaved_since is None or not self.clean:
            return False
        limits = self._means.limits
        return at_once or self.rests(now, limits.quiet) or now - self.unsaved_since >= limits.busy

    def rests(self, now: float, seconds: float) -> bool:
        """Whether nothing has changed for so long."""
        return now - self._changed_at >= seconds

    def content(self) -> Content:
        """Read what a snapshot holds. It counts as begun."""
        self.unsaved_since = None
        return self._intake.content(self.upto)

    def saved(self, content: Content) -> None:
        """Take note that the snapshot was written."""
        self.snapshot = content.upto, content.clocks

    def unsaved(self) -> None:
        """Take note that the snapshot could not be written."""
        self.unsaved_since = self._changed_at

    # What members do

    def turn(self) -> float:
        """Give the seconds somebody must wait before joining, so that a crowd comes in steps."""
        now, step = self._means.loop.time(), 1 / self._means.limits.joins_per_second
        self._next_turn = max(self._next_turn, now - 1) + step
        return max(0.0, self._next_turn - now)

    def join(self, member: Member, wanted: int | None, entered: Callable[[], None]) -> None:
        """Let a member in as soon as the document is clean, greet it, then call `entered`."""
        self.expected -= 1
        self._joining.add(member)
        self._clean_do(lambda: self._join(member, wanted, entered))

    def leave(self, member: Member) -> None:
        """Let a member go whose connection ended; what it sent before still counts."""
        if not self._has(member):
            return
        del self.members[member.client_id]
        self._intake.drop_early(member)
        self.left_at = self._means.loop.time()
        self._audience.left(member)

    def ask(self, member: Member, have: dict[int, int]) -> None:
        """Answer sync step 1 with what is committed."""
        self._clean_do(lambda: self._answer(member, have))

    def offer(self, offer: Offer) -> None:
        """Queue an update."""
        if not self._has(offer.member):
            return
        offer.member.typed_at = self._means.loop.time()
        self._intake.offer(offer)
        self._waits_since = self._waits_since or offer.member.typed_at
        self._dirty(self)

    def looks(self, member: Member) -> None:
        """Show a member all carets."""
        if self._has(member):
            self._audience.show(member)

    def known_as(self, member: Member, client: int) -> bool:
        """Say whether a member goes by this client id; one that chose its own is known by it from its first caret on."""
        if member.client_id == client or member.listens or not self._has(member):
            return member.client_id == client
        if self._intake.may_have(client, member.ticket.person) and client not in self.members:
            self.leave(member)
            self._intake.hand(client, member.ticket.person)
            member.client_id = client
            self.members[client] = member
            self._audience.joined(member)
        return member.client_id == client

    def look(self, member: Member, caret: object) -> None:
        """Keep a member's caret; in a crowd only of those who type."""
        if self._has(member):
            self._audience.looked(member, caret)

    def renamed(self, member: Member) -> None:
        """Show a member's new name, colour or role, which came with a new ticket."""
        if self._has(member):
            self._audience.joined(member)
            if member.writes:
                self._clean_do(lambda: self._question(member))

    def level(self, member: Member) -> None:
        """Send a member that read too slowly all it lacks, once it has read what was sent."""
        self._clean_do(lambda: self._level(member))

    def beat(self) -> None:
        """Give a sign of life, and the carets again."""
        self._audience.beat()

    # How it is done

    def _join(self, member: Member, wanted: int | None, entered: Callable[[], None]) -> None:
        self._joining.discard(member)
        if member.gone or self.closed:
            member.wire.close(Close.RESTART, "closed")
            return
        if self.rights.outdated(member.ticket):
            member.refuse("ticket")
            return
        if len(self.members) >= self._means.limits.connections:
            member.refuse("too_many")
            return
        member.client_id = self._intake.client_for(member.ticket.person, wanted, self._means.chance)
        before = self.members.get(member.client_id)
        if before is not None and before is not member:  # the same page, back before its old connection was known dead
            self._intake.forget(before)
            self.leave(before)
            before.refuse("replaced")
        self.members[member.client_id] = member
        self._intake.hand(member.client_id, member.ticket.person)
        self._audience.greet(member)
        self.ballot.greet(member)
        if member.writes:
            self._ask_soon(member)
        entered()

    def _has(self, member: Member) -> bool:
        return self.members.get(member.client_id) is member

    def _ask_soon(self, member: Member) -> None:
        """Ask what the pad lacks; but let a long document that is only stored yet go out before it is read."""
        if self._intake.asleep:
            self._means.loop.call_later(_DOZE, self._clean_do, lambda: self._question(member))
        else:
            self._question(member)

    def _question(self, member: Member) -> None:
        """Ask for what the client has and the pad lacks."""
        if self._has(member):
            member.wire.send_bytes(protocol.question(self._intake.ledger.clocks))

    def _answer(self, member: Member, have: dict[int, int]) -> None:
        whole = None if have else self._intake.stored
        member.wire.send_bytes(protocol.answer(self._intake.document.since(have) if whole is None else whole))
        if not member.level:
            self._audience.show(member)
        member.level, member.behind = True, None

    def _tell(self, batch: Batch) -> None:
        """Send a committed change to all but a lone author, who has it."""
        frame, most = protocol.change(batch.body), self._means.limits.high_water
        lone = next(iter(batch.acks)) if len(batch.acks) == 1 else None
        for member in self.members.values():
            if member.level and member.behind is None and member is not lone and not member.wire.pass_on(frame, most):
                member.behind = dict(batch.before)

    def _acknowledge(self, batch: Batch) -> None:
        for member, number in batch.acks.items():
            member.acknowledge(number)
        if batch.body:
            self._changed()

    def _changed(self) -> None:
        self._changed_at = self._means.loop.time()
        self.unsaved_since = self.unsaved_since or self._changed_at

    def _level(self, member: Member) -> None:
        if member.behind is not None and member.wire.unsent() <= self._means.limits.high_water:
            have, member.behind = member.behind, None
            member.wire.send_bytes(protocol.change(self._intake.document.since(have)))

    def _clean_do(self, deed: Callable[[], None]) -> None:
        self._when_clean.append(deed)
        self._settle()

    def _settle(self) -> None:
        """Do what waited for a clean document."""
        while self._when_clean and self.clean:
            deed = self._when_clean.pop(0)  # before it is done: a deed may bring more, and then this is called within it
            try:
                deed()
            except Poisoned:
                self._when_clean.insert(0, deed)
                self.broke()

    def _take_in(self, kept: Kept) -> None:
        before = dict(self._intake.ledger.clocks)
        try:
            news = self._intake.learn(kept)
        except Poisoned:
            self.broke()
            return
        if news:
            self._tell(Batch(news, before))
            self._changed()

    def _advance(self, seq: int) -> bool:
        gap = seq > self.upto + 1
        if not gap:
            self.upto = max(self.upto, seq)
        return gap

    def _hear(self, news: News) -> None:
        """Another open copy of this pad committed: take the row in its turn, and read from the store what is missing."""
        if news.votes and news.sender != self._name:
            self.ballot.recount()
        if news.sender == self._name or self._intake.broken or news.row.seq <= self.upto:
            return
        if news.row.seq == self.upto + 1:
            self._take_in(Kept(0, None, (news.row,), news.authors))
            self._advance(news.row.seq)
        else:
            self._gap = True
            self._dirty(self)

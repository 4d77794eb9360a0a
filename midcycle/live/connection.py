"""One client from its first byte to its last: ticket, pace, messages."""

import asyncio
import logging
from collections import deque

from midcycle.engines.crdt import protocol
from midcycle.engines.crdt.lib0 import Malformed
from midcycle.engines.crdt.protocol import Change, Look, Looks, Question, Recall
from midcycle.engines.crdt.updates import decode
from midcycle.kernel.bucket import Bucket
from midcycle.kernel.tickets import BadTicket, PadTicket
from midcycle.live import control
from midcycle.live.control import BadMessage, Knock, Wish
from midcycle.live.intake import Offer
from midcycle.live.member import REASONS, Member
from midcycle.live.openpad import OpenPad
from midcycle.live.presence import read_caret
from midcycle.live.registry import Registry
from midcycle.live.wire import Wire

log = logging.getLogger(__name__)


class Connection:
    """Reads what one client sends. The transport calls `receive`, `drained` and `closed`."""

    def __init__(self, wire: Wire, pad: str, registry: Registry, *, listens: bool = True) -> None:
        """`pad` is the id from the address, 32 hex digits. One that does not `listen` is sent binary messages only."""
        self._wire = wire
        self._name = pad
        self._listens = listens
        self._registry = registry
        self._limits = registry.limits
        self._loop = registry.means.loop
        self._member: Member | None = None
        self._pad: OpenPad | None = None
        self._held = False
        self._over = False
        self._backlog: deque[str | bytes] = deque()
        self._backlog_size = 0
        self._updates = Bucket(self._limits.updates_per_second, self._limits.updates_at_once)
        self._bytes = Bucket(self._limits.bytes_per_second, self._limits.bytes_at_once)
        self._texts = Bucket(self._limits.texts_per_second, self._limits.texts_at_once)
        self._timer = self._loop.call_later(self._limits.ticket_wait, self._refuse, "slow")
        self._entering: asyncio.Task[None] | None = None

    def show(self, ticket: str) -> None:
        """Take the ticket from the address, where stock clients carry it."""
        try:
            self._present(Knock(ticket, None))
        except BadTicket:
            self._refuse("ticket")

    def receive(self, message: str | bytes) -> None:
        """Take one text or binary message."""
        if self._over:
            return
        if not self._held:
            self._handle(message)
            return
        self._backlog.append(message)
        self._backlog_size += len(message)
        if self._backlog_size > self._limits.backlog:
            self._refuse("too_many")

    def drained(self) -> None:
        """Take note that the client has read what was sent."""
        if self._pad is not None and self._member is not None:
            self._pad.level(self._member)

    def closed(self) -> None:
        """Take note that the socket is gone. What arrived before still counts."""
        self._timer.cancel()
        if self._pad is not None and not self._over:
            for message in self._backlog:
                self._understand(message)
        self._over = True
        if self._member is not None:
            self._member.gone = True
            if self._pad is not None:
                self._pad.leave(self._member)

    # Pace

    def _handle(self, message: str | bytes) -> None:
        now = self._loop.time()
        texts = self._texts.take(isinstance(message, str), now)
        wait = max(self._updates.take(1, now), self._bytes.take(len(message), now), texts)
        self._understand(message)
        if wait > 0:
            self._hold()
            self._timer = self._loop.call_later(wait, self._go_on)

    def _hold(self) -> None:
        self._held = True
        self._wire.pause()

    def _go_on(self) -> None:
        self._held = False
        while self._backlog and not self._held and not self._over:
            message = self._backlog.popleft()
            self._backlog_size -= len(message)
            self._handle(message)
        if not self._held:
            self._wire.resume()

    # Messages

    def _understand(self, message: str | bytes) -> None:
        try:
            if isinstance(message, str):
                self._told(message)
            elif self._pad is not None and self._member is not None:
                self._frame(self._pad, self._member, message)
            else:
                self._refuse("malformed")  # first comes the ticket
        except (Malformed, BadMessage):
            self._refuse("malformed")
        except BadTicket:
            self._refuse("ticket")

    def _told(self, text: str) -> None:
        if len(text) > self._limits.first_message:
            raise BadMessage("This is too long for a ticket.")
        match control.read_message(text):
            case Knock() as knock:
                self._present(knock)
            case Wish() as wish:
                self._vote(wish)

    def _vote(self, wish: Wish) -> None:
        if self._pad is None or self._member is None:
            raise BadMessage("First comes the ticket.")
        if self._member.writes:
            self._pad.ballot.cast(self._member, wish)
        else:
            self._member.refuse_writing(self._limits.refusals, vote=True)

    def _present(self, knock: Knock) -> None:
        ticket = self._registry.admit(knock.ticket)
        if ticket.pad != self._name:
            raise BadTicket("This ticket is for another pad.")
        if self._member is None:
            self._timer.cancel()
            self._member = Member(self._wire, ticket, listens=self._listens)
            self._member.expires = self._loop.time() + self._limits.ticket_life
            self._hold()
            self._entering = self._loop.create_task(self._enter(self._member, knock.client_id))
        else:
            self._renew(self._member, ticket)

    def _renew(self, member: Member, ticket: PadTicket) -> None:
        before = member.present
        if not member.renew(ticket):
            raise BadTicket("This ticket is for somebody else.")
        if self._pad is not None and self._pad.rights.outdated(ticket):
            raise BadTicket("This ticket is older than what may be done now.")
        member.expires = self._loop.time() + self._limits.ticket_life
        if self._pad is not None and member.present != before:
            self._pad.renamed(member)

    async def _enter(self, member: Member, wanted: int | None) -> None:
        try:
            pad = await self._registry.open(self._name)
        except Exception:
            log.exception("a pad could not be opened", extra={"fields": {"pad": self._name}})
            self._refuse("failed")
            return
        if pad is None:
            self._refuse("unknown")
            return
        await asyncio.sleep(pad.turn())
        pad.join(member, wanted, lambda: self._entered(pad))

    def _entered(self, pad: OpenPad) -> None:
        self._pad = pad
        self._go_on()

    def _frame(self, pad: OpenPad, member: Member, frame: bytes) -> None:
        match protocol.decode(frame):
            case Question(have):
                pad.ask(member, have)
            case Change(body, reply):
                self._change(pad, member, body, reply=reply)
            case Looks(entries):
                self._looks(pad, member, entries)
            case Recall():
                pad.looks(member)

    def _looks(self, pad: OpenPad, member: Member, entries: tuple[Look, ...]) -> None:
        for entry in entries:
            if len(entry.state) <= self._limits.look and pad.known_as(member, entry.client):
                pad.look(member, read_caret(entry.state))

    def _change(self, pad: OpenPad, member: Member, body: bytes, *, reply: bool) -> None:
        update = decode(body)
        if not member.writes and not update.empty:
            member.refuse_writing(self._limits.refusals)
            return
        member.sent += 1
        pad.offer(Offer(member, member.sent, body, update, reply))

    def _refuse(self, reason: str) -> None:
        if not self._over:
            self._over = True
            if self._listens:
                self._wire.send_text(control.refused(reason))
            self._wire.close(REASONS[reason], reason)

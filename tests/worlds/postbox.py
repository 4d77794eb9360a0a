"""A mail server that keeps what it takes."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default
from threading import Thread

from aiosmtpd.smtp import SMTP
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


class Postbox:
    """Takes letters as an SMTP server does, except those to addresses it refuses with a reply."""

    def __init__(self):
        self.port = 0
        self.letters = []
        self.raw = []
        self.senders = []
        self.callers = set()
        self.refuses = {}
        self.says_of_letters = ""
        self.hangs_up = False
        self.hangs_up_for_ever = False
        self.is_mute = 0.0

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802, ARG002 - the library's names
        if address in self.refuses:
            return f"{self.refuses[address]} not here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the library's name
        if self.is_mute:
            await asyncio.sleep(self.is_mute)
            return "421 bye"
        if self.hangs_up or self.hangs_up_for_ever:
            self.hangs_up = False
            server.transport.close()
            return "421 bye"
        if self.says_of_letters:
            return self.says_of_letters
        self.callers.add(session.peer)
        self.raw.append(envelope.content)
        self.senders.append(envelope.mail_from)
        self.letters.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=default)))
        return "250 OK"


@contextmanager
def listening() -> Iterator[Postbox]:
    """Give a mail server that listens on its port. Its loop is a thread's own: a browser may have one running in this one."""
    box, loop = Postbox(), asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()
    server = asyncio.run_coroutine_threadsafe(_start(box, loop), loop).result()
    box.port = server.sockets[0].getsockname()[1]
    try:
        yield box
    finally:
        asyncio.run_coroutine_threadsafe(_end(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _start(box: Postbox, loop: asyncio.AbstractEventLoop) -> asyncio.Server:
    return await loop.create_server(lambda: SMTP(box, hostname="mail.test", loop=loop), "127.0.0.1", 0)


async def _end(server: asyncio.Server) -> None:
    server.close()
    await server.wait_closed()


def smtp(port: int, timeout: float = 5) -> BaseEmailBackend:
    """Return a connection to a mail server on this machine."""
    return get_connection(SMTP_BACKEND, host="127.0.0.1", port=port, username="", password="", use_tls=False, timeout=timeout)

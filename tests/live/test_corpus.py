"""Every message of the corpus, named and found by `python -m bench.pad_fuzz`, against a real server: honest people go on."""

import json
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from midcycle.engines.crdt import protocol
from midcycle.kernel.tickets import PadTicket, issue
from tests.live.client import Client, play, until
from tests.live.database import Database
from tests.live.process import SECRET, LiveServer

CORPUS = Path(__file__).parent / "corpus"
HOSTILE = 123_456  # the client id the messages were made for
FIRST = "start 😀 "


def messages(file: Path) -> list[bytes | str]:
    """Read a line each: what it is, and hexadecimal digits or JSON text."""
    found = [line.partition("\t")[2] for line in file.read_text().splitlines()]
    return [json.loads(text) if text.startswith('"') else bytes.fromhex(text) for text in found]


async def _sends(server: LiveServer, pad: str, message: bytes | str) -> None:
    """Come in, send it, and wait until the server has dealt with it."""
    ticket = issue(SECRET, PadTicket(pad, "mallory", "Mallory", 1, "write"))
    async with connect(f"ws://127.0.0.1:{server.port}/live/pads/{pad}", max_size=None) as socket:
        await socket.send(json.dumps({"type": "ticket", "ticket": ticket, "client_id": HOSTILE}))
        try:
            await socket.send(protocol.answer(protocol.EMPTY))
            await socket.send(message)
            await socket.send(protocol.question({}))
            while not (isinstance(heard := await socket.recv(), bytes) and heard.startswith(b"\x00\x01")):
                pass
        except ConnectionClosed:
            pass


@pytest.mark.parametrize("file", sorted(CORPUS.iterdir()), ids=lambda file: file.stem)
def test_no_message_of_the_corpus_harms_anybody_honest(server: LiveServer, database: Database, file: Path) -> None:
    async def story() -> None:
        pad, process = database.new_pad(FIRST), server.pid
        before = server.log().count("Traceback")
        async with Client(server.port, pad, "ada") as ada, Client(server.port, pad, "bo") as bo:
            for number, message in enumerate(messages(file)):
                await _sends(server, pad, message)
                if number % 25 == 0:
                    await ada.type(f"{number} ")
            await ada.type("end")
            await ada.all_saved()
            await until(lambda: ada.text == bo.text)
            async with Client(server.port, pad, "cy") as cy:
                await until(lambda: cy.text == ada.text == bo.text)
            assert (ada.close_code, bo.close_code, server.pid) == (None, None, process)
            assert (database.text(pad), server.log().count("Traceback")) == (ada.text.replace("\0", ""), before)

    play(story())

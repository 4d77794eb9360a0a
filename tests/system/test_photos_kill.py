"""A picture over a line that is cut, to a server that is killed: it goes on where it stopped, and arrives as it was sent."""

import hashlib
import http.client
import json
import socket
from contextlib import closing

import pytest

from tests.system.instance import PATIENCE, instance, wait_until
from tests.worlds.pictures import picture

PIECE = 400_000


class Sender:
    """A phone that sends one picture to an instance, by hand (tus 1.0.0)."""

    def __init__(self, served, known):
        self.served = served
        self.place = f"/m/{known['slug']}/photos/uploads/"
        check = "c" * 32
        self.headers = {
            "Tus-Resumable": "1.0.0",
            "Cookie": f"midcycle={known['session']}; csrftoken={check}",
            "X-CSRFToken": check,
        }

    def announce(self, length: int) -> None:
        """Announce a picture, and go on at its address."""
        made = self.served.ask("POST", self.place, headers={**self.headers, "Upload-Length": str(length)})
        assert made.status == 201, made.body
        self.place = made.headers["Location"]

    def offset(self) -> int:
        """Ask how much is there."""
        answer = self.served.ask("HEAD", self.place, headers=self.headers)
        assert answer.status == 200
        return int(answer.headers["Upload-Offset"])

    def piece(self, offset: int, content: bytes) -> int:
        """Send a piece as a whole; return the status."""
        told = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
        return self.served.ask("PATCH", self.place, content, headers={**self.headers, **told}).status

    def too_large_a_piece(self) -> int:
        """Announce a piece of two megabytes; return the status that comes before it is sent."""
        told = {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream", "Content-Length": "2000000"}
        with closing(http.client.HTTPConnection("127.0.0.1", self.served.port, timeout=PATIENCE)) as line:
            line.putrequest("PATCH", self.place)
            for name, value in {**self.headers, **told}.items():
                line.putheader(name, value)
            line.endheaders()
            return line.getresponse().status

    def half_a_piece(self, offset: int, content: bytes, announced: int, then) -> None:
        """Announce a piece, send less of it, do something, and cut the line."""
        told = {"Upload-Offset": offset, "Content-Type": "application/offset+octet-stream", "Content-Length": announced}
        lines = [f"PATCH {self.place} HTTP/1.1", f"Host: localhost:{self.served.port}"]
        lines += [f"{name}: {value}" for name, value in {**self.headers, **told}.items()]
        with socket.create_connection(("127.0.0.1", self.served.port)) as line:
            line.sendall("\r\n".join([*lines, "", ""]).encode() + content)
            then()


@pytest.mark.slow
def test_cut_lines_and_kills_cost_no_byte(tmp_path):
    content = picture(1600, 1200, quality=100, subsampling=0)
    assert len(content) > 2 * PIECE
    with instance(tmp_path / "data") as served:
        known = json.loads(served.run("tests.system.prepare_photos"))
        served.start()
        phone = Sender(served, known)
        phone.announce(len(content))
        # More than a megabyte at once is refused before it is read.
        assert (phone.too_large_a_piece(), phone.offset()) == (413, 0)
        # The line is cut within a piece: what arrived is kept.
        phone.half_a_piece(0, content[:150_000], PIECE, then=lambda: None)
        wait_until(lambda: phone.offset() == 150_000)
        # The server is killed within a piece: what it had written is kept, the rest comes again.
        assert phone.piece(150_000, content[150_000 : 150_000 + PIECE]) == 204
        phone.half_a_piece(150_000 + PIECE, content[150_000 + PIECE :][:100_000], PIECE, then=served.kill)
        served.start()
        reached = phone.offset()
        assert 150_000 + PIECE <= reached <= 250_000 + PIECE
        # A piece at another place is refused, and told where to go on.
        assert phone.piece(reached + 1, b"x") == 409
        while (reached := phone.offset()) < len(content):
            assert phone.piece(reached, content[reached : reached + PIECE]) == 204
        # Killed before anybody developed it: the next worker does.
        served.kill()
        served.start()
        wait_until(lambda: served.rows("SELECT state FROM photos_photo") == [("ready",)])
        assert served.rows("SELECT digest, width FROM photos_photo") == [(hashlib.sha256(content).hexdigest(), 1600)]
        assert [path.name for path in (served.data / "photos" / "incoming").iterdir()] == []

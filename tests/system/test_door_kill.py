"""Phones send what they did while the whole instance is killed: sent again, every deed is done once."""

import http.client
import json
import uuid
from threading import Barrier, Lock, Thread

from tests.system.instance import instance, wait_until

PHONES, WALK_INS = 6, 12


class Sender:
    """Six phones that come back from flight mode at once, each with two walk-ins and the same ten people checked in."""

    def __init__(self, served, known):
        self.served, self.known = served, known
        self.lock, self.acknowledged = Lock(), {}
        self.deeds = [self._deeds(number) for number in range(PHONES)]

    def at_once(self, *, after=0, then=lambda: None):
        """Let every phone send one deed after the other; do `then` once so many were acknowledged."""
        start = Barrier(PHONES)

        def send(number):
            start.wait()
            for deed in self.deeds[number]:
                try:
                    answer = self._send(number, deed)
                except (OSError, http.client.HTTPException):
                    return
                with self.lock:
                    self.acknowledged[deed["id"]] = answer
                    if len(self.acknowledged) == after:
                        then()

        threads = [Thread(target=send, args=(number,)) for number in range(PHONES)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _send(self, number, deed):
        body = json.dumps({"cursor": 0, "sent_at": 0, "events": [deed]})
        headers = {"Authorization": f"Bearer {self.known['keys'][number]}", "Content-Type": "application/json"}
        answer = self.served.ask("POST", f"/m/{self.known['slug']}/door/events/", body, headers)
        assert answer.status == http.client.OK, answer.body
        (told,) = answer.json()["answers"]
        return told["outcome"], told["sentence"]

    def _deeds(self, number):
        seats = self.known["codes"][number:] + self.known["codes"][:number]
        known = [{"kind": "check_in", "code": code} for code in seats]
        new = [{"kind": "walk_in", "name": f"New {number}{turn}", "email": f"new{number}{turn}@example.org"} for turn in (1, 2)]
        return [{**deed, "id": str(uuid.uuid4()), "count": at, "at": 0} for at, deed in enumerate([new[0], *known, new[1]], 1)]


def test_kill_in_the_middle_of_a_merge_loses_and_doubles_nothing(tmp_path):
    with instance(tmp_path) as served:
        served.make_tables()
        known = json.loads(served.run("tests.system.prepare_door", str(PHONES)))
        served.start()
        sender = Sender(served, known)
        sender.at_once(after=20, then=served.kill)
        first = dict(sender.acknowledged)
        assert 20 <= len(first) < PHONES * 12
        served.start()
        sender.at_once()
        assert {number: sender.acknowledged[number] for number in first} == first
        outcomes = sorted(outcome for outcome, _ in sender.acknowledged.values())
        assert outcomes == ["already"] * (10 * (PHONES - 1)) + ["done"] * (10 + WALK_INS)
        moves = served.rows("SELECT seat_id FROM registration_seatmove WHERE becomes = 'checked_in'")
        assert len(moves) == len(set(moves)) == 10 + WALK_INS
        assert served.rows("SELECT held, checked_in FROM registration_capacity") == [(10 + WALK_INS, 10 + WALK_INS)]
        wait_until(lambda: served.rows("SELECT COUNT(*) FROM journal_entry WHERE position IS NULL") == [(0,)])
        assert served.stop() == 0

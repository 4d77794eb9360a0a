"""A rush for three seats while the whole instance is killed, or asked to stop: what was acknowledged stays.

A request with an Idempotency-Key is either done and its answer kept, or neither.
"""

import http.client
import json
import re
from collections import Counter
from threading import Barrier, Lock, Thread
from urllib.parse import urlencode

import pytest

from tests.system.instance import instance, wait_until

PEOPLE, SEATS = 50, 3
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Rush:
    """Fifty people who register at once, every second through the form as a browser does, the others through the API."""

    def __init__(self, served, known):
        self.served, self.known = served, known
        self.acknowledged, self.wrong = {}, []
        self.lock = Lock()

    def at_once(self, *, after=0, then=lambda: None):
        """Let everybody register; do `then` once so many were acknowledged."""
        ways = [self._by_form(number) if number % 2 else self._by_api(number) for number in range(PEOPLE)]
        start = Barrier(PEOPLE)

        def register(number, send):
            start.wait()
            try:
                path = send()
            except (OSError, http.client.HTTPException):
                return  # no answer, nothing acknowledged
            with self.lock:
                self.acknowledged[f"Rush {number}"] = path
                if len(self.acknowledged) == after:
                    then()

        threads = [Thread(target=register, args=pair) for pair in enumerate(ways)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _by_api(self, number):
        body = json.dumps({"email": f"rush{number}@example.org", "name": f"Rush {number}"})
        headers = {"Authorization": f"Bearer {self.known['seats:write']}", "Content-Type": "application/json"}
        headers["Idempotency-Key"] = f"rush-{number}"

        def send():
            answer = self.served.ask("POST", f"/api/v1/meetups/{self.known['slug']}/seats", body, headers)
            self._look_at(answer, {200, 201})
            return answer.json()["status_url"].partition(f":{self.served.port}")[2]

        return send

    def _by_form(self, number):
        url = f"/m/{self.known['slug']}/seat/"
        page = self.served.ask("GET", url)
        check = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page.body)[1].decode()
        typed = {
            "name": f"Rush {number}",
            "email": f"rush{number}@example.org",
            "role": "operator",
            "csrfmiddlewaretoken": check,
        }
        headers = {**FORM, "Cookie": page.headers["Set-Cookie"].strip().partition(";")[0]}

        def send():
            answer = self.served.ask("POST", url, urlencode(typed), headers)
            self._look_at(answer, {302})
            return answer.headers["Location"]

        return send

    def _look_at(self, answer, expected):
        if answer.status not in expected:
            self.wrong.append((answer.status, answer.body))


@pytest.fixture
def served(tmp_path):
    with instance(tmp_path) as made:
        yield made


@pytest.fixture
def rush(served):
    served.make_tables()
    known = json.loads(served.run("tests.system.prepare", str(SEATS)))
    served.start()
    return Rush(served, known)


def seats(rush):
    url, headers = f"/api/v1/meetups/{rush.known['slug']}/seats", {"Authorization": f"Bearer {rush.known['seats:read']}"}
    return rush.served.ask("GET", url, headers=headers).json()["items"]


def counts(rush):
    return rush.served.ask("GET", f"/api/v1/meetups/{rush.known['slug']}/counts").json()


def kept_answers(served):
    """Return the seats of kept answers, and those taken through the API."""
    answered = "SELECT json_extract(body, '$.id') FROM registration_keyedrequest WHERE status = 201 ORDER BY 1"
    taken = "SELECT id FROM registration_seat WHERE CAST(substr(name, 6) AS INTEGER) % 2 = 0 ORDER BY 1"
    return served.rows(answered), served.rows(taken)


def test_kill_in_the_middle_of_a_rush_loses_nothing_acknowledged(served, rush):
    rush.at_once(after=10, then=served.kill)
    acknowledged = dict(rush.acknowledged)
    assert rush.wrong == []
    assert 10 <= len(acknowledged) < PEOPLE
    served.start()
    kept = {seat["name"]: seat["state"] for seat in seats(rush)}
    assert set(acknowledged) - set(kept) == set()
    assert {served.ask("GET", path).status for path in acknowledged.values()} == {200}
    assert Counter(kept.values()) == {"held": SEATS, "waiting": len(kept) - SEATS}
    assert counts(rush)["held"] == SEATS
    answered, taken = kept_answers(served)
    assert answered == taken

    rush.at_once()  # those who got no answer try again, and so does everybody else
    assert rush.wrong == []
    by_api = [name for name in acknowledged if int(name.split()[1]) % 2 == 0]
    assert [rush.acknowledged[name] for name in by_api] == [acknowledged[name] for name in by_api]
    items = seats(rush)
    assert [item["arrival"] for item in items] == list(range(1, PEOPLE + 1))
    assert [item["state"] for item in items] == ["held"] * SEATS + ["waiting"] * (PEOPLE - SEATS)
    assert {item["name"]: item["state"] for item in items if item["name"] in kept} == kept
    wait_until(lambda: len(letters(served)) == PEOPLE)
    assert Counter(letters(served)) == Counter([f"rush{number}@example.org" for number in range(PEOPLE)])
    assert served.stop() == 0


def letters(served):
    """Return to whom the letter about their place was written."""
    sql = (
        "SELECT person.email FROM mailing_letter AS letter JOIN accounts_person AS person ON person.id = letter.person_id "
        "WHERE letter.key NOT LIKE 'registration.link_asked%'"
    )
    return [email for (email,) in served.rows(sql)]


def test_what_is_under_way_is_finished_before_the_end(served, rush):
    ended = []
    stopper = Thread(target=lambda: ended.append(served.stop()))
    rush.at_once(after=10, then=stopper.start)
    stopper.join()
    assert (ended, rush.wrong) == ([0], [])
    wait_until(lambda: not served.has_processes())
    written = {name for (name,) in served.rows("SELECT name FROM registration_seat")}
    assert written == set(rush.acknowledged)
    assert not served.is_up()

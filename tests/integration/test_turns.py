"""Who is served when, by how few at once, and with which connection to the database."""

import time
from threading import Event, Thread

import pytest
from django.db import connection, connections

from midcycle.site.door import door
from midcycle.site.turns import AT_ONCE, GRACE, PATIENCE, Line, due, in_turn
from tests.world import browser_of
from tests.worlds.registration import opened

LONG = 10.0  # seconds, for what ends at once when all is well


def asked(path, **environ):
    return {"REQUEST_METHOD": "GET", "PATH_INFO": path, **environ}


def all_of(application, *requests):
    """Let each request come in a thread of its own, in this order; return when all are answered."""
    threads = [Thread(target=application, args=(each, lambda *_: None), daemon=True) for each in requests]
    for thread in threads:
        thread.start()
        time.sleep(0.005)
    for thread in threads:
        thread.join(LONG)


def test_who_sends_something_or_was_here_before_is_due_at_once_and_a_newcomer_a_little_later():
    sends = [due({"REQUEST_METHOD": method}, 50.0) for method in ("POST", "PUT", "PATCH", "DELETE")]
    known = due({"REQUEST_METHOD": "GET", "HTTP_COOKIE": "csrftoken=x"}, 50.0)
    new = [due({"REQUEST_METHOD": method}, 50.0) for method in ("GET", "HEAD", "OPTIONS")]
    assert (sends, known, new) == ([50.0] * 4, 50.0, [50.0 + GRACE] * 3)


def test_who_is_under_way_goes_before_who_only_comes_but_for_no_longer_than_the_grace():
    line, opens, served = Line(1), Event(), []

    def come(path, now, **environ):
        with line.turn(due(asked(path, **environ), now)):
            served.append(path)
            opens.wait(LONG)

    threads = [
        Thread(target=come, args=("/busy", 0.0)),
        Thread(target=come, args=("/new/1", 10.0)),
        Thread(target=come, args=("/new/2", 10.0)),
        Thread(target=come, args=("/form", 10.1), kwargs={"REQUEST_METHOD": "POST"}),
        Thread(target=come, args=("/known", 10.2), kwargs={"HTTP_COOKIE": "a=b"}),
        Thread(target=come, args=("/late", 10.0 + GRACE + 1), kwargs={"HTTP_COOKIE": "a=b"}),
    ]
    for thread in threads:
        thread.start()
        time.sleep(0.02)
    opens.set()
    for thread in threads:
        thread.join(LONG)
    assert served == ["/busy", "/form", "/known", "/new/1", "/new/2", "/late"]


def test_only_few_are_served_at_once_and_a_slow_sender_keeps_nobody_waiting():
    inside, most, slow = [], [], SlowSender()

    def application(environ, _start_response):
        inside.append(environ["PATH_INFO"])
        most.append(len(inside))
        time.sleep(3 * PATIENCE)
        inside.remove(environ["PATH_INFO"])
        return []

    behind = door(in_turn(application))
    forms = [asked(f"/slow/{n}", CONTENT_LENGTH="3", **{"wsgi.input": slow}) for n in range(2 * AT_ONCE)]
    senders = [Thread(target=behind, args=(form, lambda *_: None)) for form in forms]
    for sender in senders:
        sender.start()
    all_of(behind, *(asked(f"/{number}") for number in range(3 * AT_ONCE)))
    assert (max(most), len(most)) == (AT_ONCE, 3 * AT_ONCE)
    slow.sends.set()
    for sender in senders:
        sender.join(LONG)
    assert len(most) == 5 * AT_ONCE


def test_quick_pages_are_served_one_after_the_other_and_one_that_takes_long_holds_nobody_up():
    inside, most, long_one = [], [], Event()

    def application(environ, _start_response):
        inside.append(environ["PATH_INFO"])
        most.append(len([path for path in inside if path != "/long"]))
        if environ["PATH_INFO"] == "/long":
            long_one.wait(LONG)
        inside.remove(environ["PATH_INFO"])
        return []

    line = in_turn(application)
    takes_long = Thread(target=line, args=(asked("/long"), lambda *_: None))
    takes_long.start()
    all_of(line, *(asked(f"/{number}") for number in range(8)))
    assert inside == ["/long"]
    long_one.set()
    takes_long.join(LONG)
    all_of(line, *(asked(f"/{number}") for number in range(8)))
    assert (max(most[9:]), len(most)) == (1, 17)


def test_a_fault_reaches_who_waits_and_gives_the_place_back():
    ended = []

    class Answer(list):
        def close(self):
            ended.append(True)

    def application(environ, start_response):
        if environ["PATH_INFO"] == "/fault":
            raise ValueError("broken")
        start_response("200 OK", [("X-Here", "yes")])
        return Answer([b"one", b"two"])

    line, said = in_turn(application), []
    for _ in range(3 * AT_ONCE):
        with pytest.raises(ValueError, match="broken"):
            line(asked("/fault"), None)
    body = line(asked("/"), lambda *answer: said.append(answer))
    assert (body, said, ended) == ([b"one", b"two"], [("200 OK", [("X-Here", "yes")])], [True])


@pytest.mark.django_db(transaction=True)
def test_connections_belong_to_the_places_and_not_to_the_threads_that_wait():
    used, own = [], connections["default"]
    opened(3)

    def application(_environ, _start_response):
        with connection.cursor() as cursor:
            cursor.execute("SELECT slug FROM meetups_meetup")
            used.append((id(connections["default"]), cursor.fetchall()))
        connection.close()  # a test's database goes away in the end
        return []

    line = in_turn(application)
    all_of(line, *(asked(f"/{number}") for number in range(20)))
    assert [rows for _, rows in used] == [[("spring-meetup",)]] * 20
    assert len({which for which, _ in used}) <= AT_ONCE
    assert connections["default"] is own
    assert browser_of().get("/").status_code == 200
    line(asked("/"), lambda *_: None)  # also in a thread that has one of its own
    assert (connections["default"] is own, used[-1][0] == id(own)) == (True, False)


class SlowSender:
    def __init__(self):
        self.sends = Event()

    def read(self, _length):
        self.sends.wait(LONG)
        return b"a=b"

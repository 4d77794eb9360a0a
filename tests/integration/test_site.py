"""What every answer carries: health, headers, 404 alike, no secrets in the log."""

import json
import logging
import re
from urllib.parse import urlencode

import psycopg
import pytest
from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError, connection
from django.http import HttpRequest
from django.urls import reverse

from midcycle import __version__
from midcycle.site.logs import JsonLines
from midcycle.web.views import server_error
from tests.system.instance import wait_until
from tests.world import browser_of, cy

pytestmark = pytest.mark.django_db


def test_healthz_says_ok_and_the_version():
    answer = browser_of().get("/healthz")
    assert answer.json() == {"status": "ok", "version": __version__}


def test_every_page_has_a_strict_policy():
    policy = browser_of().get("/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy


def test_unknown_and_forbidden_answer_alike():
    pages = [browser_of(cy()).get(url) for url in ("/m/no-such-meetup/", reverse("pages:instance"), "/nothing/at/all/")]
    assert [page.status_code for page in pages] == [404, 404, 404]
    bodies = {page.content.decode().split("<main")[1].split("</main>")[0] for page in pages}
    assert len(bodies) == 1


@pytest.mark.parametrize("path", ["/m/no-such-meetup/", "/nothing/at/all/"])
def test_who_is_not_signed_in_is_led_from_a_closed_door_to_sign_in_and_back(path):
    links = [
        re.findall(r'<a\s+class="button[^"]*"\s+href="([^"]+)"', client.get(path).content.decode())
        for client in (browser_of(), browser_of(cy()))
    ]
    assert links == [[f"/sign-in/?{urlencode({'next': path})}", "/"], ["/"]]


def test_a_form_without_its_check_value_is_told_so_plainly():
    client = browser_of(cy())
    client.handler.enforce_csrf_checks = True
    answer = client.post(reverse("accounts:you"), {"name": "X"})
    assert (answer.status_code, "send that once more" in answer.content.decode()) == (403, True)


def test_too_many_requests_are_answered_with_when_to_come_back(rf):
    for path, kind in (("/sign-in/", "text/html; charset=utf-8"), ("/api/v1/meetups", "application/problem+json")):
        request = rf.get(path)
        request.user, request._messages = AnonymousUser(), []
        answer = ratelimit.respond_429(request)
        assert (answer.status_code, answer["Retry-After"], answer["Content-Type"]) == (429, "60", kind)


def test_a_fault_is_told_plainly_even_when_the_request_is_broken():
    answer = server_error(HttpRequest())
    assert (answer.status_code, "Something broke on our side" in answer.content.decode()) == (500, True)


@pytest.mark.parametrize("path", ["/", "/api/v1/meetups"])
def test_while_the_database_does_not_answer_people_are_asked_to_come_back_soon(path):
    client = browser_of()
    client.raise_request_exception = False
    with connection.execute_wrapper(gone):
        answer = client.get(path)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert ("One moment, please" in answer.content.decode()) == (path == "/")


def gone(*_asked):
    raise OperationalError("the server closed the connection")


def test_the_log_has_no_addresses_and_no_tokens():
    record = logging.LogRecord(
        "x", logging.INFO, "f", 1, "letter to %s with %s", ("bo@example.org", "AbCdEfGhIjKlMnOpQrStUvWx"), None
    )
    record.fields = {"path": "/m/x/seat/AbCdEfGhIjKlMnOpQrStUvWx/"}
    line = json.loads(JsonLines().format(record))
    assert (line["message"], line["path"]) == ("letter to <email> with <token>", "/m/x/seat/<token>/")


@pytest.mark.of_postgres
@pytest.mark.django_db(transaction=True)
def test_a_connection_the_database_hung_up_is_seen_without_asking(django_assert_num_queries):
    connection.ensure_connection()
    with django_assert_num_queries(0):
        assert connection.is_usable()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()
    with psycopg.connect(settings.MIDCYCLE.database_url_used) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [backend])
    wait_until(lambda: not connection.is_usable())
    connection.close()
    assert browser_of().get("/healthz").status_code == 200

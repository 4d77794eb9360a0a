"""How often somebody may do something, and where a request comes from."""

import pytest
from django.conf import settings as django_settings
from django.test import RequestFactory

from midcycle.web.limits import Limit, origin_of


def test_so_many_at_once_and_then_one_at_a_time():
    limit = Limit(3, 60)
    assert [limit.wait("a", now=100.0) for _ in range(4)] == [0, 0, 0, 20]
    assert limit.wait("b", now=100.0) == 0
    assert [limit.wait("a", now=moment) for moment in (119.0, 120.0, 120.0)] == [1, 0, 20]
    limit.forget()
    assert limit.wait("a", now=120.0) == 0


def test_very_many_keys_are_forgotten_one_by_one():
    limit = Limit(1, 60)
    for number in range(20_001):
        assert limit.wait(str(number), now=1.0) == 0
    assert (limit.wait("20000", now=1.0), limit.wait("0", now=1.0)) == (60, 0)


@pytest.mark.parametrize(
    ("behind", "remote", "forwarded", "origin"),
    [
        (False, "192.0.2.7", "203.0.113.9", "192.0.2.7"),
        (False, "192.0.2.7", None, "192.0.2.7"),
        (True, "127.0.0.1", "203.0.113.9", "203.0.113.9"),
        (True, "127.0.0.1", "1.2.3.4, 5.6.7.8, 203.0.113.9", "203.0.113.9"),
        (True, "127.0.0.1", None, "127.0.0.1"),
        (True, "127.0.0.1", "203.0.113.9,", "127.0.0.1"),
        (True, "127.0.0.1", "x" * 500, "x" * 64),
        (False, "2001:db8:1:2:3:4:5:6", None, "2001:db8:1:2::/64"),
        (False, "::ffff:192.0.2.7", None, "192.0.2.7"),
        (False, "", None, ""),
    ],
)
def test_where_a_request_comes_from(settings, behind, remote, forwarded, origin):
    settings.MIDCYCLE = django_settings.MIDCYCLE.model_copy(update={"behind_proxy": behind})
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    assert origin_of(RequestFactory().get("/", REMOTE_ADDR=remote, **headers)) == origin

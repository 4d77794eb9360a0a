"""How often somebody may do something, counted in this process by network address or by whom it concerns.

Where a request comes from is what the connection says, or, behind a proxy that is trusted, the last name in
`X-Forwarded-For`, which that proxy added itself: whatever stands before it, the visitor may have made up.
"""

import time
from collections import OrderedDict
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock

from django.conf import settings
from django.http import HttpRequest

from midcycle.kernel.bucket import Bucket

_MOST_KEYS = 20_000


class Limit:
    """So many times at once for each key, and as many again within a stretch of time."""

    def __init__(self, at_most: int, within: float) -> None:
        """Allow `at_most` within so many seconds."""
        self._at_most = at_most
        self._rate = at_most / within
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()
        self._lock = Lock()

    def wait(self, key: str, *, now: float | None = None) -> int:
        """Count once for this key; return how many seconds to wait first, 0 when it may be done now.

        `now` is a moment in seconds. What is forgotten first, when there are very many keys, is what was used longest ago.
        """
        moment = time.monotonic() if now is None else now
        with self._lock:
            bucket = self._buckets.setdefault(key, Bucket(self._rate, self._at_most))
            self._buckets.move_to_end(key)
            if len(self._buckets) > _MOST_KEYS:
                self._buckets.popitem(last=False)
            return bucket.seconds_until(1, moment)

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._buckets.clear()


def origin_of(request: HttpRequest) -> str:
    """Return where a request comes from: an IPv4 address, or the /64 network of an IPv6 one, which one line has for itself."""
    told = request.META.get("REMOTE_ADDR") or ""
    if settings.MIDCYCLE.behind_proxy:
        told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or told
    try:
        address = ip_address(told)
    except ValueError:
        return told[:64]
    if not isinstance(address, IPv6Address):
        return str(address)
    mapped = address.ipv4_mapped
    return str(mapped) if mapped else str(ip_network(f"{address}/64", strict=False))

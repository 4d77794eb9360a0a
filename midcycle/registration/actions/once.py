"""Requests that carry an Idempotency-Key (draft-ietf-httpapi-idempotency-key-header-07): done once, answered alike again.

The answer is kept in the same transaction as the deed, so that after a crash there are both or neither. The first statement
takes the key: of two requests at once the second waits at it for the first, and finds the answer.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final

from django.db import connection, transaction

from midcycle.kernel import problems
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.models import Meetup
from midcycle.registration.models import KeyedRequest

KEPT_FOR: Final = timedelta(days=7)
_FORGOTTEN_AT_ONCE: Final = 500
_OPEN: Final = 0  # the status while the deed is under way, which nobody else sees
_TAKE_KEY: Final = """
INSERT INTO registration_keyedrequest (meetup_id, key, digest, status, body, at) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (meetup_id, key) DO UPDATE SET key = excluded.key RETURNING id, digest, status, body
"""
_KEEP_ANSWER: Final = "UPDATE registration_keyedrequest SET status = %s, body = %s WHERE id = %s"


@dataclass(frozen=True)
class Answer:
    """What a request is answered: an HTTP status and a JSON object."""

    status: int
    body: Mapping[str, object]


@transaction.atomic
def once(meetup: Meetup, key: str, digest: str, deed: Callable[[], Answer], *, now: datetime) -> Answer:
    """Do a deed for the first request with this key; answer the same to all that follow. A refusal is an answer, too.

    `digest` tells what is asked; the key with another one is told to be used already. The deed is one transaction.
    """
    with connection.cursor() as cursor:
        at = connection.ops.adapt_datetimefield_value(now)
        cursor.execute(_TAKE_KEY, [meetup.pk, key, digest, _OPEN, "{}", at])
        number, asked, status, body = cursor.fetchone()
        if status == _OPEN:
            answer = _done(deed)
            cursor.execute(_KEEP_ANSWER, [answer.status, json.dumps(answer.body), number])
            return answer
    if asked == digest:
        return Answer(status, json.loads(body))
    detail = "This Idempotency-Key came before with another body. Send the same body again, or take a new key."
    return Answer(422, problems.problem(422, detail, kind="KeyReused"))


def forget_keys(*, now: datetime) -> int:
    """Forget answers after their seven days, the oldest first; return how many."""
    oldest = KeyedRequest.objects.order_by("pk").values_list("pk", "at")
    if not any(at < now - KEPT_FOR for _, at in oldest[:1]):
        return 0
    old = [number for number, at in oldest[:_FORGOTTEN_AT_ONCE] if at < now - KEPT_FOR]
    return KeyedRequest.objects.filter(pk__in=old).delete()[0]


def _done(deed: Callable[[], Answer]) -> Answer:
    try:
        return deed()
    except Refusal as refusal:
        return Answer(HTTPStatus.CONFLICT, problems.refused(refusal))

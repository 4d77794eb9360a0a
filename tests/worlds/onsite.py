"""Phones at the door of a meetup on site."""

import json
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from django.test import Client

from midcycle.meetups.models import Meetup
from midcycle.onsite import actions
from midcycle.onsite.access import key_of
from midcycle.onsite.models import Device
from tests.world import NOW, ada
from tests.worlds.registration import opened

# Phones forget by the real clock, so a meetup that goes on goes on today.
TODAY = datetime.now(tz=UTC).date()
FORGOTTEN = datetime.combine(TODAY + timedelta(days=4), time(), ZoneInfo("Europe/Lisbon"))


def on_site(total: int = 5, title: str = "Spring meetup") -> Meetup:
    """Return a meetup of Ada's that goes on, today and tomorrow, with so many seats."""
    meetup = opened(total, title, stage="on_site")
    meetup.starts_on, meetup.ends_on = TODAY, TODAY + timedelta(days=1)
    meetup.save(update_fields=["starts_on", "ends_on"])
    return meetup


def device(meetup: Meetup, label: str = "Phone of Dee", now: datetime = NOW) -> Device:
    """Return a phone that Ada let in."""
    return actions.make_device(meetup, label, by=ada(), now=now)


def milliseconds(moment: datetime) -> int:
    """Return a moment as a phone's clock tells it."""
    return int(moment.timestamp() * 1000)


@dataclass
class Phone:
    """What a phone does over HTTP, without a browser."""

    of: Device
    cursor: int = 0
    counts: count = field(default_factory=lambda: count(1))

    @property
    def headers(self) -> dict[str, str]:
        """Return what it says of itself."""
        return {"Authorization": f"Bearer {key_of(self.of)}"}

    def list(self):
        """Fetch the list and remember how far it goes."""
        answer = Client().get(f"/m/{self.of.meetup.slug}/door/list/", headers=self.headers)
        if answer.status_code == 200:
            self.cursor = answer.json()["cursor"]
        return answer

    def post(self, body):
        """Send any body."""
        text = body if isinstance(body, str | bytes) else json.dumps(body)
        place = f"/m/{self.of.meetup.slug}/door/events/"
        return Client().post(place, text, content_type="application/json", headers=self.headers)

    def send(self, *deeds: dict, sent_at: int = milliseconds(NOW)):
        """Send deeds; return how each was answered."""
        told = self.post({"cursor": self.cursor, "sent_at": sent_at, "events": list(deeds)}).json()
        self.cursor = told["cursor"]
        return [(answer["outcome"], answer["sentence"]) for answer in told["answers"]]

    def deed(self, kind: str, seat=None, **more) -> dict:
        """Return a deed of this phone about a seat."""
        named = {"seat": seat.pk, "code": seat.code} if seat is not None else {}
        made = {"id": str(uuid.uuid4()), "kind": kind, "count": next(self.counts), "at": milliseconds(NOW)}
        return {**made, **named, **more}

    def check_in(self, seat, **more) -> dict:
        """Return a check-in."""
        return self.deed("check_in", seat, **more)

    def walk_in(self, name: str, kind: str = "walk_in", **more) -> dict:
        """Return a walk-in of somebody called so, at example.org."""
        return self.deed(kind, name=f"{name} Example", email=f"{name.lower()}@example.org", **more)

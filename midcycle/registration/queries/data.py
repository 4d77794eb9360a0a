"""Everything registration keeps about one seat, for its person to take away."""

from datetime import datetime
from zoneinfo import ZoneInfo

from midcycle.registration.models import Echo, Needs, Seat, SeatAnswer, Transfer
from midcycle.registration.queries.own import seat_shown, seat_status

_SAID = (
    "name", "organisation", "role", "sector", "region", "group", "heard_how", "via", "on_list", "first_time", "photos",
    "language", "notice_days",
)  # fmt: skip


def data_of(place: Seat | Echo, *, now: datetime) -> dict[str, object]:
    """Return what is kept, as plain values for JSON (RFC 8259): times in ISO 8601, what was not said as null or blank."""
    status, seat = seat_status(place, now=now), seat_shown(place)
    zone = ZoneInfo(seat.meetup.timezone)
    return {
        "meetup": {"title": seat.meetup.title, "page": seat.meetup.path},
        "seat": {
            "state": seat.state,
            "place_in_line": status.position,
            "registered_at": seat.registered_at.astimezone(zone).isoformat(timespec="seconds"),
            **{key: getattr(seat, key) for key in _SAID},
            **_apart(place),
        },
        "history": [{"at": move.at, "state": move.state, "reason": move.reason} for move in status.moves],
    }


def _apart(place: Seat | Echo) -> dict[str, object]:
    if isinstance(place, Echo):
        said = place.said
        return {"diet": said["diet"], "access": said["access"], "answers": said["more"], "asked_to_take_over": []}
    needs = Needs.objects.filter(seat=place).values("diet", "access").first() or {"diet": "", "access": ""}
    asked = Transfer.objects.filter(seat=place).order_by("pk").values("name", "email", "state")
    answers = dict(SeatAnswer.objects.filter(seat=place).values_list("question__key", "value"))
    return {**needs, "answers": answers, "asked_to_take_over": list(asked)}

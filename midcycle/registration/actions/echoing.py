"""What somebody does on the page they see who typed a known address. It changes that page alone."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.registration import rules
from midcycle.registration.actions import ground
from midcycle.registration.actions.leaving import NOT_WAITING
from midcycle.registration.actions.saying import Answers, say
from midcycle.registration.models import Echo, Seat


@transaction.atomic
def cancel_echo(echo: Echo, *, now: datetime) -> None:
    """Show the place as given back, and let the address's owner know how to do it truly."""
    if echo.state == "cancelled":
        return
    echo.state, echo.cancelled_at = "cancelled", now
    echo.save(update_fields=["state", "cancelled_at"])
    facts = {"seat": echo.seat_id}
    journal.record("registration.cancel_asked", at=now, meetup=echo.meetup_id, facts=facts)


@transaction.atomic
def change_echo(echo: Echo, answers: Answers, *, name: str, now: datetime) -> Echo:
    """Show other answers. Raises Refusal where a seat could not have them, for a quota that is full."""
    before, after = seat_of(echo), Seat(meetup_id=echo.meetup_id)
    say(after, name, answers)
    if echo.state == "held":
        ground.quotas_changed(ground.locked(echo.meetup), before.claim, after.claim)
    echo.said = {**echo.said, **said_of(answers, name)}
    echo.save(update_fields=["said"])
    journal.record("registration.echo_changed", at=now, meetup=echo.meetup_id)
    return echo


@transaction.atomic
def set_echo_notice(echo: Echo, days: int, *, now: datetime) -> None:
    """Show other notice. Raises Refusal for those who do not wait."""
    if echo.state != "waiting":
        raise Refusal(gettext(NOT_WAITING))
    if days != echo.said.get("notice_days", 0):
        echo.turns = [*echo.turns, [now.isoformat(), rules.notice_reason(days)]]
    echo.said = {**echo.said, "notice_days": days}
    echo.save(update_fields=["said", "turns"])
    journal.record("registration.echo_changed", at=now, meetup=echo.meetup_id)


@transaction.atomic
def erase_echo(echo: Echo, *, now: datetime) -> None:
    """Forget the page and what was typed."""
    journal.record("registration.echo_erased", at=now, meetup=echo.meetup_id)
    echo.delete()


def seat_of(echo: Echo) -> Seat:
    """Return a seat that is nowhere kept, with what was typed for an echo."""
    return Seat(**{key: value for key, value in echo.said.items() if key not in {"diet", "access", "more"}})


def said_of(answers: Answers, name: str) -> dict[str, object]:
    """Return what was typed, tidied as it is on a seat."""
    seat = Seat()
    say(seat, name, answers)
    return {key: getattr(seat, key, value) for key, value in {"name": name, **asdict(answers)}.items()}

"""Seats on their way to somebody else, draws, and what somebody sees who only typed a known address."""

from typing import ClassVar

from django.db import models

from midcycle.meetups.models import Meetup
from midcycle.registration.models.seats import Seat

TRANSFER_STATES = ("open", "accepted", "withdrawn")


class Transfer(models.Model):
    """A seat its holder wants somebody else to have. It moves when that person accepts."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="transfers")
    name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254)
    token = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()
    state = models.CharField(max_length=10, default="open")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=TRANSFER_STATES), name="a_transfer_is_in_a_known_state"),
            models.UniqueConstraint(fields=["seat"], condition=models.Q(state="open"), name="one_open_transfer_for_each_seat"),
        ]

    def __str__(self) -> str:
        """Return the number of the seat and the state."""
        return f"transfer of {self.seat_id} {self.state}"


class Draw(models.Model):
    """A lottery as it was drawn: with seed and codes anyone can draw it again."""

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="draws")
    at = models.DateTimeField()
    seed = models.CharField(max_length=64)
    codes = models.JSONField(default=list)
    free = models.PositiveIntegerField()

    def __str__(self) -> str:
        """How many took part."""
        return f"draw among {len(self.codes)}"


class Echo(models.Model):
    """What somebody is shown who registers with an address that is known already: the same as everybody.

    It takes no seat and no place in the line; the address's owner is told by letter. Its code is in a draw, where it wins
    nothing: else the list of a draw would tell which addresses are known. `lot` is the number it was drawn as; `arrival` is the
    last number given out before it; `turns` are `[moment, reason]` of what its page was told since.
    """

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="echoes")
    token = models.CharField(max_length=40, unique=True)
    code = models.CharField(max_length=24)
    seat = models.ForeignKey(Seat, null=True, on_delete=models.CASCADE, related_name="echoes")
    said = models.JSONField(default=dict)
    state = models.CharField(max_length=12)
    place = models.PositiveIntegerField(default=0)
    rank = models.PositiveSmallIntegerField(default=0)
    arrival = models.PositiveIntegerField(default=0)
    turns = models.JSONField(default=list)
    lot = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return the state."""
        return f"echo {self.state}"

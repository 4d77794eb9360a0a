"""Phones at the door, and what was done on them."""

from typing import ClassVar

from django.db import models

from midcycle.accounts.models import Person
from midcycle.meetups.models import Meetup
from midcycle.onsite.rules import KINDS, LONGEST_LABEL, OUTCOMES, named
from midcycle.registration.models import Seat, SeatMove


class Device(models.Model):
    """A door link, and so the phone it was opened on. Its key is worked out, not kept: see `access.key_of`."""

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="devices")
    label = models.CharField(max_length=LONGEST_LABEL)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return its number and its meetup's."""
        return f"device {self.pk} of {self.meetup_id}"


class DoorEvent(models.Model):
    """One deed on a phone, under the number the phone gave it, and how it was answered.

    `told_at` is when it was done, as the phone tells, `at` when it arrived. `move` is the change of the seat it made.
    `sentence` has no name in it. `told` keeps what was typed of a walk-in who got no seat, until somebody has looked at it.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10)
    count = models.BigIntegerField()
    told_at = models.DateTimeField()
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, default="conflict")
    sentence = models.CharField(max_length=400, blank=True)
    seat = models.ForeignKey(Seat, null=True, on_delete=models.CASCADE, related_name="door_events")
    move = models.OneToOneField(SeatMove, null=True, on_delete=models.SET_NULL, related_name="door_event")
    told = models.JSONField(default=dict)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="a_deed_at_the_door_is_of_a_known_kind"),
            models.CheckConstraint(condition=models.Q(outcome__in=OUTCOMES), name="a_deed_at_the_door_has_a_known_outcome"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["device", "at"],
                condition=models.Q(outcome="conflict", settled_at__isnull=True),
                name="deeds_to_look_at",
            )
        ]

    def __str__(self) -> str:
        """Kind and outcome."""
        return f"{self.kind} {self.outcome}"

    @property
    def text(self) -> str:
        """Return the sentence with the name the seat has now."""
        return named(self.sentence, self.seat.name if self.seat else "")

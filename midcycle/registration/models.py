"""Capacity, seats, and every move of a seat with its reason."""

from typing import ClassVar

from django.db import models

from midcycle.accounts.models import Person
from midcycle.meetups.models import Meetup
from midcycle.meetups.rules import region_name
from midcycle.registration.rules import MOVES, ROLES, SEAT_STATE_NAMES, SEAT_STATES, SECTORS, word_for


class Capacity(models.Model):
    """How many seats there are and how many are held. The row every registration of a meetup locks first."""

    meetup = models.OneToOneField(Meetup, on_delete=models.CASCADE, related_name="capacity")
    total = models.PositiveIntegerField()
    held = models.PositiveIntegerField(default=0)
    arrivals = models.PositiveIntegerField(default=0)
    is_open = models.BooleanField(default=False)
    announced = models.PositiveIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(held__lte=models.F("total")), name="no_more_seats_held_than_there_are"),
        ]

    def __str__(self) -> str:
        """Held of total."""
        return f"{self.held} of {self.total}"


class Seat(models.Model):
    """One person's place at one meetup."""

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="seats")
    token = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=12)
    arrival = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=30, blank=True)
    sector = models.CharField(max_length=60, blank=True)
    region = models.CharField(max_length=60, blank=True)
    group = models.CharField(max_length=80, blank=True)
    heard_how = models.CharField(max_length=160, blank=True)
    on_list = models.BooleanField(null=True)
    first_time = models.BooleanField(null=True)
    registered_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meetup", "person"], name="one_seat_for_each_person"),
            models.UniqueConstraint(fields=["meetup", "arrival"], name="everybody_arrives_in_turn"),
            models.CheckConstraint(condition=models.Q(state__in=SEAT_STATES), name="a_seat_is_in_a_known_state"),
        ]
        indexes: ClassVar = [models.Index(fields=["meetup", "state", "arrival"], name="waitlist_order")]

    def __str__(self) -> str:
        """State and number."""
        return f"seat {self.pk} {self.state}"

    @property
    def state_name(self) -> str:
        """Return the state in words."""
        return SEAT_STATE_NAMES[self.state]

    @property
    def may_check_in(self) -> bool:
        """Say whether the person has a seat and is not here yet."""
        return "checked_in" in MOVES[self.state]

    @property
    def words(self) -> str:
        """Return what the person does, in which sector and where, as far as they said."""
        words = word_for(self.role, ROLES), word_for(self.sector, SECTORS), region_name(self.region)
        return ", ".join(word for word in words if word)


class SeatMove(models.Model):
    """A change of a seat's state, and why."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="moves")
    at = models.DateTimeField()
    was = models.CharField(max_length=12, blank=True)
    becomes = models.CharField(max_length=12)
    reason = models.CharField(max_length=200)

    def __str__(self) -> str:
        """From and to."""
        return f"{self.was} to {self.becomes}"

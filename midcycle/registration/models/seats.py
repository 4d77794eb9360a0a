"""Capacity, quotas, seats, and every move of a seat with its reason."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.meetups.models import Meetup
from midcycle.meetups.rules import region_name
from midcycle.registration.models.imports import ImportRun
from midcycle.registration.rules import ROLES, SEAT_STATE_NAMES, SEAT_STATES, SECTORS, why_no_door, word_for
from midcycle.registration.rules.line import LINE_RULES, QUOTA_KINDS, Claim
from midcycle.registration.rules.ways import LONGEST_WAY


class Capacity(models.Model):
    """How many seats there are, who counts, and the rule of the line. The row every write of a meetup's seats locks first.

    `held` counts the seats taken: held, offered and checked in. `planned` people are wanted, where more seats are given out
    because some will not come; the `room` takes no more. `keep_days` holds the days an answer is kept where they differ from
    the usual, `asks` what of the form the organisers chose, `figures` the public ones whose answers are deleted, and
    `looked_over_at` is when answers were last looked over for what has to be deleted. Where `are_invented`, these people do not
    exist: nothing of theirs has to be.
    """

    meetup = models.OneToOneField(Meetup, on_delete=models.CASCADE, related_name="capacity")
    total = models.PositiveIntegerField()
    held = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    offered = models.PositiveIntegerField(default=0)
    checked_in = models.PositiveIntegerField(default=0)
    arrivals = models.PositiveIntegerField(default=0)
    is_open = models.BooleanField(default=False)
    announced = models.PositiveIntegerField(null=True)
    planned = models.PositiveIntegerField(null=True)
    room = models.PositiveIntegerField(null=True)
    has_quotas = models.BooleanField(default=False)
    has_questions = models.BooleanField(default=False)
    rule = models.CharField(max_length=12, default="first_come")
    groups = models.JSONField(default=list)
    offer_hours = models.PositiveSmallIntegerField(default=0)
    draw_at = models.DateTimeField(null=True)
    seed = models.CharField(max_length=64, blank=True)
    drawn_at = models.DateTimeField(null=True)
    transfers = models.BooleanField(default=False)
    release_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    keep_days = models.JSONField(default=dict)
    asks = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)
    looked_over_at = models.DateTimeField(null=True)
    are_invented = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(held__lte=models.F("total")), name="no_more_seats_held_than_there_are"),
            models.CheckConstraint(
                condition=models.Q(room__isnull=True) | models.Q(total__lte=models.F("room")),
                name="no_more_seats_than_the_room_has",
            ),
            models.CheckConstraint(
                condition=models.Q(held__gte=models.F("offered") + models.F("checked_in")),
                name="who_is_offered_or_checked_in_is_counted",
            ),
            models.CheckConstraint(condition=models.Q(rule__in=LINE_RULES), name="a_line_has_a_known_rule"),
        ]

    def __str__(self) -> str:
        """Held of total."""
        return f"{self.held} of {self.total}"


class Quota(models.Model):
    """So many seats at most for one kind of people.

    Value `*` is what each organisation has, copied for an organisation as its first person comes. One that is not `copied` was
    set by the organisers, and goes before the copy; then `name` is how they wrote the organisation.
    """

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="quotas")
    kind = models.CharField(max_length=12)
    value = models.CharField(max_length=120)
    name = models.CharField(max_length=120, blank=True)
    most = models.PositiveIntegerField()
    held = models.PositiveIntegerField(default=0)
    copied = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meetup", "kind", "value"], name="one_quota_for_each_kind_of_people"),
            models.CheckConstraint(condition=models.Q(held__lte=models.F("most")), name="no_more_held_than_the_quota"),
            models.CheckConstraint(condition=models.Q(kind__in=QUOTA_KINDS), name="a_quota_is_of_a_known_kind"),
        ]

    def __str__(self) -> str:
        """Kind and counts, without the value, which may name an organisation."""
        return f"{self.kind} {self.held} of {self.most}"


class Seat(models.Model):
    """One person's place at one meetup. The line goes by rank, then lot, then arrival.

    `confirmed` is false while somebody registered by a colleague has not answered; `proven` is true once the link in a letter
    was opened, so that the address is known to be theirs. `via` is the way of the link they came by (`rules.ways`), which tells
    nothing of who passed it on.
    """

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="seats")
    token = models.CharField(max_length=40, unique=True)
    code = models.CharField(max_length=24, unique=True)
    state = models.CharField(max_length=12)
    arrival = models.PositiveIntegerField()
    rank = models.PositiveSmallIntegerField(default=0)
    lot = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=120)
    organisation = models.CharField(max_length=120, blank=True)
    organisation_key = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=30, blank=True)
    sector = models.CharField(max_length=60, blank=True)
    region = models.CharField(max_length=60, blank=True)
    group = models.CharField(max_length=80, blank=True)
    heard_how = models.CharField(max_length=160, blank=True)
    via = models.CharField(max_length=LONGEST_WAY, blank=True)
    on_list = models.BooleanField(null=True)
    first_time = models.BooleanField(null=True)
    photos = models.BooleanField(null=True)
    language = models.CharField(max_length=10, blank=True)
    notice_days = models.PositiveSmallIntegerField(default=0)
    offer_until = models.DateTimeField(null=True)
    registered_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="registered")
    confirmed = models.BooleanField(default=True)
    proven = models.BooleanField(default=False)
    colleagues_asked = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField(null=True)
    registered_at = models.DateTimeField()
    imported = models.ForeignKey(ImportRun, null=True, on_delete=models.SET_NULL, related_name="seats")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meetup", "person"], name="one_seat_for_each_person"),
            models.UniqueConstraint(fields=["meetup", "arrival"], name="everybody_arrives_in_turn"),
            models.CheckConstraint(condition=models.Q(state__in=SEAT_STATES), name="a_seat_is_in_a_known_state"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["meetup", "state", "rank", "lot", "arrival"], name="waitlist_order"),
            models.Index("meetup", Lower("name"), "arrival", name="seats_by_name"),
        ]

    def __str__(self) -> str:
        """State and number."""
        return f"seat {self.pk} {self.state}"

    @property
    def state_name(self) -> str:
        """Return the state in words."""
        return gettext(SEAT_STATE_NAMES[self.state])

    @property
    def may_check_in(self) -> bool:
        """Say whether the person has a seat and is not here yet."""
        return self.state != "checked_in" and why_no_door(self.state) is None

    @property
    def claim(self) -> Claim:
        """Return what counts about the person when seats are given."""
        return Claim(self.role, self.sector, self.organisation_key, self.region, self.first_time)

    @property
    def words(self) -> str:
        """Return what the person does, in which sector and where, as far as they said."""
        words = word_for(self.role, ROLES), word_for(self.sector, SECTORS), region_name(self.region)
        return ", ".join(word for word in words if word)


class SeatMove(models.Model):
    """A change of a seat's state, or of its place in the line, and why; `by` whom, unless by its person or the line."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="moves")
    at = models.DateTimeField()
    was = models.CharField(max_length=12, blank=True)
    becomes = models.CharField(max_length=12)
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["by"], condition=models.Q(by__isnull=False), name="moves_by_somebody_else")]

    def __str__(self) -> str:
        """From and to."""
        return f"{self.was} to {self.becomes}"


class PastShare(models.Model):
    """How many of those with a seat came to an edition this instance did not run, as the organisers tell it."""

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="past_shares")
    label = models.CharField(max_length=120)
    seats = models.PositiveIntegerField()
    came = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(seats__gte=1), name="a_share_is_of_some_seats"),
            models.CheckConstraint(condition=models.Q(came__lte=models.F("seats")), name="no_more_came_than_had_a_seat"),
        ]

    def __str__(self) -> str:
        """Came of seats."""
        return f"{self.came} of {self.seats}"

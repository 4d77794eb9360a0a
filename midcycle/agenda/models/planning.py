"""Rooms, slots, sessions, their placements, the releases of the agenda, and what people make of it."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.agenda.rules import FORMATS, LAYOUTS, LONGEST_SESSION, PARTS, SLOT_KINDS
from midcycle.kernel.words import typed_in
from midcycle.meetups.models import Meetup
from midcycle.topics.models import Topic


class Room(models.Model):
    """A room of the venue. Capacity unknown is None.

    `layouts` holds the seats of each layout that is known, by its key; where the room stands in one of them, those count.
    """

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="rooms")
    name = models.CharField(max_length=80)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    note = models.CharField(max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    layout = models.CharField(max_length=12, blank=True)
    layouts = models.JSONField(default=dict)
    microphones = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meetup", "name"], name="a_room_has_its_own_name"),
            models.CheckConstraint(condition=models.Q(layout__in=("", *LAYOUTS)), name="a_room_stands_in_a_known_layout"),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    @property
    def seats(self) -> int | None:
        """How many people it takes as it stands."""
        known: int | None = self.layouts.get(self.layout)
        return self.capacity if known is None else known


class Slot(models.Model):
    """A stretch of local time on day 1, 2, … of the meetup. A start or an end nobody recorded is None.

    Sessions of one format `only` may be drafted into it; blank for all.
    """

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="slots")
    day = models.PositiveSmallIntegerField()
    starts = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    kind = models.CharField(max_length=12, default="session")
    label = models.CharField(max_length=80, blank=True)
    only = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(only__in=("", *FORMATS)), name="a_slot_is_kept_for_a_known_format"),
            models.CheckConstraint(condition=models.Q(kind__in=SLOT_KINDS), name="a_slot_is_of_a_known_kind"),
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gt=models.F("starts")),
                name="a_slot_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=models.Q(day__gte=1), name="days_are_counted_from_one"),
        ]

    def __str__(self) -> str:
        """Day and start."""
        if self.starts is None:
            return gettext("day %(number)s") % {"number": self.day}
        return gettext("day %(number)s %(time)s") % {"number": self.day, "time": f"{self.starts:%H:%M}"}


class Session(models.Model):
    """A topic given a format and people, or a plenary the organiser adds.

    `texts` are its title and abstract in other languages, by language: `title`, `abstract` and `abstract_html`.
    It takes `length` slots one after the other. A `must` is left out of no draft; `fixed_slot` and `fixed_room` are where every
    draft puts it.
    """

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="sessions")
    topic = models.OneToOneField(Topic, null=True, blank=True, on_delete=models.SET_NULL, related_name="session")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=160)
    abstract = models.TextField(blank=True)
    abstract_html = models.TextField(blank=True)
    texts = models.JSONField(default=dict)
    format = models.CharField(max_length=30, default="general_session")
    for_all = models.BooleanField(default=False)
    notes_path = models.CharField(max_length=200, blank=True)
    length = models.PositiveSmallIntegerField(default=1)
    must = models.BooleanField(default=False)
    fixed_slot = models.ForeignKey(Slot, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    fixed_room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(length__gte=1, length__lte=LONGEST_SESSION), name="a_session_takes_a_few_slots"
            ),
            models.CheckConstraint(condition=models.Q(format__in=tuple(FORMATS)), name="a_session_has_a_known_format"),
            models.CheckConstraint(condition=~models.Q(title=""), name="a_session_has_a_title"),
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    @property
    def told_title(self) -> str:
        """Title, in the reader's language where somebody wrote it in that."""
        return typed_in(self.texts, "title", self.title)

    @property
    def told_abstract_html(self) -> str:
        """What it is about, in the reader's language where there is such a text, as clean HTML."""
        return typed_in(self.texts, "abstract_html", self.abstract_html)

    @property
    def lost_its_topic(self) -> bool:
        """Whether the topic it was made of has been withdrawn; that topic has no page any more."""
        return self.topic is not None and self.topic.withdrawn_at is not None


class SessionPart(models.Model):
    """Someone the session needs: its lead, shadow, note-taker, publisher, or a person in demand."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="parts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="parts")
    part = models.CharField(max_length=12)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "person", "part"], name="a_person_has_a_part_once"),
            models.CheckConstraint(condition=models.Q(part__in=PARTS), name="a_part_is_a_known_one"),
        ]

    def __str__(self) -> str:
        """Part and session."""
        return f"{self.part} of {self.session_id}"


class Placement(models.Model):
    """A session in a room at a slot. Real grids hold double bookings, so those are reported, not forbidden."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="placement")
    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="placements")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.CASCADE, related_name="placements")
    pinned = models.BooleanField(default=False)
    locked = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(locked=False) | models.Q(pinned=True), name="what_is_locked_is_pinned_too"
            ),
        ]

    def __str__(self) -> str:
        """Session and slot."""
        return f"{self.session_id} in slot {self.slot_id}"


class Release(models.Model):
    """A published agenda: `grid` keeps its facts (rules.values.Agenda), of which its page is made in each language.

    Released by nobody: a machine with a token did it. The two schedules are empty while the meetup has no date.
    """

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="releases")
    number = models.PositiveIntegerField()
    released_at = models.DateTimeField()
    released_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    grid = models.JSONField()
    schedule_json = models.BinaryField()
    schedule_ics = models.BinaryField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meetup", "number"], name="releases_are_numbered_in_turn"),
        ]

    def __str__(self) -> str:
        """Return the number."""
        return f"release {self.number}"


class Pick(models.Model):
    """A session someone put into their own agenda, or took out although they support its topic."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="picks")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="picks")
    wanted = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "person"], name="a_session_is_picked_once"),
        ]

    def __str__(self) -> str:
        """Person and session."""
        return f"{self.person_id} {'picks' if self.wanted else 'leaves out'} {self.session_id}"


class Feed(models.Model):
    """The address of a person's own agenda for a calendar app, which cannot sign in: whoever has the key may read it."""

    meetup = models.ForeignKey(Meetup, on_delete=models.CASCADE, related_name="feeds")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="feeds")
    key = models.CharField(max_length=43, unique=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meetup", "person"], name="an_agenda_has_one_address"),
        ]

    def __str__(self) -> str:
        """Person and meetup."""
        return f"{self.person_id} at {self.meetup_id}"

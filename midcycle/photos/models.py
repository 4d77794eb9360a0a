"""The gallery of a meetup, who sends pictures to it, the pictures, and requests to take one down."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.agenda.models import Session
from midcycle.engines.pictures import SIZES, fitted
from midcycle.meetups.models import Meetup
from midcycle.photos.rules import LICENCE_NAMES, LICENCES, LOOKS, STATE_NAMES, STATES


class Gallery(models.Model):
    """How a meetup takes pictures in. The row every new picture locks first, so that they can be counted.

    `link` is the number of the day's link, 0 while there is none; its key is worked out, not kept: see `access.key_of`.
    """

    meetup = models.OneToOneField(Meetup, on_delete=models.CASCADE, related_name="gallery")
    is_open = models.BooleanField(default=True)
    needs_approval = models.BooleanField(default=True)
    licence = models.CharField(max_length=16, default="cc-by-4.0")
    link = models.PositiveIntegerField(default=0)
    links_made = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(licence__in=tuple(LICENCES)), name="pictures_have_a_known_licence"),
        ]

    def __str__(self) -> str:
        """Return its meetup's number."""
        return f"gallery of {self.meetup_id}"

    @property
    def licence_name(self) -> str:
        """Return the licence in short."""
        return gettext(LICENCE_NAMES[self.licence])

    @property
    def licence_url(self) -> str:
        """Return where the licence can be read; blank when it is none."""
        return LICENCES[self.licence][1]


class Contributor(models.Model):
    """Somebody who sends pictures: signed in, or by the day's link of this number. `credit` is how they want to be named."""

    gallery = models.ForeignKey(Gallery, on_delete=models.CASCADE, related_name="contributors")
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    link = models.PositiveIntegerField(default=0)
    credit = models.CharField(max_length=80, blank=True)
    joined_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["gallery", "person"], name="a_person_sends_pictures_under_one_name"),
            models.CheckConstraint(
                condition=models.Q(person__isnull=False) | models.Q(link__gt=0), name="pictures_come_from_a_person_or_by_a_link"
            ),
        ]

    def __str__(self) -> str:
        """Return the number."""
        return f"contributor {self.pk}"


class Photo(models.Model):
    """A picture, from its first byte to its last page.

    `key` names its files and the address it is sent to, and cannot be guessed. `length` is what was announced, in bytes;
    `print` what the sender's browser knows the file by until it is here, `digest` the SHA-256 of the file that came, which is
    gone once the picture is developed. `width` and `height` are those of its largest size. `kept_at` is when the team looked at
    a request to take it down, and showed it again.
    """

    gallery = models.ForeignKey(Gallery, on_delete=models.CASCADE, related_name="photos")
    contributor = models.ForeignKey(Contributor, null=True, on_delete=models.SET_NULL, related_name="photos")
    session = models.ForeignKey(Session, null=True, on_delete=models.SET_NULL, related_name="photos")
    key = models.CharField(max_length=22, unique=True)
    state = models.CharField(max_length=10, default="receiving")
    length = models.PositiveIntegerField()
    print = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    why = models.CharField(max_length=300, blank=True)
    caption = models.CharField(max_length=300, blank=True)
    credit = models.CharField(max_length=80, blank=True)
    position = models.PositiveIntegerField(default=0)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    size = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    hidden_at = models.DateTimeField(null=True)
    kept_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="a_picture_is_in_a_known_state"),
            models.CheckConstraint(
                condition=~models.Q(state__in=("offered", "published", "hidden")) | ~models.Q(caption=""),
                name="what_is_shown_is_described",
            ),
            models.UniqueConstraint(
                fields=["gallery", "digest"], condition=~models.Q(digest=""), name="the_same_picture_is_here_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["gallery", "state"], name="pictures_by_state"),
            models.Index(
                fields=["state"],
                condition=models.Q(state__in=("receiving", "developing", "refused", "ready", "deleted")),
                name="pictures_to_see_to",
            ),
        ]

    def __str__(self) -> str:
        """State and number."""
        return f"photo {self.pk} {self.state}"

    @property
    def state_name(self) -> str:
        """Return the state in words."""
        return gettext(STATE_NAMES[self.state])

    @property
    def is_ready(self) -> bool:
        """Say whether it waits to be described by its sender."""
        return self.state == "ready"

    @property
    def look(self) -> str:
        """Return the class of the badge that says the state; blank for a plain one."""
        return LOOKS.get(self.state, "")

    @property
    def pixels(self) -> dict[str, tuple[int, int]]:
        """Return width and height of each size."""
        return {name: fitted(self.width, self.height, size.side) for name, size in SIZES.items()}


class Takedown(models.Model):
    """Somebody asked to take a picture down; who, nobody knows. `hid` says whether that hid it at once."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="takedowns")
    at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)
    hid = models.BooleanField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["photo"], condition=models.Q(settled_at__isnull=True), name="requests_to_look_at"),
        ]

    def __str__(self) -> str:
        """Picture and moment."""
        return f"takedown of {self.photo_id}"

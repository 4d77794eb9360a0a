"""A person, known by an e-mail address."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class PersonManager(BaseUserManager["Person"]):
    """Finds people by their address, in the one form it is kept in."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Return the person with this address."""
        return self.get(email=username or "")


class Person(AbstractBaseUser):
    """Someone who answered, registered or signed in. There are no passwords.

    `language` is what letters to them are written in, by its code of ISO 639-1; blank when they never chose one.
    """

    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=10, blank=True)
    is_administrator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    since = models.DateTimeField()

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="one_person_for_each_address"),
        ]

    def __str__(self) -> str:
        """Return the name to show to others; never the address."""
        return self.name or "Someone"

"""Who is signed in, and who looks after the instance."""

from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.http import Http404

from midcycle.accounts.models import Person

_SALT = "midcycle.sign-in"


def administrator_for(visitor: Person | AnonymousUser) -> Person:
    """Return the visitor who is an administrator of this instance. Raises Http404 for anyone else."""
    if not isinstance(visitor, Person) or not visitor.is_administrator:
        raise Http404
    return visitor


def sign_in_token(person: Person) -> str:
    """Return a token that signs this person in; used by the demo alone."""
    return signing.dumps(person.pk, salt=_SALT)


def person_for_token(token: str) -> Person:
    """Return the active person a token names. Raises Http404 for any other text."""
    try:
        number = signing.loads(token, salt=_SALT, max_age=30 * 24 * 3600)
    except signing.BadSignature:
        raise Http404 from None
    person = Person.objects.filter(pk=number, is_active=True).first()
    if person is None:
        raise Http404
    return person

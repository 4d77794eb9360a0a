"""How django-allauth behaves here."""

from datetime import timedelta

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils import timezone

_NEW = timedelta(minutes=30)


class Adapter(DefaultAccountAdapter):
    """No sign-up page: asking for a code is enough. Someone without a name is asked for one first."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the library's signature
        """Return False: people become known by asking for a code or by registering."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return the page that asks for a name, when there is none yet."""
        url: str = super().get_login_redirect_url(request)
        if request.user.is_authenticated and not request.user.name and timezone.now() - request.user.since < _NEW:
            return f"{resolve_url('accounts:you')}?first=1"
        return url

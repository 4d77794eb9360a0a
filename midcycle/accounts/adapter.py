"""How django-allauth behaves here."""

import logging
from email.errors import MessageError
from typing import Any, ClassVar
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

_log = logging.getLogger("midcycle.accounts")


class Adapter(DefaultAccountAdapter):
    """No sign-up page: asking for a code is enough. Whoever has no name yet is asked for one, then led on."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": "This is not the code. Type the one in the newest letter.",
        "too_many_login_attempts": "Too many tries. Wait a few minutes, then ask for a new code.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the library's signature
        """Return False: people become known by asking for a code or by registering."""
        return False

    def post_login(self, request: HttpRequest, user: Any, **login: Any) -> HttpResponse:  # noqa: ANN401 - the library's signature
        """Lead on to where they were headed."""
        response: HttpResponse = super().post_login(request, user, **login)
        if user.name or not isinstance(response, HttpResponseRedirect):
            return response
        onward = urlencode({"first": 1, "next": response.url})
        return HttpResponseRedirect(f"{reverse('accounts:you')}?{onward}")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send the letter with the code; say so when the mail server does not take it."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, MessageError) as error:  # every error of smtplib is an OSError
            _log.error("a sign-in code could not be sent", extra={"fields": {"error": type(error).__name__}})
            sentence = "The letter could not be sent just now. Ask for another code in a minute."
            messages.error(context["request"], sentence)

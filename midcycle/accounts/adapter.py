"""How django-allauth behaves here."""

import logging
from email.errors import MessageError
from typing import Any, ClassVar
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from midcycle.accounts import actions
from midcycle.accounts.models import Person
from midcycle.kernel import words
from midcycle.web.languages import chosen, has_others, offered, remember

_log = logging.getLogger("midcycle.accounts")


class Adapter(DefaultAccountAdapter):
    """No sign-up page: asking for a code is enough. Whoever has no name yet is asked for one, then led on."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": gettext_lazy("This is not the code. Type the one in the newest letter."),
        "too_many_login_attempts": gettext_lazy("Too many tries. Wait a few minutes, then ask for a new code."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the library's signature
        """Return False: people become known by asking for a code or by registering."""
        return False

    def post_login(self, request: HttpRequest, user: Any, **login: Any) -> HttpResponse:  # noqa: ANN401 - the library's signature
        """Lead on to where they were headed."""
        response: HttpResponse = super().post_login(request, user, **login)
        if not user.name and isinstance(response, HttpResponseRedirect):
            onward = urlencode({"first": 1, "next": response.url})
            response = HttpResponseRedirect(f"{reverse('accounts:you')}?{onward}")
        return keep_language(request, response, user)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send the letter with the code; say so when the mail server does not take it."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, MessageError) as error:  # every error of smtplib is an OSError
            _log.error("a sign-in code could not be sent", extra={"fields": {"error": type(error).__name__}})
            sentence = gettext("The letter could not be sent just now. Ask for another code in a minute.")
            messages.error(context["request"], sentence)


def keep_language(request: HttpRequest, response: HttpResponse, person: Person) -> HttpResponse:
    """Return the answer to signing in. Whoever never chose a language has that of the page from now on, where others are."""
    if not has_others():
        return response
    if not person.language:
        actions.choose_language(person, words.language(), now=timezone.now())
    elif not chosen(request) and person.language in offered():
        remember(response, person.language)
    return response

"""Which language a page is in: what the visitor chose, else what the browser asks for, else English.

What machines read (the API, calendars, tables) stays in English, so that it says the same to every program.
"""

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from midcycle.kernel import words
from midcycle.kernel.languages import INTERFACE, direction_of

Handler = Callable[[HttpRequest], HttpResponse]
_FOR_MACHINES: Final = frozenset({".json", ".xml", ".ics", ".csv", ".xlsx", ".txt", ".md", ".xcal", ".etherpad", ".zip"})


def speak(get_response: Handler) -> Handler:
    """Speak the visitor's language while a page is made."""

    def answer(request: HttpRequest) -> HttpResponse:
        if for_machines(request.path):
            with translation.override(settings.LANGUAGE_CODE):
                return get_response(request)
        with translation.override(translation.get_language_from_request(request)):
            response = get_response(request)
            response.headers.setdefault("Content-Language", words.language())
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Accept-Language"])
            if chosen(request):
                patch_vary_headers(response, ["Cookie"])
        return response

    return answer


def language(_request: HttpRequest | None) -> dict[str, object]:
    """Return, for templates, the language a page is in, the way it is written, and its name where there are others."""
    spoken = words.language()
    name = INTERFACE.get(spoken, "") if has_others() else ""
    return {"language": spoken, "direction": direction_of(spoken), "language_name": name}


def offered() -> dict[str, str]:
    """Return the languages a visitor can choose, by their code of ISO 639-1, each under its own name."""
    codes = [code.partition("-")[0] for code, _ in settings.LANGUAGES]
    return {code: INTERFACE.get(code, code) for code in codes}


def has_others() -> bool:
    """Say whether there is a choice."""
    return len(settings.LANGUAGES) > 1


def chosen(request: HttpRequest) -> bool:
    """Say whether this browser was told which language to ask for."""
    return settings.LANGUAGE_COOKIE_NAME in request.COOKIES


def remember(response: HttpResponse, spoken: str) -> None:
    """Let this browser ask for a language from now on."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        spoken,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        domain=settings.LANGUAGE_COOKIE_DOMAIN,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,  # type: ignore[arg-type]  # the stubs know a text only
    )


def for_machines(path: str) -> bool:
    """Say whether programs read what is at this path."""
    return path.startswith("/api/") or PurePosixPath(path).suffix in _FOR_MACHINES


def active() -> str:
    """Return the language that is active, without its country."""
    return (translation.get_language() or words.ENGLISH).partition("-")[0]


SPEAKER: Final = words.Speaker(active, translation.gettext, translation.ngettext, translation.pgettext)

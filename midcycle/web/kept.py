"""Pages that look the same to everybody who is not signed in, rendered once for each content and then only filled in."""

import re
import secrets
from collections.abc import Callable, Hashable, Mapping
from typing import Any, Final

from django.contrib.messages import get_messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.translation import get_language

_MOST: Final = 300
_NONCE: Final = secrets.token_hex(8)  # nobody can type a gap
_GAP: Final = re.compile(f"{_NONCE}-(\\w+)-")
_pages: dict[Hashable, list[str]] = {}


def render_kept(
    request: HttpRequest, template: str, context: Callable[[], Mapping[str, Any]], *, same: Hashable, gaps: Mapping[str, str]
) -> HttpResponse:
    """Render a page. `same` is all its content depends on; `gaps` are texts in its context that it does not depend on.

    For visitors who are not signed in, and have no message waiting, it is made once for each content; the check value of its
    form is a gap too. For others it is made anew.
    """
    if request.user.is_authenticated or len(get_messages(request)):
        return render(request, template, {**context(), **gaps})
    content = template, request.path, get_language(), same
    page = _pages.get(content) or _keep(content, request, template, {**context(), **_marks(gaps)})
    filled = {"csrf_token": get_token(request), **gaps}
    return HttpResponse("".join(conditional_escape(filled[part]) if at % 2 else part for at, part in enumerate(page)))


def facts_of(row: Model) -> tuple[object, ...]:
    """Return every value of a row, to be part of what a page depends on."""
    return tuple(getattr(row, field.attname) for field in row._meta.concrete_fields)


def _keep(content: Hashable, request: HttpRequest, template: str, context: dict[str, Any]) -> list[str]:
    if len(_pages) >= _MOST:
        _pages.clear()
    page = _pages[content] = _GAP.split(render_to_string(template, context, request))
    return page


def _marks(gaps: Mapping[str, str]) -> dict[str, str]:
    """Return for each gap what is split at: text and gaps then take turns."""
    return {name: f"{_NONCE}-{name}-" for name in ("csrf_token", *gaps)}

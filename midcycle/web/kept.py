"""Pages that look the same to everybody who is not signed in, rendered once for each content and then only filled in."""

import re
import secrets
from collections.abc import Callable, Hashable, Mapping
from copy import copy
from typing import Any, Final

from django.contrib.messages import get_messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.translation import get_language

Gaps = Mapping[str, str]
_MOST: Final = 300
_NONCE: Final = secrets.token_hex(8)  # nobody can type a gap
_GAP: Final = re.compile(f"{_NONCE}-(\\w+)-")
_pages: dict[Hashable, list[str]] = {}


def render_kept(
    request: HttpRequest,
    template: str,
    context: Callable[[Mapping[str, str]], Mapping[str, Any]],
    *,
    same: Hashable,
    gaps: Gaps,
) -> HttpResponse:
    """Render a page. `same` is all its content depends on; `gaps` are texts in it that it does not depend on.

    `context` is handed the gaps, or what stands for them. For visitors who are not signed in, and have no message waiting, the
    page is made once for each content; the check value of its form is a gap too, and so is a part of the address that is one.
    For others it is made anew.
    """
    if request.user.is_authenticated or len(get_messages(request)):
        return render(request, template, {**context(gaps)})
    path = _path_with_marks(request, gaps)
    content = template, path, get_language(), same
    page = _pages.get(content) or _keep(content, _asked_at(request, path), template, context(_marks(gaps)))
    filled = {"csrf_token": get_token(request), **gaps}
    return HttpResponse("".join(conditional_escape(filled[part]) if at % 2 else part for at, part in enumerate(page)))


def facts_of(row: Model) -> tuple[object, ...]:
    """Return every value of a row, to be part of what a page depends on; JSON as its text, since that can be compared."""
    values = (getattr(row, field.attname) for field in row._meta.concrete_fields)
    return tuple(repr(value) if isinstance(value, dict | list) else value for value in values)


def _keep(content: Hashable, request: HttpRequest, template: str, context: Mapping[str, Any]) -> list[str]:
    if len(_pages) >= _MOST:
        _pages.clear()
    html = render_to_string(template, {**context, "csrf_token": _mark("csrf_token")}, request)
    page = _pages[content] = _GAP.split(html)
    return page


def _path_with_marks(request: HttpRequest, gaps: Gaps) -> str:
    """Return the address asked for, with a mark in place of each part that is a gap."""
    names = {text: name for name, text in gaps.items()}
    return "/".join(_mark(names[part]) if part in names else part for part in request.path.split("/"))


def _asked_at(request: HttpRequest, path: str) -> HttpRequest:
    """Return the request as if it asked for this address, and did not say how this visitor came."""
    if path == request.path and "via" not in request.GET:
        return request
    other = copy(request)
    other.path = other.path_info = path
    kept = request.GET.copy()
    kept.pop("via", None)
    vars(other)["GET"] = kept
    return other


def _marks(gaps: Gaps) -> dict[str, str]:
    """Return for each gap what is split at: text and gaps then take turns."""
    return {name: _mark(name) for name in gaps}


def _mark(name: str) -> str:
    return f"{_NONCE}-{name}-"

"""`{% asset "app.css" %}`, `{% words "pad" %}` and small filters."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html

from midcycle.kernel.typed import inert
from midcycle.kernel.words import day_in_words, language, moment_in_words, quoted
from midcycle.web.scripts import said_in

register = template.Library()


class FrontEndMissing(Exception):  # noqa: N818 - reads as a fact
    """The front end was not built."""


@register.simple_tag
def asset(name: str) -> str:
    """Return the address of a bundled file under its hashed name."""
    try:
        return static(_manifest(settings.ASSET_MANIFEST)[name])
    except (OSError, KeyError):
        raise FrontEndMissing(f"{name} is not built: run make build.") from None


@register.simple_tag
def words(*scripts: str) -> str:
    """Return what these scripts say in the language that is active, for `frontend/src/app/say.ts`; blank for English."""
    try:
        return said_in(scripts, language(), settings.ASSET_MANIFEST.with_name("words.json"), tuple(settings.LOCALE_PATHS))
    except (OSError, KeyError):
        raise FrontEndMissing(f"{', '.join(scripts)}: run make build.") from None


@register.filter
def at(values: Mapping[object, object] | None, key: object) -> object:
    """Return what a mapping holds under a key; nothing when it holds nothing."""
    return values.get(key) if values else None


@register.filter(name="quoted")
def in_quotes(text: str) -> str:
    """Return a text in quotation marks, single ones within."""
    return quoted(text)


@register.filter(name="inert")
def as_words(text: str) -> str:
    """Return typed text of which no mail program makes a link, on one line of up to 160 characters."""
    return inert(text, 160)


@register.filter
def address(email: str) -> str:
    """Return an e-mail address as HTML that goes on to a new line before its `@`, where it does not fit on one."""
    name, sign, host = email.rpartition("@")
    return format_html("{}<wbr>{}{}", name, sign, host)


@register.filter(expects_localtime=True)
def day(told: date | None, style: str = "day") -> str:
    """Return a day in words of the language that is active, such as `2 March 2027`; the styles are those of `kernel.words`."""
    return day_in_words(told or None, style)


@register.filter(expects_localtime=True)
def moment(told: datetime | None, style: str = "day") -> str:
    """Return a moment in words by the clock that is active, such as `2 March 2027, 09:05`."""
    return moment_in_words(told or None, style)


@lru_cache(maxsize=1)
def _manifest(path: Path) -> dict[str, str]:
    files: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return files

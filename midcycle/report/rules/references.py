"""Figures taken up in a text by their name, such as `{{ people }}`. Pure.

A reference is a name in double braces and nothing else: no attribute, index, filter or sum can be asked for, and what was
filled in is never looked at again.
"""

import re
from collections.abc import Collection, Mapping
from html import escape
from typing import Final

from midcycle.kernel.words import gettext, gettext_noop
from midcycle.report.rules.figures import Value
from midcycle.report.rules.told import escaped_within

_REFERENCE: Final = re.compile(r"(?<!\\)\{\{([^{}\n]{0,80})\}\}")
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
# Two letters of the private use area stand around a name while Markdown becomes HTML; typed ones are taken away before.
_BEGIN, _END = "\ue000", "\ue001"
_MARK: Final = re.compile(f"{_BEGIN}([a-z0-9_]+){_END}")
# Parts of clean HTML in which no link may stand: what is a link already, and tags.
_CLOSED: Final = re.compile(r"(<a\b[^>]*>.*?</a>|<[^>]*>)", re.DOTALL)
UNKNOWN: Final = gettext_noop("not counted")
_LONGEST_SHOWN: Final = 40


def references_in(text: str) -> tuple[str, ...]:
    """Return what stands in double braces, as typed, each once."""
    return tuple(dict.fromkeys(found.strip() for found in _REFERENCE.findall(text)))


def fault_in_references(text: str, known: Collection[str]) -> str | None:
    """Return what to do about names nobody knows; None when all are known."""
    unknown = [name for name in references_in(text) if name not in known]
    if not unknown:
        return None
    named = ", ".join(f"{{{{ {name[:_LONGEST_SHOWN]} }}}}" for name in unknown[:5])
    told = gettext("No figure is called %(names)s. Choose from the list of figures beside the text, or take the braces away.")
    return told % {"names": named}


def in_markdown(text: str, values: Mapping[str, Value]) -> str:
    """Return Markdown with each figure in place of its name; what is not known any more says so."""
    return _REFERENCE.sub(lambda found: escaped_within(_text(found[1].strip(), values, found[0])), text)


def marked(text: str) -> str:
    """Return Markdown with a mark in place of each name, which `in_html` finds again in the HTML made of it."""
    plain = text.replace(_BEGIN, "").replace(_END, "")
    return _REFERENCE.sub(
        lambda found: f"{_BEGIN}{name}{_END}" if _NAME.fullmatch(name := found[1].strip()) else found[0], plain
    )


def in_html(html: str, values: Mapping[str, Value]) -> str:
    """Return clean HTML with each figure in place of its mark, linked to where it comes from."""
    parts = _CLOSED.split(html)
    return "".join(_closed(part, values) if at % 2 else _open(part, values) for at, part in enumerate(parts))


def _open(text: str, values: Mapping[str, Value]) -> str:
    def link(found: re.Match[str]) -> str:
        said = escape(_text(found[1], values, found[0]))
        return f'<a href="#from-{escape(values[found[1]].source)}">{said}</a>' if found[1] in values else said

    return _MARK.sub(link, text)


def _closed(part: str, values: Mapping[str, Value]) -> str:
    """Fill in within a link, where another cannot be, and within a tag."""
    return _MARK.sub(lambda found: escape(_text(found[1], values, found[0])), part)


def _text(name: str, values: Mapping[str, Value], typed: str) -> str:
    if not _NAME.fullmatch(name):
        return typed
    return values[name].text if name in values else f"({gettext(UNKNOWN)})"

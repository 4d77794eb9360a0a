"""HTML as Markdown: headings, lists, links, emphasis, code, quotes and tables. What else there is becomes its text."""

import re
from collections import Counter
from html.parser import HTMLParser
from typing import Final

import nh3

from midcycle.kernel.refusal import Refusal
from midcycle.kernel.words import gettext

LONGEST: Final = 300_000  # characters; of the worst this many are read in about a second

_SILENT: Final = {"script", "style", "title", "template", "noscript", "svg", "iframe", "object", "select", "textarea"}
_BLOCKS: Final = frozenset(
    {
        "p",
        "div",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "ul",
        "ol",
        "table",
        "figure",
        "dl",
        "dd",
        "dt",
        "tr",
    }
)
_MARKS: Final = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "del": "~~", "strike": "~~", "code": "`"}
_HEADINGS: Final = {f"h{level}": "#" * level + " " for level in range(1, 7)}
_READ: Final = {"a", "br", "hr", "li", "pre", "blockquote", "td", "th", *_BLOCKS, *_MARKS, *_HEADINGS}
_DEEPEST: Final = 8
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})")
_MOST_OPEN: Final = 200
_NEVER_DEEP: Final = frozenset(
    {
        "p",
        "li",
        "br",
        "hr",
        "img",
        "td",
        "th",
        "tr",
        "dt",
        "dd",
        "meta",
        "link",
        "input",
        "col",
        "tbody",
        "thead",
        "html",
        "body",
    }
)
_LINKED: Final = re.compile(r"[^\s<>()]{1,2000}")
_BLANK: Final = re.compile(r"[ \t\r\n\f]+")


def to_markdown(html: str) -> str:
    """Return the Markdown of a page or a piece of one. Scripts, styles and pictures are left out; only web links stay.

    Raises Refusal when it is longer or deeper than any notes are.
    """
    if len(html) > LONGEST or _is_deep(html):
        raise Refusal(gettext("This page is longer or more nested than notes are. Copy its text into a text file instead."))
    # A browser's parser first: what it writes is well formed, and only that is safe to give to Python's.
    clean = nh3.clean(
        html,
        tags=_READ,
        clean_content_tags=_SILENT,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    page = _Page()
    page.feed(clean)
    page.close()
    return page.markdown()


def _is_deep(html: str) -> bool:
    """Say whether more elements may stand within each other than notes have: the time to read them grows with the square."""
    is_open: Counter[str] = Counter()
    depth = 0
    for end, name in _TAG.findall(html):
        tag = name.lower()
        step = 0 if tag in _NEVER_DEEP else 1 if not end else -(is_open[tag] > 0)
        is_open[tag] += step
        depth += step
        if depth > _MOST_OPEN:
            return True
    return False


class _Page(HTMLParser):
    """Writes Markdown while it reads. It is given clean HTML: whatever begins also ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._out: list[str] = []
        self._lists: list[str] = []
        self._links: list[str] = []
        self._sign = ""
        self._verbatim = self._quoted = self._cells = 0

    def markdown(self) -> str:
        """Return what was written, with at most one blank line in a row."""
        text = re.sub(r"[ \t]+\n", "\n", "".join(self._out).replace("\0", ""))
        return re.sub(r"\n{3,}", "\n\n", text).strip("\n ") + "\n"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write what comes before the text of an element."""
        if tag in _HEADINGS:
            self._break(2, _HEADINGS[tag])
        elif tag in _MARKS and not self._verbatim:
            self._out.append(_MARKS[tag])
        elif tag == "a":
            self._begin_link(dict(attrs).get("href") or "")
        else:
            self._begin_block(tag)

    def handle_endtag(self, tag: str) -> None:
        """Write what comes after the text of an element."""
        if tag in _MARKS and not self._verbatim:
            self._end_mark(_MARKS[tag])
        elif tag == "a" and self._links:
            self._end_link(self._links.pop())
        else:
            self._end_block(tag)

    def handle_data(self, data: str) -> None:
        """Write text; blanks count only in preformatted text."""
        text = data if self._verbatim else _BLANK.sub(" ", data)
        if not self._verbatim and self._is_at_start():
            text = text.lstrip(" ")
        if text:
            self._out.append(text)

    def _begin_link(self, address: str) -> None:
        target = address.strip() if _LINKED.fullmatch(address.strip()) else ""
        self._links.append(target)
        if target:
            self._out.append("[")

    def _end_link(self, target: str) -> None:
        if target:
            self._out.append(f"]({target})")

    def _end_mark(self, mark: str) -> None:
        """Close a mark; one with nothing in it is taken back, and a blank before it goes after it."""
        if self._out and self._out[-1] == mark:
            self._out.pop()
            return
        blank = bool(self._out) and self._out[-1].endswith(" ")
        if blank:
            self._out[-1] = self._out[-1].rstrip(" ")
        self._out.append(mark + " " * blank)

    def _begin_block(self, tag: str) -> None:
        if tag == "br":
            self._out.append("\n" + "> " * self._quoted)
        elif tag == "hr":
            self._break(2, "---")
        elif tag in {"td", "th"}:
            self._out.append("| " if not self._cells else " | ")
            self._cells += 1
        elif tag == "pre":
            self._break(2, "```\n")
            self._verbatim += 1
        elif tag == "blockquote":
            self._quoted = min(self._quoted + 1, _DEEPEST)
            self._break(2, "")
        else:
            self._begin_listed(tag)

    def _begin_listed(self, tag: str) -> None:
        if tag == "li":
            depth = max(len(self._lists) - 1, 0)
            self._break(1, "  " * min(depth, _DEEPEST) + ("1. " if self._lists and self._lists[-1] == "ol" else "- "))
        elif tag in {"ul", "ol"}:
            self._break(1 if self._lists else 2, "")
            self._lists.append(tag)
        elif tag in _BLOCKS:
            self._break(1 if self._lists or tag == "tr" else 2, "")

    def _end_block(self, tag: str) -> None:
        if tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
            self._break(1 if self._lists else 2, "")
        elif tag == "pre" and self._verbatim:
            self._verbatim -= 1
            self._out.append("\n```")
            self._break(2, "")
        elif tag == "blockquote" and self._quoted:
            self._quoted -= 1
            self._break(2, "")
        elif tag == "tr" and self._cells:
            self._out.append(" |")
            self._cells = 0
        elif tag in _HEADINGS or tag in _BLOCKS:
            self._break(1 if self._lists else 2, "")

    def _break(self, lines: int, begin: str) -> None:
        """End the line that was begun, leave `lines - 1` blank ones, and begin anew."""
        if self._verbatim or (self._sign and not begin and self._out[-1] is self._sign):
            return
        while self._out and not self._out[-1].strip(" >\n"):
            lines = max(lines, self._out.pop().count("\n"))
        self._sign = begin
        self._out += ["\n" * lines if self._out else "", "> " * self._quoted, begin]

    def _is_at_start(self) -> bool:
        return not self._out or not self._out[-1] or self._out[-1][-1] in " \n[|"

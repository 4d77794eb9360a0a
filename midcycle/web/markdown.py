"""Markdown to clean HTML, once, when a text is saved."""

import re

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_BOX = re.compile(r"\[([ xX])\] ")
_TAG = re.compile(r"(?<![\w#])##\w[\w-]*")
_TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h2", "h3", "h4", "h5", "h6", "hr", "input", "label", "li", "ol", "p", "pre",
    "s", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_CLASSES = {"li": {"task-list-item"}, "span": {"tag"}}


def to_html(text: str) -> str:
    """Return clean HTML of Markdown text (CommonMark 0.31, with tables, task lists and `##tags`).

    Headings start at level 2; raw HTML is shown as text, images and unsafe links are dropped.
    """
    rendered = _MARKDOWN.render(text).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    return nh3.clean(
        rendered,
        tags=_TAGS,
        attributes={"a": {"href"}, "input": {"checked", "disabled"}},
        tag_attribute_values={"input": {"type": {"checkbox"}}},
        allowed_classes=_CLASSES,
        url_schemes={"http", "https", "mailto"},
    )


def _mark_tasks(state: StateCore) -> None:
    """Make a box of `[ ] ` or `[x] ` where an item of a list begins with it (GitHub Flavored Markdown, 5.3)."""
    for item, paragraph, text in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        box = _BOX.match(text.content) if (item.type, paragraph.type) == ("list_item_open", "paragraph_open") else None
        if box is None or not text.children or not text.children[0].content.startswith(box[0]):
            continue
        item.attrSet("class", "task-list-item")
        text.children[0].content = text.children[0].content[len(box[0]) - 1 :]
        state_of_box = {} if box[1] == " " else {"checked": "checked"}
        look: dict[str, str | int | float] = {**state_of_box, "disabled": "disabled", "type": "checkbox"}
        text.children[:0] = [Token("task_open", "label", 1), Token("task_box", "input", 0, attrs=look)]
        text.children.append(Token("task_close", "label", -1))


def _mark_tags(state: StateCore) -> None:
    """Give each `##tag` of running text its mark; code and links stay as they are."""
    for block in state.tokens:
        if block.type == "inline" and block.children and "##" in block.content:
            block.children = [part for token in block.children for part in _split(token)]


def _split(token: Token) -> list[Token]:
    if token.type != "text":
        return [token]
    parts: list[Token] = []
    at = 0
    for found in _TAG.finditer(token.content):
        before = Token("text", "", 0, content=token.content[at : found.start()])
        mark = Token("tag_open", "span", 1, attrs={"class": "tag"})
        parts += [before, mark, Token("text", "", 0, content=found[0]), Token("tag_close", "span", -1)]
        at = found.end()
    return [*parts, Token("text", "", 0, content=token.content[at:])]


_MARKDOWN = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])
_MARKDOWN.core.ruler.after("inline", "mark_tasks", _mark_tasks)
# Before escapes are joined to the text around them: `\#\#x` is no tag.
_MARKDOWN.core.ruler.before("text_join", "mark_tags", _mark_tags)

"""Markdown becomes clean HTML: task lists and ##tags are seen, nothing typed becomes markup of ours."""

import pytest

from midcycle.web.markdown import to_html

TASK = '<ul>\n<li class="task-list-item"><label><input {}disabled="disabled" type="checkbox"> {}</label></li>\n</ul>\n'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# Notes", "<h2>Notes</h2>\n"),
        ("Agreed ##upgrade.", '<p>Agreed <span class="tag">##upgrade</span>.</p>\n'),
        ("##first and *##em*", '<p><span class="tag">##first</span> and <em><span class="tag">##em</span></em></p>\n'),
        ("a##b, ###c and ## d", "<p>a##b, ###c and ## d</p>\n"),
        (r"\#\#escaped and \##half", "<p>##escaped and ##half</p>\n"),
        ("`##code`", "<p><code>##code</code></p>\n"),
        ("##über-alt_1", '<p><span class="tag">##über-alt_1</span></p>\n'),
        ("- [ ] Ines: send it", TASK.format("", "Ines: send it")),
        ("1. [x] done", TASK.format('checked="checked" ', "done").replace("ul>", "ol>")),
        ("[ ] no list", "<p>[ ] no list</p>\n"),
    ],
)
def test_what_is_typed_is_seen(text, html):
    assert to_html(text) == html


@pytest.mark.parametrize(
    "text",
    [
        '<span class="badge">##x</span>',
        "<script>alert(1)</script>",
        '<input type="text" autofocus onfocus="alert(1)">',
        "[x](javascript:alert(1))",
        "![x](http://evil.example.org/y.png)",
        "##<b>bold</b>",
        "- [ ] <img src=x onerror=alert(1)>",
    ],
)
def test_hostile_text_makes_no_markup_of_its_own(text):
    html = to_html(text)
    wrong = [markup for markup in ("<script", "<b>", "<img", '<span class="badge', "<input type", "href=") if markup in html]
    assert wrong == []

"""What an organiser leaves to be filled in is a closed list, and what is filled in is inert."""

import pytest
from django.utils import translation
from django.utils.translation import gettext
from hypothesis import given
from hypothesis import strategies as st

from midcycle.kernel.languages import INTERFACE
from midcycle.kernel.typed import inert
from midcycle.mailing.rules import PLACEHOLDERS, filled_in, unknown_in, without_name
from midcycle.mailing.rules.mailings import TO_THE_LIST
from midcycle.mailing.rules.placeholders import IN_SUBJECT

VALUES = {name: f"<{name}>" for name in PLACEHOLDERS}


def test_the_list_is_closed():
    assert list(PLACEHOLDERS) == ["name", "meetup", "when", "where", "meetup_link", "list_link", "seat_link"]
    assert sorted(IN_SUBJECT) == ["meetup", "name", "when", "where"]


def test_each_placeholder_is_filled_in_wherever_it_stands():
    text = "{name}{name}\n\n{meetup}: {when}, {where}\n{meetup_link} {seat_link}"
    assert unknown_in(text) == ()
    assert filled_in(text, VALUES) == "<name><name>\n\n<meetup>: <when>, <where>\n<meetup_link> <seat_link>"


@pytest.mark.parametrize(
    "typed",
    [
        "{name.__class__}", "{name.__class__.__init__.__globals__}", "{event.__init__.__code__.co_filename}", "{name[0]}",
        "{name!r}", "{name:>900000000}", "{0}", "{}", "{ name }", "{Name}", "{NAME}", "{name|safe}", "{na me}",
        "{{name}}", "{{name}", "{name}}", "{%load x%}", "{{ settings.SECRET_KEY }}", "{{7*7}}",
        "{n\N{CYRILLIC SMALL LETTER A}me}",
    ],
)  # fmt: skip
def test_whatever_else_stands_in_braces_is_told_as_a_mistake(typed):
    (told,) = unknown_in(f"Hello {typed}!")
    assert told in typed
    assert filled_in(typed, VALUES) == typed


def test_mistakes_are_told_once_each_and_not_at_length():
    assert unknown_in("{a} {b} {a}") == ("{a}", "{b}")
    assert unknown_in("{" + "x" * 999 + "}") == ("{" + "x" * 39 + "…",)


def test_a_subject_takes_no_links():
    assert unknown_in("{name}: {seat_link}", IN_SUBJECT) == ("{seat_link}",)


def test_lone_braces_are_only_braces():
    for text in ("if (x) {\n  y\n}", "} {", "a { b", "a } b", ":-}", "{" * 10_000, "}" * 10_000, "{a" * 5_000):
        assert (unknown_in(text), filled_in(text, VALUES)) == ((), text)


def test_what_was_filled_in_is_not_looked_at_again():
    assert filled_in("{name}", {"name": "{seat_link}", "seat_link": "secret"}) == "{seat_link}"


@given(st.text(), st.dictionaries(st.sampled_from(sorted(PLACEHOLDERS)), st.text(), min_size=6))
def test_a_text_that_is_taken_holds_no_known_placeholder_once_it_is_filled_in(text, values):
    if not unknown_in(text):
        blank = filled_in(text, dict.fromkeys(values, ""))
        assert [name for name in PLACEHOLDERS if f"{{{name}}}" in blank and f"{{{name}}}" in text] == []


@pytest.mark.parametrize(
    ("name", "inert_name"),
    [
        ("Ada Lovelace", "Ada Lovelace"),
        ("Hans-Jürgen Groß, Jr.", "Hans-Jürgen Groß, Jr."),
        ("J.R.R. Tolkien", "J. R. R. Tolkien"),
        ("محمد‌رضا", "محمد‌رضا"),
        ("Win at https://evil.example/x?y=1", "Win at https evil. example/x?y=1"),
        ("http://10.0.0.1/", "http 10.0.0.1/"),
        ("HTTPS:\\\\evil.example", "HTTPS evil. example"),
        ("evil.example", "evil. example"),
        ("www.evil.example", "www. evil. example"),
        ("evil\N{IDEOGRAPHIC FULL STOP}example", "evil. example"),
        ("evil.\N{ZERO WIDTH SPACE}example", "evil. example"),
        ("mailto:bo@evil.example", "mailto bo@evil. example"),
        ("javascript:alert(1)", "javascript alert(1)"),
        ("tel:+49900", "tel +49900"),
        ("[click](https://evil.example)", "[click](https evil. example)"),
        ("Bo\r\nBcc: all@example.org", "Bo Bcc: all@example. org"),
        ("Bo\N{LINE SEPARATOR}\N{RIGHT-TO-LEFT OVERRIDE}X", "Bo X"),
        ("x" * 200, "x" * 59 + "…"),
    ],
)
def test_a_name_cannot_be_a_link(name, inert_name):
    assert inert(name) == inert_name


@given(st.text())
def test_an_inert_name_is_short_on_one_line_and_has_no_scheme(text):
    name = inert(text)
    assert len(name) <= 60
    assert "://" not in name
    assert not set(name) & set("\r\n\x00\x0b\x0c\x85\u2028\u2029")


@pytest.mark.parametrize("language", INTERFACE)
def test_whose_name_is_not_known_is_greeted_without_one(language):
    """In every language the letter we propose greets as our other letters do."""
    with translation.override(language):
        text = gettext(TO_THE_LIST["text"])
        first, *others = text.split("\n")
        assert without_name(text).split("\n") == [gettext("Hello,"), *others]
        assert "{name}" in first
    assert without_name("Dear {name}, hello") == "Dear {name}, hello"

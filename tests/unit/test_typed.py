"""What people type is kept, without what would break a letter, a calendar or a database."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from midcycle.kernel.typed import has_ink, lines, one_line
from midcycle.kernel.words import quoted, retold


def test_a_header_cannot_be_smuggled_into_one_line():
    assert one_line("Upgrades\r\nBcc: cy@example.org\x00") == "Upgrades Bcc: cy@example.org"


def test_emoji_made_of_several_characters_stay_whole():
    assert one_line("  Ops \N{WOMAN}\u200d\N{ROCKET}  ") == "Ops \N{WOMAN}\u200d\N{ROCKET}"


def test_a_name_cannot_turn_round_what_stands_beside_it():
    assert one_line("\u202egnp.exe\u202c \u2067x") == "gnp.exe x"
    assert lines("\u202egnp.exe\nb") == "gnp.exe\nb"
    assert one_line("\u200f\u05e9\u05dc") == "\u200f\u05e9\u05dc"


def test_lines_keep_their_breaks_and_tabs():
    assert lines("one\r\ntwo\rthree\n\tfour\x00\x07 ") == "one\ntwo\nthree\n\tfour"


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    assert one_line(one_line(text)) == one_line(text)
    assert lines(lines(text)) == lines(text)


@given(st.text())
def test_nothing_that_cuts_a_line_is_left(text):
    assert one_line(text).splitlines() in ([], [one_line(text)])


def test_quotes_within_quotes_are_single():
    assert quoted("“The network is fine” and other lies") == "“\u2018The network is fine\u2019 and other lies”"
    assert quoted('A "small" change') == "“A 'small' change”"


@pytest.mark.parametrize(("code", "told"), [("de", "„A b“"), ("fr", "«\u00a0A b\u00a0»"), ("ar", "«\u2068A b\u2069»")])
def test_what_was_typed_stands_in_the_marks_of_the_language(code, told):
    with translation.override(code):
        assert quoted("A b") == told
        assert "“A”" not in retold("pinned “A”", ["pinned %(title)s"])


@pytest.mark.parametrize("text", ["\u3164", "\u115f", "\u200b", "\u2060 \ufeff", "\u00ad", "\u2800", "\u0301", ""])
def test_fillers_and_blanks_are_no_name(text):
    assert has_ink(text) is False


@pytest.mark.parametrize("text", ["B", "\u5f20", "\u0628", "\N{ROCKET}", "?", "\u3164x"])
def test_whatever_can_be_seen_is_a_name(text):
    assert has_ink(text) is True

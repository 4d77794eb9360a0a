"""Plain text for mail: lines of a readable length, and nothing of it is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.kernel.flowed import WIDTH, flowed, unflowed

LINK = f"https://meet.example.org/m/spring/seat/{'x' * 90}/?letter=y"
WORDS = st.lists(st.from_regex(r"[a-zäلق>-]{1,30}", fullmatch=True), max_size=40).map(" ".join)


def test_long_lines_are_broken_at_spaces_and_addresses_are_not():
    text = flowed(f"Hello Bo,\n\n{'bring what you want to talk about ' * 6}\nRead it here: {LINK}\n- one\n")
    assert max(len(line) for line in text.split("\n") if LINK not in line) <= WIDTH + 1
    assert LINK in text.split("\n")
    assert text.startswith("Hello Bo,\n\nbring ")
    assert text.endswith("\n- one\n")


@pytest.mark.parametrize(
    ("line", "sent"), [("From here", " From here"), ("> said", " > said"), ("  code", "   code"), ("-- ", "--"), ("", "")]
)
def test_a_line_that_would_mean_something_else_does_not(line, sent):
    assert flowed(line) == sent
    assert unflowed(sent) == line.rstrip()


@given(st.lists(WORDS, max_size=6).map("\n".join))
def test_a_mail_program_joins_what_was_broken(text):
    assert unflowed(flowed(text)) == text

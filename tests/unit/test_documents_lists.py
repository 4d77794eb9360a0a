# ruff: noqa: RUF001 - names in many scripts
"""The security list tells as little as it can, and the sheets at the door share people out fairly. And the press."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.engines.documents import (
    Arrival,
    Attendee,
    CheckInWords,
    NotPrinted,
    Occasion,
    SecurityWords,
    check_in_sheets,
    security_list,
)
from midcycle.engines.documents.check_in import dealt
from midcycle.engines.documents.press import pressed
from midcycle.engines.documents.typesetting import TEMPLATES, typeset
from tests.papers import actions, letters, pages, sizes, told

SPRING = Occasion("Spring Mid-Cycle", "2-3 March 2027", "The Dockyard, Lisbon")
SECURITY = SecurityWords("Printed 1 March 2027, 18:00 (Lisbon).", "Destroy this list by 5 March 2027.")
DOOR = CheckInWords("Printed 1 March 2027, 18:00 (Lisbon).")
HOSTILE = ("#eval $x$ \\ *b* @a <l>", "W" * 120, "محمد " + "ا" * 100, "\u202e𐤀\x00", "")


def test_the_security_list_has_names_and_organisations_in_order_and_when_to_destroy_it():
    people = [Attendee("Zoë Ant", "CERN"), Attendee("Ada Byte"), Attendee("Ángel Cruz", "Dockyard")]
    (page,) = pages(security_list(SPRING, people, words=SECURITY).pdf)
    assert page == (
        "Attendee list for the security desk Spring Mid-Cycle 2-3 March 2027 · The Dockyard, Lisbon "
        "Destroy this list by 5 March 2027. People on this list: 3 Printed 1 March 2027, 18:00 (Lisbon). "
        "Name Organisation Ada Byte Ángel Cruz Dockyard Zoë Ant CERN Destroy this list by 5 March 2027. Page 1 / 1"
    )


def test_every_page_of_a_long_list_says_when_to_destroy_it_and_which_it_is():
    pdf = security_list(SPRING, [Attendee(f"Ada {number:03}") for number in range(200)], words=SECURITY).pdf
    texts = pages(pdf)
    assert sizes(pdf) == {(210, 297)}
    assert [text.split()[-3:] for text in texts] == [[str(number), "/", str(len(texts))] for number in range(1, len(texts) + 1)]
    assert all("Destroy this list by 5 March 2027." in text and "Name Organisation" in text for text in texts)
    assert [int(number) for number in re.findall(r"Ada (\d{3})", " ".join(texts))] == list(range(200))


def test_lists_of_nobody_say_so():
    assert "Nobody has a seat." in pages(security_list(SPRING, [], words=SECURITY).pdf)[0]
    assert "Nobody has a seat." in pages(check_in_sheets(SPRING, [], stacks=3, words=DOOR).pdf)[0]


def test_hostile_names_stay_in_their_columns():
    security = security_list(SPRING, [Attendee(text, text) for text in HOSTILE], words=SECURITY)
    sheets = check_in_sheets(SPRING, [Arrival(text, text) for text in HOSTILE], stacks=2, words=DOOR)
    for paper in (security, sheets):
        assert (told(paper.pdf)[2], actions(paper.pdf), paper.incomplete) == (True, [], ("\u202e𐤀\x00",))
        assert [letter for _, letter, (left, _, right, _) in letters(paper.pdf) if left < 15 or right > 195] == []
        assert "#eval $x$ \\ *b* @a <l>" in " ".join(pages(paper.pdf))


def test_sheets_come_in_stacks_by_letter_with_pages_of_their_own():
    people = [Arrival(f"{letter}a {number:02}", "Operator") for letter in "ABCD" for number in range(20)]
    texts = pages(check_in_sheets(SPRING, people, stacks=2, words=DOOR).pdf)
    firsts = [text for text in texts if "Check-in:" in text]
    assert [re.findall(r"Check-in: (\w \u2013 \w)", text) for text in firsts] == [["A \u2013 B"], ["C \u2013 D"]]
    assert [re.findall(r"People: (\d+)", text) for text in firsts] == [["40"], ["40"]]
    per_stack = len(texts) // 2
    ends = [f"Stack {stack} / 2 · Page {page} / {per_stack}" for stack in (1, 2) for page in range(1, per_stack + 1)]
    assert [text[-len(end) :] for text, end in zip(texts, ends, strict=True)] == ends


def test_a_sheet_ticks_who_is_here_and_repeats_the_letter_on_each_page():
    here, missing = (
        check_in_sheets(SPRING, [Arrival("Ada", "", is_here)], stacks=1, words=DOOR).pdf for is_here in (True, False)
    )
    assert len(here) > len(missing)
    texts = pages(check_in_sheets(SPRING, [Arrival(f"Ada {number:02}") for number in range(40)], stacks=1, words=DOOR).pdf)
    assert [("Here Name Role A Ada" in text) for text in texts] == [True] * len(texts)
    assert "Stack" not in texts[0]


@given(st.text("ABCDEFGHß4張", max_size=60), st.integers(1, 9))
def test_stacks_are_as_even_as_whole_letters_allow(initials, stacks):
    people = [Arrival(letter) for letter in initials]
    shared = dealt(people, stacks)
    assert len(shared) <= stacks
    assert sorted(who.name for stack in shared for _, group in stack for who in group) == sorted(initials)
    headings = [letter for stack in shared for letter, _ in stack]
    assert len(headings) == len(set(headings))
    largest = max(sum(len(group) for _, group in stack) for stack in shared)
    assert largest == best([len(group) for stack in shared for _, group in stack], stacks)


def best(sizes_in_order: list[int], stacks: int) -> int:
    """Return the smallest largest stack, by trying every cut."""
    if stacks == 1 or len(sizes_in_order) <= 1:
        return sum(sizes_in_order)
    cuts = range(1, len(sizes_in_order) + 1)
    return min(max(sum(sizes_in_order[:cut]), best(sizes_in_order[cut:], stacks - 1)) for cut in cuts)


def test_no_stacks_hold_nobody():
    with pytest.raises(ValueError, match="0 stacks"):
        dealt([], 0)


def test_the_press_says_when_it_could_not_print():
    with pytest.raises(NotPrinted, match="No such file"):
        pressed("no-such-template", {})


def test_a_letter_no_check_found_costs_the_mark_of_the_standard_and_not_the_paper():
    values = {"text": "\ue000", "dir": "ltr", "face": "SC"}
    plain = {"language": "en", "region": None, "face": "SC", "title": "x", "occasion": values, "when": values, "where": values}
    words = dict.fromkeys(("title", "destroy", "people", "printed", "nobody", "page"), values)
    pdf = typeset("security", {**plain, "words": words, "people": []})
    assert (pdf[:5], told(pdf)[2]) == (b"%PDF-", False)


def test_templates_load_nothing_but_each_other():
    for path in TEMPLATES.glob("*.typ"):
        loads = re.findall(
            r'#import "([^"]+)"|#include|\bread\(|\bcsv\(|\byaml\(|\btoml\(|\bxml\(|\bcbor\(|\beval\(|@preview',
            path.read_text(),
        )
        assert set(loads) <= {"common.typ"}, path.name

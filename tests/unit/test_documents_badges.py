# ruff: noqa: RUF001 - names in many scripts
"""Badges can be read across a table, fit whatever is on them, and say nothing by colour alone."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midcycle.engines.documents import Badge, BadgeWords, Layout, Occasion, badges
from midcycle.engines.documents.badge import COLOURS
from midcycle.engines.documents.letters import line
from tests.house.test_design import contrast
from tests.papers import actions, bookmarks, ink, letters, pages, sizes, tallest, told

SPRING = Occasion("Spring Mid-Cycle", "2-3 March 2027")
ADA = Badge("Ada Lovelace", "Analytical Engines", "Operator")
CODE = tuple(tuple((x + y) % 3 == 0 for x in range(25)) for y in range(25))
ANY = st.text(st.characters() | st.sampled_from("\u0301😀שW 張"), max_size=130)
HOSTILE = [
    '#eval("1+1") $x^2$ \\ "quoted" *bold* _it_ `raw` @ref <label> // gone /* gone */',
    '#image("/etc/passwd") #read("/common.typ") #sys.inputs [link](javascript:1) https://example.org/',
    "\u202eevil\u202c \x00\x1b[31m A\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307B \ufeff",
    "محمد بن عبد الله العربي",
    "W" * 120,
    "ا" * 120,
    "漢" * 120,
    "😀👨\u200d👩\u200d👧🏳️\u200d🌈",
    "𐤀𐤁 \ue000 \ud800",
    "Maximiliana-Konstantina von und zu Hohenzollern-Sigmaringen-Schleswig-Holstein-Sonderburg",
    " ",
    "\u3164",
    "\u115f \u200b",
]
CUT = "\x02"  # how the reader of PDFs says that a hyphen only ends a line
PADS = {Layout.A6: 8, Layout.A6_SHEET: 8, Layout.A7: 6, Layout.A7_SHEET: 6}


def within(pdf: bytes, layout: Layout) -> list[str]:
    """Return the letters that leave the badge they are on, or come nearer to its edge than its margin."""
    width, height = 105, {"a6": 148.5, "a7": 74.25}[layout.value[:2]]
    pad = PADS[layout] - 1.5  # an f may hang over
    outside = []
    for _, letter, (left, top, right, bottom) in letters(pdf):
        column, row = (left + right) / 2 // width, (top + bottom) / 2 // height
        stands = pad <= left - column * width and right - column * width <= width - pad
        if not (stands and pad <= top - row * height and bottom - row * height <= height - pad):
            outside.append(letter)
    return outside


def test_a_badge_says_who_where_from_what_and_which_meetup():
    paper = badges(SPRING, [ADA], layout=Layout.A6)
    assert pages(paper.pdf) == ["Spring Mid-Cycle 2-3 March 2027 Ada Lovelace Analytical Engines Operator"]
    assert paper.incomplete == ()


def test_the_given_name_is_by_far_the_largest():
    assert tallest(badges(SPRING, [ADA], layout=Layout.A6).pdf) > 25
    assert tallest(badges(SPRING, [ADA], layout=Layout.A7).pdf) > 15
    assert tallest(badges(SPRING, [Badge("", "Analytical Engines", "Operator")], layout=Layout.A6).pdf) < 10


@pytest.mark.parametrize("layout", Layout)
def test_a_long_name_is_cut_with_a_hyphen_rather_than_printed_small(layout):
    name = "Wolfeschlegelsteinhausenbergerdorff"
    pdf = badges(SPRING, [Badge(name)], layout=layout).pdf
    assert name in pages(pdf)[0].replace(CUT, "")
    assert tallest(pdf) > 1.4 * tallest(badges(SPRING, [Badge(f"{name}.")], layout=layout).pdf)  # with a sign it stays whole
    assert within(pdf, layout) == []


@pytest.mark.parametrize(
    ("layout", "size", "sheets"),
    [(Layout.A6, (105, 148), 9), (Layout.A7, (105, 74), 9), (Layout.A6_SHEET, (210, 297), 3), (Layout.A7_SHEET, (210, 297), 2)],
)
def test_badges_stand_alone_or_on_sheets_of_a4(layout, size, sheets):
    pdf = badges(SPRING, [ADA] * 9, layout=layout).pdf
    assert (sizes(pdf), len(pages(pdf))) == ({size}, sheets)
    assert sum(page.count("Ada Lovelace") for page in pages(pdf)) == 9


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize(("code", "photos", "role"), list(itertools.product((CODE, ()), (True, False), ("Operator", ""))))
def test_whatever_people_write_stays_on_their_badge_as_they_wrote_it(layout, code, photos, role):
    people = [Badge(text, text, role and text, photos=photos, code=code) for text in HOSTILE]
    pdf = badges(SPRING, people, layout=layout).pdf
    assert within(pdf, layout) == []
    assert (told(pdf)[2], actions(pdf)) == (True, [])
    words = "".join(pages(pdf)).replace(" ", "")
    assert all(part in words for part in ('#eval("1+1")$x^2$', "`raw`@ref<label>//gone/*gone*/", '#read("/common.typ")'))


@settings(max_examples=25)
@given(st.lists(st.builds(Badge, ANY, ANY, ANY), min_size=1, max_size=8), st.sampled_from(Layout))
def test_any_text_is_printed_within_the_standard(people, layout):
    paper = badges(SPRING, people, layout=layout)
    assert told(paper.pdf)[2] is True
    assert within(paper.pdf, layout) == []


def test_no_photos_is_said_in_words_only_where_it_is_so():
    shy, open_to_all = Badge("Bo", photos=False), Badge("Cy")
    for layout in (Layout.A6, Layout.A7):
        first, second = pages(badges(SPRING, [shy, open_to_all], layout=layout).pdf)
        assert ("No photos" in first, "No photos" in second) == (True, False)
    words = BadgeWords("Schilder", "Keine Fotos", "QR-Code")
    assert "Keine Fotos" in pages(badges(SPRING, [shy], layout=Layout.A6, words=words).pdf)[0]


def test_a_role_has_its_colour_and_its_word():
    for number, colour in enumerate(COLOURS):
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        assert contrast((red, green, blue), (255, 255, 255)) >= 7
        pdf = badges(SPRING, [Badge("Bo", "", "Vendor", number)], layout=Layout.A7).pdf
        assert ((red, green, blue) in ink(pdf), "Vendor" in pages(pdf)[0]) == (True, True)
    without = ink(badges(SPRING, [Badge("Bo")], layout=Layout.A7).pdf)
    assert all(red == green == blue for red, green, blue in without)


def test_a_code_is_drawn_with_words_for_those_who_cannot_see_it():
    pdf = badges(SPRING, [Badge("Bo", code=CODE)], layout=Layout.A6, words=BadgeWords(code="Ticket as QR code")).pdf
    assert b"Ticket as QR code".hex().encode() in pdf.lower() or b"(Ticket as QR code)" in pdf


def test_each_name_is_a_bookmark_and_the_document_says_what_it_is():
    pdf = badges(Occasion("Frühjahr", language="de-AT"), [ADA, Badge("张伟"), Badge(" ")], layout=Layout.A6_SHEET).pdf
    assert bookmarks(pdf) == ["Ada Lovelace", "张伟"]
    assert told(pdf) == ("Badges: Frühjahr", "de-AT", True)
    assert told(badges(Occasion("x", language="?"), [ADA], layout=Layout.A7).pdf)[1] == "en"


def test_the_same_names_give_the_same_bytes():
    people = [Badge(text, text, text, code=CODE) for text in HOSTILE]
    assert len({badges(SPRING, people, layout=Layout.A7_SHEET).pdf for _ in range(3)}) == 1


def test_names_with_missing_letters_are_told():
    paper = badges(SPRING, [ADA, Badge("𐤀da"), Badge("Bo", "𐤀 Ltd"), Badge("𐤀da")], layout=Layout.A6)
    assert paper.incomplete == ("𐤀da", "Bo")
    assert line("𐤀da").text in pages(paper.pdf)[1]


@pytest.mark.parametrize("layout", Layout)
def test_badges_of_a_meetup_that_reads_from_the_right_keep_their_places(layout):
    occasion, words = Occasion("اللقاء الربيعي", "2-3 مارس 2027", language="ar"), BadgeWords("بطاقات", "بدون صور", "رمز")
    pdf = badges(
        occasion, [Badge(text, text, "Operator", photos=False, code=CODE) for text in HOSTILE], layout=layout, words=words
    ).pdf
    assert (within(pdf, layout), told(pdf)[1:]) == ([], ("ar", True))


def test_no_badges_cannot_be_printed():
    with pytest.raises(ValueError, match="nobody"):
        badges(SPRING, [], layout=Layout.A6)

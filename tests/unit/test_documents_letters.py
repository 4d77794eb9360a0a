# ruff: noqa: RUF001 - names in many scripts
"""Letters for paper: what is printed, in which direction and face, what is missing, and how names are split and ordered."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.engines.documents.fonts import FOLDERS, covered, fonts_with
from midcycle.engines.documents.letters import LONGEST, UNKNOWN, line
from midcycle.engines.documents.names import EAST_ASIAN, OTHER_SIGNS, called, heading, sort_key

HOSTILE = st.text(st.characters() | st.sampled_from("\u0301\u200d\ufe0f\u202e\x00\n 😀שا張"), max_size=40)


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lovelace",
        "Žofie Ångström Ñuñez Nguyễn Thị Hường",
        "Γιώργος Παπαδόπουλος",
        "Екатерина Їжак",
        "محمد العربي",
        "נועה",
        "张伟 田中 김철수",
        "नमस्ते ไทย ქართული հայերեն አማርኛ",
        "😀 ☃ ✓ € № –",
        "葛\U000e0100城",
        "👨\u200d👩\u200d👧",
        "نستعلیق\u200cها",
    ],
)
def test_the_scripts_people_write_their_names_in_are_printed(text):
    assert (line(text).text, line(text).is_whole) == (unicodedata.normalize("NFC", text), True)


def test_a_letter_no_font_has_is_shown_as_missing_and_told():
    assert (line("𐤀da").text, line("𐤀da").is_whole) == (f"{UNKNOWN}da", False)
    assert (line("\ue000").text, line("\U0010fffe").text) == (UNKNOWN, UNKNOWN)


def test_what_only_causes_harm_is_left_out():
    assert line("  Ada\x00\r\n\u202eByte\u2066 \ud800\ufeff ").text == "Ada Byte"
    tower = "Z" + "\u0300\u0301\u0302\u0303" * 20
    assert len(line(tower).text) < 8
    assert line(tower).is_whole is False
    assert len(line("x" * 10_000).text) == LONGEST


def test_a_mark_whose_letter_is_in_another_font_is_left_out():
    assert (line("A\u093f").text, line("A\u093f").is_whole) == ("A", False)


def test_a_line_runs_as_its_first_letter_does():
    assert [line(text).direction for text in ("Ada שלום", "שלום Ada", "123 محمد", "!?")] == ["ltr", "rtl", "rtl", "ltr"]


def test_chinese_characters_are_drawn_as_the_person_knows_them():
    told = [("骨", ""), ("骨", "ja"), ("骨", "ko-KR"), ("骨", "zh-Hant-TW"), ("骨", "zh-HK"), ("骨", "zh-Hans")]
    assert [line(text, language).face for text, language in told] == ["SC", "JP", "KR", "TC", "HK", "SC"]
    assert [line(text).face for text in ("骨の", "骨 김", "骨ㄅ")] == ["JP", "KR", "TC"]


@given(HOSTILE)
def test_a_line_stays_as_it_is(text):
    once = line(text)
    assert line(once.text).text == once.text
    assert once.text == " ".join(once.text.split())
    assert "\u202e" not in once.text


def test_every_font_says_which_letters_it_has():
    files = sorted(path for folder in FOLDERS for path in folder.iterdir() if path.suffix in {".ttf", ".ttc"})
    spans = {path.name: covered(path) for path in files}
    assert [name for name, found in spans.items() if not found or list(found) != sorted(found)] == []
    assert fonts_with("я") & fonts_with("ω") & fonts_with("ǆ") != frozenset()
    assert [len(fonts_with(letter)) for letter in ("漢", "س", "ก", "\U0001f600", "𐤀")] == [1, 1, 1, 1, 0]


@pytest.mark.parametrize(
    ("name", "split"),
    [
        ("Ada Lovelace", ("Ada", "Lovelace")),
        ("Maria del Carmen Ruiz", ("Maria", "del Carmen Ruiz")),
        ("Lovelace, Ada", ("Ada", "Lovelace")),
        ("von Neumann, John L.", ("John", "L. von Neumann")),
        ("Dr. Ada Lovelace", ("Dr. Ada", "Lovelace")),
        ("J. R. R. Tolkien", ("J. R. R. Tolkien", "")),
        ("Sukarno", ("Sukarno", "")),
        ("山田 太郎", ("山田 太郎", "")),
        ("King, Martin, Jr.", ("King,", "Martin, Jr.")),
        ("Ada,", ("Ada,", "")),
        ("A. B.", ("A. B.", "")),
        ("", ("", "")),
    ],
)
def test_people_are_called_by_their_given_name(name, split):
    assert called(name) == split


@given(HOSTILE)
def test_no_letter_of_a_name_is_lost_when_it_is_split(name):
    given_name, rest = called(name)
    assert sorted((given_name + rest).replace(" ", "").replace(",", "")) == sorted("".join(name.split()).replace(",", ""))


def test_names_stand_in_the_order_people_look_for_them():
    names = ["张伟", "Zoë", "Ángel", "Łucja", "lee", "4chan", "'t Hooft", "Øyvind", "Екатерина", "Ann", "김철수", "محمد", "!"]
    ordered = ["!", "4chan", "Ángel", "Ann", "lee", "Łucja", "Øyvind", "'t Hooft", "Zoë", "Екатерина", "محمد", "张伟", "김철수"]
    assert sorted(names, key=sort_key) == ordered
    assert [heading(name) for name in ordered] == [
        OTHER_SIGNS, OTHER_SIGNS, "A", "A", "L", "L", "O", "T", "Z", "Е", "م", EAST_ASIAN, EAST_ASIAN,
    ]  # fmt: skip


@given(st.lists(HOSTILE, max_size=12))
def test_each_heading_stands_once(names):
    headings = [heading(name) for name in sorted(names, key=sort_key)]
    seen = [one for index, one in enumerate(headings) if index == 0 or headings[index - 1] != one]
    assert len(seen) == len(set(seen))

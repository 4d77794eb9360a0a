"""The past of an export of Etherpad: its revisions, replayed into versions; and what is left out because it is not whole."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.engines.etherpad import Past, Stretch, read
from midcycle.engines.etherpad.past import MOST_VERSIONS

DATA = Path(__file__).parents[1] / "data"
MINUTE = 60_000
START = 1_700_000_000_000
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def digits(value):
    return DIGITS[value] if value < 36 else digits(value // 36) + DIGITS[value % 36]


def units(text):
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def changeset(before, at, gone, new, marks=""):
    """Take characters out of a text and put others in, as Etherpad writes it."""
    head = f"Z:{digits(units(before))}{'>' if units(new) >= gone else '<'}{digits(abs(units(new) - gone))}"
    keep = f"={digits(at)}" if at else ""
    come = f"{marks}+{digits(units(new))}" if new else ""
    return f"{head}{keep}{come}{f'-{digits(gone)}' if gone else ''}${new}"


def export(changesets, text, attribs, pool, *, times=None, saved=(), **more):
    known = {str(number): list(pair) for number, pair in enumerate(pool)}
    times = times or [START + number * 2 * MINUTE for number in range(len(changesets))]
    pad = {
        "atext": {"text": text, "attribs": attribs}, "pool": {"numToAttrib": known},
        "head": len(changesets) - 1, "savedRevisions": list(saved),
    }  # fmt: skip
    revisions = {
        f"pad:x:revs:{number}": {"changeset": one, "meta": {"author": "", "timestamp": at}}
        for number, (one, at) in enumerate(zip(changesets, times, strict=True))
    }
    return json.dumps({"pad:x": pad, **revisions, **more}).encode()


def version(past, at):
    return "".join(one.text for one in past.stretches if one.came <= at and (one.went is None or one.went > at))


# What comes in


def test_each_version_is_there_with_its_time_and_its_authors():
    pool = [("author", "a.1"), ("author", "a.2")]
    steps = [
        changeset("\n", 0, 0, "Hello", "*0"),
        changeset("Hello\n", 5, 0, " you", "*1"),
        changeset("Hello you\n", 0, 6, ""),
    ]
    notes = read(export(steps, "you\n", "*1+3|1+1", pool, **{"globalAuthor:a.1": {"name": "Ada", "colorId": 1}}))
    assert notes.past == Past(
        (
            Stretch("a.1", "Hello", 0, 2),
            Stretch("a.2", " ", 1, 2),
            Stretch("a.2", "you", 1),
            Stretch("", "\n", 0, 2),
        ),
        (START, START + 2 * MINUTE, START + 4 * MINUTE),
    )
    assert {author: known.name for author, known in notes.authors.items()} == {"a.1": "Ada", "a.2": ""}


def test_lists_and_emphasis_become_markdown_in_the_last_version():
    pool = [("author", "a.1"), ("lmkr", "1"), ("list", "bullet1"), ("list", "bullet2"), ("bold", "true")]
    steps = [
        changeset("\n", 0, 0, "one", "*0"),
        "Z:4>1*0*1*2+1$*",
        "Z:5>0*3=1$",
        "Z:5>0=1*4=3$",
    ]
    notes = read(export(steps, "*one\n", "*0*1*3+1*0*4+3|1+1", pool))
    assert notes.text == "  - **one**"
    assert [version(notes.past, at) for at in range(4)] == ["one\n", "- one\n", "  - one\n", "  - **one**"]


def test_what_comes_within_a_minute_is_one_version_and_named_ones_are_kept():
    texts = ["x" * number + "\n" for number in range(11)]
    steps = [changeset("\n", 0, 0, ""), *(changeset(text, 0, 0, "x", "*0") for text in texts[:-1])]
    data = export(
        steps, texts[-1], "*0+a|1+1", [("author", "a")],
        times=[START + number * 1_000 for number in range(11)],
        saved=[{"revNum": 4, "label": " Before\nlunch "}, {"revNum": 99, "label": "x"}, {"revNum": 5}, "x"],
    )  # fmt: skip
    past = read(data).past
    assert past.names == {1: "Before lunch"}
    assert past.times == (START, START + 4_000, START + 10_000)
    assert [version(past, at).strip() for at in range(3)] == ["", "x" * 4, "x" * 10]


def test_a_long_past_has_no_more_versions_than_one_can_look_at():
    amount = 3 * MOST_VERSIONS
    steps = [changeset("x" * number + "\n", 0, 0, "x") for number in range(amount)]
    past = read(export(steps, "x" * amount + "\n", "", [])).past
    assert MOST_VERSIONS // 2 < len(past.times) <= MOST_VERSIONS
    assert version(past, len(past.times) - 1) == "x" * amount


@st.composite
def stories(draw):
    """Revisions with random changes, and what the pad said after each."""
    text, steps, texts = "\n", [], []
    for _ in range(draw(st.integers(1, 12))):
        at = draw(st.integers(0, len(text) - 1))
        gone = draw(st.integers(0, len(text) - 1 - at))
        new = draw(st.text("ab*\né", max_size=6))
        steps.append(changeset(text, at, gone, new, draw(st.sampled_from(["", "*0", "*1", "*1*2"]))))
        text = text[:at] + new + text[at + gone :]
        texts.append(text)
    return steps, texts


@given(stories())
def test_any_story_is_told_as_it_was_and_ends_as_the_text_is_read(story):
    steps, texts = story
    notes = read(export(steps, texts[-1], "", [("author", "a"), ("author", "b"), ("bold", "true")]))
    if len(steps) == 1:
        assert notes.past is None
        return
    versions = [version(notes.past, at) for at in range(len(steps))]
    assert versions == [*texts[:-1], notes.text]


def test_characters_of_two_units_come_and_go_whole():
    steps = [changeset("\n", 0, 0, "😀é"), changeset("😀é\n", 2, 0, "語"), changeset("😀語é\n", 0, 2, "")]
    past = read(export(steps, "語é\n", "|1+3", [])).past
    assert [version(past, at) for at in range(3)] == ["😀é\n", "😀語é\n", "語é"]


def test_a_real_export_comes_in_whole():
    """Of Etherpad 1.8.14, told over its API what to say; only the times of its revisions are two minutes further apart."""
    notes = read((DATA / "of-etherpad-1.8.14-told.etherpad").read_bytes())
    assert notes.text == "Top\n- one\n- **two** ***x***\ntail\nthe end"
    assert [version(notes.past, at) for at in range(8)] == [
        "Agenda\n\n",
        "Agenda\nfirst line 😀\n\n",
        "\n",
        "- one\n- two x\n  - deep\n1. num\nplain it gone\nlast\n\n",
        "Agenda 2\nfirst line 😀😀\nnew\n",
        "\n",
        "Top\n- one\n- two x\ntail\n\n",
        notes.text,
    ]
    assert notes.past.names == {3: "Saved through API call", 6: "Saved through API call"}


def test_a_real_export_says_who_typed_what():
    """Of Etherpad 1.8.14, typed by two people at once; the last revisions are further apart than they were."""
    notes = read((DATA / "of-etherpad-1.8.14-typed.etherpad").read_bytes())
    assert [version(notes.past, at) for at in range(1, 6)] == [
        "# Notes\nHello 😀 world\n",
        "# Notes\nHello 😀 world\nbold words\n",
        "# Notes\nHello 😀 world\nbold brave words\n",
        "Notes\nHello 😀 world\nbold brave words\n",
        "- Notes\nHello 😀 world\n**bold** brave **words**",
    ]
    ada, bo = (next(author for author, one in notes.authors.items() if one.name == name) for name in ("Ada Byte", "Bo é"))
    written = {author: "".join(one.text for one in notes.past.stretches if one.author == author) for author in (ada, bo)}
    assert written == {ada: "Hello 😀 \n**bold** **words**", bo: "- # Notes\nworldbrave "}
    assert {one.name: one.colour for one in notes.authors.values()} == {"Bo é": 0, "Ada Byte": 1}


# What stays behind

WHOLE = [changeset("\n", 0, 0, "a"), changeset("a\n", 1, 0, "b")]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda records: records.pop("pad:x:revs:0"),
        lambda records: records["pad:x"].update(head=2),
        lambda records: records["pad:x"].update(head=10**12),
        lambda records: records["pad:x"].update(head=-1),
        lambda records: records["pad:x"].update(head="1"),
        lambda records: records["pad:x:revs:1"].update(changeset="Z:2>1=1+1$c"),
        lambda records: records["pad:x:revs:1"].update(changeset="Z:9>1=1+1$b"),
        lambda records: records["pad:x:revs:1"].update(changeset="Z:2>1=zzzzzzzz+1$b"),
        lambda records: records["pad:x:revs:1"].update(changeset="Z:2>1+zzzzzzzz$b"),
        lambda records: records["pad:x:revs:1"].update(changeset="nonsense"),
        lambda records: records["pad:x:revs:1"].update(changeset=1),
        lambda records: records["pad:x:revs:1"].update(meta=None),
        lambda records: records["pad:x:revs:1"]["meta"].update(timestamp="then"),
        lambda records: records["pad:x:revs:1"]["meta"].update(timestamp=10**30),
        lambda records: records["pad:x:revs:1"]["meta"].update(timestamp=-5),
    ],
)
def test_a_past_that_is_not_whole_stays_behind_and_the_text_comes_in(spoil):
    records = json.loads(export(WHOLE, "ab\n", "|1+3", []))
    spoil(records)
    notes = read(json.dumps(records).encode())
    assert (notes.text, notes.past) == ("ab", None)


def test_a_clock_that_went_back_makes_no_version_older_than_the_one_before():
    past = read(export(WHOLE, "ab\n", "|1+3", [], times=[START, START - 5 * MINUTE])).past
    assert past.times == (START, START)


def test_a_bomb_of_work_stays_behind():
    text = "x" * 100_000
    steps = [changeset("\n", 0, 0, text), *(["Z:255t>0*0=255s$", "Z:255t>0*1=255s$"] * 200)]
    notes = read(export(steps, text + "\n", "", [("author", "a"), ("author", "b")]))
    assert (len(notes.text), notes.past) == (100_000, None)


def test_more_changes_than_a_history_can_show_stay_behind():
    amount = 70_000
    text = "xy" * (amount // 2)
    marks = "".join(f"*{number % 2}+1" for number in range(amount))
    steps = [changeset("\n", 0, 0, ""), f"Z:1>{digits(amount)}{marks}${text}"]
    notes = read(export(steps, text + "\n", marks, [("author", "a"), ("author", "b")]))
    assert (len(notes.text), notes.past) == (amount, None)


@given(st.lists(st.text("Z:0123z<>=+-*|$ab", max_size=30), min_size=2, max_size=4), st.text("ab\n", max_size=4))
def test_any_revisions_lose_no_text(steps, text):
    assert read(export(steps, text + "\n", "", [("author", "a")])).text == text

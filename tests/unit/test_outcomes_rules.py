"""Lines that stay the same, days in many forms, names nobody is called by without a yes, and files that harm nobody."""

import json
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from midcycle.engines.tables import read, write
from midcycle.outcomes.rules import (
    FILES,
    Item,
    Known,
    TagItem,
    are_alike,
    candidates,
    day_in,
    day_of,
    followed,
    is_link,
    lines_in,
    markdown,
    topic_of,
    without_day,
    words_in,
)

TUESDAY = date(2027, 3, 2)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2027-03-31", date(2027, 3, 31)),
        ("2027/3/31", date(2027, 3, 31)),
        ("31.3.2027", date(2027, 3, 31)),
        ("31.3.27", date(2027, 3, 31)),
        ("31.3.", date(2027, 3, 31)),
        ("1.3.", date(2028, 3, 1)),
        ("31/3/2027", date(2027, 3, 31)),
        ("3/31/2027", date(2027, 3, 31)),
        ("3/4/2027", None),  # half the world reads April
        ("4/4/2027", date(2027, 4, 4)),
        ("31 March", date(2027, 3, 31)),
        ("March 31st, 2027", date(2027, 3, 31)),
        ("the 31st of March", date(2027, 3, 31)),
        ("1 March", date(2028, 3, 1)),
        ("Friday", date(2027, 3, 5)),
        ("next Tuesday", date(2027, 3, 9)),
        ("tomorrow", date(2027, 3, 3)),
        ("next week", date(2027, 3, 9)),
        ("in two weeks", date(2027, 3, 16)),
        ("within 10 days", date(2027, 3, 12)),
        ("in a month", date(2027, 4, 2)),
        ("the end of the month", date(2027, 3, 31)),
        ("end of next month", date(2027, 4, 30)),
        ("end of the week", date(2027, 3, 5)),
        ("end of the year", date(2027, 12, 31)),
        ("end of March", date(2027, 3, 31)),
        ("mid-April", date(2027, 4, 15)),
        ("February", date(2028, 2, 29)),
        ("Q2", date(2027, 6, 30)),
        ("end of Q1 2028", date(2028, 3, 31)),
        ("W12", date(2027, 3, 26)),
        ("2028-W01", date(2028, 1, 7)),
        ("latest Friday, EOD", date(2027, 3, 5)),
        ("31.2.2027", None),
        ("2027-13-01", None),
        ("W54", None),
        ("the next summit", None),
        ("", None),
    ],
)
def test_a_day_is_read_in_many_forms(words, day):
    assert day_in(words, TUESDAY) == day


@given(st.text(max_size=80), st.dates(date(2000, 1, 1), date(2099, 12, 31)))
@example("in 999 months", date(2099, 12, 31))
@example("٣.٣.", TUESDAY)
@example("29.2.", TUESDAY)
@example("31 December", date(2099, 12, 31))
@example("W53", TUESDAY)
def test_whatever_is_typed_is_a_day_of_this_century_or_none(words, seen):
    day = day_in(words, seen)
    assert day is None or date(2000, 1, 1) <= day <= date(2099, 12, 31)


@pytest.mark.parametrize(
    ("said", "what", "day"),
    [
        ("write the guide (due: 2027-03-31)", "write the guide", date(2027, 3, 31)),
        ("write the guide until Friday.", "write the guide", date(2027, 3, 5)),
        ("write the guide, draft in two weeks", "write the guide, draft", date(2027, 3, 16)),
        ("send it to all teams next week", "send it to all teams", date(2027, 3, 9)),
        ("write the guide 2027-03-31", "write the guide", date(2027, 3, 31)),
        ("collect interest until the end of the month ##mtu", "collect interest ##mtu", date(2027, 3, 31)),
        ("stand by Ada", "stand by Ada", None),
        ("2027-03-31", "2027-03-31", None),
    ],
)
def test_a_day_at_the_end_is_no_part_of_what_is_to_be_done(said, what, day):
    assert without_day(said, TUESDAY)[::2] == (what, day)


@given(st.text(max_size=300))
def test_nothing_but_the_end_of_a_line_is_cut_off(said):
    what, words, _ = without_day(said, TUESDAY)
    assert said.startswith(what)
    assert words in said


TEXT = """# Notes
- [ ] Ada: write the guide, by 2027-03-31
- [x] book the room
- [ ] who: what, by when
```
- [ ] Bo: code
```
- [ ] ***
- Bo: no box ##Upgrades and ##upgrades-
"""


def test_lines_and_tags_are_found():
    said = lines_in(TEXT)
    assert [(one.line, one.owner, one.what, one.due, one.is_ticked) for one in said] == [
        (1, "Ada", "write the guide", "2027-03-31", False),
        (2, "", "book the room", "", True),
    ]
    assert day_of(said[0], TUESDAY) == ("write the guide", date(2027, 3, 31))
    assert words_in(TEXT) == ("upgrades",)


def test_what_is_no_day_stays_in_the_words_and_tags_stay_with_them():
    for line, what, day in (
        ("stand by Ada", "stand by Ada", None),
        ("write it, by Friday ##guide", "write it ##guide", date(2027, 3, 5)),
        ("write it by hand until Friday", "write it by hand", date(2027, 3, 5)),
        ("write it by ##guide", "write it ##guide", None),
    ):
        (found,) = lines_in(f"- [ ] {line}")
        assert day_of(found, TUESDAY) == (what, day)


def known(key, what, *, owner="", at=None, held=False, gone=False):
    return Known(key, (1, at) if at is not None else None, owner, what, is_held=held, is_gone=gone)


def said(*lines):
    return lines_in("\n".join(f"- [ ] {line}" for line in lines))


def test_a_line_is_followed_by_its_character():
    before = [known(7, "write the guide", at=0), known(8, "ask Bo", at=50)]
    now = said("ask Bo and Cy about it", "write a much better guide for everybody")
    assert followed(before, {(1, 0): 1, (1, 50): 0}, now) == (8, 7)


def test_words_nobody_stands_for_may_become_others_and_words_somebody_confirmed_may_not():
    now = said("buy cake for the party")
    assert followed([known(7, "write the guide", at=0)], {(1, 0): 0}, now) == (7,)
    assert followed([known(7, "write the guide", at=0, held=True)], {(1, 0): 0}, now) == (None,)
    better = said("write the guide for new operators")
    assert followed([known(7, "write the guide", at=0, held=True)], {(1, 0): 0}, better) == (7,)


def test_a_line_that_was_pasted_or_came_back_is_found_by_its_words():
    before = [known(7, "write the guide", owner="Ada"), known(8, "Ask Bo", gone=True)]
    assert followed(before, {}, said("ask bo", "Ada: Write the guide")) == (8, 7)
    assert followed(before, {}, said("Bo: write the guide")) == (7,)


def test_of_two_lines_that_became_one_the_one_whose_words_it_has_goes_on():
    before = [known(7, "ask Bo", at=0, held=True), known(8, "write the guide", at=50, held=True)]
    assert followed(before, {(1, 0): 0, (1, 50): 0}, said("write the guide now")) == (8,)


LINES = st.lists(st.text("abc ", min_size=1, max_size=6).filter(str.strip), max_size=6)


@given(LINES, LINES, st.lists(st.booleans(), min_size=6, max_size=6), st.permutations(range(6)))
def test_no_key_is_given_twice_and_what_reads_the_same_is_never_new(before, after, held, places):
    rows = [known(key, line.strip(), at=key, held=held[key]) for key, line in enumerate(before)]
    now = said(*after)
    keys = followed(rows, {(1, key): places[key] for key in range(len(rows))}, now)
    given_keys = [key for key in keys if key is not None]
    assert len(given_keys) == len(set(given_keys))
    assert set(given_keys) <= {row.key for row in rows}
    left = {row.what for row in rows if row.key not in given_keys}
    assert [line.what for line, key in zip(now, keys, strict=True) if key is None and line.what in left] == []


@given(LINES)
def test_a_pad_that_was_not_touched_keeps_every_line(lines):
    now = said(*lines)
    rows = [known(key, one.what, at=key, held=True) for key, one in enumerate(now)]
    assert followed(rows, {(1, key): one.line for key, one in enumerate(now)}, now) == tuple(range(len(now)))


def test_a_text_that_was_worked_on_is_told_from_another():
    assert are_alike("wr", "write the guide")
    assert are_alike("wirte guide", "write guide")
    assert are_alike("write the guide", "Ada and Bo write the guide for operators")
    assert not are_alike("ask Bo about storage", "ask Cy about networks")
    assert not are_alike("write the guide", "buy cake")


PEOPLE = [(1, "Ada Byte"), (2, "Bo Packet"), (3, "Leila Bond"), (4, "Leila Cloud"), (5, "Noor")]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Ada Byte", (1,)),
        ("@ada", (1,)),
        ("Leila", (3, 4)),
        ("Leila B.", (3,)),
        ("noor", (5,)),
        ("Byte", ()),
        ("everybody", ()),
        ("Ada Other", ()),
        ("", ()),
    ],
)
def test_who_may_be_meant_by_a_name(name, meant):
    assert candidates(name, PEOPLE) == meant


def test_only_addresses_of_the_web_are_links():
    assert is_link("https://bugs.example.org/1?a=b#c")
    for address in (
        "javascript:alert(1)",
        "https://",
        "//evil.example",
        "https:// evil",
        "data:text/html,x",
        "ftp://x.example",
    ):
        assert not is_link(address)


def item(what, tags=()):
    return Item(
        7, what, "open", date(2027, 3, 31), "Ada Byte", "Nova", "Spring [x]", "Notes", "https://m/7", "https://m/p", tags, ()
    )


@pytest.mark.parametrize("what", ["=cmd|'/c calc'!A1", "/close @everyone", "@ada ping", "[x](javascript:alert(1))", "```"])
@pytest.mark.parametrize("name", sorted(FILES))
def test_hostile_words_are_words_in_every_file(name, what):
    table = FILES[name].table([item(what, ("mtu", "über")), item("plain")])
    csv = write("csv", table).decode("utf-8-sig")
    assert "\n=" not in csv.replace("\r", "")
    assert ",=" not in csv
    assert not csv.splitlines()[1].startswith(("=", "+", "-", "@"))
    assert read(write("csv", table)).rows == table.rows
    (first, _) = (json.loads(line) for line in FILES[name].json_lines([item(what), item("plain")]).splitlines())
    told = first.get("body") or first.get("description")
    if told:
        assert f"```text\n{what}\n```" in told
        assert not first["title"].startswith("/")


def test_gitlab_gets_the_columns_its_import_reads():
    table = FILES["gitlab"].table([item("write the guide")])
    assert table.columns == ("title", "description", "due_date")
    assert table.rows[0][::2] == ("write the guide", "2027-03-31")


def test_the_others_get_the_fields_their_apis_take():
    assert FILES["github"].table([]).columns == ("title", "body", "labels")
    assert FILES["launchpad"].table([]).columns == FILES["storyboard"].table([]).columns == ("title", "description", "tags")
    assert json.loads(FILES["launchpad"].json_lines([item("x y", ("Über_1",))]))["tags"] == ["ber-1"]


def test_markdown_shows_words_as_they_are():
    tags = [TagItem("mtu", "Neutron", (("Notes *1*", "https://m/p"),), ("fixed https://b/1",))]
    text = markdown("Spring", "https://m/", [item("<b>@ada</b> _now_")], tags).decode()
    assert "\\<b\\>@\u2060ada\\</b\\> \\_now\\_" in text
    assert "- \\#\\#mtu for Neutron: [Notes \\*1\\*](https://m/p)\n  - fixed https://b/1\n" in text


def test_a_topic_says_where_it_comes_from():
    assert topic_of("write it", "Spring", "/m/s/outcomes/7/", "Notes [1]") == (
        "write it",
        "Left open at [Spring](/m/s/outcomes/7/), from the notes of “Notes \\[1\\]”.",
    )
    title, details = topic_of("long " * 50, "Spring", "/x", "")
    assert len(title) == 160
    assert details.startswith("long long")

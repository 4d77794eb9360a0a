"""Files of facts about a series: the real one, odd ones, hostile ones."""

from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from midcycle.kernel.refusal import Refusal
from midcycle.series.rules.facts import MOST_BYTES, MOST_EDITIONS, Terms, read_file, read_series, terms_in
from midcycle.site.demo.stories import HERE
from tests.worlds.series import FILE, THREE

SENTENCE = "The region is one of North America, Europe and APAC, chosen to oppose the region of the following summit."


def told(text: str):
    return read_file(text.encode())


def test_the_real_file_is_read_as_it_stands():
    facts = read_file(FILE.read_bytes())
    assert (facts.key, facts.title, len(facts.editions)) == ("openstack-ops-meetups", "Openstack ops meetups", 11)
    assert facts.terms is not None
    assert (facts.terms.regions, facts.terms.opposes_summit, facts.terms.decided_on) == (THREE, True, date(2016, 5, 17))
    assert facts.terms.judged_from == date(2016, 5, 17)
    assert facts.remarks == ("The demands of the rule were read out of its sentence. Look whether they are what it means.",)
    manchester = facts.editions[4]
    assert (manchester.name, manchester.starts_on, manchester.ends_on) == (
        "Manchester 2016",
        date(2016, 2, 15),
        date(2016, 2, 16),
    )
    assert (manchester.attendance, manchester.month_only, manchester.source.count("https://")) == (120, False, 3)
    assert (manchester.summit_city, manchester.summit_region, manchester.summit_on) == (
        "Austin",
        "north-america",
        date(2016, 4, 1),
    )
    assert facts.editions[0].month_only is True


def test_the_file_of_the_demo_has_the_rule_as_data():
    facts = read_file((HERE / "facts" / "openstack-ops-series.yaml").read_bytes())
    assert facts.terms is not None
    assert (facts.terms.regions, facts.terms.opposes_summit, facts.terms.judged_from) == (THREE, True, date(2016, 2, 15))
    assert facts.remarks == ()
    assert facts.editions == read_file(FILE.read_bytes()).editions


@pytest.mark.parametrize(
    ("sentence", "regions", "demands"),
    [
        (SENTENCE, THREE, (True, False)),
        ("Never twice in the same region.", (), (False, True)),
        ("Not where the next summit is, and not in the same region twice.", (), (True, True)),
        ("Spring in Europe", (), (False, False)),
        ("Somewhere nice", (), (False, False)),
    ],
)
def test_a_sentence_is_understood_as_far_as_it_goes(sentence, regions, demands):
    terms = terms_in(sentence)
    assert (terms.regions, (terms.opposes_summit, terms.never_twice)) == (regions, demands)


@pytest.mark.parametrize("rule", ["5", "[europe]", "1.5", "2016-05-17"])
def test_a_rule_that_is_no_sentence_and_no_table_is_left_out_and_told(rule):
    facts = read_file(f"editions: []\nrotation_rule: {rule}\n".encode())
    assert (facts.terms, facts.remarks) == (None, ("The rule is neither a sentence nor a table; it was left out.",))


def test_a_rule_may_be_told_as_data():
    facts = told("""
    rotation_rule: {text: Ours, regions: [europe, Asia-Pacific], constraints: [not-twice-running, another-country, magic],
      least_gap_months: 5, decided: 2024-05-01, judged_from: 2020-01-01, source: X}
    editions: []
    sources: {X: https://example.org/}
    """)
    assert facts.terms == Terms(
        text="Ours",
        regions=(THREE[1], THREE[2]),
        never_twice=True,
        other_country=True,
        least_gap=5,
        decided_on=date(2024, 5, 1),
        judged_from=date(2020, 1, 1),
        source="https://example.org/",
    )
    assert facts.remarks == ("The constraint “magic” is not known; it was left out.",)


def test_what_cannot_be_used_is_left_out_and_told():
    facts = told("""
    editions:
      - {id: a, city: Oslo, start: 2024-13-40, country: Norway, latitude: 91, longitude: 10, attendance: -3}
      - {id: a, city: Bergen}
      - {id: b, start: 2024-05-02, end: 2024-05-01, next_summit: text}
      - Paris
      - [1, 2]
      - {location: {city: Lyon, country: FR}, dates: {month: 2024-06}, size: {attendance: 12}, exception: Floods}
    exceptions: [{edition: b, reason: Snow}, {edition: zzz, reason: None known}]
    """)
    first, second, third, fourth = facts.editions
    assert (first.name, first.starts_on, first.country, first.latitude, first.attendance) == ("Oslo", None, "NO", None, None)
    assert (second.starts_on, second.ends_on, second.excepted) == (date(2024, 5, 2), None, "Snow")
    assert (third.key, third.name) == ("paris", "Paris")
    assert (fourth.name, fourth.key, fourth.month_only, fourth.attendance, fourth.excepted) == (
        "Lyon 2024",
        "lyon-2024",
        True,
        12,
        "Floods",
    )
    assert facts.remarks == (
        "Oslo: “2024-13-40” is no day; it has none now.",
        "b: its last day is before the first, and was left out.",
        "Bergen is there twice, as a; the first was taken.",
        "The exception for zzz is for no edition of this file; it was left out.",
    )


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This is no file of a series. It has to be YAML with a list named midcycles, meetups or editions."),
        (b"[1, 2]", "This is no file of a series. It has to be YAML with a list named midcycles, meetups or editions."),
        (b"name: x", "This is no file of a series. It has to be YAML with a list named midcycles, meetups or editions."),
        (b"\xff\xfe\x00", "This file is not UTF-8 text. Save it as UTF-8."),
        (
            b"schema: midcycle-meetup-facts/1",
            "This file is of the form midcycle-meetup-facts/1. Choose one of midcycle-series-facts/1.",
        ),
        (b"a: &a [*a]", "This file cannot be read: it holds a part that contains itself."),
        (b"editions: [" + b"[" * 60 + b"]" * 61, "This file cannot be read: it is nested more than 50 deep."),
        (b"x" * (MOST_BYTES + 1), "This file is larger than 512 KB. Choose the facts of one series alone."),
        (
            yaml.safe_dump({"editions": [{"id": str(number)} for number in range(MOST_EDITIONS + 1)]}).encode(),
            "There are more than 300 editions in this file. Split it.",
        ),
    ],
)
def test_hostile_files_are_refused_in_a_sentence(data, sentence):
    with pytest.raises(Refusal) as refusal:
        read_file(data)
    assert refusal.value.message == sentence


@pytest.mark.parametrize("data", [b"a: b: c", b"!!python/object/apply:os.system [ls]", b"a: &x 1\nb: *y", b"\x00", b"%%%"])
def test_what_is_not_yaml_or_asks_for_code_is_refused(data):
    with pytest.raises(Refusal, match="This file"):
        read_file(data)


def test_an_alias_that_grows_is_refused():
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    with pytest.raises(Refusal, match="more than 200000 things"):
        told("\n".join(rows))


KEYS = st.sampled_from(["id", "name", "city", "country", "region", "start", "end", "when", "next_summit", "source", "latitude"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.dates() | st.datetimes(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@given(VALUES, st.lists(VALUES | st.dictionaries(KEYS, VALUES, max_size=6), max_size=4), VALUES, VALUES)
def test_facts_of_any_shape_are_read_or_refused(rule, editions, sources, exceptions):
    try:
        facts = read_series({"rotation_rule": rule, "editions": editions, "sources": sources, "exceptions": exceptions})
    except Refusal:
        return
    assert len({past.key for past in facts.editions}) == len(facts.editions)
    assert all(past.name and past.key and len(past.name) <= 160 and len(past.key) <= 60 for past in facts.editions)
    assert all(past.starts_on or not past.ends_on for past in facts.editions)

"""Facts files are read whatever their shape; what is no facts file is refused in one sentence."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.kernel.refusal import Refusal
from midcycle.site.replay.counts import groups
from midcycle.site.replay.ledger import Ledger, Line, leaves, plain
from midcycle.site.replay.people import synthetic_people
from midcycle.site.replay.reading import not_said, pair, read_facts
from midcycle.site.replay.times import clock_time, day_of, month_in_words

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- a list", "holds no facts"),
        ("just text", "holds no facts"),
        ("", "holds no facts"),
        ("a: [1, 2", "is not YAML"),
        ("a: !!python/object/apply:os.system ['true']", "is not YAML"),
        ("schema: other/9", "is of the schema other/9"),
    ],
)
def test_what_is_no_facts_file_is_refused(tmp_path, text, words):
    path = tmp_path / "facts.yaml"
    path.write_text(text)
    with pytest.raises(Refusal, match=words):
        read_facts(path)


def test_a_missing_file_and_a_binary_one_are_refused(tmp_path):
    with pytest.raises(Refusal, match="cannot be read: No such file"):
        read_facts(tmp_path / "none.yaml")
    (tmp_path / "b.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Refusal, match="is not UTF-8"):
        read_facts(tmp_path / "b.yaml")


@given(anything)
def test_no_value_breaks_the_reading(value):
    for read in (clock_time, day_of, groups, month_in_words, pair):
        read(value)
    assert all(isinstance(path, str) for path, _ in leaves({"a": value}))


def test_times_as_yaml_reads_them():
    assert [clock_time(value) for value in ("09:30", "9:30", 690, "14.00", "25:00", "x", None, True)] == [
        time(9, 30),
        time(9, 30),
        time(11, 30),
        time(14, 0),
        None,
        None,
        None,
        None,
    ]


def test_months_and_days():
    assert (month_in_words("2014-03"), day_of("2016-02-15"), day_of(date(2016, 2, 15))) == (
        "March 2014",
        date(2016, 2, 15),
        date(2016, 2, 15),
    )


def test_groups_without_a_total():
    told = {"current": {"rsvp": 254, "attended": 227}, "new": 162, "total": {"rsvp": 364}, "note": "x"}
    assert [(group.name, group.asked, group.came) for group in groups(told)] == [("current", 254, 227), ("new", None, 162)]


def test_every_leaf_ends_as_a_line():
    facts = {"a": 1, "b": {"c": [1, 2]}, "d": [{"id": "x", "e": 3}, {"e": 4}]}
    ledger = Ledger(facts)
    ledger.lived("a", 1, 1)
    ledger.settle("d.x")
    assert list(ledger.unsettled()) == [("b.c", [1, 2]), ("d.2.e", 4)]


def test_a_line_compares_by_value():
    assert Line("x", date(2016, 2, 15), "2016-02-15", "lived").same
    assert not Line("x", 120, 119, "lived").same
    assert plain({1: (time(9, 0),)}) == {"1": ["09:00:00"]}


def test_what_the_file_does_not_say():
    assert not_said({"missing": ["room names"], "name": "X"})[:3] == ["room names", "dates", "location"]
    assert not_said({"missing": ["all slots"]}).count("slots") == 0
    assert not_said({"missing": ["prices"]}, of_a_series=True) == ["prices"]
    assert "name" not in not_said({"name": "X"})


def test_synthetic_people_are_the_same_each_time_and_all_different():
    def crowd():
        people = synthetic_people("x", sectors=["a", "b", "c"], regions=[], not_on_list=0.3)
        return [next(people) for _ in range(400)]

    first = crowd()
    assert first == crowd()
    assert len({person.email for person in first}) == 400
    assert all(person.email.endswith("@example.org") for person in first)
    assert {person.sector for person in first[:3]} == {"a", "b", "c"}

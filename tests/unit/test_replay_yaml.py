"""YAML is read as people mean it, and what would never end is refused before it begins."""

from datetime import date

import pytest

from midcycle.kernel.refusal import Refusal
from midcycle.kernel.yaml_text import MOST_NODES, read_yaml
from midcycle.site.replay.reading import facts_in


def test_norway_is_a_country_and_yes_is_a_key():
    told = read_yaml("location: {country: NO}\non: 2016-02-15\n2016: {yes: 90, no: 10}\nsold_out: true")
    assert told == {
        "location": {"country": "NO"},
        "on": date(2016, 2, 15),
        "2016": {"yes": 90, "no": 10},
        "sold_out": True,
    }


def test_times_stay_as_they_are_written():
    assert read_yaml("[9:30, 0730, 1430, 007, 1_000, 60.0, 1e3]") == ["9:30", "0730", 1430, "007", 1000, 60.0, 1000.0]


def test_a_day_no_calendar_has_is_text_and_a_number_without_end_too():
    assert read_yaml(f"[2016-02-30, {'9' * 40}]") == ["2016-02-30", "9" * 40]


def test_a_merge_keeps_what_the_table_says_itself():
    assert read_yaml("a: &a {x: 1, y: 1}\nb: {<<: *a, y: 2}")["b"] == {"x": 1, "y": 2}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x: &x {y: *x}", "a part that contains itself"),
        ("size: 1\nsize: 2", r"the key size is there twice \(line 2\)"),
        ('name: "\\uD800"', "half a character"),
        ("? [a]\n: b", r"a key is no text \(line 1\)"),
        ("[" * 3000, "nested more than"),
        ("x: " + "[" * 80 + "]" * 80, "nested more than"),
    ],
)
def test_what_cannot_be_understood_is_refused(text, words):
    with pytest.raises(Refusal, match=words):
        facts_in(text)


def test_aliases_count_each_time_they_are_used():
    levels = [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    with pytest.raises(Refusal, match=f"more than {MOST_NODES} things"):
        facts_in("\n".join(["a0: &a0 [x, x, x]", *levels]))

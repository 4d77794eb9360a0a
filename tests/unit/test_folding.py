"""Counts of people by group never give a small group away."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.kernel.folding import Group, fold

GROUPS = st.dictionaries(st.text(max_size=4) | st.just("others"), st.integers(0, 30), max_size=12)


def test_small_groups_go_together() -> None:
    who = {"public cloud": 40, "research": 27, "media": 3, "government": 12, "vendors": 4, "none": 0}
    assert fold(who) == (
        Group("public cloud", 40),
        Group("research", 27),
        Group("government", 12),
        Group("others", 7),
    )


def test_a_small_rest_takes_the_next_smallest_with_it() -> None:
    assert fold({"cloud": 40, "media": 1, "vendors": 2, "research": 8}) == (Group("cloud", 40), Group("others", 11))
    assert fold({"cloud": 40, "media": 3}) == (Group("others", 43),)


def test_groups_of_one_size_are_folded_together() -> None:
    assert fold({"b": 6, "a": 6, "z": 7, "tiny": 1}) == (Group("z", 7), Group("others", 13))


def test_a_sum_that_can_be_taken_apart_takes_the_next_smallest_with_it() -> None:
    # Two groups below 5 that are 8 together can only be 4 and 4; five that are 5 together can only be 1 each.
    assert fold({"a": 4, "b": 4, "c": 9, "d": 20}) == (Group("d", 20), Group("others", 17))
    assert fold(dict.fromkeys("abcde", 1) | {"f": 6, "g": 30}) == (Group("g", 30), Group("others", 11))


def test_too_few_people_are_not_shown_at_all() -> None:
    assert fold({"a": 2, "b": 2}) == ()
    assert fold({}) == ()
    assert fold({"a": 0}) == ()
    assert fold({"a": 3, "b": 2}) == (Group("others", 5),)


def test_a_group_that_is_named_like_the_rest_joins_it() -> None:
    assert fold({"others": 9, "a": 20, "b": 2}) == (Group("a", 20), Group("others", 11))
    assert fold({"autres": 1, "a": 20, "b": 6}, other="autres") == (Group("a", 20), Group("autres", 7))


def test_the_smallest_size_can_be_chosen() -> None:
    assert fold({"a": 9, "b": 10, "c": 25}, smallest=10) == (Group("c", 25), Group("others", 19))
    assert fold({"a": 1}, smallest=1) == (Group("a", 1),)


def test_fewer_than_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^A group cannot have fewer than 0 people\.$"):
        fold({"a": -1, "b": 9})


@given(GROUPS, st.integers(1, 12))
def test_nothing_shown_is_small_and_nobody_is_lost(groups: dict[str, int], smallest: int) -> None:
    found = fold(groups, smallest)
    assert [group for group in found if group.count < smallest] == []
    assert len({group.label for group in found}) == len(found)
    total = sum(groups.values())
    assert sum(group.count for group in found) == (total if found else 0)
    named = [group for group in found if group.label != "others"]
    assert [groups[group.label] for group in named] == [group.count for group in named]
    hidden = total - sum(group.count for group in named)
    assert (hidden == 0 or hidden >= smallest or not found, hidden) == (True, hidden)
    if not found:
        assert [count for count in groups.values() if count >= smallest] == []


@given(GROUPS, st.randoms(use_true_random=False))
def test_the_order_of_the_groups_changes_nothing(groups: dict[str, int], chance: st.DataObject) -> None:
    turned = list(groups.items())
    chance.shuffle(turned)  # type: ignore[attr-defined]
    assert fold(dict(turned)) == fold(groups)


@pytest.mark.parametrize(("labels", "largest", "smallest"), [("abc", 9, 5), ("abcd", 6, 3), ("abcde", 4, 3)])
def test_nobody_who_knows_the_rule_can_work_out_a_small_group(labels: str, largest: int, smallest: int) -> None:
    # For every meetup with groups of these sizes: what do the shown groups, the total and the knowledge of which
    # groups are empty leave possible for the others?
    possible: dict[object, list[dict[str, int]]] = defaultdict(list)
    for counts in product(range(largest + 1), repeat=len(labels)):
        groups = dict(zip(labels, counts, strict=True))
        found = fold(groups, smallest)
        if len(found) > 1:
            possible[found, sum(counts), tuple(map(bool, counts))].append(groups)
    given_away = [
        (told, label)
        for told, candidates in possible.items()
        for label in labels
        if {each[label] for each in candidates} in [{count} for count in range(1, smallest)]
    ]
    assert given_away == []

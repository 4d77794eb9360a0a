"""What a table of two things shows gives no small count away, also to somebody who adds up everything there is."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from midcycle.kernel.flows import Flow, Flows, fold_flows
from midcycle.kernel.folding import Group, fold

OTHERS = ("in other ways", "Others")
TABLES = st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=1, max_size=3)


def folded(rows: Sequence[Sequence[int]]) -> Flows:
    return fold_flows(counted(rows), others=OTHERS)


def counted(rows: Sequence[Sequence[int]]) -> dict[tuple[str, str], int]:
    return {(f"from {i}", f"to {j}"): people for i, row in enumerate(rows) for j, people in enumerate(row)}


def test_large_flows_are_shown_as_they_are():
    shown = folded([[10, 6], [7, 5]])
    assert shown == Flows(
        (Group("from 0", 16), Group("from 1", 12)),
        (Group("to 0", 17), Group("to 1", 11)),
        tuple(Flow(f"from {i}", f"to {j}", people) for i, j, people in ((0, 0, 10), (0, 1, 6), (1, 0, 7), (1, 1, 5))),
    )


def test_a_small_flow_takes_others_with_it_that_would_give_it_away():
    """With one cell of two rows and columns hidden, its row and its column would each tell it."""
    assert folded([[10, 2], [7, 15]]).shown == ()
    assert [group.count for group in folded([[10, 2], [7, 15]]).origins] == [22, 12]


def test_too_few_people_are_not_shown_at_all():
    assert (folded([[2, 1]]), folded([]), folded([[0, 0]])) == (Flows(), Flows(), Flows())


def test_flows_that_could_only_be_fours_are_folded_away():
    """Eight people in two small cells are four and four: whoever knows the rule would know."""
    shown = folded([[4, 4], [4, 4]])
    assert shown.origins == (Group("in other ways", 16),)
    assert shown.shown == (Flow("in other ways", "to 0", 8), Flow("in other ways", "to 1", 8))


def test_counts_below_nothing_are_refused():
    with pytest.raises(ValueError, match="fewer than 0"):
        folded([[-1, 9]])


@given(TABLES)
@example([[5, 1, 0], [0, 5, 1], [1, 0, 5]])
@example([[4, 4, 9], [9, 9, 9], [9, 9, 9]])
def test_nobody_can_work_out_a_small_flow(rows: list[list[int]]):
    """Every table that fits what is shown is tried: some of them have five or more where a small count is hidden."""
    flows = folded(rows)
    real = merged(rows, flows)
    shown = {(flow.origin, flow.goal): flow.count for flow in flows.shown}
    assert all(real[ends] == people >= 5 for ends, people in shown.items())
    small = {ends for ends, people in real.items() if 0 < people < 5}
    could, knowing = Counter[tuple[str, str]](), {ends: set[int]() for ends in small}
    for table in tables(flows, shown):
        could.update(ends for ends in small if table[ends] >= 5)
        if all(table[ends] < 5 for ends in table if real[ends] < 5):
            for ends in small:
                knowing[ends].add(table[ends])
    assert set(could) == small
    assert {ends for ends in small if len(knowing[ends]) > 1} == small


@given(TABLES)
def test_everybody_is_in_a_group_of_each_side_and_goals_are_folded_as_everywhere(rows: list[list[int]]):
    flows, people = folded(rows), sum(map(sum, rows))
    sides = Counter[str]()
    for (_, goal), count in counted(rows).items():
        sides[goal] += count
    assert flows.goals == fold(sides, other=OTHERS[1])
    for side in (flows.origins, flows.goals):
        assert sum(group.count for group in side) in ({people} if people >= 5 else {0})
        assert all(group.count >= 5 for group in side)


def merged(rows: Sequence[Sequence[int]], flows: Flows) -> Counter[tuple[str, str]]:
    origins, goals = ({group.label for group in side} for side in (flows.origins, flows.goals))
    found = Counter({(group.label, goal.label): 0 for group in flows.origins for goal in flows.goals})
    if found:
        for (origin, goal), people in counted(rows).items():
            found[origin if origin in origins else OTHERS[0], goal if goal in goals else OTHERS[1]] += people
    return Counter({ends: people for ends, people in found.items() if ends[0] in origins and ends[1] in goals}) | Counter()


def tables(flows: Flows, shown: dict[tuple[str, str], int]) -> Iterator[dict[tuple[str, str], int]]:
    """Return every table with these sums and these cells."""
    goals = [goal.label for goal in flows.goals]
    each_row = []
    for origin in flows.origins:
        fixed = [shown.get((origin.label, goal)) for goal in goals]
        most = [goal.count for goal in flows.goals]
        each_row.append(list(splits(origin.count, fixed, most)))
    for rows in combined(each_row, [goal.count for goal in flows.goals]):
        cells = product(flows.origins, goals)
        yield {
            (origin.label, goal): people for (origin, goal), people in zip(cells, (p for row in rows for p in row), strict=True)
        }


def splits(whole: int, fixed: list[int | None], most: list[int]) -> Iterator[tuple[int, ...]]:
    if not fixed:
        if whole == 0:
            yield ()
        return
    choices = range(min(whole, most[0]) + 1) if fixed[0] is None else [fixed[0]]
    for people in choices:
        if people <= whole:
            yield from ((people, *rest) for rest in splits(whole - people, fixed[1:], most[1:]))


def combined(each_row: list[list[tuple[int, ...]]], left: list[int]) -> Iterator[tuple[tuple[int, ...], ...]]:
    if not each_row:
        if not any(left):
            yield ()
        return
    if len(each_row) == 1:
        if tuple(left) in set(each_row[0]):
            yield (tuple(left),)
        return
    for row in each_row[0]:
        rest = [have - take for have, take in zip(left, row, strict=True)]
        if min(rest, default=0) >= 0:
            yield from ((row, *others) for others in combined(each_row[1:], rest))

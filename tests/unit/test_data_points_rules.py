"""Published data points never tell of one to four people, whatever is subtracted from what, in one round or in two."""

import json
from itertools import combinations
from pathlib import Path

import jsonschema
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import midcycle.report
from midcycle.report.rules.datapoints import BY_KEY, DEFINITIONS, Measured, Round, publishable
from midcycle.report.rules.document import MOST_BYTES, Refused, read_document, schema, schema_text
from midcycle.report.rules.guard import Crowd, chosen

PATH = {"asked": ("", ""), "seated": ("asked", "path"), "waiting": ("asked", "path"), "comes": ("seated", "path")}
PATH |= {"came": ("comes", "path"), "stayed_away": ("seated", "away"), "compared": ("seated", "compared")}
PATH |= {f"role:{name}": ("came", "roles") for name in "abc"}
PATH |= {"said": ("came", "said"), "said:yes": ("said", ""), "answered": ("comes", "answered"), "q": ("answered", "q")}
PATH |= {"q:part": ("q", "")}


@st.composite
def worlds(draw):
    """Crowds of real people: each person is drawn, or not, into every crowd within one they are in."""
    people = draw(st.integers(0, 40))
    sets = {"": set(range(people)), "asked": set(range(people))}
    for name, (whole, family) in list(PATH.items())[1:]:
        taken = set().union(
            *(sets[other] for other, place in PATH.items() if other in sets and family and place == (whole, family))
        )
        left = sorted(sets[whole] - taken)
        most = draw(st.sampled_from([len(left), max(0, len(left) - 2), max(0, len(left) - 6), len(left) // 2, 3, 0]))
        sets[name] = set(left[:most])
    return sets


def crowds_of(sets):
    return {name: Crowd(name, len(sets[name]), *place) for name, place in PATH.items()}


def line_of(name):
    """A crowd and those it lies within, as everybody knows them."""
    line = [name]
    while PATH[line[-1]][0]:
        line.append(PATH[line[-1]][0])
    return line


def apart(one, other):
    """Whether everybody knows that two crowds share nobody: where their lines part, they are of one family."""
    first, second = line_of(one)[::-1], line_of(other)[::-1]
    for left, right in zip(first, second, strict=False):
        if left != right:
            return PATH[left] == PATH[right] and PATH[left][1] != ""
    return False


def attack(told):
    """Yield every number of people that can be worked out of told crowds by subtracting from one what lies within it."""
    for name, people in told.items():
        yield people
        within = [other for other in told if other != name and name in line_of(other)]
        for size in range(1, min(4, len(within)) + 1):
            for some in combinations(within, size):
                if all(apart(*pair) for pair in combinations(some, 2)):
                    yield people - sum(told[each] for each in some)


@given(worlds(), st.permutations(list(PATH)))
def test_nothing_small_is_worked_out_of_what_is_told_together(sets, order):
    structure = crowds_of(sets)
    _, told = chosen([(name, (structure[name],)) for name in order], structure)
    found = list(attack({name: crowd.people for name, crowd in told.items()}))
    assert [people for people in found if 1 <= people <= 4] == []


@given(worlds(), worlds(), st.permutations(list(PATH)))
def test_nor_of_two_rounds_with_other_people_between(first, second, order):
    """The second round adds only what was not told; what was told stays as it was, and the rest must fit to that."""
    before, after = crowds_of(first), crowds_of(second)
    half = order[: len(order) // 2]
    _, told = chosen([(name, (before[name],)) for name in half], before)
    _, both = chosen([(name, (after[name],)) for name in order if name not in half], after, told.values())
    assert {name: both[name] for name in told} == told
    found = list(attack({name: crowd.people for name, crowd in both.items()}))
    assert [people for people in found if 1 <= people <= 4 or people < 0] == []


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
@example(20, 18, 9)
def test_what_two_shares_of_one_crowd_have_in_common_may_always_be_five_or_more(whole, one, other):
    one, other = min(one, whole), min(other, whole)
    structure = {"w": Crowd("w", whole), "a": Crowd("a", one, "w"), "b": Crowd("b", other, "w")}
    _, told = chosen([(name, (structure[name],)) for name in structure], structure)
    if len(told) == 3:
        sides = [(a, b) for a in (one, whole - one) for b in (other, whole - other)]
        assert [pair for pair in sides if 1 <= min(pair) <= 4] == []


def test_a_margin_that_gives_another_away_is_withheld():
    structure = crowds_of({name: set(range(30)) for name in PATH})
    structure |= {"seated": Crowd("seated", 28, "asked", "path"), "waiting": Crowd("waiting", 0, "asked", "path")}
    keys, _ = chosen([("asked", (structure["asked"],)), ("seated", (structure["seated"],))], structure)
    assert keys == {"asked"}


def test_what_was_published_never_changes_and_what_was_unknown_is_added_once():
    came, more = Crowd("came", 20), Crowd("came", 21)
    first = publishable([Measured("came", 20, crowds=(came,))], [came], Round(), "2027-03-10")
    second = publishable(
        [Measured("came", 21, crowds=(more,)), Measured("pads", 7), Measured("topics", 0)], [more], first, "2027-04-10"
    )
    told = {point["key"]: (point["state"], point["value"], point["since"]) for point in second.points}
    assert told["came"] == ("told", 20, "2027-03-10")
    assert (told["pads"], told["topics"]) == (("told", 7, "2027-04-10"), ("told", 0, "2027-04-10"))
    assert told["waiting"] == ("unknown", None, "2027-04-10")
    third = publishable([Measured("pads", 8)], [], second, "2027-05-10")
    assert {point["key"]: point["value"] for point in third.points}["pads"] == 7


def test_what_is_withheld_has_no_value_and_stays_so():
    few, many = Crowd("came", 3), Crowd("came", 30)
    first = publishable([Measured("came", 3, crowds=(few,))], [few], Round(), "2027-03-10")
    second = publishable([Measured("came", 30, crowds=(many,))], [many], first, "2027-03-11")
    for found in (first, second):
        point = next(point for point in found.points if point["key"] == "came")
        assert (point["state"], point["value"], point["part"], point["n"], point["groups"]) == (
            "withheld",
            None,
            None,
            None,
            [],
        )


def document(**more):
    point = {"key": "came", "state": "told", "unit": "people", "value": 120, "part": None, "n": None, "groups": []}
    point |= {"currency": "", "version": 1, "since": "2027-03-10"}
    meetup = {"title": "Elsewhere", "address": "https://other.example/m/x/", "starts_on": "2026-02-15", "ends_on": None}
    meetup |= {"city": "Manchester", "country": "GB", "series": ""}
    return {"format": "midcycle-data-points/1", "meetup": meetup, "smallest": 5, "points": [point]} | more


def saying(**more):
    """A file whose only point says something else."""
    return json.dumps(document(points=[document()["points"][0] | more])).encode()


def test_the_schema_is_shipped_as_it_is_made_and_says_what_we_read():
    shipped = Path(midcycle.report.__file__).parent / "schemas" / "data-points-1.json"
    assert shipped.read_text(encoding="utf-8") == schema_text()
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(document(), schema())
    assert read_document(json.dumps(document()).encode())["points"][0]["value"] == 120
    for told in (saying(key="cost", unit="minor", currency="EUR"), saying(key="no_show_share", unit="share", part=1, n=8)):
        assert read_document(told)["points"][0]["state"] == "told"


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\xff", b"[]", b"{}", b"x" * (MOST_BYTES + 1), b"[" * 100_000, json.dumps(document(more=1)).encode(),
        json.dumps(document(format="midcycle-data-points/2")).encode(), json.dumps(document(smallest=1)).encode(),
        json.dumps(document(points=[*document()["points"], *document()["points"]])).encode(),
        json.dumps(document(meetup=document()["meetup"] | {"address": "javascript:alert(1)"})).encode(),
        json.dumps(document(meetup=document()["meetup"] | {"starts_on": "2026-02-31"})).encode(),
        json.dumps(document(points=[document()["points"][0] | {"value": "120"}])).encode(),
        json.dumps(document(points=[document()["points"][0] | {"state": "withheld"}])).encode(),
        json.dumps(document()).replace("120", "NaN").encode(),
        json.dumps(document(meetup=document()["meetup"] | {"title": "a\x00b"})).encode(),
        saying(value=None), saying(value=-5), saying(unit="minor", currency="EUR"),
        saying(key="cost", unit="minor"), saying(key="cost", unit="minor", currency="XXX"),
        saying(key="no_show_share", unit="share"), saying(key="no_show_share", unit="share", part=9, n=3),
        saying(key="no_show_share", unit="share", part=0, n=0), saying(key="no_show_share", unit="share", part=9),
        saying(key="roles", unit="groups", value=None),
    ],
)  # fmt: skip
def test_what_is_no_such_file_is_refused_with_a_reason(content):
    with pytest.raises(Refused) as refused:
        read_document(content)
    assert str(refused.value)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content):
    with pytest.raises(Refused):
        read_document(content)


def test_each_point_has_its_own_key_and_a_meaning():
    assert len(BY_KEY) == len(DEFINITIONS)
    assert all((one.title and one.meaning.endswith("."), one.version >= 1) == (True, True) for one in DEFINITIONS)

"""The rule of rotation, held against what happened."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.series.rules.facts import edition_of, read_file, rule_in
from midcycle.series.rules.regions import usual
from midcycle.series.rules.rotation import Edition, Rule, Summit, Verdict, in_words, judge, rule_for, since_in_words, tally
from tests.worlds.series import FILE, THREE

AMERICA, EUROPE = "north-america", "europe"
RULE = Rule(1, THREE, opposes_summit=True)
FIVE = ["manchester-2016", "new-york-2016", "milan-2017", "mexico-city-2017", "tokyo-2018"]


def oslo(**facts: object) -> Edition:
    known = {"region": EUROPE, "country": "NO", "starts_on": date(2025, 3, 4), "summit": Summit("Denver", AMERICA)}
    return Edition("oslo", "Oslo 2025", **{**known, **facts})


def bergen(**facts: object) -> Edition:
    return replace(oslo(starts_on=date(2025, 9, 2), **facts), key="bergen", name="Bergen 2025")


def real(judged_from: date | None = date(2016, 2, 15)) -> dict[str, Verdict]:
    """Return the verdicts on the series of the OpenStack operators' meetups."""
    facts = read_file(FILE.read_bytes())
    assert facts.terms is not None
    rule = replace(rule_in(facts.terms), judged_from=judged_from)
    return judge([edition_of(past) for past in facts.editions], [rule])


def test_the_real_series_keeps_its_rule_five_times_and_philadelphia_is_flagged():
    verdicts = real()
    assert [key for key, verdict in verdicts.items() if verdict.state == "kept"] == FIVE
    assert [key for key, verdict in verdicts.items() if verdict.state == "broken"] == []
    philadelphia = verdicts["philadelphia-2015"]
    assert (philadelphia.state, philadelphia.would, philadelphia.name) == ("before", False, "Before the rule, against it")
    assert philadelphia.sentence == (
        "It took place before the rule, and would have broken it. "
        "The summit in Vancouver in May 2015 was in North America as well."
    )
    assert tally(list(verdicts.values())) == (
        "5 of 5 editions that the rule judges kept it. 1 of them took place before it was decided. "
        "4 editions took place before the rule: 1 would have kept it and 1 would have broken it. "
        "2 editions not judged, for want of facts."
    )


def test_what_took_place_before_the_decision_is_judged_in_hindsight_and_says_so():
    verdicts = real()
    assert [key for key in FIVE if verdicts[key].in_hindsight] == ["manchester-2016"]
    assert verdicts["manchester-2016"].sentence.endswith("Judged in hindsight: the rule was decided on 17 May 2016.")


def test_judged_from_its_decision_on_the_rule_has_four_and_manchester_would_have_kept_it():
    verdicts = real(judged_from=date(2016, 5, 17))
    assert [key for key, verdict in verdicts.items() if verdict.state == "kept"] == FIVE[1:]
    assert [verdicts[key].would for key in FIVE] == [True] * 5
    assert verdicts["manchester-2016"].state == "before"


@pytest.mark.parametrize(
    ("edition", "state", "sentence"),
    [
        (oslo(), "kept", "The summit in Denver was in North America, this in Europe."),
        (oslo(is_over=False), "kept", "The summit in Denver is in North America, this in Europe."),
        (oslo(summit=Summit("Lyon", EUROPE)), "broken", "The summit in Lyon was in Europe as well."),
        (oslo(summit=Summit()), "unknown", "Nobody has said in which region the summit after it was."),
        (oslo(region="", country=""), "unknown", "Its region is not known."),
        (oslo(region="africa", country="KE"), "broken", "Kenya is not one of the regions of the rule."),
        (oslo(region="africa", country=""), "broken", "Africa is not one of the regions of the rule."),
        (oslo(region="asia", country="JP"), "kept", "The summit in Denver was in North America, this in Asia-Pacific."),
        (oslo(excepted="The ferry sank."), "excepted", "An exception: The ferry sank."),
    ],
)
def test_each_edition_is_judged_in_a_sentence(edition, state, sentence):
    verdict = judge([edition], [RULE])["oslo"]
    assert (verdict.state, verdict.sentence) == (state, sentence)


def test_an_exception_still_says_how_it_would_have_done():
    broken = oslo(summit=Summit("Lyon", EUROPE), excepted="The ferry sank.")
    assert [judge([each], [RULE])["oslo"].would for each in (broken, oslo(excepted="x"))] == [False, True]


def test_two_editions_running_are_compared():
    rule = Rule(1, (), never_twice=True, other_country=True, least_gap=7)
    verdict = judge([bergen(), oslo()], [rule])["bergen"]
    assert verdict.state == "broken"
    assert verdict.sentence == (
        "The edition before it, Oslo 2025, was in Europe as well. The edition before it, Oslo 2025, was in Norway as well. "
        "It began 5 months after the edition before it; the rule asks for 7."
    )
    fine = bergen(region="asia", country="JP")
    assert judge([oslo(), fine], [replace(rule, least_gap=5)])["bergen"].state == "kept"


def test_the_first_edition_of_all_cannot_repeat_any():
    assert judge([oslo()], [Rule(1, THREE, never_twice=True)])["oslo"].state == "kept"


def test_regions_of_countries_need_a_country():
    north = Rule(1, (replace(usual("north"), parts=("NO", "SE")), replace(usual("west"), parts=("IE",))), opposes_summit=True)
    lyon, dublin = Summit("Lyon", EUROPE), Summit("Dublin", EUROPE, country="IE")
    assert judge([oslo(country="", summit=dublin)], [north])["oslo"].sentence.startswith("Its country is not known")
    assert judge([oslo(summit=dublin)], [north])["oslo"].state == "kept"
    rough = judge([oslo(summit=lyon)], [north])["oslo"]
    assert (rough.state, rough.sentence) == ("unknown", "Of the summit after it only Europe is known; say its country.")
    assert judge([oslo(summit=Summit("Denver", AMERICA))], [north])["oslo"].state == "kept"


def test_each_edition_is_judged_by_the_version_of_its_day():
    first = Rule(1, never_twice=True, judged_from=date(2020, 1, 1))
    second = replace(RULE, number=2, judged_from=date(2025, 6, 1))
    assert [rule_for(day, [first, second]) for day in (date(2019, 1, 1), date(2025, 3, 4), date(2025, 9, 2), None)] == [
        None,
        first,
        second,
        second,
    ]
    mended = replace(first, number=3)
    assert rule_for(date(2025, 9, 2), [first, second, mended]) == mended


def test_without_a_rule_nothing_is_judged():
    assert judge([oslo()], [])["oslo"] == Verdict("unknown", "This series has no rule yet.")
    assert tally([]) == ""


def test_a_rule_is_told_in_sentences():
    rule = Rule(1, THREE, opposes_summit=True, never_twice=True, other_country=True, least_gap=6)
    assert in_words(rule) == (
        "Each edition is in one of these regions: North America, Europe, Asia-Pacific.",
        "It is not in the region of the summit that follows it.",
        "It is not in the region of the edition before it.",
        "It is not in the country of the edition before it.",
        "At least 6 months lie between two editions.",
    )
    decided = replace(rule, decided_on=date(2016, 5, 17))
    assert since_in_words(decided) == "Decided on 17 May 2016. Every edition is held against it."
    assert since_in_words(replace(decided, judged_from=date(2016, 2, 15))) == (
        "Decided on 17 May 2016. Editions from 15 February 2016 on are held against it: "
        "those before the decision in hindsight, and marked so."
    )
    assert since_in_words(Rule(1)) == "Every edition is held against it."


DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))
WORDS = st.sampled_from(["", "europe", "asia", "apac", "north-america", "africa", "x"])
EDITIONS = st.lists(
    st.builds(
        Edition,
        st.integers(0, 99).map(str),
        st.just("Somewhere"),
        WORDS,
        st.none() | DAYS,
        summit=st.builds(Summit, st.just("Denver"), WORDS, st.none() | DAYS),
        excepted=st.sampled_from(["", "Why."]),
        country=st.sampled_from(["", "NO", "JP"]),
    ),
    max_size=8,
    unique_by=lambda edition: edition.key,
)
RULES = st.lists(
    st.builds(
        Rule,
        st.integers(1, 9),
        st.sampled_from([(), THREE]),
        st.booleans(),
        st.booleans(),
        st.booleans(),
        st.none() | st.integers(1, 24),
        st.none() | DAYS,
        st.none() | DAYS,
    ),
    max_size=3,
    unique_by=lambda rule: rule.number,
)


@given(EDITIONS, RULES)
def test_every_edition_gets_one_verdict_with_a_sentence(editions, rules):
    verdicts = judge(editions, rules)
    assert verdicts.keys() == {edition.key for edition in editions}
    for edition in editions:
        verdict = verdicts[edition.key]
        assert verdict.state not in {"kept", "broken"} or verdict.would is (verdict.state == "kept")
        assert verdict.state in {"kept", "broken"} or not verdict.in_hindsight
        assert bool(edition.excepted) or verdict.state != "excepted"
        assert verdict.state == "kept" or verdict.sentence or not rule_for(edition.starts_on, rules)

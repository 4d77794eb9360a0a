"""The lottery: a fair order that anyone can find again."""

import hashlib
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from midcycle.registration.rules import draw

codes = st.sets(st.text("0123456789abcdef", min_size=12, max_size=12), max_size=20)
seeds = st.binary(min_size=32, max_size=32).map(bytes.hex)


@given(seeds, codes)
def test_the_order_follows_from_seed_and_codes_alone(seed, chosen):
    order = draw.drawn(seed, sorted(chosen))
    assert sorted(order) == sorted(chosen)
    assert order == draw.drawn(seed, sorted(chosen, reverse=True))


@given(seeds, codes)
def test_who_leaves_changes_nothing_among_the_others(seed, chosen):
    order = draw.drawn(seed, chosen)
    for gone in order[:3]:
        assert draw.drawn(seed, chosen - {gone}) == [code for code in order if code != gone]


def test_the_seed_is_promised_before_it_is_told():
    assert draw.commitment("ab" * 32) == hashlib.sha256(("ab" * 32).encode()).hexdigest()


def test_a_code_tells_nothing_and_is_the_same_each_time():
    assert draw.code_of("secret") == draw.code_of("secret") == "bfced2042513"
    assert draw.code_of("secret") != draw.code_of("secreT")


def test_everybody_is_first_about_as_often():
    chosen = [draw.code_of(str(number)) for number in range(5)]
    first = Counter(draw.drawn(f"{seed:064x}", chosen)[0] for seed in range(5000))
    assert all(880 <= first[code] <= 1120 for code in chosen)  # 4 sigma

"""A fee comes to the same amount with its VAT told apart, or is refused with those that do."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as some

from midcycle.engines.invoices import Line, sums_of
from midcycle.invoicing.rules.fees import Split, due_on, nearest, price_of, split

RATES = some.integers(0, 9_999)
AMOUNTS = some.integers(1, 10**9)


@given(AMOUNTS, RATES)
def test_what_is_split_is_what_an_invoice_comes_to(gross, rate):
    parts = split(gross, rate)
    if parts is None:
        below, above = nearest(gross, rate)
        assert below < gross < above
        parts, gross = split(above, rate), above
    sums = sums_of((Line("Attendance", 1_000, parts.net, "S" if rate else "Z", rate),))
    assert (sums.net, sums.tax, sums.gross) == (parts.net, parts.tax, gross)


@given(some.integers(0, 10**9), RATES)
def test_every_net_amount_is_found_again(net, rate):
    tax = (net * rate + 5_000) // 10_000
    parts = split(net + tax, rate)
    assert parts is not None
    assert parts.net + parts.tax == net + tax


def test_the_amounts_people_ask_about():
    assert split(5_950, 1_900) == Split(5_000, 950)
    assert split(4_500, 1_900) is None
    assert nearest(4_500, 1_900) == (4_499, 4_501)
    assert split(4_500, 0) == Split(4_500, 0)


def test_who_comes_late_has_seven_days():
    assert due_on(date(2027, 2, 1), date(2027, 1, 10)) == date(2027, 2, 1)
    assert due_on(date(2027, 2, 1), date(2027, 1, 30)) == date(2027, 2, 6)


def test_only_what_is_offered_has_a_price():
    kinds = ("standard", "reduced", "free", "x")
    assert [price_of(kind, 4_500, None, may_be_free=False) for kind in kinds] == [4_500, None, None, None]
    assert price_of("free", 4_500, 2_000, may_be_free=True) == 0

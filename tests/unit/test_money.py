"""Amounts are whole minor units, read as people of many countries write them."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from midcycle.kernel.languages import INTERFACE
from midcycle.kernel.money import CURRENCIES, MOST, NotAnAmountError, amount_in_digits, amount_in_words, manner_of, parse_amount

AMOUNTS = st.integers(-MOST, MOST)
NAMES = st.sampled_from(sorted(CURRENCIES))


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("1234", "EUR", 123400),
        ("1,234.50", "EUR", 123450),
        ("1.234,50", "EUR", 123450),
        ("1 234,5", "EUR", 123450),
        ("1\u202f234,50", "EUR", 123450),
        ("1'234.50", "CHF", 123450),
        ("1\u2019234", "CHF", 123400),
        ("1,234", "EUR", 123400),
        ("1.234", "EUR", 123400),
        ("1.234.567", "EUR", 123456700),
        ("0,05", "EUR", 5),
        ("007", "EUR", 700),
        ("-12", "JPY", -12),
        ("\u221212,00", "GBP", -1200),
        ("12 000", "JPY", 12000),
        ("1.500", "JPY", 1500),
        ("1,234.567", "KWD", 1234567),
        ("1.2", "KWD", 1200),
        ("1.234", "KWD", 1234),
    ],
)
def test_amounts_are_read_as_people_write_them(typed: str, currency: str, minor: int) -> None:
    assert parse_amount(typed, currency) == minor


@pytest.mark.parametrize(
    ("typed", "currency", "told"),
    [
        ("", "EUR", "Type an amount such as 1,234.50."),
        ("ten", "EUR", "Type an amount such as 1,234.50."),
        ("1e9", "EUR", "Type an amount such as 1,234.50."),
        ("NaN", "EUR", "Type an amount such as 1,234.50."),
        ("1.2.3", "EUR", "Type an amount such as 1,234.50."),
        ("1,23,456.00", "EUR", "Type an amount such as 1,234.50."),
        ("1.234.50", "EUR", "Type an amount such as 1,234.50."),
        ("1'2", "CHF", "Type an amount such as 1,234.50."),
        ("\u0661\u0662", "EUR", "Type an amount such as 1,234.50."),
        ("5" * 41, "EUR", "Type an amount such as 1,234.50."),
        ("5" * 40, "EUR", "This is more than can be kept here. Type a smaller amount."),
        ("1.2345", "EUR", "EUR has two decimals. Type fewer digits."),
        ("1.5", "JPY", "JPY has no decimals. Type fewer digits."),
        ("1,234", "KWD", "Thousands or decimals? Type 1.234 or 1,234.000."),
        ("x", "JPY", "Type an amount such as 1,234."),
    ],
)
def test_what_is_no_amount_is_told(typed: str, currency: str, told: str) -> None:
    with pytest.raises(NotAnAmountError) as refused:
        parse_amount(typed, currency)
    assert str(refused.value) == told


def test_an_unknown_currency_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        parse_amount("1", "XYZ")


def test_amounts_are_written_for_people_and_for_machines() -> None:
    assert amount_in_words(-123450, "EUR") == "\u22121,234.50 EUR"
    assert amount_in_words(5, "EUR", name=False) == "0.05"
    assert amount_in_digits(-5, "EUR") == "-0.05"
    assert amount_in_digits(1234567, "JPY") == "1234567"


@pytest.mark.parametrize(
    ("code", "owed", "yen"),
    [
        ("de", "-1.234,50\u00a0EUR", "1.200\u00a0JPY"),
        ("fr", "-1\u202f234,50\u00a0EUR", "1\u202f200\u00a0JPY"),
        ("nl", "EUR\u00a0-1.234,50", "JPY\u00a01.200"),
        ("ar", "\u200f-1,234.50\u00a0EUR", "\u200f1,200\u00a0JPY"),
    ],
)
def test_amounts_are_written_as_the_language_of_the_reader_does_and_typed_as_everywhere(code: str, owed: str, yen: str) -> None:
    with translation.override(code):
        assert (amount_in_words(-123450, "EUR"), amount_in_words(1200, "JPY")) == (owed, yen)
        assert amount_in_words(-123450, "EUR", name=False) == "\u22121,234.50"
        assert amount_in_digits(-123450, "EUR") == "-1234.50"


@given(st.sampled_from(sorted(INTERFACE)), NAMES)
def test_every_currency_is_written_in_a_manner_that_can_be_told(code: str, currency: str) -> None:
    with translation.override(code):
        manner = manner_of(currency)
        assert currency in "".join(manner.above)
        assert currency in "".join(manner.below)
        assert bool(manner.decimal) == bool(CURRENCIES[currency])


@given(AMOUNTS, NAMES)
def test_what_is_written_is_read_again(minor: int, currency: str) -> None:
    written = amount_in_words(minor, currency, name=False)
    assert parse_amount(written, currency) == minor
    if CURRENCIES[currency] == 2:
        assert parse_amount(written.translate(str.maketrans(",.", ".,")), currency) == minor
    assert parse_amount(written.replace(",", " "), currency) == minor
    assert parse_amount(amount_in_words(minor, currency, name=False).replace(",", "'"), currency) == minor


@given(st.text(max_size=20), NAMES)
def test_any_text_is_an_amount_or_is_refused(typed: str, currency: str) -> None:
    try:
        minor = parse_amount(typed, currency)
    except NotAnAmountError:
        return
    assert -MOST <= minor <= MOST

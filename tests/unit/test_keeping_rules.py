"""How long answers are kept, and when they are deleted."""

from datetime import date

import pytest

from midcycle.registration.rules import keeping
from midcycle.registration.rules.asking import KEEP_DAYS, STANDARD_NAMES

LAST = date(2027, 3, 3)


@pytest.mark.parametrize(
    ("starts", "ends", "archived", "last"),
    [
        (date(2027, 3, 2), LAST, None, LAST),
        (LAST, None, None, LAST),
        (None, None, None, None),
        (date(2027, 3, 2), LAST, date(2027, 2, 1), date(2027, 2, 1)),  # called off
        (date(2027, 3, 2), LAST, date(2027, 5, 1), LAST),
        (None, None, date(2027, 2, 1), date(2027, 2, 1)),
    ],
)
def test_days_count_from_the_last_one_or_from_when_it_was_called_off(starts, ends, archived, last):
    assert keeping.last_day(starts, ends, archived) == last


def test_an_answer_is_due_on_its_day_and_not_before():
    assert keeping.deleted_on(LAST, 7) == date(2027, 3, 10)
    assert [keeping.is_due(LAST, 7, date(2027, 3, day)) for day in (3, 9, 10, 11)] == [False, False, True, True]
    assert not keeping.is_due(None, 7, date(2099, 1, 1))


def test_a_promise_can_be_made_shorter_and_not_longer():
    assert keeping.why_not_longer(3, 7, people=9) is None
    assert keeping.why_not_longer(30, 7, people=0) is None
    assert "were told 7 days" in (keeping.why_not_longer(8, 7, people=1) or "")
    assert "were told 1 day." in (keeping.why_not_longer(8, 1, people=1) or "")


def test_every_standard_answer_has_days_and_a_way_to_go():
    assert set(STANDARD_NAMES) == set(KEEP_DAYS)
    assert set(KEEP_DAYS) == {*keeping.COLUMNS, *keeping.NEEDS, "name", "email"}
    assert set(keeping.COUNTED) <= set(keeping.COLUMNS)

"""What a number of people means for the balance where no number of seats is enough."""

from dataclasses import replace

import pytest

from midcycle.funding import actions
from midcycle.funding.actions import Wanted
from midcycle.funding.models import Budget
from midcycle.funding.rules.balance import MOST
from tests.world import NOW, ada, browser_of
from tests.worlds.funding import TERMS, budgeted

pytestmark = pytest.mark.django_db
GLANCE = "/m/spring-meetup/balance/glance/"


def test_the_glance_says_that_it_never_balances():
    budgeted(Wanted("Lunch", "catering", "per_head", "EUR", 4_200), pledged=0)
    said = browser_of(ada()).get(GLANCE, {"people": "30"}).content.decode()
    assert f"Without a fee, with up to {MOST} seats, it never balances." in said
    budget = Budget.objects.get()
    actions.set_budget(budget.meetup, replace(TERMS, fee=100), seen=budget.version, by=ada(), now=NOW)
    said = browser_of(ada()).get(GLANCE, {"people": "30"}).content.decode()
    assert f"With up to {MOST} seats, it never balances." in said

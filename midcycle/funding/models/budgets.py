"""The balance of a meetup: what it costs, at which rates, what is chosen and what else was thought of."""

from typing import ClassVar

from django.db import models

from midcycle.funding.rules.balance import COMFORT, MOST
from midcycle.funding.rules.budgeting import BASES, CERTAINTIES, MOST_NO_SHOW, MOST_ROOMS, PAYERS, PURPOSES
from midcycle.meetups.models import Meetup

_Q = models.Q


class Budget(models.Model):
    """What is chosen at present, and the terms. Amounts are in minor units of `currency`, shares in percent.

    `version` grows with each change of this row, so that two who change it at once lose nothing.
    """

    meetup = models.OneToOneField(Meetup, on_delete=models.CASCADE, related_name="budget")
    currency = models.CharField(max_length=3, default="EUR")
    seats = models.PositiveIntegerField(default=100)
    fee = models.BigIntegerField(default=0)
    no_show = models.PositiveSmallIntegerField(default=10)
    rooms = models.PositiveSmallIntegerField(default=3)
    reserve = models.PositiveSmallIntegerField(default=10)
    reduced_share = models.PositiveSmallIntegerField(default=0)
    reduced_price = models.PositiveSmallIntegerField(default=50)
    comfort = models.PositiveSmallIntegerField(default=COMFORT)
    is_published = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=_Q(seats__gte=1, seats__lte=MOST, fee__gte=0), name="a_budget_has_seats_and_no_debt"
            ),
            models.CheckConstraint(
                condition=_Q(reserve__lte=100, reduced_share__lte=100, reduced_price__lte=100, no_show__lte=MOST_NO_SHOW),
                name="a_share_is_of_a_hundred",
            ),
            models.CheckConstraint(
                condition=_Q(rooms__gte=1, rooms__lte=MOST_ROOMS, comfort__gte=1), name="a_budget_has_rooms_people_fit_in"
            ),
        ]

    def __str__(self) -> str:
        """Meetup by number."""
        return f"budget of {self.meetup_id}"


class Rate(models.Model):
    """What one of a currency is in that of the budget, in parts of 10^8: as of which day, and who says so."""

    budget = models.ForeignKey(Budget, on_delete=models.CASCADE, related_name="rates")
    currency = models.CharField(max_length=3)
    rate = models.BigIntegerField()
    on = models.DateField()
    source = models.CharField(max_length=160)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["budget", "currency"], name="one_rate_for_each_currency"),
            models.CheckConstraint(condition=_Q(rate__gt=0), name="a_rate_is_above_zero"),
        ]

    def __str__(self) -> str:
        """Currency."""
        return self.currency


class CostLine(models.Model):
    """One thing that costs money. `amount` is for all or a head; one in steps has rows of `CostStep`."""

    budget = models.ForeignKey(Budget, on_delete=models.CASCADE, related_name="lines")
    title = models.CharField(max_length=120)
    purpose = models.CharField(max_length=12)
    basis = models.CharField(max_length=10)
    payer = models.CharField(max_length=10, default="community")
    currency = models.CharField(max_length=3)
    amount = models.BigIntegerField(default=0)
    certainty = models.CharField(max_length=10, default="estimate")
    source = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=_Q(basis__in=sorted(BASES)), name="a_cost_grows_in_a_known_way"),
            models.CheckConstraint(condition=_Q(payer__in=sorted(PAYERS)), name="a_cost_is_paid_by_somebody"),
            models.CheckConstraint(condition=_Q(purpose__in=sorted(PURPOSES)), name="a_cost_is_for_something_known"),
            models.CheckConstraint(condition=_Q(certainty__in=sorted(CERTAINTIES)), name="a_cost_is_known_in_some_way"),
            models.CheckConstraint(condition=_Q(amount__gte=0), name="a_cost_is_not_below_zero"),
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class CostStep(models.Model):
    """From how many people on a line in steps costs which amount."""

    line = models.ForeignKey(CostLine, on_delete=models.CASCADE, related_name="steps")
    start = models.PositiveIntegerField()
    amount = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line", "start"], name="one_step_begins_at_a_number_of_people"),
            models.CheckConstraint(condition=_Q(amount__gte=0, start__lte=MOST), name="a_step_is_not_below_zero"),
        ]

    def __str__(self) -> str:
        """Where it begins."""
        return f"from {self.start}"


class Scenario(models.Model):
    """A choice somebody thought of. Without `underwriting` it counts what is pledged at the time it is looked at."""

    budget = models.ForeignKey(Budget, on_delete=models.CASCADE, related_name="scenarios")
    name = models.CharField(max_length=80)
    seats = models.PositiveIntegerField()
    fee = models.BigIntegerField()
    underwriting = models.BigIntegerField(null=True)
    no_show = models.PositiveSmallIntegerField()
    rooms = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["budget", "name"], name="a_scenario_is_called_as_no_other"),
            models.CheckConstraint(
                condition=_Q(seats__gte=1, seats__lte=MOST, rooms__gte=1, no_show__lte=MOST_NO_SHOW, fee__gte=0),
                name="a_scenario_can_be_reckoned",
            ),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name

"""The tables of funding."""

from midcycle.funding.models.budgets import Budget, CostLine, CostStep, Rate, Scenario
from midcycle.funding.models.underwriters import Contact, Recognition, Underwriter

__all__ = ["Budget", "Contact", "CostLine", "CostStep", "Rate", "Recognition", "Scenario", "Underwriter"]

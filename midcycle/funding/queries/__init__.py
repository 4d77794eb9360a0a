"""The reads of funding."""

from midcycle.funding.queries.paper import contract_letter
from midcycle.funding.queries.underwriters import (
    Pipeline,
    Thanked,
    UnderwriterPage,
    pipeline,
    team,
    thanked,
    underwriter_page,
    underwriters,
)

__all__ = [
    "Pipeline",
    "Thanked",
    "UnderwriterPage",
    "contract_letter",
    "pipeline",
    "team",
    "thanked",
    "underwriter_page",
    "underwriters",
]

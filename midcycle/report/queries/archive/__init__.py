"""A whole meetup as files that open from a disk: what everybody can read of it, and nothing else."""

from midcycle.report.queries.archive.files import archive_of
from midcycle.report.queries.archive.pages import HEAVIEST, weight_of

__all__ = ["HEAVIEST", "archive_of", "weight_of"]

"""Writing and publishing a report and its data points, and keeping what sources tell."""

from midcycle.report.actions.points import bring_points, drop_points, publish_points, take_points_back
from midcycle.report.actions.writing import (
    CHANGED,
    Wording,
    keep_source,
    keep_told_fact,
    publish,
    restore,
    unpublish,
    write,
)

__all__ = [
    "CHANGED", "Wording", "bring_points", "drop_points", "keep_source", "keep_told_fact", "publish", "publish_points",
    "restore", "take_points_back", "unpublish", "write",
]  # fmt: skip

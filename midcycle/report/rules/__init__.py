"""What a report tells, how it is first worded, figures taken up by name, and what changed between versions. Pure."""

from midcycle.report.rules.changes import Stretch, changes
from midcycle.report.rules.drafting import (
    LONGEST_BODY,
    SECTIONS,
    Facts,
    OnList,
    Remarks,
    Sum,
    Summary,
    Thanked,
    drafts,
    summary_of,
)
from midcycle.report.rules.figures import NOT_YET, OVER_STAGES, Figure, Path, Value, figures, may_write, values
from midcycle.report.rules.printed import plain, printed
from midcycle.report.rules.references import fault_in_references, in_html, in_markdown, marked, references_in
from midcycle.report.rules.told import (
    LONGEST_KEY,
    LONGEST_PATH,
    LONGEST_WHERE,
    Told,
    can_be_kept,
    escaped,
    told_in_words,
    value_in_words,
)

__all__ = [
    "LONGEST_BODY",
    "LONGEST_KEY",
    "LONGEST_PATH",
    "LONGEST_WHERE",
    "NOT_YET",
    "OVER_STAGES",
    "SECTIONS",
    "Facts",
    "Figure",
    "OnList",
    "Path",
    "Remarks",
    "Stretch",
    "Sum",
    "Summary",
    "Thanked",
    "Told",
    "Value",
    "can_be_kept",
    "changes",
    "drafts",
    "escaped",
    "fault_in_references",
    "figures",
    "in_html",
    "in_markdown",
    "marked",
    "may_write",
    "plain",
    "printed",
    "references_in",
    "summary_of",
    "told_in_words",
    "value_in_words",
    "values",
]  # fmt: skip

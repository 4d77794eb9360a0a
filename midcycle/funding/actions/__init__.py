"""The deeds of funding, each in one transaction with one line in the journal."""

from midcycle.funding.actions.common import Stale
from midcycle.funding.actions.underwriting import (
    Details,
    Spoken,
    add_underwriter,
    change_underwriter,
    move_underwriter,
    note_contact,
    note_invoiced,
    note_paid,
    note_uninvoiced,
    remove,
    thank,
)

__all__ = [
    "Details",
    "Spoken",
    "Stale",
    "add_underwriter",
    "change_underwriter",
    "move_underwriter",
    "note_contact",
    "note_invoiced",
    "note_paid",
    "note_uninvoiced",
    "remove",
    "thank",
]

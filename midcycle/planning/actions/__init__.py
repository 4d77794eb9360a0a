"""The writes of planning."""

from midcycle.planning.actions.minutes import Written, change_minutes, remove_minutes, write_minutes
from midcycle.planning.actions.plans import carry_over, set_usual
from midcycle.planning.actions.reminding import remind
from midcycle.planning.actions.tasks import Wording, add_task, change_task, mark_done, remove_task
from midcycle.planning.actions.wishes import close_calendar, forget_member, mark_read, open_calendar, set_wishes

__all__ = [
    "Wording",
    "Written",
    "add_task",
    "carry_over",
    "change_minutes",
    "change_task",
    "close_calendar",
    "forget_member",
    "mark_done",
    "mark_read",
    "open_calendar",
    "remind",
    "remove_minutes",
    "remove_task",
    "set_usual",
    "set_wishes",
    "write_minutes",
]

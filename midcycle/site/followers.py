"""Which kind of journal entry wakes which task. The only place that names tasks."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from midcycle.journal.actions import Handler

FOLLOWERS: Final[Mapping[str, Mapping[str, Handler]]] = {}
CHORES: Final[tuple[Callable[[datetime], object], ...]] = ()

"""Which kind of journal entry wakes which task. The only place that names tasks."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from midcycle.journal.actions import Handler
from midcycle.pads import tasks as pads

FOLLOWERS: Final[Mapping[str, Mapping[str, Handler]]] = {
    "pads": {"agenda.released": pads.open_pads},
}
CHORES: Final[tuple[Callable[[datetime], object], ...]] = ()

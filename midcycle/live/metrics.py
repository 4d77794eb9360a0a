"""What the live server tells Prometheus (text format 0.0.4). No names, no text, no addresses."""

from collections.abc import Callable, Iterable

from midcycle.live.openpad import OpenPad
from midcycle.live.registry import Registry

_OF_A_PAD: tuple[tuple[str, str, Callable[[OpenPad], float]], ...] = (
    ("midcycle_pad_connections", "People and readers connected to a pad.", lambda pad: len(pad.members)),
    ("midcycle_pad_behind", "Connections that read too slowly and are caught up later.", lambda pad: pad.behind),
    ("midcycle_pad_waiting_seconds", "Age of the oldest change that is not acknowledged.", lambda pad: pad.waits()),
    ("midcycle_pad_log_rows", "Number of the last row in the log of a pad.", lambda pad: pad.upto),
)


def page(registry: Registry) -> str:
    """Write all metrics of this process."""
    whole = (
        ("midcycle_live_pads", "Open pads.", len(registry.pads)),
        ("midcycle_live_commit_seconds", "Processor time of the last commit and its frames.", registry.commit_cost),
        ("midcycle_live_gap_seconds", "Wanted time between commits.", registry.gap),
        ("midcycle_live_waiting_seconds", "Age of the oldest change that is not committed.", registry.waiting),
        ("midcycle_live_healthy", "1 while commits get through.", int(registry.healthy())),
    )
    lines = [line for name, about, value in whole for line in _metric(name, about, [("", value)])]
    for name, about, read in _OF_A_PAD:
        lines += _metric(name, about, ((f'{{pad="{pad.pad}"}}', read(pad)) for pad in registry.pads))
    return "\n".join(lines) + "\n"


def _metric(name: str, about: str, values: Iterable[tuple[str, float]]) -> list[str]:
    return [f"# HELP {name} {about}", f"# TYPE {name} gauge", *(f"{name}{labels} {value:g}" for labels, value in values)]

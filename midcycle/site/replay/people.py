"""Synthetic people: clearly invented, always the same for the same seed, at example.org."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from midcycle.registration import rules

GIVEN = (
    "Cache", "Daemon", "Echo", "Ferro", "Grep", "Helm", "Indigo", "Jitter", "Kilo", "Lambda", "Mica", "Nano", "Octet", "Pixel",
    "Quorum", "Raster", "Sigma", "Tango", "Umbra", "Vector", "Widget", "Xenon", "Yotta", "Zephyr", "Ansi", "Bitsy", "Cobalt",
    "Delta", "Ember", "Flux",
)  # fmt: skip
FAMILY = (
    "Backplane", "Checksum", "Dataplane", "Endpoint", "Failover", "Gateway", "Hypervisor", "Inode", "Junction", "Keystroke",
    "Loopback", "Mainframe", "Nightshift", "Overlay", "Packetloss", "Queueing", "Rackmount", "Snapshot", "Throughput", "Uplink",
    "Vlan", "Watchdog", "Crossbar", "Yardstick", "Zonefile", "Bitrate", "Clockskew", "Deadlock", "Entropy", "Firmware",
)  # fmt: skip
ROLES = ("operator", "operator", "operator", "operator", "operator", "expects_to_operate", "developer", "developer", "vendor")
HEARD = tuple(key for key in rules.HEARD if key != "other")


@dataclass(frozen=True)
class Synthetic:
    """Somebody invented."""

    email: str
    name: str
    role: str
    sector: str
    region: str
    heard_how: str
    on_list: bool
    first_time: bool


def synthetic_people(
    seed: str, *, sectors: list[str], regions: list[str], not_on_list: float | None, domain: str = "example.org"
) -> Iterator[Synthetic]:
    """Yield people without end. Sectors and regions take turns, so that each one named is there as soon as possible."""
    dice = random.Random(seed)  # noqa: S311 - invented people, not secrets
    number = 0
    while True:
        given, family = GIVEN[number % len(GIVEN)], FAMILY[(number * 7 + number // len(GIVEN)) % len(FAMILY)]
        number += 1
        yield Synthetic(
            email=f"{given}.{family}.{number}@{domain}".lower(),
            name=f"{given} {family}",
            role=dice.choice(ROLES),
            sector=_turn(sectors, number, dice),
            region=_turn(regions, number, dice),
            heard_how=dice.choice(HEARD),
            on_list=dice.random() >= (0.3 if not_on_list is None else not_on_list),
            first_time=dice.random() < 0.45,
        )


def _turn(values: list[str], number: int, dice: random.Random) -> str:
    """Return each value once, then the earlier ones more often than the later ones."""
    if not values:
        return ""
    if number <= len(values):
        return values[number - 1]
    return values[min(dice.randrange(len(values)), dice.randrange(len(values)))]

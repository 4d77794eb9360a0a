"""The floors, read from the import contract itself, so that there is one list."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "midcycle"


def floor_of() -> dict[str, int]:
    """Return the floor of each package; higher numbers stand higher. Siblings share a number."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())
    layers = next(c for c in config["tool"]["importlinter"]["contracts"] if c["id"] == "floors")["layers"]
    return {name.strip(): height for height, layer in enumerate(reversed(layers)) for name in layer.split("|")}


def may_use(upper: str, lower: str) -> bool:
    """Say whether the first package may point at the second."""
    floors = floor_of()
    return upper == lower or floors[upper] > floors[lower]

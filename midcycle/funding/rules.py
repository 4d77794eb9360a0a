"""How underwriters are named. Pure."""

from typing import Final

LONGEST_NAME: Final = 160


def fault_in(name: str) -> str | None:
    """Return what to do about an underwriter's name; None when all is well."""
    if not name:
        return "Type the name as it should be thanked."
    if len(name) > LONGEST_NAME:
        return f"Shorten the name to {LONGEST_NAME} characters."
    return None

"""Names of files that mean one file each on every system."""

import re
from collections.abc import Iterable
from typing import Final

# Names of devices on Windows, with any ending (https://learn.microsoft.com/windows/win32/fileio/naming-a-file).
_DEVICE: Final = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9])", re.IGNORECASE)


def file_names(names: Iterable[str]) -> dict[str, str]:
    """Return the name of a file for each of these names of ASCII letters, digits, `-` and `_`, the same for the same names.

    It is the name itself; where only its case sets it apart from another, or Windows keeps it for a device, a number follows.
    """
    found: dict[str, str] = {}
    later: list[str] = []
    taken: set[str] = set()
    for name in sorted(names):
        if _DEVICE.fullmatch(name) or name.lower() in taken:
            later.append(name)
        else:
            taken.add(name.lower())
            found[name] = name
    for name in later:
        number = 2
        while f"{name}-{number}".lower() in taken:
            number += 1
        found[name] = f"{name}-{number}"
        taken.add(found[name].lower())
    return found

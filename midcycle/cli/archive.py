"""`midcycle archive SLUG --out DIR`."""

import argparse
import sys
from pathlib import Path

from midcycle.engines import folder
from midcycle.engines.documents import NotPrinted
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import queries
from midcycle.report.queries.archive import HEAVIEST, archive_of, weight_of


def run(arguments: argparse.Namespace) -> int:
    """Write the files of a meetup once every link in them leads somewhere; 1 when one does not, and nothing is written."""
    meetup = queries.meetup_with_slug(arguments.slug)
    if meetup is None:
        raise Refusal(f"there is no meetup {arguments.slug}; GET /api/v1/meetups lists them")
    try:
        files = archive_of(meetup)
    except NotPrinted as error:
        raise Refusal(f"the report could not be printed: {error}") from None
    faults = folder.faults(files)
    for fault in faults:
        sys.stderr.write(f"midcycle: {fault}\n")
    if faults:
        raise Refusal(f"nothing is written: {len(faults)} of the links do not work")
    try:
        folder.write(files, Path(arguments.out), name=meetup.slug)
    except folder.NotWritten as error:
        raise Refusal(str(error)) from None
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise Refusal(
            f"nothing is written to {arguments.out}: {why}. What was there is as it was; name another folder."
        ) from None
    _tell(files, arguments.out)
    return 0


def _tell(files: dict[str, bytes | Path], out: str) -> None:
    """Say what was written, and which page is heaviest."""
    pages = [name for name in files if name.endswith(".html")]
    heaviest = max(pages, key=lambda name: weight_of(name, files))
    weight = weight_of(heaviest, files)
    sys.stdout.write(
        f"{out}: {len(files)} files, {len(pages)} of them pages; every link within leads somewhere. Open index.html.\n"
        f"The heaviest page is {heaviest}: {weight / 1000:.0f} kB with its style sheet.\n"
    )
    if weight > HEAVIEST:
        sys.stderr.write(f"midcycle: {heaviest} is larger than {HEAVIEST // 1000} kB and may load slowly\n")

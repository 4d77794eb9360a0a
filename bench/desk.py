"""What each page of the desk costs with many seats: `python -m bench.desk [seats] [times] [sqlite|postgres]`.

A meetup of 100,000 people, half of whom wait, in a database and a process of its own; each page is opened some times. Printed
are statements and milliseconds of the middle one, of the web process's processor and on the clock. On PostgreSQL the database
works in processes of its own, so look at the clock there. Aim: 150 ms.
"""

import sys
from typing import Final

from bench.growth import answer_of, process
from bench.tools import machine

AIM: Final = 150


def main(seats: int, times: int, database: str) -> None:
    """Print what each page took, dearest first."""
    print(f"{seats} seats, each page {times} times, {database}; {machine.load()}")
    with process(seats, "", database, tool="desk") as desk:
        answer_of(desk)
        print(times, file=desk.stdin, flush=True)
        found = answer_of(desk)
    for name, (statements, processor, wall) in sorted(found.items(), key=lambda item: -item[1][2]):
        over = "  more than wanted" if max(processor, wall) > AIM else ""
        print(f"  {name:24} {statements:3} statements  {processor:8.1f} ms of the processor  {wall:8.1f} ms on the clock{over}")


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 100_000,
        int(sys.argv[2]) if len(sys.argv) > 2 else 5,
        sys.argv[3] if len(sys.argv) > 3 else "sqlite",
    )

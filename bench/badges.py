"""Badges for 500 people as PDF: `python -m bench.badges [runs]`.

Prints the median seconds from names to bytes, as the desk asks for them, and the memory the press takes while it works.
"""

import resource
import statistics
import sys
import time

from midcycle.engines.documents import Badge, Layout, Occasion, badges

PEOPLE = 500
FIRST = ["Ada", "Bo", "Cyrille", "Dée", "Екатерина", "Γιώργος", "محمد", "张伟", "Maximiliana-Konstantina", "נועה"]
LAST = ["Byte", "Lovelace", "Ångström", "von-und-zu-Hohenzollern-Sigmaringen", "Папандопуло", "العربي", "O'Neill"]
HOUSES = ("", "CERN", "Analytical Engines Ltd", "European Organization for Nuclear Research", "中国科学院")
ROLES = ("Operator", "Developer", "Vendor", "Expects to operate")
CODE = tuple(tuple((x * x + 3 * x * y + y * y) % 7 < 3 for x in range(33)) for y in range(33))


def main(runs: int) -> None:
    """Print the figures."""
    people = [somebody(number) for number in range(PEOPLE)]
    occasion = Occasion("European Operators Spring Mid-Cycle", "2-3 March 2027")
    for layout in Layout:
        times, works = [], []
        for _ in range(runs):
            began, worked = time.perf_counter(), processor()
            size = len(badges(occasion, people, layout=layout).pdf)
            times.append(time.perf_counter() - began)
            works.append(processor() - worked)
        took, work = statistics.median(times), statistics.median(works)
        print(f"{PEOPLE} badges, {layout.value}: {took:.2f} s (aim 5), {work:.2f} s of processor; {size / 1e6:.1f} MB of PDF")
    taken = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"memory of the press while it works, most of all runs: {taken:.0f} MB, given back after each")


def processor() -> float:
    """Return the seconds of processor this program and the press took so far, which a busy machine changes little."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def somebody(number: int) -> Badge:
    """Return a badge with everything on it."""
    name = f"{FIRST[number % len(FIRST)]} {LAST[number % len(LAST)]} {number}"
    role = number % len(ROLES)
    code = tuple(tuple(dark ^ (number >> (x % 9) & 1 == 1) for x, dark in enumerate(row)) for row in CODE)
    return Badge(name, HOUSES[number % len(HOUSES)], ROLES[role], role, photos=number % 5 != 0, code=code)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)

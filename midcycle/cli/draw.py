"""`midcycle draw FILE`: draws the lots of a waitlist again, and says whether the published order is that one."""

import json
from argparse import Namespace
from pathlib import Path

from midcycle.registration.rules import draw


def run(arguments: Namespace) -> int:
    """Print whether the file keeps its promises, and the codes in order; return 1 if it does not, 2 if it is no such file."""
    try:
        facts = json.loads(Path(arguments.file).read_text(encoding="utf-8"))
        seed, seal, codes, published = (facts[key] for key in ("seed", "seal", "codes", "order"))
        order, promised = draw.drawn(seed, codes), draw.commitment(seed)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        print(f"{arguments.file} is not the file of a draw: take it from the page of a waitlist.")
        return 2
    is_right = promised == seal and order == published
    print(f"the seed is the one promised: {'yes' if promised == seal else 'NO'}")
    print(f"the order is the one published: {'yes' if order == published else 'NO'}")
    for number, code in enumerate(order, start=1):
        print(number, code)
    return 0 if is_right else 1

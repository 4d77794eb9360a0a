"""`python -m bench.tools.notes LINES`: makes a pad with so many lines of notes in MIDCYCLE_DATA, prints its address."""

import json
import sys

from midcycle.site.boot import boot

boot(tables=False)

from midcycle.pads import actions  # noqa: E402 - Django must be up first
from tests.world import NOW, ada, placed  # noqa: E402 - the same

LINE = "- Skipping **one** release is fine, two is not; somebody lost a rack to it. ##upgrades {}\n"


def made(lines: int) -> str:
    """Make the pad; return the address of its page."""
    meetup = placed(stage="on_site")
    text = "# Upgrades\n\n## Notes\n\n" + "".join(LINE.format(number) for number in range(lines))
    return actions.path_of(meetup, actions.open_pad(meetup, "upgrades", title="Upgrades", by=ada(), now=NOW, text=text).name)


if __name__ == "__main__":
    sys.stdout.write(json.dumps({"path": made(int(sys.argv[1]))}))

"""The CSS colours that other editors are told are those our own pages have."""

import json
import re

import pytest

from midcycle.live.control import Present
from midcycle.live.presence import Presence
from tests.house.floors import ROOT

TOKENS = (ROOT / "frontend" / "src" / "styles" / "tokens.css").read_text()


@pytest.mark.parametrize("colour", range(8))
def test_a_tint_is_the_one_of_light_pages_and_strong_the_one_of_dark_pages(colour):
    presence = Presence(lambda: 0)
    presence.join(Present(1000, "7", "Ada", colour, "write"))
    presence.move(1000, None)
    user = json.loads(presence.state(1000))["user"]
    soft, strong = re.findall(rf"--person-{colour + 1}: (#[0-9a-f]{{6}});", TOKENS)
    assert (user["colorLight"], user["color"]) == (soft, strong)

"""What is asked, how long it is kept, and when a question is shown. Pure."""

from collections.abc import Mapping
from typing import Final

SOMEONE: Final = "Someone"  # the name of a person who was forgotten
QUESTION_KINDS: Final = ("text", "choice", "number", "date", "yes_no")

# Days after the end of a meetup that an answer is kept, unless the organisers say otherwise.
KEEP_DAYS: Final[Mapping[str, int]] = {
    "name": 400,
    "email": 400,
    "organisation": 400,
    "role": 400,
    "sector": 400,
    "region": 400,
    "first_time": 400,
    "on_list": 400,
    "heard_how": 400,
    "photos": 400,
    "diet": 7,
    "access": 7,
}

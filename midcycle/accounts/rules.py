"""The cast of the demo: invented people, one for each part in a meetup. Pure."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class CastMember:
    """Somebody a visitor of the demo can be."""

    email: str
    name: str
    part: str
    to_try: str
    starts_at: str


COMING: Final = "operators-spring"
TODAY: Final = "operators-today"
IDEA: Final = "nordic-idea"

CAST: Final = (
    CastMember("ada@example.org", "Ada Lockstep", "organiser", "Raise the capacity, draft the agenda.", f"/m/{COMING}/desk/"),
    CastMember("moss@example.org", "Moss Dockery", "moderator", "Write in the pad of the session you lead.", f"/m/{TODAY}/"),
    CastMember("wanda@example.org", "Wanda Queue", "attendee on the waitlist", "See your place in line.", f"/m/{COMING}/"),
    CastMember("newton@example.org", "Newton Fresh", "newcomer", "Say that you would come, propose a topic.", f"/m/{IDEA}/"),
    CastMember("iris@example.org", "Iris Uptime", "instance administrator", "See how this instance is doing.", "/instance/"),
)

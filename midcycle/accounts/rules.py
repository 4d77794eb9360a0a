"""The cast of the demo: invented people, one for each part in a meetup. Pure."""

from dataclasses import dataclass
from typing import Final

from midcycle.kernel.words import gettext_noop


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
    CastMember(
        "ada@example.org",
        "Ada Lockstep",
        gettext_noop("organiser"),
        gettext_noop("Raise the capacity, draft the agenda."),
        f"/m/{COMING}/desk/",
    ),
    CastMember(
        "moss@example.org",
        "Moss Dockery",
        gettext_noop("moderator"),
        gettext_noop("Write in the pad of the session you lead."),
        f"/m/{TODAY}/",
    ),
    CastMember(
        "wanda@example.org",
        "Wanda Queue",
        gettext_noop("attendee on the waitlist"),
        gettext_noop("See your place in line."),
        f"/m/{COMING}/",
    ),
    CastMember(
        "newton@example.org",
        "Newton Fresh",
        gettext_noop("newcomer"),
        gettext_noop("Say that you would come, propose a topic."),
        f"/m/{IDEA}/",
    ),
    CastMember(
        "iris@example.org",
        "Iris Uptime",
        gettext_noop("instance administrator"),
        gettext_noop("See how this instance is doing."),
        "/instance/",
    ),
)

"""The life of a picture, how many there may be, what is asked of them, and what a request to take one down does. Pure."""

import binascii
import re
from base64 import b64decode
from collections.abc import Mapping, Sequence
from typing import Final

from midcycle.kernel.typed import has_ink, one_line
from midcycle.kernel.words import gettext, gettext_noop, retold

STATES: Final = ("receiving", "developing", "refused", "ready", "offered", "published", "hidden", "deleted")
# A picture that is deleted is gone from every page; its row goes once its files have.
MOVES: Final[Mapping[str, frozenset[str]]] = {
    "receiving": frozenset({"developing", "deleted"}),
    "developing": frozenset({"ready", "refused", "deleted"}),
    "refused": frozenset({"deleted"}),
    "ready": frozenset({"offered", "published", "deleted"}),
    "offered": frozenset({"ready", "published", "deleted"}),
    "published": frozenset({"offered", "hidden", "deleted"}),
    "hidden": frozenset({"published", "deleted"}),
    "deleted": frozenset(),
}
STATE_NAMES: Final[Mapping[str, str]] = {
    "receiving": gettext_noop("Not here as a whole"),
    "developing": gettext_noop("Being prepared"),
    "refused": gettext_noop("Refused"),
    "ready": gettext_noop("Needs a description"),
    "offered": gettext_noop("Waits for the team"),
    "published": gettext_noop("Published"),
    "hidden": gettext_noop("Hidden"),
    "deleted": gettext_noop("Deleted"),
}
LOOKS: Final[Mapping[str, str]] = {
    "published": "badge-held",
    "ready": "badge-now",
    "refused": "badge-danger",
    "hidden": "badge-danger",
}
KEPT: Final = frozenset({"ready", "offered", "published", "hidden"})  # their files can be seen by somebody

LICENCES: Final[Mapping[str, tuple[str, str]]] = {
    "cc-by-4.0": (
        gettext_noop("CC BY 4.0: anybody may use them, and names who took them"),
        "https://creativecommons.org/licenses/by/4.0/",
    ),
    "cc-by-sa-4.0": (
        gettext_noop("CC BY-SA 4.0: the same, and passes on what is made of them likewise"),
        "https://creativecommons.org/licenses/by-sa/4.0/",
    ),
    "cc0-1.0": (
        gettext_noop("CC0: anybody may use them for anything"),
        "https://creativecommons.org/publicdomain/zero/1.0/",
    ),
    "reserved": (gettext_noop("Only on the pages and in the report of this meetup"), ""),
}
LICENCE_NAMES: Final[Mapping[str, str]] = {
    "cc-by-4.0": "CC BY 4.0",
    "cc-by-sa-4.0": "CC BY-SA 4.0",
    "cc0-1.0": "CC0 1.0",
    "reserved": gettext_noop("All rights reserved"),
}

MOST_BYTES: Final = 25 * 1024 * 1024
MOST_BYTES_PLAIN: Final = 8 * 1024 * 1024
MOST_EACH: Final = 200
MOST_OF_A_MEETUP: Final = 3000
MOST_UNFINISHED: Final = 30
MOST_UNDER_WAY: Final = 2 * 1024 * 1024 * 1024  # bytes that are announced or not developed yet, of a meetup
LONGEST_CAPTION: Final = 300
LONGEST_CREDIT: Final = 80
LONGEST_REASON: Final = 500
SHOWN: Final = frozenset({"on_site", "wrap_up", "archived"})
TAKING: Final = frozenset({"on_site", "wrap_up"})
UNFINISHED_HOURS: Final = 24
REFUSED_DAYS: Final = 7
UNDESCRIBED_DAYS: Final = 30
HIDDEN_WITHIN_AN_HOUR: Final = 30
MOST_REQUESTS: Final = 5
SHUT: Final = gettext_noop("Pictures are taken in from the first day on, until the meetup is archived.")
CLOSED: Final = gettext_noop("The team takes no more pictures in. Ask them to open the gallery again.")
TWICE: Final = gettext_noop("This picture is here already.")
# Why a picture was refused. It is kept in English, and told with `why_in_words`; but for the first, `engines.pictures` says it.
WHY: Final = (
    TWICE,
    gettext_noop(
        "This is a HEIC picture, which few programs can read. In the settings of the camera choose “Most compatible”, or send"
        " it to yourself as a JPEG first."
    ),
    gettext_noop("This file is no picture we can read. Choose a JPEG, PNG or WebP."),
    gettext_noop("The end of this picture is missing. Send it again."),
    gettext_noop("This picture has more than %(most)s million pixels. Make it smaller first."),
    gettext_noop("This picture could not be developed. Save it anew as a JPEG, and send that."),
)

_OF_A_CAMERA: Final = re.compile(r"[A-Za-z]{0,6}[_-]?\d[\d_-]*(\.\w{2,4})?")


def takes_pictures(stage: str) -> bool:
    """Say whether pictures are taken in at this stage."""
    return stage in TAKING


def why_not_begin(length: int, *, own: int, unfinished: int, of_meetup: int, under_way: int) -> str:
    """Return why no picture of so many bytes can be sent now; blank when it can.

    `own` counts the sender's pictures, `unfinished` those of them that are still on their way, `of_meetup` those of everybody;
    `under_way` are the bytes of the meetup that are announced, or here and not developed.
    """
    many = gettext("%(most)s of your pictures are on their way. Let them arrive first, or delete some.")
    enough = gettext("%(most)s pictures from one person are enough. Delete some that you need less.")
    full = gettext("This meetup has %(most)s pictures already. Ask the team to delete some.")
    reasons = (
        (length < 1, gettext("A picture has at least a byte.")),
        (length > MOST_BYTES, too_large()),
        (unfinished >= MOST_UNFINISHED, many % {"most": MOST_UNFINISHED}),
        (own >= MOST_EACH, enough % {"most": MOST_EACH}),
        (of_meetup >= MOST_OF_A_MEETUP, full % {"most": MOST_OF_A_MEETUP}),
        (
            under_way + length > MOST_UNDER_WAY,
            gettext("Very many pictures are on their way just now. Try again in some minutes."),
        ),
    )
    return next((why for holds, why in reasons if holds), "")


def too_large() -> str:
    """Return what is said of a picture with more bytes than are taken."""
    return gettext("This picture is larger than %(most)s MB. Send a smaller one.") % {"most": MOST_BYTES // 1024 // 1024}


def why_in_words(why: str) -> str:
    """Return why a picture was refused, as it was kept, in the language that is active."""
    return retold(why, WHY)


def why_no_caption(text: str) -> str:
    """Return what is wrong with a description of a picture; blank when nothing is."""
    said = one_line(text)
    if not said or not has_ink(said):
        return gettext("Say what the picture shows, for those who cannot see it.")
    if len(said) > LONGEST_CAPTION:
        return gettext("This is longer than %(most)s characters. Shorten it.") % {"most": LONGEST_CAPTION}
    if _OF_A_CAMERA.fullmatch(said):
        return gettext("Say what the picture shows, not what its file is called.")
    return ""


def hides_at_once(*, was_kept: bool, often_from_here: bool, hidden_lately: int) -> bool:
    """Say whether a request hides a picture at once. Otherwise it waits for the team, and is refused never.

    `was_kept`: the team has looked at a request about this picture before, and showed it again. `often_from_here`: one network
    asked very often just now. `hidden_lately`: how many pictures of the meetup were hidden within an hour.
    """
    return not was_kept and not often_from_here and hidden_lately < HIDDEN_WITHIN_AN_HOUR


def moved(order: Sequence[int], item: int, by: int) -> list[int]:
    """Return the order with one of it moved by so many places, as far as there are places."""
    rest = [one for one in order if one != item]
    place = min(max(order.index(item) + by, 0), len(rest))
    return [*rest[:place], item, *rest[place:]]


def metadata_of(header: str) -> dict[str, str]:
    """Return what `Upload-Metadata` of tus 1.0 says: pairs of a key and Base64 between commas. Raises ValueError."""
    said: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        key, _, value = pair.partition(" ")
        if key in said:
            raise ValueError(f"{key} comes twice")
        try:
            said[key] = b64decode(value.strip(), validate=True).decode()
        except binascii.Error:
            raise ValueError(f"{key} is no Base64") from None
    return said

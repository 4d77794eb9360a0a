"""Stages of a meetup, the legal moves between them, and its days and place in words. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Final, Literal, get_args

from midcycle.kernel.words import days_in_words, gettext, gettext_noop

Stage = Literal["idea", "hosting", "registration", "agenda", "on_site", "wrap_up", "archived"]
STAGES: Final = get_args(Stage)
STAGE_NAMES: Final[Mapping[str, str]] = {
    "idea": gettext_noop("Idea"),
    "hosting": gettext_noop("Hosting"),
    "registration": gettext_noop("Registration"),
    "agenda": gettext_noop("Agenda"),
    "on_site": gettext_noop("On site"),
    "wrap_up": gettext_noop("Wrap-up"),
    "archived": gettext_noop("Archived"),
}

# Forward one step at a time, back one step to mend a mistake; what is archived stays so.
MOVES: Final[Mapping[str, frozenset[str]]] = {
    "idea": frozenset({"hosting"}),
    "hosting": frozenset({"registration", "idea"}),
    "registration": frozenset({"agenda", "hosting"}),
    "agenda": frozenset({"on_site", "registration"}),
    "on_site": frozenset({"wrap_up", "agenda"}),
    "wrap_up": frozenset({"archived", "on_site"}),
    "archived": frozenset(),
}

SCOPES: Final = frozenset(
    {
        "seats:read",
        "seats:write",
        "topics:write",
        "agenda:read",
        "agenda:write",
        "pads:write",
        "feedback:write",
        "interest:write",
        "planning:read",
        "planning:write",
    }
)


# Where in the world, for people to choose from; facts of past meetups hold other words as well.
REGIONS: Final[Mapping[str, str]] = {
    "africa": gettext_noop("Africa"),
    "asia": gettext_noop("Asia"),
    "australia": gettext_noop("Australia and the Pacific"),
    "europe": gettext_noop("Europe"),
    "middle-east": gettext_noop("Middle East"),
    "north-america": gettext_noop("North America"),
    "south-america": gettext_noop("South America"),
}


ARCHIVED: Final = gettext_noop("This meetup is archived: it can be read, and not changed any more.")


def allows(scope: str, wanted: str) -> bool:
    """Say whether a token with a scope may do what another one names: who may write may read the same things."""
    subject, _, deed = wanted.partition(":")
    return scope == wanted or (deed == "read" and scope == f"{subject}:write")


def stage_in_words(stage: str) -> str:
    """Return a stage as people read it; blank stays blank."""
    return gettext(STAGE_NAMES[stage]) if stage else ""


def region_name(region: str) -> str:
    """Return a region as people write it; a word that is not one of ours is only tidied, blank stays blank."""
    return gettext(REGIONS[region]) if region in REGIONS else kept_region(region)


def kept_region(region: str) -> str:
    """Return the same in English, for what is kept."""
    return REGIONS.get(region) or region.replace("-", " ").replace("_", " ").title()


def next_stage(stage: str) -> str | None:
    """Return the stage that follows, None after the last."""
    following = STAGES.index(stage) + 1
    return STAGES[following] if following < len(STAGES) else None


def previous_stage(stage: str) -> str | None:
    """Return the stage a meetup may be put back to, None when it may not."""
    before = STAGES.index(stage) - 1
    return STAGES[before] if before >= 0 and STAGES[before] in MOVES[stage] else None


def dates_in_words(starts_on: date | None, ends_on: date | None, about_when: str) -> str:
    """Return such as `2-3 March 2027` with an en dash, `31 March to 1 April 2027`, or what is said about it; else blank."""
    if starts_on is None:
        return about_when
    return days_in_words(starts_on, ends_on or starts_on)


def place_in_words(city: str, country: str, region: str) -> str:
    """Return such as `Lisbon, PT`; the region where no city is known; else blank."""
    known = ", ".join(part for part in (city, country) if part)
    return known or region_name(region)

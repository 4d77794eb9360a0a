"""What a bid says: every question in one list, from which form, completeness, comparison and export are made. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

Kind = Literal["line", "text", "number", "choice", "address", "country", "zone", "days", "rooms"]
Answers = Mapping[str, Any]

LONGEST_LINE: Final = 160
LONGEST_TEXT: Final = 4_000
MOST_NUMBER: Final = 100_000
MOST_DAYS_OFFERED: Final = 3
MOST_ROOMS: Final = 12
LONGEST_CELL: Final = 80


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a bid. A bid cannot be handed in without the `needed` ones; those not `public` stay with its editors."""

    key: str
    label: str
    kind: Kind = "text"
    hint: str = ""
    needed: bool = False
    public: bool = True
    compared: bool = True
    choices: tuple[tuple[str, str], ...] = ()
    longest: int = LONGEST_LINE


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that are answered on one page and saved together."""

    key: str
    title: str
    intro: str
    fields: tuple[Field, ...]


_WHO_PAYS: Final = (("host", "The host"), ("meetup", "The meetup"), ("each", "Everybody for themselves"), ("shared", "Shared"))
_VENUE: Final = (("own", "Our own house"), ("lent", "Lent for nothing"), ("hired", "Hired"))
_LETTERS: Final = (("yes", "Yes, in time for an application"), ("some", "To some, when asked"), ("no", "No"))

SECTIONS: Final = (
    Section(
        "place",
        "Place and days",
        "The days lie in the window of the call.",
        (
            Field("city", "City", "line", needed=True, longest=80),
            Field("country", "Country", "country", needed=True),
            Field("timezone", "Time zone", "zone", "Leave it where the country has only one.", needed=True, compared=False),
            Field("days", "Days offered", "days", "Up to three choices, the one you prefer first.", needed=True),
            Field("language", "Language", "line", "What is spoken in the streets, and how far English gets one."),
        ),
    ),
    Section(
        "team",
        "Host and local team",
        "Who would do the work.",
        (
            Field("organisation", "Host organisation", "line", needed=True),
            Field("contact", "Who speaks for the bid", "line", needed=True, compared=False),
            Field(
                "contact_email",
                "Their e-mail address",
                "address",
                "Only the editors of this bid, the group and the keeper see it.",
                needed=True,
                public=False,
                compared=False,
            ),
            Field("team", "Local team", hint="Names, and from which organisations. Best not all from one.", needed=True),
            Field(
                "experience",
                "Experience",
                hint="Who came to or organised one of these meetups, or another event? What was it like?",
                needed=True,
            ),
            Field("handover", "Handing over", hint="Would the team help to finish the report of the edition before?"),
        ),
    ),
    Section(
        "venue",
        "Venue and rooms",
        "Many small rooms with chairs in a circle matter more than one fine hall. Floor plans have a page of their own.",
        (
            Field("venue", "Venue", "line", "House and street.", needed=True),
            Field("venue_kind", "Whose house it is", "choice", needed=True, choices=_VENUE),
            Field("capacity", "Most people at once", "number", "In all rooms together, as the fire safety says.", needed=True),
            Field("rooms", "Rooms", "rooms", "Plenary first. Layout: chairs in a circle, rows, tables …", needed=True),
            Field(
                "access",
                "Ways without steps",
                hint="Wheelchairs: entrance, lifts, every room, toilets. Hearing loops, a quiet room, prayer, parents.",
                needed=True,
            ),
        ),
    ),
    Section(
        "equipment",
        "Network, power and sound",
        "Everybody opens a laptop, all at once.",
        (
            Field("wifi", "Wireless network", hint="How many devices, how fast, who looks after it on the day.", needed=True),
            Field("power", "Power", hint="Sockets or boards at the seats, in which rooms, which plug.", needed=True),
            Field("sound", "Screens, microphones, sound", hint="In each room. Recording or streaming, if any.", needed=True),
        ),
    ),
    Section(
        "food",
        "Food and the evening",
        "",
        (
            Field("catering", "Catering", hint="Coffee, lunch, what for vegans, halal, kosher, allergies.", needed=True),
            Field("catering_paid", "Who pays for catering", "choice", needed=True, choices=_WHO_PAYS),
            Field("evening", "Evening", hint="A place where all can go on talking, and who pays there."),
        ),
    ),
    Section(
        "travel",
        "Getting there and staying",
        "",
        (
            Field("station", "Nearest railway station", "line", "Minutes to the venue, and what that costs."),
            Field("airport", "Nearest airport", "line", "Minutes to the venue, and what that costs.", needed=True),
            Field("getting_about", "Getting about", hint="In the city, also for people who walk badly or roll."),
            Field("visa", "Visas", hint="Who needs one, how hard and slow it is, who cannot get one.", needed=True),
            Field("visa_letters", "Letters of invitation", "choice", needed=True, choices=_LETTERS),
            Field("hotels", "Hotels", hint="How far, and what a night costs then.", needed=True),
            Field("discounts", "Discounts", "line", "Agreed with hotels or trains."),
        ),
    ),
    Section(
        "safety",
        "Safety",
        "",
        (
            Field("conduct", "Code of conduct contact", "line", "Somebody on the spot whom people can turn to.", needed=True),
            Field("insurance", "Insurance", "line", "Who is liable, and is that insured?"),
            Field("safety", "What people should know", hint="Laws and customs some have to know before they decide to come."),
        ),
    ),
    Section(
        "offer",
        "What the host gives, and interests",
        "What it costs is on the sheet of costs, apart from the bid.",
        (
            Field("covers", "What the host covers", hint="In things and work; amounts go on the sheet of costs.", needed=True),
            Field("underwriters", "Others who would pay", hint="Already asked, or easy to ask there."),
            Field("cap", "Cap on attendance", "number", "If there has to be one."),
            Field(
                "conflict",
                "Conflicts of interest",
                hint="Is anybody of the team linked (by work, money, family) with an organisation that would be paid, or with "
                "who decides? A link can be good or bad; it is stated in public. If there is none, say so.",
                needed=True,
            ),
        ),
    ),
)
FIELDS: Final = {field.key: field for section in SECTIONS for field in section.fields}
COMPARED: Final = tuple(field for field in FIELDS.values() if field.compared)
_BY_KEY: Final = {section.key: section for section in SECTIONS}


@dataclass(frozen=True, slots=True)
class Completeness:
    """How far a bid is: how many needed answers it has, and what is missing, with the section each is in."""

    done: int
    needed: int
    missing: tuple[tuple[Section, Field], ...]
    has_costs: bool

    @property
    def percent(self) -> int:
        """Return the share that is there, 0 to 100, the sheet of costs counted as one answer."""
        return 100 * (self.done + self.has_costs) // (self.needed + 1)

    @property
    def is_whole(self) -> bool:
        """Say whether the bid can be handed in."""
        return not self.missing and self.has_costs


def section_of(key: str) -> Section | None:
    """Return the section of this name, if there is one."""
    return _BY_KEY.get(key)


def section_after(key: str) -> Section | None:
    """Return the section that follows, None after the last."""
    following = SECTIONS.index(_BY_KEY[key]) + 1
    return SECTIONS[following] if following < len(SECTIONS) else None


def completeness(answers: Answers, *, has_costs: bool) -> Completeness:
    """Return how far a bid with these answers is."""
    needed = [(section, field) for section in SECTIONS for field in section.fields if field.needed]
    missing = tuple((section, field) for section, field in needed if not answers.get(field.key))
    return Completeness(len(needed) - len(missing), len(needed), missing, has_costs)


def changed_fields(section: Section, mine: Answers, theirs: Answers) -> tuple[Field, ...]:
    """Return the questions of a section that two people answered differently."""
    return tuple(field for field in section.fields if (mine.get(field.key) or None) != (theirs.get(field.key) or None))

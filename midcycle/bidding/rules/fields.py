"""What a bid says: every question in one list, from which form, completeness, comparison and export are made. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from midcycle.kernel.words import gettext, gettext_noop

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
    """One question of a bid. A bid cannot be handed in without the `needed` ones; those not `public` stay with its editors.

    Its words are kept in English, and told in the language that is active.
    """

    key: str
    label: str
    kind: Kind = "text"
    hint: str = ""
    needed: bool = False
    public: bool = True
    compared: bool = True
    choices: tuple[tuple[str, str], ...] = ()
    longest: int = LONGEST_LINE

    @property
    def label_told(self) -> str:
        """Return the question in the language that is active."""
        return gettext(self.label)

    @property
    def hint_told(self) -> str:
        """Return the hint in the language that is active; blank for none."""
        return gettext(self.hint) if self.hint else ""

    @property
    def choices_told(self) -> tuple[tuple[str, str], ...]:
        """Return the choices in the language that is active."""
        return tuple((key, gettext(name)) for key, name in self.choices)


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that are answered on one page and saved together."""

    key: str
    title: str
    intro: str
    fields: tuple[Field, ...]

    @property
    def title_told(self) -> str:
        """Return the title in the language that is active."""
        return gettext(self.title)

    @property
    def intro_told(self) -> str:
        """Return what stands below the title; blank for nothing."""
        return gettext(self.intro) if self.intro else ""


_WHO_PAYS: Final = (
    ("host", gettext_noop("The host")),
    ("meetup", gettext_noop("The meetup")),
    ("each", gettext_noop("Everybody for themselves")),
    ("shared", gettext_noop("Shared")),
)
_VENUE: Final = (
    ("own", gettext_noop("Our own house")),
    ("lent", gettext_noop("Lent for nothing")),
    ("hired", gettext_noop("Hired")),
)
_LETTERS: Final = (
    ("yes", gettext_noop("Yes, in time for an application")),
    ("some", gettext_noop("To some, when asked")),
    ("no", gettext_noop("No")),
)

SECTIONS: Final = (
    Section(
        "place",
        gettext_noop("Place and days"),
        gettext_noop("The days lie in the window of the call."),
        (
            Field("city", gettext_noop("City"), "line", needed=True, longest=80),
            Field("country", gettext_noop("Country"), "country", needed=True),
            Field(
                "timezone",
                gettext_noop("Time zone"),
                "zone",
                gettext_noop("Leave it where the country has only one."),
                needed=True,
                compared=False,
            ),
            Field(
                "days",
                gettext_noop("Days offered"),
                "days",
                gettext_noop("Up to three choices, the one you prefer first."),
                needed=True,
            ),
            Field(
                "language",
                gettext_noop("Language"),
                "line",
                gettext_noop("What is spoken in the streets, and how far English gets one."),
            ),
        ),
    ),
    Section(
        "team",
        gettext_noop("Host and local team"),
        gettext_noop("Who would do the work."),
        (
            Field("organisation", gettext_noop("Host organisation"), "line", needed=True),
            Field("contact", gettext_noop("Who speaks for the bid"), "line", needed=True, compared=False),
            Field(
                "contact_email",
                gettext_noop("Their e-mail address"),
                "address",
                gettext_noop("Only the editors of this bid, the group and the keeper see it."),
                needed=True,
                public=False,
                compared=False,
            ),
            Field(
                "team",
                gettext_noop("Local team"),
                hint=gettext_noop("Names, and from which organisations. Best not all from one."),
                needed=True,
            ),
            Field(
                "experience",
                gettext_noop("Experience"),
                hint=gettext_noop("Who came to or organised one of these meetups, or another event? What was it like?"),
                needed=True,
            ),
            Field(
                "handover",
                gettext_noop("Handing over"),
                hint=gettext_noop("Would the team help to finish the report of the edition before?"),
            ),
        ),
    ),
    Section(
        "venue",
        gettext_noop("Venue and rooms"),
        gettext_noop(
            "Many small rooms with chairs in a circle matter more than one fine hall. Floor plans have a page of their own."
        ),
        (
            Field("venue", gettext_noop("Venue"), "line", gettext_noop("House and street."), needed=True),
            Field("venue_kind", gettext_noop("Whose house it is"), "choice", needed=True, choices=_VENUE),
            Field(
                "capacity",
                gettext_noop("Most people at once"),
                "number",
                gettext_noop("In all rooms together, as the fire safety says."),
                needed=True,
            ),
            Field(
                "rooms",
                gettext_noop("Rooms"),
                "rooms",
                gettext_noop("Plenary first. Layout: chairs in a circle, rows, tables …"),
                needed=True,
            ),
            Field(
                "access",
                gettext_noop("Ways without steps"),
                hint=gettext_noop(
                    "Wheelchairs: entrance, lifts, every room, toilets. Hearing loops, a quiet room, prayer, parents."
                ),
                needed=True,
            ),
        ),
    ),
    Section(
        "equipment",
        gettext_noop("Network, power and sound"),
        gettext_noop("Everybody opens a laptop, all at once."),
        (
            Field(
                "wifi",
                gettext_noop("Wireless network"),
                hint=gettext_noop("How many devices, how fast, who looks after it on the day."),
                needed=True,
            ),
            Field(
                "power",
                gettext_noop("Power"),
                hint=gettext_noop("Sockets or boards at the seats, in which rooms, which plug."),
                needed=True,
            ),
            Field(
                "sound",
                gettext_noop("Screens, microphones, sound"),
                hint=gettext_noop("In each room. Recording or streaming, if any."),
                needed=True,
            ),
        ),
    ),
    Section(
        "food",
        gettext_noop("Food and the evening"),
        "",
        (
            Field(
                "catering",
                gettext_noop("Catering"),
                hint=gettext_noop("Coffee, lunch, what for vegans, halal, kosher, allergies."),
                needed=True,
            ),
            Field("catering_paid", gettext_noop("Who pays for catering"), "choice", needed=True, choices=_WHO_PAYS),
            Field(
                "evening",
                gettext_noop("Evening"),
                hint=gettext_noop("A place where all can go on talking, and who pays there."),
            ),
        ),
    ),
    Section(
        "travel",
        gettext_noop("Getting there and staying"),
        "",
        (
            Field(
                "station",
                gettext_noop("Nearest railway station"),
                "line",
                gettext_noop("Minutes to the venue, and what that costs."),
            ),
            Field(
                "airport",
                gettext_noop("Nearest airport"),
                "line",
                gettext_noop("Minutes to the venue, and what that costs."),
                needed=True,
            ),
            Field(
                "getting_about",
                gettext_noop("Getting about"),
                hint=gettext_noop("In the city, also for people who walk badly or roll."),
            ),
            Field(
                "visa",
                gettext_noop("Visas"),
                hint=gettext_noop("Who needs one, how hard and slow it is, who cannot get one."),
                needed=True,
            ),
            Field("visa_letters", gettext_noop("Letters of invitation"), "choice", needed=True, choices=_LETTERS),
            Field("hotels", gettext_noop("Hotels"), hint=gettext_noop("How far, and what a night costs then."), needed=True),
            Field("discounts", gettext_noop("Discounts"), "line", gettext_noop("Agreed with hotels or trains.")),
        ),
    ),
    Section(
        "safety",
        gettext_noop("Safety"),
        "",
        (
            Field(
                "conduct",
                gettext_noop("Code of conduct contact"),
                "line",
                gettext_noop("Somebody on the spot whom people can turn to."),
                needed=True,
            ),
            Field("insurance", gettext_noop("Insurance"), "line", gettext_noop("Who is liable, and is that insured?")),
            Field(
                "safety",
                gettext_noop("What people should know"),
                hint=gettext_noop("Laws and customs some have to know before they decide to come."),
            ),
        ),
    ),
    Section(
        "offer",
        gettext_noop("What the host gives, and interests"),
        gettext_noop("What it costs is on the sheet of costs, apart from the bid."),
        (
            Field(
                "covers",
                gettext_noop("What the host covers"),
                hint=gettext_noop("In things and work; amounts go on the sheet of costs."),
                needed=True,
            ),
            Field(
                "underwriters", gettext_noop("Others who would pay"), hint=gettext_noop("Already asked, or easy to ask there.")
            ),
            Field("cap", gettext_noop("Cap on attendance"), "number", gettext_noop("If there has to be one.")),
            Field(
                "conflict",
                gettext_noop("Conflicts of interest"),
                hint=gettext_noop(
                    "Is anybody of the team linked (by work, money, family) with an organisation that would be paid, or with "
                    "who decides? A link can be good or bad; it is stated in public. If there is none, say so."
                ),
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

"""States of a seat, the legal moves between them, who is next, and the words people choose from. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal, get_args

from midcycle.kernel.words import gettext, gettext_noop

SeatState = Literal["held", "waiting", "offered", "cancelled", "checked_in", "no_show"]
SEAT_STATES: Final = get_args(SeatState)
SEAT_STATE_NAMES: Final[Mapping[str, str]] = {
    "held": gettext_noop("Seat held"),
    "waiting": gettext_noop("Waiting"),
    "offered": gettext_noop("Seat offered"),
    "cancelled": gettext_noop("Cancelled"),
    "checked_in": gettext_noop("Checked in"),
    "no_show": gettext_noop("No-show"),
}

# No state of a seat: who is still to come and never opened the link in a letter.
UNOPENED: Final = "unopened"
STILL_TO_COME: Final = frozenset({"held", "offered", "waiting"})

MOVES: Final[Mapping[str, frozenset[str]]] = {
    "held": frozenset({"cancelled", "checked_in", "no_show"}),
    "waiting": frozenset({"held", "offered", "cancelled"}),
    "offered": frozenset({"held", "cancelled"}),
    "cancelled": frozenset({"held", "offered", "waiting"}),
    "checked_in": frozenset({"held"}),
    "no_show": frozenset({"checked_in", "waiting"}),
}

# States that take one of the seats there are, which is those of people who come or came; and those who once had one.
TAKES_A_SEAT: Final = frozenset({"held", "offered", "checked_in"})
COMES: Final = TAKES_A_SEAT
HAD_A_SEAT: Final = TAKES_A_SEAT | {"no_show"}

# Who may register colleagues.
MAY_BRING: Final = TAKES_A_SEAT | {"waiting"}

MOST_SEATS: Final = 100_000

ROLES: Final[Mapping[str, str]] = {
    "operator": gettext_noop("Operator"),
    "expects_to_operate": gettext_noop("Expects to operate"),
    "developer": gettext_noop("Developer"),
    "vendor": gettext_noop("Vendor, wearing a user's hat"),
    "other": gettext_noop("Something else"),
}
ROLE_TEXTS: Final[Mapping[str, str]] = {
    "operator": gettext_noop("I keep something running today."),
    "expects_to_operate": gettext_noop("I will, and want to learn how."),
    "developer": gettext_noop("I write what operators run."),
    "vendor": gettext_noop("I sell to operators, and come to learn from them."),
    "other": gettext_noop("Studying, writing, curious: welcome."),
}
SECTORS: Final[Mapping[str, str]] = {
    "academic research": gettext_noop("Academic research"),
    "government": gettext_noop("Government"),
    "broadcast media": gettext_noop("Broadcast media"),
    "public cloud": gettext_noop("Public cloud"),
    "telecom": gettext_noop("Telecom and networks"),
    "finance": gettext_noop("Finance"),
    "industry": gettext_noop("Industry and retail"),
    "health": gettext_noop("Health"),
    "software": gettext_noop("Software and consulting"),
    "non-profit": gettext_noop("Non-profit"),
    "other": gettext_noop("Something else"),
}
HEARD: Final[Mapping[str, str]] = {
    "list": gettext_noop("On the community's list"),
    "colleague": gettext_noop("A colleague told me"),
    "forwarded": gettext_noop("Somebody forwarded the invitation"),
    "last_time": gettext_noop("I came to an earlier meetup"),
    "event": gettext_noop("At another event"),
    "web": gettext_noop("On the web or a social network"),
    "other": gettext_noop("Another way"),
}

# Reasons of moves that the page of a seat tells apart.
LAPSED: Final = gettext_noop("the offer was not accepted in time")
TAKEN_BACK: Final = "the organisers gave this place back: "

_DOOR_STAGES: Final = frozenset({"on_site", "wrap_up", "archived"})
_STILL_SHUT: Final = gettext_noop("The door is not open yet. Move the meetup on to “on site” first: the button is on the desk.")
_STILL_TO_COME: Final = gettext_noop("People can still come. Move the meetup on to “on site” first: the button is on the desk.")


def way_heard(text: str) -> str:
    """Return how somebody heard as everybody may see it, in English. Own words are another way: nobody puts words on a page."""
    return HEARD.get(text, HEARD["other"]) if text else ""


def place_in_line(held: int, total: int) -> SeatState:
    """Return what a newcomer gets: a seat while one is free, a place in the waitlist otherwise."""
    return "held" if held < total else "waiting"


def seats_to_promote(held: int, total: int, waiting: int) -> int:
    """Return how many of those waiting get a seat now."""
    return max(0, min(total - held, waiting))


def why_not_opened(stage: str) -> str | None:
    """Return why registration cannot be opened in this stage, None when it can."""
    if stage == "idea":
        return gettext("This is an idea still. Look for a place first: the button is on the desk.")
    if stage in {"wrap_up", "archived"}:
        return gettext("This meetup is over. Registration cannot be opened again.")
    return None


def why_closed(stage: str, *, is_open: bool) -> str | None:
    """Return why nobody can register now, None when people can."""
    if stage in {"wrap_up", "archived"}:
        return gettext("This meetup is over. Look for the next one on the first page.")
    if not is_open or stage in {"idea", "hosting"}:
        return gettext("Registration is not open. Ask the organisers, or look again later.")
    return None


def why_answers_stay(stage: str, state: str) -> str | None:
    """Return why somebody cannot change what they told us, None when they can."""
    if stage in {"wrap_up", "archived"}:
        return gettext("This meetup is over, so your answers stay as they are. Tell the organisers if one of them is wrong.")
    if state == "cancelled":
        return gettext("You have no place here any more. Register again if you can come after all: you are asked anew.")
    return None


def shows_door(stage: str) -> bool:
    """Say whether the desk offers to check people in: on site, and afterwards for those who were forgotten."""
    return stage in {"on_site", "wrap_up"}


def why_door_is_shut(stage: str) -> str | None:
    """Return why nobody can be checked in yet, None once people can be. It never shuts again: lists are typed in late."""
    return None if stage in _DOOR_STAGES else gettext(_STILL_SHUT)


def why_no_shows_wait(stage: str) -> str | None:
    """Return why nobody can be called a no-show yet, None once people can be."""
    return None if stage in _DOOR_STAGES else gettext(_STILL_TO_COME)


def late_refusal(total: int) -> str:
    """Return what is told at the door, in English, when somebody comes after their seat was released and given away."""
    return f"Their seat was released, and all {total} seats are taken. Put them into the queue, or raise the capacity."


def is_door_kept(stage: str, checked_in: int) -> bool:
    """Say whether somebody checks people in, so that who is not checked in is not here."""
    return stage == "on_site" and checked_in > 0


def why_no_door(was: str) -> str | None:
    """Return why somebody whose seat is in this state cannot be checked in, None when they can."""
    if was == "waiting":
        return gettext("This person has no seat yet: they are in the waitlist. Put them into the queue, or raise the capacity.")
    if was == "cancelled":
        return gettext("This seat was given back. Add the person as a walk-in.")
    return None


def why_not_this_total(total: int, held: int, room: int | None = None) -> str | None:
    """Return why there cannot be so many seats, None when there can."""
    if room is not None and total > room:
        return gettext("The room takes %(room)s. Type %(room)s or less, or change what the room takes.") % {"room": room}
    if total > MOST_SEATS:
        return gettext("That is more than %(most)s seats. Type a smaller number.") % {"most": MOST_SEATS}
    if total < held:
        told = gettext("%(held)s seats are taken already. Type %(held)s or more, or ask people to give seats back.")
        return told % {"held": held}
    return None


def taken_back_reason(why: str) -> str:
    """Return what somebody is told whose place the organisers gave back for them."""
    return f"{TAKEN_BACK}{why}"


def how_it_ended(reason: str) -> Literal["given back", "lapsed", "taken back"]:
    """Return how a place ended, by the reason of its last move: by its person, by waiting too long, by the organisers."""
    if reason == LAPSED:
        return "lapsed"
    return "taken back" if reason.startswith(TAKEN_BACK) else "given back"


def capacity_reason(was: int, becomes: int) -> str:
    """Return the reason told to those who get a seat because there are more of them."""
    return f"capacity was raised from {was} to {becomes}"


def quota_reason(kind: str, value: str, most: int) -> str:
    """Return the reason told to those whose kind of people has no seat left."""
    seats = "the one seat" if most == 1 else f"all {most} seats"
    return f"{seats} for {quota_name(kind, value)} {'was' if most == 1 else 'were'} taken"


def quota_text(kind: str, value: str, most: int) -> str:
    """Return what everybody reads of a quota."""
    seats = {0: "No seats", 1: "At most 1 seat"}.get(most, f"At most {most} seats")
    return f"{seats} for {quota_name(kind, value)}."


def quota_name(kind: str, value: str) -> str:
    """Return whom a quota is for, in words, such as `vendors` or `people of one organisation`."""
    if kind == "organisation":
        return "each organisation" if value == "*" else "people of one organisation"
    if kind == "first_time":
        return "people who come for the first time" if value == "yes" else "people who came before"
    if kind == "region":
        return f"people from {kept_word(value, {})}"
    return f"“{kept_word(value, ROLES if kind == 'role' else SECTORS)}”"


def draw_reason(draw_at: datetime | None) -> str:
    """Return the reason told to those who wait for a lottery."""
    return "seats are drawn by lot" if draw_at is None else f"seats are drawn by lot on {draw_at.day} {draw_at:%B %Y}"


def drawn_reason(number: int, people: int) -> str:
    """Return the note about how somebody's lot came out."""
    return f"drawn as number {number} of {people}"


def full_reason(total: int) -> str:
    """Return the reason told to those who have to wait."""
    return "the one seat was taken" if total == 1 else f"all {total} seats were taken"


def notice_reason(days: int) -> str:
    """Return the note about how many days before the meetup somebody needs to know."""
    if days == 0:
        return "no notice is needed"
    return "1 day of notice is needed" if days == 1 else f"{days} days of notice are needed"


def region_reason(region: str) -> str:
    """Return the note about another place in the waitlist, because the meetup is in another region now."""
    if not region:
        return "the meetup has no region now, and its waitlist serves people of its region by the published rule"
    where = kept_word(region, {})
    return f"the meetup is in {where} now, and its waitlist serves people of that region by the published rule"


def who_did(was: str, becomes: str, reason: str) -> str:
    """Return who changed a seat when no member of the team did: its person, or the line by its rule and the clock."""
    by_line = was == "waiting" and becomes in {"held", "offered"}
    by_clock = becomes == "no_show" or reason.endswith("not accepted in time") or reason.startswith("drawn as number")
    return gettext("The line") if by_line or by_clock else gettext("Themselves")


def why_no_transfer(stage: str, state: str, *, allowed: bool) -> str | None:
    """Return why a seat cannot be passed on, None when it can."""
    if not allowed:
        return gettext("The organisers want seats to go to those who wait. Give yours back, and the next in line has it.")
    if stage in {"wrap_up", "archived"}:
        return gettext("This meetup is over.")
    if state != "held":
        return gettext("Only a seat that is held can be passed on.")
    return None


def word_for(value: str, words: Mapping[str, str]) -> str:
    """Return how a stored value is shown: its word if it is one of ours, else itself, tidied."""
    return gettext(words[value]) if value in words else kept_word(value, words)


def kept_word(value: str, words: Mapping[str, str]) -> str:
    """Return the same in English, for sentences that are kept."""
    if value in words:
        return words[value]
    return value.replace("-", " ").title() if "-" in value else value[:1].upper() + value[1:]


def known_as(value: str, words: Mapping[str, str]) -> str:
    """Return the key of a value that is one of ours in other letters (`Health`, `public-cloud`), else the value itself."""
    plain = _plain(value)
    return next((key for key, word in words.items() if plain in {_plain(key), _plain(word)}), value)


def ordinal(number: int) -> str:
    """Return 1st, 2nd, 3rd, 4th, 11th, 21st."""
    tail = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{tail}"


def ticket_code(text: str) -> str:
    """Return the code in what was typed or scanned of a ticket, such as `MC1.2A.<CODE>.<signature>`; else the text itself."""
    parts = text.strip().split(".")
    return (parts[2] if len(parts) > 2 and parts[0].upper() == "MC1" else "".join(text.split())).lower()


def _plain(text: str) -> str:
    return text.casefold().replace("-", " ").replace("_", " ").strip()

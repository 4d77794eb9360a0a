"""What the team has beside the board, for machines: unmet wishes and what would help, hints, moderators, who is there when.

No addresses, no words to the team, and not who is kept apart: those are for people who can be asked about them.
"""

from ninja import Router, Schema

from midcycle.agenda import queries
from midcycle.meetups.api import Token, TokenRequest

router = Router()


class LostOut(Schema):
    """A session some people want and cannot attend, what keeps them away, and what would win some of them back.

    `beside` has the sessions they are in at that time; `no_seat` and `no_place` count people.
    """

    title: str
    wanted: int
    met: int
    beside: list[str]
    no_seat: int
    no_place: int
    would_help: list[str]


class WishesOut(Schema):
    """How many wishes the agenda meets, and where some are lost, the most first."""

    wanted: int
    met: int
    lost: list[LostOut]


class HintOut(Schema):
    """What is worth a second look, in a sentence, and the session it is about (null: none)."""

    sentence: str
    session: int | None


class HintsOut(Schema):
    """All hints."""

    items: list[HintOut]


class AskedOut(Schema):
    """Somebody proposed or asked to moderate; `state` is proposed, asked or declined."""

    name: str
    part: str
    state: str


class ModeratedOut(Schema):
    """A session with who moderates it, who is proposed, and who is still missing, as a sentence."""

    id: int
    title: str
    when: str
    leads: list[str]
    shadows: list[str]
    proposed: list[AskedOut]
    missing: str


class VolunteerOut(Schema):
    """Somebody in the pool: sessions led before, the most they take on, and how many they have."""

    id: int
    name: str
    led: int
    most: int
    taken: int
    languages: str


class ModeratorsOut(Schema):
    """Sessions that are moderated, in order of time, and the pool."""

    sessions: list[ModeratedOut]
    pool: list[VolunteerOut]


class ThereOut(Schema):
    """Somebody who is not there all the time: when they are away, and the hours in which they take part from afar."""

    name: str
    away: list[str]
    hours: str


class PresenceOut(Schema):
    """Everybody with limits to when they are there."""

    items: list[ThereOut]


@router.get("/meetups/{slug}/agenda/wishes", response=WishesOut, auth=Token("agenda:read"), summary="What would help")
def list_wishes(request: TokenRequest, slug: str) -> WishesOut:  # noqa: ARG001 - the token names the meetup
    """Return which wishes the agenda leaves unmet, why, and what would win some back."""
    found = queries.wishes(request.auth)
    lost = [
        LostOut(
            title=one.title,
            wanted=one.wanted,
            met=one.met,
            beside=[title for title, _ in one.beside],
            no_seat=one.no_seat,
            no_place=one.no_place,
            would_help=list(cures),
        )
        for one, cures in found.lost
    ]
    return WishesOut(wanted=found.wanted, met=found.met, lost=lost)


@router.get("/meetups/{slug}/agenda/hints", response=HintsOut, auth=Token("agenda:read"), summary="What is worth a look")
def list_hints(request: TokenRequest, slug: str) -> HintsOut:  # noqa: ARG001 - the same
    """Return what is worth a second look in the agenda as it stands."""
    return HintsOut(items=[HintOut.from_orm(hint) for hint in queries.hints_for(request.auth)])


@router.get("/meetups/{slug}/agenda/moderators", response=ModeratorsOut, auth=Token("agenda:read"), summary="Who moderates")
def list_moderators(request: TokenRequest, slug: str) -> ModeratorsOut:  # noqa: ARG001 - the same
    """Return who moderates what, who is asked, and who could; without addresses."""
    page = queries.moderating(request.auth, with_addresses=False)
    return ModeratorsOut(
        sessions=[ModeratedOut.from_orm(line) for line in page.lines],
        pool=[VolunteerOut.from_orm(person) for person in page.pool],
    )


@router.get("/meetups/{slug}/agenda/presence", response=PresenceOut, auth=Token("agenda:read"), summary="Who is there when")
def list_presence(request: TokenRequest, slug: str) -> PresenceOut:  # noqa: ARG001 - the same
    """Return everybody who is not there all the time, by name."""
    return PresenceOut(items=[ThereOut.from_orm(person) for person in queries.people_with_limits(request.auth)])

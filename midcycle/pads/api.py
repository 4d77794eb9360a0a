"""Pads for machines."""

from datetime import datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Router, Schema
from ninja.security import SessionAuth

from midcycle.accounts.models import Person
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.tickets import AGE, PadTicket, issue
from midcycle.kernel.typed import one_line
from midcycle.meetups import actions as meetups
from midcycle.meetups.access import meetup_for, token_for
from midcycle.meetups.api import Token, TokenRequest
from midcycle.meetups.models import Meetup
from midcycle.pads import queries
from midcycle.pads.access import pad_by_id, pad_for, ticket_of
from midcycle.pads.models import Pad
from midcycle.pads.rules import MODERATING, may_write_in
from midcycle.web.api import Refused
from midcycle.web.middleware import live_origin
from midcycle.web.reading import Body

router = Router(tags=["pads"])


class PartsOut(Schema):
    """Names of those with a part in the session of a pad."""

    moderators: list[str]
    note_takers: list[str]
    publishers: list[str]


class PadOut(Schema):
    """A pad: its page, its text in Markdown, its session, and when it last changed."""

    id: UUID
    name: str
    title: str
    url: str
    markdown_url: str
    session: int | None
    locked: bool
    published: datetime | None
    updated: datetime
    parts: PartsOut

    @staticmethod
    def resolve_url(pad: Pad) -> str:
        """Return the address of its page."""
        return settings.MIDCYCLE.public_url_used + reverse("pads:pad", args=[pad.meetup.slug, pad.name])

    @staticmethod
    def resolve_markdown_url(pad: Pad) -> str:
        """Return the address of its text."""
        return settings.MIDCYCLE.public_url_used + reverse("pads:markdown", args=[pad.meetup.slug, pad.name])

    @staticmethod
    def resolve_session(pad: Pad) -> int | None:
        """Return the number of the session."""
        return pad.session_id

    @staticmethod
    def resolve_locked(pad: Pad) -> bool:
        """Say whether only those write who tend it."""
        return pad.locked_at is not None

    @staticmethod
    def resolve_published(pad: Pad) -> datetime | None:
        """Return when it was published last."""
        return pad.published.at if hasattr(pad, "published") else None

    @staticmethod
    def resolve_parts(pad: Pad) -> dict[str, list[str]]:
        """Return who does what in its session."""
        held = list(pad.session.parts.all()) if pad.session else []
        named = {"moderators": MODERATING, "note_takers": ("note_taker",), "publishers": ("publisher",)}
        return {name: [str(one.person) for one in held if one.part in parts] for name, parts in named.items()}


class PadsOut(Schema):
    """The pads of a meetup, in the order of its agenda. `open` while everybody who is signed in may write."""

    items: list[PadOut]
    open: bool


class PadTextOut(Schema):
    """What a pad says, in Markdown."""

    name: str
    text: str


class WriterIn(Body):
    """Who writes, as the others see it."""

    name: str = "API"


class TicketOut(Schema):
    """A ticket for the live server, good for a minute, and the address to use it at."""

    ticket: str
    url: str


class TicketTo(Schema):
    """Where to open a WebSocket, ticket included, once and until when."""

    url: str
    expires: datetime


class HolderRequest(HttpRequest):
    """A request that came with a token or from somebody signed in."""

    auth: Meetup | Person


class TokenOfPad(Token):
    """Opens a route to a token of the meetup that the pad belongs to."""

    def authenticate(self, request: HttpRequest, token: str) -> Meetup:
        """Return the meetup. Raises what the gates raise."""
        if request.resolver_match is None:
            raise Http404
        pad = pad_by_id(request.resolver_match.kwargs["pad"])
        found = token_for(token, pad.meetup.slug, self.scope)
        meetups.note_use(found, timezone.now().date())
        return found.meetup


class SignedIn(SessionAuth):
    """Opens a route to whoever is signed in, with the CSRF token of the session."""

    def __call__(self, request: HttpRequest) -> Person | None:
        """Return the person; a stranger without a token is told that one is missing, not that a form went stale."""
        return super().__call__(request) if isinstance(request.user, Person) else None

    def authenticate(self, request: HttpRequest, key: str | None) -> Person | None:  # noqa: ARG002 - the library's signature
        """Return the person."""
        return request.user if isinstance(request.user, Person) else None


@router.get("/meetups/{slug}/pads", response=PadsOut, summary="List pads")
def list_pads(request: HttpRequest, slug: str) -> dict[str, object]:  # noqa: ARG001 - the library's signature
    """Return the pads of a meetup."""
    meetup = meetup_for(slug)
    return {"items": list(queries.listed_pads(meetup)), "open": queries.is_open(meetup, now=timezone.now())}


@router.get("/meetups/{slug}/pads/{name}", response=PadTextOut, summary="Read a pad")
def read_pad(request: HttpRequest, slug: str, name: str) -> dict[str, str]:  # noqa: ARG001 - the library's signature
    """Return the text of a pad as last saved."""
    return {"name": name, "text": queries.text_of_pad(pad_for(slug, name))}


@router.post(
    "/meetups/{slug}/pads/{name}/ticket",
    response={200: TicketOut, 409: Refused},
    auth=Token("pads:write"),
    summary="Get a ticket to write",
)
def get_ticket(request: TokenRequest, slug: str, name: str, writer: WriterIn) -> dict[str, str]:
    """Return a ticket with which a machine may write in the pad."""
    pad = pad_for(slug, name)
    _check_open(pad)
    signed = _of_machine(pad, writer)
    return {"ticket": issue(settings.SECRET_KEY, signed), "url": _address(request, pad)}


@router.post(
    "/pads/{pad}/ticket",
    response={200: TicketTo, 409: Refused},
    auth=[TokenOfPad("pads:write"), SignedIn()],
    summary="Get an address to connect to",
)
def get_address(request: HolderRequest, pad: str, writer: WriterIn | None = None) -> dict[str, object]:
    """Return a WebSocket address that a stock client of y-protocols can open once; the shared text is called `content`."""
    found = pad_by_id(pad)
    if isinstance(request.auth, Person):
        person = request.auth
        signed = ticket_of(person, found)
    else:
        _check_open(found)
        signed = _of_machine(found, writer or WriterIn())
    ticket = urlencode({"ticket": issue(settings.SECRET_KEY, signed)})
    return {"url": f"{_address(request, found)}?{ticket}", "expires": timezone.now() + timedelta(seconds=AGE)}


def _check_open(pad: Pad) -> None:
    if not may_write_in(pad.meetup.stage):
        raise Refusal("The pads of an archived meetup can be read only.")
    if pad.locked_at is not None:
        raise Refusal("This pad is locked. Ask whoever takes its notes to unlock it.")


def _of_machine(pad: Pad, writer: WriterIn) -> PadTicket:
    shown = one_line(writer.name)[:40] or "API"
    return PadTicket(pad.pk.hex, f"api:{shown}", shown, 0, "write", pad.rights)


def _address(request: HttpRequest, pad: Pad) -> str:
    live = settings.MIDCYCLE.live_url or live_origin(request)
    return f"{live.rstrip('/')}/live/pads/{pad.pk}"

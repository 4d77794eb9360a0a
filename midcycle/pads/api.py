"""Pads for machines."""

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Schema

from midcycle.kernel.refusal import Refusal
from midcycle.kernel.tickets import PadTicket, issue
from midcycle.kernel.typed import one_line
from midcycle.meetups.access import meetup_for
from midcycle.meetups.api import Token, TokenRequest
from midcycle.pads import queries
from midcycle.pads.access import pad_for
from midcycle.pads.models import Pad
from midcycle.pads.rules import may_write_in
from midcycle.web.api import Refused
from midcycle.web.middleware import live_origin
from midcycle.web.reading import Body

router = Router(tags=["pads"])


class PadOut(Schema):
    """A pad and where its session stands."""

    name: str
    title: str
    session: int | None

    @staticmethod
    def resolve_session(pad: Pad) -> int | None:
        """Return the number of the session."""
        return pad.session_id


class PadsOut(Schema):
    """The pads of a meetup, in the order of its agenda."""

    items: list[PadOut]


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


@router.get("/meetups/{slug}/pads", response=PadsOut, summary="List pads")
def list_pads(request: HttpRequest, slug: str) -> dict[str, object]:  # noqa: ARG001 - the library's signature
    """Return the pads of a meetup."""
    return {"items": list(queries.pads_of(meetup_for(slug)))}


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
    if not may_write_in(pad.meetup.stage):
        raise Refusal("The pads of an archived meetup can be read only.")
    shown = one_line(writer.name)[:40] or "API"
    signed = PadTicket(pad.pk.hex, f"api:{shown}", shown, 0, "write")
    if pad.locked_at is not None:
        raise Refusal("This pad is locked. Ask whoever takes its notes to unlock it.")
    live = settings.MIDCYCLE.live_url or live_origin(request)
    return {"ticket": issue(settings.SECRET_KEY, signed), "url": f"{live.rstrip('/')}/live/pads/{pad.pk}"}

"""Kept drafts for machines: side by side, kept, brought back, dropped."""

from typing import Annotated

from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from midcycle.agenda import actions, queries
from midcycle.agenda.access import draft_for
from midcycle.meetups.api import Token, TokenRequest
from midcycle.web.api import Refused
from midcycle.web.reading import Body

router = Router()


class ColumnOut(Schema):
    """The board (`id` null) or a kept draft, and what it wins; `moved` sessions are elsewhere than on the board."""

    id: int | None
    name: str
    met: int
    placed: int
    conflicts: int
    moved: int


class DifferenceOut(Schema):
    """A session that is not in the same place everywhere: a place in words for each column."""

    session: int
    title: str
    places: list[str]


class DraftsOut(Schema):
    """The board first, then the kept drafts; `wanted` counts all wishes."""

    wanted: int
    columns: list[ColumnOut]
    differences: list[DifferenceOut]


class DraftNameIn(Body):
    """What a draft is called."""

    name: Annotated[str, Field(min_length=1, max_length=60)]


class DraftKeptOut(Schema):
    """A draft that was kept."""

    id: int
    name: str


class BroughtBackOut(Schema):
    """The version of the board now, and how many sessions could not go back: their place is locked or gone."""

    version: int
    missing: int


@router.get("/meetups/{slug}/agenda/drafts", response=DraftsOut, auth=Token("agenda:read"), summary="Drafts side by side")
def list_drafts(request: TokenRequest, slug: str) -> DraftsOut:  # noqa: ARG001 - the token names the meetup
    """Return the board beside each kept draft: what each wins, and where they differ."""
    compared = queries.compared(request.auth)
    return DraftsOut(
        wanted=compared.wanted,
        columns=[ColumnOut.from_orm(column) for column in compared.columns],
        differences=[
            DifferenceOut(session=each.session, title=each.title, places=[place for place, _ in each.places])
            for each in compared.differences
        ],
    )


@router.post(
    "/meetups/{slug}/agenda/drafts",
    response={201: DraftKeptOut, 409: Refused},
    auth=Token("agenda:write"),
    summary="Keep the board as a draft",
)
def keep_draft(request: TokenRequest, slug: str, wish: DraftNameIn) -> Status[DraftKeptOut]:  # noqa: ARG001 - the same
    """Keep the board as it stands under a name."""
    made = actions.keep_draft(request.auth, wish.name, by=None, now=timezone.now())
    return Status(201, DraftKeptOut(id=made.pk, name=made.name))


@router.post(
    "/meetups/{slug}/agenda/drafts/{int:number}/bring-back",
    response={200: BroughtBackOut, 409: Refused},
    auth=Token("agenda:write"),
    summary="Put a kept draft onto the board",
)
def bring_back(request: TokenRequest, slug: str, number: int) -> BroughtBackOut:  # noqa: ARG001 - the same
    """Put a kept draft onto the board, as one move that can be undone."""
    missing = actions.bring_back(draft_for(request.auth, number), by=None, now=timezone.now())
    return BroughtBackOut(version=queries.version_of(request.auth), missing=missing)


@router.delete(
    "/meetups/{slug}/agenda/drafts/{int:number}",
    response={204: None, 409: Refused},
    auth=Token("agenda:write"),
    summary="Forget a kept draft",
)
def drop_draft(request: TokenRequest, slug: str, number: int) -> Status[None]:  # noqa: ARG001 - the same
    """Forget a kept draft; the board stays as it is."""
    actions.drop_draft(draft_for(request.auth, number), by=None, now=timezone.now())
    return Status(204, None)

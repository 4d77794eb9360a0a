"""The search for a better agenda for machines: begun, told how far it is, stopped, and put on the board."""

import json
from typing import Any, Final

from django.utils import timezone
from ninja import Router, Schema

from midcycle.agenda import actions, queries
from midcycle.agenda.access import search_for
from midcycle.meetups.api import Token, TokenRequest
from midcycle.meetups.models import Meetup
from midcycle.web.api import Refused

router = Router()
PATH: Final = "/meetups/{slug}/agenda/search"


class SearchOut(Schema):
    """How far a search is: wishes `attended` of all `wanted`, and how many more any agenda could meet at the most (`gap`).

    `state` is waiting, running, ended or failed. Shares are per cent of their wishes: what everybody, and nine of ten, get.
    """

    state: str
    attended: int | None
    wanted: int
    gap: int | None
    is_proven: bool
    is_better: bool
    is_on_board: bool
    least_share: int | None
    tenth_share: int | None
    seed: int
    seconds: int


class SearchFilesOut(Schema):
    """The problem and the plan with its certificate, of the format `midcycle-agenda/1`."""

    problem: dict[str, Any]
    plan: dict[str, Any]


class PutOut(Schema):
    """The version of the board now, and what it wins."""

    version: int
    placed: int
    met: int
    wanted: int


@router.get(PATH, response=SearchOut, auth=Token("agenda:read"), summary="How far the search for a better agenda is")
def read_search(request: TokenRequest, slug: str) -> SearchOut:  # noqa: ARG001 - the token names the meetup
    """Return how far the search is; 404 when none was begun."""
    search_for(request.auth)
    return _told(request.auth)


@router.get(f"{PATH}/files", response=SearchFilesOut, auth=Token("agenda:read"), summary="The proof of a search")
def read_search_files(request: TokenRequest, slug: str) -> SearchFilesOut:  # noqa: ARG001 - the same
    """Return what anybody can check the proof with, by `midcycle verify`; people are numbers in it."""
    search = search_for(request.auth)
    return SearchFilesOut(problem=json.loads(search.problem), plan=json.loads(search.plan))


@router.post(PATH, response={200: SearchOut, 409: Refused}, auth=Token("agenda:write"), summary="Search for a better agenda")
def begin_search(request: TokenRequest, slug: str) -> SearchOut:  # noqa: ARG001 - the same
    """Begin a search from the board as it stands; an earlier one ends."""
    actions.begin_search(request.auth, by=None, now=timezone.now())
    return _told(request.auth)


@router.post(f"{PATH}/on", response={200: SearchOut, 409: Refused}, auth=Token("agenda:write"), summary="Let a search go on")
def search_on(request: TokenRequest, slug: str) -> SearchOut:  # noqa: ARG001 - the same
    """Let a search that has ended go on from what it found."""
    actions.go_on(search_for(request.auth), by=None, now=timezone.now())
    return _told(request.auth)


@router.post(
    f"{PATH}/put", response={200: PutOut, 409: Refused}, auth=Token("agenda:write"), summary="Put what was found on the board"
)
def put_search(request: TokenRequest, slug: str) -> PutOut:  # noqa: ARG001 - the same
    """Put the agenda that was found onto the board, as one move that can be undone."""
    put = actions.put_search(search_for(request.auth), by=None, now=timezone.now())
    return PutOut(version=queries.version_of(request.auth), placed=put.placed, met=put.met, wanted=put.wanted)


@router.delete(PATH, response={200: SearchOut, 409: Refused}, auth=Token("agenda:write"), summary="Stop a search")
def stop_search(request: TokenRequest, slug: str) -> SearchOut:  # noqa: ARG001 - the same
    """Let a search come to its end; what it found is kept."""
    actions.stop_search(search_for(request.auth), by=None, now=timezone.now())
    return _told(request.auth)


def _told(meetup: Meetup) -> SearchOut:
    found = queries.search_of(meetup)
    facts = {name: getattr(found, name) for name in SearchOut.model_fields if name != "gap"}
    return SearchOut(gap=None if found is None or found.gap is None else found.gap.wishes, **facts)

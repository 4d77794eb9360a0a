"""The agenda for machines: the newest release for everybody, the board and who moderates for a token of its organisers."""

from ninja import Router

from midcycle.agenda.api import board, drafts, released, searching, team

router = Router(tags=["agenda"])
for _part in (released, board, drafts, searching, team):
    router.add_router("", _part.router)

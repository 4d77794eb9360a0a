"""Tables the organisers take away."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from midcycle.engines.tables import KINDS, Table, write
from midcycle.meetups.access import organised_meetup_for
from midcycle.registration.queries.exports import needs_table, seats_table, whole_table


@require_GET
def seats(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Give the organiser every seat as a table to take away: CSV, XLSX or ODS."""
    return _file(seats_table(organised_meetup_for(request.user, slug)), f"{slug}-seats", kind)


@require_GET
def whole(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Give the organiser every seat with what people eat and need, to import them elsewhere: CSV, XLSX or ODS."""
    return _file(whole_table(organised_meetup_for(request.user, slug)), f"{slug}-whole", kind)


@require_GET
def needs(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Give the organiser what people eat and need, and nothing else of them: CSV, XLSX or ODS."""
    return _file(needs_table(organised_meetup_for(request.user, slug)), f"{slug}-needs", kind)


def _file(table: Table, name: str, kind: str) -> HttpResponse:
    if kind not in KINDS:
        raise Http404
    response = HttpResponse(write(kind, table), content_type=KINDS[kind].media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response

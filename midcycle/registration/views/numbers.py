"""Numbers for the team: how it stands now, who comes and who waits, when people registered."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_GET

from midcycle.meetups.access import organised_meetup_for
from midcycle.registration import queries


@require_GET
def numbers(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Give the counters alone, as the desk asks for them every few seconds; 304 while nothing changed."""
    meetup = organised_meetup_for(request.user, slug)
    found = queries.live_numbers(meetup)
    etag = f'"{found.version}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:  # drawn without the request: what every page shows around it would cost queries
        answer = HttpResponse(render_to_string("registration/numbers.html", {"numbers": found, "meetup": meetup}))
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@require_GET
def spectrum(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the organiser who comes and who waits, small groups too, and when people registered."""
    meetup = organised_meetup_for(request.user, slug)
    seats = queries.seat_summary(meetup)
    page = {"spreads": queries.spreads(meetup), "arrivals": queries.arrivals(meetup, seats.total), "seats": seats}
    return render(request, "registration/who.html", {**page, "answers": queries.answer_counts(meetup), "meetup": meetup})

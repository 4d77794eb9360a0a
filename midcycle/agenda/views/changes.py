"""What changed from release to release, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from midcycle.agenda import queries
from midcycle.meetups.access import meetup_for


@require_safe
def changes(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the releases of the agenda, the newest first, with what each changed."""
    meetup = meetup_for(slug)
    return render(request, "agenda/changes.html", {"meetup": meetup, "releases": queries.changelog(meetup)})

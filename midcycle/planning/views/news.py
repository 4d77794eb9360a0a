"""What happened while somebody was away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from midcycle.planning import actions, queries
from midcycle.planning.access import team_for
from midcycle.planning.forms import ReadForm, SinceFilter


@require_http_methods(["GET", "POST"])
def news(request: HttpRequest, slug: str) -> HttpResponse:
    """Show somebody of a team what it decided and did since they last read that, and note that they have read it."""
    team = team_for(request.user, slug)
    if request.method == "POST":
        form = ReadForm(request.POST)
        until = form.cleaned_data["until"] if form.is_valid() else timezone.now()
        actions.mark_read(team.meetup, team.person, until=until, now=timezone.now())
        messages.success(request, gettext("Next time you see here what happened from now on."))
        return redirect("planning:tasks", slug)
    asked = SinceFilter(request.GET)
    found = queries.news_for(team.meetup, team.person, asked.day(), now=timezone.now())
    page = {"meetup": team.meetup, "news": found, "form": SinceFilter(initial={"since": found.since.date()})}
    page["read_form"] = ReadForm(initial={"until": found.until.isoformat()})
    return render(request, "planning/news.html", page)

"""What a visitor said and chose among the topics of a meetup: shown, taken away, erased."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from midcycle.accounts.models import Person
from midcycle.meetups.access import meetup_for
from midcycle.topics import actions, queries
from midcycle.web.requests import method_of, sign_in_first


@require_http_methods(["GET", "POST", "DELETE"])
def mine(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what the topics of a meetup hold about the visitor, and erase it."""
    meetup = meetup_for(slug)
    if not isinstance(request.user, Person):
        return sign_in_first(request, request.path, why=gettext("Sign in to see what you said about topics."))
    if method_of(request) == "DELETE":
        actions.erase_traces(meetup, request.user, now=timezone.now())
        messages.success(request, gettext("Erased. Topics you proposed stay for those who support them, and name nobody."))
        return redirect("topics:mine", slug)
    return render(request, "topics/mine.html", {"meetup": meetup, "traces": queries.traces_of(meetup, request.user)})


@require_GET
def mine_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the visitor what the topics of a meetup hold about them, as JSON."""
    meetup = meetup_for(slug)
    if not isinstance(request.user, Person):
        raise Http404
    told = {"meetup": {"title": meetup.title, "page": meetup.path}, **vars(queries.traces_of(meetup, request.user))}
    headers = {"Content-Disposition": f'attachment; filename="{slug}-topics.json"', "Cache-Control": "private, no-store"}
    return JsonResponse(told, headers=headers, json_dumps_params={"ensure_ascii": False, "indent": 2})

"""The line: its rule for everybody, and for the team the rule's page and the board."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcycle.meetups.access import meetup_for, organised_meetup_for
from midcycle.registration import actions, queries
from midcycle.registration.forms import DeskFilter, LineForm, fingerprint, moves_a_group
from midcycle.registration.views.common import organised, said, speaking

# The fields of the form in which a refusal of the rules is told.
_FIELDS = {"draw_at": "draw_day"}


@require_GET
def waitlist(request: HttpRequest, slug: str) -> HttpResponse:
    """Show everybody how seats go to those who wait, and how lots were drawn."""
    meetup = meetup_for(slug)
    asked = speaking(request)
    page = {"meetup": meetup, "page": queries.public_line(meetup), "asked": asked}
    response = render(request, "registration/waitlist.html", page)
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_GET
def draw(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Give everybody what it takes to draw the lots again."""
    facts = queries.draw_facts(meetup_for(slug))
    if facts is None:
        raise Http404
    response = JsonResponse(facts, json_dumps_params={"indent": 1})
    response.headers["Content-Disposition"] = 'attachment; filename="draw.json"'
    return response


@require_GET
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the team who waits, and whom the next free seat goes to."""
    meetup = organised_meetup_for(request.user, slug)
    page = queries.waitlist_board(meetup, number=DeskFilter(request.GET).asked()["number"], now=timezone.now())
    return render(request, "registration/board.html", {"meetup": meetup, "board": page})


@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose the rule of the line. What it changes is shown before it is published."""
    meetup, by = organised(request, slug)
    now, line = queries.line_rule(meetup), queries.public_line(meetup)
    form, change, mark = LineForm(meetup, now, request.POST or None, is_drawn=line.drawn is not None), None, ""
    if request.method == "POST" and form.is_valid():
        wanted = form.wanted()
        change, mark = queries.line_change(meetup, wanted, now=timezone.now()), fingerprint(wanted)
        if isinstance(change, tuple):
            form.add_error(_FIELDS.get(change[0], change[0]), change[1])
        elif "publish" in request.POST and form.was_seen(wanted):
            promoted = said(form, lambda: actions.set_line_rule(meetup, wanted, by=by, now=timezone.now()))
            if promoted is not None:
                told = ngettext(
                    "The rule is published. %(count)s from the waitlist got a seat.",
                    "The rule is published. %(count)s from the waitlist got a seat.",
                    promoted,
                )
                messages.success(request, told % {"count": promoted} if promoted else gettext("The rule is published."))
                return redirect("registration:line", slug)
    wrong = bool(form.errors) and not moves_a_group(request.POST)
    if form.errors and not wrong:  # the order of the groups is all that was meant
        form, change = form.anew(), None
    page = {"meetup": meetup, "form": form, "line": line, "mark": mark}
    shown = change if isinstance(change, queries.LineChange) and not form.errors else None
    return render(request, "registration/line.html", {**page, "change": shown}, status=422 if wrong else 200)


@require_POST
def transfers(request: HttpRequest, slug: str) -> HttpResponse:
    """Say whether people may pass their seat on."""
    meetup, by = organised(request, slug)
    allowed = request.POST.get("allowed") == "yes"
    actions.allow_transfers(meetup, allowed=allowed, by=by, now=timezone.now())
    told = gettext("Seats given back go to those who wait.")
    if allowed:
        told = gettext("People may pass their seat on.")
    messages.success(request, told)
    return redirect("registration:line", slug)

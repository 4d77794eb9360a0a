"""Links for each channel and how people heard, on the desk and for everybody; and what somebody passes on from their seat."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from midcycle.engines.documents import NotPrinted
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.models import Meetup
from midcycle.reach import actions, queries
from midcycle.reach.access import channel_for, desk_for, reached_for
from midcycle.reach.forms import ChannelForm
from midcycle.registration.access import place_for
from midcycle.web.personal import personal
from midcycle.web.requests import method_of, show


@require_safe
def reach(request: HttpRequest, slug: str) -> HttpResponse:
    """Show everybody how people heard, once it is published."""
    page = queries.page_of(reached_for(slug))
    show(request, page.meetup)
    return render(request, "reach/reach.html", {"page": page, "meetup": page.meetup})


@require_http_methods(["GET", "POST"])
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the team its links and what came of them, and make a link for another channel."""
    meetup, by = desk_for(request.user, slug)
    form = ChannelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_channel(meetup, **form.cleaned_data, by=by, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, gettext("“%(name)s” has a link now. Copy it from the list.") % {"name": made.name})
            return redirect("reach:desk", slug)
    return _desk(request, meetup, form)


@require_POST
def channel(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Remove a channel that brought nobody."""
    found, (meetup, by) = channel_for(request.user, slug, code), desk_for(request.user, slug)
    try:
        actions.remove_channel(found, by=by, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, gettext("“%(name)s” is removed.") % {"name": found.name})
    return redirect("reach:desk", meetup.slug)


@require_safe
def code(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Give the team the code of a channel, to print on a poster of its own."""
    return HttpResponse(queries.scan_code(channel_for(request.user, slug, code)), content_type="image/svg+xml")


@require_safe
def poster(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Give the team a poster for a channel."""
    found = channel_for(request.user, slug, code)
    try:
        pdf = queries.poster(found)
    except NotPrinted:
        return HttpResponse(gettext("The poster could not be made just now. Try again in a minute."), "text/plain", 503)
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{found.meetup.slug}-{found.code}.pdf"'
    return response


@require_POST
def publication(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish how people heard, or take it back."""
    meetup, by = desk_for(request.user, slug)
    try:
        if method_of(request) == "DELETE":
            actions.take_back(meetup, by=by, now=timezone.now())
            messages.success(request, gettext("It is taken back. Only the team sees it."))
        else:
            actions.publish(meetup, by=by, now=timezone.now())
            messages.success(request, gettext("Everybody can see how people heard."))
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect("reach:desk", slug)


@require_safe
@personal
def invitation(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Show somebody who has a place the link they can pass on."""
    place = place_for(slug, token)
    shown = {"invitation": queries.invitation(place), "meetup": place.meetup, "token": token}
    return render(request, "reach/invitation.html", shown)


def _desk(request: HttpRequest, meetup: Meetup, form: ChannelForm) -> HttpResponse:
    shown = {"board": queries.board(meetup), "meetup": meetup, "form": form}
    return render(request, "reach/desk.html", shown, status=422 if form.errors else 200)

"""A meetup's place in a series, and the larger event beside it, on the organiser's desk."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from midcycle.kernel.refusal import Refusal
from midcycle.meetups.access import organised_meetup_for
from midcycle.series.access import tended_series
from midcycle.series.actions import belonging as actions
from midcycle.series.forms.belonging import BelongingForm, BesideForm
from midcycle.series.queries import desk as queries
from midcycle.series.queries.page import regions_of
from midcycle.series.views.common import form_page, person_of, removal


@require_http_methods(["GET", "POST"])
def belonging(request: HttpRequest, slug: str) -> HttpResponse:
    """Say which series a meetup is an edition of, and which summit follows it."""
    meetup = organised_meetup_for(request.user, slug)
    offered = tended_series(request.user)
    regions = regions_of(meetup.series) if meetup.series else ()
    form = BelongingForm(meetup, offered, regions, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            told = _settle(request, form, slug)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, told)
            return redirect("series:belonging", slug)
    page = queries.desk_of(meetup, today=timezone.now().date())
    return render(
        request, "series/belonging.html", {"form": form, "meetup": meetup, "page": page}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
def beside(request: HttpRequest, slug: str) -> HttpResponse:
    """Say which larger event a meetup is beside."""
    meetup = organised_meetup_for(request.user, slug)
    known = queries.colocation_of(meetup)
    form = BesideForm(known, request.POST or None)

    def deed() -> str:
        actions.hold_beside(meetup, form.beside(), by=person_of(request), now=timezone.now())
        return gettext("Saved. What to think of is below.")

    words = {"title": gettext("Beside a larger event"), "button": gettext("Save")}
    if known:
        there = reverse("series:beside_removal", args=[slug])
        words |= {"removal": there, "removal_label": gettext("This meetup stands alone")}
    return form_page(request, form, words=words, deed=deed, to=reverse("series:belonging", args=[slug]))


@require_http_methods(["GET", "POST"])
def beside_removal(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a meetup be beside nothing."""
    meetup = organised_meetup_for(request.user, slug)
    words = {"title": gettext("This meetup stands alone?"), "text": gettext("What is said of the larger event is lost.")}

    def deed() -> None:
        actions.stand_alone(meetup, by=person_of(request), now=timezone.now())

    words |= {"button": gettext("It stands alone")}
    to = reverse("series:belonging", args=[slug])
    return removal(request, words=words, deed=deed, told=gettext("This meetup stands alone."), to=to)


def _settle(request: HttpRequest, form: BelongingForm, slug: str) -> str:
    meetup, by, now = organised_meetup_for(request.user, slug), person_of(request), timezone.now()
    if form.is_new:
        series = actions.start_with(meetup, form.cleaned_data["title"], form.following(), by=by, now=now)
        return gettext("%(series)s is started, with this meetup in it.") % {"series": series.title}
    series_named = queries.series_named(form.cleaned_data["series"])
    actions.place_in(meetup, series_named, form.following(), by=by, now=now)
    if series_named is None:
        return gettext("Saved. It belongs to no series.")
    return gettext("Saved. It is an edition of %(series)s.") % {"series": series_named.title}

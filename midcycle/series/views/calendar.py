"""The shared calendar: read, taken away as a file, added to."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from midcycle.series.access import calendar_keeper_for, event_for, tended_series
from midcycle.series.actions import events as actions
from midcycle.series.forms.events import CalendarFileForm, EventForm
from midcycle.series.queries import shared as queries
from midcycle.series.rules.facts import FIRST_DAY, LAST_DAY
from midcycle.series.views.common import form_page, person_of, removal


@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """Show meetups and events of other communities, with what is at the same time."""
    shown = queries.shared_calendar(request.user, today=timezone.now().date(), year=_year(request.GET.get("year", "")))
    return render(request, "series/calendar.html", {"calendar": shown})


@require_GET
def calendar_file(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Give the calendar to calendar programs (iCalendar)."""
    title = f"{settings.MIDCYCLE.instance_name}: meetups and more"
    data = queries.as_ics(settings.MIDCYCLE.public_url_used, title=title, today=timezone.now().date())
    return HttpResponse(
        data,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="calendar.ics"'},
    )


@require_http_methods(["GET", "POST"])
def new_event(request: HttpRequest) -> HttpResponse:
    """Add an event of another community to the calendar."""
    by = calendar_keeper_for(request.user)
    form = EventForm(tended_series(by), None, request.POST or None)

    def deed() -> str:
        event = actions.add_event(form.said(), by=by, now=timezone.now(), summit_of=form.series())
        return gettext("%(event)s is on the calendar.") % {"event": event.title}

    words = {"title": gettext("An event"), "button": gettext("Add it")}
    return form_page(request, form, words=words, deed=deed, to=_home())


@require_http_methods(["GET", "POST"])
def event(request: HttpRequest, number: int) -> HttpResponse:
    """Change what is said of an event."""
    found = event_for(request.user, number)
    form = EventForm(tended_series(request.user), found, request.POST or None)

    def deed() -> str:
        actions.change_event(found, form.said(), by=person_of(request), now=timezone.now(), summit_of=form.series())
        return gettext("Saved.")

    words = {"title": found.title, "button": gettext("Save"), "removal_label": gettext("Take this event away")}
    words |= {"removal": reverse("series:event_removal", args=[number])}
    return form_page(request, form, words=words, deed=deed, to=_home())


@require_http_methods(["GET", "POST"])
def event_removal(request: HttpRequest, number: int) -> HttpResponse:
    """Take an event off the calendar."""
    found = event_for(request.user, number)
    words = {"title": gettext("Take away %(event)s?") % {"event": found.title}, "text": gettext("It goes from the calendar.")}

    def deed() -> None:
        actions.drop_event(found, by=person_of(request), now=timezone.now())

    told = gettext("%(event)s is not on the calendar any more.") % {"event": found.title}
    return removal(request, words={**words, "button": gettext("Take it away")}, deed=deed, told=told, to=_home())


@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """Take over a calendar file of another community."""
    by = calendar_keeper_for(request.user)
    form = CalendarFileForm(request.POST or None, request.FILES or None)

    def deed() -> str:
        given = {name: form.cleaned_data[name] for name in ("community", "region")}
        taken = actions.take_in(form.events, **given, by=by, now=timezone.now())
        for remark in form.remarks:
            messages.warning(request, remark)
        counts = {"new": taken.new, "changed": taken.changed, "same": taken.same}
        return gettext("Taken over: %(new)s new, %(changed)s changed, %(same)s as they were.") % counts

    words = {"title": gettext("Events from a calendar file"), "button": gettext("Take over"), "file": True, "note": "calendar"}
    return form_page(request, form, words=words, deed=deed, to=_home())


def _home() -> str:
    return reverse("series:calendar")


def _year(text: str) -> int | None:
    year = int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else 0
    return year if FIRST_DAY.year < year <= LAST_DAY.year else None

"""A schedule of another program brought in: looked at first, tried, and undone if it was not what was wanted."""

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from midcycle.agenda import actions
from midcycle.agenda.access import organiser_for
from midcycle.agenda.forms import ScheduleFileForm
from midcycle.engines import tables
from midcycle.engines.schedules import c3voc, reading
from midcycle.engines.schedules.reading import Read
from midcycle.kernel.refusal import Refusal

_SALT = "midcycle.schedule-import"
_LONGEST = 700_000  # signs; what a form may send along


@require_http_methods(["GET", "POST"])
def import_schedule(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for a file, show what is in it and what is left out, and keep nothing yet."""
    meetup, _ = organiser_for(request.user, slug)
    form = ScheduleFileForm(request.POST, request.FILES) if request.method == "POST" else ScheduleFileForm()
    shown: dict[str, object] = {"meetup": meetup, "form": form}
    if form.is_valid():
        try:
            data = form.cleaned_data["file"].read()
            found = reading.read(data, timezone_name=meetup.timezone, unguard=tables.unguarded)
            shown |= {"found": found, "packed": _packed(found)}
        except Refusal as refusal:
            form.add_error("file", refusal.message)
    return render(request, "agenda/import.html", shown)


@require_POST
def import_looked_at(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring in what was looked at, as a draft."""
    meetup, organiser = organiser_for(request.user, slug)
    try:
        text = signing.loads(request.POST.get("packed", ""), salt=_SALT, max_age=60 * 60 * 24)
    except signing.BadSignature:
        messages.error(request, gettext("Choose the file again: what was looked at is too old."))
        return redirect("agenda:import", slug)
    schedule = reading.read(text.encode(), timezone_name=meetup.timezone).schedule
    made = actions.import_schedule(meetup, schedule, by=organiser, now=timezone.now())
    messages.success(
        request, gettext("On the board now: %(sessions)s. Nothing is released yet.") % _sessions(len(made.sessions))
    )
    if made.endless:
        messages.info(request, gettext("Past midnight, and without an end here: %(sessions)s.") % _sessions(made.endless))
    if made.known:
        messages.info(request, gettext("Here already, and left as it was: %(sessions)s.") % _sessions(made.known))
    return redirect("agenda:board", slug)


@require_POST
def undo_import(request: HttpRequest, slug: str) -> HttpResponse:
    """Take out what the last import brought in."""
    meetup, organiser = organiser_for(request.user, slug)
    count = actions.undo_import(meetup, by=organiser, now=timezone.now())
    told = gettext("Taken out: %(sessions)s of the last import, with rooms and times nobody else uses.")
    messages.success(request, told % _sessions(count))
    return redirect("agenda:board", slug)


def _sessions(count: int) -> dict[str, str]:
    return {"sessions": ngettext("%(count)s session", "%(count)s sessions", count) % {"count": count}}


def _packed(found: Read) -> str:
    """Return what was read as a signed text for the next form. Raises Refusal when there is too much or nothing in it."""
    if found.schedule.starts_on is None or not found.schedule.sessions:
        raise Refusal(gettext("There is no session with a day and a time in this file."))
    packed = signing.dumps(c3voc.to_json(found.schedule).decode(), salt=_SALT, compress=True)
    if len(packed) > _LONGEST:
        raise Refusal(gettext("There is too much in this file to look at it at once. Split it."))
    return packed

"""The released agenda, its sessions, what is on now, and the schedules other software reads."""

import re
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from midcycle.accounts.models import Person
from midcycle.agenda import queries
from midcycle.agenda.access import session_for
from midcycle.meetups.access import may_organise, meetup_for
from midcycle.meetups.models import Meetup
from midcycle.web.requests import wants_fragment

_STAR = re.compile(r"<!--star (\d+)-->")
_NOTES = re.compile(r"<!--notes (\d+)-->")
_DAYS = re.compile(r"<!--days((?: \d+)+)-->")
_DAY = re.compile(r"<!--(day|of day|end of day) (\d+)-->")
_FOLD = {"day": '<details class="details"><summary>', "of day": "</summary>", "end of day": "</details>"}
_TYPES = {"schedule_json": "application/json", "schedule_ics": "text/calendar; charset=utf-8"}


@require_safe
def agenda(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the newest release: ready HTML, with today, links to notes and the reader's own stars put in."""
    meetup = meetup_for(slug)
    release = queries.newest_release(meetup)
    page = _with_today(release, timezone.now()) if release else ""
    shown = {"meetup": meetup, "release": release, "page": _with_marks(request, meetup, page)}
    return render(request, "agenda/agenda.html", {**shown, "organises": may_organise(request.user, meetup)})


@require_safe
def session(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one session of the newest release."""
    meetup = meetup_for(slug)
    released = queries.released_agenda(meetup)
    page = queries.session_page(session_for(meetup, number), released) if released else None
    if page is None or released is None:
        raise Http404
    mine = queries.chosen(meetup, request.user, released) if isinstance(request.user, Person) else {}
    return render(request, "agenda/session.html", {"meetup": meetup, "page": page, "picked": number in mine})


@require_safe
def now(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is on and what comes next, for the screen in the venue; HTMX asks for the changing part alone."""
    meetup = meetup_for(slug)
    template = "agenda/now.html#now" if wants_fragment(request) else "agenda/now.html"
    return render(
        request,
        template,
        {"meetup": meetup, "page": queries.now_next(meetup, timezone.now()), "notes": queries.notes_of(meetup)},
    )


@require_safe
def schedule_json(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Give the newest release as schedule.json."""
    return _export(request, slug, "schedule_json")


@require_safe
def schedule_ics(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Give the newest release as iCalendar."""
    return _export(request, slug, "schedule_ics")


def _export(request: HttpRequest, slug: str, export: queries.Export) -> HttpResponseBase:
    """Answer with the stored bytes. A release never changes, so its number is a strong validator."""
    found = queries.export_of(meetup_for(slug), export)
    if found is None:
        raise Http404
    number, read = found
    etag = f'"release-{number}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = HttpResponse(read(), content_type=_TYPES[export])
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = "public, max-age=60"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _with_today(release: queries.Newest, now: datetime) -> str:
    """Put the links to the days where the release marked them, today first, and fold the days that are over."""
    marked = _DAYS.search(release.page)
    if marked is None:
        return release.page
    days = queries.day_links(release, [int(number) for number in marked[1].split()], now)
    over = {str(day.number) for day in days if day.is_past}
    bar = render_to_string("agenda/days.html", {"days": days})
    page = release.page.replace(marked[0], bar, 1)
    return _DAY.sub(lambda mark: _FOLD[mark[1]] if mark[2] in over else "", page)


def _with_marks(request: HttpRequest, meetup: Meetup, page: str) -> str:
    """Put what changes after a release where it marked a session: the link to the notes, and the reader's own star."""
    notes = queries.notes_of(meetup) if page else {}
    linked = _NOTES.sub(lambda mark: _notes_link(notes.get(int(mark[1]))), page)
    released = queries.released_agenda(meetup) if page and isinstance(request.user, Person) else None
    if released is None or not isinstance(request.user, Person):
        return linked
    mine = queries.chosen(meetup, request.user, released)
    titles = {session.id: session.title for session in released.sessions}
    token = get_token(request)

    def star(mark: re.Match[str]) -> str:
        number = int(mark[1])
        facts = {"slug": meetup.slug, "number": number, "title": titles[number], "picked": number in mine, "back": "agenda"}
        return render_to_string("agenda/star.html", {**facts, "csrf_token": token})

    return _STAR.sub(star, linked)


def _notes_link(path: str | None) -> str:
    return format_html('<p class="session-links"><a href="{}">Pad</a></p>', path) if path else ""

"""The released agenda, its sessions, what is on now, and the schedules other software reads."""

import re
from datetime import datetime
from threading import Lock

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from midcycle.accounts.models import Person
from midcycle.agenda import queries
from midcycle.agenda.access import Shown, personal_for, session_for, shown_for
from midcycle.engines.documents import NotPrinted
from midcycle.meetups.access import may_organise, meetup_for
from midcycle.meetups.models import Meetup
from midcycle.web.kept import facts_of
from midcycle.web.ready import Ready, Shelf, answer
from midcycle.web.requests import came_by, show, wants_fragment

_STAR = re.compile(r"<!--star (\d+)-->")
_NOTES = re.compile(r"<!--notes (\d+)-->")
_MARKS = re.compile(r"<!--(?:star|notes) \d+-->")
_DAYS = re.compile(r"<!--days((?: \d+)+)-->")
_DAY = re.compile(r"<!--(day|of day|end of day) (\d+)-->")
_FOLD = {"day": '<details class="details"><summary>', "of day": "</summary>", "end of day": "</details>"}
_QUARTER = 15 * 60  # seconds; the offsets of all time zones are quarters of an hour, so a day turns at one of them
PAGES, FILES = Shelf(), Shelf()
_PRESS = Lock()


@require_safe
def agenda(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show the newest release: ready bytes for who is not signed in, and for others with their own stars put in.

    Who came by a link of a channel gets links that say so.
    """
    shown = shown_for(slug)
    if not _is_a_stranger(request) or came_by(request):
        return render(request, "agenda/agenda.html", _page(request, shown, timezone.now()))
    now = timezone.now()
    quarter = int(now.timestamp()) // _QUARTER
    content = (slug, get_language(), facts_of(shown.meetup), shown.release, shown.notes, quarter)

    def make() -> Ready:
        facts = {**_page(request, shown, now), "jsonld": queries.jsonld_of(shown.meetup, shown.release), "csrf_token": ""}
        return Ready.of(render_to_string("agenda/agenda.html", facts, request).encode(), "text/html; charset=utf-8")

    show(request, shown.meetup)
    return answer(request, PAGES.get_or_make(content, make), caching="no-cache", vary=("Cookie",))


@require_safe
def embedded(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show the newest release within a page of another site: no cookie, no script, links open a window of their own."""
    shown = shown_for(slug)
    now = timezone.now()
    content = ("embedded", slug, get_language(), facts_of(shown.meetup), shown.release, int(now.timestamp()) // _QUARTER)

    def make() -> Ready:
        release = queries.newest_release(shown.meetup)
        page = _MARKS.sub("", _with_today(shown.meetup, release, now)) if release else ""
        html = render_to_string("agenda/embedded.html", {"meetup": shown.meetup, "release": release, "page": page}, request)
        return Ready.of(html.encode(), "text/html; charset=utf-8")

    found = answer(request, PAGES.get_or_make(content, make), caching="public, max-age=60")
    found.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors *"
    )
    found.xframe_options_exempt = True  # type: ignore[attr-defined]  # as Django's own decorator says it
    return found


@require_safe
def sheets(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """Give the newest release on paper: a sheet for the wall for each day, or one for the door of each room."""
    shown = shown_for(slug)
    if shown.release is None:
        raise Http404
    content = (shown.release, form, shown.meetup.title, get_language())
    try:
        with _PRESS:  # who comes at the same time gets the same sheets
            ready = FILES.get(content)
            if ready is None:
                pdf = queries.sheets_of(shown.meetup, shown.release, wall=form == "wall")
                ready = FILES.keep(content, Ready.of(pdf, "application/pdf"))
    except NotPrinted:
        return HttpResponse(gettext("The sheets could not be made just now. Try again in a minute."), "text/plain", 503)
    found = answer(request, ready, caching="public, max-age=60")
    found.headers["Content-Disposition"] = f'inline; filename="{slug}-{form}.pdf"'
    return found


def _page(request: HttpRequest, shown: Shown, now: datetime) -> dict[str, object]:
    meetup = shown.meetup
    release = queries.newest_release(meetup)
    page = _with_marks(request, meetup, _with_today(meetup, release, now) if release else "")
    within = f"{settings.MIDCYCLE.public_url_used}{reverse('agenda:embedded', args=[meetup.slug])}"
    organises = may_organise(request.user, meetup)
    return {"meetup": meetup, "release": release, "page": page, "organises": organises, "within": within}


def _is_a_stranger(request: HttpRequest) -> bool:
    """Say whether a visitor has nothing that makes a page theirs: neither signed in, nor with a message waiting."""
    return settings.SESSION_COOKIE_NAME not in request.COOKIES and "messages" not in request.COOKIES


@require_safe
def session(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one session of the newest release."""
    meetup = meetup_for(slug)
    released = queries.released_agenda(meetup)
    page = queries.session_page(session_for(meetup, number), released) if released else None
    if page is None or released is None:
        raise Http404
    mine = queries.chosen(personal_for(request.user, slug), released) if isinstance(request.user, Person) else {}
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
def schedule(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """Give the newest release in one of the formats other software reads."""
    shown = shown_for(slug)
    if shown.release is None:
        raise Http404
    content = (shown.release, form)
    ready = FILES.get(content)
    if ready is None:
        body = queries.written(shown.meetup, shown.release, form)
        if body is None:
            raise Http404
        ready = FILES.keep(content, Ready.of(body, queries.FORMS[form].kind))
    found = answer(request, ready, caching="public, max-age=60")
    found.headers["Access-Control-Allow-Origin"] = "*"
    return found


def _with_today(meetup: Meetup, release: queries.Newest, now: datetime) -> str:
    """Put the links to the days where the release marked them, today first, and fold the days that are over."""
    page = queries.page_of(meetup.slug, release)
    marked = _DAYS.search(page)
    if marked is None:
        return page
    days = queries.day_links(release, [int(number) for number in marked[1].split()], now)
    over = {str(day.number) for day in days if day.is_past}
    bar = render_to_string("agenda/days.html", {"days": days})
    return _DAY.sub(lambda mark: _FOLD[mark[1]] if mark[2] in over else "", page.replace(marked[0], bar, 1))


def _with_marks(request: HttpRequest, meetup: Meetup, page: str) -> str:
    """Put what changes after a release where it marked a session: the link to the notes, and the reader's own star."""
    notes = queries.notes_of(meetup) if page else {}
    linked = _NOTES.sub(lambda mark: _notes_link(notes.get(int(mark[1]))), page)
    released = queries.released_agenda(meetup) if page and isinstance(request.user, Person) else None
    if released is None or not isinstance(request.user, Person):
        return linked
    mine = queries.chosen(personal_for(request.user, meetup.slug), released)
    titles = {session.id: session.title for session in released.sessions}
    token = get_token(request)

    def star(mark: re.Match[str]) -> str:
        number = int(mark[1])
        facts = {"slug": meetup.slug, "number": number, "title": titles[number], "picked": number in mine, "back": "agenda"}
        return render_to_string("agenda/star.html", {**facts, "csrf_token": token})

    return _STAR.sub(star, linked)


def _notes_link(path: str | None) -> str:
    return format_html('<p class="session-links"><a href="{}">{}</a></p>', path, gettext("Pad")) if path else ""

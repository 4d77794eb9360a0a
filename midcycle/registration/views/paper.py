"""Badges and lists to print."""

import logging
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from midcycle.engines.documents import NotPrinted, Paper
from midcycle.meetups.access import organised_meetup_for
from midcycle.registration import queries
from midcycle.registration.forms import BadgesForm, SecurityForm, SheetsForm
from midcycle.registration.forms.paper import USUAL_LAYOUT
from midcycle.registration.queries import PaperDesk
from midcycle.web.personal import personal

_log = logging.getLogger("midcycle.paper")
_NOBODY: Final = "Nobody is left with this role and this name. Choose all roles, or type less of the name."
_STOPPED: Final = "The press stopped: the server was short of memory or time. Print fewer at once, or try again in a minute."


@require_GET
@personal
def paper(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the organiser what can be printed."""
    return _page(request, _desk(request, slug))


@require_GET
@personal
def badges(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the organiser badges as PDF."""
    desk = _desk(request, slug)
    form = BadgesForm(desk, _asked(request, layout=USUAL_LAYOUT.value))
    return _printed(request, desk, form, lambda: queries.badges_paper(desk, form.wanted()))


@require_GET
@personal
def security_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the organiser the list for a host's security desk as PDF."""
    desk = _desk(request, slug)
    form = SecurityForm(desk, _asked(request, until=desk.until.isoformat()))
    return _printed(request, desk, form, lambda: queries.security_paper(desk, until=form.cleaned_data["until"]))


@require_GET
@personal
def check_in_sheets(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the organiser sheets for checking in with a pen as PDF."""
    desk = _desk(request, slug)
    form = SheetsForm(desk, _asked(request, stacks=str(desk.stacks)))
    return _printed(request, desk, form, lambda: queries.check_in_paper(desk, stacks=form.cleaned_data["stacks"]))


def _desk(request: HttpRequest, slug: str) -> PaperDesk:
    return queries.paper_desk(organised_meetup_for(request.user, slug), now=timezone.now())


def _asked(request: HttpRequest, **usual: str) -> dict[str, str]:
    """Return what is asked for: the usual where an address does not say, as in a link somebody wrote down."""
    return {**usual, **request.GET.dict()}


def _printed(
    request: HttpRequest, desk: PaperDesk, form: BadgesForm | SecurityForm | SheetsForm, deed: Callable[[], Paper | None]
) -> HttpResponse:
    """Print, and answer with the PDF; or with the page and why there is none."""
    if not form.is_valid():
        return _page(request, desk, form, status=422)
    try:
        paper = deed()
    except NotPrinted as failure:
        _log.warning("not printed: %s", failure)
        form.add_error(None, _STOPPED)
        return _page(request, desk, form, status=503)
    if paper is None:
        form.add_error(None, _NOBODY)
        return _page(request, desk, form, status=422)
    response = HttpResponse(paper.pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{desk.meetup.slug}-{form.FILE}.pdf"'
    return response


def _page(
    request: HttpRequest, desk: PaperDesk, typed: BadgesForm | SecurityForm | SheetsForm | None = None, status: int = 200
) -> HttpResponse:
    """Show the page, with one form as it was typed."""
    forms = {form.FILE: form for form in (BadgesForm(desk), SecurityForm(desk), SheetsForm(desk))}
    if typed is not None:
        forms[typed.FILE] = typed
    shown = {"desk": desk, "meetup": desk.meetup, "badges": forms["badges"], "security": forms["security-list"]}
    return render(request, "registration/paper.html", {**shown, "sheets": forms["check-in-sheets"]}, status=status)

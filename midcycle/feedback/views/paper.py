"""The survey on paper: the sheet to print, and the page that types it in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from midcycle.engines.documents import NotPrinted
from midcycle.feedback import actions, queries
from midcycle.feedback.forms import PaperEntry
from midcycle.feedback.views.common import done, in_language, organised, status_of, told, wanted
from midcycle.meetups.access import organised_meetup_for
from midcycle.meetups.models import Meetup
from midcycle.web.requests import method_of


@require_GET
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the organiser the survey as PDF."""
    meetup = organised_meetup_for(request.user, slug)
    return in_language(request, lambda: _sheet(request, meetup))


def _sheet(request: HttpRequest, meetup: Meetup) -> HttpResponse:
    try:
        pdf = queries.paper_sheet(queries.survey_form(meetup, **wanted(request)))
    except NotPrinted:
        messages.error(request, gettext("The press stopped: the server was short of memory or time. Try again in a minute."))
        return redirect("feedback:paper", meetup.slug)
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{meetup.slug}-survey.pdf"'
    return response


@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, slug: str) -> HttpResponse:
    """Type in one paper after the other, and take the last one back."""
    meetup, by = organised(request, slug)
    asked = queries.survey_form(meetup)
    if method_of(request) == "DELETE":
        told(request, lambda: _undo(request, slug))
        return redirect("feedback:paper", slug)
    form = PaperEntry(asked, request.POST if request.method == "POST" else None)
    if form.is_valid():
        key = form.cleaned_data["paper"]
        if done(form, lambda: actions.type_paper(meetup, key, form.typed(), by=by, now=timezone.now())):
            return redirect("feedback:paper", slug)
    page = {"meetup": meetup, "asked": asked, "form": form, "typed": queries.typed_by(meetup, by)}
    return render(request, "feedback/paper.html", page, status=status_of(form))


def _undo(request: HttpRequest, slug: str) -> None:
    meetup, by = organised(request, slug)
    if actions.undo_paper(meetup, by=by, now=timezone.now()):
        messages.success(request, gettext("The last paper is taken back. Type it in again."))
    else:
        messages.info(request, gettext("There is no paper of yours to take back."))

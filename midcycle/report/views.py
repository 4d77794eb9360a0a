"""The report, and the desk where organisers write it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcycle.accounts.models import Person
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.access import organised_meetup_for
from midcycle.meetups.models import Meetup
from midcycle.report import actions, queries
from midcycle.report.access import drafted_meetup_for, reported_meetup_for
from midcycle.report.forms import BodyForm
from midcycle.web.markdown import to_html
from midcycle.web.requests import method_of, wants_fragment


@require_GET
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the published report."""
    page = queries.report_page(reported_meetup_for(slug))
    return render(request, "report/report.html", {"page": page, "is_draft": False})


@require_GET
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Show organisers the whole page as it would be published; 404 before there is anything to report."""
    page = queries.report_page(drafted_meetup_for(request.user, slug))
    return render(request, "report/report.html", {"page": page, "is_draft": page.published_at is None})


@require_http_methods(["GET", "POST"])
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Let organisers write the text; `?fresh` starts over from the facts."""
    meetup, by = organised_meetup_for(request.user, slug), _person(request)
    if request.method == "GET":
        return _desk(request, meetup, fresh="fresh" in request.GET)
    form = BodyForm(request.POST)
    if form.is_valid():
        try:
            actions.write(meetup, form.cleaned_data["body"], by=by, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, "The text is saved.")
            return redirect("report:desk", slug)
    return _desk(request, meetup, form)


@require_POST
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the text as it would look, without saving it."""
    meetup = drafted_meetup_for(request.user, slug)
    form = BodyForm(request.POST)
    html = to_html(form.cleaned_data["body"]) if form.is_valid() else ""
    if wants_fragment(request):
        return render(request, "report/desk.html#preview", {"preview": html, "form": form}, status=_status(form))
    return _desk(request, meetup, form, preview=html)


@require_POST
def publication(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish the report, with the text that was typed if it comes along, or take it back."""
    meetup, by = organised_meetup_for(request.user, slug), _person(request)
    if method_of(request) == "DELETE":
        actions.unpublish(meetup, by=by, now=timezone.now())
        messages.success(request, "The report is taken back. Only organisers can read it.")
        return redirect("report:desk", slug)
    form = BodyForm(request.POST)
    if form.is_valid():
        body = form.cleaned_data["body"] if "body" in request.POST else None
        try:
            actions.publish(meetup, by=by, now=timezone.now(), body=body)
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, "The report is published. Everybody can read it.")
            return redirect("report:desk", slug)
    return _desk(request, meetup, form)


def _desk(
    request: HttpRequest, meetup: Meetup, form: BodyForm | None = None, *, preview: str = "", fresh: bool = False
) -> HttpResponse:
    shown = queries.desk(meetup, fresh=fresh)
    form = form or BodyForm(initial={"body": shown.body})
    return render(request, "report/desk.html", {"desk": shown, "form": form, "preview": preview}, status=_status(form))


def _status(form: BodyForm) -> int:
    return 422 if form.is_bound and form.errors else 200


def _person(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise Http404
    return request.user

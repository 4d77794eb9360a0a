"""Data points: the page and the file, publishing them, and editions of a series side by side."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from midcycle.accounts.models import Person
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.access import organised_meetup_for
from midcycle.report import actions
from midcycle.report.access import is_reported, points_for
from midcycle.report.forms import PointsFileForm
from midcycle.report.queries import points as queries
from midcycle.report.rules.document import schema_text
from midcycle.series.access import may_tend, series_for, tended_series_for
from midcycle.web.requests import method_of, show


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the published data points of a meetup."""
    kept = points_for(slug)
    show(request, kept.meetup)
    shown = queries.points_page(kept, reported=is_reported(kept.meetup))
    return render(request, "report/points.html", {"page": shown, "meetup": kept.meetup})


@require_safe
def file(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001 - as every view
    """Give the published data points as a file other servers read."""
    body = queries.document_text(points_for(slug))
    name = f'inline; filename="{slug}-data-points.json"'
    return HttpResponse(body, "application/json", headers={"Content-Disposition": name})


@require_safe
def schema(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - as every view
    """Give the JSON Schema of these files."""
    return HttpResponse(schema_text(), "application/schema+json")


@require_POST
def publication(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish the data points, or take them back."""
    meetup, by = organised_meetup_for(request.user, slug), _person(request)
    takes_back = method_of(request) == "DELETE"
    try:
        if takes_back:
            actions.take_points_back(meetup, by=by, now=timezone.now())
        else:
            actions.publish_points(meetup, by=by, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        hidden = gettext("The data points are taken back. Shown again, they are the same.")
        messages.success(request, hidden if takes_back else gettext("The data points are published."))
    return redirect("report:desk", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def series(request: HttpRequest, slug: str) -> HttpResponse:
    """Compare the editions of a series; who tends it can bring files of other servers."""
    found = tended_series_for(request.user, slug) if request.method == "POST" else series_for(slug)
    form = PointsFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.bring_points(found, form.content(), by=_person(request), now=timezone.now())
        except Refusal as refusal:
            form.add_error("file", refusal.message)
        else:
            messages.success(request, gettext("The edition is compared now."))
            return redirect("report:points_series", slug)
    shown = {"page": queries.compared(found), "series": found, "form": form, "tends": may_tend(request.user, found)}
    return render(request, "report/points_series.html", shown, status=422 if form.is_bound and form.errors else 200)


@require_POST
def removal(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Remove a file that was brought."""
    actions.drop_points(tended_series_for(request.user, slug), number, by=_person(request), now=timezone.now())
    messages.success(request, gettext("The edition is compared no more."))
    return redirect("report:points_series", slug)


def _person(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise Http404
    return request.user

"""Pads to read, all of a meetup and each of them, and as files to take away."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET

from midcycle.meetups.access import may_organise, meetup_for
from midcycle.pads import queries
from midcycle.pads.access import (
    pad_for,
    published_pad_for,
    today_at,
)
from midcycle.pads.forms import (
    SearchForm,
)


@require_GET
def pads(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the pads of a meetup, or those that say what is looked for."""
    meetup = meetup_for(slug)
    form = SearchForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {"q": "", "tag": ""}
    now = timezone.now()
    page = queries.pads_page(meetup, words=asked["q"], tag=asked["tag"], today=today_at(meetup, now))
    context = {"meetup": meetup, "page": page, "asked": asked, "who_writes": queries.who_writes_in(meetup, now=now)}
    organises = may_organise(request.user, meetup)
    context["has_guests"] = organises and meetup.stage == "archived" and bool(queries.guests_of(meetup))
    return render(request, "pads/pads.html", {**context, "organises": organises})


@require_GET
@gzip_page
def reading(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Give a page what is new in a pad, beside the editor the `latest` that is committed; nothing when it has that."""
    newer = queries.latest_after if "latest" in request.GET else queries.newer_than
    page = newer(pad_for(slug, name), request.GET.get("have", ""))
    if page is None:
        return HttpResponse(status=204)
    return render(request, "pads/reading.html", {"page": page, "said_at": timezone.now()})


@require_GET
def markdown(request: HttpRequest, slug: str, name: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Give the pad as Markdown."""
    text = queries.text_of_pad(pad_for(slug, name))
    return HttpResponse(text, content_type="text/markdown; charset=utf-8")


@require_GET
def export(request: HttpRequest, slug: str, name: str, form: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Give a pad as a file."""
    return _file(queries.written(pad_for(slug, name), form), form)


@require_GET
def export_all(request: HttpRequest, slug: str, form: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Give all pads of a meetup as one file."""
    return _file(queries.everything(meetup_for(slug), form), form)


@require_GET
def archive(request: HttpRequest, slug: str) -> FileResponse:  # noqa: ARG001 - Django's signature
    """Give all pads of a meetup in every form, packed."""
    meetup = meetup_for(slug)
    return FileResponse(queries.archive_of(meetup), as_attachment=True, filename=f"{meetup.slug}-pads.zip")


@require_GET
def published(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Show what a pad said when it was published."""
    page = queries.published_of(published_pad_for(slug, name))
    return render(request, "pads/published.html", {"meetup": page.pad.meetup, "page": page})


def _file(written: queries.Written, form: str) -> HttpResponse:
    answer = HttpResponse(written.data, content_type=written.kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{written.name}.{form}"'
    return answer

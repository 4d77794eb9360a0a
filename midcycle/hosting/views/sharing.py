"""A call as others may show it: all its figures, a small page for frames elsewhere, a code to scan and a poster."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from midcycle.engines.documents import NotPrinted
from midcycle.hosting import queries
from midcycle.hosting.access import call_for, organised_call_for
from midcycle.web.languages import language

_FOR_FRAMES: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors *"
)


@require_safe
def figures(request: HttpRequest, slug: str) -> HttpResponse:
    """Show everybody what a call found out: how many, what that means, which days, what about, who told whom."""
    call = call_for(slug)
    found = queries.call_figures(call, timezone.now())
    return render(request, "hosting/figures.html", {"meetup": call.meetup, "call": found.summary, "figures": found})


@require_safe
def embedded(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a call on a page that others may put into a frame: figures and links that open a page of their own."""
    call = call_for(slug)
    summary = queries.summary_of(call, timezone.now())
    html = render_to_string("hosting/embedded.html", {"meetup": call.meetup, "call": summary, **language(request)})
    response = HttpResponse(html)
    response.headers["Content-Security-Policy"] = _FOR_FRAMES
    response.headers["Cache-Control"] = "public, max-age=60"
    response.xframe_options_exempt = True  # as Django's own decorator says it
    return response


@require_safe
def code(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Give the code that leads to a call, to print on a poster of one's own."""
    return HttpResponse(queries.scan_code(call_for(slug)), content_type="image/svg+xml")


@require_safe
def poster(request: HttpRequest, slug: str) -> HttpResponse:
    """Give an organiser a poster to print."""
    call = organised_call_for(request.user, slug)
    try:
        pdf = queries.poster(call)
    except NotPrinted:
        return HttpResponse(gettext("The poster could not be made just now. Try again in a minute."), "text/plain", 503)
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{call.meetup.slug}-poster.pdf"'
    return response


@require_safe
def spreading(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an organiser how to spread a call: link, frame for other pages, poster."""
    call = organised_call_for(request.user, slug)
    links = {"address": queries.link_to(slug), "frame": queries.frame_of(slug)}
    shown = {"meetup": call.meetup, "call": call, **links}
    return render(request, "hosting/spreading.html", shown)

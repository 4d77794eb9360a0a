"""Answers that belong to no app: health, and what went wrong."""

import sys
from http import HTTPStatus
from typing import Final

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from midcycle import __version__
from midcycle.web.languages import language
from midcycle.web.problems import API, COME_BACK_IN, told

SOON: Final = 5  # seconds


def healthz(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - Django's signature
    """Say that the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:  # noqa: BLE001 - whatever is wrong with the database, this process is not healthy
        return JsonResponse({"status": "database unreachable", "version": __version__}, status=503)
    return JsonResponse({"status": "ok", "version": __version__})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer alike for what is not there and what is not allowed; machines get a problem."""
    if request.path.startswith(API):
        return told(404)
    return render(request, "web/404.html", status=404)


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer who asks too often, and say when to come back: on a page, below `/api/` as a problem."""
    later = str(COME_BACK_IN)
    if request.path.startswith(API):
        return told(429, headers={"Retry-After": later})
    answer = render(request, "web/429.html", {"seconds": later}, status=429)
    answer.headers["Retry-After"] = later
    return answer


def server_error(request: HttpRequest) -> HttpResponse:
    """Say so, and that nothing typed is lost. Asks nothing of the request, since that may be what broke.

    While the database is started again it is no fault of ours: what was asked is not done, and can be asked again soon.
    """
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        page = render_to_string("web/503.html", language(request))
        return HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": SOON})
    return HttpResponse(render_to_string("web/500.html", language(request)), status=500)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer a form whose check value is missing or old."""
    return render(request, "web/form_expired.html", status=403)

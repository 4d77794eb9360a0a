"""What a phone at the door asks for: its page, which holds nobody's data, and with its key the list and the news."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET, require_POST

from midcycle.engines import tickets
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.words import language
from midcycle.meetups.access import meetup_for
from midcycle.meetups.models import Meetup
from midcycle.onsite import actions, queries, rules
from midcycle.onsite.access import TakenBack, device_for
from midcycle.onsite.forms import batch_of
from midcycle.registration.rules import ROLES, why_door_is_shut
from midcycle.web.languages import language as language_of_page
from midcycle.web.templatetags.web import asset

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def for_phones(view: View[P]) -> View[P]:
    """Answer a phone with JSON nobody keeps: 410 and why once its link was taken back, 400 for what it does not say right."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Refusal as refusal:
            response = JsonResponse({"detail": refusal.message}, status=410 if isinstance(refusal, TakenBack) else 400)
        response.headers["Cache-Control"] = "no-store"
        return response

    return answer


@require_GET
def page(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001 - the page is the same for everybody
    """Show the page a phone keeps to check people in. It holds nobody's data."""
    response = HttpResponse(_page(meetup_for(slug)))
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=()"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_GET
def manifest(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Say how the door's page is installed on a phone (Web Application Manifest)."""
    meetup = meetup_for(slug)
    here = reverse("onsite:door", args=[meetup.slug])
    icons = [{"src": asset(f"icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"} for size in (192, 512)]
    about = {
        "id": here,
        "start_url": here,
        "scope": here,
        "name": gettext("Door of %(title)s") % {"title": meetup.title},
        "short_name": gettext("Door"),
        "display": "standalone",
        "background_color": "#faf7f1",
        "theme_color": "#0a5c64",
        "icons": [icon | {"purpose": purpose} for icon in icons for purpose in ("any", "maskable")],
    }
    return HttpResponse(json.dumps(about), content_type="application/manifest+json")


@require_GET
def offline(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Give the script that keeps the door's page on the phone. It names every part, and so changes when one does."""
    shell = _page(meetup_for(slug))
    version = hashlib.sha256(shell.encode()).hexdigest()[:16]
    names = ("app.css", "scan.css", "scan.js", "decoder.js", "icon-180.png", "icon-192.png")
    kept = {
        "page": reverse("onsite:door", args=[slug]),
        "version": version,
        "language": language(),
        "parts": [asset(name) for name in names],
    }
    script = f"self.kept = {json.dumps(kept)};\nimportScripts({json.dumps(asset('offline.js'))});\n"
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_GET
@for_phones
@gzip_page
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a phone the list it checks people in from."""
    device, now = device_for(slug, request.headers.get("Authorization", "")), timezone.now()
    meetup = device.meetup
    over = rules.why_no_list(meetup.stage, queries.kept_until(meetup), now)
    if over:
        raise TakenBack(over)
    about = {
        "label": device.label,
        "meetup": meetup.pk,
        "zone": meetup.timezone,
        "shut": why_door_is_shut(meetup.stage),
        "key": tickets.public_key(settings.SECRET_KEY).hex(),
        "roles": [(role, gettext(word)) for role, word in ROLES.items()],
        "now": _milliseconds(now),
    }
    return JsonResponse(about | asdict(queries.door_list(device)))


@csrf_exempt
@require_POST
@for_phones
@gzip_page
def events(request: HttpRequest, slug: str) -> HttpResponse:
    """Take what was done on a phone, answer each deed, and tell what changed since."""
    device, now = device_for(slug, request.headers.get("Authorization", "")), timezone.now()
    batch = batch_of(request.body)
    answers = actions.take_batch(device, batch, now=now)
    is_over = rules.why_no_list(device.meetup.stage, queries.kept_until(device.meetup), now) is not None
    named = {answer.seat for answer in answers if answer.seat}
    told = queries.news(device, batch.cursor, named, rows=not is_over)
    shut = why_door_is_shut(device.meetup.stage)
    return JsonResponse(asdict(told) | {"answers": [asdict(one) for one in answers], "shut": shut, "now": _milliseconds(now)})


def _page(meetup: Meetup) -> str:
    """Return the page as everybody of a language gets it: made without the request, so that nothing of a visitor is in it."""
    return render_to_string("onsite/door.html", {"meetup": meetup, "roles": ROLES, **language_of_page(None)})


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)

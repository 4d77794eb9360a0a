"""What every answer carries, and the one line logged about it."""

import logging
import time
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

from midcycle.kernel.refusal import Refusal
from midcycle.web.requests import forms_lead_to, load_again, wants_fragment

Handler = Callable[[HttpRequest], HttpResponse]
_log = logging.getLogger("midcycle.request")


def security_headers(get_response: Handler) -> Handler:
    """Add a strict content security policy and its companions."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        live = live_origin(request)
        forms = f"'self' {forms_lead_to(request)}".strip()
        response.headers.setdefault(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
            f"connect-src 'self' {live}; manifest-src 'self'; form-action {forms}; base-uri 'none'; frame-ancestors 'none'",
        )
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response

    return answer


class TellRefusals:
    """Lead back to where a form was sent from, with the sentence of a refusal that no view told beside a field."""

    def __init__(self, get_response: Handler) -> None:
        """Take the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on. A page of the desk that is only sent to leads to the desk when somebody loads it."""
        response = self.get_response(request)
        before, desk, _ = request.path.partition("/desk/")
        only_sent_to = response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and request.method == "GET"
        return redirect(f"{before}{desk}") if only_sent_to and desk else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for a Refusal; anything else goes on to be an error."""
        if not isinstance(exception, Refusal):
            return None
        messages.error(request, exception.message)
        back = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
        known = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
        if not known or not back.startswith(("http://", "https://", "/")):
            back = "/"
        return load_again(back) if wants_fragment(request) else HttpResponseRedirect(back)


def keep_private(get_response: Handler) -> Handler:
    """Tell caches that a page made for somebody signed in is theirs alone, unless the page says more."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and "Cookie" in response.headers.get("Vary", ""):
            response.headers.setdefault("Cache-Control", "private, no-cache")
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["HX-Request"])  # many pages answer with a part of themselves to a script
        return response

    return answer


def request_log(get_response: Handler) -> Handler:
    """Log one line for each request: the route, never the path, so that no token reaches the log."""

    def answer(request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = get_response(request)
        match = request.resolver_match
        fields = {
            "method": request.method,
            "route": match.route if match else "",
            "status": response.status_code,
            "ms": round((time.perf_counter() - started) * 1000, 1),
        }
        _log.info("request", extra={"fields": fields})
        return response

    return answer


def live_origin(request: HttpRequest) -> str:
    """Return scheme, host and port of the live server as this visitor reaches it, such as `ws://localhost:8001`."""
    if settings.MIDCYCLE.live_url:
        scheme, _, rest = settings.MIDCYCLE.live_url.partition("://")
        return f"{scheme}://{rest.split('/', 1)[0]}"
    host = request.get_host().rsplit(":", 1)[0] if not request.get_host().endswith("]") else request.get_host()
    return f"{'wss' if request.is_secure() else 'ws'}://{host}:{settings.MIDCYCLE.live_port_used}"

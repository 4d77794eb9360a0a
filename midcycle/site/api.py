"""The API: each app's routes under one OpenAPI 3.1 document at `/api/v1/openapi.json`."""

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError

from midcycle import __version__
from midcycle.kernel.refusal import Refusal

api = NinjaAPI(
    title="Midcycle",
    version=__version__,
    description="Meetups, seats, topics, agendas and pads of one instance.",
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)


@api.exception_handler(Refusal)
def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return api.create_response(request, {"detail": refusal.message, "field": refusal.field}, status=409)


@api.exception_handler(Http404)
def _absent(request: HttpRequest, error: Http404) -> HttpResponse:  # noqa: ARG001 - the library's signature
    return api.create_response(request, {"detail": "Not found, or not for this token."}, status=404)


@api.exception_handler(AuthenticationError)
def _no_token(request: HttpRequest, error: AuthenticationError) -> HttpResponse:  # noqa: ARG001 - the library's signature
    return api.create_response(
        request, {"detail": "Send a bearer token: midcycle token SLUG --scope SCOPE makes one."}, status=401
    )


ROUTERS = (
    "midcycle.meetups.api.router",
    "midcycle.hosting.api.router",
    "midcycle.registration.api.router",
    "midcycle.topics.api.router",
    "midcycle.agenda.api.router",
    "midcycle.pads.api.router",
    "midcycle.feedback.api.router",
    "midcycle.report.api.router",
)
for _router in ROUTERS:
    api.add_router("", _router)

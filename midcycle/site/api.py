"""The API: each app's routes, how every error is told, and the OpenAPI 3.1 document at `/api/v1/openapi.json`."""

import json
from functools import cache
from hashlib import sha256
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import condition, require_safe
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.operation import Operation

from midcycle import __version__
from midcycle.kernel.problems import refused
from midcycle.kernel.refusal import Refusal, ScopeMissing, UnknownToken
from midcycle.site.openapi import Document
from midcycle.web.problems import answer_of, told
from midcycle.web.reading import Reader, Unreadable, mistakes

ROOT = "/api/v1/"
_REALM = 'Bearer realm="midcycle"'
_HOW = "midcycle token SLUG --scope SCOPE makes one."


class Api(NinjaAPI):
    """All routes. Generated clients call each by the name of its function."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return the name of the function."""
        return operation.view_func.__name__


api = Api(
    title="Midcycle",
    version=__version__,
    docs_url=None,
    openapi_url=None,  # made once, below
    urls_namespace="api",
    parser=Reader(),
)


@api.exception_handler(Refusal)
def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:  # noqa: ARG001 - the library's signature
    return answer_of(refused(refusal), status=HTTPStatus.CONFLICT)


@api.exception_handler(Http404)
def _absent(request: HttpRequest, error: Http404) -> HttpResponse:  # noqa: ARG001 - the library's signature
    return told(404, "Not found, or not for this token.")


@api.exception_handler(AuthenticationError)
def _no_token(request: HttpRequest, error: AuthenticationError) -> HttpResponse:  # noqa: ARG001 - the library's signature
    return told(401, f"Send a bearer token: {_HOW}", headers={"WWW-Authenticate": _REALM})


@api.exception_handler(UnknownToken)
def _unknown_token(request: HttpRequest, error: UnknownToken) -> HttpResponse:  # noqa: ARG001 - the library's signature
    detail = f"This token opens nothing: it was revoked, or it is not whole. {_HOW}"
    return told(401, detail, headers={"WWW-Authenticate": f'{_REALM}, error="invalid_token"'})


@api.exception_handler(ScopeMissing)
def _scope_missing(request: HttpRequest, scope: ScopeMissing) -> HttpResponse:  # noqa: ARG001 - the library's signature
    header = f'{_REALM}, error="insufficient_scope", scope="{scope}"'
    return told(403, f"This needs a token of the scope {scope}. {_HOW}", headers={"WWW-Authenticate": header})


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return _unreadable(request, Unreadable(422, errors=mistakes(error.errors)))


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    if isinstance(error.__cause__, Unreadable):  # the library wraps what the reader raises
        return _unreadable(request, error.__cause__)
    return told(error.status_code)


@api.exception_handler(Unreadable)
def _unreadable(request: HttpRequest, error: Unreadable) -> HttpResponse:  # noqa: ARG001 - the library's signature
    if not error.errors:
        return told(error.status, error.detail)
    fields = ", ".join(mistake.field for mistake in error.errors[:5])
    return told(error.status, f"Mend what is wrong with: {fields}.", kind="Invalid", errors=error.errors)


@api.exception_handler(RequestDataTooBig)
def _too_much(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:  # noqa: ARG001 - the library's signature
    return told(413)


ROUTERS = (
    "midcycle.meetups.api.router",
    "midcycle.series.api.router",
    "midcycle.hosting.api.router",
    "midcycle.planning.api.router",
    "midcycle.funding.api.router",
    "midcycle.bidding.api.router",
    "midcycle.invoicing.api.router",
    "midcycle.registration.api.router",
    "midcycle.topics.api.router",
    "midcycle.agenda.api.router",
    "midcycle.pads.api.router",
    "midcycle.photos.api.router",
    "midcycle.outcomes.api.router",
    "midcycle.feedback.api.router",
    "midcycle.reach.api.router",
    "midcycle.report.api.router",
)
for _router in ROUTERS:
    api.add_router("", _router)


def document() -> Document:
    """Return the description of every route."""
    return Document(api, ROOT.lstrip("/"))


@cache
def _written() -> bytes:
    return json.dumps(document()).encode()


def _tag(request: HttpRequest) -> str:  # noqa: ARG001 - Django's signature
    return f'"{sha256(_written()).hexdigest()[:16]}"'


@require_safe
@condition(etag_func=_tag)
def show_document(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Describe the API (OpenAPI 3.1)."""
    return HttpResponse(_written(), content_type="application/json")

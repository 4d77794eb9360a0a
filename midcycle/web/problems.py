"""Problem details (RFC 9457) as answers, and the promise that every error of the API is one."""

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from midcycle.kernel.problems import MEDIA_TYPE, Mistake, problem, written

API = "/api/"
COME_BACK_IN = 60  # seconds, where nobody knows better
_LATER = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})


def told(
    status: int, detail: str = "", *, kind: str = "", errors: Sequence[Mistake] = (), headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """Return a problem as an answer."""
    return answer_of(problem(status, detail, kind=kind, errors=errors), status=status, headers=headers)


def answer_of(body: Mapping[str, object], *, status: int, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """Return an answer of the API with this body, which is a problem when the status says so."""
    kind = MEDIA_TYPE if status >= HTTPStatus.BAD_REQUEST else "application/json"
    return HttpResponse(written(body), status=status, content_type=kind, headers=headers)


def api_problems(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Tell as a problem whatever else went wrong below `/api/`: methods, hosts, faults of ours. The headers stay.

    Where later would be better, `Retry-After` says when.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code < HTTPStatus.BAD_REQUEST or not request.path.startswith(API):
            return response
        if response.status_code in _LATER:
            response.headers.setdefault("Retry-After", str(COME_BACK_IN))
        if response.headers.get("Content-Type") != MEDIA_TYPE:
            takes = ", ".join(sorted(response.headers.get("Allow", "").replace(",", " ").split()))
            detail = f"This address takes {takes}, not {request.method}." if takes else ""
            response.content = written(problem(response.status_code, detail))
            response.headers["Content-Type"] = MEDIA_TYPE
            response.headers["Content-Length"] = str(len(response.content))
        return response

    return answer

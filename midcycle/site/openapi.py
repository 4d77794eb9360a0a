"""The OpenAPI 3.1 document: what the library finds out of the routes, with scopes and every problem they may answer."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, Final

from ninja import NinjaAPI
from ninja.openapi.schema import REF_TEMPLATE, OpenAPISchema
from ninja.operation import Operation
from pydantic.json_schema import models_json_schema

from midcycle.kernel.problems import MEDIA_TYPE
from midcycle.meetups.api import Token
from midcycle.web.api import Invalid, KeyReused, Problem, Refused

_ABOUT: Final = """Meetups, seats, topics, agendas and pads of one instance.

Reading what everybody may see takes no token. Everything else takes one that `midcycle token SLUG --scope SCOPE` makes for one
meetup and one scope, sent as `Authorization: Bearer TOKEN` (RFC 6750). A scope that ends in `:write` may also read the same.

Bodies are JSON in UTF-8, 1 MiB at most, with these fields and no others. Every error is a problem (RFC 9457), whose `detail` is
a sentence that says what to do next. A seat that is asked for with an `Idempotency-Key` can be asked for again without harm.
"""
_PROBLEMS: Final = {
    400: ("BadRequest", "This is no JSON, or the Idempotency-Key is not one: 1 to 255 visible ASCII characters.", "Problem"),
    401: ("NoToken", "There is no token, or nobody has this one. `WWW-Authenticate` says which (RFC 6750).", "Problem"),
    403: ("ScopeMissing", "The token may not do this; `WWW-Authenticate` names the scope that may.", "Problem"),
    404: ("NotFound", "There is no such thing, or the token is for another meetup.", "Problem"),
    409: ("Refused", "The meetup does not allow it: `detail` says why. An Idempotency-Key keeps its refusal.", "Refused"),
    413: ("TooMuch", "The body has more than 1 MiB.", "Problem"),
    415: ("NoJson", "The body is not sent as JSON.", "Problem"),
    422: ("Invalid", "A field is wrong: `errors` says how. Or the Idempotency-Key had another body.", "Invalid KeyReused"),
    500: ("Broken", "Something is broken on the server.", "Problem"),
    503: ("NotNow", "The database does not answer just now. `Retry-After` says when to come back.", "Problem"),
}


class Document(OpenAPISchema):
    """The whole document."""

    def __init__(self, api: NinjaAPI, path_prefix: str) -> None:
        """Describe every route."""
        super().__init__(api, path_prefix)
        self["info"] |= {"description": _ABOUT, "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}}
        self["servers"] = [{"url": "/"}]

    def responses(self, operation: Operation) -> dict[Any, Any]:
        """Return what a route answers when it is done, and each problem it may tell."""
        done = {str(code): told for code, told in super().responses(operation).items() if code < HTTPStatus.BAD_REQUEST}
        told = {str(code): {"$ref": f"#/components/responses/{_PROBLEMS[code][0]}"} for code in _statuses(operation)}
        return {**done, **told}

    def operation_security(self, operation: Operation) -> list[dict[str, Any]] | None:
        """Return the scope a route needs."""
        super().operation_security(operation)
        scopes = [token.scope for token in operation.auth_callbacks if isinstance(token, Token)]
        return [{"Token": scopes}] if scopes else None

    def get_components(self) -> dict[str, Any]:
        """Return the shapes of everything, problems too."""
        _, shapes = models_json_schema(
            [(shape, "serialization") for shape in (Problem, Refused, Invalid, KeyReused)], ref_template=REF_TEMPLATE
        )
        self.add_schema_definitions(shapes["$defs"])
        answers = {name: _answer(text, shape) for name, text, shape in _PROBLEMS.values()}
        return {**super().get_components(), "responses": answers}


def _statuses(operation: Operation) -> Iterator[int]:
    """Return the problems a route may tell, by what it takes."""
    sources = {model.__ninja_param_source__ for model in operation.models}
    told = {409} & set(operation.response_models)
    told |= {400, 413, 415, 422} if "body" in sources else set()
    told |= {422} if "query" in sources else set()
    told |= {401, 403} if operation.auth_callbacks else set()
    told |= {404} if "path" in sources else set()
    yield from sorted(told | {500, 503})


def _answer(text: str, shapes: str) -> dict[str, Any]:
    refs = [{"$ref": f"#/components/schemas/{shape}"} for shape in shapes.split()]
    return {"description": text, "content": {MEDIA_TYPE: {"schema": refs[0] if len(refs) == 1 else {"oneOf": refs}}}}

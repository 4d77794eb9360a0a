"""What every API route shares: bearer tokens and how refusals are told."""

from django.http import HttpRequest
from ninja import Schema
from ninja.security import HttpBearer


class Problem(Schema):
    """Why a request was not done, in one sentence."""

    detail: str
    field: str | None = None


class Bearer(HttpBearer):
    """Takes the bearer token; the route's gate decides what it opens."""

    openapi_scheme = "bearer"

    def authenticate(self, request: HttpRequest, token: str) -> str:  # noqa: ARG002 - the library's signature
        """Return the token itself."""
        return token

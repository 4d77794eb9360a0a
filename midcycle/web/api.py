"""What every API route shares: bearer tokens and how refusals are told."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Schema
from ninja.security import HttpBearer
from pydantic import AfterValidator, Field

from midcycle.kernel.addresses import canonical
from midcycle.kernel.refusal import Refusal


def _address(text: str) -> str:
    try:
        return canonical(text)
    except Refusal as refusal:
        raise ValueError(refusal.message) from None


Address = Annotated[str, Field(max_length=254), AfterValidator(_address)]


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

"""What a phone at the door tells, as it arrives. Pure.

Text with a lone surrogate, numbers no column holds and more deeds than a request may bring are none of it.
"""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from midcycle.onsite.rules import MOST_EVENTS, Kind

Number = Annotated[int, Field(ge=1, lt=2**63)]
Moment = Annotated[int, Field(ge=0, lt=2**53)]


class Deed(BaseModel):
    """One deed of a phone: who by `code` or `seat` or as typed; an undone check-in by `move`, or by `of`, its deed."""

    model_config = ConfigDict(frozen=True, strict=True)

    id: Annotated[UUID, Field(strict=False)]
    kind: Kind
    count: Moment
    at: Moment
    seat: Number | None = None
    code: Annotated[str, Field(pattern=r"^[0-9a-z]{0,40}$")] = ""
    name: Annotated[str, Field(max_length=120)] = ""
    email: Annotated[str, Field(max_length=254)] = ""
    role: Annotated[str, Field(max_length=30)] = ""
    organisation: Annotated[str, Field(max_length=120)] = ""
    of: Annotated[UUID, Field(strict=False)] | None = None
    move: Number | None = None


class Batch(BaseModel):
    """Deeds in the order they were done, with how far the phone has read and what its clock says."""

    model_config = ConfigDict(frozen=True, strict=True)

    cursor: Annotated[int, Field(ge=0, lt=2**63)]
    sent_at: Moment
    events: Annotated[list[Deed], Field(max_length=MOST_EVENTS)]

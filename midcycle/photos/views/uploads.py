"""Pictures piece by piece: the protocol tus 1.0.0 (core, creation, expiration, termination), https://tus.io/protocols/resumable-upload.

A piece has a megabyte at most, as every request. What of it arrives before a line breaks is kept.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Concatenate, Final, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from midcycle.agenda.access import session_for
from midcycle.agenda.models import Session
from midcycle.kernel.refusal import Refusal
from midcycle.photos import actions
from midcycle.photos.access import contributor_for, upload_for
from midcycle.photos.models import Contributor, Photo
from midcycle.photos.rules import MOST_BYTES, UNFINISHED_HOURS, metadata_of, too_large
from midcycle.photos.shelf import DiskFull, WrongOffset, shelf
from midcycle.photos.views.common import FULL, person_or_none

VERSION: Final = "1.0.0"
EXTENSIONS: Final = "creation,expiration,termination"
_NUMBER: Final = re.compile(r"\d{1,18}", re.ASCII)
_KNOWN_BY: Final = re.compile(r"[\w.:-]{0,64}", re.ASCII)
_LONGEST: Final = 2048
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


class _Unreadable(Exception):  # noqa: N818 - reads as a fact
    """Headers that are none of the protocol."""


def spoken(view: View[P]) -> View[P]:
    """Answer as the protocol says: 412 for another version, 409 where the offset is not ours, and sentences for people."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != VERSION:
            return _said(412, f"This is for clients of tus {VERSION}.", {"Tus-Version": VERSION})
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            response = _said(404, "No picture is sent to this address.")
        except WrongOffset as error:
            response = _said(409, "More or less is here than you think. Ask with HEAD.", {"Upload-Offset": str(error.offset)})
        except Refusal as refusal:
            response = _said(422, refusal.message)
        except _Unreadable as error:
            response = _said(400, str(error))
        except DiskFull:
            response = _said(507, gettext(FULL))
        response.headers["Tus-Resumable"] = VERSION
        response.headers["Cache-Control"] = "no-store"
        return response

    return answer


@require_http_methods(["OPTIONS", "POST"])
@spoken
def uploads(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what is spoken here; announce a picture."""
    if request.method == "OPTIONS":
        spoken_here = {"Tus-Version": VERSION, "Tus-Extension": EXTENSIONS, "Tus-Max-Size": str(MOST_BYTES)}
        return HttpResponse(status=204, headers=spoken_here)
    sender, now = contributor_for(request.user, slug, request.session), timezone.now()
    length = _number(request, "Upload-Length")
    if length > MOST_BYTES:
        return _said(413, too_large())
    said = _metadata(request)
    session = _album(sender, said.get("session", ""))
    known_by = said.get("print", "") if _KNOWN_BY.fullmatch(said.get("print", "")) else ""
    photo = actions.begin(sender, length, shelf=shelf(), now=now, session=session, known_by=known_by)
    place = reverse("photos:upload", args=[slug, photo.key])
    return HttpResponse(status=201, headers={"Location": place, "Upload-Expires": _expires(photo, now)})


@require_http_methods(["GET", "HEAD", "PATCH", "DELETE"])
@spoken
def upload(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Say how much of a picture is here (`GET` as `HEAD`), write on it, or give it up."""
    photo, now = upload_for(request.user, slug, key, request.session), timezone.now()
    if request.method == "DELETE":
        actions.delete(photo, by=person_or_none(request), now=now)
        return HttpResponse(status=204)
    if request.method == "PATCH":
        if request.headers.get("Content-Type") != "application/offset+octet-stream":
            return _said(415, "Send pieces as application/offset+octet-stream.")
        if photo.state != "receiving":
            raise WrongOffset(photo.length)
        reached = actions.append(photo, _number(request, "Upload-Offset"), request.body, shelf=shelf(), now=now)
        return HttpResponse(status=204, headers={"Upload-Offset": str(reached), "Upload-Expires": _expires(photo, now)})
    reached = shelf().offset(photo.key) if photo.state == "receiving" else photo.length
    known = {"Upload-Offset": str(reached), "Upload-Length": str(photo.length), "Upload-Expires": _expires(photo, now)}
    return HttpResponse(headers=known)


def _said(status: int, sentence: str, headers: dict[str, str] | None = None) -> HttpResponse:
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8", headers=headers)


def _number(request: HttpRequest, header: str) -> int:
    text = request.headers.get(header, "")
    if _NUMBER.fullmatch(text) is None:
        raise _Unreadable(f"{header} is a number of bytes.")
    return int(text)


def _metadata(request: HttpRequest) -> dict[str, str]:
    header = request.headers.get("Upload-Metadata", "")
    if len(header) > _LONGEST:
        raise _Unreadable(f"Upload-Metadata has {_LONGEST} characters at most.")
    try:
        return metadata_of(header)
    except ValueError as error:
        raise _Unreadable(f"Upload-Metadata cannot be read: {error}.") from None


def _album(sender: Contributor, number: str) -> Session | None:
    if _NUMBER.fullmatch(number) is None or not int(number):
        return None
    try:
        return session_for(sender.gallery.meetup, int(number))
    except Http404:
        return None  # taken away meanwhile: the picture comes all the same


def _expires(photo: Photo, now: datetime) -> str:
    return http_date((max(photo.begun_at, now) + timedelta(hours=UNFINISHED_HOURS)).timestamp())

"""How a request was meant: its method behind a plain form, whether HTMX asks for a fragment, and the ways to elsewhere."""

import re
from typing import Final

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

_SHOWN: Final = "shown_meetup"
_FORMS: Final = "forms_lead_to"
_WAY: Final = re.compile(r"[a-z0-9~-]{1,64}", re.ASCII)


def method_of(request: HttpRequest) -> str:
    """Return the method meant: a plain form can only POST, so its field `_method=delete` stands for DELETE."""
    if request.method == "POST" and request.POST.get("_method") == "delete":
        return "DELETE"
    return request.method or "GET"


def came_by(request: HttpRequest) -> str:
    """Return what the address says of the link somebody came by (`?via=poster`), which may be anything; blank without it.

    Nothing is kept of it in the browser: pages put it into the links that lead on to registering.
    """
    said = request.GET.get("via", "")
    return said if _WAY.fullmatch(said) else ""


def wants_fragment(request: HttpRequest) -> bool:
    """Say whether HTMX asks, and so a part of the page is enough."""
    return request.headers.get("HX-Request") == "true"


def sign_in_first(request: HttpRequest, onward: str, *, why: str) -> HttpResponse:
    """Lead to the sign-in page, which says `why`, and from there to the path `onward`.

    The whole page goes, also when HTMX asked.
    """
    messages.info(request, why)
    answer = redirect_to_login(onward)
    if wants_fragment(request):
        return HttpResponse(status=204, headers={"HX-Redirect": answer.url})
    return answer


def load_again(onward: str) -> HttpResponse:
    """Make HTMX load the whole page at the path `onward`, for instance to show a message."""
    return HttpResponse(status=204, headers={"HX-Redirect": onward})


def show(request: HttpRequest, meetup: object) -> None:
    """Note which meetup the page belongs to, so that its tabs need not look for it again."""
    vars(request)[_SHOWN] = meetup


def shown(request: HttpRequest) -> object:
    """Return the meetup noted by `show`, None when none was."""
    return vars(request).get(_SHOWN)


def let_forms_lead_to(request: HttpRequest, origin: str) -> None:
    """Note that forms of this page, and of no other, may lead to this scheme and host, such as `https://pay.example.org`."""
    vars(request)[_FORMS] = origin


def forms_lead_to(request: HttpRequest) -> str:
    """Return the origin noted by `let_forms_lead_to`, blank when none was."""
    found: str = vars(request).get(_FORMS, "")
    return found

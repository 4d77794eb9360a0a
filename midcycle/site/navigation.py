"""The links of every page: those of the site, and those of the meetup the page belongs to."""

from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.meetups.models import Meetup, Organiser
from midcycle.meetups.rules import ARCHIVED, STAGES
from midcycle.pages.rules import about_of
from midcycle.planning.rules import ABOUT
from midcycle.web.prepared import Prepared, asked
from midcycle.web.requests import came_by, shown

_MEETUP: Final = Prepared(
    lambda: Meetup.objects.annotate(
        organised=Exists(Organiser.objects.filter(meetup=OuterRef("pk"), person=asked("person")))
    ).filter(slug=asked("slug"))
)


@dataclass(frozen=True)
class Link:
    """A link and whether the page shown is behind it."""

    label: str
    url: str
    here: bool


def navigation(request: HttpRequest) -> dict[str, object]:
    """Return `site_links`, `account_links`, `demo_links`, `language_url`; of a meetup `tabs` and `tabs_title` too.

    One query on those pages at most, none elsewhere.
    """
    match = request.resolver_match
    slug = match.kwargs.get("slug") if match and match.route.startswith("m/") else None
    return {
        "site_links": _site_links(request),
        "account_links": _account_links(request),
        "language_url": reverse("accounts:language"),
        "demo_links": _demo_links(request),
        **(_meetup_links(request, slug) if isinstance(slug, str) else {}),
    }


def _site_links(request: HttpRequest) -> list[Link]:
    links = [_link(request, gettext("Meetups"), reverse("pages:home"), exact=True)]
    if isinstance(request.user, Person):
        links.append(_link(request, gettext("Mine"), reverse("pages:mine")))
        links.append(_link(request, gettext("Open an idea"), reverse("hosting:open_idea")))
        if request.user.is_administrator:
            links.append(_link(request, gettext("This instance"), reverse("pages:instance")))
    return links


def _account_links(request: HttpRequest) -> list[Link]:
    if isinstance(request.user, Person):
        you = _link(request, str(request.user), reverse("accounts:you"))
        return [you, _link(request, gettext("Sign out"), reverse("account_logout"))]
    back = urlencode({"next": request.path})
    return [Link(gettext("Sign in"), f"{reverse('account_login')}?{back}", here=False)]


def _demo_links(request: HttpRequest) -> list[Link]:
    if not settings.MIDCYCLE.demo:
        return []
    return [
        _link(request, gettext("Be somebody else"), reverse("pages:cast")),
        _link(request, gettext("Inbox"), reverse("mailing:inbox")),
    ]


def _meetup_links(request: HttpRequest, slug: str) -> dict[str, object]:
    meetup, organised = _meetup(request, slug)
    if meetup is None:
        return {}
    underway = STAGES.index(meetup.stage) >= STAGES.index("registration")
    tabs = (
        (gettext("Overview"), "pages:meetup", True),
        (gettext("Topics"), "topics:topics", underway),
        (gettext("Agenda"), "agenda:agenda", meetup.has_agenda),
        (gettext("Pads"), "pads:pads", meetup.has_agenda or meetup.stage in {"on_site", "wrap_up", "archived"}),
        (gettext("Report"), "report:report", meetup.has_report),
        (gettext("Organise"), "pages:desk", organised),
    )
    links = [
        _link(request, label, reverse(name, args=[slug]), exact=name == "pages:meetup")
        for label, name, wanted in tabs
        if wanted
    ]
    via = came_by(request)
    if via:
        links = [replace(link, url=f"{link.url}?via={via}") for link in links]
    at_desk = request.path.startswith(reverse("pages:desk", args=[slug]))
    archived = gettext(ARCHIVED) if at_desk and meetup.stage == "archived" else ""
    beside = _tasks_beside(request, slug) if organised and at_desk else ""
    said = {
        "tabs_beside": beside,
        "tabs_title": meetup.told_title,
        "tabs_notice": meetup.told_notice,
        "tabs_archived": archived,
        "tabs_organised": organised,
    }
    return {"tabs": links, **said}


def _tasks_beside(request: HttpRequest, slug: str) -> str:
    """Return the address of what is to do about the thing a page of the desk is for; blank for a page without one."""
    thing = about_of(request.resolver_match.view_name) if request.resolver_match else ""
    return reverse("planning:about", args=[slug, thing]) if thing in ABOUT else ""


def _meetup(request: HttpRequest, slug: str) -> tuple[Meetup | None, bool]:
    """Return the meetup a page belongs to, and whether the visitor is of its team."""
    meetup = shown(request)
    if isinstance(meetup, Meetup) and not isinstance(request.user, Person):
        return meetup, False
    if isinstance(meetup, Meetup) and "organised" in vars(meetup):
        return meetup, bool(vars(meetup)["organised"])
    person = request.user.pk if isinstance(request.user, Person) else None
    found = _MEETUP.first(slug=slug, person=person)
    return found, bool(found and vars(found)["organised"])


def _link(request: HttpRequest, label: str, url: str, *, exact: bool = False) -> Link:
    here = request.path == url if exact else request.path.startswith(url)
    return Link(label, url, here)

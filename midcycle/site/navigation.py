"""The links of every page: those of the site, and those of the meetup the page belongs to."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse

from midcycle.accounts.models import Person
from midcycle.agenda.models import Release
from midcycle.meetups.models import Meetup, Organiser
from midcycle.meetups.rules import ARCHIVED, STAGES
from midcycle.report.models import Report


@dataclass(frozen=True)
class Link:
    """A link and whether the page shown is behind it."""

    label: str
    url: str
    here: bool


def navigation(request: HttpRequest) -> dict[str, object]:
    """Return `site_links`, `account_links`, `demo_links`, and on pages below `/m/<slug>/` also `tabs` and `tabs_title`.

    One query on those pages, none elsewhere.
    """
    match = request.resolver_match
    slug = match.kwargs.get("slug") if match and match.route.startswith("m/") else None
    return {
        "site_links": _site_links(request),
        "account_links": _account_links(request),
        "demo_links": _demo_links(request),
        **(_meetup_links(request, slug) if isinstance(slug, str) else {}),
    }


def _site_links(request: HttpRequest) -> list[Link]:
    links = [_link(request, "Meetups", reverse("pages:home"), exact=True)]
    if isinstance(request.user, Person):
        links.append(_link(request, "Mine", reverse("pages:mine")))
        links.append(_link(request, "Open an idea", reverse("hosting:open_idea")))
        if request.user.is_administrator:
            links.append(_link(request, "This instance", reverse("pages:instance")))
    return links


def _account_links(request: HttpRequest) -> list[Link]:
    if isinstance(request.user, Person):
        you = _link(request, str(request.user), reverse("accounts:you"))
        return [you, _link(request, "Sign out", reverse("account_logout"))]
    back = urlencode({"next": request.path})
    return [Link("Sign in", f"{reverse('account_login')}?{back}", here=False)]


def _demo_links(request: HttpRequest) -> list[Link]:
    if not settings.MIDCYCLE.demo:
        return []
    return [_link(request, "Be somebody else", reverse("pages:cast")), _link(request, "Inbox", reverse("mailing:inbox"))]


def _meetup_links(request: HttpRequest, slug: str) -> dict[str, object]:
    person = request.user.pk if isinstance(request.user, Person) else None
    meetup = (
        Meetup.objects.filter(slug=slug)
        .annotate(
            released=Exists(Release.objects.filter(meetup=OuterRef("pk"))),
            reported=Exists(Report.objects.filter(meetup=OuterRef("pk"), published_at__isnull=False)),
            organised=Exists(Organiser.objects.filter(meetup=OuterRef("pk"), person=person)),
        )
        .first()
    )
    if meetup is None:
        return {}
    underway = STAGES.index(meetup.stage) >= STAGES.index("registration")
    shown = (
        ("Overview", "pages:meetup", True),
        ("Topics", "topics:topics", underway),
        ("Agenda", "agenda:agenda", meetup.released),
        ("Pads", "pads:pads", meetup.released or meetup.stage in {"on_site", "wrap_up", "archived"}),
        ("Report", "report:report", meetup.reported),
        ("Organise", "pages:desk", meetup.organised),
    )
    tabs = [
        _link(request, label, reverse(name, args=[slug]), exact=name == "pages:meetup")
        for label, name, wanted in shown
        if wanted
    ]
    at_desk = request.path.startswith(reverse("pages:desk", args=[slug]))
    archived = ARCHIVED if at_desk and meetup.stage == "archived" else ""
    return {"tabs": tabs, "tabs_title": meetup.title, "tabs_notice": meetup.notice, "tabs_archived": archived}


def _link(request: HttpRequest, label: str, url: str, *, exact: bool = False) -> Link:
    here = request.path == url if exact else request.path.startswith(url)
    return Link(label, url, here)

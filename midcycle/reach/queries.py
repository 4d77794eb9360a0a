"""Links and what came of them for the team, the picture for everybody, and what somebody passes on from their seat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from midcycle.engines.documents import PosterWords
from midcycle.engines.tickets.qr import qr_svg
from midcycle.feedback.models import Tally
from midcycle.feedback.rules.asking import GIVEN, LEFT_OUT
from midcycle.hosting.queries.poster import poster_to
from midcycle.kernel.flows import Flow
from midcycle.kernel.folding import Group
from midcycle.lists import queries as lists
from midcycle.lists.rules import Split, share_in_words
from midcycle.meetups.models import Meetup
from midcycle.reach import rules
from midcycle.reach.models import Channel, Reached
from midcycle.reach.rules import Groups, Picture, Share, in_words
from midcycle.registration.access import invitation_of
from midcycle.registration.models import Echo, Seat
from midcycle.registration.rules import COMES, HEARD
from midcycle.registration.rules.ways import USUAL, Way
from midcycle.web.drawing import drawn

EDITIONS_SHOWN: Final = 6
_PAGES: Final = {"seat": "registration:seat", "topics": "topics:topics", "agenda": "agenda:agenda"}
_OVER: Final = frozenset({"wrap_up", "archived"})


@dataclass(frozen=True)
class ChannelRow:
    """A channel, its link, and how many have a seat who came by it: straight, and by somebody who passed its link on."""

    code: str
    name: str
    leads_to: str
    link: str
    straight: int
    passed_on: int
    is_own: bool


@dataclass(frozen=True)
class Shown:
    """The picture as it is shown: drawn, and as tables behind the drawing, whose labels are in the language that is active."""

    picture: Picture
    svg: SafeString
    ways: Groups
    said: tuple[tuple[str, int | None, int | None], ...]
    flows: tuple[Flow, ...]
    hands: Groups
    began: Groups
    counted_at: datetime | None


@dataclass(frozen=True)
class Board:
    """What the team sees: its links, the picture as it stands or was counted, and why it cannot be published yet."""

    meetup: Meetup
    channels: tuple[ChannelRow, ...]
    shown: Shown
    is_public: bool
    is_over: bool


@dataclass(frozen=True)
class Compared:
    """The same answers at one edition after the other; each share None where too few gave the answer to tell."""

    editions: tuple[tuple[str, str, int], ...]
    rows: tuple[tuple[str, tuple[tuple[Share | None, str], ...]], ...]


@dataclass(frozen=True)
class ListShare:
    """How many people were on a list, and how many of the others joined it; blank where it is not told."""

    name: str
    on_list: str
    joined: str


@dataclass(frozen=True)
class ReachPage:
    """What everybody sees."""

    meetup: Meetup
    shown: Shown
    compared: Compared | None
    lists: tuple[ListShare, ...]


@dataclass(frozen=True)
class Invitation:
    """What somebody passes on: a link, its code to scan, and a text to send along."""

    meetup: Meetup
    link: str
    svg: SafeString
    text: str


def board(meetup: Meetup) -> Board:
    """Return what the team sees. Five queries, however many people and channels there are."""
    channels = list(Channel.objects.filter(meetup=meetup).order_by("name", "pk"))
    came = _came(meetup)
    reached = Reached.objects.filter(meetup=meetup).first()
    picture = _picture(meetup, came, channels) if reached is None else Picture.from_facts(reached.figures)
    return Board(
        meetup=meetup,
        channels=_rows(meetup, channels, came),
        shown=_shown(picture, reached.counted_at if reached else None),
        is_public=reached is not None and reached.is_public,
        is_over=meetup.stage in _OVER,
    )


def page_of(reached: Reached) -> ReachPage:
    """Return what everybody sees. Two queries in a series, one elsewhere."""
    shown = _shown(Picture.from_facts(reached.figures), reached.counted_at)
    shares = tuple(_list_share(share) for share in lists.shares_of(reached.meetup))
    return ReachPage(reached.meetup, shown, _compared(reached.meetup), shares)


def counted_now(meetup: Meetup) -> Picture:
    """Return how those heard who have a seat now and did not stay away. Three queries."""
    return _picture(meetup, _came(meetup), list(Channel.objects.filter(meetup=meetup)))


def is_public(meetup: Meetup) -> bool:
    """Say whether everybody can see how people heard. A query only when the meetup is over."""
    return meetup.stage in _OVER and Reached.objects.filter(meetup=meetup, is_public=True).exists()


def came_by(channel: Channel) -> bool:
    """Say whether anybody came by the link of a channel, straight or passed on, also who gave the seat back since."""
    by_it = Q(via=channel.code) | Q(via__startswith=f"{channel.code}~")
    return Seat.objects.filter(by_it, meetup=channel.meetup_id).exists()


def link_of(channel: Channel, meetup: Meetup) -> str:
    """Return the whole address a channel spreads."""
    page = _PAGES.get(channel.leads_to)
    path = reverse(page, args=[meetup.slug]) if page else meetup.path
    return f"{settings.MIDCYCLE.public_url_used}{path}?via={channel.code}"


def scan_code(channel: Channel) -> str:
    """Return the code of a channel as SVG, for somebody's own poster."""
    meetup = channel.meetup
    return qr_svg(link_of(channel, meetup), title=f"{meetup.title}: {channel.name}")


def poster(channel: Channel) -> bytes:
    """Return a poster with the code of a channel as PDF. Raises NotPrinted."""
    meetup = channel.meetup
    plain = settings.MIDCYCLE.public_url_used + meetup.path
    words = PosterWords(
        question=gettext("Come and talk"),
        ask=gettext("Scan it, see what it is about, and take a seat."),
        address=plain,
        foot=gettext("The code says which poster you saw, and nothing about you."),
        code=gettext("QR code"),
    )
    return poster_to(meetup, link_of(channel, meetup), words)


def invitation(place: Seat | Echo) -> Invitation:
    """Return what somebody passes on from the page of their seat."""
    meetup = place.meetup
    link = f"{settings.MIDCYCLE.public_url_used}{meetup.path}?via={invitation_of(place)}"
    about = ", ".join(part for part in (meetup.told_title, meetup.when, meetup.where) if part)
    code = qr_svg(link, title=gettext("Code that leads to %(title)s") % {"title": meetup.told_title})
    return Invitation(meetup, link, drawn(code), f"{about}: {link}")


def _came(meetup: Meetup) -> list[tuple[str, str, int]]:
    """Return for each way and answer how many have both who have a seat and did not stay away. One query."""
    seats = Seat.objects.filter(meetup=meetup, state__in=COMES).order_by()
    return list(seats.values_list("via", "heard_how").annotate(people=Count("pk")))


def _picture(meetup: Meetup, came: Sequence[tuple[str, str, int]], channels: Sequence[Channel]) -> Picture:
    answers = Tally.objects.filter(survey__meetup=meetup, survey__is_open=False, question="heard_how", count__gt=0)
    survey = dict(answers.exclude(value__in=(GIVEN, LEFT_OUT)).values_list("value", "count"))
    return rules.picture_of(came, survey, {channel.code: channel.name for channel in channels})


def _shown(picture: Picture, counted_at: datetime | None) -> Shown:
    survey = {group.label: group.count for group in picture.survey}
    labels = dict.fromkeys([*(group.label for group in picture.said), *survey])
    said = {group.label: group.count for group in picture.said}
    return Shown(
        picture=picture,
        svg=drawn(rules.drawing_of(picture)),
        ways=_told(picture.ways),
        said=tuple((in_words(label), said.get(label), survey.get(label)) for label in labels),
        flows=tuple(Flow(in_words(flow.origin), in_words(flow.goal), flow.count) for flow in picture.flows),
        hands=_told(picture.hands),
        began=_told(picture.began),
        counted_at=counted_at,
    )


def _told(groups: Groups) -> Groups:
    return tuple(Group(in_words(group.label), group.count) for group in groups)


def _rows(meetup: Meetup, channels: Sequence[Channel], came: Sequence[tuple[str, str, int]]) -> tuple[ChannelRow, ...]:
    usual = [Channel(meetup=meetup, code=code, name=gettext(USUAL[code]), leads_to="meetup") for code in ("poster", "page")]
    straight, passed_on = dict[str, int](), dict[str, int]()
    for via, _, people in came:
        way = Way.of(via) or Way()
        counted = passed_on if way.hands else straight
        counted[way.code] = counted.get(way.code, 0) + people
    return tuple(
        ChannelRow(
            code=channel.code,
            name=channel.name,
            leads_to=gettext(rules.LEADS_TO[channel.leads_to]),
            link=link_of(channel, meetup),
            straight=straight.get(channel.code, 0),
            passed_on=passed_on.get(channel.code, 0),
            is_own=channel.pk is not None,
        )
        for channel in (*channels, *usual)
    )


def _compared(meetup: Meetup) -> Compared | None:
    """Return the editions of the same series whose picture is published, the latest ones, oldest first."""
    if meetup.series_id is None:
        return None
    of_series = Reached.objects.filter(meetup__series=meetup.series_id, is_public=True).select_related("meetup")
    newest = of_series.order_by("-meetup__starts_on", "-meetup__pk")[:EDITIONS_SHOWN]
    found = [(reached.meetup, Picture.from_facts(reached.figures)) for reached in reversed(newest)]
    if len(found) < 2:
        return None
    shares = [rules.shares_of(picture) for _, picture in found]
    return Compared(
        editions=tuple((edition.title, edition.path, picture.answered) for edition, picture in found),
        rows=tuple((in_words(label), _row(label, shares, [edition.title for edition, _ in found])) for label in HEARD.values()),
    )


def _list_share(found: lists.Shares) -> ListShare:
    left = found.people - (found.on_list or 0)
    on_list = "" if found.on_list is None else share_in_words(Split(found.people, found.on_list), "")
    joined = "" if found.joined_after is None else share_in_words(Split(left, found.joined_after), "")
    return ListShare(found.list, on_list, joined)


def _row(
    label: str, shares: Sequence[Mapping[str, Share | None]], titles: Sequence[str]
) -> tuple[tuple[Share | None, str], ...]:
    """Return the share of one answer at each edition, with the edition's title for narrow screens."""
    return tuple((each[label], title) for each, title in zip(shares, titles, strict=True))

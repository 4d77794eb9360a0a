"""Who may see a series and tend it. What is not there and what is not allowed look the same: 404.

Everybody sees every series and the calendar. A series is tended by the organisers of its meetups and by the administrators of
this server; an entry of the calendar by whoever added it, by those who tend the series whose summit it is, and by
administrators.
"""

from django.core.validators import slug_re
from django.http import Http404

from midcycle.accounts.models import Person
from midcycle.meetups.access import Visitor
from midcycle.meetups.models import Meetup, Organiser, Series
from midcycle.series.models import CalendarEvent, PastEdition, RotationException


def series_for(slug: str) -> Series:
    """Return the series. Raises Http404."""
    series = Series.objects.filter(slug=slug).first() if slug_re.match(slug) else None
    if series is None:
        raise Http404
    return series


def may_tend(visitor: Visitor, series: Series) -> bool:
    """Say whether the visitor may change the rule and the past of a series."""
    if not isinstance(visitor, Person):
        return False
    return visitor.is_administrator or Organiser.objects.filter(person=visitor, meetup__series=series).exists()


def tended_series(visitor: Visitor) -> list[Series]:
    """Return the series the visitor tends, by title."""
    if not isinstance(visitor, Person):
        return []
    found = Series.objects.order_by("title", "pk")
    if not visitor.is_administrator:
        found = found.filter(pk__in=Organiser.objects.filter(person=visitor).values("meetup__series"))
    return list(found)


def tended_series_for(visitor: Visitor, slug: str) -> Series:
    """Return the series for someone who tends it. Raises Http404 for anyone else."""
    series = series_for(slug)
    if not may_tend(visitor, series):
        raise Http404
    return series


def past_edition_for(visitor: Visitor, slug: str, number: int) -> PastEdition:
    """Return a past edition for someone who tends its series. Raises Http404 for anyone else."""
    series = tended_series_for(visitor, slug)
    past = PastEdition.objects.select_related("series").filter(series=series, pk=number).first()
    if past is None:
        raise Http404
    return past


def edition_for(visitor: Visitor, slug: str, key: str) -> tuple[Series, Meetup | PastEdition]:
    """Return a series and an edition of it for someone who tends it. Raises Http404 for anyone else.

    The key of a meetup is `m-` and its slug, that of a past edition `p-` and its key.
    """
    series = tended_series_for(visitor, slug)
    kind, _, name = key.partition("-")
    if not slug_re.match(name or ""):
        raise Http404
    found: Meetup | PastEdition | None = None
    if kind == "m":
        found = Meetup.objects.filter(series=series, slug=name).first()
    elif kind == "p":
        found = PastEdition.objects.filter(series=series, key=name).first()
    if found is None:
        raise Http404
    return series, found


def exception_for(visitor: Visitor, slug: str, number: int) -> RotationException:
    """Return an exception for someone who tends its series. Raises Http404 for anyone else."""
    series = tended_series_for(visitor, slug)
    found = RotationException.objects.select_related("series").filter(series=series, pk=number).first()
    if found is None:
        raise Http404
    return found


def may_add_events(visitor: Visitor) -> bool:
    """Say whether the visitor may add to the calendar: organisers of any meetup here, and administrators."""
    if not isinstance(visitor, Person):
        return False
    return visitor.is_administrator or Organiser.objects.filter(person=visitor).exists()


def calendar_keeper_for(visitor: Visitor) -> Person:
    """Return the visitor who may add to the calendar. Raises Http404 for anyone else."""
    if not isinstance(visitor, Person) or not may_add_events(visitor):
        raise Http404
    return visitor


def event_for(visitor: Visitor, number: int) -> CalendarEvent:
    """Return an entry of the calendar for someone who may change it. Raises Http404 for anyone else."""
    event = CalendarEvent.objects.select_related("summit_of").filter(pk=number).first()
    if event is None or not isinstance(visitor, Person):
        raise Http404
    owns = visitor.is_administrator or event.added_by_id == visitor.pk
    if not owns and not (event.summit_of and may_tend(visitor, event.summit_of)):
        raise Http404
    return event

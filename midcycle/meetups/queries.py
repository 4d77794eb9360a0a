"""Lists of meetups."""

from django.db.models import F

from midcycle.meetups.models import Meetup, Series


def all_meetups() -> list[Meetup]:
    """Return every meetup: the newest date first, those without a date before all."""
    return list(Meetup.objects.select_related("series").order_by(F("starts_on").desc(nulls_first=True), "-opened_at", "-pk"))


def series_with_slug(slug: str) -> Series | None:
    """Return the series, if there is one."""
    return Series.objects.filter(slug=slug).first()


def meetup_with_slug(slug: str) -> Meetup | None:
    """Return the meetup, if there is one."""
    return Meetup.objects.filter(slug=slug).first()

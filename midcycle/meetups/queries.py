"""Lists of meetups."""

from django.db.models import F

from midcycle.meetups.models import ApiToken, Meetup, Series


def all_meetups() -> list[Meetup]:
    """Return every meetup: the newest date first, those without a date before all."""
    return list(Meetup.objects.select_related("series").order_by(F("starts_on").desc(nulls_first=True), "-opened_at", "-pk"))


def series_with_slug(slug: str) -> Series | None:
    """Return the series, if there is one."""
    return Series.objects.filter(slug=slug).first()


def meetup_with_slug(slug: str) -> Meetup | None:
    """Return the meetup, if there is one."""
    return Meetup.objects.filter(slug=slug).first()


def tokens_of(meetup: Meetup) -> list[ApiToken]:
    """Return the tokens of a meetup, oldest first."""
    return list(ApiToken.objects.filter(meetup=meetup).order_by("pk"))


def token_with_number(meetup: Meetup, number: int) -> ApiToken | None:
    """Return a token of the meetup, if it has one of this number."""
    return ApiToken.objects.filter(meetup=meetup, pk=number).first()

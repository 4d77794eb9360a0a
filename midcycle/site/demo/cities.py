"""Cities around the world, so that it is always late in the morning in one of them. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

MORNING: Final = timedelta(hours=10)
NOON: Final = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class City:
    """A city with its ISO 3166 country, our region and its IANA time zone."""

    name: str
    country: str
    region: str
    zone: str


# East to west. Most have no summer time, so that an hour later the next one has its late morning.
CITIES: Final = (
    City("Wellington", "NZ", "australia", "Pacific/Auckland"),
    City("Suva", "FJ", "australia", "Pacific/Fiji"),
    City("Nouméa", "NC", "australia", "Pacific/Noumea"),
    City("Brisbane", "AU", "australia", "Australia/Brisbane"),
    City("Kyoto", "JP", "asia", "Asia/Tokyo"),
    City("Taipei", "TW", "asia", "Asia/Taipei"),
    City("Bangkok", "TH", "asia", "Asia/Bangkok"),
    City("Dhaka", "BD", "asia", "Asia/Dhaka"),
    City("Tashkent", "UZ", "asia", "Asia/Tashkent"),
    City("Tbilisi", "GE", "asia", "Asia/Tbilisi"),
    City("Nairobi", "KE", "africa", "Africa/Nairobi"),
    City("Kigali", "RW", "africa", "Africa/Kigali"),
    City("Tunis", "TN", "africa", "Africa/Tunis"),
    City("Accra", "GH", "africa", "Africa/Accra"),
    City("Praia", "CV", "africa", "Atlantic/Cape_Verde"),
    City("Nuuk", "GL", "north-america", "America/Nuuk"),
    City("Montevideo", "UY", "south-america", "America/Montevideo"),
    City("Manaus", "BR", "south-america", "America/Manaus"),
    City("Bogotá", "CO", "south-america", "America/Bogota"),
    City("San José", "CR", "north-america", "America/Costa_Rica"),
    City("Phoenix", "US", "north-america", "America/Phoenix"),
    City("Vancouver", "CA", "north-america", "America/Vancouver"),
    City("Anchorage", "US", "north-america", "America/Anchorage"),
    City("Honolulu", "US", "north-america", "Pacific/Honolulu"),
    City("Apia", "WS", "australia", "Pacific/Apia"),
)


def city_of_late_morning(now: datetime) -> City:
    """Return the city where 10 o'clock has passed most recently: it is there between 10:00 and 11:59, mostly before 11."""
    return min(CITIES, key=lambda city: (since_midnight(now, city.zone) - MORNING) % timedelta(days=1))


def is_late_morning(now: datetime, zone: str) -> bool:
    """Say whether it is between 10:00 and 11:59 in a time zone."""
    return MORNING <= since_midnight(now, zone) < NOON


def since_midnight(now: datetime, zone: str) -> timedelta:
    """Return the time a clock on the wall shows there."""
    local = now.astimezone(ZoneInfo(zone))
    return timedelta(hours=local.hour, minutes=local.minute, seconds=local.second)

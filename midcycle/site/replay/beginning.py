"""How the story of a meetup begins: the idea, where and when, the series, who pays."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from midcycle.accounts.actions import person_for
from midcycle.funding import actions as funding
from midcycle.hosting import actions as hosting
from midcycle.hosting.rules import LONGEST
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.slugs import slug_from
from midcycle.kernel.typed import lines
from midcycle.kernel.zones import zones_of
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.site.replay.counts import heads_of
from midcycle.site.replay.ledger import Ledger
from midcycle.site.replay.reading import Facts, mapping, pair, text, whole
from midcycle.site.replay.shape import country_code, tables
from midcycle.site.replay.story import Story
from midcycle.site.replay.times import day_of, days_of, month_in_words

DAYS_BEFORE: Final = 90
INVENTED: Final = (
    "Replayed from public facts. The people are invented; how many they were is not. A share that a source tells is shown as "
    "so many of those who came. The report names its sources."
)
CALLED_OFF: Final = "This meetup was cancelled: it did not take place. Replayed from public facts."
_SOME_DAY: Final = date(2016, 1, 1)
_GRID_DAYS: Final = ("day", "date", "start", "starts", "begin")
_PAYING: Final = ("sponsors", "underwriters")


def begin(facts: Facts, ledger: Ledger, *, organiser_email: str = "team@example.org") -> Story:
    """Open the idea with its call, as long before the meetup as the story needs."""
    dates, call = mapping(facts.get("dates")), mapping(facts.get("interest_call"))
    named = [thing.get(key) for list_ in ("slots", "sessions") for _, thing in tables(facts, list_) for key in _GRID_DAYS]
    days = days_of(dates, [value for value in named if not isinstance(value, float)])
    starts = day_of(dates.get("start")) or day_of(f"{text(dates.get('month'))}-01") or days.first or _SOME_DAY
    now = datetime.combine(starts, time(9), tzinfo=UTC) - timedelta(days=DAYS_BEFORE)
    team = person_for(organiser_email, name="The replay team", now=now)
    title = text(facts.get("name")) or text(facts.get("id")) or "A meetup"
    idea = hosting.Idea(
        summary=(_prose(facts.get("summary")) or _prose(facts.get("note")))[: LONGEST["summary"]],
        region=text(facts.get("region"))[: LONGEST["region"]],
        channel=text(call.get("channel"))[: LONGEST["channel"]],
        slug=text(facts.get("id")) or title,
    )
    meetup = _opened(facts, ledger, idea, title=title[: LONGEST["title"]], now=now, team_email=organiser_email)
    heads = heads_of(facts)
    notice = CALLED_OFF if heads.cancelled else INVENTED
    meetups.describe(meetup, team, title=meetup.title, summary=meetup.summary, notice=notice, now=now)
    seed = text(facts.get("id")) or slug_from(title)
    _compare_idea(facts, ledger, meetup)
    return Story(facts, ledger, team, meetup, now, seed, heads, days)


def settle_place(story: Story) -> None:
    """Say where and when, and compare."""
    meetup, location = story.meetup, mapping(story.facts.get("location"))
    dates = mapping(story.facts.get("dates"))
    starts, ends = day_of(dates.get("start")), day_of(dates.get("end"))
    if starts and ends and ends < starts:
        story.ledger.note("dates.end: it is before the start, and was left out")
        ends = starts
    country = country_code(text(location.get("country")))
    place = meetups.Place(
        region=meetup.region,
        city=text(location.get("city"))[:80],
        country=country,
        venue=_venue(location)[:160],
        starts_on=starts,
        ends_on=ends or starts,
        about_when=_about_when(dates),
        timezone=_zone(story, country),
    )
    meetups.set_place(meetup, story.organiser, place, now=story.later(days=10))
    meetup.refresh_from_db()
    _compare_place(story, location)
    _compare_dates(story, dates)


def join_series(story: Story) -> None:
    """Make the meetup an edition of its series, and say which summit follows."""
    told = story.facts.get("series")
    key = next((key for key in ("id", "slug", "name", "title") if text(mapping(told).get(key))), "")
    name, path = text(mapping(told).get(key)) if key else text(told), f"series.{key}" if key else "series"
    summit = mapping(story.facts.get("next_summit"))
    if not name:
        return
    is_slug = name == slug_from(name)
    series = meetups.start_series(name.replace("-", " ").capitalize() if is_slug else name[:160], slug=name, now=story.now)
    meetups.join_series(
        story.meetup,
        series,
        by=story.organiser,
        now=story.now,
        next_summit_city=text(summit.get("city"))[:80],
        next_summit_region=text(summit.get("region"))[:60],
    )
    story.meetup.refresh_from_db()
    joined = story.meetup.series
    story.ledger.lived(path, name, joined and (joined.slug if is_slug else joined.title))
    for part, got in (("city", story.meetup.next_summit_city), ("region", story.meetup.next_summit_region)):
        if text(summit.get(part)):
            story.ledger.lived(f"next_summit.{part}", summit[part], got)


def thank_underwriters(story: Story) -> None:
    """Thank each sponsor; a host is named as one. Other roles are kept as told: there is no column for them."""
    for path, sponsor in (told for key in _PAYING for told in tables(story.facts, key)):
        key = "name" if text(sponsor.get("name")) else "title"
        name, is_host = text(sponsor.get(key)), text(sponsor.get("role")).lower() == "host"
        if name:
            with story.attempt(f"{path}.{key}", sponsor[key]):
                thanked = funding.thank(story.meetup, name[:160], is_host=is_host, by=story.organiser, now=story.now)
                thanked.refresh_from_db()
                story.ledger.lived(f"{path}.{key}", sponsor[key], thanked.name)
                if is_host:
                    story.ledger.lived(f"{path}.role", sponsor["role"], "host" if thanked.is_host else "", means="host")
        story.ledger.settle(f"{path}.id")
    host = text(story.facts.get("host"))
    if host:
        thanked = funding.thank(story.meetup, host[:160], is_host=True, by=story.organiser, now=story.now)
        story.ledger.lived("host", host, thanked.name)


def _prose(value: object) -> str:
    return lines(value) if isinstance(value, str) else ""


def _opened(facts: Facts, ledger: Ledger, idea: hosting.Idea, *, title: str, now: datetime, team_email: str) -> Meetup:
    team, guess = person_for(team_email, now=now), pair(mapping(facts.get("size")).get("first_guess_attendance"))
    try:
        return hosting.open_call(team, title=title, guess=guess, now=now, **idea)
    except Refusal as refusal:
        ledger.note(f"size.first_guess_attendance: {refusal.message}")
    return hosting.open_call(team, title=title, guess=None, now=now, **idea)


def _compare_idea(facts: Facts, ledger: Ledger, meetup: Meetup) -> None:
    call, size = meetup.call, mapping(facts.get("size"))
    channel, guess = mapping(facts.get("interest_call")).get("channel"), pair(size.get("first_guess_attendance"))
    for path, asked, got in (("name", facts.get("name"), meetup.title), ("region", facts.get("region"), meetup.region)):
        if text(asked):
            ledger.lived(path, asked, got)
    if _prose(facts.get("summary")):
        ledger.lived("summary", facts["summary"], meetup.summary)
    if text(channel):
        ledger.lived("interest_call.channel", channel, call.channel)
    if guess is not None:
        got_guess = [call.guess_low, call.guess_high]
        ledger.lived("size.first_guess_attendance", size["first_guess_attendance"], got_guess, means=list(guess))


def _venue(location: Facts) -> str:
    return text(location.get("venue")) or text(mapping(location.get("venue")).get("name"))


def _about_when(dates: Facts) -> str:
    """Return a month, a year or words, for a meetup whose days are not known."""
    start = dates.get("start")
    told = dates.get("month") or dates.get("when") or (None if day_of(start) else start) or dates.get("year")
    return month_in_words(told) if text(told) else ""


def _zone(story: Story, country: str) -> str:
    """Return the time zone told, else that of the place; else UTC, and a grid is told so."""
    told = text(_told_zone(story.facts)[1])
    try:
        if told:
            return ZoneInfo(told).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        story.ledger.note(f"timezone: there is no time zone {told[:60]}; Europe/Lisbon is one")
    zone = "" if told else _zone_of_place(country, story.facts)
    if not told and not zone and ("slots" in story.facts or "sessions" in story.facts):
        story.ledger.note("the file does not say its time zone, so the times of the agenda stand as UTC")
    return zone or "UTC"


def _zone_of_place(country: str, facts: Facts) -> str:
    """Return the zone of the country, where all its clocks show the same on the first day, or that of the city; else blank."""
    zones, city = zones_of(country), text(mapping(facts.get("location")).get("city")).casefold()
    noon = datetime.combine(day_of(mapping(facts.get("dates")).get("start")) or _SOME_DAY, time(12))
    if len({noon.replace(tzinfo=ZoneInfo(zone)).utcoffset() for zone in zones}) == 1:
        return zones[0]
    return next((zone for zone in zones if zone.rpartition("/")[2].replace("_", " ").casefold() == city), "")


def _told_zone(facts: Facts) -> tuple[str, object]:
    inner = mapping(facts.get("location")).get("timezone")
    return ("timezone", facts["timezone"]) if "timezone" in facts else ("location.timezone", inner)


def _compare_place(story: Story, location: Facts) -> None:
    got = story.meetup
    country = text(location.get("country"))
    if text(location.get("city")):
        story.ledger.lived("location.city", location["city"], got.city)
    if country:
        means = country_code(country) or country
        story.ledger.lived("location.country", location["country"], got.country, means=means)
    if _venue(location):
        path = "location.venue" if text(location.get("venue")) else "location.venue.name"
        story.ledger.lived(path, _venue(location), got.venue)
    path, zone = _told_zone(story.facts)
    if text(zone):
        story.ledger.lived(path, zone, got.timezone)


def _compare_dates(story: Story, dates: Facts) -> None:
    got = story.meetup
    for key, held in (("start", got.starts_on), ("end", got.ends_on)):
        asked = dates.get(key)
        if day_of(asked) is not None or (text(asked) and key == "end"):
            story.ledger.lived(f"dates.{key}", asked, held, means=day_of(asked))
        elif text(asked):
            story.ledger.lived("dates.start", asked, got.about_when or None, means=month_in_words(asked))
    told = next((key for key in ("month", "when", "year") if text(dates.get(key))), None)
    if told is not None:
        means = month_in_words(dates[told])
        story.ledger.lived(f"dates.{told}", dates[told], got.about_when, means=means)
    days = whole(story.facts.get("days"))
    if days is not None and got.starts_on and got.ends_on:
        story.ledger.lived("days", story.facts["days"], (got.ends_on - got.starts_on).days + 1, means=days)

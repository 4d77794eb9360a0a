"""A meetup's facts told in order, from idea to report; each step is real actions."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from midcycle.accounts.actions import person_for
from midcycle.accounts.models import Person
from midcycle.funding import actions as funding
from midcycle.hosting import actions as hosting
from midcycle.kernel.slugs import slug_from
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.site.replay.ledger import Ledger
from midcycle.site.replay.reading import Facts, day_of, items, mapping, month_in_words, names, pair, whole

DAYS_BEFORE = 90
INVENTED = (
    "Replayed from public facts. The people are invented, and so is what they say of themselves; the report names its sources."
)


@dataclass
class Story:
    """One meetup being replayed."""

    facts: Facts
    ledger: Ledger
    organiser: Person
    meetup: Meetup
    now: datetime
    seed: str

    def later(self, **delta: float) -> datetime:
        """Let time pass and return the new moment."""
        self.now += timedelta(**delta)
        return self.now


def begin(facts: Facts, ledger: Ledger, *, organiser_email: str = "team@example.org") -> Story:
    """Open the idea with its call, as long before the meetup as the story needs."""
    dates, call = mapping(facts.get("dates")), mapping(facts.get("interest_call"))
    starts = day_of(dates.get("start")) or day_of(f"{dates.get('month')}-01") or day_of("2016-01-01")
    now = (
        datetime(starts.year, starts.month, starts.day, 9, tzinfo=UTC) - timedelta(days=DAYS_BEFORE)
        if starts
        else datetime(2016, 1, 1, tzinfo=UTC)
    )
    team = person_for(organiser_email, name="The replay team", now=now)
    title = str(facts.get("name") or facts.get("id") or "A meetup")
    seed = str(facts.get("id") or slug_from(title))
    size = mapping(facts.get("size"))
    guess = pair(size.get("first_guess_attendance"))
    meetup = hosting.open_call(
        team,
        title=title[:160],
        summary=str(facts.get("summary") or facts.get("note") or ""),
        region=str(facts.get("region") or "")[:60],
        channel=str(call.get("channel") or "")[:160],
        guess=guess,
        now=now,
        slug=seed,
    )
    meetups.describe(meetup, team, title=meetup.title, summary=meetup.summary, notice=INVENTED, now=now)
    story = Story(facts, ledger, team, meetup, now, seed)
    if "name" in facts:
        ledger.lived("name", facts["name"], meetup.title)
    if "region" in facts:
        ledger.lived("region", facts["region"], meetup.region)
    if "channel" in call:
        ledger.lived("interest_call.channel", call["channel"], meetup.call.channel)
    if guess is not None:
        ledger.lived("size.first_guess_attendance", list(guess), [meetup.call.guess_low, meetup.call.guess_high])
    return story


def settle_place(story: Story) -> None:
    """Say where and when, and compare."""
    facts, ledger = story.facts, story.ledger
    dates, location = mapping(facts.get("dates")), mapping(facts.get("location"))
    starts, ends = day_of(dates.get("start")), day_of(dates.get("end"))
    month = dates.get("month") or dates.get("when")
    place = meetups.Place(
        region=story.meetup.region,
        city=str(location.get("city") or "")[:80],
        country=str(location.get("country") or "")[:2],
        venue=str(location.get("venue") or "")[:160],
        starts_on=starts,
        ends_on=ends or starts,
        about_when=month_in_words(month) if month else "",
    )
    meetups.set_place(story.meetup, story.organiser, place, now=story.later(days=10))
    story.meetup.refresh_from_db()
    got = story.meetup
    pairs = (
        ("dates.start", dates.get("start"), got.starts_on),
        ("dates.end", dates.get("end"), got.ends_on),
        ("location.city", location.get("city"), got.city),
        ("location.country", location.get("country"), got.country),
        ("location.venue", location.get("venue"), got.venue),
    )
    for path, asked, value in pairs:
        if asked is not None:
            ledger.lived(path, asked, value)
    for key in ("month", "when"):
        if key in dates:
            ledger.lived(
                f"dates.{key}", dates[key], dates[key] if got.about_when == month_in_words(dates[key]) else got.about_when
            )
    days = whole(facts.get("days"))
    if days is not None and got.starts_on and got.ends_on:
        ledger.lived("days", days, (got.ends_on - got.starts_on).days + 1)


def join_series(story: Story) -> None:
    """Make the meetup an edition of its series."""
    name = story.facts.get("series")
    if not name:
        return
    summit = mapping(story.facts.get("next_summit"))
    series = meetups.start_series(str(name).replace("-", " ").capitalize(), slug=str(name), now=story.now)
    meetups.join_series(
        story.meetup,
        series,
        by=story.organiser,
        now=story.now,
        next_summit_city=str(summit.get("city") or "")[:80],
        next_summit_region=str(summit.get("region") or "")[:60],
    )
    story.meetup.refresh_from_db()
    story.ledger.lived("series", slug_from(str(name)), series.slug)
    for key, got in (("city", story.meetup.next_summit_city), ("region", story.meetup.next_summit_region)):
        if key in summit:
            story.ledger.lived(f"next_summit.{key}", summit[key], got)


def thank_underwriters(story: Story) -> None:
    """Thank each sponsor; a host is named as one."""
    for number, sponsor in enumerate(items(story.facts.get("sponsors")), start=1):
        path = f"sponsors.{sponsor.get('id', number)}"
        name = sponsor.get("name") or sponsor.get("title")
        if not name:
            continue
        thanked = funding.thank(
            story.meetup, str(name)[:160], is_host=sponsor.get("role") == "host", by=story.organiser, now=story.now
        )
        story.ledger.lived(f"{path}.name" if "name" in sponsor else path, name, thanked.name)
        if "role" in sponsor:
            story.ledger.lived(f"{path}.role", sponsor["role"], "host" if thanked.is_host else sponsor["role"])
    host = story.facts.get("host")
    if isinstance(host, str):
        thanked = funding.thank(story.meetup, host[:160], is_host=True, by=story.organiser, now=story.now)
        story.ledger.lived("host", host, thanked.name)


def reach_the_day(story: Story) -> None:
    """Let time pass until the meetup begins, when its day is known."""
    starts = story.meetup.starts_on
    if starts is not None:
        story.now = max(story.now, datetime(starts.year, starts.month, starts.day, 9, tzinfo=UTC))


def move_to(story: Story, stage: str) -> None:
    """Move the meetup to its next stage."""
    meetups.move_to_stage(story.meetup, story.organiser, stage, now=story.now)


def people_of_parts(session: Facts, *keys: str) -> list[str]:
    """Return the pseudonyms a session lists under any of these keys."""
    return [name for key in keys for name in names(session.get(key))]

"""Every count of people of a file, compared with the seats of the meetup."""

from midcycle.registration import queries as seats
from midcycle.registration.models import Seat, SeatMove
from midcycle.site.replay.counts import Told, percent, quotas_of
from midcycle.site.replay.reading import mapping
from midcycle.site.replay.story import Story

WORDS = (("attendee_sectors", "sector"), ("attendee_regions", "region"))


def compare_people(story: Story) -> None:
    """Compare every count of people, the groups, and the words people were counted under."""
    rows = list(Seat.objects.filter(meetup=story.meetup))
    for told in story.heads.told:
        if told.path:
            story.ledger.lived(told.path, told.value, _got(story, told, rows), means=told.number)
    _compare_shares(story, rows)
    for key, field in WORDS:
        if rows:
            _compare_words(story, key, [str(getattr(row, field)) for row in rows])


def _got(story: Story, told: Told, rows: list[Seat]) -> int | None:
    """Return what the seats say now: of a group if it is one of the groups, else of everybody."""
    if told.what == "limit":
        return seats.seat_summary(story.meetup).announced
    known = {group.name for group in story.heads.groups}
    mine = [row for row in rows if row.group == told.group] if told.group in known and told.group else rows
    registered = [row for row in mine if not _walked_in(story, row)]
    waiting = _waited(mine) if story.heads.let_in else sum(row.state == "waiting" for row in mine)
    if told.what == "registered":
        with_waitlist = story.heads.first("registered") == told.number != story.heads.registered
        return len(registered) if with_waitlist or told.group or not waiting else len(registered) - waiting
    counted = {
        "came": sum(row.state == "checked_in" for row in mine),
        "waiting": waiting,
        "no_shows": sum(row.state == "no_show" for row in mine),
    }
    return counted[told.what]


def _waited(rows: list[Seat]) -> int:
    """Return how many had to wait at first, whether they got a seat later or not."""
    return SeatMove.objects.filter(seat__in=[row.pk for row in rows], was="", becomes="waiting").count()


def _walked_in(story: Story, row: Seat) -> bool:
    return story.door_opened_at is not None and row.registered_at >= story.door_opened_at


def _compare_shares(story: Story, rows: list[Seat]) -> None:
    """Compare the share of those registered who came, where a group tells it: `{rsvp: 110, attended: 75, share: 0.68}`."""
    for name, value in mapping(story.facts.get("attendance")).items():
        asked = mapping(value).get("share")
        mine = rows if name == "total" else [row for row in rows if row.group == name]
        registered = sum(not _walked_in(story, row) for row in mine)
        if isinstance(asked, float) and registered:
            came = sum(row.state == "checked_in" for row in mine)
            decimals = len(str(asked).partition(".")[2])
            story.ledger.lived(f"attendance.{name}.share", asked, round(came / registered, decimals))


def _compare_words(story: Story, key: str, found: list[str]) -> None:
    told = story.facts.get(key)
    came = story.heads.came or story.heads.registered or 0
    for word, asked in quotas_of(told).items():
        count, part = found.count(word), percent(asked)
        share = round(100 * count / came) if came else 0
        story.ledger.lived(f"{key}.{word}", asked, count if part is None else f"{share}%", means=_means(asked, part))


def _means(asked: object, part: int | None) -> object:
    return asked if part is None else f"{part}%"

"""Outcomes as files. They hold what everybody sees, and nothing else."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from midcycle.engines.tables import KINDS, write
from midcycle.meetups.models import Meetup
from midcycle.outcomes.queries.rows import ActionRow, TagRow, TraceRow, actions_of, meant_for, tags_of
from midcycle.outcomes.rules import FILES, Item, TagItem, markdown
from midcycle.pads.access import today_at

JSON_LINES = "application/jsonl; charset=utf-8"
MARKDOWN = "text/markdown; charset=utf-8"


def file_of(meetup: Meetup, name: str, kind: str, whom: str, *, now: datetime) -> tuple[bytes, str]:
    """Return one of FILES as `csv` or `jsonl`, with its media type; `whom` blank for everybody's. Three queries."""
    items = [_item(meetup, row) for row in meant_for(actions_of(meetup, today_at(meetup, now)), whom)]
    if kind == "jsonl":
        return FILES[name].json_lines(items), JSON_LINES
    return write("csv", FILES[name].table(items)), KINDS["csv"].media_type


def markdown_of(meetup: Meetup, whom: str, *, now: datetime) -> tuple[bytes, str]:
    """Return all outcomes as Markdown. Seven queries."""
    items = [_item(meetup, row) for row in meant_for(actions_of(meetup, today_at(meetup, now)), whom)]
    tags = [_tag_item(meetup, row) for row in meant_for(tags_of(meetup), whom)]
    return markdown(meetup.title, _whole(reverse("outcomes:outcomes", args=[meetup.slug])), items, tags), MARKDOWN


def _item(meetup: Meetup, row: ActionRow) -> Item:
    return Item(
        number=row.number,
        what=row.what,
        state=row.state,
        due=row.due_on,
        owner=row.owner or ("somebody" if row.is_confirmed else ""),
        meant_for=row.meant_for,
        meetup=meetup.title,
        pad=row.pad_title,
        url=_whole(reverse("outcomes:action", args=[meetup.slug, row.number])),
        pad_url=_whole(reverse("pads:pad", args=[meetup.slug, row.pad_name])),
        tags=row.tags,
        became=tuple(_told(trace) for trace in row.traces),
    )


def _tag_item(meetup: Meetup, row: TagRow) -> TagItem:
    pads = tuple((title, _whole(reverse("pads:pad", args=[meetup.slug, name]))) for name, title in row.pads)
    return TagItem(row.word, row.meant_for, pads, tuple(_told(trace) for trace in row.traces))


def _told(trace: TraceRow) -> str:
    return " ".join(part for part in (trace.text, trace.url) if part)


def _whole(path: str) -> str:
    return settings.MIDCYCLE.public_url_used + path

"""Feedback, report, sources, and whatever else a file tells: kept as told, and read back."""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Final

from django.db import transaction

from midcycle.feedback import actions as feedback
from midcycle.feedback.models import HandCount, Remark
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Seat
from midcycle.report import actions as report
from midcycle.report.models import Source, ToldFact
from midcycle.report.rules import LONGEST_KEY, LONGEST_PATH, LONGEST_WHERE
from midcycle.site.replay.ledger import Ledger, plain
from midcycle.site.replay.questions import key_of
from midcycle.site.replay.reading import Facts, mapping, share, text, whole, words
from midcycle.site.replay.shape import named, tables
from midcycle.site.replay.story import Story

_KINDS: Final = {"request": "asked_for", "reported": "reported", "lesson": "lesson"}
_COUNTS: Final = (("answer_yes", "answer_no"), ("yes", "no"))
_SHARES: Final = ("answer_no_share", "answer_yes_share")
_WHERE: Final = ("url", "where", "href", "link", "address")


def gather_feedback(story: Story) -> None:
    """Count hands for each share, and note each remark and lesson; what came of the hands is compared at the end."""
    counted: dict[str, tuple[Facts, str]] = {}
    for path, point in tables(story.facts, "feedback_data_points"):
        key = key_of(text(point.get("question")) or "A question", counted)
        if _count(story, point, path, key):
            counted[key] = (point, path)
        for told, kind in _KINDS.items():
            if text(point.get(told)):
                with story.attempt(f"{path}.{told}", point[told]):
                    remark = feedback.note_remark(story.meetup, kind, str(point[told]), by=story.organiser, now=story.now)
                    story.ledger.lived(f"{path}.{told}", point[told], Remark.objects.get(pk=remark.pk).text)
        story.ledger.settle(f"{path}.id")
    for key, (point, path) in counted.items():
        _compare_hands(story, point, path, HandCount.objects.get(meetup=story.meetup, question=key))
    _note_lessons(story)


def keep_the_rest(story: Story) -> None:
    """Keep sources, and every fact no action stands for, and read each back."""
    for path, value, key in _keep_sources(story):
        story.ledger.lived(path, value, Source.objects.get(meetup=story.meetup, key=key).where)
    story.ledger.settle("schema")
    keep_on(story.meetup.slug, story.ledger)


def keep_on(slug: str, ledger: Ledger, *, prefix: str = "") -> None:
    """Keep every fact without a line with the meetup, as told, and read it back."""
    meetup = Meetup.objects.get(slug=slug)
    taken: set[str] = set()
    for path, value in list(ledger.unsettled()):
        name = _name_in_the_table(f"{prefix}{path}", taken)
        taken.add(name)
        try:
            with transaction.atomic():
                told = report.keep_told_fact(
                    meetup, name, json.loads(json.dumps(plain(value))), by=meetup.opened_by, now=meetup.opened_at
                )
        except Refusal as refusal:
            ledger.kept(path, value, None)
            ledger.note(f"{path}: {refusal.message}")
        else:
            ledger.kept(path, value, ToldFact.objects.get(pk=told.pk).value)


def publish_report(story: Story) -> None:
    """Publish the report a week later; nobody wrote it, so its text is the draft of the facts."""
    report.publish(story.meetup, by=story.organiser, now=story.later(days=7))


def hands_for(part_of_all: float, decimals: int, most: int) -> tuple[int, int]:
    """Return part and total, the total as large as can be, whose ratio rounds to the share."""
    for total in range(most, 0, -1):
        part = round(part_of_all * total)
        if round(part / total, decimals) == round(part_of_all, decimals):
            return part, total
    return round(part_of_all * most), most


def _count(story: Story, point: Facts, path: str, key: str) -> bool:
    """Count the hands a point tells, as numbers or else as a share; return whether there are any."""
    votes = _votes(story, point)
    if votes is None:
        return False
    question = text(point.get("question")) or "A question"
    told = {name: point[name] for pair in (*_COUNTS, _SHARES) for name in pair if name in point}
    try:
        with transaction.atomic():
            feedback.count_hands(
                story.meetup, key, yes=votes[0], no=votes[1], asked=question[:200], by=story.organiser, now=story.now
            )
    except Refusal as refusal:
        for name, value in told.items():
            story.ledger.failed(f"{path}.{name}", value, refusal.message)
        return False
    return True


def _votes(story: Story, point: Facts) -> tuple[int, int] | None:
    for yes_key, no_key in _COUNTS:
        yes, no = whole(point.get(yes_key)), whole(point.get(no_key))
        if yes is not None and no is not None:
            return yes, no
    for key in _SHARES:
        told = share(point.get(key))
        if told is not None:
            came = Seat.objects.filter(meetup=story.meetup, state="checked_in").count() or 100
            part, total = hands_for(*told, came)
            return (total - part, part) if key == "answer_no_share" else (part, total - part)
    return None


def _compare_hands(story: Story, point: Facts, path: str, got: HandCount) -> None:
    if text(point.get("question")):
        story.ledger.lived(f"{path}.question", point["question"], got.asked)
    for pair in _COUNTS:
        counts = [whole(point.get(key)) for key in pair]
        if None not in counts:
            for key, number, held in zip(pair, counts, (got.yes, got.no), strict=True):
                story.ledger.lived(f"{path}.{key}", point[key], held, means=number)
    for key, held in zip(_SHARES, (got.no, got.yes), strict=True):
        told = share(point.get(key))
        if told is not None:
            story.ledger.lived(f"{path}.{key}", point[key], round(held / (got.yes + got.no), told[1]), means=told[0])


def _note_lessons(story: Story) -> None:
    lessons = words(story.facts.get("lessons"))
    noted = []
    for lesson in lessons or []:
        with story.attempt("lessons"):
            noted.append(feedback.note_remark(story.meetup, "lesson", lesson, by=story.organiser, now=story.now).pk)
    if lessons:
        got = Remark.objects.filter(pk__in=noted).order_by("pk").values_list("text", flat=True)
        story.ledger.lived("lessons", story.facts["lessons"], list(got), means=lessons)


def _keep_sources(story: Story) -> list[tuple[str, object, str]]:
    """Keep each address or description under a key of its own; return its path, what the file says, and that key."""
    kept: list[tuple[str, object, str]] = []
    taken: set[str] = set()
    for name, path, value in _sources(story):
        key = _name_in_the_table(name, taken, longest=LONGEST_KEY)
        with story.attempt(path, value):
            report.keep_source(story.meetup, key, text(value)[:LONGEST_WHERE], by=story.organiser, now=story.now)
            taken.add(key)
            kept.append((path, value, key))
    return kept


def _sources(story: Story) -> Iterator[tuple[str, str, object]]:
    """Yield name, path and value of every source: of a table, of a list, or of one alone."""
    told = story.facts.get("sources")
    if text(told):
        yield "1", "sources", told
    if isinstance(told, list):
        named_ones = dict(named(told))
        if words(told):
            story.ledger.settle("sources")
    else:
        named_ones = dict(mapping(told))
    for name, value in named_ones.items():
        path = f"sources.{name}"
        key = next((key for key in _WHERE if text(mapping(value).get(key))), "")
        if key:
            yield str(name), f"{path}.{key}", mapping(value)[key]
        elif text(value):
            yield str(name), path, value
        elif isinstance(value, list) and words(value):
            story.ledger.settle(path)
            yield from ((f"{name} {number}", f"{path}.{number}", item) for number, item in enumerate(value, start=1))


def _name_in_the_table(path: str, taken: set[str], *, longest: int = LONGEST_PATH) -> str:
    """Return the path as it is kept: not too long, never blank, and no other's."""
    name = one_line(path) or "(blank)"
    if len(name) <= longest and name not in taken:
        return name
    return f"{name[: longest - 9]}~{sha256(f'{path} {len(taken)}'.encode()).hexdigest()[:8]}"

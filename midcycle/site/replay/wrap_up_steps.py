"""Feedback, report, sources, and whatever else a file tells: kept as told, and read back."""

import json

from midcycle.feedback import actions as feedback
from midcycle.feedback.models import HandCount, Remark
from midcycle.kernel.slugs import slug_from
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Seat
from midcycle.report import actions as report
from midcycle.report.models import Source, ToldFact
from midcycle.site.replay.ledger import Ledger, plain
from midcycle.site.replay.reading import Facts, mapping, names, whole
from midcycle.site.replay.story import Story

KINDS = {"request": "asked_for", "reported": "reported", "lesson": "lesson"}
WORDS = {"on_list": ("list", "subscribed"), "first_time": ("first time", "first meetup"), "come_again": ("again",)}


def gather_feedback(story: Story) -> None:
    """Count hands for each share, and note each remark and lesson."""
    points = story.facts.get("feedback_data_points")
    for number, told in enumerate(points if isinstance(points, list) else [], start=1):
        _take_point(story, mapping(told), f"feedback_data_points.{mapping(told).get('id', number)}")
    lessons = names(story.facts.get("lessons"))
    if lessons:
        for text in lessons:
            feedback.note_remark(story.meetup, "lesson", text, by=story.organiser, now=story.now)
        got = Remark.objects.filter(meetup=story.meetup, kind="lesson", text__in=lessons).order_by("pk")
        story.ledger.lived("lessons", lessons, [remark.text for remark in got])


def _take_point(story: Story, point: Facts, path: str) -> None:
    for key in ("answer_no_share", "answer_yes_share"):
        if isinstance(point.get(key), int | float):
            _count_share(story, point, path, key)
    yes, no = whole(point.get("answer_yes")), whole(point.get("answer_no"))
    if yes is not None and no is not None:
        counted = _count_hands(story, point, path, yes=yes, no=no)
        story.ledger.lived(f"{path}.answer_yes", yes, counted.yes)
        story.ledger.lived(f"{path}.answer_no", no, counted.no)
    for key, kind in KINDS.items():
        if isinstance(point.get(key), str):
            _remark(story, f"{path}.{key}", kind, str(point[key]))


def keep_the_rest(story: Story) -> None:
    """Keep sources, and every fact no action stands for, and read each back."""
    for key, where in mapping(story.facts.get("sources")).items():
        report.keep_source(story.meetup, str(key)[:40], str(where)[:400], by=story.organiser, now=story.now)
        got = Source.objects.get(meetup=story.meetup, key=str(key)[:40]).where
        story.ledger.lived(f"sources.{key}", str(where), got)
    story.ledger.settle("schema", "missing", "sources")
    keep_on(story.meetup.slug, story.ledger)


def keep_on(slug: str, ledger: Ledger, *, prefix: str = "") -> None:
    """Keep every fact without a line with the meetup, as told, and read it back."""
    meetup = Meetup.objects.get(slug=slug)
    for path, value in list(ledger.unsettled()):
        name = f"{prefix}{path}"[:200]
        kept = json.loads(json.dumps(plain(value)))
        report.keep_told_fact(meetup, name, kept, by=meetup.opened_by, now=meetup.opened_at)
        ledger.kept(path, value, ToldFact.objects.get(meetup=meetup, path=name).value)


def publish_report(story: Story) -> None:
    """Publish the report a week later; nobody wrote it, so its text is the draft of the facts."""
    report.publish(story.meetup, by=story.organiser, now=story.later(days=7))


def _count_share(story: Story, point: Facts, path: str, key: str) -> None:
    """Raise as many hands as give the told share, among as many of those who came as can; among 100 when nobody knows."""
    share, decimals = float(str(point[key])), len(str(point[key]).partition(".")[2])
    came = Seat.objects.filter(meetup=story.meetup, state="checked_in").count() or 100
    part, total = hands_for(share, decimals, came)
    told_no = key == "answer_no_share"
    got = _count_hands(story, point, path, yes=total - part if told_no else part, no=part if told_no else total - part)
    part = got.no if told_no else got.yes
    story.ledger.lived(f"{path}.{key}", point[key], round(part / (got.yes + got.no), decimals))


def hands_for(share: float, decimals: int, most: int) -> tuple[int, int]:
    """Return part and total, the total as large as can be, whose ratio rounds to the share."""
    for total in range(most, 0, -1):
        part = round(share * total)
        if round(part / total, decimals) == round(share, decimals):
            return part, total
    return round(share * most), most


def _count_hands(story: Story, point: Facts, path: str, *, yes: int, no: int) -> HandCount:
    question = str(point.get("question") or "A question")
    feedback.count_hands(story.meetup, _key(question), yes=yes, no=no, asked=question[:200], by=story.organiser, now=story.now)
    got = HandCount.objects.get(meetup=story.meetup, question=_key(question))
    if "question" in point:
        story.ledger.lived(f"{path}.question", point["question"], got.asked)
    return got


def _remark(story: Story, path: str, kind: str, text: str) -> None:
    remark = feedback.note_remark(story.meetup, kind, text, by=story.organiser, now=story.now)
    story.ledger.lived(path, text, Remark.objects.get(pk=remark.pk).text)


def _key(question: str) -> str:
    lower = question.lower()
    for key, words in WORDS.items():
        if any(word in lower for word in words):
            return key
    return f"own:{slug_from(question, longest=24)}"

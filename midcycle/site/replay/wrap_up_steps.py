"""Feedback, report, sources, and whatever else a file tells: kept as told, and read back."""

import json

from midcycle.feedback import actions as feedback
from midcycle.feedback.models import HandCount, Remark
from midcycle.kernel.slugs import slug_from
from midcycle.registration.models import Seat
from midcycle.report import actions as report
from midcycle.report.models import Source, ToldFact
from midcycle.site.replay.ledger import plain
from midcycle.site.replay.reading import Facts, mapping, names
from midcycle.site.replay.story import Story

KINDS = {"request": "asked_for", "reported": "reported", "lesson": "lesson"}
WORDS = {"on_list": ("list", "subscribed"), "first_time": ("first time", "first meetup"), "come_again": ("again",)}


def gather_feedback(story: Story) -> None:
    """Count hands for each share, and note each remark."""
    points = story.facts.get("feedback_data_points")
    for number, told in enumerate(points if isinstance(points, list) else [], start=1):
        point, path = mapping(told), f"feedback_data_points.{mapping(told).get('id', number)}"
        for key in ("answer_no_share", "answer_yes_share"):
            if isinstance(point.get(key), int | float):
                _count_hands(story, point, path, key)
        for key, kind in KINDS.items():
            if isinstance(point.get(key), str):
                _remark(story, f"{path}.{key}", kind, str(point[key]))
    lessons = names(story.facts.get("lessons"))
    if lessons:
        for text in lessons:
            feedback.note_remark(story.meetup, "lesson", text, by=story.organiser, now=story.now)
        got = Remark.objects.filter(meetup=story.meetup, kind="lesson", text__in=lessons).order_by("pk")
        story.ledger.lived("lessons", lessons, [remark.text for remark in got])


def keep_the_rest(story: Story) -> None:
    """Keep sources, and every fact no action stands for, and read each back."""
    for key, where in mapping(story.facts.get("sources")).items():
        report.keep_source(story.meetup, str(key)[:40], str(where)[:400], by=story.organiser, now=story.now)
        got = Source.objects.get(meetup=story.meetup, key=str(key)[:40]).where
        story.ledger.lived(f"sources.{key}", str(where), got)
    story.ledger.settle("schema", "missing", "sources")
    for path, value in list(story.ledger.unsettled()):
        kept = json.loads(json.dumps(plain(value)))
        report.keep_told_fact(story.meetup, path[:200], kept, by=story.organiser, now=story.now)
        story.ledger.kept(path, value, ToldFact.objects.get(meetup=story.meetup, path=path[:200]).value)


def publish_report(story: Story) -> None:
    """Draft the report from the facts and publish it."""
    body = report.draft(story.meetup)
    report.write(story.meetup, body, by=story.organiser, now=story.later(days=7))
    report.publish(story.meetup, by=story.organiser, now=story.now)


def _count_hands(story: Story, point: Facts, path: str, key: str) -> None:
    """Raise as many hands as give the told share among those who came; among 100 when nobody knows how many came."""
    share = float(str(point[key]))
    came = Seat.objects.filter(meetup=story.meetup, state="checked_in").count() or 100
    told = round(share * came)
    yes, no = (came - told, told) if key == "answer_no_share" else (told, came - told)
    question = str(point.get("question") or "A question")
    feedback.count_hands(story.meetup, _key(question), yes=yes, no=no, asked=question[:200], by=story.organiser, now=story.now)
    got = HandCount.objects.get(meetup=story.meetup, question=_key(question))
    part = got.no if key == "answer_no_share" else got.yes
    decimals = len(str(point[key]).partition(".")[2])
    story.ledger.lived(f"{path}.{key}", point[key], round(part / (got.yes + got.no), decimals))
    if "question" in point:
        story.ledger.lived(f"{path}.question", point["question"], got.asked)


def _remark(story: Story, path: str, kind: str, text: str) -> None:
    remark = feedback.note_remark(story.meetup, kind, text, by=story.organiser, now=story.now)
    story.ledger.lived(path, text, Remark.objects.get(pk=remark.pk).text)


def _key(question: str) -> str:
    lower = question.lower()
    for key, words in WORDS.items():
        if any(word in lower for word in words):
            return key
    return f"own:{slug_from(question, longest=24)}"

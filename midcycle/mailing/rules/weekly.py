"""When the letter of a week is due, and what of a week somebody needs to know. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from midcycle.kernel.words import gettext, gettext_noop, ngettext

AT: Final = time(6)  # UTC on Mondays
_STAGES: Final[Mapping[str, str]] = {
    "hosting": gettext_noop("A place is being looked for."),
    "agenda": gettext_noop("The agenda is being made."),
    "on_site": gettext_noop("The meetup has begun."),
    "wrap_up": gettext_noop("The meetup is over. Thank you for having been part of it."),
}
_ONCE: Final[Mapping[str, str]] = {
    "registration.opened": gettext_noop("Registration is open."),
    "agenda.released": gettext_noop("There is a new release of the agenda."),
    "feedback.survey_opened": gettext_noop("The survey is open: how was it?"),
    "report.published": gettext_noop("The report is published."),
}


@dataclass(frozen=True)
class Happened:
    """A kind of entry in the journal, and the stage it tells of."""

    kind: str
    stage: str = ""


@dataclass(frozen=True)
class News:
    """A sentence, and the lines below it."""

    sentence: str
    lines: tuple[str, ...] = ()


def last_turn(now: datetime) -> datetime:
    """Return the last Monday morning: who was told before it is due."""
    turn = datetime.combine(now.date() - timedelta(days=now.weekday()), AT, now.tzinfo)
    return turn if turn <= now else turn - timedelta(days=7)


def and_more(count: int) -> str:
    """Return what stands below a list that leaves so many out."""
    return ngettext("and %(count)s more", "and %(count)s more", count) % {"count": count}


def news_of(
    happened: Iterable[Happened],
    *,
    place: str,
    topics: tuple[str, ...],
    more_topics: int,
    changes: tuple[str, ...],
    in_line: int | None,
) -> tuple[News, ...]:
    """Return what to tell of a week, what concerns the reader first; empty when nothing happened.

    A place in line is told beside other news, and is none by itself.
    """
    kinds = list(happened)
    news = [News(gettext("In your own agenda:"), changes)] if changes else []
    if any(each.kind == "meetups.place_set" for each in kinds) and place:
        news.append(News(gettext("When and where: %(place)s.") % {"place": place}))
    reached = [each.stage for each in kinds if each.kind == "meetups.stage_reached"]
    if reached and reached[-1] in _STAGES:
        news.append(News(gettext(_STAGES[reached[-1]])))
    there = {each.kind for each in kinds}
    news += [News(gettext(sentence)) for kind, sentence in _ONCE.items() if kind in there]
    if topics:
        count = len(topics) + more_topics
        said = ngettext("One new topic:", "%(count)s new topics:", count) % {"count": count}
        more = (and_more(more_topics),) if more_topics else ()
        news.append(News(said, (*topics, *more)))
    if news and in_line:
        news.append(News(gettext("You are number %(number)s in the waitlist.") % {"number": in_line}))
    return tuple(news)

"""Everything the agenda of a meetup holds about one person, for them to see and take away."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from midcycle.accounts.models import Person
from midcycle.agenda.models import Apart, Feed, Invite, Moderator, Pick, Question, SessionPart
from midcycle.agenda.queries.presence import presence_of, slot_choices
from midcycle.agenda.rules import PART_NAMES
from midcycle.agenda.rules.spans import Window
from midcycle.meetups.models import Meetup

Row = Mapping[str, object]


@dataclass(frozen=True)
class Traces:
    """What is held, as plain values for JSON (RFC 8259): times in ISO 8601, what was not said as null or blank.

    Of who somebody is kept apart from there is a figure alone: the other one is a person, too. Of a calendar there is whether
    it has an address: whoever has that can read it.
    """

    volunteered: Row | None
    away: tuple[str, ...]
    from_afar: Row | None
    asked_to_moderate: tuple[Row, ...]
    asked_before_a_release: tuple[Row, ...]
    parts: tuple[Row, ...]
    chosen: tuple[Row, ...]
    kept_apart_from: int
    has_calendar_address: bool

    @property
    def count(self) -> int:
        """How many things are held that can be erased."""
        said = (self.volunteered, self.from_afar, *self.away, *self.asked_to_moderate, *self.asked_before_a_release)
        rest = self.kept_apart_from + self.has_calendar_address + len(self.chosen)
        return sum(each is not None for each in said) + rest


def traces_of(meetup: Meetup, person: Person) -> Traces:
    """Return what the agenda of a meetup holds about somebody. Ten queries, however much it is."""
    there = presence_of(meetup, person)
    invites = Invite.objects.filter(session__meetup=meetup, person=person).exclude(state="proposed").order_by("pk")
    questions = Question.objects.filter(session__meetup=meetup, person=person).order_by("pk")
    parts = SessionPart.objects.filter(session__meetup=meetup, person=person).order_by("pk")
    picks = Pick.objects.filter(session__meetup=meetup, person=person).order_by("pk")
    return Traces(
        volunteered=_volunteered(Moderator.objects.filter(meetup=meetup, person=person).first()),
        away=tuple(name for slot, name in slot_choices(meetup) if slot in there.away),
        from_afar=_from_afar(there.window),
        asked_to_moderate=tuple(
            {"session": i.session.title, "part": PART_NAMES[i.part], "state": i.state, "answered_at": i.answered_at}
            for i in invites.select_related("session")
        ),
        asked_before_a_release=tuple(
            {"session": q.session.title, "place": q.place, "answer": q.answer, "note": q.note}
            for q in questions.select_related("session")
        ),
        parts=tuple({"session": p.session.title, "part": PART_NAMES[p.part]} for p in parts.select_related("session")),
        chosen=tuple({"session": p.session.title, "wanted": p.wanted} for p in picks.select_related("session")),
        kept_apart_from=Apart.objects.filter(Q(one=person) | Q(other=person), meetup=meetup).count(),
        has_calendar_address=Feed.objects.filter(meetup=meetup, person=person).exists(),
    )


def _from_afar(window: Window | None) -> Row | None:
    if window is None:
        return None
    return {"timezone": window.timezone, "from": f"{window.starts:%H:%M}", "until": f"{window.ends:%H:%M}"}


def _volunteered(held: Moderator | None) -> Row | None:
    if held is None:
        return None
    facts = {"led": held.led, "most": held.most, "languages": held.languages, "word_to_the_team": held.wish}
    return {**facts, "at": held.volunteered_at}

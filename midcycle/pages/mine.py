"""What a person takes part in, at every meetup of this instance."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from midcycle.accounts.models import Person
from midcycle.agenda.models import Release, Session, SessionPart
from midcycle.agenda.rules import PART_NAMES
from midcycle.bidding import queries as bidding
from midcycle.hosting.models import Interest
from midcycle.kernel.words import day_in_words
from midcycle.meetups.models import Meetup
from midcycle.outcomes import queries as outcomes
from midcycle.outcomes.rules import ASKED
from midcycle.planning import queries as planning
from midcycle.registration.models import Seat
from midcycle.topics.models import ModeratorOffer, Topic
from midcycle.topics.rules import OFFERS


@dataclass(frozen=True)
class Line:
    """One thing of somebody's own; `url` is empty while no page shows it, `look` is the class of its badge."""

    aside: str
    title: str
    url: str
    facts: tuple[str, ...] = ()
    badge: str = ""
    look: str = "badge"


def mine(person: Person, *, now: datetime) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """Return what a person takes part in, as titled lists without the empty ones; twelve queries."""
    lists = (
        (gettext("Meetups you organise"), _organised(person)),
        (gettext("Your tasks"), _tasks(person, now)),
        (gettext("Actions from notes"), _actions(person)),
        (gettext("Seats"), _seats(person)),
        (gettext("Sessions"), (*_parts(person), *_offers(person))),
        (gettext("Topics you proposed"), _topics(person)),
        (gettext("Ideas you answered"), _answers(person)),
        (gettext("Calls for hosts"), _hosting(person)),
    )
    return tuple((title, lines) for title, lines in lists if lines)


def _organised(person: Person) -> tuple[Line, ...]:
    meetups = Meetup.objects.filter(organisers__person=person).order_by("-opened_at")
    return tuple(
        Line(m.when, m.title, reverse("pages:desk", args=[m.slug]), _where(m), m.stage_name, f"badge-{m.stage}")
        for m in meetups
    )


def _tasks(person: Person, now: datetime) -> tuple[Line, ...]:
    return tuple(
        Line(
            day_in_words(row.due) or row.due_words,
            row.title,
            reverse("planning:task", args=[meetup.slug, row.number]),
            (meetup.told_title,),
            gettext("Late") if row.is_late else "",
            "badge-danger" if row.is_late else "badge",
        )
        for row, meetup in planning.tasks_of_person(person, now=now)
    )


def _actions(person: Person) -> tuple[Line, ...]:
    return tuple(
        Line(
            day_in_words(action.due_on),
            action.what,
            f"{reverse('outcomes:mine', args=[action.meetup.slug])}#action-{action.pk}",
            (action.meetup.told_title,),
            gettext("Is this yours?") if action.standing == ASKED else "",
            "badge-accent",
        )
        for action in outcomes.open_of(person)
    )


def _seats(person: Person) -> tuple[Line, ...]:
    seats = Seat.objects.filter(person=person).select_related("meetup").order_by("-meetup__opened_at")
    return tuple(
        Line(
            seat.meetup.when,
            seat.meetup.told_title,
            reverse("registration:status", args=[seat.meetup.slug, seat.token]),
            _where(seat.meetup),
            seat.state_name,
            f"badge-{seat.state}",
        )
        for seat in seats
    )


def _parts(person: Person) -> tuple[Line, ...]:
    released = Exists(Release.objects.filter(meetup=OuterRef("session__meetup")))
    parts = SessionPart.objects.filter(person=person).select_related("session__meetup", "session__topic__meetup")
    return tuple(
        Line(
            part.session.meetup.when,
            part.session.title,
            _url_of(part.session, released=part.released),
            (part.session.meetup.told_title,),
            gettext(PART_NAMES[part.part]),
        )
        for part in parts.annotate(released=released).order_by("-pk")
    )


def _url_of(session: Session, *, released: bool) -> str:
    """Return where a session is shown: in the released agenda, before that as the topic it was made of."""
    if released:
        return f"{reverse('agenda:agenda', args=[session.meetup.slug])}#session-{session.pk}"
    return "" if session.topic is None or session.lost_its_topic else _topic_url(session.topic)


def _offers(person: Person) -> tuple[Line, ...]:
    """Return offers that have not become a part of the person in a session."""
    offers = ModeratorOffer.objects.filter(person=person, topic__withdrawn_at=None)
    still = offers.exclude(topic__session__parts__person=person).select_related("topic__meetup").order_by("-pk")
    found = [(offer.topic, offer.topic.meetup, offer.part) for offer in still]
    return tuple(
        Line(meetup.when, topic.told_title, _topic_url(topic), (meetup.told_title,), _offered(part))
        for topic, meetup, part in found
    )


def _offered(part: str) -> str:
    return gettext("%(part)s, offered") % {"part": gettext(OFFERS[part])}


def _topics(person: Person) -> tuple[Line, ...]:
    topics = Topic.objects.filter(proposed_by=person, withdrawn_at=None).select_related("meetup")
    return tuple(
        Line(
            ngettext("%(count)s supports it", "%(count)s support it", topic.voices) % {"count": topic.voices},
            topic.title,
            _topic_url(topic),
            (topic.meetup.told_title,),
        )
        for topic in topics.annotate(voices=Count("supports")).order_by("-proposed_at")
    )


def _answers(person: Person) -> tuple[Line, ...]:
    answers = Interest.objects.filter(person=person, call__meetup__stage__in=("idea", "hosting")).select_related("call__meetup")
    return tuple(
        Line(
            interest.call.meetup.when,
            interest.call.meetup.told_title,
            reverse("hosting:answer", args=[interest.call.meetup.slug, interest.token]),
            interest.said,
        )
        for interest in answers.order_by("-answered_at")
    )


def _hosting(person: Person) -> tuple[Line, ...]:
    words = {"bid": gettext("Your bid"), "group": gettext("You decide"), "keeper": gettext("You keep the comparison")}
    return tuple(
        Line(
            row.call.meetup.when,
            row.title,
            reverse("bidding:bid", args=[row.call.meetup.slug, row.bid])
            if row.bid
            else reverse("bidding:hosts", args=[row.call.meetup.slug]),
            (row.call.meetup.told_title,) if row.bid else (),
            words[row.kind],
        )
        for row in bidding.parts_of(person)
    )


def _topic_url(topic: Topic) -> str:
    return reverse("topics:topic", args=[topic.meetup.slug, topic.pk])


def _where(meetup: Meetup) -> tuple[str, ...]:
    return (meetup.where,) if meetup.where else ()

"""What letters say, and where they are."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, ngettext_lazy

from midcycle.accounts.models import Person
from midcycle.agenda.access import duties_key
from midcycle.agenda.models import Invite
from midcycle.feedback.access import key_of
from midcycle.hosting.models import Interest
from midcycle.kernel import words
from midcycle.kernel.typed import inert, one_line
from midcycle.mailing.models import DeadAddress, InboxMessage, Letter
from midcycle.mailing.rules import WAVES, Draft, draft_of
from midcycle.meetups.models import Meetup, Organiser
from midcycle.registration.access import letter_key
from midcycle.registration.models import Seat, SeatMove, Transfer
from midcycle.registration.queries import moment, position_of, told
from midcycle.registration.rules.languages import place_in
from midcycle.topics.models import Invitation

PAGE = 100
BATCH = 100  # letters written in one transaction: others wait for it
INBOX = 200
STATES = (
    (ngettext_lazy("%(count)s waiting", "%(count)s waiting", "count"), ("chosen", "waiting")),
    (ngettext_lazy("%(count)s sent", "%(count)s sent", "count"), ("sent",)),
    (ngettext_lazy("%(count)s failed", "%(count)s failed", "count"), ("failed",)),
    (ngettext_lazy("%(count)s left out", "%(count)s left out", "count"), ("skipped",)),
    (ngettext_lazy("%(count)s withdrawn", "%(count)s withdrawn", "count"), ("withdrawn",)),
)
_LONGEST_TITLE = 160


@dataclass(frozen=True)
class Outbox:
    """A page of a meetup's letters, newest first, and how many there are in each state."""

    page: Page[Letter]
    counts: tuple[str, ...]
    failed: int
    dead: list[DeadAddress]


@dataclass(frozen=True)
class Inbox:
    """The newest messages of the demo, and whose they are; `to` is empty for everybody's."""

    messages: tuple[InboxMessage, ...]
    to: str


def seat_of(seat: int, move: int | None = None) -> Seat | None:
    """Return the seat with this number, with its meetup and person, if it still exists and still has that move.

    The moves of somebody who passed a seat on are gone, and letters about them concern nobody.
    """
    if move is not None and not SeatMove.objects.filter(pk=move, seat=seat).exists():
        return None
    return Seat.objects.select_related("meetup", "person", "registered_by").filter(pk=seat).first()


def seats_to_ask(meetup_id: int, keys: str) -> list[Seat]:
    """Return the next seats of those a survey is for, who has a seat or came, and who got no letter of these keys yet."""
    seats = Seat.objects.select_related("meetup", "person").filter(meetup=meetup_id, state__in=("held", "checked_in"))
    return list(seats.exclude(person__in=_told(meetup_id, keys)).order_by("arrival")[:BATCH])


def letters_lately(seat: Seat, since: datetime) -> int:
    """Return how many letters its person got about the seat since that moment, those with its link alone not counted."""
    letters = Letter.objects.filter(person=seat.person_id, meetup=seat.meetup_id, written_at__gte=since)
    return letters.filter(key__startswith="registration.").exclude(key__startswith="registration.link_asked").count()


def teams_joined_lately(person: Person, since: datetime) -> int:
    """Return how many letters told a person since that moment that they are on a team."""
    return Letter.objects.filter(person=person, key__startswith="meetups.organiser_added", written_at__gte=since).count()


def seat_draft(name: str, seat: Seat, move: SeatMove | None) -> Draft:
    """Return the letter about a seat: what happened to it and the link to its page."""
    position = position_of(seat)
    facts = {
        "name": inert(seat.name),
        "state": seat.state,
        "until": moment(seat.offer_until, ZoneInfo(seat.meetup.timezone)) if seat.offer_until else "",
        "city": seat.meetup.zone_city,
        "by": "" if seat.confirmed or seat.registered_by is None else inert(seat.registered_by.name),
        "place": place_in(words.language(), position) if position else "",
        "reason": told(move.reason) if move else "",
        "was": move.was if move else "",
    }
    path = f"{reverse('registration:status', args=[seat.meetup.slug, seat.token])}?letter={letter_key(seat)}"
    return draft_for(name, seat.meetup, path=path, facts=facts)


def transfer_of(seat: int) -> Transfer | None:
    """Return what the holder of this seat offers to somebody else now, with seat and meetup, if anything."""
    return Transfer.objects.select_related("seat__meetup", "seat__person").filter(seat=seat, state="open").first()


def transfer_draft(transfer: Transfer) -> Draft:
    """Return the letter that asks somebody to take over a seat."""
    meetup = transfer.seat.meetup
    facts = {"name": inert(transfer.name), "by": inert(transfer.seat.name)}
    path = reverse("registration:take_over", args=[meetup.slug, transfer.token])
    return draft_for("transfer_offered", meetup, path=path, facts=facts)


def asked_lately(email: str, since: datetime) -> int:
    """Return how many letters asked this address to take over a seat since that moment."""
    letters = Letter.objects.filter(person__email=email, key__startswith="registration.transfer_offered")
    return letters.filter(written_at__gte=since).count()


def invitation_of(number: int) -> Invitation | None:
    """Return an invitation to lead a topic that nobody answered yet, with the topic and its meetup."""
    open_ones = Invitation.objects.select_related("topic__meetup", "invited_by").filter(topic__withdrawn_at=None, state="open")
    return open_ones.filter(pk=number).first()


def invitation_draft(invitation: Invitation) -> Draft:
    """Return the letter that asks somebody to lead a topic too."""
    topic, meetup = invitation.topic, invitation.topic.meetup
    facts = {"topic": inert(topic.title, 120), "by": inert(str(invitation.invited_by))}
    path = reverse("topics:invitation", args=[meetup.slug, topic.pk, invitation.token])
    return draft_for("co_lead_invited", meetup, path=path, facts=facts)


def invited_lately(email: str, since: datetime) -> int:
    """Return how many letters asked this address to lead a topic since that moment."""
    letters = Letter.objects.filter(person__email=email, key__startswith="topics.co_lead_invited")
    return letters.filter(written_at__gte=since).count()


def holder_of(meetup_id: int, person_id: int) -> tuple[Person, Meetup] | None:
    """Return a person and a meetup, if both still exist."""
    person, meetup = Person.objects.filter(pk=person_id).first(), Meetup.objects.filter(pk=meetup_id).first()
    return None if person is None or meetup is None else (person, meetup)


def passed_on_draft(meetup: Meetup) -> Draft:
    """Return the letter that tells somebody that the seat they passed on is taken."""
    return draft_for("seat_passed_on", meetup, path=meetup.path, facts={})


def survey_draft(seat: Seat) -> Draft:
    """Return the letter that asks how it was, with the link to the survey."""
    path = reverse("feedback:survey", args=[seat.meetup.slug, key_of(seat)])
    return draft_for("survey_opened", seat.meetup, path=path, facts={"name": inert(seat.name)})


def interest_of(interest: int) -> Interest | None:
    """Return the answer to a call with this number, with its meetup and person, if it still exists."""
    return Interest.objects.select_related("call__meetup", "person").filter(pk=interest).first()


def answers_to_tell(meetup_id: int, keys: str) -> list[Interest]:
    """Return the next answers to a meetup's call of those who have not registered and got no letter of these keys yet."""
    answers = (
        Interest.objects.filter(call__meetup=meetup_id).exclude(confirmed_at=None).select_related("call__meetup", "person")
    )
    seated = Seat.objects.filter(meetup=meetup_id).values("person")
    left = answers.exclude(person__in=seated).exclude(person__in=_told(meetup_id, keys))
    return list(left.order_by("answered_at", "pk")[:BATCH])


def _told(meetup_id: int, keys: str) -> QuerySet[Letter, Any]:
    return Letter.objects.filter(meetup=meetup_id, key__startswith=keys).values("person")


def interest_draft(name: str, interest: Interest) -> Draft:
    """Return the letter about an answer to a call, with the link to change it."""
    meetup = interest.call.meetup
    path = reverse("hosting:answer", args=[meetup.slug, interest.token])
    register_url = f"{settings.MIDCYCLE.public_url_used}{reverse('registration:seat', args=[meetup.slug])}?via=letter"
    facts = {
        "name": inert(interest.person.name),
        "register_url": register_url,
        "said": ", ".join(interest.said),
        "is_counted": interest.confirmed_at is not None,
    }
    return draft_for(name, meetup, path=path, facts=facts)


def organiser_of(meetup_id: int, person_id: int) -> Organiser | None:
    """Return the place of a person on a team, with the meetup and the person, if it still exists."""
    return Organiser.objects.select_related("meetup", "person").filter(meetup=meetup_id, person=person_id).first()


def organiser_draft(organiser: Organiser) -> Draft:
    """Return the letter that tells somebody of the team they are on, with the link to the desk."""
    meetup = organiser.meetup
    return draft_for("organiser_added", meetup, path=f"{meetup.path}desk/", facts={})


def invites_of(numbers: Sequence[int]) -> list[Invite]:
    """Return the questions with these numbers that still wait for an answer, with session, meetup and person."""
    asked = Invite.objects.filter(pk__in=numbers, state="asked").order_by("pk")
    return list(asked.select_related("session__meetup", "person"))


def invite_draft(invites: Sequence[Invite]) -> Draft:
    """Return the letter that asks one person to moderate these sessions, with the link to say yes or no to each."""
    meetup, person = invites[0].session.meetup, invites[0].person
    path = reverse("agenda:duties", args=[meetup.slug, duties_key(meetup, person)])
    asked = tuple((inert(invite.session.title, _LONGEST_TITLE), invite.part) for invite in invites)
    return draft_for("moderator_asked", meetup, path=path, facts={"name": inert(person.name), "asked": asked})


def is_waiting_for_mail() -> bool:
    """Say whether letters wait because nobody named a mail server."""
    return not settings.MIDCYCLE.demo and not settings.MIDCYCLE.mail_url


def letters_due(now: datetime, at_most: int) -> list[Letter]:
    """Return letters to send now, those about one's own seat before those to many, then those that waited longest."""
    due = Letter.objects.filter(state="waiting", next_try_at__lte=now).select_related("person", "meetup", "mailing")
    to_many = Q(mailing__isnull=False)
    for wave in WAVES:
        to_many |= Q(key__startswith=wave)
    first = list(due.exclude(to_many).order_by("next_try_at", "pk")[:at_most])
    return first + list(due.filter(to_many).order_by("next_try_at", "pk")[: at_most - len(first)])


def dead_among(people: Iterable[int]) -> set[int]:
    """Return whose mailboxes sent a letter back for good."""
    return set(DeadAddress.objects.filter(person__in=list(people)).values_list("person", flat=True))


def dead_addresses(meetup: Meetup) -> list[DeadAddress]:
    """Return those who were written to about a meetup, and whose mailboxes take no letters, by name."""
    written = Letter.objects.filter(meetup=meetup).values("person")
    return list(DeadAddress.objects.filter(person__in=written).select_related("person").order_by("person__name", "pk"))


def outbox(meetup: Meetup, number: str = "1") -> Outbox:
    """Return a page of the meetup's letters."""
    letters = Letter.objects.filter(meetup=meetup)
    counts = Counter(dict(letters.values_list("state").annotate(count=Count("pk"))))
    by_state = ((said, sum(counts[state] for state in states)) for said, states in STATES)
    newest = letters.select_related("person").order_by("-pk")
    return Outbox(
        page=Paginator(newest, PAGE).get_page(number),
        counts=tuple(str(said % {"count": count}) for said, count in by_state if count),
        failed=counts["failed"],
        dead=dead_addresses(meetup),
    )


def inbox(to: str = "") -> Inbox:
    """Return the demo's newest messages, of one address or of all."""
    messages = InboxMessage.objects.filter(to__iexact=to) if to else InboxMessage.objects.all()
    return Inbox(tuple(messages.order_by("-pk")[:INBOX]), to)


def draft_for(name: str, meetup: Meetup, *, path: str, facts: Mapping[str, object]) -> Draft:
    """Return the letter of a name, with the address of the page at this path and what every letter knows of its meetup.

    It is written in the language that is active.
    """
    shared = {
        "title": inert(meetup.told_title, _LONGEST_TITLE),
        "when": one_line(_when(meetup)),
        "where": ", ".join(one_line(part) for part in (meetup.venue, meetup.where and gettext(meetup.where)) if part),
        "url": settings.MIDCYCLE.public_url_used + path,
        "instance": settings.MIDCYCLE.instance_name,
    }
    return draft_of(render_to_string(f"mailing/letters/{name}.txt", {**shared, **facts}))


def _when(meetup: Meetup) -> str:
    if meetup.starts_on is None or words.language() == words.ENGLISH:
        return meetup.when
    return words.days_in_words(meetup.starts_on, meetup.ends_on or meetup.starts_on)

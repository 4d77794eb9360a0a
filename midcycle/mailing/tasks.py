"""Letters that follow the journal, and their delivery."""

from datetime import datetime
from functools import partial

from django.conf import settings
from django.core.mail import get_connection
from django.utils import timezone

from midcycle.agenda.models import Invite
from midcycle.journal.models import Entry
from midcycle.mailing import actions, queries
from midcycle.mailing.maildir import take_in
from midcycle.mailing.rules import MANY_LETTERS, MANY_WITHIN, is_news, link_turn

_ALWAYS_TOLD = frozenset({"seat_promoted", "seat_offered", "offer_lapsed", "seat_taken_back"})


def registration_opened(entry: Entry) -> bool:
    """Tell those who answered the call and have no seat yet that they can register; once, however often it opens.

    Writes a batch and returns True while there are more.
    """
    if not is_news(entry.at, now=timezone.now()):
        return False
    keys = f"{entry.kind}:{entry.meetup}:"
    batch = queries.answers_to_tell(entry.meetup or 0, keys)
    for interest in batch:
        key = f"{keys}{interest.person_id}"
        actions.write_about_interest("registration_opened", interest, key=key, now=entry.at)
    return len(batch) == queries.BATCH


def seat_taken(entry: Entry) -> None:
    """Tell somebody that they have a seat."""
    _about_seat("seat_taken", entry)


def seat_waiting(entry: Entry) -> None:
    """Tell somebody that they are in the waitlist."""
    _about_seat("seat_waiting", entry)


def seat_promoted(entry: Entry) -> None:
    """Tell somebody that they moved from the waitlist to a seat, and why."""
    _about_seat("seat_promoted", entry)


def seat_offered(entry: Entry) -> None:
    """Tell somebody that a seat is offered to them, and until when."""
    _about_seat("seat_offered", entry)


def offer_lapsed(entry: Entry) -> None:
    """Tell somebody that they did not take an offered seat in time."""
    _about_seat("offer_lapsed", entry)


def transfer_offered(entry: Entry) -> None:
    """Ask somebody to take over a seat, unless they are written to too often."""
    transfer = queries.transfer_of(entry.facts["seat"])
    if transfer is None or not is_news(entry.at, now=timezone.now()):
        return
    if queries.asked_lately(transfer.email, entry.at - MANY_WITHIN) < MANY_LETTERS:
        actions.write_about_transfer(transfer, key=f"{entry.kind}:{entry.pk}", now=entry.at)


def co_lead_invited(entry: Entry) -> None:
    """Ask somebody to lead a topic too, unless they are written to too often."""
    invitation = queries.invitation_of(entry.facts["invitation"])
    if invitation is None or not is_news(entry.at, now=timezone.now()):
        return
    if queries.invited_lately(invitation.email, entry.at - MANY_WITHIN) < MANY_LETTERS:
        actions.write_about_invitation(invitation, key=f"{entry.kind}:{entry.pk}", now=entry.at)


def seat_passed_on(entry: Entry) -> None:
    """Tell whoever had a seat that somebody else has it now, and leave them out of letters to many not sent yet."""
    actions.take_back(entry.meetup or 0, entry.actor or 0)
    holder = queries.holder_of(entry.meetup or 0, entry.actor or 0)
    if holder is not None and is_news(entry.at, now=timezone.now()):
        person, meetup = holder
        say = partial(queries.passed_on_draft, meetup)
        actions.write_to(person, meetup, say, key=f"{entry.kind}:{entry.pk}", now=entry.at)


def seat_erased(entry: Entry) -> None:
    """Delete the letters to somebody who asked to be forgotten."""
    actions.forget_letters(entry.meetup or 0, entry.actor or 0)


def answers_forgotten(entry: Entry) -> None:
    """Delete the letters of a meetup once the addresses of its people are forgotten."""
    if entry.meetup is not None and entry.facts.get("addresses"):
        actions.forget_letters(entry.meetup)


def seat_cancelled(entry: Entry) -> None:
    """Confirm that a seat was given back, and leave its person out of letters to many that did not go out yet."""
    _about_seat("seat_cancelled", entry)
    seat = queries.seat_of(entry.facts["seat"])
    if seat is not None:
        actions.take_back(seat.meetup_id, seat.person_id)


def seat_taken_back(entry: Entry) -> None:
    """Tell somebody that the organisers gave their place back, and why."""
    _about_seat("seat_taken_back", entry)


def link_asked(entry: Entry) -> None:
    """Send somebody the link to their seat, once in a while."""
    seat = queries.seat_of(entry.facts["seat"])
    if seat is not None and is_news(entry.at, now=timezone.now()):
        key = f"{entry.kind}:{seat.pk}:{link_turn(entry.at)}"
        actions.write_about_seat("link_asked", seat, move=None, key=key, now=entry.at)


def cancel_asked(entry: Entry) -> None:
    """Send somebody the link with which they can give their seat back, after a page that is not theirs was asked to."""
    seat = queries.seat_of(entry.facts.get("seat") or 0)
    if seat is not None and is_news(entry.at, now=timezone.now()):
        key = f"{entry.kind}:{seat.pk}:{link_turn(entry.at)}"
        actions.write_about_seat("cancel_asked", seat, move=None, key=key, now=entry.at)


def survey_link_asked(entry: Entry) -> None:
    """Send somebody the link to the survey again, once in a while."""
    seat = queries.seat_of(entry.facts["seat"])
    if seat is not None and is_news(entry.at, now=timezone.now()):
        key = f"{entry.kind}:{seat.pk}:{link_turn(entry.at)}"
        actions.write_survey(seat, key=key, now=entry.at)


def survey_opened(entry: Entry) -> bool:
    """Ask everybody with a seat how it was. Writes a batch and returns True while there are more."""
    if not is_news(entry.at, now=timezone.now()):
        return False
    keys = f"{entry.kind}:{entry.meetup}:"
    batch = queries.seats_to_ask(entry.meetup or 0, keys)
    for seat in batch:
        key = f"{keys}{seat.person_id}"
        actions.write_survey(seat, key=key, now=entry.at)
    return len(batch) == queries.BATCH


def agenda_released(entry: Entry) -> bool:
    """Tell those whom a release concerns what it changed for them. Writes a batch and returns True while there are more."""
    meetup = queries.meetup_of(entry.meetup or 0)
    if meetup is None or not is_news(entry.at, now=timezone.now()):
        return False
    keys = f"{entry.kind}:{entry.pk}:"
    batch = queries.changes_to_tell(meetup, entry.facts["number"], keys)
    for told in batch:
        say = partial(queries.changes_draft, meetup, told)
        actions.write_to(told.person, meetup, say, key=f"{keys}{told.person.pk}", now=entry.at, language=told.language)
    return len(batch) == queries.BATCH


def round_asked(entry: Entry) -> bool:
    """Ask those with a part in the agenda whether they can be there. Writes a batch and returns True while there are more."""
    meetup = queries.meetup_of(entry.meetup or 0)
    if meetup is None or not is_news(entry.at, now=timezone.now()):
        return False
    keys = f"{entry.kind}:{entry.pk}:"
    batch = queries.people_to_ask(meetup, keys)
    for person in batch:
        say = partial(queries.round_draft, meetup, person)
        actions.write_to(person, meetup, say, key=f"{keys}{person.pk}", now=entry.at)
    return len(batch) == queries.BATCH


def organiser_added(entry: Entry) -> None:
    """Tell somebody that they are on a team, unless they were taken off it again; once in a while."""
    organiser = queries.organiser_of(entry.meetup or 0, entry.facts["person"])
    if organiser is not None and is_news(entry.at, now=timezone.now()):
        if queries.teams_joined_lately(organiser.person, entry.at - MANY_WITHIN) >= MANY_LETTERS:
            return
        key = f"{entry.kind}:{entry.meetup}:{organiser.person_id}:{link_turn(entry.at)}"
        say = partial(queries.organiser_draft, organiser)
        actions.write_to(organiser.person, organiser.meetup, say, key=key, now=entry.at)


def invoice_sent(entry: Entry) -> None:
    """Send somebody an invoice; once a day at most."""
    _about_bill("invoice_sent", entry, f"{entry.facts['invoice']}:{entry.at:%Y-%m-%d}")


def invoice_reminded(entry: Entry) -> None:
    """Remind somebody of an invoice, unless it was paid meanwhile."""
    _about_bill("invoice_reminded", entry, f"{entry.facts['invoice']}:{entry.facts['level']}")


def fees_asked(entry: Entry) -> None:
    """Tell whoever got a seat, or held one, what they pay for it and how."""
    _about_fees("fee_asked", entry)


def fees_reminded(entry: Entry) -> None:
    """Remind those whose fee is overdue, unless it was paid meanwhile."""
    _about_fees("fee_reminded", entry)


def _about_fees(name: str, entry: Entry) -> None:
    if not is_news(entry.at, now=timezone.now()):
        return
    for fee in queries.fees_of(entry.facts["fees"]):
        level = entry.facts.get("levels", {}).get(str(fee.pk), 0)
        actions.write_about_fee(name, fee, level=level, key=f"{entry.kind}:{entry.pk}:{fee.pk}", now=entry.at)


def _about_bill(name: str, entry: Entry, about: str) -> None:
    invoice = queries.bill_of(entry.facts["invoice"])
    if invoice is None or not is_news(entry.at, now=timezone.now()):
        return
    owed = queries.owed_on(invoice)
    if owed > 0:
        say = partial(queries.bill_draft, name, invoice, owed, level=entry.facts.get("level", 0))
        actions.write_to_payer(say, invoice, key=f"{entry.kind}:{about}", now=entry.at)


def moderators_asked(entry: Entry) -> None:
    """Ask those who are proposed to moderate, each by one letter about all their sessions, with the link to answer."""
    if not is_news(entry.at, now=timezone.now()):
        return
    by_person: dict[int, list[Invite]] = {}
    for invite in queries.invites_of(entry.facts["invites"]):
        by_person.setdefault(invite.person_id, []).append(invite)
    for person, invites in by_person.items():
        key, first = f"{entry.kind}:{entry.pk}:to:{person}", invites[0]
        say = partial(queries.invite_draft, invites)
        actions.write_to(first.person, first.session.meetup, say, key=key, now=entry.at)


def interest_answered(entry: Entry) -> None:
    """Thank somebody for answering a call, with the link to change the answer."""
    interest = queries.interest_of(entry.facts["interest"])
    if interest is not None and is_news(entry.at, now=timezone.now()):
        key = f"{entry.kind}:{entry.pk}:{interest.person_id}"
        actions.write_about_interest("interest_answered", interest, key=key, now=entry.at)


def answer_repeated(entry: Entry) -> None:
    """Send somebody the link to their answer, once in a while."""
    interest = queries.interest_of(entry.facts["interest"])
    if interest is not None and is_news(entry.at, now=timezone.now()):
        key = f"{entry.kind}:{interest.pk}:{link_turn(entry.at)}"
        actions.write_about_interest("answer_repeated", interest, key=key, now=entry.at)


def reminder_due(entry: Entry) -> None:
    """Write somebody the letter of a day about what they have to do, and once a week about what their teams did; once a day."""
    digest = queries.digest_of(entry)
    if digest is not None and is_news(entry.at, now=timezone.now()):
        key = f"{entry.kind}:{digest.person.pk}:{entry.facts['day']}"
        meetup, language = digest.sections[0].meetup, queries.language_of(digest.person, None)
        say = partial(queries.reminder_draft, digest)
        actions.write_to(digest.person, meetup, say, key=key, now=entry.at, language=language)


def outcome_owner_asked(entry: Entry) -> None:
    """Ask somebody whether actions are theirs, in one letter, unless they are written to too often."""
    asked = queries.outcomes_asked(entry)
    if asked is not None and is_news(entry.at, now=timezone.now()):
        person, meetup, actions_asked = asked
        if queries.told_lately(entry.kind, person, entry.at - MANY_WITHIN) < MANY_LETTERS:
            say = partial(queries.outcome_asked_draft, person, meetup, actions_asked)
            actions.write_to(person, meetup, say, key=f"{entry.kind}:{entry.pk}", now=entry.at)


def outcomes_due(entry: Entry) -> None:
    """Write somebody the letter of a day about actions they stand for or were asked about; once a day."""
    digest = queries.outcomes_digest(entry)
    if digest is not None and is_news(entry.at, now=timezone.now()):
        key = f"{entry.kind}:{digest.person.pk}:{entry.facts['day']}"
        meetup = digest.sections[0].meetup
        actions.write_to(digest.person, meetup, partial(queries.outcomes_due_draft, digest), key=key, now=entry.at)


def host_call_opened(entry: Entry) -> None:
    """Tell those whose bid lost the last call of the series of the next one, before everybody knows of it."""
    call = queries.host_call_of(entry.meetup or 0)
    if call is not None and is_news(entry.at, now=timezone.now()):
        for person in queries.first_to_tell(call):
            key = f"{entry.kind}:{entry.pk}:{person.pk}"
            actions.write_to(person, call.meetup, partial(queries.called_first_draft, call), key=key, now=entry.at)


def bid_editor_invited(entry: Entry) -> None:
    """Tell somebody that they write a bid too, unless they are written to too often."""
    editor = queries.bid_editor_of(entry.facts["editor"])
    if editor is not None and is_news(entry.at, now=timezone.now()):
        if queries.told_lately(entry.kind, editor.person, entry.at - MANY_WITHIN) >= MANY_LETTERS:
            return
        key, say = f"{entry.kind}:{entry.pk}", partial(queries.bid_editor_draft, editor)
        actions.write_to(editor.person, editor.bid.call.meetup, say, key=key, now=entry.at)


def host_group_named(entry: Entry) -> None:
    """Tell somebody that they decide on bids, or keep their comparison; once in a while."""
    call = queries.host_call_of(entry.meetup or 0)
    if call is None or not is_news(entry.at, now=timezone.now()):
        return
    keeps = "person" in entry.facts
    member = None if keeps else queries.group_member_of(entry.facts["member"])
    person = queries.keeper_of(call, entry.facts["person"]) if keeps else (member.person if member else None)
    if person is not None:
        key, say = f"{entry.kind}:{call.pk}:{person.pk}:{link_turn(entry.at)}", partial(queries.group_draft, call, keeps=keeps)
        actions.write_to(person, call.meetup, say, key=key, now=entry.at)


def hosts_decided(entry: Entry) -> None:
    """Tell every bidder what was decided."""
    call = queries.host_call_of(entry.meetup or 0)
    if call is not None and is_news(entry.at, now=timezone.now()):
        for editor in queries.bidders_of(call, handed_in=True):
            key, say = f"{entry.kind}:{entry.pk}:{editor.pk}", partial(queries.decided_draft, call, editor)
            actions.write_to(editor.person, call.meetup, say, key=key, now=entry.at)


def bid_question_asked(entry: Entry) -> None:
    """Tell the editors of a bid that it was asked about, unless they were told often just now."""
    question = queries.bid_question_of(entry.facts["question"])
    if question is None or question.bid is None or not is_news(entry.at, now=timezone.now()):
        return
    for editor in queries.bidders_of(question.bid.call, handed_in=True):
        often = queries.told_lately(entry.kind, editor.person, entry.at - MANY_WITHIN) >= MANY_LETTERS
        if editor.bid_id == question.bid_id and not often:
            editor.bid = question.bid
            key, say = f"{entry.kind}:{entry.pk}:{editor.pk}", partial(queries.question_draft, question, editor)
            actions.write_to(editor.person, question.bid.call.meetup, say, key=key, now=entry.at)


def host_deadline_moved(entry: Entry) -> None:
    """Tell every bidder that there is more time."""
    call = queries.host_call_of(entry.meetup or 0)
    if call is not None and is_news(entry.at, now=timezone.now()):
        for editor in queries.bidders_of(call, handed_in=False):
            key, say = f"{entry.kind}:{entry.pk}:{editor.pk}", partial(queries.deadline_draft, call)
            actions.write_to(editor.person, call.meetup, say, key=key, now=entry.at)


def takedown_asked(entry: Entry) -> None:
    """Tell the team that somebody wants a picture to be taken down; once an hour at most."""
    if not is_news(entry.at, now=timezone.now()):
        return
    for organiser in queries.team_of(entry.meetup or 0):
        key = f"{entry.kind}:{entry.meetup}:{organiser.person_id}:{entry.at:%Y-%m-%dT%H}"
        say = partial(queries.takedown_draft, organiser.meetup, hides=entry.facts["hid"])
        actions.write_to(organiser.person, organiser.meetup, say, key=key, now=entry.at)


def join_asked(entry: Entry) -> None:
    """Ask the owner of an address whether they want to join a list, once in a while."""
    wish = queries.join_request_of(entry.facts["join"])
    if wish is not None and is_news(entry.at, now=timezone.now()):
        key = f"{entry.kind}:{wish.pk}:{link_turn(entry.at)}"
        actions.write_about_joining(wish, key=key, now=entry.at, last=entry.facts.get("language", ""))


def mailing_sent(entry: Entry) -> bool:
    """Write the letters of a mailing to those chosen. Writes a batch and returns True while there are more."""
    number = entry.facts["mailing"]
    if not is_news(entry.at, now=timezone.now()):
        actions.pass_over_mailing(number)
        return False
    return actions.write_mailing(number, now=entry.at)


def deliver(now: datetime) -> int:
    """Send letters that are due. Without a mail server they wait, and that is no error."""
    if queries.is_waiting_for_mail():
        return 0
    return actions.deliver(get_connection(), now=now)


def write_weekly(now: datetime) -> int:
    """Write the letters of a week that are due; return how many."""
    return actions.write_weekly(now=now)


def take_in_returned(now: datetime) -> int:
    """Note which letters came back; return how many. Without a Maildir there is nothing to do."""
    folder = settings.MIDCYCLE.bounces_maildir
    return take_in(folder, lambda bounce: actions.note_bounce(bounce, now=now)) if folder else 0


def _about_seat(name: str, entry: Entry) -> None:
    """Write about a seat, unless its person had many such letters just now: a stranger may be at play with their address.

    That a seat became theirs is always told: nobody can bring that about at will.
    """
    seat = queries.seat_of(entry.facts["seat"], entry.facts.get("move"))
    if seat is not None and is_news(entry.at, now=timezone.now()):
        if name not in _ALWAYS_TOLD and queries.letters_lately(seat, entry.at - MANY_WITHIN) >= MANY_LETTERS:
            return
        key = f"{entry.kind}:{entry.pk}:{seat.person_id}"
        actions.write_about_seat(name, seat, move=entry.facts.get("move"), key=key, now=entry.at)

"""Which kind of journal entry wakes which task. The only place that names tasks."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from midcycle.agenda import tasks as agenda
from midcycle.bidding import tasks as bidding
from midcycle.hosting import tasks as hosting
from midcycle.invoicing import tasks as invoicing
from midcycle.journal.actions import Handler
from midcycle.lists import tasks as lists
from midcycle.mailing import tasks as mailing
from midcycle.onsite import tasks as onsite
from midcycle.outcomes import tasks as outcomes
from midcycle.pads import tasks as pads
from midcycle.photos import tasks as photos
from midcycle.planning import tasks as planning
from midcycle.registration import tasks as registration
from midcycle.site import searching, traces, turnout
from midcycle.topics import tasks as topics

FOLLOWERS: Final[Mapping[str, Mapping[str, Handler]]] = {
    "letters": {
        "registration.opened": mailing.registration_opened,
        "registration.seat_taken": mailing.seat_taken,
        "registration.seat_waiting": mailing.seat_waiting,
        "registration.seat_promoted": mailing.seat_promoted,
        "registration.seat_offered": mailing.seat_offered,
        "registration.offer_lapsed": mailing.offer_lapsed,
        "registration.seat_cancelled": mailing.seat_cancelled,
        "registration.seat_taken_back": mailing.seat_taken_back,
        "registration.seat_passed_on": mailing.seat_passed_on,
        "registration.seat_erased": mailing.seat_erased,
        "registration.answers_forgotten": mailing.answers_forgotten,
        "registration.transfer_offered": mailing.transfer_offered,
        "registration.link_asked": mailing.link_asked,
        "registration.cancel_asked": mailing.cancel_asked,
        "feedback.survey_opened": mailing.survey_opened,
        "feedback.link_asked": mailing.survey_link_asked,
        "meetups.organiser_added": mailing.organiser_added,
        "topics.co_lead_invited": mailing.co_lead_invited,
        "agenda.moderators_asked": mailing.moderators_asked,
        "hosting.interest_answered": mailing.interest_answered,
        "hosting.answer_repeated": mailing.answer_repeated,
        "bidding.call_opened": mailing.host_call_opened,
        "bidding.editor_invited": mailing.bid_editor_invited,
        "bidding.member_named": mailing.host_group_named,
        "bidding.keeper_named": mailing.host_group_named,
        "bidding.decided": mailing.hosts_decided,
        "bidding.question_asked": mailing.bid_question_asked,
        "bidding.deadline_extended": mailing.host_deadline_moved,
        "invoicing.fees_asked": mailing.fees_asked,
        "invoicing.fees_reminded": mailing.fees_reminded,
        "invoicing.sent": mailing.invoice_sent,
        "invoicing.reminded": mailing.invoice_reminded,
        "agenda.released": mailing.agenda_released,
        "agenda.round_asked": mailing.round_asked,
        "lists.join_asked": mailing.join_asked,
        "mailing.sent": mailing.mailing_sent,
        "planning.reminder_due": mailing.reminder_due,
        "photos.takedown_asked": mailing.takedown_asked,
        "outcomes.owner_asked": mailing.outcome_owner_asked,
        "outcomes.reminder_due": mailing.outcomes_due,
    },
    "fees": {
        "registration.seat_taken": invoicing.seat_moved,
        "registration.seat_promoted": invoicing.seat_moved,
        "registration.checked_in": invoicing.seat_moved,
        "registration.seat_cancelled": invoicing.seat_moved,
        "registration.seat_taken_back": invoicing.seat_moved,
        "registration.seat_erased": invoicing.seat_moved,
    },
    "lines": {"meetups.place_set": registration.place_set},
    "plans": {"meetups.organiser_removed": planning.organiser_removed},
    "photos": {"registration.seat_erased": photos.seat_erased},
    "agenda": {"registration.seat_erased": agenda.seat_erased},
    "outcomes": {"registration.seat_erased": outcomes.seat_erased},
    "turnout": {"meetups.stage_reached": turnout.note},
    "pads": {
        "agenda.released": pads.open_pads,
        "registration.seat_erased": pads.seat_erased,
        "agenda.part_given": pads.rights_changed,
        "agenda.part_taken_away": pads.rights_changed,
        "meetups.stage_reached": pads.rights_changed,
        "meetups.organiser_removed": pads.rights_changed,
    },
}
LETTERS: Final = "deliver letters"
CHORES: Final[Mapping[str, Callable[[datetime], int | None]]] = {
    LETTERS: mailing.deliver,
    "forget what was typed at doors": onsite.forget,
    "forget files that were only looked at": registration.forget_files,
    "keep lines": registration.keep_lines,
    "forget the keys of requests": registration.forget_keys,
    "delete answers": registration.forget,
    "remind of tasks": planning.remind,
    "ask what payments by card cost": invoicing.ask_what_was_taken,
    "collect what pads say": outcomes.collect,
    "remind of actions": outcomes.remind,
    "forget lines that left their pads": outcomes.forget,
    "look for better agendas": searching.tend,
    "forget planning pads and invitations": topics.forget,
    "forget bids that were not handed in": bidding.forget,
    "develop pictures": photos.develop,
    "forget pictures that never arrived": photos.forget,
    "forget answers nobody confirmed": hosting.forget,
    "write the letters of a week": mailing.write_weekly,
    "take in letters that came back": mailing.take_in_returned,
    "tend lists": lists.tend,
    "forget who asked to join a list": lists.forget,
    "empty the log of the database": traces.empty_log,
}

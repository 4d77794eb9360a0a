"""What organisers do about a call while answers come: days to ask about, and lines that are better not shown."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.hosting.models import Call, WantedTopic, Window
from midcycle.hosting.rules import days_are_over, fault_in_window
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.actions import check_changeable


@transaction.atomic
def ask_about_days(call: Call, starts_on: date, ends_on: date, *, by: Person, now: datetime) -> Window:
    """Ask whether these days suit. Raises Refusal naming the field when they cannot be asked about."""
    check_changeable(call.meetup_id)
    Call.objects.select_for_update().get(pk=call.pk)  # so that two of the team ask once
    others = list(Window.objects.filter(call=call).values_list("starts_on", "ends_on"))
    fault = fault_in_window(starts_on, ends_on, others)
    if fault is None and days_are_over(starts_on, ends_on, now.date()):
        fault = ("starts_on", gettext("These days are over. Choose later ones."))
    if fault is not None:
        raise Refusal(fault[1], field=fault[0])
    window = Window.objects.create(call=call, starts_on=starts_on, ends_on=ends_on)
    journal.record("hosting.days_asked", at=now, meetup=call.meetup_id, actor=by.pk, facts={"window": window.pk})
    return window


@transaction.atomic
def drop_days(window: Window, *, by: Person, now: datetime) -> None:
    """Ask about these days no more; what people said about them goes with them."""
    meetup, number = window.call.meetup_id, window.pk
    check_changeable(meetup)
    if Window.objects.filter(pk=number).delete()[0]:
        journal.record("hosting.days_dropped", at=now, meetup=meetup, actor=by.pk, facts={"window": number})


@transaction.atomic
def show_line(topic: WantedTopic, *, hidden: bool, by: Person, now: datetime) -> None:
    """Hide a line from everybody, or show it again, and all that say the same."""
    call = topic.interest.call
    check_changeable(call.meetup_id)
    lines = WantedTopic.objects.filter(interest__call=call).values_list("pk", "text")
    same = [number for number, text in lines if text.casefold() == topic.text.casefold()]
    if WantedTopic.objects.filter(pk__in=same, is_hidden=not hidden).update(is_hidden=hidden):
        kind = "hosting.line_hidden" if hidden else "hosting.line_shown"
        journal.record(kind, at=now, meetup=call.meetup_id, actor=by.pk, facts={"line": topic.pk})

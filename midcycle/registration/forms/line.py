"""The rule of the line."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy, gettext_noop

from midcycle.meetups.models import Meetup
from midcycle.registration.forms.fields import LeadingRadio, in_words
from midcycle.registration.rules.line import GROUPS, LINE_RULE_NAMES, MOST_OFFER_HOURS, LineRule
from midcycle.web.forms import DayField, PlainForm

_RULE_TEXTS: Final[Mapping[str, str]] = {
    "first_come": gettext_noop("Who registered first has the next free seat."),
    "groups": gettext_noop(
        "Whom you want most has it first; within a group, who registered first. You put the groups in order next."
    ),
    "lottery": gettext_noop("At a stated time the line is shuffled, so that everybody can check it. You choose the time next."),
}
# What of the form goes with one rule only, under the number by which the answer makes it appear.
_SHOWS: Final[Mapping[str, str]] = {"groups": "1", "lottery": "2"}
_ONLY_FOR: Final[Mapping[str, str]] = {"groups": "groups", "draw_day": "lottery", "draw_time": "lottery"}


def _rule_cards() -> list[tuple[str, SafeString]]:
    card = '<span class="choice-title">{}</span> <span class="choice-text">{}</span>'
    return [(key, format_html(card, gettext(name), gettext(_RULE_TEXTS[key]))) for key, name in LINE_RULE_NAMES.items()]


class RuleRadio(LeadingRadio):
    """The rules as cards; what goes with one of them appears once it is chosen."""

    shows = _SHOWS


class OrderedGroups(forms.SelectMultiple):
    """Groups in an order people change with buttons, each of which sends the form; works without a script."""

    template_name = "registration/widgets/groups.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:  # noqa: ANN401 - Django's signature
        """Return the groups that are in and those that can be added."""
        chosen = [group for group in value or () if group in GROUPS]
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["chosen"] = [(group, gettext(GROUPS[group])) for group in chosen]
        context["others"] = [(group, gettext(GROUPS[group])) for group in GROUPS if group not in chosen]
        return context


class LineForm(PlainForm):
    """The rule of a line. `seen` names the rule whose consequences were shown before it is published.

    What goes with one rule only is needed for that one, and not looked at for others.
    """

    use_required_attribute = False

    rule = forms.ChoiceField(label=gettext_lazy("Who has the next free seat?"), choices=_rule_cards, widget=RuleRadio)
    groups = forms.MultipleChoiceField(
        label=gettext_lazy("Groups, the first served first"),
        choices=partial(in_words, GROUPS),
        widget=OrderedGroups,
        error_messages={"required": gettext_lazy("Choose at least one group that is served first.")},
    )
    draw_day = DayField(
        label=gettext_lazy("Day of the draw"),
        error_messages={"required": gettext_lazy("Choose when the lots are drawn, in the future.")},
    )
    draw_time = forms.TimeField(label=gettext_lazy("Time of the draw"), widget=forms.TimeInput(attrs={"type": "time"}))
    offer_hours = forms.IntegerField(
        label=gettext_lazy("Hours to accept an offer"),
        min_value=0,
        max_value=MOST_OFFER_HOURS,
        help_text=gettext_lazy("A free seat is offered for so long, then to the next. 0 gives it at once."),
    )
    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, meetup: Meetup, now: LineRule, data: QueryDict | None = None, *, is_drawn: bool = False) -> None:
        """Start from the rule of now; a button that moves a group is obeyed before anything is checked.

        Once lots are drawn, their time is asked for no more.
        """
        self.meetup, self.now, self.zone, self.is_drawn = meetup, now, ZoneInfo(meetup.timezone), is_drawn
        drawn = now.draw_at.astimezone(self.zone) if now.draw_at else None
        initial = {"rule": now.rule, "groups": now.groups, "offer_hours": now.offer_hours}
        initial |= {"draw_day": drawn and drawn.date(), "draw_time": drawn and drawn.time()}
        super().__init__(_after_move(data) if data else None, initial=initial)
        if is_drawn:
            del self.fields["draw_day"], self.fields["draw_time"]
            return
        self.fields["draw_time"].help_text = gettext("Times of %(city)s.") % {"city": meetup.zone_city}

    def anew(self) -> "LineForm":
        """Return the form as it was typed, with nothing called wrong in it yet."""
        fresh = LineForm(self.meetup, self.now, is_drawn=self.is_drawn)
        fresh.initial = {name: self[name].value() for name in self.fields if name != "seen"}
        return fresh

    def clean(self) -> dict[str, Any]:
        """Refuse a time that no clock shows, because it is put forward then; leave alone what the rule does not ask for."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        for name in [
            name for name, rule in _ONLY_FOR.items() if typed.get("rule") in LINE_RULE_NAMES and typed["rule"] != rule
        ]:
            self.errors.pop(name, None)
            typed[name] = None
        day, time = typed.get("draw_day"), typed.get("draw_time")
        if day and time:
            at = datetime.combine(day, time, self.zone)
            if at.astimezone(UTC).astimezone(self.zone).time() != time:
                self.add_error("draw_time", gettext("Clocks are put forward then, and skip this time. Choose another."))
        return typed

    def wanted(self) -> LineRule:
        """Return the rule that was chosen, once the form is valid."""
        typed = self.cleaned_data
        is_groups, is_lottery = typed["rule"] == "groups", typed["rule"] == "lottery"
        groups = tuple(dict.fromkeys(typed["groups"])) if is_groups else ()
        return LineRule(typed["rule"], groups, self._draw_at() if is_lottery else None, typed["offer_hours"])

    def was_seen(self, wanted: LineRule) -> bool:
        """Say whether the consequences of this very rule were shown."""
        return bool(self.cleaned_data["seen"] == fingerprint(wanted))

    def _draw_at(self) -> datetime | None:
        if self.is_drawn:
            return self.now.draw_at
        day, time = self.cleaned_data["draw_day"], self.cleaned_data["draw_time"]
        return datetime.combine(day, time, self.zone) if day and time else None


def fingerprint(wanted: LineRule) -> str:
    """Return a short text that is another for every other rule."""
    moment = wanted.draw_at.isoformat() if wanted.draw_at else ""
    text = "|".join([wanted.rule, *wanted.groups, moment, str(wanted.offer_hours)])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def moves_a_group(data: QueryDict) -> bool:
    """Say whether a button was pressed that changes the order of the groups, and nothing else was meant."""
    return "move" in data


def _after_move(data: QueryDict) -> QueryDict:
    """Return what was typed with the group moved that a button names, such as `up operators`."""
    how, _, group = data.get("move", "").partition(" ")
    groups = [each for each in dict.fromkeys(data.getlist("groups")) if each in GROUPS]
    if group in GROUPS:
        place = groups.index(group) if group in groups else len(groups)
        groups = [each for each in groups if each != group]
        step = {"up": place - 1, "down": place + 1, "add": len(groups)}.get(how)
        if step is not None:
            groups.insert(max(step, 0), group)
    moved = data.copy()
    moved.setlist("groups", groups)
    if how == "add":
        moved["rule"] = "groups"
    return moved

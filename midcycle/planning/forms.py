"""What people type about tasks and minutes, and how they ask for lists; in those anything odd is as if it were not asked."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext, gettext_lazy, gettext_noop

from midcycle.meetups.rules import STAGE_NAMES
from midcycle.planning.actions import Wording, Written
from midcycle.planning.models import Minutes, Task
from midcycle.planning.queries.board import Edition
from midcycle.planning.rules import ABOUT, LONGEST, SHOWN
from midcycle.web.forms import DayField, Label, PlainForm

People = Sequence[tuple[int, str]]
_UNITS: Final[Mapping[str, tuple[str, int]]] = {
    "weeks_before": (gettext_noop("weeks before"), -7),
    "days_before": (gettext_noop("days before"), -1),
    "days_after": (gettext_noop("days after"), 1),
    "weeks_after": (gettext_noop("weeks after"), 7),
}
_NOBODY: Final[list[tuple[str, Label]]] = [("", gettext_lazy("Nobody yet"))]
_MOST_EDITIONS: Final = 1_000_000


def _title() -> forms.CharField:
    words = {"required": gettext_lazy("Say what is to be done.")}
    return forms.CharField(label=gettext_lazy("What is to be done"), max_length=LONGEST["title"], error_messages=words)


def _day(label: Label, hint: Label = "") -> DayField:
    return DayField(label=label, required=False, help_text=hint)


class QuickTaskForm(PlainForm):
    """The least there is to say about a task, to be typed while somebody talks."""

    title = _title()
    owner = forms.ChoiceField(label=gettext_lazy("Who"), required=False)
    due_on = _day(gettext_lazy("Until when"))

    def __init__(self, people: People, data: Mapping[str, Any] | None = None) -> None:
        """Offer the people of the team."""
        super().__init__(data)
        _offer(self.fields["owner"], [*_NOBODY, *((str(number), name) for number, name in people)])

    def wording(self, about: str = "") -> Wording:
        """Return the task; one added while looking at a thing is about that."""
        clean = self.cleaned_data
        return Wording(clean["title"], about=about, owner=_number(clean["owner"]), due_on=clean["due_on"])


class TaskForm(PlainForm):
    """All there is to say about a task."""

    title = _title()
    owner = forms.ChoiceField(label=gettext_lazy("Who does it"), required=False)
    owner_name = forms.CharField(
        label=gettext_lazy("Or somebody who is not on the team"),
        max_length=LONGEST["owner_name"],
        required=False,
        help_text=gettext_lazy("By name. Only people of the team are reminded by letter."),
    )
    due_on = _day(gettext_lazy("Until when"), gettext_lazy("A day that stays, whatever becomes of the meetup."))
    count = forms.IntegerField(
        label=gettext_lazy("Or counted from the meetup's first day"),
        required=False,
        min_value=0,
        max_value=1_100,
        help_text=gettext_lazy("Such as 8. It moves with the meetup."),
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("Weeks or days"),
        choices=[(key, gettext_lazy(words)) for key, (words, _) in _UNITS.items()],
        required=False,
    )
    about = forms.ChoiceField(
        label=gettext_lazy("About"),
        choices=[("", gettext_lazy("Nothing in particular")), *((key, gettext_lazy(name)) for key, name in ABOUT.items())],
        required=False,
    )
    stage = forms.ChoiceField(
        label=gettext_lazy("A milestone of the stage"),
        choices=[("", gettext_lazy("No milestone, a task")), *((key, gettext_lazy(name)) for key, name in STAGE_NAMES.items())],
        required=False,
    )
    notes = forms.CharField(
        label=gettext_lazy("Notes"),
        max_length=LONGEST["notes"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Markdown works."),
    )
    edition = forms.IntegerField(required=False, min_value=0, max_value=_MOST_EDITIONS, widget=forms.HiddenInput)

    def __init__(
        self, people: People, data: Mapping[str, Any] | None = None, task: Task | None = None, *, about: str = ""
    ) -> None:
        """Start from a task as it stands, if there is one. Its owner stays on offer, also when not of the team any more."""
        super().__init__(data, initial=_initial(task) if task else {"about": about})
        offered = {str(number): name for number, name in people}
        if task and task.owner:
            offered.setdefault(str(task.owner_id), gettext("%(name)s (not on the team any more)") % {"name": task.owner})
        _offer(self.fields["owner"], [*_NOBODY, *offered.items()])

    def clean(self) -> dict[str, Any]:
        """Let a task have one owner, and be due in one way and not too far away."""
        given = super().clean() or {}
        if given.get("owner") and given.get("owner_name"):
            self.add_error("owner_name", gettext("Choose somebody of the team or type a name, not both."))
        if given.get("due_on") and given.get("count") is not None:
            self.add_error("count", gettext("Choose a day or count from the meetup, not both. Empty one of them."))
        return given

    def wording(self) -> Wording:
        """Return the task."""
        clean = self.cleaned_data
        said = {name: clean[name] for name in ("title", "stage", "about", "owner_name", "due_on", "notes")}
        count = clean["count"]
        days = None if count is None else count * _UNITS[clean["unit"] or "weeks_before"][1]
        return Wording(**said, owner=_number(clean["owner"]), days=days)

    def seen(self) -> int:
        """Return the edition somebody looked at; of a form that is not ours one there never is."""
        return self.cleaned_data.get("edition") or 0

    def look_again(self, edition: int) -> None:
        """Take up an edition somebody has now seen."""
        self.data = {**self.data.dict(), "edition": str(edition)} if hasattr(self.data, "dict") else self.data


class MinutesForm(PlainForm):
    """Minutes of a meeting."""

    title = forms.CharField(
        label=gettext_lazy("Meeting"),
        max_length=LONGEST["minutes_title"],
        error_messages={"required": gettext_lazy("Say which meeting this was, such as “Weekly meeting”.")},
    )
    held_on = DayField(label=gettext_lazy("Day"), error_messages={"required": gettext_lazy("Choose the day it was held.")})
    present = forms.CharField(
        label=gettext_lazy("Who was there"),
        max_length=LONGEST["present"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Names with commas between them."),
    )
    text = forms.CharField(
        label=gettext_lazy("Minutes"),
        max_length=LONGEST["log"],
        widget=forms.Textarea(attrs={"rows": 18}),
        error_messages={"required": gettext_lazy("Type or paste what was said.")},
        help_text=gettext_lazy("Markdown, or the log or text minutes of a MeetBot."),
    )
    edition = forms.IntegerField(required=False, min_value=0, max_value=_MOST_EDITIONS, widget=forms.HiddenInput)

    def __init__(
        self, data: Mapping[str, Any] | None = None, minutes: Minutes | None = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        """Start from minutes as they stand, or from what is known of new ones."""
        names = ("title", "held_on", "present", "text", "edition")
        super().__init__(data, initial=forms.model_to_dict(minutes, names) if minutes else dict(initial or {}))

    def written(self) -> Written:
        """Return the minutes."""
        clean = self.cleaned_data
        return Written(clean["title"], clean["held_on"], clean["present"], clean["text"])

    def seen(self) -> int:
        """Return the edition somebody looked at; of a form that is not ours one there never is."""
        return self.cleaned_data.get("edition") or 0


class CarryForm(PlainForm):
    """Which edition is carried over, and what of it."""

    edition = forms.TypedChoiceField(label=gettext_lazy("From which edition"), coerce=int, widget=forms.RadioSelect)
    owners = forms.BooleanField(
        label=gettext_lazy("Those who are on this team too keep their tasks"), required=False, initial=True
    )
    from_minutes = forms.BooleanField(label=gettext_lazy("Also tasks that came up in meetings"), required=False)

    def __init__(self, editions: Sequence[Edition], data: Mapping[str, Any] | None = None) -> None:
        """Offer the editions."""
        super().__init__(data, initial={"edition": editions[0].meetup.pk} if editions else {})
        _offer(self.fields["edition"], [(one.meetup.pk, one.in_words) for one in editions])


class WishesForm(PlainForm):
    """Which letters somebody wants."""

    reminders = forms.BooleanField(label=gettext_lazy("Remind me of my tasks"), required=False)
    weekly = forms.BooleanField(label=gettext_lazy("Tell me on Mondays what the team decided and did"), required=False)


class BoardFilter(PlainForm):
    """Which tasks somebody wants to see."""

    show = forms.ChoiceField(choices=list(SHOWN.items()), required=False)
    about = forms.ChoiceField(choices=list(ABOUT.items()), required=False)

    def wanted(self) -> tuple[str, str]:
        """Return the way to look, and the thing tasks are about, blank for all."""
        self.full_clean()
        return self.cleaned_data.get("show") or "open", self.cleaned_data.get("about") or ""


class SinceFilter(PlainForm):
    """Since which day somebody was away."""

    since = _day(gettext_lazy("Since"))

    def day(self) -> date | None:
        """Return the day, None unless a valid one is asked for."""
        self.full_clean()
        return self.cleaned_data.get("since")


class ReadForm(PlainForm):
    """Until when somebody has read the news."""

    until = forms.DateTimeField(widget=forms.HiddenInput)


def _initial(task: Task) -> dict[str, Any]:
    known = forms.model_to_dict(task, ("title", "owner", "owner_name", "due_on", "about", "stage", "notes", "edition"))
    if task.days is None:
        return known
    weeks = task.days % 7 == 0
    unit = f"{'weeks' if weeks else 'days'}_{'before' if task.days <= 0 else 'after'}"
    return {**known, "count": abs(task.days) // (7 if weeks else 1), "unit": unit}


def _offer(field: forms.Field, choices: Sequence[tuple[Any, Label]]) -> None:
    if isinstance(field, forms.ChoiceField):
        field.choices = list(choices)


def _number(text: str) -> int | None:
    return int(text) if text else None

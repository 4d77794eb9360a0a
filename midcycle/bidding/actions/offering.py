"""Writing a bid: opening and cloning it, saving its sections, who else writes it, handing it in and taking it back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext, ngettext

from midcycle.accounts.actions import person_for
from midcycle.accounts.models import Person
from midcycle.bidding.actions.common import TAKING, check_no_judge, held_bid, held_call, held_draft, note
from midcycle.bidding.models import Bid, CostLine, Editor, HostCall, Plan
from midcycle.bidding.rules import Section, completeness, fault_in_days
from midcycle.kernel.refusal import Refusal

MOST_EDITORS: Final = 12
_MOST_NAMED: Final = 3  # of the questions that are not answered
_ANEW: Final = frozenset({"days", "conflict"})  # said again for each call, not cloned


class ChangedMeanwhile(Refusal):
    """Somebody else saved the same section in the meantime. Nothing was changed; both texts are shown."""


@transaction.atomic
def open_bid(call: HostCall, *, by: Person, now: datetime, like: Bid | None = None) -> Bid:
    """Begin a bid, blank or like one of an earlier call. Raises Refusal after the deadline and for who decides.

    Days and interests are said anew. Who began a bid for this call already is led back to that.
    """
    held = held_call(call, TAKING, now=now)
    check_no_judge(held, by)
    known = Bid.objects.filter(call=held, opened_by=by).first()
    if known is not None and known.state != "withdrawn":
        return known
    answers = {key: value for key, value in (like.answers if like else {}).items() if key not in _ANEW}
    values: dict[str, Any] = {"state": "draft", "answers": answers, "changed_by": by, "changed_at": now, "versions": {}}
    bid, _ = Bid.objects.update_or_create(
        call=held,
        opened_by=by,
        defaults={**values, "handed_in_at": None, "currency": like.currency if like else "EUR"},
        create_defaults={**values, "opened_at": now, "currency": like.currency if like else "EUR"},
    )
    Editor.objects.get_or_create(bid=bid, person=by, defaults={"invited_by": by, "invited_at": now})
    if like is not None:
        _copy_parts(like, bid)
    note("bid_opened", held, by, now=now, bid=bid.pk)
    return bid


def _copy_parts(like: Bid, bid: Bid) -> None:
    """Copy costs and plans of an earlier bid to a new one."""
    for model in (CostLine, Plan):
        for part in model.objects.filter(bid=like).order_by("pk"):
            part.pk, part.bid = None, bid
            part.save(force_insert=True)


@transaction.atomic
def save_section(bid: Bid, section: Section, answers: Mapping[str, Any], *, seen: int, by: Person, now: datetime) -> Bid:
    """Keep what was typed in a section, whole or not; `seen` is the version it was typed over.

    Raises ChangedMeanwhile when somebody else saved that section since, Refusal when days are outside of the window, once the
    bid is handed in, and after the deadline.
    """
    held = held_draft(bid, by, now=now)
    if held.versions.get(section.key, 0) != seen:
        raise ChangedMeanwhile(
            gettext("Somebody saved this section meanwhile. Nothing of yours is lost: compare, then save again.")
        )
    _check_days(held.call, answers.get("days") or [])
    keys = {field.key for field in section.fields}
    held.answers = {**held.answers, **{key: value for key, value in answers.items() if key in keys}}
    held.versions = {**held.versions, section.key: seen + 1}
    held.changed_by, held.changed_at = by, now
    held.save(update_fields=["answers", "versions", "changed_by", "changed_at"])
    note("bid_saved", held.call, by, now=now, bid=held.pk, section=section.key)
    return held


def _check_days(call: HostCall, options: list[Mapping[str, str]]) -> None:
    for option in options:
        first, last = datetime.fromisoformat(option["starts_on"]).date(), datetime.fromisoformat(option["ends_on"]).date()
        fault = fault_in_days(first, last, call.earliest, call.latest)
        if fault is not None:
            raise Refusal(fault, field="days")


@transaction.atomic
def invite_editor(bid: Bid, email: str, *, by: Person, now: datetime) -> Editor:
    """Let somebody else write the bid, by their address. Raises Refusal for who decides on bids."""
    held = held_draft(bid, by, now=now)
    person = person_for(email, now=now)
    check_no_judge(held.call, person)
    if Editor.objects.filter(bid=held).count() >= MOST_EDITORS:
        raise Refusal(gettext("%(most)s people write a bid at most.") % {"most": MOST_EDITORS}, field="email")
    values = {"invited_by": by, "invited_at": now}
    editor, fresh = Editor.objects.get_or_create(bid=held, person=person, defaults=values)
    if fresh:
        note("editor_invited", held.call, by, now=now, editor=editor.pk)
    return editor


@transaction.atomic
def remove_editor(editor: Editor, *, by: Person, now: datetime) -> None:
    """Let somebody write the bid no more. Raises Refusal for the last one."""
    held = held_draft(editor.bid, by, now=now)
    if Editor.objects.filter(bid=held).count() == 1:
        raise Refusal(gettext("Somebody has to write this bid. Invite another person first, or withdraw it."))
    gone, _ = Editor.objects.filter(pk=editor.pk).delete()
    if gone:
        note("editor_removed", held.call, by, now=now, person=editor.person_id)


@transaction.atomic
def hand_in(bid: Bid, *, by: Person, now: datetime) -> None:
    """Hand a bid in. Raises Refusal naming what is missing, and after the deadline."""
    held = held_draft(bid, by, now=now)
    found = completeness(held.answers, has_costs=held.cost_lines.exists())
    if found.missing:
        raise Refusal(_missing([field.label_told for _, field in found.missing]))
    if not found.has_costs:
        raise Refusal(gettext("Not yet: the sheet of costs is empty."))
    _check_days(held.call, held.answers["days"])
    Bid.objects.filter(pk=held.pk).update(state="handed_in", handed_in_at=now)
    note("bid_handed_in", held.call, by, now=now, bid=held.pk)


def _missing(labels: Sequence[str]) -> str:
    more = len(labels) - _MOST_NAMED
    said = {"names": ", ".join(labels[:_MOST_NAMED]), "count": more}
    if more <= 0:
        return gettext("Not yet: this is missing: %(names)s.") % said
    return (
        ngettext(
            "Not yet: this is missing: %(names)s and %(count)s more.",
            "Not yet: this is missing: %(names)s and %(count)s more.",
            more,
        )
        % said
    )


@transaction.atomic
def take_back(bid: Bid, *, by: Person, now: datetime) -> None:
    """Make a draft of a bid that was handed in, to change it. Raises Refusal after the deadline."""
    held = held_bid(bid, TAKING, now=now)
    changed = Bid.objects.filter(pk=held.pk, state="handed_in").update(state="draft", handed_in_at=None)
    if changed:
        note("bid_taken_back", held.call, by, now=now, bid=held.pk)


@transaction.atomic
def withdraw_bid(bid: Bid, *, by: Person, now: datetime) -> None:
    """Offer no more, also after the deadline. Raises Refusal once it is decided."""
    held = held_bid(bid, {*TAKING, "comparing"}, now=now)
    if held.state != "withdrawn":
        Bid.objects.filter(pk=held.pk).update(state="withdrawn", handed_in_at=None)
        note("bid_withdrawn", held.call, by, now=now, bid=held.pk)

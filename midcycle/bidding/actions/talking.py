"""Questions in public, and the comparison: what its keeper writes, and the mistakes bidders report."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.bidding.actions.common import TAKING, held_call, note
from midcycle.bidding.actions.offering import ChangedMeanwhile
from midcycle.bidding.models import Bid, Cell, HostCall, Mistake, Question
from midcycle.bidding.rules import FIELDS, Field
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import lines, one_line

LONGEST_QUESTION: Final = 1000
LONGEST_ANSWER: Final = 2000
LONGEST_CELL: Final = 600
MOST_QUESTIONS: Final = 200


@transaction.atomic
def ask(call: HostCall, text: str, *, by: Person, now: datetime, bid: Bid | None = None) -> Question:
    """Ask in public, about the call or about a bid that can be read. Raises Refusal once it is decided."""
    held = held_call(call, {*TAKING, "comparing"}, now=now)
    text = lines(text)
    if not text or len(text) > LONGEST_QUESTION:
        raise Refusal(gettext("Ask in %(most)s characters.") % {"most": LONGEST_QUESTION}, field="text")
    if Question.objects.filter(call=held).count() >= MOST_QUESTIONS:
        raise Refusal(gettext("There are very many questions already. Look whether yours is among them."), field="text")
    asked = Question.objects.create(call=held, bid=bid, person=by, text=text, asked_at=now)
    note("question_asked", held, by, now=now, question=asked.pk)
    return asked


@transaction.atomic
def answer(question: Question, text: str, *, by: Person, now: datetime) -> None:
    """Answer a question in public, or put an answer right. Raises Refusal once the call is decided."""
    held = held_call(question.call_id, {*TAKING, "comparing"}, now=now)
    text = lines(text)
    if not text or len(text) > LONGEST_ANSWER:
        raise Refusal(gettext("Answer in %(most)s characters.") % {"most": LONGEST_ANSWER}, field="text")
    Question.objects.filter(pk=question.pk).update(answer=text, answered_by=by, answered_at=now)
    note("question_answered", held, by, now=now, question=question.pk)


@transaction.atomic
def remove_question(question: Question, *, by: Person, now: datetime) -> None:
    """Take a question about the call away that is none."""
    held = held_call(question.call_id, {*TAKING, "comparing"}, now=now)
    gone, _ = Question.objects.filter(pk=question.pk).delete()
    if gone:
        note("question_removed", held, by, now=now, question=question.pk)


@transaction.atomic
def write_cell(bid: Bid, field: Field, text: str, *, seen: int, by: Person, now: datetime) -> Cell:
    """Write a cell of the comparison; blank text gives the bid its own words back. `seen` is the version written over.

    Raises ChangedMeanwhile when it was written meanwhile, Refusal when the deadline is not past or it is decided.
    """
    held = held_call(bid.call_id, {"comparing"}, now=now)
    if held.keeper_id != by.pk:
        raise Refusal(gettext("You do not keep this comparison any more, so nothing was changed."))
    text = one_line(text)
    if len(text) > LONGEST_CELL:
        raise Refusal(gettext("Shorten this to %(most)s characters.") % {"most": LONGEST_CELL}, field="text")
    cell = Cell.objects.select_for_update().filter(bid=bid, field=field.key).first()
    if (cell.version if cell else 0) != seen:
        raise ChangedMeanwhile(gettext("This cell was written meanwhile. Compare, then save again."), field="text")
    values = {"text": text, "version": seen + 1, "edited_by": by, "edited_at": now}
    written, _ = Cell.objects.update_or_create(bid=bid, field=field.key, defaults=values)
    note("cell_written", held, by, now=now, bid=bid.pk, field=field.key)
    return written


@transaction.atomic
def report_mistake(bid: Bid, key: str, text: str, *, by: Person, now: datetime) -> Mistake:
    """Tell the keeper what is wrong in the comparison, as the bidder it is about."""
    held = held_call(bid.call_id, {"comparing"}, now=now)
    text = lines(text)
    if key not in FIELDS or not FIELDS[key].compared:
        raise Refusal(gettext("Choose a row of the comparison."), field="field")
    if not text or len(text) > LONGEST_QUESTION:
        said = gettext("Say in %(most)s characters what is wrong, and what is right.") % {"most": LONGEST_QUESTION}
        raise Refusal(said, field="text")
    if Mistake.objects.filter(bid=bid).count() >= MOST_QUESTIONS:
        raise Refusal(gettext("There are very many reports already. Put them together."), field="text")
    told = Mistake.objects.create(bid=bid, field=key, text=text, reported_by=by, reported_at=now)
    note("mistake_reported", held, by, now=now, mistake=told.pk)
    return told


@transaction.atomic
def answer_mistake(mistake: Mistake, text: str, *, by: Person, now: datetime) -> None:
    """Say in public what was done about a mistake."""
    held = held_call(mistake.bid.call_id, {"comparing", "decided"}, now=now)
    text = lines(text)
    if not text or len(text) > LONGEST_QUESTION:
        raise Refusal(gettext("Say in %(most)s characters what you did.") % {"most": LONGEST_QUESTION}, field="text")
    Mistake.objects.filter(pk=mistake.pk).update(answer=text, answered_at=now)
    note("mistake_answered", held, by, now=now, mistake=mistake.pk)

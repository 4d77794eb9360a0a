"""What answers come to: counts for the team, and for everybody folded ones, which give no small group away. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from midcycle.feedback.rules.asking import GIVEN, LEFT_OUT, WRITTEN, Asked
from midcycle.feedback.rules.standard import SMALLEST
from midcycle.kernel.folding import fold
from midcycle.kernel.words import gettext

_OTHERS: Final = ""


@dataclass(frozen=True)
class Answered:
    """An answer and how many chose it, of how many; `told` says it in words where the figure is not shown."""

    label: str
    count: int
    whole: int
    told: str = ""


@dataclass(frozen=True)
class Summary:
    """What a question came to. `answered` is None where the number itself is too small to be shown.

    `state` is `shown`, `few` (fewer than five answered), `hidden` (any figure would tell a small one) or `not_asked`.
    """

    key: str
    asked: str
    kind: str
    state: str
    answers: tuple[Answered, ...] = ()
    answered: int | None = None
    left_out: int | None = None
    mean: str = ""


def for_team(question: Asked, counts: Mapping[str, int], language: str) -> Summary:
    """Return every count of a question, once five people answered it."""
    frame = _frame(question, counts, language)
    if frame.state != "shown":
        return frame
    whole = _answered(question, counts)
    answers = tuple(Answered(question.label(value, language), counts.get(value, 0), whole) for value in question.values)
    return _with(frame, answers, _mean(question, counts))


def for_everybody(question: Asked, counts: Mapping[str, int], language: str) -> Summary:
    """Return a question as it may be published: no group of one to four people, none that could be worked out.

    Of one answer out of several, groups are folded as everywhere. Where people choose several answers, each stands for
    itself: it is shown in figures only if neither those who chose it nor those who did not are one to four. A mean is shown
    only when nothing is folded: together with the other figures it would give the folded ones away.
    """
    frame = _frame(question, counts, language)
    if frame.state != "shown" or question.kind in WRITTEN:
        return frame
    whole = _answered(question, counts)
    if question.kind == "several":
        if _tells_together([counts.get(value, 0) for value in question.values], whole):
            return Summary(frame.key, frame.asked, frame.kind, "hidden", (), frame.answered, frame.left_out)
        return _with(frame, tuple(_alone(question.label(v, language), counts.get(v, 0), whole) for v in question.values))
    visible = shown_values(question, counts)
    answers = [Answered(question.label(v, language), counts.get(v, 0), whole) for v in question.values if v in visible]
    hidden = whole - sum(counts.get(value, 0) for value in visible)
    if not any(answer.count for answer in answers):
        return Summary(frame.key, frame.asked, frame.kind, "hidden", (), frame.answered, frame.left_out)
    if hidden:
        answers.append(Answered(gettext("Other answers, each too few to be shown"), hidden, whole))
    return _with(frame, tuple(answers), "" if hidden else _mean(question, counts))


def shown_values(question: Asked, counts: Mapping[str, int]) -> frozenset[str]:
    """Return the values whose exact count may be published: those not folded; one nobody chose, only if nothing is folded."""
    groups = {value: counts.get(value, 0) for value in question.values}
    shown = {group.label for group in fold(groups, other=_OTHERS)}
    if sum(groups.values()) < SMALLEST or not shown:
        return frozenset()
    kept = shown - {_OTHERS}
    return frozenset(kept if _OTHERS in shown else kept | {value for value, count in groups.items() if not count})


def _frame(question: Asked, counts: Mapping[str, int], language: str) -> Summary:
    title = question.title(language)
    if not any(counts.values()):
        state = "few" if counts and not question.is_retired else "not_asked"
        return Summary(question.key, title, question.kind, state)
    whole = _answered(question, counts)
    if whole < SMALLEST:
        return Summary(question.key, title, question.kind, "few")
    return Summary(question.key, title, question.kind, "shown", (), whole, counts.get(LEFT_OUT))


def _with(frame: Summary, answers: tuple[Answered, ...], mean: str = "") -> Summary:
    return Summary(frame.key, frame.asked, frame.kind, frame.state, answers, frame.answered, frame.left_out, mean)


def _answered(question: Asked, counts: Mapping[str, int]) -> int:
    """Return how many answered. Surveys of before this was counted have it as the sum of what was chosen."""
    if GIVEN in counts:
        return counts[GIVEN]
    return sum(counts.get(value, 0) for value in question.values)


def _alone(label: str, count: int, whole: int) -> Answered:
    if count < SMALLEST:
        return Answered(label, 0, whole, gettext("fewer than five"))
    if 0 < whole - count < SMALLEST:
        return Answered(label, whole, whole, gettext("nearly all"))
    return Answered(label, count, whole)


def _tells_together(counts: Sequence[int], whole: int) -> bool:
    """Say whether several answers together tell what each alone does not: everybody who answered chose at least one.

    Where those shown leave so many people over that each small one must have as many as a small one can have, its number is
    known; and where all are shown, so is how many chose more than one.
    """
    small = [count for count in counts if count < SMALLEST]
    large = [whole - 1 if 0 < whole - count < SMALLEST else count for count in counts if count >= SMALLEST]
    if small:
        return whole - sum(large) >= len(small) * (SMALLEST - 1)
    is_exact = not any(0 < whole - count < SMALLEST for count in counts)
    return is_exact and 0 < sum(counts) - whole < SMALLEST


def _mean(question: Asked, counts: Mapping[str, int]) -> str:
    if question.kind != "scale":
        return ""
    people = sum(counts.get(value, 0) for value in question.values)
    return f"{sum(int(value) * counts.get(value, 0) for value in question.values) / people:.1f}"

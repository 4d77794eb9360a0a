"""Runs a whole facts file and says what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import DatabaseError, transaction

from midcycle.kernel.refusal import Refusal
from midcycle.site.replay import beginning, people_lines, people_steps, sessions, topic_steps, wrap_up_steps
from midcycle.site.replay.grid import furnish
from midcycle.site.replay.ledger import Ledger, Line, plain
from midcycle.site.replay.reading import Facts, not_said, text
from midcycle.site.replay.series import as_meetup, editions, is_series, keep_series, rotation, start
from midcycle.site.replay.shape import usual
from midcycle.site.replay.story import Story

# What no known file raises. Should one do so, nothing of its meetup is kept, and a sentence says so.
_UNFORESEEN = (DatabaseError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError, RecursionError)


@dataclass(frozen=True)
class Outcome:
    """What came of one meetup of a file."""

    slug: str
    lines: tuple[Line, ...]
    found: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    not_said: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Say whether every fact was reproduced."""
        return all(line.same for line in self.lines)


def replay(facts: Facts) -> list[Outcome]:
    """Run a facts file; a series yields one outcome for each edition and one for its rule."""
    return replay_series(facts) if is_series(facts) else [replay_meetup(facts)]


def replay_meetup(facts: Facts) -> Outcome:
    """Run one meetup from idea to archive: all of it, or nothing when it cannot be told at all."""
    try:
        with transaction.atomic():
            return _replay_meetup(usual(facts))
    except Refusal as refusal:
        why = refusal.message
    except _UNFORESEEN as error:
        why = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
    called = text(facts.get("id")) or text(facts.get("name")) or "meetup"
    told = facts.get("id") or facts.get("name") or "a meetup"
    return Outcome(called, (Line("the meetup", told, None, "lived"),), (), (f"nothing of it was kept: {why}",))


def replay_series(facts: Facts) -> list[Outcome]:
    """Run each edition of a series as a meetup; the series' own facts come last, with its rule held against its history."""
    ledger = Ledger(facts)
    with transaction.atomic():
        slug = start(facts, ledger)
    outcomes = [replay_meetup(as_meetup(edition, facts)) for edition in editions(facts)]
    with transaction.atomic():
        keep_series([outcome.slug for outcome in outcomes], ledger)
    unsaid = tuple(not_said(facts, of_a_series=True))
    outcomes.append(Outcome(slug, tuple(ledger.lines), (), (*ledger.notes, *rotation(facts)), unsaid))
    return outcomes


def as_json(outcomes: list[Outcome]) -> Mapping[str, object]:
    """Return the outcomes as `--json` prints them."""
    return {
        "same": all(outcome.same for outcome in outcomes),
        "meetups": [
            {
                "slug": outcome.slug,
                "same": outcome.same,
                "facts": [
                    {"path": line.path, "asked": plain(line.asked), "got": plain(line.got), "same": line.same, "how": line.how}
                    for line in outcome.lines
                ],
                "found_in_the_grid": list(outcome.found),
                "notes": list(outcome.notes),
                "not_said": list(outcome.not_said),
            }
            for outcome in outcomes
        ],
    }


def _replay_meetup(facts: Facts) -> Outcome:
    ledger = Ledger(facts)
    story = beginning.begin(facts, ledger)
    story.move_to("hosting")
    beginning.settle_place(story)
    beginning.join_series(story)
    beginning.thank_underwriters(story)
    story.move_to("registration")
    people_steps.register(story)
    topics = topic_steps.propose_topics(story)
    story.move_to("agenda")
    sessions.hold_sessions(story, furnish(story), topics)
    sessions.release(story)
    if story.heads.cancelled:
        people_steps.call_off(story)
    else:
        story.move_to("on_site")
        people_steps.open_door(story)
        story.move_to("wrap_up")
    people_lines.compare_people(story)
    wrap_up_steps.gather_feedback(story)
    wrap_up_steps.keep_the_rest(story)
    _end(story)
    return Outcome(story.meetup.slug, tuple(ledger.lines), tuple(ledger.found), tuple(ledger.notes), tuple(not_said(facts)))


def _end(story: Story) -> None:
    if not story.heads.cancelled:
        wrap_up_steps.publish_report(story)
        story.move_to("archived")

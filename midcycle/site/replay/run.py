"""Runs a whole facts file and says what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from midcycle.meetups.rules import rotation_holds
from midcycle.site.replay import agenda_steps, people_steps, story, wrap_up_steps
from midcycle.site.replay.ledger import Ledger, Line, plain
from midcycle.site.replay.reading import SERIES, Facts, items, mapping, not_said


@dataclass(frozen=True)
class Outcome:
    """What came of one meetup of a file."""

    slug: str
    lines: tuple[Line, ...]
    found: tuple[str, ...]
    notes: tuple[str, ...]
    not_said: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Say whether every fact was reproduced."""
        return all(line.same for line in self.lines)


def replay(facts: Facts) -> list[Outcome]:
    """Run a facts file; a series yields one outcome for each edition and one for its rule."""
    if facts.get("schema") == SERIES or "midcycles" in facts:
        return replay_series(facts)
    return [replay_meetup(facts)]


def replay_meetup(facts: Facts) -> Outcome:
    """Run one meetup from idea to archive."""
    ledger = Ledger(facts)
    told = story.begin(facts, ledger)
    people_steps.gather_interest(told)
    story.move_to(told, "hosting")
    story.settle_place(told)
    story.join_series(told)
    story.thank_underwriters(told)
    story.move_to(told, "registration")
    people_steps.register(told)
    agenda_steps.propose_topics(told)
    story.move_to(told, "agenda")
    rooms, slots = agenda_steps.furnish(told)
    agenda_steps.hold_sessions(told, rooms, slots)
    agenda_steps.release(told)
    story.move_to(told, "on_site")
    people_steps.open_door(told)
    story.move_to(told, "wrap_up")
    wrap_up_steps.gather_feedback(told)
    wrap_up_steps.keep_the_rest(told)
    wrap_up_steps.publish_report(told)
    story.move_to(told, "archived")
    return Outcome(told.meetup.slug, tuple(ledger.lines), tuple(ledger.found), tuple(ledger.notes), tuple(not_said(facts)))


def replay_series(facts: Facts) -> list[Outcome]:
    """Run each edition of a series as a meetup, and check the rotation rule on those that say what followed them."""
    name = str(facts.get("id") or "series")
    outcomes = []
    holds: dict[str, bool] = {}
    for edition in items(facts.get("midcycles") or facts.get("meetups") or facts.get("editions")):
        outcomes.append(replay_meetup(as_meetup(edition, name)))
        verdict = rotation_holds(str(edition.get("region") or ""), str(mapping(edition.get("next_summit")).get("region") or ""))
        if verdict is not None:
            holds[str(edition.get("id"))] = verdict
    rest = {
        key: value
        for key, value in facts.items()
        if key not in {"midcycles", "meetups", "editions", "sources", "schema", "missing"}
    }
    lines = tuple(Line(key, value, plain(value), "kept") for key, value in rest.items())
    kept = tuple(key for key, verdict in holds.items() if verdict)
    broken = tuple(key for key, verdict in holds.items() if not verdict)
    notes = (f"rotation rule kept by: {', '.join(kept) or 'none'}", f"rotation rule not kept by: {', '.join(broken) or 'none'}")
    outcomes.append(Outcome(name, lines, (), notes, tuple(not_said(facts)) if "missing" in facts else ()))
    return outcomes


def as_meetup(edition: Facts, series: str) -> dict[str, object]:
    """Return an edition of a series in the form of a meetup's own file."""
    size = {
        new: edition[old]
        for old, new in (("attendance", "attendance"), ("ticket_limit", "announced_ticket_limit"))
        if old in edition
    }
    dates = {new: edition[old] for old, new in (("start", "start"), ("end", "end"), ("when", "month")) if old in edition}
    moved = {"attendance", "ticket_limit", "start", "end", "when", "city", "source"}
    rest = {key: value for key, value in edition.items() if key not in moved}
    name = f"{series.replace('-', ' ').capitalize()}: {edition.get('city') or edition.get('id')}"
    facts: dict[str, object] = {"name": name, "series": series, **rest}
    if size:
        facts["size"] = size
    if dates:
        facts["dates"] = dates
    if "city" in edition:
        facts["location"] = {"city": edition["city"]}
    if "source" in edition:
        facts["from_sources"] = edition["source"]
    return facts


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

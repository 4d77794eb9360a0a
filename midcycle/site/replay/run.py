"""Runs a whole facts file and says what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from midcycle.kernel.slugs import slug_from
from midcycle.meetups import actions as meetups
from midcycle.meetups.rules import rotation_holds
from midcycle.site.replay import agenda_steps, people_steps, story, wrap_up_steps
from midcycle.site.replay.ledger import Ledger, Line, plain
from midcycle.site.replay.reading import SERIES, Facts, items, mapping, names, not_said

EDITIONS = ("midcycles", "meetups", "editions")


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
    story.reach_the_day(told)
    story.move_to(told, "on_site")
    people_steps.open_door(told)
    story.move_to(told, "wrap_up")
    wrap_up_steps.gather_feedback(told)
    wrap_up_steps.keep_the_rest(told)
    wrap_up_steps.publish_report(told)
    story.move_to(told, "archived")
    return Outcome(told.meetup.slug, tuple(ledger.lines), tuple(ledger.found), tuple(ledger.notes), tuple(not_said(facts)))


def replay_series(facts: Facts) -> list[Outcome]:
    """Run each edition of a series as a meetup; the series' own facts come last, with its rule held against its history."""
    ledger = Ledger(facts)
    name, rule = str(facts.get("id") or "series"), mapping(facts.get("rotation_rule"))
    began = datetime(2014, 1, 1, tzinfo=UTC)
    text = "; ".join(f"{key}: {value}" for key, value in rule.items())
    title = str(facts.get("name") or name.replace("-", " ").capitalize())
    series = meetups.start_series(title, slug=name, now=began)
    meetups.set_rotation_rule(series, text, now=began)
    ledger.lived("id", slug_from(name), series.slug)
    for key, value in rule.items():
        ledger.lived(
            f"rotation_rule.{key}",
            f"{key}: {value}",
            next((p for p in series.rotation_rule.split("; ") if p.startswith(f"{key}: ")), None),
        )
    outcomes = [replay_meetup(as_meetup(edition, facts)) for edition in _editions(facts)]
    ledger.settle("schema", "missing", "sources", *EDITIONS)
    if outcomes:
        wrap_up_steps.keep_on(outcomes[0].slug, ledger, prefix="series.")
    notes = _rotation(facts)
    outcomes.append(Outcome(name, tuple(ledger.lines), (), notes, tuple(not_said(facts)) if "missing" in facts else ()))
    return outcomes


def _editions(facts: Facts) -> list[Facts]:
    return [edition for key in EDITIONS for edition in items(facts.get(key))]


def _rotation(facts: Facts) -> tuple[str, ...]:
    """Say which editions kept the rule; those that do not say which summit followed are left out."""
    kept: dict[bool, list[str]] = {True: [], False: []}
    for edition in _editions(facts):
        verdict = rotation_holds(str(edition.get("region") or ""), str(mapping(edition.get("next_summit")).get("region") or ""))
        if verdict is not None:
            kept[verdict].append(str(edition.get("id")))
    said = (
        f"the rotation rule holds for: {', '.join(kept[True]) or 'none'}",
        f"it does not hold for: {', '.join(kept[False]) or 'none'}",
    )
    return said if kept[True] or kept[False] else ()


def as_meetup(edition: Facts, series_facts: Facts) -> dict[str, object]:
    """Return an edition of a series in the form of a meetup's own file, with the sources it names."""
    series, known = str(series_facts.get("id") or "series"), mapping(series_facts.get("sources"))
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
    facts["sources"] = {key: known[key] for key in names(edition.get("source")) if key in known}
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

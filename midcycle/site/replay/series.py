"""A series of meetups: its editions in the form of a meetup's own file, its facts, its rule against its history."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from midcycle.kernel.slugs import slug_from
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup, Series
from midcycle.report.models import Source
from midcycle.series.actions.rotation import set_rule
from midcycle.series.rules.facts import terms_of
from midcycle.series.rules.rotation import Edition, Rule, Summit, judge
from midcycle.site.replay.ledger import Ledger
from midcycle.site.replay.reading import MEETUP, SERIES, Facts, mapping, names, text
from midcycle.site.replay.shape import usual
from midcycle.site.replay.wrap_up_steps import keep_on

EDITIONS: Final = ("midcycles", "meetups", "editions")
_BEGAN: Final = datetime(2014, 1, 1, tzinfo=UTC)
_SIZES: Final = {"attendance": "attendance", "ticket_limit": "announced_ticket_limit"}
_DATES: Final = {"start": "start", "end": "end", "when": "month", "month": "month"}
_PLACES: Final = ("city", "country", "venue")


def is_series(facts: Facts) -> bool:
    """Say whether the file tells of several editions."""
    has_editions = any(isinstance(facts.get(key), list | dict) and facts[key] for key in EDITIONS)
    return facts.get("schema") == SERIES or (has_editions and facts.get("schema") != MEETUP)


def start(facts: Facts, ledger: Ledger) -> str:
    """Start the series with its rule, and compare; return its slug."""
    name, rule = text(facts.get("id")) or text(facts.get("name")) or "series", facts.get("rotation_rule")
    title = text(facts.get("name")) or name.replace("-", " ").capitalize()
    series = meetups.start_series(title[:160], slug=name, now=_BEGAN)
    told = {f"rotation_rule.{key}": f"{key}: {value}" for key, value in mapping(rule).items()}
    if text(rule):
        told = {"rotation_rule": text(rule)}
    terms = terms_of(rule, mapping(facts.get("sources")), [])
    if terms and (terms.opposes_summit or terms.never_twice or terms.other_country):
        set_rule(series, replace(terms, text=terms.text or "; ".join(told.values())), by=None, now=_BEGAN)
    if told:
        meetups.set_rotation_rule(series, "; ".join(told.values()), now=_BEGAN)
    held = Series.objects.get(pk=series.pk)
    if text(facts.get("id")):
        ledger.lived("id", facts["id"], held.slug, means=slug_from(name))
    if text(facts.get("name")):
        ledger.lived("name", facts["name"], held.title)
    for path, said in told.items():
        ledger.lived(path, said, said if said in held.rotation_rule else held.rotation_rule)
    ledger.settle("schema", "missing", *EDITIONS)
    return held.slug


def keep_series(slugs: list[str], ledger: Ledger) -> None:
    """Keep the other facts of a series with its first edition; without one there is nothing to keep them with.

    A source that an edition names is kept there already.
    """
    held = Source.objects.filter(meetup__slug__in=slugs).values_list("where", flat=True)
    for key, where in mapping(ledger.facts.get("sources")).items():
        if text(where) and text(where) in held:
            ledger.settle(f"sources.{key}")
    first = Meetup.objects.filter(slug__in=slugs).order_by("pk").first()
    if first is not None:
        keep_on(first.slug, ledger, prefix="series.")
        return
    for path, value in list(ledger.unsettled()):
        ledger.kept(path, value, None)
        ledger.note("there is no edition that the facts of the series could be kept with")


def editions(facts: Facts) -> list[Facts]:
    """Return the editions of a series; one told as text alone has that as its name."""
    found: list[Facts] = []
    for told in (facts.get(key) for key in EDITIONS):
        things = [{"id": key, **mapping(item)} for key, item in told.items()] if isinstance(told, dict) else told
        found += [
            thing if isinstance(thing, Mapping) else {"name": thing} for thing in (things if isinstance(things, list) else [])
        ]
    return found


def as_meetup(edition: Facts, series_facts: Facts) -> Facts:
    """Return an edition of a series in the form of a meetup's own file, with the sources it names; nothing is overwritten."""
    shaped = dict(usual(edition))
    series = text(series_facts.get("id")) or text(series_facts.get("name")) or "series"
    for table, keys in (("size", _SIZES), ("dates", _DATES), ("location", {key: key for key in _PLACES})):
        _move(shaped, table, keys)
    known, named = mapping(series_facts.get("sources")), names(shaped.get("source"))
    unknown = [key for key in named if key not in known]
    if named and not isinstance(shaped.get("sources"), list | str):
        shaped["sources"] = {**mapping(shaped.get("sources")), **{key: known[key] for key in named if key in known}}
        shaped.pop("source")
        if unknown:
            shaped["source"] = unknown
    city = text(mapping(shaped.get("location")).get("city")) or text(shaped.get("id"))
    return {"name": f"{series.replace('-', ' ').capitalize()}: {city}", "series": series, **shaped}


def rotation(facts: Facts) -> tuple[str, ...]:
    """Say which editions kept the rule; those that do not say which summit followed are left out."""
    found = [
        Edition(text(edition.get("id")), "", text(edition.get("region")), summit=Summit(region=_region_after(edition)))
        for edition in editions(facts)
    ]
    verdicts = judge(found, [Rule(1, opposes_summit=True)])
    kept, broken = ([each.key for each in found if verdicts[each.key].state == state] for state in ("kept", "broken"))
    said = (
        f"the rotation rule holds for: {', '.join(kept) or 'none'}",
        f"it does not hold for: {', '.join(broken) or 'none'}",
    )
    return said if kept or broken else ()


def _region_after(edition: Facts) -> str:
    return text(mapping(edition.get("next_summit")).get("region"))


def _move(shaped: dict[str, object], table: str, keys: Mapping[str, str]) -> None:
    """Move facts told beside a table into it, unless it tells them itself or is no table."""
    held = shaped.get(table, {})
    if not isinstance(held, Mapping):
        return
    moved = {new: shaped[old] for old, new in keys.items() if old in shaped and new not in held}
    fits = {key: value for key, value in moved.items() if not isinstance(value, list | dict) or key not in _SIZES.values()}
    if fits:
        shaped[table] = {**held, **fits}
        for old, new in keys.items():
            if new in fits and old in shaped and shaped[old] is fits[new]:
                shaped.pop(old)

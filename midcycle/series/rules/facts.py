"""Reads a file of facts about a series: its rule and its past editions. Pure.

Whatever strangers wrote: what cannot be used is left out and told in a remark, never guessed.
The form is `midcycle-series-facts/1`, as `midcycle replay` reads it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

import yaml

from midcycle.kernel.refusal import Refusal
from midcycle.kernel.slugs import slug_from
from midcycle.kernel.typed import one_line
from midcycle.kernel.words import gettext, gettext_noop
from midcycle.kernel.yaml_text import read_yaml
from midcycle.kernel.zones import countries
from midcycle.meetups.rules import REGIONS
from midcycle.series.rules.regions import WIDE, Region, key_of, usual
from midcycle.series.rules.rotation import MOST_GAP, Edition, Rule, Summit

SCHEMA: Final = "midcycle-series-facts/1"
MOST_BYTES: Final = 512 * 1024
MOST_EDITIONS: Final = 300
MOST_PEOPLE: Final = 1_000_000
FIRST_DAY: Final = date(1950, 1, 1)
LAST_DAY: Final = date(2099, 12, 31)
CONSTRAINTS: Final = frozenset({"oppose-next-summit", "not-twice-running", "another-country"})
_MOST_REMARKS: Final = 30
_LISTS: Final = ("midcycles", "meetups", "editions")
_MONTH: Final = re.compile(r"(\d{4})-(\d{2})")
_NO_FACTS: Final = gettext_noop(
    "This is no file of a series. It has to be YAML with a list named midcycles, meetups or editions."
)
_OPPOSES: Final = re.compile(r"\boppos|\b(?:not|never)\b[^.;]*\bsummit|\bother\b[^.;]*\bthan\b[^.;]*\bsummit", re.IGNORECASE)
_TWICE: Final = re.compile(r"\b(?:not|never)\b[^.;]*\b(?:twice|same|in a row|running)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a rule says: the sentence for people, its demands, since when, and where that is written."""

    text: str = ""
    regions: tuple[Region, ...] = ()
    opposes_summit: bool = False
    never_twice: bool = False
    other_country: bool = False
    least_gap: int | None = None
    decided_on: date | None = None
    judged_from: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """One past edition. Blank and None mean not known; `month_only` says that `starts_on` stands for its month."""

    key: str
    name: str
    city: str = ""
    country: str = ""
    region: str = ""
    latitude: float | None = None
    longitude: float | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    month_only: bool = False
    attendance: int | None = None
    summit_city: str = ""
    summit_region: str = ""
    summit_on: date | None = None
    beside: str = ""
    source: str = ""
    excepted: str = ""


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """What a file says of a series."""

    key: str
    title: str
    terms: Terms | None
    editions: tuple[Past, ...]
    remarks: tuple[str, ...]


def read_file(data: bytes) -> SeriesFacts:
    """Return what a file says. Raises Refusal in one sentence when it is no such file."""
    if len(data) > MOST_BYTES:
        raise Refusal(
            gettext("This file is larger than %(most)s KB. Choose the facts of one series alone.")
            % {"most": MOST_BYTES // 1024}
        )
    try:
        facts = read_yaml(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refusal(gettext("This file is not UTF-8 text. Save it as UTF-8.")) from None
    except Refusal as refusal:
        raise Refusal(gettext("This file cannot be read: %(why)s.") % {"why": refusal.message}) from None
    except (yaml.YAMLError, ValueError) as error:
        why = " ".join(str(error).split())[:200]
        raise Refusal(gettext("This file is not YAML: %(why)s") % {"why": why}) from None
    if not isinstance(facts, Mapping):
        raise Refusal(gettext(_NO_FACTS))
    return read_series(facts)


def read_series(facts: Mapping[str, object]) -> SeriesFacts:
    """Return what facts say of a series. Raises Refusal when they are of another form."""
    if facts.get("schema", SCHEMA) != SCHEMA:
        told_as = {"form": _text(facts["schema"])[:60], "ours": SCHEMA}
        raise Refusal(gettext("This file is of the form %(form)s. Choose one of %(ours)s.") % told_as)
    told = [item for name in _LISTS for item in _items(facts.get(name))]
    if not told and not facts.get("rotation_rule"):
        raise Refusal(gettext(_NO_FACTS))
    if len(told) > MOST_EDITIONS:
        raise Refusal(gettext("There are more than %(most)s editions in this file. Split it.") % {"most": MOST_EDITIONS})
    remarks: list[str] = []
    sources = _mapping(facts.get("sources"))
    editions = _without_twins([_past(item, sources, remarks) for item in told], remarks)
    terms = terms_of(facts.get("rotation_rule"), sources, remarks)
    name = _text(facts.get("name")) or _text(facts.get("title"))
    key = _text(facts.get("id")) or name or "series"
    title = name or key.replace("-", " ").capitalize()
    return SeriesFacts(slug_from(key), title[:160], terms, _with_exceptions(editions, facts, remarks), tuple(remarks))


def terms_of(rule: object, sources: Mapping[str, object], remarks: list[str]) -> Terms | None:
    """Return what a rule says, told as a sentence or as a table; None when there is none."""
    told = _mapping(rule)
    text = _text(told.get("text")) or (rule if isinstance(rule, str) else "")
    if not text and not told:
        if rule:
            _remark(remarks, gettext("The rule is neither a sentence nor a table; it was left out."))
        return None
    read = terms_in(text)
    asked = {_text(item).casefold().replace("_", "-") for item in _items(told.get("constraints"))}
    if asked or told.get("regions"):
        regions = tuple(usual(_text(item)) for item in _items(told.get("regions")) if _text(item))[:12]
        for odd in sorted(asked - CONSTRAINTS):
            _remark(remarks, gettext("The constraint “%(name)s” is not known; it was left out.") % {"name": odd[:60]})
        read = replace(
            read,
            regions=tuple(dict.fromkeys(regions)),
            opposes_summit="oppose-next-summit" in asked,
            never_twice="not-twice-running" in asked,
            other_country="another-country" in asked,
        )
    elif read.regions or read.opposes_summit or read.never_twice:
        _remark(remarks, gettext("The demands of the rule were read out of its sentence. Look whether they are what it means."))
    gap = _count(told.get("least_gap_months"), MOST_GAP)
    decided, judged = (_day(told.get(key))[0] for key in ("decided", "judged_from"))
    source = _sources(told.get("source"), sources)
    return replace(read, least_gap=gap or None, decided_on=decided, judged_from=judged or decided, source=source)


def edition_of(past: Past) -> Edition:
    """Return a past edition as the rule sees it."""
    return Edition(
        key=past.key,
        name=past.name,
        region=past.region,
        country=past.country,
        starts_on=past.starts_on,
        ends_on=past.ends_on,
        month_only=past.month_only,
        summit=Summit(past.summit_city, past.summit_region, past.summit_on),
        excepted=past.excepted,
    )


def rule_in(terms: Terms, number: int = 1) -> Rule:
    """Return what terms ask for as a rule."""
    return Rule(
        number=number,
        regions=terms.regions,
        opposes_summit=terms.opposes_summit,
        never_twice=terms.never_twice,
        other_country=terms.other_country,
        least_gap=terms.least_gap,
        decided_on=terms.decided_on,
        judged_from=terms.judged_from,
    )


def terms_in(text: str) -> Terms:
    """Return what a sentence asks for, as far as our words for regions, summits and repetition are in it."""
    plain = one_line(text)
    lowered = plain.casefold().replace("_", "-")
    words = {key: (key, name.casefold()) for key, name in REGIONS.items()}
    words |= {key: (key, region.name.casefold()) for key, region in WIDE.items()}
    places = {
        key: min((place for word in said if (place := _place(word, lowered)) >= 0), default=-1) for key, said in words.items()
    }
    found = sorted((place, key) for key, place in places.items() if place >= 0)
    regions = tuple(usual(key) for _, key in found) if len(found) > 1 else ()
    return Terms(
        text=plain[:2000], regions=regions, opposes_summit=bool(_OPPOSES.search(plain)), never_twice=bool(_TWICE.search(plain))
    )


def _place(word: str, text: str) -> int:
    found = re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)
    return found.start() if found else -1


def _past(item: object, sources: Mapping[str, object], remarks: list[str]) -> Past:
    told = _mapping(item)
    dates, place, size = (_mapping(told.get(key)) for key in ("dates", "location", "size"))
    begins = told.get("start", told.get("when", dates.get("start", dates.get("month"))))
    starts, month_only = _day(begins)
    ends, _ = _day(told.get("end", dates.get("end")))
    city = _text(told.get("city") or place.get("city"))[:80]
    name = (
        _text(told.get("name"))
        or (f"{city} {starts.year}" if city and starts else city)
        or _text(told.get("id"))
        or _text(item)
    )
    if begins is not None and starts is None:
        _remark(remarks, _no_day(name, begins))
    if starts and ends and not starts <= ends:
        _remark(remarks, gettext("%(edition)s: its last day is before the first, and was left out.") % {"edition": name[:60]})
        ends = None
    summit = _mapping(told.get("next_summit"))
    latitude, longitude = _degrees(told.get("latitude"), 90), _degrees(told.get("longitude"), 180)
    both = latitude is not None and longitude is not None
    return Past(
        key=slug_from(_text(told.get("id")) or name),
        name=name[:160],
        city=city,
        country=_country(told.get("country") or place.get("country")),
        region=key_of(_text(told.get("region")))[:60],
        latitude=latitude if both else None,
        longitude=longitude if both else None,
        starts_on=starts,
        ends_on=ends if starts and not month_only else None,
        month_only=month_only,
        attendance=_count(told.get("attendance", size.get("attendance")), MOST_PEOPLE),
        summit_city=_text(summit.get("city") or summit.get("name"))[:80],
        summit_region=key_of(_text(summit.get("region")))[:60],
        summit_on=_day(summit.get("when", summit.get("start")))[0],
        beside=_text(told.get("colocated_with"))[:120],
        source=_sources(told.get("source"), sources),
        excepted=_text(told.get("exception"))[:500],
    )


def _no_day(name: str, said: object) -> str:
    told_as = {"edition": name[:60], "day": _text(said)[:30]}
    return gettext("%(edition)s: “%(day)s” is no day; it has none now.") % told_as


def _without_twins(found: Sequence[Past], remarks: list[str]) -> list[Past]:
    kept: dict[str, Past] = {}
    for past in found:
        if past.key in kept:
            told_as = {"edition": past.name[:60], "key": past.key}
            _remark(remarks, gettext("%(edition)s is there twice, as %(key)s; the first was taken.") % told_as)
        elif past.name:
            kept[past.key] = past
    return list(kept.values())


def _with_exceptions(editions: Sequence[Past], facts: Mapping[str, object], remarks: list[str]) -> tuple[Past, ...]:
    told = [_mapping(item) for item in _items(facts.get("exceptions"))]
    reasons = {slug_from(_text(item.get("edition"))): _text(item.get("reason"))[:500] for item in told}
    for key in reasons.keys() - {past.key for past in editions}:
        _remark(remarks, gettext("The exception for %(key)s is for no edition of this file; it was left out.") % {"key": key})
    return tuple(replace(past, excepted=reasons.get(past.key) or past.excepted) for past in editions)


def _day(value: object) -> tuple[date | None, bool]:
    """Return a day, and whether it only stands for its month."""
    if isinstance(value, datetime):
        value = value.date()
    text, month_only = _text(value), False
    found = _MONTH.fullmatch(text)
    if found:
        text, month_only = f"{text}-01", True
    try:
        day = value if isinstance(value, date) else date.fromisoformat(text)
    except ValueError:
        return None, False
    return (day, month_only) if FIRST_DAY <= day <= LAST_DAY else (None, False)


def _country(value: object) -> str:
    said, known = _text(value), countries()
    if said.upper() in known:
        return said.upper()
    return next((code for code, name in known.items() if said and name.casefold() == said.casefold()), "")


def _degrees(value: object, most: int) -> float | None:
    number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    return number if number is not None and -most <= number <= most else None


def _count(value: object, most: int) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most else None


def _sources(named: object, sources: Mapping[str, object]) -> str:
    said = [_text(sources.get(_text(item))) or _text(item) for item in _items(named)]
    return " ".join(word for word in said if word)[:500]


def _items(value: object) -> list[object]:
    """Return the things of a list, those of a table with their names as ids, or one thing alone."""
    if isinstance(value, Mapping):
        return [{"id": key, **_mapping(item)} for key, item in value.items()]
    return list(value) if isinstance(value, list | tuple) else [] if value is None else [value]


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, bool | Mapping | list | tuple | set | bytes) else one_line(str(value))


def _remark(remarks: list[str], sentence: str) -> None:
    if sentence not in remarks and len(remarks) < _MOST_REMARKS:
        remarks.append(sentence)

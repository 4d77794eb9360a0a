"""The rule by which a series moves around, and each edition held against it. Pure.

The rule of the OpenStack operators' meetups, decided on 17 May 2016: lock region and time first, and choose the region so as to
oppose that of the summit that follows.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from midcycle.series.rules.months import day_in_words, many, month_in_words, months_between
from midcycle.series.rules.regions import Region, key_of, name_of, part_name, region_of

State = Literal["kept", "broken", "excepted", "before", "unknown"]
STATE_NAMES: Final[dict[State, str]] = {
    "kept": "Kept",
    "broken": "Broken",
    "excepted": "Exception",
    "before": "Before the rule",
    "unknown": "Not judged",
}
MOST_GAP: Final = 60


@dataclass(frozen=True, slots=True)
class Summit:
    """The larger event that follows an edition; blank and None mean not known. Only its month may be known: `on` is in it."""

    name: str = ""
    region: str = ""
    on: date | None = None
    country: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition: past, or planned. `month_only` says that `starts_on` stands for its month. `excepted` is a public reason."""

    key: str
    name: str
    region: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    month_only: bool = False
    summit: Summit = Summit()
    excepted: str = ""
    country: str = ""
    is_over: bool = True

    @property
    def verb(self) -> str:
        """Return how to speak of it."""
        return "was" if self.is_over else "is"


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of a rule. `judged_from` None means from the first edition on; `least_gap` is in months."""

    number: int
    regions: tuple[Region, ...] = ()
    opposes_summit: bool = False
    never_twice: bool = False
    other_country: bool = False
    least_gap: int | None = None
    decided_on: date | None = None
    judged_from: date | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an edition stands to the rule. `would` says how an excepted one, or one before the rule, does all the same."""

    state: State
    sentence: str
    would: bool | None = None
    in_hindsight: bool = False

    @property
    def is_kept(self) -> bool:
        """Say whether it was judged and kept the rule."""
        return self.state == "kept"

    @property
    def is_broken(self) -> bool:
        """Say whether it was judged and broke the rule."""
        return self.state == "broken"

    @property
    def name(self) -> str:
        """Return the verdict in one or two words."""
        if self.state == "before" and self.would is False:
            return "Before the rule, against it"
        return STATE_NAMES[self.state]


@dataclass(frozen=True, slots=True)
class _Finding:
    """One demand of a rule: met, not met, or not to be told."""

    holds: bool | None
    sentence: str


_FIRST: Final = _Finding(holds=True, sentence="")  # nothing was before it


def in_order(editions: Sequence[Edition]) -> list[Edition]:
    """Return editions by their days, those without any last."""
    return sorted(editions, key=lambda edition: (edition.starts_on is None, edition.starts_on or date.max, edition.key))


def judge(editions: Sequence[Edition], rules: Sequence[Rule]) -> dict[str, Verdict]:
    """Return the verdict on each edition by its key: each by the newest version that holds for its day."""
    verdicts: dict[str, Verdict] = {}
    before: Edition | None = None
    for edition in in_order(editions):
        verdicts[edition.key] = _verdict(edition, before, rules)
        before = edition if edition.starts_on else before
    return verdicts


def rule_for(day: date | None, rules: Sequence[Rule]) -> Rule | None:
    """Return the newest version that judges this day; without a day, the newest of all."""
    held = [rule for rule in rules if day is None or rule.judged_from is None or rule.judged_from <= day]
    return max(held, key=lambda rule: rule.number, default=None)


def tally(verdicts: Sequence[Verdict]) -> str:
    """Return in sentences how a series did."""
    counts = Counter(verdict.state for verdict in verdicts)
    judged = counts["kept"] + counts["broken"]
    said = [f"{counts['kept']} of {many(judged, 'edition')} that the rule judges kept it." if judged else ""]
    hindsight = sum(verdict.in_hindsight for verdict in verdicts if verdict.state in {"kept", "broken"})
    said += [f"{_one_of(hindsight, judged)} took place before it was decided." if hindsight else ""]
    said += [f"{many(counts['excepted'], 'exception')} with a reason." if counts["excepted"] else ""]
    said += [_of_before([verdict.would for verdict in verdicts if verdict.state == "before"])]
    said += [f"{many(counts['unknown'], 'edition')} not judged, for want of facts." if counts["unknown"] else ""]
    return " ".join(sentence for sentence in said if sentence)


def _of_before(would: Sequence[bool | None]) -> str:
    if not would:
        return ""
    parts = [f"{would.count(True)} would have kept it" if True in would else ""]
    parts += [f"{would.count(False)} would have broken it" if False in would else ""]
    told = " and ".join(part for part in parts if part)
    return f"{many(len(would), 'edition')} took place before the rule{f': {told}' if told else ''}."


def in_words(rule: Rule) -> tuple[str, ...]:
    """Return the demands of a rule, one in a sentence."""
    names = [region.name for region in rule.regions]
    said = [
        f"Each edition is in one of these regions: {', '.join(names)}." if names else "",
        "It is not in the region of the summit that follows it." if rule.opposes_summit else "",
        "It is not in the region of the edition before it." if rule.never_twice else "",
        "It is not in the country of the edition before it." if rule.other_country else "",
        f"At least {many(rule.least_gap, 'month')} lie between two editions." if rule.least_gap else "",
    ]
    return tuple(sentence for sentence in said if sentence)


def since_in_words(rule: Rule) -> str:
    """Return when a rule was decided and from when on editions are held against it, so that nobody is misled."""
    decided = f"Decided on {day_in_words(rule.decided_on)}." if rule.decided_on else ""
    if rule.judged_from is None:
        return f"{decided} Every edition is held against it.".strip()
    judged = f"Editions from {day_in_words(rule.judged_from)} on are held against it"
    if rule.decided_on and rule.judged_from < rule.decided_on:
        return f"{decided} {judged}: those before the decision in hindsight, and marked so."
    return f"{decided} {judged}.".strip()


def _verdict(edition: Edition, before: Edition | None, rules: Sequence[Rule]) -> Verdict:
    rule = rule_for(edition.starts_on, rules)
    if not rules:
        return Verdict("unknown", "This series has no rule yet.")
    if rule is None:
        first = min(rules, key=lambda each: (each.judged_from or date.min, -each.number))
        return _before(_findings(edition, before, first))
    findings = list(_findings(edition, before, rule))
    hindsight = bool(rule.decided_on and edition.starts_on and edition.starts_on < rule.decided_on)
    return _judged(edition, findings, _afterthought(rule) if hindsight else "", hindsight=hindsight)


def _judged(edition: Edition, findings: list[_Finding], afterthought: str, *, hindsight: bool) -> Verdict:
    holds = _all_hold(findings)
    said = _said(findings, holds)
    if edition.excepted:
        return Verdict("excepted", f"An exception: {edition.excepted}", holds)
    if holds is None:
        return Verdict("unknown", said or "The rule asks for nothing that can be judged.")
    said = said or "Nothing speaks against it."
    return Verdict("kept" if holds else "broken", f"{said}{afterthought}", holds, hindsight)


def _before(findings: Iterator[_Finding]) -> Verdict:
    found = list(findings)
    holds = _all_hold(found)
    if holds is None:
        return Verdict("before", "It took place before the rule.")
    would = "kept" if holds else "broken"
    return Verdict("before", f"It took place before the rule, and would have {would} it. {_said(found, holds)}", holds)


def _afterthought(rule: Rule) -> str:
    return f" Judged in hindsight: the rule was decided on {day_in_words(rule.decided_on)}." if rule.decided_on else ""


def _all_hold(findings: Sequence[_Finding]) -> bool | None:
    """Return False when one demand is not met, else None when one cannot be told or there is none, else True."""
    said = {finding.holds for finding in findings}
    return False if False in said else None if None in said or not said else True


def _said(findings: Sequence[_Finding], holds: bool | None) -> str:  # noqa: FBT001 - the answer itself
    return " ".join(finding.sentence for finding in findings if finding.holds is holds and finding.sentence)


def _findings(edition: Edition, before: Edition | None, rule: Rule) -> Iterator[_Finding]:
    if not edition.region:
        yield _Finding(None, "Its region is not known.")
        return
    if _needs_country(edition, rule):
        yield _Finding(None, "Its country is not known, and the regions of the rule are made of countries.")
    elif rule.regions:
        listed = region_of(edition.region, rule.regions, edition.country) is not None
        where = part_name(edition.country) if edition.country else name_of(edition.region)
        yield _Finding(listed, "" if listed else f"{where} is not one of the regions of the rule.")
    if rule.opposes_summit:
        yield _against_summit(edition, rule)
    if rule.never_twice:
        yield _against_last(edition, before, rule) if before else _FIRST
    if rule.other_country:
        yield _other_country(edition, before) if before else _FIRST
    if rule.least_gap:
        yield _gap(edition, before, rule.least_gap) if before else _FIRST


def _against_summit(edition: Edition, rule: Rule) -> _Finding:
    summit = edition.summit
    if not summit.region:
        return _Finding(None, f"Nobody has said in which region the summit after it {edition.verb}.")
    here, there = _where(edition, rule), name_of(summit.region, rule.regions, summit.country)
    if _is_rough(edition, rule):
        return _Finding(None, f"Of the summit after it only {there} is known; say its country.")
    called = f"The summit in {summit.name}" if summit.name else "The summit after it"
    when = f" in {month_in_words(summit.on)}" if summit.on else ""
    holds = here != there
    return _Finding(holds, f"{called}{when} {edition.verb} in {there}{f', this in {here}' if holds else ' as well'}.")


def _against_last(edition: Edition, before: Edition, rule: Rule) -> _Finding:
    if not before.region:
        return _Finding(None, "The region of the edition before it is not known.")
    here, there = _where(edition, rule), _where(before, rule)
    holds = here != there
    if holds:
        return _Finding(holds, f"The edition before it {before.verb} in {there}.")
    return _Finding(holds, f"The edition before it, {before.name}, {before.verb} in {there} as well.")


def _other_country(edition: Edition, before: Edition) -> _Finding:
    if not edition.country or not before.country:
        return _Finding(None, "Its country, or that of the edition before it, is not known.")
    holds = edition.country != before.country
    there = part_name(before.country)
    return _Finding(holds, f"The edition before it, {before.name}, {before.verb} in {there}{'' if holds else ' as well'}.")


def _needs_country(edition: Edition, rule: Rule) -> bool:
    if edition.country or region_of(edition.region, rule.regions):
        return False
    return any(part.isupper() for region in rule.regions for part in (region.key, *region.parts))


def _where(edition: Edition, rule: Rule) -> str:
    return name_of(edition.region, rule.regions, edition.country)


def _is_rough(edition: Edition, rule: Rule) -> bool:
    """Say whether the summit is known by a word that is wider than the regions of the rule, and may be where the edition is."""
    summit = edition.summit
    if region_of(summit.region, rule.regions, summit.country) or not region_of("", rule.regions, edition.country):
        return False
    return key_of(summit.region) == key_of(edition.region)


def _gap(edition: Edition, before: Edition, least: int) -> _Finding:
    if edition.starts_on is None or before.starts_on is None:
        return _Finding(None, "Its day is not known.")
    months = months_between(before.starts_on, edition.starts_on)
    said = f"It {'began' if edition.is_over else 'begins'} {many(months, 'month')} after the edition before it"
    return _Finding(months >= least, f"{said}." if months >= least else f"{said}; the rule asks for {least}.")


def _one_of(count: int, judged: int) -> str:
    return "It" if judged == 1 else f"{count} of them"

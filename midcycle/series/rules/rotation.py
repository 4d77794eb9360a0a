"""The rule by which a series moves around, and each edition held against it. Pure.

The rule of the OpenStack operators' meetups, decided on 17 May 2016: lock region and time first, and choose the region so as to
oppose that of the summit that follows.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from midcycle.kernel.words import day_in_words, gettext, gettext_noop
from midcycle.series.rules.counted import (
    began,
    begins,
    gap_in_words,
    of_before,
    of_excepted,
    of_hindsight,
    of_judged,
    of_unknown,
)
from midcycle.series.rules.months import months_between
from midcycle.series.rules.regions import Region, called, key_of, name_of, part_in_words, region_of

State = Literal["kept", "broken", "excepted", "before", "unknown"]
STATE_NAMES: Final[dict[State, str]] = {
    "kept": gettext_noop("Kept"),
    "broken": gettext_noop("Broken"),
    "excepted": gettext_noop("Exception"),
    "before": gettext_noop("Before the rule"),
    "unknown": gettext_noop("Not judged"),
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
            return gettext("Before the rule, against it")
        return gettext(STATE_NAMES[self.state])


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
    hindsight = sum(verdict.in_hindsight for verdict in verdicts if verdict.state in {"kept", "broken"})
    said = [of_judged(counts["kept"], judged) if judged else "", of_hindsight(hindsight, judged) if hindsight else ""]
    said += [of_excepted(counts["excepted"]) if counts["excepted"] else ""]
    said += [of_before([verdict.would for verdict in verdicts if verdict.state == "before"])]
    said += [of_unknown(counts["unknown"]) if counts["unknown"] else ""]
    return " ".join(sentence for sentence in said if sentence)


def in_words(rule: Rule) -> tuple[str, ...]:
    """Return the demands of a rule, one in a sentence."""
    names = [region.title for region in rule.regions]
    said = [
        gettext("Each edition is in one of these regions: %(regions)s.") % {"regions": ", ".join(names)} if names else "",
        gettext("It is not in the region of the summit that follows it.") if rule.opposes_summit else "",
        gettext("It is not in the region of the edition before it.") if rule.never_twice else "",
        gettext("It is not in the country of the edition before it.") if rule.other_country else "",
        gap_in_words(rule.least_gap) if rule.least_gap else "",
    ]
    return tuple(sentence for sentence in said if sentence)


def since_in_words(rule: Rule) -> str:
    """Return when a rule was decided and from when on editions are held against it, so that nobody is misled."""
    decided = gettext("Decided on %(day)s.") % {"day": day_in_words(rule.decided_on)} if rule.decided_on else ""
    if rule.judged_from is None:
        judged = gettext("Every edition is held against it.")
    elif rule.decided_on and rule.judged_from < rule.decided_on:
        judged = gettext("Editions from %(day)s on are held against it: those before the decision in hindsight, and marked so.")
    else:
        judged = gettext("Editions from %(day)s on are held against it.")
    return f"{decided} {judged % {'day': day_in_words(rule.judged_from)}}".strip()


def _verdict(edition: Edition, before: Edition | None, rules: Sequence[Rule]) -> Verdict:
    rule = rule_for(edition.starts_on, rules)
    if not rules:
        return Verdict("unknown", gettext("This series has no rule yet."))
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
        return Verdict("excepted", gettext("An exception: %(reason)s") % {"reason": edition.excepted}, holds)
    if holds is None:
        return Verdict("unknown", said or gettext("The rule asks for nothing that can be judged."))
    said = said or gettext("Nothing speaks against it.")
    return Verdict("kept" if holds else "broken", f"{said}{afterthought}", holds, hindsight)


def _before(findings: Iterator[_Finding]) -> Verdict:
    found = list(findings)
    holds = _all_hold(found)
    if holds is None:
        return Verdict("before", gettext("It took place before the rule."))
    kept = gettext("It took place before the rule, and would have kept it.")
    broken = gettext("It took place before the rule, and would have broken it.")
    return Verdict("before", f"{kept if holds else broken} {_said(found, holds)}", holds)


def _afterthought(rule: Rule) -> str:
    if rule.decided_on is None:
        return ""
    said = gettext("Judged in hindsight: the rule was decided on %(day)s.") % {"day": day_in_words(rule.decided_on)}
    return f" {said}"


def _all_hold(findings: Sequence[_Finding]) -> bool | None:
    """Return False when one demand is not met, else None when one cannot be told or there is none, else True."""
    said = {finding.holds for finding in findings}
    return False if False in said else None if None in said or not said else True


def _said(findings: Sequence[_Finding], holds: bool | None) -> str:  # noqa: FBT001 - the answer itself
    return " ".join(finding.sentence for finding in findings if finding.holds is holds and finding.sentence)


def _findings(edition: Edition, before: Edition | None, rule: Rule) -> Iterator[_Finding]:
    if not edition.region:
        yield _Finding(None, gettext("Its region is not known."))
        return
    if _needs_country(edition, rule):
        yield _Finding(None, gettext("Its country is not known, and the regions of the rule are made of countries."))
    elif rule.regions:
        listed = region_of(edition.region, rule.regions, edition.country) is not None
        where = part_in_words(edition.country) if edition.country else name_of(edition.region)
        outside = gettext("%(place)s is not one of the regions of the rule.") % {"place": where}
        yield _Finding(listed, "" if listed else outside)
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
        was = gettext("Nobody has said in which region the summit after it was.")
        return _Finding(None, was if edition.is_over else gettext("Nobody has said in which region the summit after it is."))
    here, there = _where(edition, rule), called(summit.region, rule.regions, summit.country)
    if _is_rough(edition, rule):
        said = gettext("Of the summit after it only %(region)s is known; say its country.") % {"region": there.title}
        return _Finding(None, said)
    holds = here.name != there.name
    told = {"summit": _summit_in_words(summit), "there": there.title, "here": here.title}
    return _Finding(holds, _summit_and_edition(holds=holds, is_over=edition.is_over) % told)


def _summit_in_words(summit: Summit) -> str:
    """Return a summit as the subject of a sentence, which it begins."""
    if summit.name and summit.on:
        said = gettext("The summit in %(city)s in %(month)s")
    elif summit.name:
        said = gettext("The summit in %(city)s")
    else:
        said = gettext("The summit after it in %(month)s") if summit.on else gettext("The summit after it")
    return said % {"city": summit.name, "month": day_in_words(summit.on, "month")}


def _summit_and_edition(*, holds: bool, is_over: bool) -> str:
    if holds:
        is_now = gettext("%(summit)s is in %(there)s, this in %(here)s.")
        return gettext("%(summit)s was in %(there)s, this in %(here)s.") if is_over else is_now
    return gettext("%(summit)s was in %(there)s as well.") if is_over else gettext("%(summit)s is in %(there)s as well.")


def _against_last(edition: Edition, before: Edition, rule: Rule) -> _Finding:
    if not before.region:
        return _Finding(None, gettext("The region of the edition before it is not known."))
    here, there = _where(edition, rule), _where(before, rule)
    holds = here.name != there.name
    if not holds:
        return _Finding(holds, _as_well(before, there.title))
    was, is_now = gettext("The edition before it was in %(place)s."), gettext("The edition before it is in %(place)s.")
    return _Finding(holds, (was if before.is_over else is_now) % {"place": there.title})


def _other_country(edition: Edition, before: Edition) -> _Finding:
    if not edition.country or not before.country:
        return _Finding(None, gettext("Its country, or that of the edition before it, is not known."))
    holds, there = edition.country != before.country, part_in_words(before.country)
    if not holds:
        return _Finding(holds, _as_well(before, there))
    was = gettext("The edition before it, %(edition)s, was in %(place)s.")
    is_now = gettext("The edition before it, %(edition)s, is in %(place)s.")
    return _Finding(holds, (was if before.is_over else is_now) % {"edition": before.name, "place": there})


def _as_well(before: Edition, there: str) -> str:
    was = gettext("The edition before it, %(edition)s, was in %(place)s as well.")
    is_now = gettext("The edition before it, %(edition)s, is in %(place)s as well.")
    return (was if before.is_over else is_now) % {"edition": before.name, "place": there}


def _needs_country(edition: Edition, rule: Rule) -> bool:
    if edition.country or region_of(edition.region, rule.regions):
        return False
    return any(part.isupper() for region in rule.regions for part in (region.key, *region.parts))


def _where(edition: Edition, rule: Rule) -> Region:
    return called(edition.region, rule.regions, edition.country)


def _is_rough(edition: Edition, rule: Rule) -> bool:
    """Say whether the summit is known by a word that is wider than the regions of the rule, and may be where the edition is."""
    summit = edition.summit
    if region_of(summit.region, rule.regions, summit.country) or not region_of("", rule.regions, edition.country):
        return False
    return key_of(summit.region) == key_of(edition.region)


def _gap(edition: Edition, before: Edition, least: int) -> _Finding:
    if edition.starts_on is None or before.starts_on is None:
        return _Finding(None, gettext("Its day is not known."))
    months = months_between(before.starts_on, edition.starts_on)
    holds = months >= least
    said = began(months, holds=holds) if edition.is_over else begins(months, holds=holds)
    return _Finding(holds, said % {"count": months, "least": least})

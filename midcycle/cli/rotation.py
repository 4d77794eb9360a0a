"""`midcycle rotation FACTS.yaml`: holds the editions of a series against its rule, without a database."""

import json
import sys
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from midcycle.kernel.refusal import Refusal
from midcycle.series.rules.facts import MOST_BYTES, SeriesFacts, edition_of, read_file, rule_in
from midcycle.series.rules.rotation import Edition, Verdict, in_order, in_words, judge, since_in_words, tally


def run(arguments: Namespace) -> int:
    """Print a verdict on each edition; return 1 when one breaks the rule that it is judged by."""
    facts = _read(Path(arguments.facts), arguments.judged_from)
    editions = in_order([edition_of(past) for past in facts.editions])
    verdicts = judge(editions, [rule_in(facts.terms)] if facts.terms else [])
    if arguments.json:
        sys.stdout.write(json.dumps(_document(facts, editions, verdicts), ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write("\n".join(_lines(facts, editions, verdicts)) + "\n")
    return int(any(verdict.state == "broken" for verdict in verdicts.values()))


def _read(path: Path, judged_from: str | None) -> SeriesFacts:
    try:
        with path.open("rb") as file:
            facts = read_file(file.read(MOST_BYTES + 1))
        day = date.fromisoformat(judged_from) if judged_from else None
    except OSError as error:
        raise Refusal(f"{path} cannot be read: {error.strerror}") from None
    except ValueError:
        raise Refusal(f"{judged_from} is no day; write it as 2016-02-15") from None
    return replace(facts, terms=replace(facts.terms, judged_from=day)) if facts.terms and day else facts


def _lines(facts: SeriesFacts, editions: list[Edition], verdicts: Mapping[str, Verdict]) -> list[str]:
    rule = rule_in(facts.terms) if facts.terms else None
    return [
        facts.title,
        *([f"  {sentence}" for sentence in (*in_words(rule), since_in_words(rule))] if rule else []),
        *(f"{edition.key}: {verdicts[edition.key].name}. {verdicts[edition.key].sentence}" for edition in editions),
        tally(list(verdicts.values())),
        *(f"note: {remark}" for remark in facts.remarks),
    ]


def _document(facts: SeriesFacts, editions: list[Edition], verdicts: Mapping[str, Verdict]) -> dict[str, object]:
    told = [
        {"key": edition.key, "state": verdict.state, "would": verdict.would, "in_hindsight": verdict.in_hindsight}
        | {"sentence": verdict.sentence}
        for edition in editions
        for verdict in [verdicts[edition.key]]
    ]
    return {"series": facts.key, "tally": tally(list(verdicts.values())), "editions": told, "notes": list(facts.remarks)}

"""`midcycle replay`."""

import argparse
import json
import sys
from pathlib import Path

from django.core.management import call_command

from midcycle.kernel.refusal import Refusal
from midcycle.site.replay.ledger import Line, plain
from midcycle.site.replay.reading import read_facts
from midcycle.site.replay.run import Outcome, as_json, replay


def run(arguments: argparse.Namespace) -> int:
    """Replay a file and print what came of it; 1 when a fact could not be reproduced."""
    try:
        facts = read_facts(Path(arguments.facts))
    except Refusal as refusal:
        if arguments.json:  # a reader of JSON gets a document whatever comes
            sys.stdout.write(json.dumps({"same": False, "meetups": [], "refused": refusal.message}) + "\n")
        raise
    call_command("migrate", interactive=False, verbosity=0)
    outcomes = replay(facts)
    if arguments.json:
        sys.stdout.write(json.dumps(as_json(outcomes), ensure_ascii=False, indent=1) + "\n")
    else:
        for outcome in outcomes:
            sys.stdout.write("\n".join(_report(outcome)) + "\n\n")
    return 0 if all(outcome.same for outcome in outcomes) else 1


def _report(outcome: Outcome) -> list[str]:
    lived = sum(line.how == "lived" for line in outcome.lines)
    wrong = [line for line in outcome.lines if not line.same]
    return [
        f"{outcome.slug}",
        *(_line(line) for line in outcome.lines),
        *(f"  found in the grid: {finding}" for finding in outcome.found),
        *(f"  note: {note}" for note in outcome.notes),
        f"  {len(outcome.lines)} facts: {len(outcome.lines) - len(wrong)} same, {len(wrong)} not",
        f"  {lived} run through actions, {len(outcome.lines) - lived} kept as told",
        f"  the file did not say: {', '.join(outcome.not_said) or 'nothing is missing'}",
    ]


def _line(line: Line) -> str:
    asked, got = (json.dumps(plain(value), ensure_ascii=False) for value in (line.asked, line.got))
    verdict = "same" if line.same else "NOT THE SAME"
    return f"  {line.path}: asked {asked}, got {got}, {verdict}{' (kept as told)' if line.how == 'kept' else ''}"

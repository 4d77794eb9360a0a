"""`midcycle verify PROBLEM PLAN`: counts a plan's score again, looks for broken rules, and proves its bound again."""

import sys
import time
from argparse import Namespace

from midcycle.cli.solve import content
from midcycle.engines.solver.certificate import Verdict, verify_bound
from midcycle.engines.solver.format import FormatError, read_instance, read_plan
from midcycle.engines.solver.score import Score, score


def run(arguments: Namespace) -> int:
    """Print what holds; return 0 when the plan keeps every rule and its bound was confirmed, 1 if not, 2 for no such files."""
    try:
        instance = read_instance(content(arguments.problem))
        plan = read_plan(content(arguments.plan), instance)
    except FormatError as error:
        sys.stderr.write(f"midcycle: {error}\n")
        return 2
    found = score(instance, plan)
    _rules(found)
    print(f"score: {found.points:g}, with {found.attended} of {found.wanted} votes attended")
    if plan.certificate is None:
        print("bound: the plan has no certificate")
        return 1
    end = time.monotonic() + arguments.seconds
    verdict = verify_bound(instance, plan.certificate, lambda: time.monotonic() > end)
    _bound(found, verdict)
    return 0 if verdict.holds and not found.breaches else 1


def _rules(found: Score) -> None:
    print(f"rules: {f'{len(found.breaches)} broken' if found.breaches else 'all kept'}")
    for breach in found.breaches[:20]:
        about = {"topic": breach.topic, "person": breach.person, "slot": breach.slot}
        print(f"  {breach.code}", *(f"{name} {key}" for name, key in about.items() if key is not None))


def _bound(found: Score, verdict: Verdict) -> None:
    if verdict.bound is None:
        print(f"bound: {verdict.claimed:g} is claimed; there was no time to check it")
    elif not verdict.holds:
        print(f"bound: {verdict.claimed:g} is claimed, but only {verdict.bound:g} is proven")
    elif found.points >= verdict.claimed - 1e-6:
        print(f"bound: {verdict.claimed:g}, proven; no plan is better than this one")
    else:
        print(f"bound: {verdict.claimed:g}, proven; no plan is better by more than {verdict.claimed - found.points:g}")

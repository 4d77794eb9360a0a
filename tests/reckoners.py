"""Runs the arithmetic of the browser outside of one: Node, as Playwright brings it, reads TypeScript as it is."""

import json
import subprocess
from pathlib import Path
from typing import Any, Final

from playwright._impl._driver import compute_driver_executable  # the Node it comes with has no public name

_BALANCE: Final = Path(__file__).parents[1] / "frontend" / "src" / "balance"
_PROGRAM: Final = """
import { costOf, curveOf, outcome } from "./reckoning.ts";
import { amountOf, inWords, modelOf } from "./model.ts";
import { told } from "./telling.ts";
const plain = (_, value) => (typeof value === "bigint" ? value.toString() : value);
const asked = JSON.parse(await new Promise((done) => { let all = ""; process.stdin.on("data", (part) => { all += part; });
  process.stdin.on("end", () => done(all)); }));
const money = (one) => ({ currency: one.currency, digits: one.digits, manner: one.manner });
const deeds = {
  balance: (one) => {
    const model = modelOf(JSON.stringify(one.model));
    const curve = curveOf(model.lines);
    const plans = one.plans.map((plan) => ({ ...plan, fee: BigInt(plan.fee), underwriting: BigInt(plan.underwriting) }));
    return plans.map((plan) => {
      const found = outcome(curve, model.terms, plan);
      return { ...found, told: told(found, model.terms, model), lines: model.lines.map((line) => costOf(line, found.people)) };
    });
  },
  words: (one) => inWords(BigInt(one.minor), money(one)),
  amount: (one) => amountOf(one.text, money(one)),
};
process.stdout.write(JSON.stringify(asked.map((one) => deeds[one.deed](one)), plain));
"""


def reckoned(cases: list[dict[str, Any]]) -> list[Any]:
    """Return what the browser's arithmetic makes of each case; whole numbers of money as text."""
    node, _ = compute_driver_executable()
    command = [node, "--input-type=module", "--eval", _PROGRAM]
    done = subprocess.run(command, cwd=_BALANCE, input=json.dumps(cases).encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)

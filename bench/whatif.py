"""How fast the balance follows a slider: `python -m bench.whatif [runs] [--lines 200]`.

An instance shows a published balance of 10, 50, 200 and 300 cost lines, a third of them a head and half in another currency. In
a real Chromium sliders are moved to 120 places in each run. Printed, the middle and the 95th of 100 over all runs: what a move
costs, from the start of the frame it is drawn in until every figure, every line and the drawing are laid out; and how long from
the move to that moment, waiting for the frame included. And the middle answer of the server to the same question, which
is what people without a script wait for.

In one run on 2 processors, November 2026: with 200 lines drawn in 4.5 ms (p95 11 ms), 20 ms from the move; the server's answer
took 20 ms.
"""

import argparse
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import uvloop
from playwright.sync_api import Browser, sync_playwright

from bench.tools import machine
from bench.tools.pages import one
from bench.tools.people import BROWSER
from tests.chromium import FLAGS, installed
from tests.system.instance import instance
from tests.system.lines import get

LINES, AIM, MOVES = (10, 50, 200, 300), 50, 120
_MOVE = """async (moves) => {
  const slides = [...document.querySelectorAll("input[data-slides]")];
  const found = [];
  for (let move = 0; move < moves; move += 1) {
    const slider = slides[move % slides.length];
    const [low, high] = [Number(slider.min), Number(slider.max)];
    await new Promise((done) => requestAnimationFrame(done));
    const moved = performance.now();
    slider.value = String(low + Math.floor(((high - low) * ((move * 37) % 101)) / 101));
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    found.push(await new Promise((done) => requestAnimationFrame((frame) => {
      document.body.getBoundingClientRect();
      const now = performance.now();
      done([now - frame, now - moved]);
    })));
  }
  return found;
}"""


def main(runs: int, sizes: Sequence[int]) -> None:
    """Print the figures for so many lines each."""
    print(f"{runs} runs of {MOVES} moves; {machine.load()}")
    for lines in sizes:
        with tempfile.TemporaryDirectory() as scratch, instance(Path(scratch) / "data") as served:
            served.run("midcycle.cli.main", "migrate")
            served.start()
            path: str = json.loads(served.run("bench.tools.lines", str(lines)))["path"]
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=installed(), args=list(FLAGS))
                found = [pair for _ in range(runs) for pair in moved(browser, f"http://127.0.0.1:{served.port}{path}")]
                browser.close()
            waits = sorted(uvloop.run(one(served.port, get(f"{path}?seats=133&fee=12", Accept_Encoding=BROWSER))))
            works, all_of_it = zip(*found, strict=True)
            print(f"{lines:4} lines: drawn in {said(works)}, from the move {said(all_of_it)}")
            print(f"            server {1000 * median(waits):5.1f} ms (aim {AIM} ms for 200 lines); {machine.load()}")
            served.stop()


def moved(browser: Browser, address: str) -> list[tuple[float, float]]:
    """Return what each move of a fresh page costs, and how long it takes, in milliseconds."""
    with browser.new_page() as page:
        page.goto(address)
        page.wait_for_selector("input[data-slides=seats]:not([hidden])")
        return [(work, waited) for work, waited in page.evaluate(_MOVE, MOVES)]


def said(times: Sequence[float]) -> str:
    """Return the middle and the 95th of 100."""
    ordered = sorted(times)
    return f"p50 {median(ordered):5.1f} ms, p95 {ordered[len(ordered) * 95 // 100]:5.1f} ms"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", nargs="?", type=int, default=5)
    parser.add_argument("--lines", nargs="+", type=int, default=LINES)
    given = parser.parse_args()
    main(given.runs, given.lines)

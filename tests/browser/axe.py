"""What axe-core finds wrong with a page for people who use it by keyboard, by ear or with little contrast."""

from pathlib import Path
from typing import Final

from playwright.sync_api import Page

_AXE: Final = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
# A colour on its way from one to another is nobody's to read: it is looked at where it arrives.
_RUN: Final = """async () => {
  for (const one of document.getAnimations()) if (one.effect.getComputedTiming().iterations !== Infinity) one.finish();
  const found = await axe.run(document, {resultTypes: ["violations"]});
  return found.violations.map((one) => `${one.id} (${one.impact}): ${one.nodes[0].html.slice(0, 200)}`);
}"""


def faults(page: Page) -> list[str]:
    """Return everything axe finds on a page, its best practices included: each with the first element it is about."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE.read_text())
    found: list[str] = page.evaluate(_RUN)
    return found

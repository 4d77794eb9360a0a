"""Sets a template with values as a PDF: a program of its own, which takes JSON and gives bytes.

Values reach a template as data and are never source, so their marks mean nothing there. A template can read the templates of
this folder and nothing else. The same values give the same bytes. The PDF is tagged and checked against PDF/UA-1 (ISO 14289-1).
"""

import json
import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Final, Literal, TypeAlias

import typst

from midcycle.engines.documents.fonts import FOLDERS

TEMPLATES: Final = Path(__file__).parent / "templates"
Standard: TypeAlias = Literal["ua-1", "a-3a", "a-3b", "1.7"]
# What a document is kept to, best first. PDF/A has a claim to every letter, so an invoice gives up the reading order first.
_KEPT_TO: Final[Mapping[str, tuple[tuple[Standard, ...], ...]]] = {
    "ua-1": (("ua-1",), ("1.7",)),
    "a-3a": (("a-3a", "ua-1"), ("a-3b",)),
}


def typeset(template: str, values: Mapping[str, object], standard: str = "ua-1") -> bytes:
    """Return the template, filled with the values, as PDF."""
    best, lesser = _KEPT_TO[standard]
    try:
        return set_as(template, values, *best)
    except typst.TypstError:
        # A letter slipped past every check: a badge with a hole in it is better than a morning without badges.
        return set_as(template, values, *lesser)


def set_as(template: str, values: Mapping[str, object], *standards: Standard) -> bytes:
    """Return the PDF in one or more standards. Raises typst.TypstError when it does not keep to them."""
    return typst.compile(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"values": json.dumps(values)},
        pdf_standards=list(standards),
        package_path=TEMPLATES,
        package_cache_path=TEMPLATES,
        timestamp=0,
    )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder) for folder in FOLDERS])


def answer(setting: Callable[[str, Mapping[str, object]], bytes]) -> None:
    """Read `{"template", "several"}` and write the sizes of all PDFs on a line, then the PDFs."""
    asked = json.load(sys.stdin)
    done = [setting(asked["template"], values) for values in asked["several"]]
    sys.stdout.buffer.write(json.dumps([len(pdf) for pdf in done]).encode() + b"\n")
    sys.stdout.buffer.writelines(done)


def main() -> None:
    """Answer what is asked on stdin."""
    answer(typeset)


if __name__ == "__main__":
    main()

"""Sets a template with values as a PDF: a program of its own, which takes JSON and gives bytes.

Values reach a template as data and are never source, so their marks mean nothing there. A template can read the templates of
this folder and nothing else. The same values give the same bytes. The PDF is tagged and checked against PDF/UA-1 (ISO 14289-1).
"""

import json
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, Literal

import typst

from midcycle.engines.documents.fonts import FOLDERS

TEMPLATES: Final = Path(__file__).parent / "templates"


def typeset(template: str, values: Mapping[str, object]) -> bytes:
    """Return the template, filled with the values, as PDF."""
    try:
        return set_as(template, values, "ua-1")
    except typst.TypstError:
        # A letter slipped past every check: a badge with a hole in it is better than a morning without badges.
        return set_as(template, values, "1.7")


def set_as(template: str, values: Mapping[str, object], standard: Literal["ua-1", "1.7"]) -> bytes:
    """Return the PDF in a standard. Raises typst.TypstError when it does not keep to it."""
    return typst.compile(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"values": json.dumps(values)},
        pdf_standards=[standard],
        package_path=TEMPLATES,
        package_cache_path=TEMPLATES,
        timestamp=0,
    )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder) for folder in FOLDERS])


def main() -> None:
    """Read `{"template", "values"}` and write the PDF."""
    asked = json.load(sys.stdin)
    sys.stdout.buffer.write(typeset(asked["template"], asked["values"]))


if __name__ == "__main__":
    main()

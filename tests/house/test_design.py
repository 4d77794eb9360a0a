"""The look keeps its promises: readable in light and dark, and templates use only words the design page explains."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STYLES = ROOT / "frontend" / "src" / "styles"
TEMPLATES = sorted((ROOT / "midcycle").rglob("*.html"))
CLASS_ATTRIBUTE = re.compile(r'\sclass="([^"]*)"')
DJANGO = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
TEXT = 4.5  # WCAG 2.2, 1.4.3: contrast of text
EDGE = 3.0  # WCAG 2.2, 1.4.11: contrast of the edge of a control

PAIRS = [
    *(
        (ink, ground, TEXT)
        for ink in ("ink", "ink-soft", "accent", "accent-strong")
        for ground in ("paper", "surface", "sunken")
    ),
    *((state, ground, TEXT) for state in ("good", "warn", "bad") for ground in ("paper", "surface", f"{state}-soft")),
    *(("ink", f"{state}-soft", TEXT) for state in ("accent", "now", "good", "warn", "bad")),
    *(("ink-soft", f"{state}-soft", TEXT) for state in ("accent", "now", "good", "warn", "bad")),
    *(("ink", f"person-{number}", TEXT) for number in range(1, 9)),
    ("accent-strong", "accent-soft", TEXT),
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-strong", TEXT),
    ("on-bad", "bad", TEXT),
    ("on-now", "now", TEXT),
    ("line-strong", "paper", EDGE),
    ("line-strong", "surface", EDGE),
]


def colours(scheme: str) -> dict[str, tuple[int, int, int]]:
    """Hex tokens of a scheme as red, green, blue; dark changes what light declared."""
    light, _, rest = (STYLES / "tokens.css").read_text().partition("@media (prefers-color-scheme: dark)")
    dark = rest.partition("@media")[0]
    text = light if scheme == "light" else light + dark
    found = re.findall(r"--([a-z0-9-]+): #([0-9a-f]{6});", text)
    return {name: (int(code[:2], 16), int(code[2:4], 16), int(code[4:], 16)) for name, code in found}


def luminance(colour: tuple[int, int, int]) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (part / 255 for part in colour)
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def classes(html: str) -> set[str]:
    """Whole class names written in a template; a name finished by Django (`badge-{{ stage }}`) is left out."""
    names: set[str] = set()
    for value in CLASS_ATTRIBUTE.findall(html):
        names |= {name for name in DJANGO.sub("\0", value).replace("\0 ", " ").split() if "\0" not in name}
    return names


def known_classes() -> set[str]:
    """Class names some style sheet gives a look."""
    sheets = [path.read_text() for path in STYLES.rglob("*.css") if path.name != "app.css"]
    rules = re.sub(r"/\*.*?\*/", "", "\n".join(sheets), flags=re.DOTALL)
    return set(re.findall(r"\.([a-zA-Z_][\w-]*)", rules))


def test_black_on_white_has_the_contrast_of_the_standard() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == 21.0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_pair_of_colours_can_be_read(scheme: str) -> None:
    tokens = colours(scheme)
    faint = [
        f"{ink} on {ground}: {contrast(tokens[ink], tokens[ground]):.2f}, needs {least}"
        for ink, ground, least in PAIRS
        if contrast(tokens[ink], tokens[ground]) < least
    ]
    assert faint == []


def test_templates_use_only_classes_that_have_a_look() -> None:
    known = known_classes()
    strange = {
        f"{path.relative_to(ROOT)}: {name}" for path in TEMPLATES for name in classes(path.read_text()) if name not in known
    }
    assert sorted(strange) == []


def test_every_component_is_on_the_design_page() -> None:
    page = (ROOT / "docs" / "explanation" / "design.md").read_text()
    set_by_scripts = {name for name in known_classes() if name.startswith(("htmx-", "cm-"))}
    assert sorted(known_classes() - set_by_scripts - set(re.findall(r"[\w-]+", page))) == []


def test_components_name_tokens_not_colours() -> None:
    raw = {
        f"{path.name}: {line.strip()}"
        for path in (STYLES / "components").glob("*.css")
        for line in path.read_text().splitlines()
        if re.search(r":.*#[0-9a-fA-F]{3,8}\b", line)
    }
    assert raw == set()

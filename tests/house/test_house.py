"""The walls of the house: sizes of rooms, and what may point where."""

import ast
import re
import subprocess

import pytest
from django.apps import apps

from midcycle.site.api import ROUTERS
from tests.house.floors import PACKAGE, ROOT, floor_of, may_use

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
OURS = [app for app in apps.get_app_configs() if app.name.startswith("midcycle.")]


def tracked(*patterns: str) -> list[str]:
    """Return the paths of the files git knows or would add, below the root."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    return sorted({name for name in found if name and (ROOT / name).exists()})


def rooms() -> list[str]:
    """Return our Python files without migrations."""
    return [name for name in tracked("*.py") if "/migrations/" not in name]


def test_no_room_is_longer_than_400_lines():
    files = rooms() + tracked("*.html", "*.css", "*.ts", "*.mjs")
    long = {name: lines for name in files if (lines := len((ROOT / name).read_text().splitlines())) > LONGEST_FILE}
    assert long == {}


def test_no_function_is_longer_than_40_lines():
    long = {}
    for name in rooms():
        for node in ast.walk(ast.parse((ROOT / name).read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    long[f"{name}:{node.name}"] = lines
    assert long == {}


def test_every_api_is_mounted():
    apis = sorted(
        f"midcycle.{path.relative_to(PACKAGE).parts[0]}.api.router"
        for path in (*PACKAGE.glob("*/api.py"), *PACKAGE.glob("*/api/__init__.py"))
        if "router = " in path.read_text()
    )
    assert sorted(ROUTERS) == apis


def test_foreign_keys_point_down():
    floors = floor_of()
    upward = [
        f"{model.__name__}.{field.name} -> {field.related_model.__name__}"
        for app in OURS
        for model in app.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model._meta.app_label in floors
        if not may_use(app.label, field.related_model._meta.app_label)
    ]
    assert upward == []


@pytest.mark.parametrize("app", [path.name for path in sorted(PACKAGE.iterdir()) if (path / "templates").is_dir()])
def test_templates_include_and_link_down(app):
    upward = []
    for template in sorted((PACKAGE / app / "templates").rglob("*.html")):
        text = template.read_text()
        used = re.findall(r'{%\s*(?:include|extends)\s+"([a-z_]+)/', text) + re.findall(r'{%\s*url\s+"([a-z_]+):', text)
        upward += [f"{template.name} -> {name}" for name in used if name in floor_of() and not may_use(app, name)]
    assert upward == []


def test_addresses_are_reversed_downwards_only():
    upward = []
    for name in tracked("midcycle/*.py"):
        app = name.split("/")[1].removesuffix(".py")
        used = re.findall(r'(?:reverse|redirect|resolve_url)\(\s*"([a-z_]+):', (ROOT / name).read_text())
        upward += [f"{name} -> {target}" for target in used if app in floor_of() and not may_use(app, target)]
    assert upward == []


def test_no_template_has_inline_style_or_script():
    wrong = []
    for name in tracked("midcycle/*.html"):
        text = (ROOT / name).read_text()
        # A block of JSON-LD is data: no browser runs it, and no policy asks for it.
        if re.search(r'\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\s(?:src=|type="application/ld\+json"))|javascript:', text):
            wrong.append(name)
    assert wrong == []


def test_every_form_speaks_plainly():
    wild = [name for name in tracked("midcycle/*.py") if re.search(r"\(forms\.(Model)?Form\)", (ROOT / name).read_text())]
    assert wild == ["midcycle/web/forms.py"]


def test_every_day_that_is_typed_has_bounds():
    wild = [name for name in tracked("midcycle/*.py") if re.search(r"forms\.DateField\(", (ROOT / name).read_text())]
    assert wild == []  # `DayField` of web/forms.py has them


def test_no_page_asks_a_third_party():
    wrong = [
        name
        for name in tracked("midcycle/*.html", "frontend/src/*.css", "frontend/src/*.ts")
        if re.search(
            r"""(?:src|href|url\(|import|fetch\()\s*=?\s*["'(]*(?:https?:)?//(?!www\.w3\.org)""", (ROOT / name).read_text()
        )
    ]
    assert wrong == []


def test_every_app_with_tables_has_named_constraints():
    unnamed = [
        f"{model.__name__}: {constraint.name}"
        for app in OURS
        for model in app.get_models()
        for constraint in model._meta.constraints
        if "_" not in constraint.name or constraint.name.startswith(app.label)
    ]
    assert unnamed == []


def test_no_model_overrides_save_or_orders_itself():
    wrong = [model.__name__ for app in OURS for model in app.get_models() if "save" in vars(model) or model._meta.ordering]
    assert wrong == []

"""Every sentence of the product: gathers them from the source, and keeps the catalogues of translators in step.

`python -m tests.words` adds to every catalogue what is new, without a translation, and drops what nobody says any more.
`python -m tests.words left [FOLDER]` lists words in templates that are not marked for translators.
`python -m tests.words missing LANGUAGE` prints what is not translated yet, as JSON; `python -m tests.words take LANGUAGE FILE`
takes such a file back with the translations in it.
"""

import ast
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from gettext import c2py
from pathlib import Path
from typing import Any, Final, Literal

from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po
from django.template.base import Lexer, Token, TokenType
from django.utils.text import smart_split

import tests.conftest  # noqa: F401 - starts Django when this runs as a program
from midcycle.kernel.languages import INTERFACE

ROOT: Final = Path(__file__).resolve().parents[1]
PACKAGE: Final = ROOT / "midcycle"
LOCALE: Final = PACKAGE / "locale"
OTHERS: Final = tuple(code for code in INTERFACE if code != "en")
_CALLS: Final = {"gettext": 1, "gettext_lazy": 1, "gettext_noop": 1, "ngettext": 2, "ngettext_lazy": 2}
_IN_CONTEXT: Final = {"pgettext": 1, "pgettext_lazy": 1, "pgettext_noop": 1, "npgettext": 2, "npgettext_lazy": 2}
# As frontend/build.mjs finds them for pages.
_IN_SCRIPTS: Final = re.compile(r"(?<![.\w])(say|sayIn|sayMany)\(\s*(\"(?:[^\"\\]|\\.)*\")(?:,\s*(\"(?:[^\"\\]|\\.)*\"))?")
_HEADER: Final = """\
# Words of Midcycle. Copyright: its authors; Apache-2.0, as the product.
# Translated by machine. It awaits the review of somebody who speaks the language from childhood: docs/how-to/translate.md.
"""
_SINCE: Final = datetime(2026, 11, 27, tzinfo=UTC)  # of all catalogues: a day that changes would change each of them
Key = tuple[str, str, str]  # context, one, many; the last is blank where there is one form


class NotATranslation(Exception):  # noqa: N818 - reads as a fact
    """A translation lacks what the sentence has."""


@dataclass
class Said:
    """Where a sentence is said, and what its author tells translators."""

    files: set[str] = field(default_factory=set)
    notes: set[str] = field(default_factory=set)


def messages() -> dict[Key, Said]:
    """Return every sentence marked for translators, in the order of files."""
    found: dict[Key, Said] = defaultdict(Said)
    for path, keys in _by_file():
        for key, note in keys:
            found[key].files.add(str(path.relative_to(ROOT)))
            found[key].notes |= {note} - {""}
    return found


def _by_file() -> Iterator[tuple[Path, Iterator[tuple[Key, str]]]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, _of_python(path)
    for path in sorted((*PACKAGE.rglob("templates/**/*.html"), *PACKAGE.rglob("templates/**/*.txt"))):
        yield path, _of_template(path.read_text("utf-8"))
    for path in sorted((ROOT / "frontend" / "src").rglob("*.ts")):
        yield path, _of_script(path.read_text("utf-8"))


def _of_python(path: Path) -> Iterator[tuple[Key, str]]:
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(call, ast.Call):
            continue
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        forms, within = _CALLS.get(name, 0) or _IN_CONTEXT.get(name, 0), name in _IN_CONTEXT
        told = [_text(part) for part in call.args[: forms + within]]
        if forms and all(told):
            context = told.pop(0) if within else ""
            yield (context, told[0], told[1] if forms > 1 else ""), ""


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _of_script(text: str) -> Iterator[tuple[Key, str]]:
    for kind, first, second in _IN_SCRIPTS.findall(text):
        one, other = json.loads(first), json.loads(second or '""')
        yield ((one, other, "") if kind == "sayIn" else ("", one, other if kind == "sayMany" else "")), ""


def _of_template(text: str) -> Iterator[tuple[Key, str]]:
    tokens = iter(Lexer(text).tokenize())
    note = ""
    for token in tokens:
        parts = list(smart_split(token.contents)) if token.token_type == TokenType.BLOCK else []
        if token.token_type == TokenType.COMMENT:
            note = token.contents.partition("Translators:")[2].strip() or note
            continue
        if parts and parts[0] in {"translate", "trans"} and parts[1][0] in "\"'":
            yield (_context(parts), parts[1][1:-1], ""), note
            note = ""
        elif parts and parts[0] in {"blocktranslate", "blocktrans"}:
            yield (_context(parts), *_block(tokens, is_trimmed="trimmed" in parts)), note
            note = ""
        yield from (((("", one, "")), "") for one in _in_filters(token))


def _in_filters(token: Token) -> list[str]:
    """Return what stands in `_("...")` within a tag."""
    return (
        re.findall(r"""\b_\(["'](.+?)["']\)""", token.contents) if token.token_type in {TokenType.BLOCK, TokenType.VAR} else []
    )


def _context(parts: list[str]) -> str:
    return parts[parts.index("context") + 1][1:-1] if "context" in parts else ""


def _block(tokens: Iterator[Token], *, is_trimmed: bool) -> tuple[str, str]:
    forms = [""]
    for token in tokens:
        if token.token_type == TokenType.BLOCK and token.contents.startswith("endblocktrans"):
            break
        if token.token_type == TokenType.BLOCK:
            forms.append("")
        else:
            forms[-1] += f"%({token.contents})s" if token.token_type == TokenType.VAR else token.contents.replace("%", "%%")
    told = [_trimmed(form) if is_trimmed else form for form in forms]
    return told[0], told[1] if len(told) > 1 else ""


def _trimmed(text: str) -> str:
    return " ".join(line.strip() for line in text.strip().split("\n") if line.strip())


_QUIET: Final = re.compile(r"<(script|style|svg|code|pre)\b.*?</\1>|<!--.*?-->|<!DOCTYPE[^>]*>", re.DOTALL | re.IGNORECASE)
_TAG: Final = re.compile(r"<[^>]*>", re.DOTALL)
_SAID: Final = re.compile(r"""\b(?:aria-label|title|placeholder|alt|data-say[\w-]*)=(?:"([^"]*)"|'([^']*)')""")
_LETTERS: Final = re.compile(r"[^\W\d_]{2,}")


def left(text: str) -> list[str]:
    """Return the words of a template that no translator sees."""
    kept, within = [], False
    for token in Lexer(text).tokenize():
        if token.token_type == TokenType.BLOCK:
            word = token.contents.split()[0]
            within = (within or word.startswith(("blocktrans", "comment"))) and not word.startswith(
                ("endblocktrans", "endcomment")
            )
            kept.append("\0")
        elif token.token_type == TokenType.TEXT and not within:
            kept.append(token.contents)
    plain = _QUIET.sub("\0", "".join(kept))
    said = [one or other for one, other in _SAID.findall(plain)]
    parts = [part for text in (*said, _TAG.sub("\0", plain)) for part in text.split("\0")]
    return [" ".join(part.split()) for part in parts if _LETTERS.search(re.sub(r"&\w+;|https?://\S+|\S+@\S+", "", part))]


def catalogue(language: str) -> Catalog:
    """Return the catalogue of a language; an empty one where there is none yet."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as text:
        return read_po(text, locale=language, abort_invalid=True)


def path_of(language: str) -> Path:
    """Return where the catalogue of a language is kept."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def in_step(language: str, said: dict[Key, Said]) -> Catalog:
    """Return the catalogue of a language with exactly these sentences; what is translated stays."""
    known, fresh = (
        catalogue(language),
        Catalog(locale=language, project="Midcycle", fuzzy=False, charset="utf-8", creation_date=_SINCE, revision_date=_SINCE),
    )
    fresh.header_comment = known.header_comment if path_of(language).exists() else _HEADER  # who reviewed it stands there
    for (context, one, many), where in sorted(said.items(), key=lambda pair: (min(pair[1].files), pair[0])):
        message = known.get((one, many) if many else one, context or None)
        told = _in_all_forms(message.string, fresh.num_plurals) if message is not None and _fits(message, many) else ""
        # No numbers of lines: they would change with every change elsewhere.
        fresh.add(
            (one, many) if many else one, told or (("",) * fresh.num_plurals if many else ""), context=context or None,
            locations=[(name, None) for name in sorted(where.files)], auto_comments=sorted(where.notes),
            flags=["python-format"] if re.search(r"%\(\w+\)s", one) else [],
        )  # fmt: skip
    return fresh


def _fits(message: Message, many: str) -> bool:
    return not message.fuzzy and isinstance(message.id, tuple) == bool(many)


def _in_all_forms(told: Any, forms: int) -> Any:
    """Return a translation with a form for millions too, which some languages tell apart and many catalogues do not."""
    return (*told, *told[-1:]) if isinstance(told, tuple) and len(told) == forms - 1 == 2 else told


def write(language: str, made: Catalog) -> None:
    """Keep a catalogue."""
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as text:
        write_po(text, made, width=120, omit_header=False, sort_output=False, include_lineno=False)


def missing(language: str) -> list[dict[str, Any]]:
    """Return what is not translated, each with its forms in English, where it is said, and an empty place to write in."""
    made = in_step(language, messages())
    lacking = []
    for message in made:
        if not message.id or is_told(message):
            continue
        forms = list(message.id) if isinstance(message.id, tuple) else [message.id]
        row: dict[str, Any] = {"say": forms[0], "where": [name for name, _ in message.locations][:2]}
        if len(forms) > 1:
            row |= {"many": forms[1]}
        row |= {"context": message.context} if message.context else {}
        row |= {"note": message.auto_comments[0]} if message.auto_comments else {}
        lacking.append({**row, "to": [""] * made.num_plurals if len(forms) > 1 else ""})
    return lacking


def is_told(message: Message) -> bool:
    """Say whether every form of a message is translated."""
    return bool(message.string and all(message.string) if isinstance(message.string, tuple) else message.string)


def take(language: str, rows: list[dict[str, Any]]) -> list[str]:
    """Put translations into a catalogue, and return what is wrong with those that were not taken."""
    made, wrong = in_step(language, messages()), []
    for row in rows:
        identity = (row["say"], row["many"]) if row.get("many") else row["say"]
        message = made.get(identity, row.get("context"))
        if message is None or not row["to"]:
            continue
        told = tuple(row["to"]) if isinstance(row["to"], list) else row["to"]
        try:
            check(language, identity, told, made.num_plurals)
        except NotATranslation as fault:
            wrong.append(f"{row['say']!r}: {fault}")
            continue
        message.string = told
    write(language, made)
    return wrong


_NAMES: Final = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")  # in Python, and in scripts
_MARKS: Final = re.compile(r"</?\w+")
_SINGLE: Final = re.compile(r"(?<!%)%(?![%(])")


def check(language: str, said: str | tuple[str, ...], told: str | tuple[str, ...], forms: int) -> None:
    """Raise NotATranslation when a translation lacks a value, an HTML element, a form of the plural, or is blank."""
    one, many = (said[0], said[-1]) if isinstance(said, tuple) else (said, said)
    written = told if isinstance(told, tuple) else (told,)
    if isinstance(said, tuple) and len(written) != forms:
        raise NotATranslation(f"{language} has {forms} forms of the plural, these are {len(written)}")
    for at, form in enumerate(written):
        if not form.strip():
            raise NotATranslation("it is blank")
        if sorted(_MARKS.findall(form)) != sorted(_MARKS.findall(many)):
            raise NotATranslation(f"its HTML is not that of the sentence: {form}")
        _check_values(form, one, many, may_lack=isinstance(said, tuple) and at in alone(language))
        _check_ends(form, many)


def _check_values(form: str, one: str, many: str, *, may_lack: bool) -> None:
    """A form for one number alone may leave it out, as `one seat` does; one for 1, 21 and 31 may not."""
    there, known = (_values_in(form), _values_in(one + many))
    if there - known:
        raise NotATranslation(f"the sentence has no {sorted(there - known)}")
    if not may_lack and _values_in(many) - there:
        raise NotATranslation(f"it lacks {sorted(_values_in(many) - there)}")


def _values_in(text: str) -> set[str]:
    return {ours or theirs for ours, theirs in _NAMES.findall(text)}


@cache
def alone(language: str) -> frozenset[int]:
    """Return the forms of the plural of a language that stand for one number alone."""
    form_of = c2py(get_plural(language).plural_expr)
    forms = Counter(form_of(number) for number in range(200))
    return frozenset(form for form, numbers in forms.items() if numbers == 1)


def _check_ends(form: str, many: str) -> None:
    if form.count("%%") < many.count("%%") or len(_SINGLE.findall(form)) > len(_SINGLE.findall(many)):
        raise NotATranslation("a percent sign is lost or single")
    if (form[0].isspace(), form[-1].isspace()) != (many[0].isspace(), many[-1].isspace()):
        raise NotATranslation("spaces at its ends are not those of the sentence")


Deed = Literal["", "left", "missing", "take"]


def main(arguments: list[str]) -> int:
    """Do what the command line asks; return the exit code."""
    deed, *rest = arguments or [""]
    if deed == "left":
        for path in sorted((PACKAGE / rest[0] if rest else PACKAGE).rglob("templates/**/*.*")):
            for words in left(path.read_text("utf-8")) if path.suffix in {".html", ".txt"} else []:
                print(f"{path.relative_to(PACKAGE)}: {words}")
    elif deed == "missing":
        print(json.dumps(missing(rest[0]), ensure_ascii=False, indent=1))
    elif deed == "take":
        wrong = take(rest[0], json.loads(Path(rest[1]).read_text("utf-8")))
        print("\n".join(wrong))
        return 1 if wrong else 0
    else:
        said = messages()
        for language in OTHERS:
            write(language, in_step(language, said))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What scripts say, in the language of the page: found at build time, translated on the server, told in the browser."""

import json
import re
import subprocess
from itertools import chain

import pytest
from babel.messages.plurals import get_plural
from django.conf import settings
from django.template import Context, Template
from django.utils.translation import ngettext
from playwright._impl._driver import compute_driver_executable  # the Node it comes with has no public name

from midcycle.kernel.languages import INTERFACE
from tests import words
from tests.spoken import spoken

SEATS = ("{count} seat is free.", "{count} seats are free.")
NUMBERS = [*range(330), 999, 1000, 1002, 1_000_000, 1_000_001, 3_000_000]
PROGRAM = """
import { say, sayIn, sayMany } from "./say.ts";
const asked = JSON.parse(await new Promise((done) => { let all = ""; process.stdin.on("data", (part) => { all += part; });
  process.stdin.on("end", () => done(all)); }));
globalThis.document = { getElementById: () => asked.block && { textContent: asked.block } };
const deeds = { say, sayIn, sayMany };
process.stdout.write(JSON.stringify(asked.calls.map(([name, ...rest]) => deeds[name](...rest))));
"""


def block_of(*scripts):
    names = " ".join(f'"{script}"' for script in scripts)
    return Template(f"{{% words {names} %}}").render(Context())


def in_browser(block, *calls):
    """Return what the browser says, given the block of a page."""
    node, _ = compute_driver_executable()
    data = block.partition(">")[2].rpartition("<")[0]
    done = subprocess.run(
        [node, "--input-type=module", "--eval", PROGRAM], cwd=words.ROOT / "frontend/src/app",
        input=json.dumps({"block": data, "calls": calls}).encode(), capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def test_the_build_finds_the_sentences_that_translators_find():
    built = json.loads(settings.ASSET_MANIFEST.with_name("words.json").read_text("utf-8"))
    assert list(built) == ["balance", "board", "hands", "pad", "photos", "plain", "scan"]
    found = {
        key for path in (words.ROOT / "frontend" / "src").rglob("*.ts") for key, _ in words._of_script(path.read_text("utf-8"))
    }
    assert {tuple(key) for key in chain(*built.values())} == found
    assert all(one and (not many or "{count}" in many or "{names}" in many) for _, one, many in found)


def test_no_sentence_of_a_script_is_left_in_english():
    """What begins with a capital and has two words or more is said to somebody, unless it is an error for us."""
    left = []
    for path in sorted((words.ROOT / "frontend" / "src").rglob("*.ts")):
        text = re.sub(r"/\*.*?\*/|//.*", "", path.read_text("utf-8"))
        literals = re.findall(r"""(?<!Error\()("[^"\n]*"|`[^`\n]*`)""", words._IN_SCRIPTS.sub("", text))
        plain = [re.sub(r"\$\{[^{}]*\}", "#", literal[1:-1]) for literal in literals]
        left += [f"{path.name}: {literal}" for literal in plain if re.match(r"[A-Z][a-z]+\b.* [a-z]{2}", literal)]
    assert left == []


def test_a_page_in_english_carries_nothing():
    assert block_of("pad", "scan") == ""
    assert in_browser("", ["say", "At {time}", {"time": "9"}], ["sayIn", "a button", "Undo"], ["sayMany", *SEATS, 1]) == [
        "At 9", "Undo", "1 seat is free."
    ]  # fmt: skip


def test_a_script_says_what_the_catalogue_says(tmp_path):
    said = {
        "Walk-in": "Ohne <Platz> & mehr",
        "a button|Undo": "Zurück",
        SEATS: ("{count} Platz ist frei.", "{count} Plätze sind frei."),
    }
    with spoken(tmp_path, "de", said):
        block = block_of("scan")
    assert block.startswith('<script id="words" type="application/json">')
    assert block.count("<") == 2  # those of the element
    calls = (["say", "Walk-in"], ["say", "Undo"], ["sayIn", "a button", "Undo"], ["say", "Got a seat"])
    counted = (["sayMany", *SEATS, 1], ["sayMany", *SEATS, 20], ["sayMany", "{count} here", "{count} here", 2])
    assert in_browser(block, *calls, *counted) == [
        "Ohne <Platz> & mehr", "Undo", "Zurück", "Got a seat", "1 Platz ist frei.", "20 Plätze sind frei.", "2 here"
    ]  # fmt: skip


@pytest.mark.parametrize("language", [code for code in INTERFACE if code != "en"])
def test_every_number_takes_the_form_that_it_takes_on_the_server(language, tmp_path):
    forms = tuple(f"form {form} {{count}}" for form in range(get_plural(language).num_plurals))
    with spoken(tmp_path, language, {SEATS: forms}):
        block = block_of("scan")
        expected = [ngettext(*SEATS, number).replace("{count}", str(number)) for number in NUMBERS]
    assert in_browser(block, *(["sayMany", *SEATS, number] for number in NUMBERS)) == expected
    assert len({sentence.split()[1] for sentence in expected}) == len(forms)

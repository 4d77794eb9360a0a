"""What the how-to about the API shows is what happens: every command of it is run by a shell against a running instance."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from tests.system.instance import ROOT, instance

PAGE = (ROOT / "docs" / "how-to" / "write-with-the-api.md").read_text()
# A command, and the answer shown below it if there is one.
EXAMPLES = re.findall(r"```sh\n(.*?)```(?:\n\n```json\n(.*?)```)?", PAGE, re.DOTALL)
NEXT = "\x1e"


def looks_like(shown, told):
    """Say whether an answer is what the page shows; texts with a … in them, and moments, are only of the same kind."""
    if isinstance(shown, dict):
        return list(shown) == list(told) and all(looks_like(shown[key], told[key]) for key in shown)
    if isinstance(shown, list):
        return len(shown) == len(told) and all(map(looks_like, shown, told))
    if isinstance(shown, str) and ("…" in shown or re.match(r"\d{4}-", shown)):
        return isinstance(told, str)
    return shown == told


def test_every_command_answers_as_is_shown(tmp_path):
    with instance(tmp_path) as served:
        served.make_tables()
        served.run("tests.system.harbour")
        served.start()
        script = f"\nprintf '{NEXT}'\n".join(command for command, _ in EXAMPLES)
        for shown, real in (
            ("https://meet.example.org", f"http://127.0.0.1:{served.port}"),
            ("/var/lib/midcycle", str(tmp_path)),
            ("curl ", "curl --silent --show-error "),
        ):
            script = script.replace(shown, real)
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["bash", "-eu", "-c", script],
            env={**served.environment(), "PATH": path},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert (done.returncode, done.stderr) == (0, "")
        told = done.stdout.split(NEXT)
        assert len(told) == len(EXAMPLES) == 12
        for (command, shown), answer in zip(EXAMPLES, told, strict=True):
            if "curl" in command:
                assert "status" not in json.loads(answer) or "errors" in json.loads(answer)
            if shown:
                assert looks_like(json.loads(shown), json.loads(answer)), (command, answer)
        assert served.stop() == 0

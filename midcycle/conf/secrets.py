"""The secret key: given by a setting, or made once and kept beside the database."""

import os
import secrets
from pathlib import Path

from midcycle.conf.schema import Settings

FILE = "secret-key"


def secret_key(settings: Settings) -> str:
    """Return the key that signs sessions, links and tickets; makes `DATA/secret-key` (mode 0600) when there is none."""
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value()
    path = settings.data / FILE
    if not path.exists():
        settings.data.mkdir(parents=True, exist_ok=True)
        _write_once(path, secrets.token_urlsafe(48))
    return path.read_text(encoding="utf-8").strip()


def _write_once(path: Path, text: str) -> None:
    """Write a complete file in one step, so that two processes starting together agree on one key."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as handle:
        handle.write(text)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()

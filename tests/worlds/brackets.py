"""A language in which every sentence of ours stands in brackets: whatever stands outside was not said for translators."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from django.conf import settings
from django.test import override_settings

from tests.words import messages

SPOKEN = "nl"
LANGUAGES = [("en-gb", "English"), ("de", "Deutsch"), (SPOKEN, "Nederlands")]


@contextmanager
def brackets() -> Iterator[None]:
    """Offer English, German, and Dutch in which everything that is translated stands in brackets."""
    with override_settings(LANGUAGES=LANGUAGES, LOCALE_PATHS=[_folder(), *settings.LOCALE_PATHS]):
        yield


@cache
def _folder() -> str:
    made = Catalog(locale=SPOKEN)
    for context, one, many in messages():
        said = (f"[{one}]", f"[{many}]") if many else f"[{one}]"
        made.add((one, many) if many else one, said, context=context or None)
    folder = Path(mkdtemp(prefix="midcycle-words-"))
    path = folder / SPOKEN / "LC_MESSAGES" / "django.mo"
    path.parent.mkdir(parents=True)
    with path.open("wb") as compiled:
        write_mo(compiled, made)
    return str(folder)

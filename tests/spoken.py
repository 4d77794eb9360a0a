"""A language with a few sentences of one's own, for tests of what is said in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from django.test import override_settings
from django.utils import translation

Message = str | tuple[str, str]


@contextmanager
def spoken(folder: Path, language: str, sentences: dict[Message, str | tuple[str, ...]]) -> Iterator[None]:
    """Offer a language, and speak it. A key with `|` in it is a context and its word; a pair has the forms Babel knows."""
    made = Catalog(locale=language)
    for message, told in sentences.items():
        context, _, word = message.rpartition("|") if isinstance(message, str) else ("", "", message)
        made.add(word, told, context=context or None)
    path = folder / language / "LC_MESSAGES" / "django.mo"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as compiled:
        write_mo(compiled, made)
    offered = [("en-gb", "English"), (language, language)]
    with override_settings(LANGUAGES=offered, LOCALE_PATHS=[folder]), translation.override(language):
        yield

"""The languages of the interface, and which one a visitor gets."""

from collections.abc import Mapping
from typing import Final

# By their code of ISO 639-1, each under its own name.
INTERFACE: Final[Mapping[str, str]] = {
    "en": "English",
    "ar": "العربية",
    "cs": "Čeština",
    "de": "Deutsch",
    "es": "Español",
    "fr": "Français",
    "it": "Italiano",
    "nl": "Nederlands",
    "pl": "Polski",
    "pt": "Português",
    "uk": "Українська",
}
_RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he"})


def direction_of(language: str) -> str:
    """Return `rtl` or `ltr`, as in the attribute `dir` of HTML."""
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"

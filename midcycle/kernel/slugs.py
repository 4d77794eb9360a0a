"""Short names for addresses."""

import re
import unicodedata


def slug_from(title: str, *, longest: int = 50) -> str:
    """Return a name of `a-z`, `0-9` and single hyphens; `meetup` when nothing of the title is left."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    return slug[:longest].strip("-") or "meetup"

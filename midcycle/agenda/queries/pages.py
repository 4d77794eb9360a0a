"""The part of the public agenda that is the same for everybody, as HTML; made once for each release and language."""

import re
from typing import Final

from django.template.loader import render_to_string

from midcycle.agenda.queries.released import Newest, agenda_page
from midcycle.agenda.rules import values
from midcycle.kernel.words import language
from midcycle.web.ready import Ready, Shelf

_SPACE: Final = re.compile(r"\s+")  # a template's indentation is half of what would travel
RELEASES: Final = Shelf()


def page_of(slug: str, release: Newest) -> str:
    """Return the page of a release in the language that is active. What changes after the release it only marks."""

    def make() -> Ready:
        page = agenda_page(values.from_plain(release.grid))
        html = render_to_string("agenda/release.html", {"page": page, "slug": slug})
        return Ready(_SPACE.sub(" ", html).encode(), b"", "text/html; charset=utf-8", "")

    return RELEASES.get_or_make((slug, release.id, language()), make).body.decode()

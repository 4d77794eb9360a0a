"""A call on paper: a poster with a code to scan, and the code alone."""

from html import escape

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from midcycle.engines.documents import Occasion, PosterWords
from midcycle.engines.documents import poster as set_poster
from midcycle.engines.tickets.qr import qr_modules, qr_svg
from midcycle.hosting.models import Call
from midcycle.kernel.typed import one_line
from midcycle.kernel.words import language
from midcycle.meetups.models import Meetup

_MOST_SAID = 280  # letters of the idea's own text that can be read from a step away


def link_to(slug: str, via: str = "") -> str:
    """Return the whole address of a call; `via` says how somebody who follows it heard of it."""
    address = settings.MIDCYCLE.public_url_used + reverse("hosting:interest", args=[slug])
    return f"{address}?via={via}" if via else address


def frame_of(slug: str) -> str:
    """Return the HTML that shows a call on another page."""
    address = settings.MIDCYCLE.public_url_used + reverse("hosting:embedded", args=[slug])
    title = escape(gettext("Who would come?"))
    return f'<iframe src="{address}" title="{title}" width="100%" height="440" loading="lazy"></iframe>'


def scan_code(call: Call) -> str:
    """Return the code of a call as SVG, for somebody's own poster."""
    return qr_svg(link_to(call.meetup.slug, "poster"), title=f"{gettext('Who would come?')} {call.meetup.title}")


def poster(call: Call) -> bytes:
    """Return a poster as PDF. Raises NotPrinted."""
    words = PosterWords(
        question=gettext("Who would come?"),
        ask=gettext("Scan it, and say whether you would."),
        address=link_to(call.meetup.slug),
        foot=gettext("Nothing is booked by answering."),
        code=gettext("QR code"),
    )
    return poster_to(call.meetup, link_to(call.meetup.slug, "poster"), words)


def poster_to(meetup: Meetup, link: str, words: PosterWords) -> bytes:
    """Return a poster of a meetup, with a code that leads to this address, as PDF. Raises NotPrinted."""
    occasion = Occasion(meetup.told_title, meetup.when, meetup.where, language())
    return set_poster(occasion, _begin(meetup.summary), qr_modules(link), words=words).pdf


def _begin(summary: str) -> str:
    """Return the first paragraph of a text, as far as there is room for whole words."""
    words = one_line(summary.split("\n\n", maxsplit=1)[0].replace("*", "").replace("_", "").lstrip("# "))
    whole = words[:_MOST_SAID].rpartition(" ")[0] or words[:_MOST_SAID]
    return words if len(words) <= _MOST_SAID else f"{whole} …"

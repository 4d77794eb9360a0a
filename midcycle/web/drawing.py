"""Drawings in pages."""

from django.utils.safestring import SafeString, mark_safe


def drawn(svg: str) -> SafeString:
    """Let a drawing of `engines.charts` or `engines.maps`, which escape all words in them, into a page.

    The only place where one becomes safe.
    """
    return mark_safe(svg)  # noqa: S308 - see above

"""A text as a QR code (ISO/IEC 18004) in SVG."""

import segno


def qr_svg(text: str, title: str = "Ticket") -> str:
    """Return an `<svg>` for a page: black on white in any scheme, with its quiet zone, as large as its place.

    `title` is what a screen reader says. Raises ValueError for more text than a QR code holds.
    """
    code = segno.make_qr(text, error="m")
    svg: str = code.svg_inline(dark="#000", light="#fff", border=4, omitsize=True, svgclass=None, lineclass=None, title=title)
    return svg.replace("<svg ", '<svg role="img" ', 1)

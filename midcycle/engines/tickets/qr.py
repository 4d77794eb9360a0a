"""A text as a QR code (ISO/IEC 18004) in SVG."""

import segno


def qr_svg(text: str, title: str = "Ticket") -> str:
    """Return an `<svg>` for a page or a file: black on white in any scheme, with its quiet zone, as large as its place.

    `title` is what a screen reader says. Raises ValueError for more text than a QR code holds.
    """
    code = segno.make_qr(text, error="m")
    svg: str = code.svg_inline(dark="#000", light="#fff", border=4, omitsize=True, svgclass=None, lineclass=None, title=title)
    return svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" role="img" ', 1)


def qr_modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """Return the modules of the code, true where dark, without the quiet zone. Raises ValueError for too long a text.

    The mask is always the same, which any reader can read: to try all eight takes five times as long, and badges are many.
    """
    code = segno.make_qr(text, error="m", mask=2)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)

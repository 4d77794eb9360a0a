"""Reads PDFs back: what stands on each page, where each letter is, and what a screen reader is told."""

import io
from collections.abc import Iterator
from contextlib import closing

import pypdfium2
from pypdf import PdfReader

MM = 72 / 25.4


def pages(pdf: bytes) -> list[str]:
    """Return the words of each page, in the order they are drawn, on one line."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return [_plain(page.get_textpage().get_text_bounded()) for page in document]


def _plain(text: str) -> str:
    """Return the text on one line, without the places where a word may be broken."""
    return " ".join(text.replace("\u200b", "").split())


def sizes(pdf: bytes) -> set[tuple[int, int]]:
    """Return the sizes of all pages in whole millimetres."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return {(round(width / MM), round(height / MM)) for width, height in map(document.get_page_size, range(len(document)))}


def letters(pdf: bytes) -> Iterator[tuple[int, str, tuple[float, float, float, float]]]:
    """Yield each letter with the number of its page and its left, top, right and bottom in millimetres from the top left."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for number, page in enumerate(document):
            words, height = page.get_textpage(), page.get_height()
            for index in range(words.count_chars()):
                left, bottom, right, top = words.get_charbox(index)
                letter = words.get_text_range(index, 1)
                if letter.strip("\u200b \r\n"):
                    yield number, letter, (left / MM, (height - top) / MM, right / MM, (height - bottom) / MM)


def tallest(pdf: bytes) -> float:
    """Return the height of the tallest letter, in millimetres."""
    return max(bottom - top for _, _, (_, top, _, bottom) in letters(pdf))


def ink(pdf: bytes, number: int = 0) -> frozenset[tuple[int, int, int]]:
    """Return the colours on a page."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        picture = document[number].render(rev_byteorder=True)
        data, wide = bytes(picture.buffer), picture.n_channels
        return frozenset((data[at], data[at + 1], data[at + 2]) for at in range(0, len(data) - wide + 1, wide))


def dark(pdf: bytes) -> int:
    """Return how many points of the first page are dark."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return sum(point < 128 for point in bytes(document[0].render(grayscale=True).buffer))


def told(pdf: bytes) -> tuple[str, str, bool]:
    """Return the title, the language, and whether the PDF says it keeps to PDF/UA-1."""
    reader = PdfReader(io.BytesIO(pdf))
    root = reader.root_object
    assert reader.metadata is not None
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a PDF boolean, which is no Python one
    return str(reader.metadata.title), str(root["/Lang"]), b"<pdfuaid:part>1</pdfuaid:part>" in pdf


def bookmarks(pdf: bytes) -> list[str]:
    """Return the bookmarks."""
    return [str(entry.title) for entry in PdfReader(io.BytesIO(pdf)).outline]


def actions(pdf: bytes) -> list[str]:
    """Return what a reader of the PDF could be made to do: links, scripts, attached files."""
    reader = PdfReader(io.BytesIO(pdf))
    kinds = {"/URI", "/JavaScript", "/JS", "/Launch", "/EmbeddedFiles", "/OpenAction", "/AA"}
    found = [reader.get_object(number) for number in range(1, int(reader.trailer["/Size"]))]
    return [key for one in found if isinstance(one, dict) for key in one if key in kinds]

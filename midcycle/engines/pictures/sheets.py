"""Plans and other sheets people upload: pictures are re-encoded, a PDF is kept as it is and only ever handed out as a file."""

import io
import warnings
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps

from midcycle.kernel.refusal import Refusal

MOST_BYTES: Final = 5 * 1024 * 1024
MOST_PIXELS: Final = 40_000_000  # a sheet of A2 at 200 dots an inch has 15 million
LONGEST_SIDE: Final = 3000
_WRITTEN: Final = {"PNG": ("image/png", "png"), "JPEG": ("image/jpeg", "jpg"), "WEBP": ("image/webp", "webp")}
_KINDS: Final = "Choose a picture (PNG, JPEG or WebP) or a PDF."


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it is kept: media type, ending of its name, bytes; width and height in pixels are 0 for a PDF."""

    media_type: str
    ending: str
    content: bytes
    width: int = 0
    height: int = 0


def read_sheet(content: bytes) -> Sheet:
    """Return what an uploaded file is, by its content alone. Raises Refusal for what is none, too large or cannot be read.

    A picture is decoded and written anew without what cameras and programs add to it (place, author, thumbnails), turned
    upright, and no longer than 3000 pixels a side; of a moving one the first frame stays.
    """
    if len(content) > MOST_BYTES:
        raise Refusal("This file is larger than 5 MB. Choose a smaller one.", field="file")
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    return _picture(content)


def _pdf(content: bytes) -> Sheet:
    """Keep a PDF that has an end; what is in it is for its reader to judge, so it is never shown in a page of ours."""
    if b"%%EOF" not in content[-2048:]:
        raise Refusal("The end of this PDF is missing. Export it again.", field="file")
    return Sheet("application/pdf", "pdf", content)


def _picture(content: bytes) -> Sheet:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd metadata warns; it is thrown away
            with Image.open(io.BytesIO(content), formats=list(_WRITTEN)) as found:
                return _written_anew(found)
    except Refusal:
        raise
    except Exception:  # noqa: BLE001 - a decoder fails on hostile bytes in ways it does not document
        raise Refusal(f"This file cannot be read. {_KINDS}", field="file") from None


def _written_anew(found: Image.Image) -> Sheet:
    if found.width * found.height > MOST_PIXELS:
        raise Refusal("This picture has more than 40 million pixels. Choose a smaller one.", field="file")
    kind = found.format or "PNG"
    found.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(found)
    clear = upright.convert("RGB" if kind == "JPEG" else "RGBA")
    clear.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.new(clear.mode, clear.size)
    bare.paste(clear)
    out = io.BytesIO()
    bare.save(out, format=kind, **({"optimize": True} if kind == "PNG" else {"quality": 85}))
    return Sheet(*_WRITTEN[kind], out.getvalue(), *bare.size)

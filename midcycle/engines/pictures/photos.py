"""Photographs: decoded within limits, and written anew in three sizes, without anything a camera or a program added."""

import hashlib
import io
import os
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image, ImageCms, ImageFile, ImageOps

from midcycle.kernel.refusal import Refusal

MOST_PIXELS: Final = 64_000_000  # phones go to 50 million
_READ: Final = ("JPEG", "PNG", "WEBP")
_HEIC: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_HEIC_SAID: Final = (
    "This is a HEIC picture, which few programs can read. In the settings of the camera choose “Most compatible”, "
    "or send it to yourself as a JPEG first."
)
_UNREADABLE: Final = "This file is no picture we can read. Choose a JPEG, PNG or WebP."
_CUT_OFF: Final = "The end of this picture is missing. Send it again."
_TOO_LARGE: Final = f"This picture has more than {MOST_PIXELS // 1_000_000} million pixels. Make it smaller first."
# Whoever shows them marks them for translators; the darkroom itself starts with as little as it can.
REFUSALS: Final = (_HEIC_SAID, _UNREADABLE, _CUT_OFF, _TOO_LARGE)


@dataclass(frozen=True, slots=True)
class Size:
    """A size pictures are kept in: name of its file, pixels of the longer side at most, media type, how it is written."""

    file: str
    side: int
    media_type: str
    format: str
    options: Mapping[str, object]


SIZES: Final[Mapping[str, Size]] = {
    "thumb": Size("thumb.webp", 480, "image/webp", "WEBP", {"quality": 76, "method": 4}),
    "screen": Size("screen.webp", 1280, "image/webp", "WEBP", {"quality": 78, "method": 4}),
    "full": Size("full.jpg", 2560, "image/jpeg", "JPEG", {"quality": 84, "progressive": True, "optimize": True}),
}


@dataclass(frozen=True, slots=True)
class Developed:
    """A picture in all its sizes: pixels of the full one, bytes of all of them, SHA-256 of the file that came (hex)."""

    width: int
    height: int
    size: int
    digest: str


def fitted(width: int, height: int, side: int) -> tuple[int, int]:
    """Return the pixels of a picture whose longer side has so many at most, in the same shape; none is enlarged."""
    longer = max(width, height)
    if longer <= side:
        return width, height
    return max(1, round(width * side / longer)), max(1, round(height * side / longer))


def develop(source: Path, folder: Path) -> Developed:
    """Write a picture into a folder in all its sizes. Raises Refusal for what cannot be read or is too large.

    Each file is there as a whole or not at all. Nothing of what came with the pixels is written: they are copied bare.
    """
    content = source.read_bytes()
    bare = _read(content)
    folder.mkdir(parents=True, exist_ok=True)
    size = 0
    for kind in SIZES.values():
        at = fitted(*bare.size, kind.side)
        smaller = bare if at == bare.size else bare.resize(at, Image.Resampling.LANCZOS, reducing_gap=3.0)
        out = io.BytesIO()
        smaller.save(out, format=kind.format, **kind.options)
        _put(folder / kind.file, out.getvalue())
        size += len(out.getvalue())
    return Developed(*bare.size, size, hashlib.sha256(content).hexdigest())


def _put(path: Path, content: bytes) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _read(content: bytes) -> Image.Image:
    """Return the bare pixels, upright, in sRGB, no larger than the largest size."""
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        raise Refusal(_HEIC_SAID, field="file")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd metadata warns; it is thrown away
            with Image.open(io.BytesIO(content), formats=_READ) as found:
                return _bare(found)
    except Refusal:
        raise
    except (MemoryError, Image.DecompressionBombError):
        raise Refusal(_TOO_LARGE, field="file") from None
    except Exception as error:  # noqa: BLE001 - a decoder fails on hostile bytes in ways it does not document
        raise Refusal(_CUT_OFF if "truncated" in str(error) else _UNREADABLE, field="file") from None


def _bare(found: Image.Image) -> Image.Image:
    side = SIZES["full"].side
    if found.width * found.height > MOST_PIXELS:
        raise Refusal(_TOO_LARGE, field="file")
    if isinstance(found, ImageFile.ImageFile):
        found.draft(None, (side, side))  # a JPEG is decoded no larger than needed
    profile = found.info.get("icc_profile")
    found.load()
    upright = ImageOps.exif_transpose(found)
    plain = _eight_bit(upright)
    smaller = plain.resize(fitted(*plain.size, side), Image.Resampling.LANCZOS, reducing_gap=3.0)
    flat = _on_white(_in_srgb(smaller, profile))
    bare = Image.new("RGB", flat.size)
    bare.paste(flat)
    return bare


def _eight_bit(image: Image.Image) -> Image.Image:
    """Return the picture with eight bits a channel, which can be made smaller: of palettes and finer greys there is none."""
    if image.mode.startswith("I;16") or image.mode in {"I", "F"}:
        wide = image.convert("F")
        low, high = wide.getextrema()
        finest = 65535.0 if max(float(high), -float(low)) > 255 else 255.0  # type: ignore[arg-type]
        return wide.point(lambda value: value * (255.0 / finest)).convert("L")
    if image.mode in {"RGB", "RGBA", "L", "CMYK"} and "transparency" not in image.info:
        return image
    if image.mode in {"P", "PA", "LA", "La", "RGBa"} or "transparency" in image.info:
        return image.convert("RGBA")
    return image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the colours as every screen shows them; with a profile nobody understands, as if there were none."""
    if profile and image.mode in {"RGB", "RGBA", "L", "CMYK"}:
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            changed = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            changed = None
        if changed is not None:
            return changed
    return image


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image.convert("RGB")
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground

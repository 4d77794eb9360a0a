"""Photographs are decoded within limits, and nothing but their pixels is passed on."""

import io
import struct
import sys
import time
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from midcycle.engines.pictures import SIZES, Counter, Job, develop, fitted
from midcycle.engines.pictures.photos import MOST_PIXELS
from midcycle.kernel.refusal import Refusal
from tests.worlds.pictures import picture

SECRET = b"Bo lives at 52.0907 N"


def made(tmp_path, content: bytes):
    """Develop a file; return the facts and the sizes as pictures."""
    source = tmp_path / "came"
    source.write_bytes(content)
    facts = develop(source, tmp_path / "out")
    written = {name: (tmp_path / "out" / size.file).read_bytes() for name, size in SIZES.items()}
    return facts, {name: Image.open(io.BytesIO(content)) for name, content in written.items()}


def why(tmp_path, content: bytes) -> str:
    """Return why a file is refused."""
    source = tmp_path / "came"
    source.write_bytes(content)
    with pytest.raises(Refusal) as refusal:
        develop(source, tmp_path / "out")
    return refusal.value.message


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def with_gps(**more: object) -> Image.Exif:
    """Return what a phone notes: place, time, camera, a comment, and which way is up."""
    exif = Image.Exif()
    exif[0x010E], exif[0x0110], exif[0x0132] = SECRET.decode(), "Phone 9", "2027:03:02 10:00:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 5.0, 26.0), 3: "E", 4: (4.0, 18.0, 0.0)})
    for key, value in more.items():
        exif[int(key[1:], 16)] = value
    return exif


def test_a_picture_is_written_in_three_sizes(tmp_path):
    facts, sizes = made(tmp_path, picture(4000, 3000))
    assert {name: (one.format, one.size) for name, one in sizes.items()} == {
        "thumb": ("WEBP", (480, 360)),
        "screen": ("WEBP", (1280, 960)),
        "full": ("JPEG", (2560, 1920)),
    }
    written = sum((tmp_path / "out" / size.file).stat().st_size for size in SIZES.values())
    assert (facts.width, facts.height, facts.size) == (2560, 1920, written)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["full.jpg", "screen.webp", "thumb.webp"]


def test_a_small_picture_is_not_enlarged(tmp_path):
    _, sizes = made(tmp_path, picture(64, 48))
    assert {one.size for one in sizes.values()} == {(64, 48)}


def profile(space: str) -> bytes:
    """Return a colour profile."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(space)).tobytes()


def profile_of_gamma_one() -> bytes:
    """Return sRGB with linear light: its curves replaced by the shortest there is, one of no points (ICC.1, 10.6)."""
    whole = bytearray(profile("sRGB"))
    tags = struct.unpack(">I", whole[128:132])[0]
    for at in range(132, 132 + 12 * tags, 12):
        name, place, size = struct.unpack(">4sII", whole[at : at + 12])
        if name.endswith(b"TRC"):
            whole[place : place + size] = (b"curv" + bytes(8)).ljust(size, b"\0")[:size]
    return bytes(whole)


def told(words: bytes) -> PngInfo:
    """Return a text for a PNG."""
    texts = PngInfo()
    texts.add_text("Author", words.decode())
    return texts


MARKS = (SECRET, b"Exif", b"xmp", b"8BIM", b"ICC_PROFILE", b"Phone 9", b"<script", b"PK\x03\x04")
HOSTILE = {
    "jpeg with exif, gps, comment and icc": picture(
        exif=with_gps(), comment=SECRET, icc_profile=profile("sRGB")
    ),
    "jpeg with xmp": picture(kind="JPEG", xmp=b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"),
    "jpeg with photoshop's iptc": picture()[:2]
    + b"\xff\xed" + struct.pack(">H", len(SECRET) + 30) + b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x00" + SECRET
    + b"\x00" * 2 + picture()[2:],
    "jpeg with a page behind it": picture() + b"<html><script>" + SECRET + b"</script>",
    "jpeg with an archive behind it": picture() + b"PK\x03\x04" + SECRET,
    "png with texts": picture(kind="PNG", pnginfo=told(SECRET)),
    "png with exif and a private chunk": picture(kind="PNG", exif=with_gps())[:-12]
    + chunk(b"prVt", SECRET) + picture(kind="PNG")[-12:],
    "webp with exif and xmp": picture(kind="WEBP", exif=with_gps(), xmp=SECRET),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_that_came_with_the_pixels_is_kept(tmp_path, name):
    assert SECRET in HOSTILE[name]
    _, sizes = made(tmp_path, HOSTILE[name])
    kept = b"".join((tmp_path / "out" / size.file).read_bytes() for size in SIZES.values())
    found = [
        word
        for word in (SECRET, b"Exif", b"xmp", b"8BIM", b"ICC_PROFILE", b"Phone 9", b"<script", b"PK\x03\x04")
        if word in kept
    ]
    assert found == []
    for one in sizes.values():
        assert (dict(one.getexif()), one.info.keys() & {"exif", "xmp", "icc_profile", "comment", "photoshop"}) == ({}, set())


@pytest.mark.parametrize("turned", range(1, 9))
def test_it_is_turned_upright(tmp_path, turned):
    content = picture(80, 40, exif=with_gps(x0112=turned))
    facts, _ = made(tmp_path, content)
    assert (facts.width, facts.height) == ((80, 40) if turned < 5 else (40, 80))


def test_of_a_moving_picture_the_first_frame_stays(tmp_path):
    frames, out = [Image.new("RGB", (40, 30), colour) for colour in ("red", "blue")], io.BytesIO()
    frames[0].save(out, format="WEBP", save_all=True, append_images=frames[1:])
    _, sizes = made(tmp_path, out.getvalue())
    assert (getattr(sizes["thumb"], "n_frames", 1), sizes["full"].getpixel((20, 15))[0] > 200) == (1, True)


@pytest.mark.parametrize(
    ("mode", "kind"), [("CMYK", "JPEG"), ("L", "JPEG"), ("1", "PNG"), ("P", "PNG"), ("LA", "PNG"), ("RGBA", "WEBP")]
)
def test_every_kind_of_colours_becomes_plain_ones(tmp_path, mode, kind):
    _, sizes = made(tmp_path, picture(mode=mode, kind=kind))
    assert {one.mode for one in sizes.values()} == {"RGB"}


def test_sixteen_bits_of_grey_become_eight(tmp_path):
    out = io.BytesIO()
    Image.fromarray(np.full((30, 40), 32768, dtype=np.uint16)).save(out, format="PNG")
    _, sizes = made(tmp_path, out.getvalue())
    assert sizes["full"].getpixel((5, 5)) == (127, 127, 127)


def test_what_was_clear_is_white(tmp_path):
    out = io.BytesIO()
    Image.new("RGBA", (40, 30), (0, 0, 0, 0)).save(out, format="PNG")
    _, sizes = made(tmp_path, out.getvalue())
    assert sizes["full"].getpixel((5, 5)) == (255, 255, 255)


def test_colours_of_a_phone_are_those_of_every_screen(tmp_path):
    wider = made(tmp_path, picture(icc_profile=profile_of_gamma_one()))[1]["full"].getpixel((30, 20))
    plain = made(tmp_path, picture())[1]["full"].getpixel((30, 20))
    assert sum(wider) > sum(plain) + 30  # light that was noted linear is brighter as sRGB


@pytest.mark.parametrize("odd", [b"no profile at all", profile("LAB")])
def test_a_profile_nobody_understands_breaks_nothing(tmp_path, odd):
    assert made(tmp_path, picture(icc_profile=odd))[0].width == 64


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a" + bytes(40),
        b"%PDF-1.7",
        bytes(100),
        b"\xff\xd8\xff" + bytes(50),
    ],
)
def test_what_is_no_picture_is_refused(tmp_path, content):
    assert why(tmp_path, content) == "This file is no picture we can read. Choose a JPEG, PNG or WebP."
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_that_is_cut_off_is_refused(tmp_path, kind):
    whole = picture(400, 300, kind=kind)
    assert why(tmp_path, whole[: len(whole) // 2]) in {
        "The end of this picture is missing. Send it again.",
        "This file is no picture we can read. Choose a JPEG, PNG or WebP.",
    }


def test_a_heic_picture_is_told_what_to_do(tmp_path):
    assert "Most compatible" in why(tmp_path, b"\x00\x00\x00\x18ftypheic" + bytes(40))


def test_a_bomb_is_refused_before_it_is_decoded(tmp_path):
    side = 20_000  # a few kilobytes that would take a gigabyte
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    assert "million pixels" in why(tmp_path, bomb)


@given(st.integers(1, 70_000), st.integers(1, 70_000), st.integers(1, 3000))
def test_a_size_fits_keeps_its_shape_and_is_never_larger(width, height, side):
    wide, high = fitted(width, height, side)
    assert 1 <= wide <= width
    assert 1 <= high <= height
    assert max(wide, high) <= side or (wide, high) == (width, height)
    if max(width, height) > side:
        assert max(wide, high) == side
        assert abs(wide * height - high * width) <= max(width, height)


def outcomes(counter: Counter, *, now: float = 0.0, least: int = 1):
    """Fetch until so many are ready."""
    found = []
    while len(found) < least:
        found += counter.fetch(now=now)
        time.sleep(0.01)
    return found


def test_the_counter_gives_back_what_became_of_each(tmp_path):
    (tmp_path / "good").write_bytes(picture())
    (tmp_path / "bad").write_bytes(b"no picture")
    counter = Counter()
    counter.hand_in([Job(name, tmp_path / name, tmp_path / f"{name}-out") for name in ("good", "bad")], now=0)
    assert counter.under_way == {"good", "bad"}
    good, bad = outcomes(counter, least=2)
    assert (good.name, good.developed.width, bad.name, bad.developed) == ("good", 64, "bad", None)
    assert bad.refused.startswith("This file is no picture")
    assert (counter.fetch(now=0), counter.under_way) == ([], frozenset())


DIES = (sys.executable, "-c", "import sys; sys.stdin.readline(); sys.exit(9)")
HANGS = (sys.executable, "-c", "import time; time.sleep(600)")


def test_a_picture_that_brings_the_darkroom_down_is_refused_and_those_behind_it_come_again(tmp_path):
    counter = Counter(program=DIES)
    counter.hand_in([Job(name, tmp_path, tmp_path) for name in ("bomb", "innocent")], now=0)
    assert [(one.name, bool(one.refused)) for one in outcomes(counter)] == [("bomb", True)]
    assert counter.under_way == frozenset()


def test_a_picture_that_takes_too_long_is_given_up(tmp_path):
    counter = Counter(program=HANGS, patience=5)
    counter.hand_in([Job("slow", tmp_path, tmp_path)], now=100)
    assert (counter.fetch(now=104), counter.under_way) == ([], {"slow"})
    assert [one.name for one in counter.fetch(now=106)] == ["slow"]


@pytest.mark.slow
def test_the_largest_picture_fits_into_the_memory_there_is(tmp_path):
    side = int(MOST_PIXELS**0.5)  # progressive, without sparing colours: what takes most memory
    (tmp_path / "large").write_bytes(picture(side, side, progressive=True, subsampling=0))
    counter = Counter()
    counter.hand_in([Job("large", tmp_path / "large", tmp_path / "out")], now=0)
    assert [(one.name, one.refused) for one in outcomes(counter)] == [("large", "")]

"""Uploaded sheets: known by their content, written anew, bounded."""

import io

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from midcycle.engines.pictures import MOST_BYTES, read_sheet
from midcycle.kernel.refusal import Refusal


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **saved: object) -> bytes:
    """Return a small picture."""
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, format=kind, **saved)
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "media", "ending"),
    [("PNG", "image/png", "png"), ("JPEG", "image/jpeg", "jpg"), ("WEBP", "image/webp", "webp")],
)
def test_a_picture_is_known_by_its_content(kind, media, ending):
    sheet = read_sheet(picture(kind) + b"<script>alert(1)</script>")
    assert (sheet.media_type, sheet.ending, sheet.width, sheet.height) == (media, ending, 40, 30)
    assert b"<script>" not in sheet.content
    with Image.open(io.BytesIO(sheet.content)) as again:
        assert (again.format, again.size) == (kind, (40, 30))


def test_what_cameras_and_programs_add_is_gone():
    place = Image.Exif()
    place[0x010E] = "At home, 52.1 N"
    place[0x0112] = 6  # lies on its side
    text = PngInfo()
    text.add_text("Author", "Bo Secret")
    turned = read_sheet(picture("JPEG", exif=place))
    assert (turned.width, turned.height, b"At home" in turned.content) == (30, 40, False)
    assert b"Bo Secret" not in read_sheet(picture("PNG", pnginfo=text)).content


def test_a_large_picture_is_made_smaller_and_a_huge_one_refused():
    sheet = read_sheet(picture(size=(6000, 1500)))
    assert (sheet.width, sheet.height) == (3000, 750)
    with pytest.raises(Refusal, match="40 million"):
        read_sheet(picture(size=(9000, 5000)))


def test_of_a_moving_picture_the_first_frame_stays():
    frames = [Image.new("RGB", (10, 10), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, format="WEBP", save_all=True, append_images=frames[1:])
    with Image.open(io.BytesIO(read_sheet(out.getvalue()).content)) as still:
        assert getattr(still, "n_frames", 1) == 1


def test_a_pdf_stays_as_it_came():
    content = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF\n"
    sheet = read_sheet(content)
    assert (sheet.media_type, sheet.ending, sheet.content, sheet.width) == ("application/pdf", "pdf", content, 0)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a" + b"\x00" * 40,
        b"%PDF-1.7 and no end",
        b"PK\x03\x04",
        picture()[:40],
        picture("JPEG")[:60],
        b"\x89PNG\r\n\x1a\n" + b"\xff" * 100,
    ],
)
def test_whatever_else_is_refused(content):
    with pytest.raises(Refusal) as refusal:
        read_sheet(content)
    assert refusal.value.field == "file"


def test_a_file_that_is_too_large_is_refused_before_it_is_read():
    with pytest.raises(Refusal, match="5 MB"):
        read_sheet(b"%PDF-" + b"\x00" * MOST_BYTES)

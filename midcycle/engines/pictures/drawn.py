"""Pictures drawn by ourselves, for demos: flat scenes of a meetup, in which nobody is anybody."""

import io
import random
from collections.abc import Callable, Mapping
from typing import Final

from PIL import Image, ImageDraw

_WIDTH: Final = 1440
_HEIGHT: Final = 1080
_WALLS: Final = ("#e9dfcf", "#dfe7e4", "#ece2da", "#e3e0ee")
_FLOORS: Final = ("#b79f82", "#9aa39b", "#a88f7c")
_SHIRTS: Final = ("#0a5c64", "#c98a12", "#7a2e0e", "#4a2a7a", "#1f5122", "#7d1743", "#1d3f87", "#5e564b")
_SKINS: Final = ("#8d5a3b", "#c68f6a", "#e3b897", "#5c3a26", "#f0cfb4")
_NOTES: Final = ("#ffc94a", "#d3e4b8", "#bfe3de", "#f6d0e0", "#cbdcf5")


def scene(kind: str, seed: int) -> bytes:
    """Return a scene as JPEG, 1440 by 1080: `circle`, `wall`, `coffee`, `hall` or `group`; the same for the same seed."""
    dice = random.Random(f"{kind}-{seed}")  # noqa: S311 - a drawing, no secret
    image = Image.new("RGB", (_WIDTH, _HEIGHT), dice.choice(_WALLS))
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 640, _WIDTH, _HEIGHT), fill=dice.choice(_FLOORS))
    _SCENES[kind](pen, dice)
    out = io.BytesIO()
    image.save(out, format="JPEG", quality=88)
    return out.getvalue()


def _person(pen: ImageDraw.ImageDraw, dice: random.Random, x: int, foot: int, tall: int) -> None:
    """Draw somebody from the front, so many pixels tall."""
    head, broad = tall // 6, tall // 3
    pen.rounded_rectangle((x - broad // 2, foot - tall + head, x + broad // 2, foot), broad // 3, fill=dice.choice(_SHIRTS))
    pen.ellipse((x - head // 2, foot - tall, x + head // 2, foot - tall + head + 4), fill=dice.choice(_SKINS))


def _window(pen: ImageDraw.ImageDraw, x: int) -> None:
    pen.rectangle((x, 120, x + 240, 460), fill="#cfe3ee", outline="#fffdf9", width=14)
    pen.line((x + 120, 120, x + 120, 460), fill="#fffdf9", width=10)


def _circle(pen: ImageDraw.ImageDraw, dice: random.Random) -> None:
    for x in (120, 600, 1080):
        _window(pen, x)
    pen.ellipse((420, 720, 1020, 900), fill="#8b6b4c")
    for x in range(180, 1400, 150):
        _person(pen, dice, x + dice.randint(-20, 20), 760 - abs(x - 720) // 12, 300)
    for x in (330, 560, 880, 1110):
        _person(pen, dice, x, 1070, 360)


def _wall(pen: ImageDraw.ImageDraw, dice: random.Random) -> None:
    pen.rectangle((140, 90, 1300, 600), fill="#fffdf9", outline="#8b8172", width=8)
    for column in range(10):
        for row in range(dice.randint(2, 5)):
            x, y = 180 + column * 110 + dice.randint(-8, 8), 120 + row * 92 + dice.randint(-6, 6)
            pen.rectangle((x, y, x + 84, y + 74), fill=dice.choice(_NOTES))
            for line in range(3):
                pen.line((x + 10, y + 18 + 18 * line, x + dice.randint(40, 74), y + 18 + 18 * line), fill="#5e564b", width=4)
    for x in (260, 520, 980):
        _person(pen, dice, x, 1060, 460)


def _coffee(pen: ImageDraw.ImageDraw, dice: random.Random) -> None:
    _window(pen, 980)
    for x in (180, 420, 640):
        _person(pen, dice, x, 900, 440)
    pen.rectangle((60, 780, 1380, 840), fill="#6d5138")
    for x in range(120, 1340, 120):
        pen.rounded_rectangle((x, 716, x + 54, 780), 8, fill="#fffdf9")
        pen.arc((x + 40, 728, x + 78, 764), -90, 90, fill="#fffdf9", width=8)
        pen.ellipse((x + 6, 712, x + 48, 726), fill="#4a2f1c")


def _hall(pen: ImageDraw.ImageDraw, dice: random.Random) -> None:
    pen.rectangle((420, 70, 1020, 400), fill="#24201b")
    pen.rectangle((440, 90, 1000, 380), fill="#ddecea")
    for row, words in enumerate((420, 300, 360)):
        pen.line((490, 160 + 70 * row, 490 + words, 160 + 70 * row), fill="#0a5c64", width=18)
    _person(pen, dice, 1160, 620, 320)
    for row in range(4):
        for x in range(60 + 50 * (row % 2), 1440, 130):
            _person(pen, dice, x + dice.randint(-12, 12), 800 + 110 * row, 190 + 20 * row)


def _group(pen: ImageDraw.ImageDraw, dice: random.Random) -> None:
    pen.rectangle((0, 0, _WIDTH, 520), fill="#cfe3ee")
    pen.rectangle((180, 140, 1260, 700), fill="#a88f7c")
    for x in range(240, 1240, 200):
        pen.rectangle((x, 200, x + 90, 340), fill="#ddecea")
    for row in range(3):
        for x in range(150 + 40 * (row % 2), 1330, 92):
            _person(pen, dice, x, 760 + 130 * row, 300)


_SCENES: Final[Mapping[str, Callable[[ImageDraw.ImageDraw, random.Random], None]]] = {
    "circle": _circle,
    "wall": _wall,
    "coffee": _coffee,
    "hall": _hall,
    "group": _group,
}

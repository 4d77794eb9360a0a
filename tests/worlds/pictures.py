"""Pictures made by our own code."""

import io

import numpy as np
from PIL import Image


def picture(
    width: int = 64, height: int = 48, *, kind: str = "JPEG", seed: int = 1, mode: str = "RGB", **saved: object
) -> bytes:
    """Return a picture of soft colours, another for each seed."""
    dice = np.random.default_rng(seed)
    small = Image.fromarray(dice.integers(0, 255, (6, 8, 3), dtype=np.uint8)).resize((width, height), Image.Resampling.BICUBIC)
    out = io.BytesIO()
    small.convert(mode).save(out, format=kind, **saved)
    return out.getvalue()

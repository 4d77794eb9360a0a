"""Pictures of 12 million pixels, from the file that came to three sizes: `python -m bench.photos [pictures]`.

As the worker does it, in the darkroom's own process. Printed: seconds for all and for each, by the clock and of processor, the
most memory the darkroom took, how many bytes came and are kept.

On 2 processors shared by several people, November 2026: see docs/decisions/0057.
"""

import io
import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image

from midcycle.engines.pictures import Counter, Job

WIDTH, HEIGHT = 4000, 3000
KINDS = 5


def main(pictures: int) -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        sources = [_source(folder, number) for number in range(KINDS)]
        came = sum(sources[number % KINDS].stat().st_size for number in range(pictures))
        jobs = [Job(str(number), sources[number % KINDS], folder / f"out-{number}") for number in range(pictures)]
        counter, done, began, worked = Counter(), 0, time.perf_counter(), _processor()
        counter.hand_in(jobs, now=time.monotonic())
        while done < pictures:
            outcomes = counter.fetch(now=time.monotonic())
            wrong = [one.refused for one in outcomes if one.developed is None]
            if wrong:
                raise SystemExit(wrong[0])
            done += len(outcomes)
            time.sleep(0.01)
        took = time.perf_counter() - began
        counter.close()
        kept = sum(path.stat().st_size for path in folder.glob("out-*/*"))
    used = _processor() - worked
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{pictures} pictures of {WIDTH * HEIGHT / 1e6:.0f} million pixels: {took:.1f} s, {took / pictures:.2f} s each")
    print(f"of processor {used:.1f} s, {used / pictures:.2f} s each, one process, niceness 10")
    print(f"memory of the darkroom at most: {most:.0f} MB, given back when nothing waits")
    print(f"came {came / 1e6:.0f} MB, kept {kept / 1e6:.0f} MB: {kept / pictures / 1e3:.0f} kB a picture in three sizes")


def _source(folder: Path, seed: int) -> Path:
    """Return a JPEG as a camera makes it: soft colours with the grain of a sensor."""
    dice = np.random.default_rng(seed)
    spots = Image.fromarray(dice.integers(0, 255, (HEIGHT // 100, WIDTH // 100, 3), dtype=np.uint8))
    soft = np.asarray(spots.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC), dtype=np.int16)
    grain = dice.normal(0, 6, (HEIGHT, WIDTH, 1)).astype(np.int16)
    out = io.BytesIO()
    Image.fromarray(np.clip(soft + grain, 0, 255).astype(np.uint8)).save(out, format="JPEG", quality=90)
    path = folder / f"in-{seed}.jpg"
    path.write_bytes(out.getvalue())
    return path


def _processor() -> float:
    """Return the seconds of processor our ended children took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)

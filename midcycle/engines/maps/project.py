"""Equal Earth, a projection that keeps the sizes of lands.

Šavrič, Patterson, Jenny 2018, doi:10.1080/13658816.2018.1504949.
"""

import math
from typing import Final

SCALE: Final = 180.0
WIDTH: Final = 2 * 2.70663 * SCALE
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796


def projected(latitude: float, longitude: float) -> tuple[float, float]:
    """Return x, growing eastward from Greenwich, and y, growing southward from the equator, of a place in degrees."""
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    square = theta * theta
    sixth = square**3
    slope = 9 * _A4 * square * sixth + 7 * _A3 * sixth + 3 * _A2 * square + _A1
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(theta) / (3 * slope)
    y = theta * (_A4 * square * sixth + _A3 * sixth + _A2 * square + _A1)
    return x * SCALE, -y * SCALE

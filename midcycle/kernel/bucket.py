"""Token bucket: so much at once, so much per second."""

from math import ceil


class Bucket:
    """Holds `burst` at first and fills with `rate` a second. One kind of use takes always, the other only what is there."""

    def __init__(self, rate: float, burst: float) -> None:
        self._rate = rate
        self._burst = burst
        self._level = burst
        self._at = float("-inf")

    def take(self, amount: float, now: float) -> float:
        """Take `amount` at time `now` (seconds); give the seconds until the debt is paid."""
        self._level = min(self._burst, self._level + (now - self._at) * self._rate) - amount
        self._at = now
        return max(0.0, -self._level / self._rate)

    def seconds_until(self, amount: float, now: float) -> int:
        """Take `amount` at time `now` and give 0, or take nothing and give the whole seconds until it could be taken."""
        level = min(self._burst, self._level + (now - self._at) * self._rate)
        if level < amount:
            return max(1, ceil((amount - level) / self._rate))
        self._level, self._at = level - amount, now
        return 0

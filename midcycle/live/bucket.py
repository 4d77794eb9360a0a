"""Token bucket: so much at once, so much per second."""


class Bucket:
    """Tells how long to wait after taking; never refuses."""

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

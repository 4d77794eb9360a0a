"""What registration does by itself as time passes."""

from datetime import datetime

from midcycle.registration.actions.imports import forget_previews


def forget_files(now: datetime) -> int:
    """Forget files of registrations that were looked at a day ago and not taken over."""
    return forget_previews(now)

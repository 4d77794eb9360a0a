"""What the views of pads share."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest

from midcycle.kernel.refusal import Refusal


def told(request: HttpRequest, deed: Callable[[], str]) -> None:
    """Do it, and say what was done or why it was not."""
    try:
        messages.success(request, deed())
    except Refusal as refusal:
        messages.error(request, refusal.message)

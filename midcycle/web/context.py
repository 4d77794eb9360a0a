"""What every template knows."""

from django.conf import settings
from django.http import HttpRequest


def instance(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001 - Django's signature
    """Return the name of the instance and whether it is a demo."""
    return {"instance_name": settings.MIDCYCLE.instance_name, "is_demo": settings.MIDCYCLE.demo}

"""What every template knows."""

from django.conf import settings
from django.http import HttpRequest

from midcycle.web.requests import came_by


def instance(request: HttpRequest) -> dict[str, object]:
    """Return the name of the instance, whether it is a demo, and what links take along of how a visitor came."""
    via = came_by(request)
    known = {"instance_name": settings.MIDCYCLE.instance_name, "is_demo": settings.MIDCYCLE.demo}
    return {**known, "carried": f"?via={via}" if via else ""}

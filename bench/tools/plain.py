"""What the framework alone can do: one view, no middleware and no database, which gives the bytes of the file PLAIN_BYTES."""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

BODY = Path(os.environ["PLAIN_BYTES"]).read_bytes()


def page(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Give the bytes."""
    return HttpResponse(BODY, headers={"Content-Encoding": "gzip"})


urlpatterns = [path("", page)]
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="x" * 50, MIDDLEWARE=[])
application = get_wsgi_application()

"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "midcycle.site.settings")
application = get_wsgi_application()
# Load every view now: the first visitor does not wait for it, and a fault shows at the start.
_ = get_resolver().url_patterns

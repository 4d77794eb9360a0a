"""The WSGI application that granian serves."""

import os
import signal

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from midcycle.site.door import door
from midcycle.site.processes import die_with_parent
from midcycle.site.turns import in_turn

# A web worker whose parent was killed would keep the port and answer beside its successor.
die_with_parent(signal.SIGKILL)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "midcycle.site.settings")
application = door(in_turn(get_wsgi_application()))
# Load every view now: the first visitor does not wait for it, and a fault shows at the start.
_ = get_resolver().url_patterns

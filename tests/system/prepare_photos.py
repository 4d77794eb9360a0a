"""`python -m tests.system.prepare_photos`: makes the tables, and a meetup Bo sends pictures to; prints how he is signed in."""

import json
import sys

from midcycle.site.boot import boot

boot(tables=False)

from django.core.management import call_command  # noqa: E402 - Django must be up first

from midcycle.photos import actions  # noqa: E402 - the same
from tests.world import NOW, bo, browser_of  # noqa: E402 - the same
from tests.worlds.registration import opened, seated  # noqa: E402 - the same

call_command("migrate", interactive=False, verbosity=0)
meetup = opened(5, stage="on_site")
seated(meetup, "Bo")
actions.join(meetup, "Bo", by=bo(), now=NOW)
cookie = browser_of(bo()).cookies["midcycle"].value
sys.stdout.write(json.dumps({"slug": meetup.slug, "session": cookie}))

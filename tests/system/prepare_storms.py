"""`python -m tests.system.prepare_storms SEATS…`: opens a meetup for each number; prints slugs, tokens, and Ada's session."""

import json
import sys

from midcycle.site.boot import boot

boot(tables=False)

from django.core.management import call_command  # noqa: E402 - Django must be up first

from midcycle.meetups import actions  # noqa: E402 - the same
from tests.world import NOW, ada, browser_of  # noqa: E402 - the same
from tests.worlds.registration import opened  # noqa: E402 - the same

call_command("migrate", interactive=False, verbosity=0)
meetups = [opened(int(seats), f"Storm {number}") for number, seats in enumerate(sys.argv[1:], 1)]
known = [{"slug": meetup.slug, "token": actions.make_token(meetup, "seats:write", now=NOW)} for meetup in meetups]
session = browser_of(ada()).cookies["midcycle"].OutputString().partition(";")[0]
sys.stdout.write(json.dumps({"meetups": known, "session": session}))

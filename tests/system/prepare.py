"""`python -m tests.system.prepare SEATS`: makes the tables in MIDCYCLE_DATA, opens a meetup, prints its slug and tokens."""

import json
import sys

from midcycle.site.boot import boot

boot(tables=False)

from django.core.management import call_command  # noqa: E402 - Django must be up first

from midcycle.meetups import actions  # noqa: E402 - the same
from tests.world import NOW  # noqa: E402 - the same
from tests.worlds.registration import opened  # noqa: E402 - the same

call_command("migrate", interactive=False, verbosity=0)
meetup = opened(int(sys.argv[1]), "Rush")
tokens = {scope: actions.make_token(meetup, scope, now=NOW) for scope in ("seats:read", "seats:write")}
sys.stdout.write(json.dumps({"slug": meetup.slug, **tokens}))

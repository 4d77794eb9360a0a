"""`python -m tests.system.prepare_door PHONES`: makes tables and a meetup on site, prints codes of seats and keys of phones."""

import json
import sys

from midcycle.site.boot import boot

boot(tables=False)

from django.core.management import call_command  # noqa: E402 - Django must be up first

from midcycle.onsite.access import key_of  # noqa: E402 - the same
from tests.worlds.onsite import device, on_site  # noqa: E402 - the same
from tests.worlds.registration import crowd  # noqa: E402 - the same

call_command("migrate", interactive=False, verbosity=0)
meetup = on_site(100)
codes = [seat.code for seat in crowd(meetup, 10)]
keys = [key_of(device(meetup, f"Phone {number}")) for number in range(int(sys.argv[1]))]
sys.stdout.write(json.dumps({"slug": meetup.slug, "codes": codes, "keys": keys}))

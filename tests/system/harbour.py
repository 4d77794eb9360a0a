"""`python -m tests.system.harbour`: makes the tables in MIDCYCLE_DATA and the meetup of the how-to about the API."""

from midcycle.site.boot import boot

boot(tables=False)

from django.core.management import call_command  # noqa: E402 - Django must be up first

from midcycle.pads.actions import open_pad  # noqa: E402 - the same
from tests.world import NOW, ada  # noqa: E402 - the same
from tests.worlds.registration import opened  # noqa: E402 - the same

call_command("migrate", interactive=False, verbosity=0)
meetup = opened(2, "Harbour meetup", stage="on_site")
open_pad(meetup, "LIS-ops-capacity-planning", title="Capacity planning", by=ada(), now=NOW)

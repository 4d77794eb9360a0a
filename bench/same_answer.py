"""Whether an answer's time tells if an address is known: `python -m bench.same_answer [pairs]`.

Registers a new address and a known one in turn, in random order, through the whole web stack in this process on a scratch
SQLite database, and prints both medians and the paired ratio. Near 1 nothing can be told from it.
"""

import os
import random
import statistics
import sys
import tempfile
import time


def main(pairs: int) -> None:
    """Print the figures."""
    from django.test import Client  # noqa: PLC0415 - the settings are made first

    from midcycle.registration import actions  # noqa: PLC0415
    from midcycle.registration.views import common  # noqa: PLC0415
    from tests.world import NOW  # noqa: PLC0415
    from tests.worlds.registration import ANSWERS, opened  # noqa: PLC0415

    meetup = opened(50)
    known = [f"known{number}@example.org" for number in range(pairs)]
    for address in known:
        actions.register(meetup, ANSWERS, email=address, name="Known", now=NOW)
    client, chance, ratios = Client(headers={"Host": "127.0.0.1"}), random.Random(7), []
    times: dict[str, list[float]] = {"new": [], "known": []}
    for number in range(pairs):
        common.FROM_ONE_PLACE.forget()
        kinds = chance.sample(["new", "known"], 2)
        for kind in kinds:
            email = known[number] if kind == "known" else f"new{number}@example.org"
            began = time.perf_counter()
            answer = client.post(f"/m/{meetup.slug}/seat/", {"name": "Somebody", "email": email, "role": "operator"})
            times[kind].append(time.perf_counter() - began)
            if answer.status_code != 302:
                sys.exit(f"answered {answer.status_code}")
        ratios.append(times["known"][-1] / times["new"][-1])
    for kind, seconds in times.items():
        print(f"{kind} address, median of {pairs}: {statistics.median(seconds) * 1000:.2f} ms")
    print(f"known / new, median of paired ratios: {statistics.median(ratios):.3f} (aim 1)")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as data:
        os.environ.update(MIDCYCLE_DATA=data, MIDCYCLE_LOG_LEVEL="ERROR", DJANGO_SETTINGS_MODULE="midcycle.site.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)

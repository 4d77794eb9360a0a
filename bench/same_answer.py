"""Whether an answer's time tells if an address is known: `python -m bench.same_answer [pairs]`.

Registers a new address and a known one in turn, in random order, through the whole web stack in this process on a scratch
SQLite database, and prints both medians and the paired ratio, for the answer to the form and for the page it leads to. Near 1
nothing can be told from it.
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
    client, chance = Client(headers={"Host": "127.0.0.1"}), random.Random(7)
    times: dict[tuple[str, str], list[float]] = {(kind, what): [] for what in ("form", "page") for kind in ("new", "known")}
    for number in range(pairs):
        common.FROM_ONE_PLACE.forget()
        kinds = chance.sample(["new", "known"], 2)
        for kind in kinds:
            email = known[number] if kind == "known" else f"new{number}@example.org"
            began = time.perf_counter()
            answer = client.post(f"/m/{meetup.slug}/seat/", {"name": "Somebody", "email": email, "role": "operator"})
            times[kind, "form"].append(time.perf_counter() - began)
            if answer.status_code != 302:
                sys.exit(f"answered {answer.status_code}")
            began = time.perf_counter()
            client.get(answer.headers["Location"])
            times[kind, "page"].append(time.perf_counter() - began)
    for what in ("form", "page"):
        new, known_ones = times["new", what], times["known", what]
        medians = (f"{statistics.median(each) * 1000:.2f} ms {kind}" for kind, each in (("new", new), ("known", known_ones)))
        ratio = statistics.median(one / other for one, other in zip(known_ones, new, strict=True))
        print(f"{what}: {', '.join(medians)}, median of {pairs} paired ratios known / new {ratio:.3f} (aim 1)")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as data:
        os.environ.update(MIDCYCLE_DATA=data, MIDCYCLE_LOG_LEVEL="ERROR", DJANGO_SETTINGS_MODULE="midcycle.site.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)

"""`python -m tests.system.prepare_search`: tables, and a meetup nobody has drafted yet; prints its slug and Ada's session."""

import json
import random
import sys

from midcycle.site.boot import boot

boot(tables=False)

from django.core.management import call_command  # noqa: E402 - Django must be up first

from midcycle.topics.actions import offer_to_moderate  # noqa: E402 - the same
from tests.world import NOW, ada, browser_of, person  # noqa: E402 - the same
from tests.worlds.agenda import planned, room, slot  # noqa: E402 - the same
from tests.worlds.topics import proposed, supported  # noqa: E402 - the same

TOPICS, PEOPLE, VOICES = 14, 30, 5

call_command("migrate", interactive=False, verbosity=0)
meetup = planned(stage="on_site")
room(meetup, "Mill", 12)
for starts, ends in (("10:30", "11:10"), ("11:10", "11:50"), ("13:00", "13:40")):
    slot(meetup, starts, ends, day=2)
topics = [proposed(meetup, f"Topic {number}", by=person(f"Lead{number}")) for number in range(TOPICS)]
for number, topic in enumerate(topics):
    offer_to_moderate(topic, person(f"Lead{number}"), "lead", now=NOW)
chance = random.Random(1)
for number in range(PEOPLE):
    for topic in chance.sample(topics, VOICES):
        supported(topic, f"Fan{number}")
session = browser_of(ada()).cookies["midcycle"].OutputString().partition(";")[0]
sys.stdout.write(json.dumps({"slug": meetup.slug, "session": session}))

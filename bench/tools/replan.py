"""`python -m bench.tools.replan SEED`: tables and a drafted meetup of 120 people and 40 topics; prints what the bench needs."""

import json
import sys
from datetime import time

from midcycle.site.boot import boot

boot(tables=False)

from django.core.management import call_command  # noqa: E402 - Django must be up first

from bench.agenda import meetup as invented  # noqa: E402 - the same
from midcycle.agenda import actions  # noqa: E402 - the same
from midcycle.agenda.models import SessionPart  # noqa: E402 - the same
from midcycle.topics.models import ModeratorOffer, Support, Topic  # noqa: E402 - the same
from tests.world import NOW, ada, browser_of, person, placed  # noqa: E402 - the same

call_command("migrate", interactive=False, verbosity=0)
problem, meetup = invented(int(sys.argv[1])), placed(stage="on_site")
for room in problem.rooms:
    actions.add_room(meetup, f"Room {room.id}", capacity=room.capacity, by=ada(), now=NOW)
for slot in problem.slots:
    at, until = (time(minutes // 60, minutes % 60) for minutes in (slot.start, slot.end))
    actions.add_slot(meetup, day=slot.day, starts=at, ends=until, kind="session", by=ada(), now=NOW)
people = {known.id: person(f"Person{known.id}") for known in problem.people}
topics = {
    topic.id: Topic.objects.create(meetup=meetup, proposed_by=ada(), title=f"Topic {topic.id}", proposed_at=NOW)
    for topic in problem.topics
}
ModeratorOffer.objects.bulk_create(
    ModeratorOffer(topic=topics[topic.id], person=people[lead], part="lead")
    for topic in problem.topics
    for lead in topic.needed
)
Support.objects.bulk_create(Support(topic=topics[wish.topic], person=people[wish.person]) for wish in problem.supports)
actions.draft(meetup, by=ada(), seed=1, now=NOW)
leads = dict(SessionPart.objects.filter(part="lead").values_list("session", "person"))
session = browser_of(ada()).cookies["midcycle"].OutputString().partition(";")[0]
sys.stdout.write(json.dumps({"slug": meetup.slug, "session": session, "leads": leads}))

"""What people do in a storm: register by the form or as a machine, give the place back, come back; change the capacity.

Whoever is cut off does not know whether it was done, and tries again.
"""

import asyncio
import json
import re
from collections.abc import Awaitable
from random import Random

from tests.system.lines import Answer, get, post, post_json
from tests.system.storm import Person, Rush, Storm, Told

STATE = re.compile(rb'class="badge badge-(held|waiting|cancelled)"')
PLACE = re.compile(rb"You are\s+(\d+)\w\w in the waitlist")


def visits(storm: Storm, rush: Rush) -> list[Awaitable[None]]:
    """Return what happens at one meetup, each deed after a pause of its own."""
    people = [_visit(storm, rush, person, Random(storm.rng.random())) for person in rush.people]
    return [*people, _organise(storm, rush, Random(storm.rng.random()))]


async def _visit(storm: Storm, rush: Rush, person: Person, rng: Random) -> None:
    await asyncio.sleep(rng.random() * 0.2)
    await _register(storm, rush, person, rng)
    if rng.random() < 0.4 and await _give_back(storm, rush, person) and rng.random() < 0.4:
        await _register(storm, rush, person, rng)


async def _organise(storm: Storm, rush: Rush, rng: Random) -> None:
    """Raise or lower the capacity a few times. To be refused is an answer too; whoever is cut off does not insist."""
    url = f"/m/{rush.slug}/desk/seats/capacity/"
    for _ in range(rng.randrange(4)):
        await asyncio.sleep(rng.random() * 0.2)
        total = max(1, rush.seats + rng.randrange(-3, 6))
        page = await storm.insist(get(url, rush.session))
        form = {"csrfmiddlewaretoken": page.check, "total": str(total)}
        answer = await storm.ask(post(url, form, f"{rush.session}; {page.cookies}"))
        if answer is not None and answer.status == 302:
            rush.totals.append(total)
        elif answer is not None and answer.status != 422:
            storm.wrong.append(f"capacity: {answer.status} {answer.body[:300]!r}")


async def _register(storm: Storm, rush: Rush, person: Person, rng: Random) -> None:
    await (_by_form if rng.random() < 0.6 else _by_api)(storm, rush, person)


async def _by_api(storm: Storm, rush: Rush, person: Person) -> None:
    body = json.dumps({"name": person.email.partition("@")[0], "email": person.email, "role": "operator"}).encode()
    answer = await storm.insist(post_json(f"/api/v1/meetups/{rush.slug}/seats", body, rush.token))
    if answer.status not in {200, 201}:
        storm.wrong.append(f"api: {answer.status} {answer.body[:300]!r}")
        return
    told = json.loads(answer.body)
    token = told["status_url"].rstrip("/").rpartition("/")[2]
    person.last = Told("register", told["state"], told["position"], token)


async def _by_form(storm: Storm, rush: Rush, person: Person) -> None:
    url, answer = f"/m/{rush.slug}/seat/", None
    while answer is None:
        page = await storm.insist(get(url))
        typed = {
            "csrfmiddlewaretoken": page.check,
            "name": person.email.partition("@")[0],
            "email": person.email,
            "role": "vendor",
        }
        answer = await storm.ask(post(url, typed, page.cookies))
    if answer.status != 302:
        storm.wrong.append(f"form: {answer.status} {answer.body[:300]!r}")
        return
    shown = await storm.insist(get(answer.location))
    person.last = _told(storm, "register", shown, answer.location)


async def _give_back(storm: Storm, rush: Rush, person: Person) -> bool:
    """Give the place back, and look whether it says so; return whether there was a place to give back."""
    if person.last is None:
        return False
    status = f"/m/{rush.slug}/seat/{person.last.token}/"
    url = f"{status}cancellation/"
    while True:
        page = await storm.insist(get(url))
        answer = await storm.ask(post(url, {"csrfmiddlewaretoken": page.check}, page.cookies))
        shown = await storm.insist(get(status))
        person.last = _told(storm, "give back", shown, status)
        if person.last is None or person.last.state == "cancelled":
            return True
        if answer is not None:
            storm.wrong.append(f"not given back: {answer.status} {person.last}")
            return False


def _told(storm: Storm, deed: str, page: Answer, path: str) -> Told | None:
    state, place = STATE.search(page.body), PLACE.search(page.body)
    if page.status != 200 or state is None:
        storm.wrong.append(f"{deed}: {page.status} {page.body[:300]!r}")
        return None
    return Told(deed, state[1].decode(), int(place[1]) if place else None, path.rstrip("/").rpartition("/")[2])

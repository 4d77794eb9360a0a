"""People who register all at once, each over a line and with cookies of their own, as browsers do."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles

import uvloop

from tests.system.lines import Answer, CutOffError, Line, connected, get, post, post_json

BROWSER = "gzip, deflate, br, zstd"


@dataclass
class Person:
    """Somebody, what they were told in the end, and how long it took from the click on; `number` makes the address."""

    number: int
    way: str
    told: str = ""
    clicked: float = 0.0
    knew: float = 0.0
    requests: int = 0
    size: int = 0

    @property
    def email(self) -> str:
        """Return an address nobody else has."""
        return f"{self.way}{self.number}@example.org"

    def note(self, answer: Answer) -> Answer:
        """Count an answer."""
        self.requests += 1
        self.size += answer.size
        return answer


@dataclass(frozen=True)
class Rush:
    """What a rush came to. Times in seconds, from the first click."""

    people: Sequence[Person] = field(repr=False)
    took: float

    def those(self, told: str) -> list[Person]:
        """Return everybody who was told so."""
        return [person for person in self.people if person.told == told]

    @property
    def errors(self) -> list[str]:
        """Return what people were told instead of an answer."""
        return [person.told for person in self.people if person.told not in {"held", "waiting"}]

    @property
    def seats_a_second(self) -> float:
        """Return the seats given by the time until the last who got one knew."""
        held = self.those("held")
        return len(held) / (max(p.knew for p in held) - min(p.clicked for p in self.people)) if held else 0.0

    @property
    def answers_a_second(self) -> float:
        """Return people answered by the time until the last knew."""
        return (len(self.people) - len(self.errors)) / self.took

    @property
    def waits(self) -> tuple[float, float]:
        """Return how long the middle one, and 95 of 100, had to wait."""
        each = [person.knew - person.clicked for person in self.people]
        return median(each), quantiles(each, n=20)[-1]


Way = Callable[[Person, Line], Awaitable[str]]


def by_form(slug: str) -> Way:
    """Return how a browser registers: the page with its check value, the form, the page it leads to."""
    url = f"/m/{slug}/seat/"

    async def register(person: Person, line: Line) -> str:
        page = person.note(await line.ask(get(url, Accept_Encoding=BROWSER)))
        if not page.check:
            return f"no form: {page.status}"
        typed = {
            "csrfmiddlewaretoken": page.check, "name": f"Person {person.number}", "email": person.email, "role": "operator",
            "sector": "public cloud", "region": "europe", "first_time": "yes", "on_list": "no", "heard_how": "colleague",
        }  # fmt: skip
        answer = person.note(await line.ask(post(url, typed, page.cookies)))
        if answer.status != 302:
            return f"no redirect: {answer.status}"
        shown = person.note(await line.ask(get(answer.location, page.cookies, Accept_Encoding=BROWSER)))
        return _state_on(shown)

    return register


def by_api(slug: str, token: str) -> Way:
    """Return how a machine registers somebody."""
    url = f"/api/v1/meetups/{slug}/seats"

    async def register(person: Person, line: Line) -> str:
        body = {
            "name": f"Person {person.number}", "email": person.email, "role": "operator", "sector": "public cloud",
            "region": "europe", "first_time": True, "on_list": False, "heard_how": "colleague",
        }  # fmt: skip
        answer = person.note(await line.ask(post_json(url, json.dumps(body).encode(), token)))
        return str(json.loads(answer.body)["state"]) if answer.status == 201 else f"refused: {answer.status}"

    return register


def all_at_once(port: int, people: Sequence[Person], way: Way) -> Rush:
    """Let everybody click at the same moment; return what it came to."""
    return uvloop.run(_rush(port, people, way))


async def _rush(port: int, people: Sequence[Person], way: Way) -> Rush:
    began = time.perf_counter()
    await asyncio.gather(*(_click(port, person, way) for person in people))
    return Rush(people, time.perf_counter() - began)


async def _click(port: int, person: Person, way: Way) -> None:
    person.clicked = time.perf_counter()
    try:
        line = await connected(port)
        person.told = await way(person, line)
        line.close()
    except (CutOffError, OSError) as error:
        person.told = f"cut off: {error}"
    person.knew = time.perf_counter()


def _state_on(page: Answer) -> str:
    known = (state for state in ("held", "waiting") if f"badge-{state}".encode() in page.body)
    return next(known, f"no state: {page.status}")

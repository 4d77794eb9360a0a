"""Which wishes an agenda leaves unmet, and why. Pure."""

from collections import Counter
from dataclasses import dataclass

from midcycle.engines.solver.model import Id, Plan, Problem
from midcycle.kernel.words import gettext, ngettext, quoted


@dataclass(frozen=True, slots=True)
class Lost:
    """A session some people want and cannot attend: how many want it, and what keeps the others away.

    `beside` has the sessions they are in at that time, the most frequent first; `no_seat` and `no_place` count people.
    """

    topic: Id
    title: str
    wanted: int
    met: int
    beside: tuple[tuple[str, int], ...] = ()
    no_seat: int = 0
    no_place: int = 0

    @property
    def lost(self) -> int:
        """How many want it and cannot come."""
        return self.wanted - self.met

    @property
    def causes(self) -> tuple[str, ...]:
        """Why they are lost, in sentences."""
        found = [gettext("It has no place.")] if self.no_place else []
        if self.no_seat:
            seatless = ngettext("%(count)s finds no seat.", "%(count)s find no seat.", self.no_seat)
            found.append(seatless % {"count": self.no_seat})
        if self.beside:
            sessions = [gettext("%(count)s in %(title)s") % {"count": n, "title": quoted(title)} for title, n in self.beside]
            found.append(gettext("%(sessions)s at that time.") % {"sessions": ", ".join(sessions)})
        return tuple(found)


def lost_wishes(problem: Problem, plan: Plan) -> tuple[Lost, ...]:
    """Return the sessions with unmet wishes, the most unmet first. Each unmet wish has exactly one cause."""
    wanted = Counter(support.topic for support in problem.supports)
    causes: dict[Id, Counter[Id | None]] = {}
    met: Counter[Id] = Counter()
    slots = {slot.id: slot for slot in problem.slots}
    for support in problem.supports:
        attended = plan.attend.get(support.person, ())
        if support.topic in attended:
            met[support.topic] += 1
        elif support.topic in plan.assign:
            here = slots[plan.assign[support.topic][0]]
            there = (t for t in attended if slots[plan.assign[t][0]].overlaps(here))
            causes.setdefault(support.topic, Counter())[next(there, None)] += 1
    titles = {topic.id: topic.title for topic in problem.topics}
    found = [
        _lost(Lost(topic, titles[topic], count, met[topic]), causes.get(topic, Counter()), titles, placed=topic in plan.assign)
        for topic, count in wanted.items()
        if met[topic] < count
    ]
    return tuple(sorted(found, key=lambda lost: (-lost.lost, lost.title, str(lost.topic))))


def _lost(bare: Lost, causes: Counter[Id | None], titles: dict[Id, str], *, placed: bool) -> Lost:
    beside = tuple((titles[topic], count) for topic, count in causes.most_common() if topic is not None)
    no_place = 0 if placed else bare.lost
    return Lost(bare.topic, bare.title, bare.wanted, bare.met, beside, causes[None], no_place)

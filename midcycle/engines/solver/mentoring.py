"""The best pairs of lead and shadow, as an integer program with four goals, the most important first."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Final, NamedTuple, TypeAlias

from midcycle.engines.solver.exact import HALF, Program
from midcycle.engines.solver.master import ENDLESS
from midcycle.engines.solver.pairing import PARTS, Pool, Task

_NEAR: Final = 100.0
_IDLE: Final = 300.0
_EARLY: Final = 0.4


class Choice(NamedTuple):
    """A person for a part of a session."""

    task: int
    part: str
    person: int


_Goal: TypeAlias = Mapping[int, float]


def best_pairs(pool: Pool, seconds: float) -> dict[tuple[int, str], int]:
    """Return who takes which open part; each of the goals has its share of the seconds."""
    program = _Asking(pool)
    goals = program.goals() if program.choices else []
    for goal in goals:
        program.reach(goal, seconds / len(goals))
    return {(c.task, c.part): c.person for c in program.chosen()}


class _Asking:
    """The program: a yes or no for each person in each open part they could take."""

    def __init__(self, pool: Pool) -> None:
        self.pool, self.program = pool, Program()
        self.choices = [
            Choice(task.id, part, who.id)
            for task in pool.tasks.values()
            for part in PARTS
            for who in pool.people.values()
            if who.most > pool.load[who.id] and pool.may(task, part, who)
        ]
        self.column = {choice: self.program.column(0) for choice in self.choices}
        self.values: list[float] = []
        self.pairs: dict[int, int] = {}
        self.idle: dict[int, int] = {}
        self.loads: dict[int, float] = {}
        by_task: dict[int, list[Choice]] = defaultdict(list)
        for choice in self.choices:
            by_task[choice.task].append(choice)
        for number, choices in by_task.items():
            self._one_each(choices)
            self._apart(choices)
            self._pair(pool.tasks[number], choices)
        self._people()

    def goals(self) -> list[_Goal]:
        """Return what counts, the most important first, as worths of columns."""
        leads = [choice for choice in self.choices if choice.part == "lead"]
        skilled = [choice for choice in leads if self.pool.experienced(choice.person)]
        near = {self.column[c]: _NEAR for c in self.choices if c.person in self.pool.tasks[c.task].near}
        return [
            dict.fromkeys(self.pairs.values(), 1.0),
            {self.column[choice]: 1.0 for choice in leads},
            {self.column[choice]: 1.0 for choice in skilled},
            {**self._early(near), **dict.fromkeys(self.idle.values(), -_IDLE), **self.loads},
        ]

    def _early(self, worths: _Goal) -> _Goal:
        """Return the worths with a little more for sessions that come first: of equal proposals always the same one is made."""
        order = {number: n for n, number in enumerate(self.pool.tasks)}
        little = _EARLY / (2 * len(order) ** 2)
        return {c: worths.get(c, 0.0) - little * order[choice.task] for choice, c in self.column.items()}

    def reach(self, goal: _Goal, seconds: float) -> None:
        """Find the best for a goal, and hold on to it for those that follow."""
        if not goal:
            return
        self.program.worth = [goal.get(n, 0.0) for n in range(len(self.program.worth))]
        values, best, _ = self.program.solve(seconds)
        if values is not None:
            self.values = [float(value) for value in values]
            self.program.row(best - HALF, ENDLESS, list(goal.items()))

    def chosen(self) -> list[Choice]:
        """Return who takes what."""
        return [choice for choice in self.choices if self.values and self.values[self.column[choice]] > HALF]

    def _one_each(self, choices: list[Choice]) -> None:
        """Give a part to one person, and one person one part of a session."""
        for part in PARTS:
            self._at_most_one([c for c in choices if c.part == part])
        people: dict[int, list[Choice]] = defaultdict(list)
        for choice in choices:
            people[choice.person].append(choice)
        for both in people.values():
            self._at_most_one(both)

    def _apart(self, choices: list[Choice]) -> None:
        """Put nobody beside somebody they do not go with."""
        people = self.pool.people
        for lead in (c for c in choices if c.part == "lead"):
            shadows = [c for c in choices if c.part == "shadow" and not people[lead.person].gets_on(people[c.person])]
            if shadows:
                self._at_most_one([lead, *shadows])

    def _pair(self, task: Task, choices: list[Choice]) -> None:
        """Count a pair where somebody new is beside somebody experienced, and a shadow who would learn nothing."""
        pool, pair = self.pool, self.program.column(0)
        if not pool.is_pair(task.lead, task.shadow):
            self.pairs[task.id] = pair
        for part, wants in (("lead", True), ("shadow", False)):
            given = task.has(part)
            there = float(given is not None and pool.experienced(given) == wants)
            fit = [c for c in choices if c.part == part and pool.experienced(c.person) == wants]
            self.program.row(-ENDLESS, there, [(pair, 1.0), *((self.column[c], -1.0) for c in fit)])
        shadows = [(self.column[c], 1.0) for c in choices if c.part == "shadow"]
        if shadows:
            self.idle[task.id] = idle = self.program.column(0)
            self.program.row(-ENDLESS, 0.0, [*shadows, (pair, -1.0), (idle, -1.0)])

    def _people(self) -> None:
        """Let nobody be in two places at once or do more than they offered; one more task costs more than the one before."""
        mine: dict[int, list[Choice]] = defaultdict(list)
        for choice in self.choices:
            mine[choice.person].append(choice)
        for person, choices in mine.items():
            times: dict[int, list[Choice]] = defaultdict(list)
            for choice in choices:
                for at in self.pool.tasks[choice.task].times:
                    times[at].append(choice)
            for there in times.values():
                self._at_most_one(there)
            has, most = self.pool.load[person], self.pool.people[person].most
            steps = [self.program.column(0) for _ in range(min(most - has, len(choices)))]
            self.loads |= {step: -float(2 * (has + n) + 1) for n, step in enumerate(steps)}
            self.program.row(0.0, 0.0, [*((self.column[c], 1.0) for c in choices), *((step, -1.0) for step in steps)])

    def _at_most_one(self, choices: Collection[Choice]) -> None:
        if len(choices) > 1:
            self.program.row(-ENDLESS, 1.0, [(self.column[choice], 1.0) for choice in choices])

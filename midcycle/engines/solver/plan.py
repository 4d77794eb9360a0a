"""Value an agenda and say why each topic is where it is, whoever made it."""

from midcycle.engines.solver.explain import left_out, reasons
from midcycle.engines.solver.model import Assignment, Plan, Problem
from midcycle.engines.solver.seating import seat


def review(problem: Problem, assign: Assignment) -> Plan:
    """Return the plan of an agenda: personal agendas, value and reasons.

    For drafts and for agendas changed by hand alike. It does not judge: `check` finds mistakes.
    """
    attend = seat(problem, assign)
    weight = {(s.person, s.topic): s.weight for s in problem.supports}
    return Plan(
        assign=dict(assign),
        attend=attend,
        value=sum(weight.get((p, t), 0) for p, topics in attend.items() for t in topics),
        wanted=sum(weight.values()),
        reasons=reasons(problem, assign, attend),
        left_out=left_out(problem, assign),
    )

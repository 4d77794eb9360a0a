"""Forms with questions of the organisers."""

from midcycle.meetups.models import Meetup
from midcycle.registration import actions
from midcycle.registration.actions import Answers, Wanted
from midcycle.registration.models import Question
from midcycle.registration.rules.asking import Choice
from midcycle.registration.rules.editing import Condition
from tests.world import NOW, ada

FISH_OR_BEANS = (Choice("fish", {"en": "Fish"}), Choice("beans", {"en": "Beans"}))


def asked(meetup: Meetup, title: str, kind: str = "text", **more) -> Question:
    """Ask one thing more, as Ada does."""
    titles = {"en": title, **more.pop("titles", {})}
    return actions.add_question(meetup, Wanted(kind=kind, titles=titles, **more), by=ada(), now=NOW)


def dinner(meetup: Meetup) -> tuple[Question, Question]:
    """Ask whether people come to the dinner, and only those who do for a course, which they need to say."""
    first = asked(meetup, "Dinner?", "yes_no")
    course = asked(
        meetup, "Course?", "choice", choices=FISH_OR_BEANS, required=True, keep_days=7, condition=Condition(first.pk, "yes")
    )
    return first, course


def answering(**more: str) -> Answers:
    """Return answers of an operator to these questions of the organisers."""
    return Answers(role="operator", more=more)

"""What the organisers see of the feedback."""

from dataclasses import dataclass

from midcycle.feedback import rules
from midcycle.feedback.models import HandCount, Survey
from midcycle.feedback.queries.evidence import RemarkList, counts_of, evidence_of, hand_counts, remarks
from midcycle.feedback.rules import DataPoint
from midcycle.meetups.models import Meetup


@dataclass(frozen=True)
class Desk:
    """What the organisers see: the state of the survey, hands, remarks and data points. Figures have a page of their own."""

    meetup: Meetup
    survey: Survey | None
    may_open: bool
    answered: int
    asked: int
    hands: tuple[HandCount, ...]
    remarks: tuple[RemarkList, ...]
    points: tuple[DataPoint, ...]

    @property
    def on_paper(self) -> int:
        """Return how many forms were typed in."""
        return self.survey.on_paper if self.survey else 0

    @property
    def is_over(self) -> bool:
        """Say whether the survey is closed for good: figures were shown, if there were any."""
        return (
            self.survey is not None
            and self.survey.was_opened
            and not self.survey.is_open
            and (self.answered > 0 or self.on_paper > 0)
        )


def desk(meetup: Meetup) -> Desk:
    """Return what the organisers see of the feedback."""
    survey = Survey.objects.filter(meetup=meetup).first()
    hands = hand_counts(meetup)
    evidence = evidence_of(meetup, hands, counts_of(meetup))
    return Desk(
        meetup=meetup,
        survey=survey,
        may_open=rules.may_open(meetup.stage),
        answered=evidence.answered,
        asked=evidence.asked,
        hands=hands,
        remarks=remarks(meetup),
        points=rules.data_points(evidence),
    )

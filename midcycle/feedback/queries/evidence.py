"""Data points of a meetup, and what they are made of."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, F, Max, Q

from midcycle.feedback import rules
from midcycle.feedback.models import HandCount, HandPart, Remark, Survey, Tally
from midcycle.feedback.rules import DataPoint, Evidence, Votes
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Seat
from midcycle.registration.queries import kept_votes


@dataclass(frozen=True)
class RemarkList:
    """The remarks of one kind."""

    name: str
    remarks: tuple[Remark, ...]


def data_points(meetup: Meetup) -> tuple[DataPoint, ...]:
    """Return the data points of a meetup. Four queries, however many people there were."""
    return rules.data_points(evidence_of(meetup, hand_counts(meetup), counts_of(meetup)))


def hand_counts(meetup: Meetup) -> tuple[HandCount, ...]:
    """Return every show of hands, in the order they were first counted."""
    return tuple(HandCount.objects.filter(meetup=meetup).order_by("pk"))


def hand_parts(count: HandCount) -> tuple[HandPart, ...]:
    """Return what each counter counted, in the order it came. One query."""
    return tuple(HandPart.objects.filter(hands=count).select_related("person").order_by("pk"))


def questions_counted(meetup: Meetup) -> frozenset[str]:
    """Return the keys of the questions hands were counted for."""
    return frozenset(HandCount.objects.filter(meetup=meetup).values_list("question", flat=True))


def answers_on_screen(meetup: Meetup) -> int:
    """Return how many answered the survey by their link: as slips tell, or as counted when it was closed. One query."""
    counted = Survey.objects.filter(meetup=meetup).annotate(slips=Count("meetup__seats__slip"))
    return sum(counted.values_list(F("slips") + F("on_screen"), flat=True))


def remarks(meetup: Meetup) -> tuple[RemarkList, ...]:
    """Return the remarks by kind, oldest first; kinds without any are left out."""
    by_kind: defaultdict[str, list[Remark]] = defaultdict(list)
    for remark in Remark.objects.filter(meetup=meetup).order_by("pk"):
        by_kind[remark.kind].append(remark)
    return tuple(RemarkList(name, tuple(by_kind[kind])) for kind, name in rules.REMARKS.items() if by_kind[kind])


def counts_of(meetup: Meetup) -> dict[str, dict[str, int]]:
    """Return the counts of a closed survey. While it is open nobody sees any, so no change of a count tells who."""
    counts: defaultdict[str, dict[str, int]] = defaultdict(dict)
    rows = Tally.objects.filter(survey__meetup=meetup, survey__is_open=False)
    for question, value, count in rows.values_list("question", "value", "count"):
        counts[question][value] = count
    return dict(counts)


def evidence_of(meetup: Meetup, hands: tuple[HandCount, ...], counts: Mapping[str, Mapping[str, int]]) -> Evidence:
    """Return all that data points are made from. Three queries at most. Who answered on paper had a seat, too."""
    asked_seats = Seat.objects.filter(meetup=meetup, state__in=rules.ASKED_SEATS)
    counted = F("meetup__survey__on_paper") + F("meetup__survey__on_screen")
    seats = asked_seats.aggregate(all=Count("pk"), slips=Count("pk", filter=Q(slip__isnull=False)), counted=Max(counted))
    return Evidence(
        hands={count.question: Votes(count.yes, count.no) for count in hands},
        survey=counts,
        registered=_registered(meetup),
        answered=min(seats["slips"] + (seats["counted"] or 0), seats["all"]),
        asked=seats["all"],
    )


def _registered(meetup: Meetup) -> dict[str, Votes]:
    """Return what those who came said when they registered; while nobody is checked in, those who hold a seat."""
    seats = Seat.objects.filter(meetup=meetup, state__in=rules.ASKED_SEATS)
    rows = list(seats.values_list("state", "on_list", "first_time").annotate(people=Count("pk")))
    came = "checked_in" if any(state == "checked_in" for state, *_ in rows) else "held"
    said: Counter[tuple[str, bool | None]] = Counter()
    whole = 0
    for state, on_list, first_time, people in rows:
        if state == came:
            whole += people
            said["on_list", on_list] += people
            said["first_time", first_time] += people
    counted = {asked: Votes(said[asked, True], said[asked, False]) for asked in ("on_list", "first_time")}
    # Everybody knows how many came. One to four who said nothing could be told by subtracting.
    left_out = range(1, rules.SMALLEST)
    told = {asked: votes for asked, votes in counted.items() if whole - votes.whole not in left_out}
    # What was told once stays as it was; who came later is not in it.
    kept = {key: Votes(*votes) for key, votes in kept_votes(meetup, came).items() if key in counted}
    return {**told, **kept}

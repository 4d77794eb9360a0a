"""Voices, offers, answers and thanks given many times at once count once."""

from collections import Counter

import pytest

from midcycle.accounts.models import Person
from midcycle.funding import actions as funding
from midcycle.funding.models import Underwriter
from midcycle.hosting.models import Interest
from midcycle.journal.models import Entry
from midcycle.topics import actions as topics
from midcycle.topics.models import ModeratorOffer, Support
from tests.rush import all_at_once
from tests.world import NOW, ada, cy, dee, person, placed
from tests.worlds.hosting import answered, asked
from tests.worlds.topics import proposed

pytestmark = pytest.mark.django_db(transaction=True)


def kinds(app: str) -> Counter[str]:
    """Return how often each deed of an app was recorded."""
    return Counter(Entry.objects.filter(kind__startswith=f"{app}.").values_list("kind", flat=True))


def test_one_person_pressing_many_times_has_one_voice():
    topic, visitor = proposed(placed()), cy()
    assert all_at_once([lambda: topics.support(topic, visitor, now=NOW)] * 12) == []
    assert Support.objects.filter(topic=topic, person=visitor).count() == 1
    assert kinds("topics") == {"topics.topic_proposed": 1, "topics.supported": 1}


def test_the_voices_of_many_people_all_count():
    topic = proposed(placed())
    people = [person(f"Rush{number}") for number in range(16)]
    assert all_at_once([lambda who=who: topics.support(topic, who, now=NOW) for who in people]) == []
    assert Support.objects.filter(topic=topic).count() == 17


def test_voices_given_and_taken_back_at_once_agree_with_the_journal():
    topic, visitor = proposed(placed()), cy()
    give = [lambda: topics.support(topic, visitor, now=NOW)] * 6
    take = [lambda: topics.withdraw_support(topic, visitor, now=NOW)] * 6
    assert all_at_once(give + take) == []
    told = kinds("topics")
    assert (
        Support.objects.filter(topic=topic, person=visitor).count()
        == told["topics.supported"] - told["topics.support_withdrawn"]
    )


def test_offers_at_once_leave_one():
    topic, moderator = proposed(placed()), dee()
    deeds = [lambda part=part: topics.offer_to_moderate(topic, moderator, part, now=NOW) for part in ("lead", "shadow") * 5]
    assert all_at_once(deeds) == []
    assert ModeratorOffer.objects.filter(topic=topic, person=moderator).count() == 1


def test_one_address_answering_many_times_is_one_answer():
    meetup = asked()
    assert all_at_once([lambda: answered(meetup, "Bo")] * 12) == []
    assert (Interest.objects.count(), Person.objects.filter(email="bo@example.org").count()) == (1, 1)
    assert kinds("hosting") == {
        "hosting.call_opened": 1,
        "hosting.interest_answered": 1,
        "hosting.interest_confirmed": 1,
        "hosting.answer_repeated": 11,
    }


def test_an_underwriter_is_thanked_once():
    meetup, organiser = placed(), ada()
    deed = lambda: funding.thank(meetup, "Example University", is_host=True, by=organiser, now=NOW)  # noqa: E731 - one of many
    assert all_at_once([deed] * 8) == []
    assert (Underwriter.objects.count(), kinds("funding")) == (1, {"funding.underwriter_thanked": 1})

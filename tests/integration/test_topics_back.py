"""A topic merged by mistake is brought back, with those who supported it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from midcycle.accounts import actions as accounts
from midcycle.kernel.refusal import Refusal
from midcycle.topics import actions, queries
from midcycle.topics.models import MergedVoice, ModeratorOffer, Support, Topic
from tests.world import NOW, ada, bo, browser_of, cy, dee, person, placed
from tests.worlds.topics import proposed, supported

pytestmark = pytest.mark.django_db
LIST = "/m/spring-meetup/topics/"
NAMES = ("Cy", "Dee", "Eve", "Fay")


def voices(topic: Topic) -> set[str]:
    """Return who supports a topic, by first name."""
    return {str(voice.person).split()[0] for voice in topic.supports.select_related("person")}


def merged(*, both=("Cy",), alone=("Dee",)):
    """Return a meetup with a topic of Ada's, and one that was merged into it."""
    meetup = placed()
    gone = supported(proposed(meetup, "Upgrade"), *both, *alone)
    kept = supported(proposed(meetup, "Upgrades", by=ada()), *both)
    actions.offer_to_moderate(gone, dee(), "lead", now=NOW)
    actions.merge(gone, kept, by=ada(), now=NOW)
    gone.refresh_from_db()
    return meetup, gone, kept


def test_what_was_merged_comes_back_with_its_voices_and_who_would_lead():
    meetup, gone, kept = merged()
    supported(kept, "Eve")  # after the merge: she means the whole
    actions.bring_back(gone, by=ada(), now=NOW)
    assert (voices(gone), voices(kept)) == ({"Bo", "Cy", "Dee"}, {"Ada", "Cy", "Eve"})
    assert [(offer.topic, offer.person) for offer in ModeratorOffer.objects.all()] == [(gone, dee())]
    assert {row.topic for row in queries.topic_list(meetup, None)} == {gone, kept}
    assert MergedVoice.objects.count() == 0
    actions.merge(gone, kept, by=ada(), now=NOW)
    assert voices(kept) == {"Ada", "Bo", "Cy", "Dee", "Eve"}


def test_who_took_their_voice_back_since_has_none():
    _, gone, kept = merged()
    for who in (cy(), dee()):
        actions.withdraw_support(kept, who, now=NOW)
    actions.bring_back(gone, by=ada(), now=NOW)
    assert (voices(gone), voices(kept)) == ({"Bo"}, {"Ada"})


def test_ranks_are_those_of_before():
    meetup = placed()
    actions.choose_method(meetup, "ranking", dots=10, by=ada(), now=NOW)
    gone, between, kept = (supported(proposed(meetup, title), "Cy") for title in ("Gone", "Between", "Kept"))
    before = set(Support.objects.values_list("person", "topic", "rank"))
    actions.merge(gone, kept, by=ada(), now=NOW)
    gone.refresh_from_db()
    actions.bring_back(gone, by=ada(), now=NOW)
    assert set(Support.objects.values_list("person", "topic", "rank")) == before
    assert between.withdrawn_at is None


def test_nobody_gets_more_dots_than_there_are():
    meetup = placed()
    actions.choose_method(meetup, "dots", dots=2, by=ada(), now=NOW)
    gone = supported(proposed(meetup, "Gone", by=ada()), "Cy", "Dee")
    kept = supported(proposed(meetup, "Kept", by=ada()), "Cy", "Dee")
    actions.merge(gone, kept, by=ada(), now=NOW)
    supported(proposed(meetup, "Third"), "Cy")  # with the dot that came back
    gone.refresh_from_db()
    actions.bring_back(gone, by=ada(), now=NOW)
    assert (voices(gone), voices(kept)) == ({"Ada", "Dee"}, {"Ada", "Cy", "Dee"})


def test_what_was_merged_by_way_of_another_comes_back_after_it():
    meetup = placed()
    first, second, last = (
        supported(proposed(meetup, title, by=ada()), name) for title, name in zip("ABC", NAMES, strict=False)
    )
    actions.merge(first, second, by=ada(), now=NOW)
    actions.merge(second, last, by=ada(), now=NOW)
    for topic in (first, second):
        topic.refresh_from_db()
    with pytest.raises(Refusal, match="not part of another one any more"):
        actions.bring_back(first, by=ada(), now=NOW)
    actions.bring_back(second, by=ada(), now=NOW)
    first.refresh_from_db()
    assert (first.merged_into, voices(second), voices(last)) == (second, {"Ada", "Cy", "Dee"}, {"Ada", "Eve"})
    actions.bring_back(first, by=ada(), now=NOW)
    assert (voices(first), voices(second)) == ({"Ada", "Cy"}, {"Ada", "Dee"})


def test_it_is_refused_when_the_other_is_gone_or_topics_are_closed():
    meetup, gone, kept = merged()
    type(meetup).objects.update(stage="archived")
    with pytest.raises(Refusal, match="closed"):
        actions.bring_back(gone, by=ada(), now=NOW)
    type(meetup).objects.update(stage="agenda")
    actions.withdraw(kept, ada(), now=NOW)
    with pytest.raises(Refusal, match="was withdrawn"):
        actions.bring_back(gone, by=ada(), now=NOW)
    with pytest.raises(Refusal, match="not part of another one"):
        actions.bring_back(proposed(meetup, "Never merged"), by=ada(), now=NOW)


def test_what_is_kept_for_it_is_told_and_erased_with_the_rest():
    meetup, gone, _ = merged()
    assert queries.traces_of(meetup, dee()).merged == (
        {"topic": "Upgrade", "part": "voice", "rank": None}, {"topic": "Upgrade", "part": "lead", "rank": None},
    )  # fmt: skip
    actions.erase_traces(meetup, dee(), now=NOW)
    assert queries.traces_of(meetup, dee()).count == 0
    assert accounts.forget_unless_needed(dee()) is True
    actions.bring_back(gone, by=ada(), now=NOW)
    assert voices(gone) == {"Bo", "Cy"}


def test_the_team_brings_it_back_on_the_page_and_a_stranger_does_not():
    meetup, gone, kept = merged()
    back = f"{LIST}{gone.pk}/brought-back/"
    for stranger in (browser_of(cy()), browser_of(None), browser_of(bo())):
        assert stranger.post(back).status_code == 404
        assert "Bring it back" not in stranger.get(f"{LIST}{kept.pk}/").content.decode()
    team = browser_of(ada())
    assert team.get(back).status_code == 405
    assert f'action="{back}"' in team.get(f"{LIST}{kept.pk}/").content.decode()
    assert "is on the list again" in team.post(back, follow=True).content.decode()
    assert team.post(back).status_code == 404
    other = proposed(placed("Autumn meetup"), "Other")
    assert team.post(f"{LIST}{other.pk}/brought-back/").status_code == 404
    assert team.post(f"{LIST}{kept.pk}/brought-back/").status_code == 404
    assert meetup.slug == "spring-meetup"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.sampled_from(NAMES)), st.sets(st.sampled_from(NAMES)), st.sampled_from(["plus_one", "dots", "ranking"]))
def test_merging_and_bringing_back_at_once_changes_nothing(one, other, method):
    meetup = placed()
    actions.choose_method(meetup, method, dots=5, by=ada(), now=NOW)
    gone = supported(proposed(meetup, "One", by=person("Gil")), *sorted(one))
    kept = supported(proposed(meetup, "Other", by=person("Gil")), *sorted(other))
    before = set(Support.objects.filter(topic__meetup=meetup).values_list("person", "topic", "rank"))
    actions.merge(gone, kept, by=ada(), now=NOW)
    gone.refresh_from_db()
    actions.bring_back(gone, by=ada(), now=NOW)
    assert set(Support.objects.filter(topic__meetup=meetup).values_list("person", "topic", "rank")) == before

"""Dots, rankings and +1; merging and splitting: one voice for each person, and nobody's is lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from midcycle.topics import actions, queries
from midcycle.topics.models import Comment, ModeratorOffer, Support, Topic, Voting
from tests.world import NOW, ada, bo, cy, dee, later, person, placed
from tests.worlds.topics import proposed, supported

pytestmark = pytest.mark.django_db


def by_dots(meetup, dots=2):
    """Let people of a meetup vote with so many dots."""
    actions.choose_method(meetup, "dots", dots=dots, by=ada(), now=NOW)
    return meetup


def by_ranking(meetup):
    """Let people of a meetup rank topics."""
    actions.choose_method(meetup, "ranking", dots=10, by=ada(), now=NOW)
    return meetup


def ranks(who) -> list[str]:
    """Return somebody's ranking as titles."""
    voices = sorted(Support.objects.filter(person=who, topic__withdrawn_at=None), key=lambda v: (v.rank is None, v.rank, v.pk))
    return [voice.topic.title for voice in voices]


def test_dots_stop_hard_and_come_back_when_taken_back_or_withdrawn():
    meetup = by_dots(placed())
    topics = [proposed(meetup, title) for title in ("A", "B", "C", "D")]  # Bo's own: two of them with his dots
    assert [queries.topic_row(topic, None).supports for topic in topics] == [1, 1, 0, 0]
    with pytest.raises(Refusal, match="all your 2 dots"):
        actions.support(topics[2], bo(), now=NOW)
    actions.support(topics[0], bo(), now=NOW)  # pressed again: no dot more, no refusal
    actions.withdraw_support(topics[0], bo(), now=NOW)
    actions.support(topics[2], bo(), now=NOW)
    actions.withdraw(topics[1], bo(), now=NOW)
    actions.support(topics[3], bo(), now=NOW)
    assert sorted(ranks(bo())) == ["C", "D"]
    assert queries.topics_page(meetup, bo()).ballot.left == 0


def test_dots_are_per_meetup_and_per_person():
    one, other = by_dots(placed(), 1), placed("Autumn meetup")
    topic = proposed(one)
    proposed(other, "Elsewhere")
    supported(topic, "Cy", "Dee")
    assert queries.topic_row(topic, None).supports == 3


def test_fewer_dots_than_somebody_gave_are_refused():
    meetup = placed()
    for title in "ABC":
        proposed(meetup, title)
    with pytest.raises(Refusal, match="Choose 3 dots or more") as refusal:
        by_dots(meetup, 2)
    assert (refusal.value.field, Voting.objects.count()) == ("dots", 0)
    by_dots(meetup, 3)
    by_dots(meetup, 3)
    assert Entry.objects.filter(kind="topics.method_chosen").count() == 1


@pytest.mark.parametrize(
    ("method", "dots", "field"), [("borda\x00", 3, "method"), ("dots", 0, "dots"), ("plus_one", 61, "dots")]
)
def test_a_wrong_way_to_vote_names_its_field(method, dots, field):
    with pytest.raises(Refusal) as refusal:
        actions.choose_method(placed(), method, dots=dots, by=ada(), now=NOW)
    assert refusal.value.field == field


def test_the_way_to_vote_stays_once_archived():
    meetup = placed()
    type(meetup).objects.update(stage="archived")
    with pytest.raises(Refusal, match="archived"):
        by_ranking(meetup)


@pytest.mark.django_db(transaction=True)
def test_the_last_dot_is_spent_once_however_fast_one_presses():
    meetup = by_dots(placed(), 3)
    topics = [proposed(meetup, f"Topic {number}", by=ada() if number < 3 else dee()) for number in range(6)]
    who = cy()

    def press(topic: Topic) -> bool:
        try:
            actions.support(topic, who, now=NOW)
        except Refusal:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(6) as pool:
        given = list(pool.map(press, topics))
    assert (sum(given), Support.objects.filter(person=who).count()) == (3, 3)


@pytest.mark.django_db(transaction=True)
def test_voices_given_while_topics_are_merged_are_not_lost():
    meetup = placed()
    gone, kept = proposed(meetup, "Upgrade"), proposed(meetup, "Upgrades", by=ada())
    people = [person(name) for name in ("Fay", "Gus", "Hal", "Ivy", "Jo")]

    def press(who) -> int:
        try:
            actions.support(gone, who, now=NOW)
        except Refusal:
            actions.support(kept, who, now=NOW)
        finally:
            connection.close()
        return 1

    def join() -> int:
        try:
            actions.merge(gone, kept, by=ada(), now=NOW)
        finally:
            connection.close()
        return 0

    with ThreadPoolExecutor(6) as pool:
        jobs = [pool.submit(press, who) for who in people[:3]] + [pool.submit(join)]
        jobs += [pool.submit(press, who) for who in people[3:]]
        assert sum(job.result() for job in jobs) == 5
    assert Support.objects.filter(topic=kept).count() == 7
    assert Support.objects.filter(topic=gone).count() == 0


def test_a_ranking_is_put_in_order_one_step_at_a_time():
    meetup = by_ranking(placed())
    a, b, c = (proposed(meetup, title, by=ada(), now=later(hours=at)) for at, title in enumerate("ABC"))
    for topic in (a, b, c):
        actions.support(topic, cy(), now=NOW)
    actions.move_in_ranking(c, cy(), "up", now=NOW)
    actions.move_in_ranking(a, cy(), "down", now=NOW)
    assert ranks(cy()) == ["C", "A", "B"]
    actions.move_in_ranking(c, cy(), "up", now=NOW)
    actions.move_in_ranking(b, cy(), "down", now=NOW)
    assert ranks(cy()) == ["C", "A", "B"]
    actions.move_in_ranking(b, cy(), "first", now=NOW)
    actions.move_in_ranking(b, cy(), "sideways\x00", now=NOW)
    assert ranks(cy()) == ["B", "C", "A"]
    row = queries.topic_row(b, cy())
    assert (row.my_place, row.supports) == (1, 2)
    with pytest.raises(Refusal, match="not in your ranking"):
        actions.move_in_ranking(a, dee(), "up", now=NOW)


def test_topics_stand_in_the_order_of_all_rankings():
    meetup = by_ranking(placed())
    a, b, c = (proposed(meetup, title, by=ada(), now=later(hours=at)) for at, title in enumerate("ABC"))
    for who, order in ((bo(), (c, a)), (cy(), (c, b)), (dee(), (c, a, b)), (person("Fay"), (a, b))):
        for topic in order:
            actions.support(topic, who, now=NOW)
    assert [row.topic.title for row in queries.topic_list(meetup, None)] == ["C", "A", "B"]
    assert [row.place for row in queries.topic_list(meetup, None)] == [1, 2, 3]
    weights = {(voice.person_id, voice.topic_id): weight for voice, weight in queries.voices_of(meetup)}
    assert [weights[dee().pk, topic.pk] for topic in (c, a, b)] == [3, 2, 1]


def test_topics_are_moved_only_where_they_are_ranked():
    topic = proposed(placed())
    with pytest.raises(Refusal, match="not ranked"):
        actions.move_in_ranking(topic, bo(), "up", now=NOW)


@pytest.mark.parametrize("topics", [1, 5])
def test_rankings_take_the_same_queries_for_one_and_for_many(topics, django_assert_num_queries):
    meetup = by_ranking(placed())
    for number in range(topics):
        supported(proposed(meetup, f"Topic {number}"), "Cy", "Dee")
    visitor = cy()
    with django_assert_num_queries(4):
        assert len(queries.topic_list(meetup, visitor)) == topics
    with django_assert_num_queries(5):
        assert len(queries.topics_page(meetup, visitor).ranked) == topics
    with django_assert_num_queries(1):
        assert len(queries.voices_of(meetup)) == 3 * topics


def test_merging_keeps_everybody_and_counts_each_once():
    meetup = placed()
    gone = supported(proposed(meetup, "Upgrade", tags=["a"]), "Cy", "Dee")
    kept = supported(proposed(meetup, "Upgrades", by=ada(), tags=["b"]), "Cy")
    third = proposed(meetup, "Third")
    actions.relate(gone, third, by=ada(), now=NOW)
    actions.offer_to_moderate(gone, dee(), "lead", now=NOW)
    actions.offer_to_moderate(gone, cy(), "lead", now=NOW)
    actions.offer_to_moderate(kept, cy(), "shadow", now=NOW)
    actions.comment(gone, dee(), "Same as the other", now=NOW)
    actions.merge(gone, kept, by=ada(), now=later(hours=1))
    assert set(Support.objects.filter(topic=kept).values_list("person__name", flat=True)) == {
        "Ada Example", "Bo Example", "Cy Example", "Dee Example"
    }  # fmt: skip
    assert Support.objects.filter(topic=kept).count() == 4
    parts = ModeratorOffer.objects.filter(topic=kept).order_by("person__name").values_list("person__name", "part")
    assert list(parts) == [("Cy Example", "shadow"), ("Dee Example", "lead")]
    page = queries.topic_page(kept, ada())
    assert ([c.text for c in page.comments], page.related, page.merged) == (["Same as the other"], (third,), (gone,))
    assert Topic.objects.get(pk=kept.pk).tags == ["b", "a"]
    assert [row.topic for row in queries.topic_list(meetup, None)] == [kept, third]
    entry = Entry.objects.get(kind="topics.topic_merged")
    assert (entry.facts, entry.actor) == ({"topic": gone.pk, "into": kept.pk}, ada().pk)


def test_who_ranked_both_keeps_the_better_place():
    meetup = by_ranking(placed())
    gone, _, kept = (proposed(meetup, title) for title in ("Gone", "Between", "Kept"))
    actions.merge(gone, kept, by=ada(), now=NOW)
    assert ranks(bo()) == ["Kept", "Between"]


def test_a_dot_given_to_both_comes_back():
    meetup = by_dots(placed())
    gone, kept = proposed(meetup, "Gone"), proposed(meetup, "Kept")
    actions.merge(gone, kept, by=ada(), now=NOW)
    assert queries.topics_page(meetup, bo()).ballot.left == 1


def test_what_was_merged_before_leads_to_the_last():
    meetup = placed()
    first, second, last = (proposed(meetup, title) for title in ("First", "Second", "Last"))
    actions.merge(first, second, by=ada(), now=NOW)
    actions.merge(second, last, by=ada(), now=NOW)
    assert set(last.merged.all()) == {first, second}


def test_only_two_topics_of_one_list_are_merged():
    meetup, other = placed(), placed("Autumn meetup")
    one, two, far = proposed(meetup), proposed(meetup, "Two"), proposed(other, "Far")
    for wrong in (one, far):
        with pytest.raises(Refusal) as refusal:
            actions.merge(one, wrong, by=ada(), now=NOW)
        assert refusal.value.field == "into"
    actions.withdraw(two, bo(), now=NOW)
    with pytest.raises(Refusal, match="withdrawn meanwhile"):
        actions.merge(one, two, by=ada(), now=NOW)
    type(meetup).objects.update(stage="archived")
    with pytest.raises(Refusal, match="closed"):
        actions.merge(one, two, by=ada(), now=NOW)


def test_parts_of_a_topic_keep_its_voices():
    meetup = placed()
    topic = supported(proposed(meetup, "Networking", tags=["net"]), "Cy")
    parts = actions.split(topic, ["DVR", " L3 \n", "L3", "BGP", ""], by=ada(), now=NOW)
    assert [part.title for part in parts] == ["L3", "BGP"]
    assert Topic.objects.get(pk=topic.pk).title == "DVR"
    assert [(row.supports, row.topic.tags, row.proposed_by) for row in queries.topic_list(meetup, None)] == [
        (2, ["net"], "Bo Example")
    ] * 3
    assert set(topic.related.all()) == set(parts)


def test_dots_stay_with_the_first_part():
    topic = supported(proposed(by_dots(placed())), "Cy")
    (part,) = actions.split(topic, ["DVR", "L3"], by=ada(), now=NOW)
    assert [queries.topic_row(found, None).supports for found in (topic, part)] == [2, 0]


@pytest.mark.parametrize("titles", [[], ["One"], ["One", " One "], ["x", "x" * 161], list("abcdefg")])
def test_a_topic_is_split_into_two_to_six(titles):
    topic = proposed(placed())
    with pytest.raises(Refusal) as refusal:
        actions.split(topic, titles, by=ada(), now=NOW)
    assert (refusal.value.field, Topic.objects.count()) == ("titles", 1)


def test_topics_are_near_each_other_both_ways_until_they_part():
    meetup = placed()
    one, two, far = proposed(meetup), proposed(meetup, "Two"), proposed(placed("Autumn meetup"), "Far")
    actions.relate(one, two, by=bo(), now=NOW)
    actions.relate(one, two, by=bo(), now=NOW)
    assert queries.topic_page(two, bo()).related == (one,)
    actions.part_ways(two, one, by=bo(), now=NOW)
    actions.part_ways(two, one, by=bo(), now=NOW)
    assert queries.topic_page(one, bo()).related == ()
    with pytest.raises(Refusal):
        actions.relate(one, far, by=bo(), now=NOW)
    assert Entry.objects.filter(kind__in=("topics.related", "topics.unrelated")).count() == 2


def test_a_comment_is_clean_and_its_author_can_erase_it():
    topic = proposed(placed())
    said = actions.comment(topic, cy(), " **Yes** <script> [x](javascript:1) ", now=NOW)
    assert said.html == "<p><strong>Yes</strong> &lt;script&gt; [x](javascript:1)</p>\n"
    actions.moderate_comment(said, hidden=True, by=ada(), now=NOW)
    actions.moderate_comment(said, hidden=True, by=ada(), now=NOW)
    assert (queries.topic_page(topic, cy()).comments, queries.topic_row(topic, None).comments) == ((), 0)
    assert queries.topic_page(topic, ada()).comments == (said,)
    actions.moderate_comment(said, hidden=False, by=ada(), now=NOW)
    assert queries.topic_row(topic, None).comments == 1
    actions.erase_comment(said, cy(), now=NOW)
    actions.erase_comment(said, cy(), now=NOW)
    assert Comment.objects.count() == 0
    kinds = Entry.objects.filter(kind__startswith="topics.comment").order_by("id").values_list("kind", flat=True)
    assert list(kinds) == [f"topics.comment{what}" for what in ("ed", "_hidden", "_shown", "_erased")]


@pytest.mark.parametrize("text", ["", " \x00 ", "\u200b", "x" * 2_001])
def test_a_comment_that_says_nothing_or_too_much_is_refused(text):
    with pytest.raises(Refusal):
        actions.comment(proposed(placed()), cy(), text, now=NOW)


def test_nobody_fills_a_page_with_comments():
    topic = proposed(placed())
    for number in range(20):
        actions.comment(topic, cy(), f"Number {number}", now=NOW)
    with pytest.raises(Refusal, match="many comments"):
        actions.comment(topic, cy(), "One more", now=later(minutes=59))
    actions.comment(topic, cy(), "Later", now=later(minutes=61))

"""Topics: proposed, supported once each, withdrawn, offered for."""

import pytest
from django.db import IntegrityError, transaction

from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from midcycle.topics import actions, queries
from midcycle.topics.models import ModeratorOffer, Support, Topic
from tests.world import NOW, ada, bo, cy, dee, later, placed
from tests.worlds.topics import proposed, supported

pytestmark = pytest.mark.django_db

WRONG = ({"title": " \x00 "}, {"title": "x" * 161}, {"details": "x" * 10_001}, {"format": "keynote"})


def kinds() -> list[str]:
    """Return the deeds of this app, in order."""
    return list(Entry.objects.filter(kind__startswith="topics.").order_by("id").values_list("kind", flat=True))


def test_a_title_is_enough_and_the_proposer_is_the_first_voice():
    meetup = placed()
    topic = actions.propose(meetup, bo(), title="  Upgrades \r\n without downtime ", now=NOW)
    assert (topic.title, topic.details, topic.format) == ("Upgrades without downtime", "", "general_session")
    row = queries.topic_row(topic, bo())
    assert (row.supports, row.is_mine, row.is_supported) == (1, True, True)
    entry = Entry.objects.get(kind="topics.topic_proposed")
    assert (entry.meetup, entry.actor, entry.facts, entry.at) == (meetup.pk, bo().pk, {"topic": topic.pk}, NOW)


def test_details_become_clean_html_when_they_are_saved():
    topic = proposed(placed(), details="# Why\n<script>alert(1)</script> **now**", format="working_group")
    assert topic.details_html == "<h2>Why</h2>\n<p>&lt;script&gt;alert(1)&lt;/script&gt; <strong>now</strong></p>\n"
    assert queries.topic_row(topic, None).format_name == "Working group"


@pytest.mark.parametrize("stage", ["idea", "hosting", "wrap_up", "archived"])
def test_topics_are_closed_before_registration_and_after_the_last_day(stage):
    meetup = placed() if stage in {"wrap_up", "archived"} else placed(stage="hosting")
    topic = proposed(meetup) if stage in {"wrap_up", "archived"} else None
    type(meetup).objects.filter(pk=meetup.pk).update(stage=stage)
    with pytest.raises(Refusal, match="open from registration to the last day"):
        actions.propose(meetup, bo(), title="Late", now=NOW)
    if topic is not None:
        for deed in (actions.support, actions.withdraw_support):
            with pytest.raises(Refusal):
                deed(topic, cy(), now=NOW)
        with pytest.raises(Refusal):
            actions.offer_to_moderate(topic, dee(), "lead", now=NOW)
        assert queries.topic_row(topic, None).supports == 1


@pytest.mark.parametrize(
    ("title", "wish", "field"),
    [
        (" \x00 ", {}, "title"),
        ("x" * 161, {}, "title"),
        ("x", {"details": "x" * 10_001}, "details"),
        ("x", {"format": "keynote"}, "format"),
    ],
)
def test_a_wrong_proposal_names_its_field_and_leaves_nothing(title, wish, field):
    meetup = placed()
    with pytest.raises(Refusal) as refusal:
        actions.propose(meetup, bo(), title=title, now=NOW, **wish)
    assert refusal.value.field == field
    assert (Topic.objects.count(), Support.objects.count(), kinds()) == (0, 0, [])


def test_each_person_has_one_voice_however_often_they_press():
    topic = proposed(placed())
    for _ in range(3):
        actions.support(topic, cy(), now=NOW)
    assert queries.topic_row(topic, cy()).supports == 2
    assert kinds() == ["topics.topic_proposed", "topics.supported"]


def test_the_database_itself_refuses_a_second_voice():
    topic = proposed(placed())
    with pytest.raises(IntegrityError), transaction.atomic():
        Support.objects.create(topic=topic, person=bo())


def test_a_voice_can_be_taken_back_and_given_again():
    topic = proposed(placed())
    actions.support(topic, cy(), now=NOW)
    actions.withdraw_support(topic, cy(), now=NOW)
    actions.withdraw_support(topic, cy(), now=NOW)
    assert queries.topic_row(topic, cy()).supports == 1
    actions.support(topic, cy(), now=NOW)
    assert queries.topic_row(topic, cy()).supports == 2
    assert kinds() == ["topics.topic_proposed", "topics.supported", "topics.support_withdrawn", "topics.supported"]


def test_a_withdrawn_topic_leaves_the_list_and_takes_no_voice():
    meetup = placed()
    topic, kept = proposed(meetup), proposed(meetup, "Monitoring")
    actions.withdraw(topic, bo(), now=later(hours=1))
    actions.withdraw(topic, bo(), now=later(hours=2))
    assert Topic.objects.get(pk=topic.pk).withdrawn_at == later(hours=1)
    assert [row.topic for row in queries.topic_list(meetup, None)] == [kept]
    with pytest.raises(Refusal, match="was withdrawn"):
        actions.support(topic, cy(), now=NOW)
    with pytest.raises(Refusal, match="was withdrawn"):
        actions.offer_to_moderate(topic, cy(), "lead", now=NOW)
    assert kinds().count("topics.topic_withdrawn") == 1


def test_the_proposer_mends_the_words_and_the_voices_stay():
    topic = supported(proposed(placed(), "Upgrads", details="Old", format="lightning"), "Cy")
    words = {"title": " Upgrades \r\n at night ", "details": "**New**", "format": "working_group"}
    actions.rewrite(topic, bo(), **words, now=later(hours=1))
    row = queries.topic_row(topic, None)
    assert (row.topic.title, row.topic.details, row.topic.format) == ("Upgrades at night", "**New**", "working_group")
    assert row.topic.details_html == "<p><strong>New</strong></p>\n"
    assert (row.supports, row.proposed_by, row.topic.proposed_at) == (2, "Bo Example", NOW)
    entry = Entry.objects.get(kind="topics.topic_rewritten")
    assert (entry.meetup, entry.actor, entry.facts, entry.at) == (
        topic.meetup_id, bo().pk, {"topic": topic.pk}, later(hours=1)
    )  # fmt: skip


def test_what_is_not_said_anew_stays_and_saving_the_same_is_no_deed():
    topic = proposed(placed(), details="Old", format="lightning")
    actions.rewrite(topic, None, title="Rollbacks", now=NOW)
    actions.rewrite(topic, bo(), title=" Rollbacks ", details="Old\r\n", format="lightning", now=NOW)
    found = Topic.objects.get()
    assert (found.title, found.details, found.details_html, found.format) == ("Rollbacks", "Old", "<p>Old</p>\n", "lightning")
    assert kinds() == ["topics.topic_proposed", "topics.topic_rewritten"]


@pytest.mark.parametrize("words", WRONG)
def test_wrong_words_name_their_field_and_change_nothing(words):
    topic = proposed(placed(), "Upgrades", details="Old")
    with pytest.raises(Refusal) as refusal:
        actions.rewrite(topic, bo(), **{"title": "New", **words}, now=NOW)
    assert refusal.value.field == next(iter(words))
    found = Topic.objects.get()
    assert (found.title, found.details, kinds()) == ("Upgrades", "Old", ["topics.topic_proposed"])


@pytest.mark.parametrize("stage", ["idea", "hosting", "wrap_up", "archived"])
def test_a_topic_keeps_its_words_while_topics_are_closed(stage):
    topic = proposed(placed())
    type(topic.meetup).objects.update(stage=stage)
    with pytest.raises(Refusal, match="open from registration to the last day"):
        actions.rewrite(topic, bo(), title="Late", now=NOW)
    assert Topic.objects.get().title == "Upgrades without downtime"


def test_a_topic_withdrawn_meanwhile_keeps_its_words():
    topic = proposed(placed())
    stale = Topic.objects.get()
    actions.withdraw(topic, ada(), now=NOW)
    with pytest.raises(Refusal, match="was withdrawn"):
        actions.rewrite(stale, bo(), title="Late", now=NOW)
    assert Topic.objects.get().title == "Upgrades without downtime"


def test_what_is_archived_stays():
    topic = proposed(placed())
    type(topic.meetup).objects.update(stage="archived")
    with pytest.raises(Refusal, match="archived"):
        actions.withdraw(topic, bo(), now=NOW)
    assert Topic.objects.get().withdrawn_at is None


def test_somebody_offers_to_lead_and_then_rather_to_shadow():
    topic = proposed(placed())
    for part in ("lead", "lead", "shadow"):
        actions.offer_to_moderate(topic, dee(), part, now=NOW)
    actions.offer_to_moderate(topic, ada(), "lead", now=NOW)
    row = queries.topic_row(topic, dee())
    assert (row.leads, row.shadows, row.my_offer) == (("Ada Example",), ("Dee Example",), "shadow")
    facts = [entry.facts for entry in Entry.objects.filter(kind="topics.moderator_offered").order_by("id")]
    assert facts == [{"topic": topic.pk, "part": part} for part in ("lead", "shadow", "lead")]
    actions.withdraw_offer(topic, dee(), now=NOW)
    actions.withdraw_offer(topic, dee(), now=NOW)
    assert queries.topic_row(topic, dee()).my_offer == ""
    assert kinds().count("topics.offer_withdrawn") == 1


def test_an_unknown_part_is_refused():
    with pytest.raises(Refusal, match="lead or to shadow"):
        actions.offer_to_moderate(proposed(placed()), dee(), "king\x00", now=NOW)
    assert ModeratorOffer.objects.count() == 0


def test_the_list_goes_by_voices_and_then_by_age():
    meetup = placed()
    young = proposed(meetup, "Young", now=later(hours=2))
    old = proposed(meetup, "Old", now=NOW)
    wanted = supported(proposed(meetup, "Wanted", now=later(hours=3)), "Cy", "Dee")
    assert [row.topic for row in queries.topic_list(meetup, None)] == [wanted, old, young]
    assert [row.supports for row in queries.topic_list(meetup, None)] == [3, 1, 1]


def test_voices_and_offers_are_not_multiplied_by_each_other():
    topic = supported(proposed(placed()), "Cy", "Dee")
    for who in (ada(), dee()):
        actions.offer_to_moderate(topic, who, "lead", now=NOW)
    row = queries.topic_row(topic, cy())
    assert (row.supports, row.leads, row.is_supported, row.is_mine) == (3, ("Ada Example", "Dee Example"), True, False)


def test_the_drafter_gets_the_voices_of_this_meetup_alone():
    meetup, other = placed(), placed("Autumn meetup")
    one, two = supported(proposed(meetup), "Cy"), proposed(meetup, "Monitoring")
    gone = proposed(meetup, "Gone")
    actions.withdraw(gone, bo(), now=NOW)
    proposed(other, "Elsewhere")
    given = [(voice.person_id, voice.topic_id, weight) for voice, weight in queries.voices_of(meetup)]
    assert sorted(given) == sorted([(bo().pk, one.pk, 1), (cy().pk, one.pk, 1), (bo().pk, two.pk, 1)])


@pytest.mark.parametrize("topics", [1, 4])
def test_lists_take_the_same_queries_for_one_and_for_many(topics, django_assert_num_queries):
    meetup = placed()
    for number in range(topics):
        actions.offer_to_moderate(supported(proposed(meetup, f"Topic {number}"), "Cy"), dee(), "lead", now=NOW)
    visitor = cy()
    with django_assert_num_queries(2):
        assert len(queries.topic_list(meetup, visitor)) == topics
    with django_assert_num_queries(1):
        assert len(queries.voices_of(meetup)) == 2 * topics

"""A planning pad read in, read in again, and written back."""

import pytest

from midcycle.accounts.models import Person
from midcycle.hosting.models import WantedTopic
from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.models import Meetup
from midcycle.topics import actions, queries
from midcycle.topics.models import ModeratorOffer, PlanningPad, Support, Topic
from midcycle.topics.rules.pad import LONGEST_PAD
from tests.unit.test_topics_pad import PAD
from tests.world import NOW, ada, bo, browser_of, cy, dee, later, placed
from tests.worlds.hosting import answered
from tests.worlds.hosting import asked as call_asked
from tests.worlds.registration import opened, seated
from tests.worlds.topics import proposed, supported

pytestmark = pytest.mark.django_db
URL = "/m/spring-meetup/topics/pad/"


def voices() -> dict[str, list[str]]:
    """Return the names behind each topic that was not withdrawn."""
    listed = Topic.objects.filter(withdrawn_at=None).order_by("pk")
    return {topic.title: sorted(str(voice.person) for voice in topic.supports.all()) for topic in listed}


def test_topics_voices_and_moderators_are_taken_over():
    meetup = placed()
    done = actions.import_pad(meetup, PAD, by=ada(), now=NOW)
    assert (done.topics, done.voices, done.refused) == (6, 10, 0)
    assert voices() == {
        "Neutron DVR in production": ["Bo", "Cy", "Dee", "Eve van der Berg"],
        "Upgrades without downtime": ["Cy"],
        "Logging": ["Ann", "Bob"],
        "Ceph": [],
        "Burning issues": ["Zed", "jlk"],
        "Another topic": ["Bo"],
    }
    assert Person.objects.filter(name="Bo").count() == 1  # one person on both topics
    topic = Topic.objects.get(title="Upgrades without downtime")
    assert (topic.format, topic.minutes, topic.tags, topic.unnamed) == ("working_group", 90, ["networking"], 4)
    assert [str(offer.person) for offer in ModeratorOffer.objects.filter(part="lead")] == ["Dee Smith"]
    entry = Entry.objects.get(kind="topics.pad_imported")
    assert (entry.facts, entry.actor) == ({"topics": 6, "voices": 10, "refused": 0}, ada().pk)
    assert not Entry.objects.filter(kind="topics.supported").exists()


def test_nobody_can_sign_in_or_be_written_to_by_a_name_in_a_pad():
    actions.import_pad(placed(), "* A +1 Bo", by=ada(), now=NOW)
    made = Person.objects.get(name="Bo")
    assert (made.is_active, made.email.endswith("@erased.invalid"), made.has_usable_password()) == (False, True, False)


def test_read_in_again_a_pad_adds_only_what_is_new():
    meetup = placed()
    actions.import_pad(meetup, "* Upgrades\n  * +1 Bo\n* Gone +1 Cy\n", by=ada(), now=NOW)
    actions.withdraw(Topic.objects.get(title="Gone"), ada(), now=NOW)
    actions.rewrite(Topic.objects.get(title="Upgrades"), ada(), title="Upgrades at night", now=NOW)
    done = actions.import_pad(meetup, "* UPGRADES\n  * +1 Bo, Zoe\n* Gone +1 Dee\n* New +1 Bo\n", by=ada(), now=later(hours=1))
    assert (done.topics, done.voices) == (1, 2)
    assert voices() == {"Upgrades at night": ["Bo", "Zoe"], "New": ["Bo"]}
    assert PlanningPad.objects.get().at == later(hours=1)


def test_a_full_name_of_somebody_here_is_that_person_and_a_double_one_nobody():
    meetup = placed()
    supported(proposed(meetup, "Upgrades"), "Cy")
    actions.import_pad(meetup, "* Upgrades +1 cy example, Dee Example\n* Other +1 Bo Example", by=ada(), now=NOW)
    assert Support.objects.filter(person=cy()).count() == 1
    assert Support.objects.filter(person=bo()).count() == 2
    assert Support.objects.filter(person__name="Dee Example").exclude(person=dee()).count() == 1


def test_a_name_with_a_seat_is_the_person_of_that_seat():
    meetup = opened()
    seat = seated(meetup, "Fay")
    actions.import_pad(meetup, f"* Upgrades +1 {seat.name}", by=ada(), now=NOW)
    assert Support.objects.get().person == seat.person


def test_dots_stop_names_in_pads_too():
    meetup = placed()
    actions.choose_method(meetup, "dots", dots=1, by=ada(), now=NOW)
    done = actions.import_pad(meetup, "* A +1 Bo\n* B +1 Bo\n* C +1 Cy", by=ada(), now=NOW)
    assert (done.voices, done.refused, voices()) == (2, 1, {"A": ["Bo"], "B": [], "C": ["Cy"]})


@pytest.mark.parametrize("text", ["", "\x00", "nothing here", "* ~~struck~~", "x" * (LONGEST_PAD + 1)])
def test_a_text_without_topics_or_too_long_is_refused(text):
    with pytest.raises(Refusal) as refusal:
        actions.import_pad(placed(), text, by=ada(), now=NOW)
    assert (refusal.value.field, Topic.objects.count()) == ("text", 0)


def test_no_pad_is_read_in_while_topics_are_closed():
    meetup = placed()
    type(meetup).objects.update(stage="archived")
    with pytest.raises(Refusal, match="closed"):
        actions.import_pad(meetup, PAD, by=ada(), now=NOW)


def test_a_pad_comes_back_as_it_was_and_then_with_what_changed():
    meetup = placed()
    actions.import_pad(meetup, PAD.replace("\n", "\r\n"), by=ada(), now=NOW)
    assert queries.written_pad(meetup) == PAD
    actions.support(Topic.objects.get(title="Ceph"), cy(), now=NOW)
    actions.withdraw(Topic.objects.get(title="Burning issues"), ada(), now=NOW)
    proposed(meetup, "Backups")
    written = queries.written_pad(meetup)
    assert written == PAD.replace("2. Ceph (+3)\n", "2. Ceph (+3)\n    * +1 \u00d71\n").replace(
        "Burning issues +1 jlk", "~~Burning issues +1 jlk~~"
    ) + "\nNew topics:\n\n* Backups\n    * +1 \u00d71\n"  # fmt: skip


def test_voices_given_here_are_a_figure_in_the_pad_and_stay_one_when_it_is_read_in_again():
    meetup = placed()
    actions.import_pad(meetup, "* A +1 Bo\n", by=ada(), now=NOW)
    supported(Topic.objects.get(), "Cy", "Dee")
    written = queries.written_pad(meetup)
    assert written == "* A +1 Bo\n    * +1 \u00d72\n"
    actions.import_pad(meetup, written, by=ada(), now=later(hours=1))
    assert (Support.objects.count(), Topic.objects.get().unnamed, queries.written_pad(meetup)) == (3, 0, written)
    elsewhere = placed("autumn-meetup")
    assert queries.pad_preview(elsewhere, written).unnamed == 2
    actions.import_pad(elsewhere, written, by=ada(), now=NOW)
    assert Topic.objects.get(meetup=elsewhere).unnamed == 2
    assert queries.written_pad(elsewhere) == written
    assert (queries.pad_preview(meetup, written).unnamed, queries.pad_preview(meetup, written).named) == (0, ("Bo",))


def test_who_asks_to_be_forgotten_is_named_in_the_pad_no_more():
    meetup = placed()
    actions.import_pad(meetup, "* A +1 Cy Example, Bo, Cy Examplesson\n* ~~B +1 Cy Example~~\n", by=ada(), now=NOW)
    supported(Topic.objects.get(title="A"), "Cy")
    for _ in range(2):
        actions.erase_traces(meetup, cy(), now=NOW)
        assert queries.written_pad(meetup) == "* A +1 \u2014, Bo, Cy Examplesson\n    * +1 \u00d71\n* ~~B +1 \u2014~~\n"
    assert sorted(voices()["A"]) == ["Bo", "Cy Examplesson", "Someone"]
    assert Entry.objects.filter(kind="topics.traces_erased").count() == 1


@pytest.mark.parametrize("topics", [1, 6])
def test_pads_take_the_same_queries_for_one_and_for_many(topics, django_assert_num_queries):
    meetup = placed()
    text = "".join(f"* Topic {number} +1 Bo, Cy\n    * Moderator: Dee\n" for number in range(topics))
    actions.import_pad(meetup, text, by=ada(), now=NOW)
    with django_assert_num_queries(6):
        queries.written_pad(meetup)
    with django_assert_num_queries(6):
        preview = queries.pad_preview(meetup, text)
    assert (preview.known, preview.named) == ((), ("Bo", "Cy", "Dee"))  # read in once, they are known by name alone still


def test_only_the_team_reads_pads_in_and_takes_them_away():
    placed()
    for who in (None, bo(), cy()):
        for url in (URL, "/m/spring-meetup/topics/pad.txt", "/m/spring-meetup/topics/voting/"):
            assert browser_of(who).get(url).status_code == 404
        assert browser_of(who).post(URL, {"text": PAD, "do": "import"}).status_code == 404
    assert Topic.objects.count() == 0


def test_the_team_sees_what_a_pad_becomes_before_it_is_kept():
    placed()
    team = browser_of(ada())
    shown = team.post(URL, {"text": PAD, "do": "show"})
    page = " ".join(shown.content.decode().split())
    assert (shown.status_code, Topic.objects.count()) == (200, 0)
    for words in ("6 topics.", "8 voices without a name", "Struck out, and left out: Old stuff.", "2 lines left out"):
        assert words in page.replace("7 voices", "8 voices")
    done = team.post(URL, {"text": PAD, "do": "import"}, follow=True)
    assert "6 topics are new on the list, with 10 voices." in done.content.decode()
    file = team.get("/m/spring-meetup/topics/pad.txt")
    assert (file["Content-Type"], file.content.decode()) == ("text/plain; charset=utf-8", PAD)


def test_the_preview_of_many_voices_stays_short_and_topics_lead_their_team_to_the_pad():
    placed()
    names = [f"Voice {number}" for number in range(40)]
    team = browser_of(ada())
    page = team.post(URL, {"text": f"* Ceph\n  * +1 {', '.join(names)}\n", "do": "show"}).content.decode()
    said = " ".join(page.split())
    assert "40: Voice 0, Voice 1, Voice 2, Voice 3, Voice 4 and 35 more" in said
    assert "40 people are known by name alone" in said
    assert f'href="{URL}"' in team.get("/m/spring-meetup/topics/").content.decode()
    assert f'href="{URL}"' not in browser_of(bo()).get("/m/spring-meetup/topics/").content.decode()


@pytest.mark.parametrize("text", ["", "\x00", "x" * (LONGEST_PAD + 1), "* <script>alert(1)</script> +1 <b>"])
def test_hostile_pads_are_told_or_shown_as_text(text):
    placed()
    for do in ("show", "import", "\x00"):
        answer = browser_of(ada()).post(URL, {"text": text, "do": do})
        assert answer.status_code in {200, 302, 422}
        assert "<script>alert" not in answer.content.decode()


def test_a_pad_begins_with_what_answers_to_the_call_named_and_no_more():
    meetup = call_asked("Spring meetup")
    lines = ("Upgrades +1 Ada Example\n~~Struck~~", "upgrades\n# Heading\nModerator: Ada", "Hidden")
    for name, topics in zip(("Dee", "Eve", "Fay"), lines, strict=True):
        answered(meetup, name, topics=topics)
    WantedTopic.objects.filter(text="Hidden").update(is_hidden=True)
    Meetup.objects.update(stage="registration")
    client, url = browser_of(ada()), "/m/spring-meetup/topics/pad/"
    begun = client.get(f"{url}?from=answers").context["form"].initial["text"]
    assert "+1" not in begun
    assert "Hidden" not in begun
    client.post(url, {"text": begun, "do": "import"})
    assert list(Topic.objects.order_by("pk").values_list("title", flat=True)) == ["# Heading", "Moderator: Ada", "upgrades"]
    assert (ModeratorOffer.objects.count(), Support.objects.count()) == (0, 0)
    assert client.get(url).context["form"].initial["text"] == ""
    for who in (None, cy()):
        assert browser_of(who).get(f"{url}?from=answers").status_code == 404

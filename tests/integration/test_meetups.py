"""A meetup opens as an idea, moves on one step at a time, and belongs to its team."""

from datetime import date

import pytest
from django.urls import reverse

from midcycle.journal import queries as journal
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions
from midcycle.meetups.models import ApiToken, Meetup
from tests.world import NOW, ada, bo, browser_of, cy, idea, placed

pytestmark = pytest.mark.django_db


def test_an_idea_has_its_opener_as_organiser_and_a_slug_of_its_own():
    first, second = idea("Spring meetup"), idea("Spring meetup")
    assert (first.slug, second.slug, first.stage) == ("spring-meetup", "spring-meetup-2", "idea")
    assert [organiser.person for organiser in first.organisers.all()] == [ada()]


def test_the_text_is_cleaned_when_saved():
    meetup = actions.open_idea(
        ada(), title="X", summary="# Hi\n\n<img src=x onerror=alert(1)> [a](https://example.org)", now=NOW
    )
    assert meetup.summary_html == (
        '<h2>Hi</h2>\n<p>&lt;img src=x onerror=alert(1)&gt; <a href="https://example.org" rel="noopener noreferrer">a</a></p>\n'
    )


def test_a_meetup_cannot_skip_a_stage():
    meetup = idea()
    with pytest.raises(Refusal, match="What is idea cannot become registration"):
        actions.move_to_stage(meetup, ada(), "registration", now=NOW)
    assert Meetup.objects.get().stage == "idea"


def test_a_meetup_does_not_end_before_it_starts():
    place = actions.Place(starts_on=date(2027, 3, 3), ends_on=date(2027, 3, 2))
    with pytest.raises(Refusal, match="last day is before the first"):
        actions.set_place(idea(), ada(), place, now=NOW)


def test_each_move_is_in_the_journal():
    meetup = placed(stage="registration")
    stages = [entry.facts["stage"] for entry in journal.entries_of(meetup.pk, "meetups.stage_reached")]
    assert stages == ["hosting", "registration"]


def test_a_token_opens_one_meetup_for_one_scope():
    meetup = placed()
    with pytest.raises(Refusal, match="There is no scope everything"):
        actions.make_token(meetup, "everything", now=NOW)
    text = actions.make_token(meetup, "pads:write", now=NOW)
    assert ApiToken.objects.get().digest not in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_api_lists_meetups_in_the_same_queries(count, django_assert_num_queries):
    for number in range(count):
        placed(f"Meetup {number}")
    with django_assert_num_queries(1):
        listed = browser_of().get("/api/v1/meetups").json()["items"]
    assert [item["slug"] for item in listed] == [f"meetup-{number}" for number in reversed(range(count))]
    assert (listed[0]["stage"], listed[0]["starts_on"]) == ("registration", "2027-03-02")


def test_the_api_answers_404_for_what_is_not_there():
    assert browser_of().get("/api/v1/meetups/none").status_code == 404


def test_a_stranger_cannot_organise():
    meetup = placed()
    for name in ("pages:desk", "pages:about", "pages:team"):
        for client in (browser_of(), browser_of(cy())):
            assert client.get(reverse(name, args=[meetup.slug])).status_code == 404
    assert browser_of(cy()).post(reverse("pages:stage", args=[meetup.slug]), {"stage": "agenda"}).status_code == 404
    assert Meetup.objects.get().stage == "registration"


def test_an_added_organiser_can():
    meetup = placed()
    actions.add_organiser(meetup, bo(), by=ada(), now=NOW)
    answer = browser_of(bo()).post(reverse("pages:stage", args=[meetup.slug]), {"stage": "agenda"})
    assert (answer.status_code, Meetup.objects.get().stage) == (302, "agenda")

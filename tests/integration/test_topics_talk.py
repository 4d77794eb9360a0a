"""Comments, invitations, tags, rankings and the team's deeds, as pages: the cast and strangers meet them."""

import re

import pytest

from midcycle.mailing.models import Letter
from midcycle.topics import actions, queries
from midcycle.topics.models import Comment, Invitation, ModeratorOffer, Support, Topic
from tests.world import NOW, ada, bo, browser_of, cy, dee, later, placed
from tests.worlds.mailing import follow
from tests.worlds.topics import proposed, supported

pytestmark = pytest.mark.django_db
LIST = "/m/spring-meetup/topics/"
HOSTILE = ["\x00", " \r\n ", "\u2028", "x" * 200_000, "9" * 400, "-1", "<script>alert(1)</script>"]


def squeezed(answer) -> str:
    """Return a page without the white space that only makes its source readable."""
    return re.sub(r" ?([<>]) ?", r"\1", re.sub(r"\s+", " ", answer.content.decode()))


def test_a_proposal_says_tags_minutes_and_who_facilitates():
    placed()
    browser_of(bo()).post(LIST, {"title": "Upgrades", "tags": "Ops, #Storage", "minutes": "40", "leads": "on"})
    topic = Topic.objects.get()
    assert (topic.tags, topic.minutes, ModeratorOffer.objects.get().person) == (["ops", "storage"], 40, bo())
    proposed(topic.meetup, "Other")
    page = squeezed(browser_of().get(f"{LIST}?tag=storage"))
    assert "Upgrades</a>" in page
    assert "Other</a>" not in page
    assert "No topic has this tag" in squeezed(browser_of().get(f"{LIST}?tag=%00<script>"))


@pytest.mark.parametrize("field", ["tags", "minutes"])
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_wishes_are_told_beside_the_field_or_harmless(field, text):
    placed()
    answer = browser_of(bo()).post(LIST, {"title": "Fine", field: text})
    assert answer.status_code in {302, 422}
    if answer.status_code == 422:
        assert f'id="id_{field}_error"' in answer.content.decode()
    assert all(len(tag) <= 30 for topic in Topic.objects.all() for tag in topic.tags)


def test_somebody_comments_and_the_team_takes_it_off_the_page():
    topic = proposed(placed())
    here = f"{LIST}{topic.pk}/"
    assert "Sign in to comment" in browser_of().get(here).content.decode()
    assert browser_of().post(f"{here}comments/", {"text": "No"})["Location"].startswith("/sign-in/")
    assert browser_of(cy()).post(f"{here}comments/", {"text": "What about **L3**?"}).status_code == 302
    said = Comment.objects.get()
    assert "<strong>L3</strong>" in browser_of().get(here).content.decode()
    assert browser_of(cy()).post(f"{here}comments/{said.pk}/", {"shown": "no"}).status_code == 404
    browser_of(ada()).post(f"{here}comments/{said.pk}/", {"shown": "no"})
    assert "<strong>L3</strong>" not in browser_of(cy()).get(here).content.decode()
    assert "only organisers see it" in browser_of(ada()).get(here).content.decode()
    for stranger in (ada(), bo(), None):
        assert browser_of(stranger).post(f"{here}comments/{said.pk}/", {"_method": "delete"}).status_code == 404
    browser_of(cy()).post(f"{here}comments/{said.pk}/", {"_method": "delete"})
    assert Comment.objects.count() == 0


@pytest.mark.parametrize("text", ["", *HOSTILE[:4]])
def test_a_comment_that_cannot_be_kept_is_told_beside_the_field(text):
    topic = proposed(placed())
    answer = browser_of(cy()).post(f"{LIST}{topic.pk}/comments/", {"text": text})
    assert (answer.status_code, Comment.objects.count()) == (422, 0)
    assert 'id="id_text_error"' in answer.content.decode()


def test_a_comment_is_found_under_its_own_topic_alone():
    meetup = placed()
    one, two = proposed(meetup), proposed(meetup, "Two")
    said = actions.comment(one, cy(), "Here", now=NOW)
    assert browser_of(cy()).post(f"{LIST}{two.pk}/comments/{said.pk}/", {"_method": "delete"}).status_code == 404


def test_somebody_is_asked_to_lead_and_says_yes_by_the_link_in_a_letter():
    topic = proposed(placed())
    dee()
    leads = f"{LIST}{topic.pk}/leads/"
    assert browser_of(bo()).post(leads, {"email": "Dee@Example.org"}).status_code == 302
    asked = Invitation.objects.get()
    follow()
    letter = Letter.objects.get(key__startswith="topics.co_lead_invited")
    link = f"{leads}{asked.token}/"
    assert (letter.person.email, link in letter.body) == ("dee@example.org", True)
    assert not queries.topic_row(topic, None).leads
    assert browser_of().post(link, {"answer": "yes"})["Location"].startswith("/sign-in/")
    page = squeezed(browser_of().get(link))
    assert "Bo Example asks you to lead “Upgrades without downtime” together" in page
    browser_of(dee()).post(link, {"answer": "yes"})
    browser_of(dee()).post(link, {"answer": "yes"})
    assert queries.topic_row(topic, None).leads == ("Dee Example",)
    browser_of(dee()).post(link, {"answer": "no"})
    assert Invitation.objects.get().state == "accepted"


def test_saying_no_needs_no_account_and_is_final():
    topic = proposed(placed())
    asked = actions.invite(topic, "dee@example.org", by=bo(), now=NOW)
    browser_of().post(f"{LIST}{topic.pk}/leads/{asked.token}/", {"answer": "no"})
    answer = browser_of(bo()).post(f"{LIST}{topic.pk}/leads/", {"email": "dee@example.org"})
    assert (answer.status_code, Invitation.objects.get().state) == (422, "declined")
    assert "They said no to this topic already." in answer.content.decode()


def test_an_invitation_taken_back_opens_nothing_and_can_be_given_anew():
    topic = proposed(placed())
    asked = actions.invite(topic, "dee@example.org", by=bo(), now=NOW)
    browser_of(bo()).post(f"{LIST}{topic.pk}/leads/", {"_method": "delete", "invitation": asked.pk})
    assert browser_of(dee()).get(f"{LIST}{topic.pk}/leads/{asked.token}/").status_code == 404
    again = actions.invite(topic, "dee@example.org", by=bo(), now=later(hours=1))
    assert (again.pk, again.state, again.token != asked.token) == (asked.pk, "open", True)


@pytest.mark.parametrize("email", ["", "nobody", *HOSTILE])
def test_a_wrong_address_is_told_beside_the_field(email):
    topic = proposed(placed())
    for number in range(5):
        actions.invite(topic, f"x{number}@example.org", by=bo(), now=NOW)
    answer = browser_of(bo()).post(f"{LIST}{topic.pk}/leads/", {"email": email})
    assert (answer.status_code, Invitation.objects.count()) == (422, 5)
    answer = browser_of(bo()).post(f"{LIST}{topic.pk}/leads/", {"email": "more@example.org"})
    assert "5 people have not answered yet" in answer.content.decode()


def test_a_link_of_an_invitation_cannot_be_guessed_or_used_elsewhere():
    meetup = placed()
    one, two = proposed(meetup), proposed(meetup, "Two")
    asked = actions.invite(one, "dee@example.org", by=bo(), now=NOW)
    for path in (f"{one.pk}/leads/x/", f"{two.pk}/leads/{asked.token}/", f"{one.pk}/leads/%00/"):
        assert browser_of(dee()).get(f"{LIST}{path}").status_code == 404


def test_strangers_find_no_deeds_of_owners_and_teams():
    topic = proposed(placed())
    team, own = ("merging", "splitting"), ("leads", "related")
    for who, doors in ((cy(), own + team), (None, own + team), (bo(), team)):
        for door in doors:
            assert browser_of(who).get(f"{LIST}{topic.pk}/{door}/").status_code == 404
            assert browser_of(who).post(f"{LIST}{topic.pk}/{door}/", {"other": 1, "titles": "a\nb"}).status_code == 404


def test_the_team_merges_and_the_old_address_leads_on():
    meetup = placed()
    gone, kept = supported(proposed(meetup, "Upgrade"), "Cy"), proposed(meetup, "Upgrades", by=ada())
    for wrong in ("", gone.pk, *HOSTILE):
        assert browser_of(ada()).post(f"{LIST}{gone.pk}/merging/", {"other": wrong}).status_code == 422
    answer = browser_of(ada()).post(f"{LIST}{gone.pk}/merging/", {"other": kept.pk})
    assert answer["Location"] == f"{LIST}{kept.pk}/"
    assert browser_of().get(f"{LIST}{gone.pk}/")["Location"] == f"{LIST}{kept.pk}/"
    assert "“Upgrade” was the same and is part of it." in squeezed(browser_of().get(f"{LIST}{kept.pk}/"))
    assert Support.objects.filter(topic=kept).count() == 3


def test_the_team_splits_and_relates_topics():
    meetup = placed()
    topic, other = proposed(meetup, "Networking"), proposed(meetup, "Other")
    team = browser_of(ada())
    assert team.post(f"{LIST}{topic.pk}/splitting/", {"titles": "DVR"}).status_code == 422
    assert team.post(f"{LIST}{topic.pk}/splitting/", {"titles": "DVR\r\nL3"}).status_code == 302
    assert browser_of(bo()).post(f"{LIST}{topic.pk}/related/", {"other": other.pk}).status_code == 302
    assert set(topic.related.values_list("title", flat=True)) == {"L3", "Other"}
    browser_of(bo()).post(f"{LIST}{topic.pk}/related/", {"other": other.pk, "_method": "delete"})
    assert set(topic.related.values_list("title", flat=True)) == {"L3"}


def test_people_rank_with_buttons_alone():
    meetup = placed()
    a, b = proposed(meetup, "A", by=ada()), proposed(meetup, "B", by=ada())
    team = browser_of(ada())
    assert browser_of(cy()).get(f"{LIST}ranking/").status_code == 404
    assert team.post(f"{LIST}voting/", {"method": "ranking", "dots": ""}).status_code == 302
    visitor = browser_of(cy())
    for topic in (a, b):
        visitor.post(f"{LIST}{topic.pk}/support/", {"back": "list"})
    page = squeezed(visitor.get(LIST))
    assert 'aria-label="Number 2 in your ranking: “B”, ranked by 2"' in page
    assert visitor.post(f"{LIST}ranking/", {"move": f"up {b.pk}"})["Location"] == f"{LIST}ranking/#topic-{b.pk}"
    shown = squeezed(visitor.get(f"{LIST}ranking/"))
    assert shown.index(">B</a>") < shown.index(">A</a>")
    for wrong in ("", "up", f"up {'9' * 30}", "up \x00", "up ²"):
        assert visitor.post(f"{LIST}ranking/", {"move": wrong}).status_code == 404
    assert browser_of().get(f"{LIST}ranking/")["Location"].startswith("/sign-in/")


def test_people_see_their_dots_and_where_they_stop():
    meetup = placed()
    topics = [proposed(meetup, title, by=ada()) for title in "AB"]
    browser_of(ada()).post(f"{LIST}voting/", {"method": "dots", "dots": "2"})
    actions.withdraw_support(topics[1], ada(), now=NOW)
    actions.choose_method(meetup, "dots", dots=1, by=ada(), now=NOW)
    visitor = browser_of(cy())
    visitor.post(f"{LIST}{topics[0].pk}/support/", {"back": "list"})
    assert "0 of your 1 dots left" in squeezed(visitor.get(LIST))
    answer = visitor.post(f"{LIST}{topics[1].pk}/support/", {"back": "list"}, follow=True)
    assert "You have given your one dot. Take one back from another topic first." in answer.content.decode()
    assert Support.objects.filter(person=cy()).count() == 1


@pytest.mark.parametrize(
    "wrong", [{"method": "borda"}, {"method": "dots", "dots": "0"}, {"method": "dots", "dots": "9" * 400}, {}]
)
def test_a_wrong_way_to_vote_is_told(wrong):
    placed()
    assert browser_of(ada()).post(f"{LIST}voting/", {"x": "1", **wrong}).status_code == 422


def test_somebody_sees_takes_away_and_erases_what_they_said():
    meetup = placed()
    topic = supported(proposed(meetup), "Cy")
    actions.comment(topic, bo(), "Mine", now=NOW)
    actions.invite(topic, "dee@example.org", by=bo(), now=NOW)
    other = proposed(placed("Autumn meetup"), "Elsewhere")
    told = browser_of(bo()).get(f"{LIST}mine.json").json()
    assert [len(told[key]) for key in ("proposed", "supported", "offered", "comments", "invitations")] == [1, 1, 0, 1, 1]
    assert (browser_of().get(f"{LIST}mine.json").status_code, browser_of(cy()).get(f"{LIST}mine.json").json()["comments"]) == (
        404,
        [],
    )
    type(meetup).objects.update(stage="archived")
    browser_of(bo()).post(f"{LIST}mine/", {"_method": "delete"})
    assert "Nothing yet" in browser_of(bo()).get(f"{LIST}mine/").content.decode()
    assert (Support.objects.get(topic=topic).person, Comment.objects.count(), Invitation.objects.count()) == (cy(), 0, 0)
    assert queries.topic_row(topic, None).proposed_by == "Someone"
    assert queries.topic_row(other, None).proposed_by == "Bo Example"


@pytest.mark.parametrize("many", [1, 4])
def test_the_page_of_a_topic_takes_the_same_queries_for_one_and_for_many(many, django_assert_num_queries):
    meetup = placed()
    topic = proposed(meetup)
    for number in range(many):
        other = proposed(meetup, f"Topic {number}")
        actions.relate(topic, other, by=bo(), now=NOW)
        actions.comment(topic, dee(), f"Number {number}", now=NOW)
        actions.invite(topic, f"x{number}@example.org", by=bo(), now=NOW)
    visitor = bo()
    with django_assert_num_queries(8):
        page = queries.topic_page(topic, visitor)
    assert (len(page.comments), len(page.related), len(page.invitations)) == (many, many, many)
    with django_assert_num_queries(6):
        queries.traces_of(meetup, visitor)

"""Moderators volunteer, are proposed in pairs, asked by letter, answer by a link, and find what they need."""

import re

import pytest
from django.urls import reverse

from midcycle.accounts.models import Person
from midcycle.agenda import actions, queries
from midcycle.agenda.access import duties_key
from midcycle.agenda.actions import Offer
from midcycle.agenda.models import Absence, Apart, Invite, Moderator, Session, SessionPart
from midcycle.agenda.rules.bounds import Presence
from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from midcycle.mailing.models import Letter
from midcycle.meetups import actions as meetups
from midcycle.registration import actions as registration
from midcycle.registration.models import Seat
from midcycle.site.followers import FOLLOWERS
from midcycle.topics import actions as topics
from tests.world import NOW, ada, bo, browser_of, cy, dee, person
from tests.worlds.agenda import at, hall, held, loft, planned, released, session, text_of, url
from tests.worlds.mailing import follow
from tests.worlds.registration import opened, seated
from tests.worlds.topics import proposed, supported

pytestmark = pytest.mark.django_db


def pooled(meetup, who, led=0, most=2, **more):
    return actions.volunteer(meetup, who, Offer(str(who), led, most, **more), now=NOW)


def asked(meetup):
    """Propose, ask, and return what was asked: session, person and part."""
    actions.propose_moderators(meetup, by=ada(), now=NOW)
    actions.ask_moderators(meetup, by=ada(), now=NOW)
    return said(Invite.objects.filter(state="asked"))


def said(invites):
    return [(i.session.title, str(i.person), i.part) for i in invites.order_by("session_id", "part")]


def duties(meetup, who, *more, name="duties"):
    return reverse(f"agenda:{name}", args=[meetup.slug, duties_key(meetup, who), *more])


def words(response):
    return " ".join(re.sub(r"<[^>]*>", " ", text_of(response)).split())


def test_somebody_volunteers_on_a_public_page_changes_it_and_takes_it_back():
    meetup, bo_there = planned(), browser_of(bo())
    assert "Sign in to volunteer" in text_of(browser_of(None).get(url("volunteer", meetup)))
    sent_on = browser_of(None).post(url("volunteer", meetup), {"name": "Bo"})
    assert sent_on.headers["Location"].startswith("/sign-in/")
    typed = {"name": "Bo", "led": "0", "most": "1", "languages": "English", "wish": "Not with Cy, please.", "away": []}
    assert bo_there.post(url("volunteer", meetup), typed).status_code == 302
    typed |= {"led": "2", "away": [str(at(meetup, "09:30").pk)]}
    assert bo_there.post(url("volunteer", meetup), typed).status_code == 302
    made = Moderator.objects.get()
    assert (made.person, made.led, made.most, made.languages, made.wish) == (bo(), 2, 1, "English", "Not with Cy, please.")
    assert Absence.objects.get().slot == at(meetup, "09:30")
    assert "Not with Cy, please." in text_of(bo_there.get(url("volunteer", meetup)))
    assert "Not with Cy" not in text_of(browser_of(cy()).get(url("volunteer", meetup)))
    bo_there.post(url("volunteer", meetup), {"_method": "delete"})
    assert Moderator.objects.count() == 0


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"led": "-1"}, {"led": "501"}, {"most": "0"}, {"most": "21"}, {"away": ["0"]}, {"wish": "x" * 301}]
)
def test_an_offer_that_cannot_be_is_asked_again(wrong):
    meetup = planned()
    typed = {"name": "Bo", "led": "0", "most": "1", "languages": "", "wish": "", **wrong}
    assert browser_of(bo()).post(url("volunteer", meetup), typed).status_code == 422
    assert Moderator.objects.count() == 0


def test_nobody_volunteers_before_registration():
    meetup = planned("hosting")
    with pytest.raises(Refusal, match="Moderators are sought from registration"):
        pooled(meetup, bo())
    assert "I would moderate" not in text_of(browser_of(bo()).get(url("volunteer", meetup)))


def test_a_pair_is_proposed_asked_by_letter_and_confirms_by_the_link():
    meetup = planned()
    made = held(meetup, "Upgrades")
    pooled(meetup, dee(), led=3)
    pooled(meetup, bo())
    assert asked(meetup) == [("Upgrades", "Dee Example", "lead"), ("Upgrades", "Bo Example", "shadow")]
    follow()
    letter = Letter.objects.get(person=bo())
    assert letter.subject == "Would you moderate at Spring meetup?"
    link = re.search(r"/m/spring-meetup/moderators/[^/]+/", letter.body)
    assert "You are asked" in words(browser_of(None).get(link.group()))
    assert "- Upgrades, beside somebody experienced" in letter.body
    page = words(browser_of(None).get(duties(meetup, bo())))
    assert "You are asked" in page
    assert "dee@example.org" not in page
    for who in (dee(), bo()):
        invite = Invite.objects.get(person=who)
        answer = browser_of(None).post(duties(meetup, who, invite.pk, name="answer"), {"answer": "confirmed"})
        assert answer.status_code == 302
    parts = [(p.person, p.part) for p in SessionPart.objects.filter(session=made).order_by("part")]
    assert parts == [(dee(), "lead"), (bo(), "shadow")]
    page = words(browser_of(None).get(duties(meetup, bo())))
    for told in ("Room: Hall, 100 seats", "Lead: Dee Example", "How to moderate", "ada@example.org"):
        assert told in page
    for who, other in ((dee(), "bo@example.org"), (bo(), "dee@example.org")):  # each sees the name of the other, no address
        assert other not in words(browser_of(None).get(duties(meetup, who)))
    assert "Shadow: Bo Example" in words(browser_of(None).get(duties(meetup, dee())))
    assert "Still to be named: a note-taker and a publisher." in page


def test_who_is_asked_about_two_sessions_gets_one_letter():
    meetup = planned()
    held(meetup, "Upgrades")
    held(meetup, "Quotas", starts="10:30")
    pooled(meetup, dee(), led=3)
    assert len(asked(meetup)) == 2
    follow()
    assert "- Upgrades\n- Quotas\n" in Letter.objects.get(person=dee()).body


def test_who_has_no_name_yet_is_told_apart_by_address_and_a_name_alone_has_none():
    meetup = planned()
    for email in ("first@example.org", "second@example.org"):
        actions.add_to_pool(meetup, email, led=0, most=2, by=ada(), now=NOW)
    page = words(browser_of(ada()).get(url("moderators", meetup)))
    assert ("Someone" in page, page.count("second@example.org")) == (False, 3)  # in the pool, and to be kept apart
    topics.import_pad(meetup, "* Ceph\n  * Moderator: Zoe Nowhere\n", by=ada(), now=NOW)
    made = held(meetup, "Ceph", Person.objects.get(name="Zoe Nowhere"), dee())
    page = words(browser_of(None).get(duties(meetup, dee())))
    assert ("Lead: Zoe Nowhere" in page, "invalid" in page) == (True, False)
    assert made.title in page


def test_it_can_be_said_to_have_begun_once_the_meetup_is_on_site():
    meetup = planned()
    held(meetup, "Upgrades", dee())
    assert "It begins now" not in words(browser_of(None).get(duties(meetup, dee())))
    meetups.move_to_stage(meetup, ada(), "on_site", now=NOW)
    assert "It begins now" in words(browser_of(None).get(duties(meetup, dee())))


def test_who_declines_is_not_proposed_again_and_may_change_their_mind():
    meetup = planned()
    held(meetup, "Upgrades")
    pooled(meetup, dee(), led=3)
    assert asked(meetup) == [("Upgrades", "Dee Example", "lead")]
    invite = Invite.objects.get()
    actions.answer_invite(invite, "declined", now=NOW)
    with pytest.raises(Refusal, match="nobody to ask"):
        asked(meetup)
    assert "I can after all" in text_of(browser_of(None).get(duties(meetup, dee())))
    actions.answer_invite(invite, "confirmed", now=NOW)
    assert SessionPart.objects.get().person == dee()
    actions.answer_invite(invite, "confirmed", now=NOW)
    actions.answer_invite(invite, "declined", now=NOW)
    assert SessionPart.objects.count() == 0
    kinds = Entry.objects.filter(kind__startswith="agenda.moderator_").order_by("id").values_list("kind", flat=True)
    declined, confirmed = "agenda.moderator_declined", "agenda.moderator_confirmed"
    assert list(kinds) == ["agenda.moderator_volunteered", declined, confirmed, declined]


def test_proposals_heed_loads_absences_languages_wishes_and_who_is_kept_apart():
    meetup = planned()
    held(meetup, "Upgrades", starts="09:30")
    held(meetup, "Quotas", starts="10:30")
    pooled(meetup, dee(), led=3, most=1, away=frozenset({at(meetup, "09:30").pk}))
    pooled(meetup, bo(), languages="English")
    pooled(meetup, cy(), languages="french")
    pooled(meetup, person("Fay"), led=1, most=1, languages="English, French")
    actions.keep_apart(meetup, person("Fay"), bo(), by=ada(), now=NOW)
    actions.keep_apart(meetup, bo(), person("Fay"), by=ada(), now=NOW)
    assert Apart.objects.count() == 1
    assert asked(meetup) == [
        ("Upgrades", "Fay Example", "lead"), ("Upgrades", "Cy Example", "shadow"),
        ("Quotas", "Dee Example", "lead"), ("Quotas", "Bo Example", "shadow"),
    ]  # fmt: skip


def test_a_session_its_moderators_support_goes_to_them_and_parts_elsewhere_keep_people_free():
    meetup = planned()
    topic = supported(proposed(meetup, "Quotas"), "Dee")
    session(meetup, "Upgrades")
    session(meetup, "Quotas", topic=topic)
    pooled(meetup, dee(), led=1, most=1)
    assert asked(meetup) == [("Quotas", "Dee Example", "lead")]
    Invite.objects.all().delete()
    actions.place(Session.objects.get(title="Quotas"), at(meetup, "09:30"), hall(meetup), by=ada(), now=NOW)
    needed = held(meetup, "Keynote", where=loft(meetup))
    actions.change_session(needed, "Keynote", format="presentation", abstract="", for_all=False, by=ada(), now=NOW)
    actions.give_part(needed, dee(), "in_demand", by=ada(), now=NOW)
    assert asked(meetup) == [("Upgrades", "Dee Example", "lead")]


def test_who_said_they_cannot_at_that_time_is_told_when_a_session_has_moved_there():
    meetup = planned()
    made = held(meetup, "Upgrades", starts="10:30")
    pooled(meetup, dee(), led=1)
    asked(meetup)
    away = Presence(frozenset({at(meetup, "09:30").pk}))
    actions.set_presence(meetup, dee(), away, by=ada(), now=NOW)
    actions.place(made, at(meetup, "09:30"), hall(meetup), by=ada(), now=NOW)
    answer = browser_of(None).post(
        duties(meetup, dee(), Invite.objects.get().pk, name="answer"), {"answer": "confirmed"}, follow=True
    )
    assert "has moved to a time you said you cannot" in words(answer)
    assert SessionPart.objects.count() == 0


def test_the_team_proposes_drops_asks_and_looks_after_the_pool():
    meetup, ada_there = planned(), browser_of(ada())
    held(meetup, "Upgrades")
    assert str(dee()) != str(bo())
    page = words(ada_there.get(url("moderators", meetup)))
    assert "Nobody has volunteered yet." in page
    assert "Nobody has volunteered yet." in words(ada_there.post(url("propose", meetup), follow=True))
    ada_there.post(url("pool", meetup), {"email": "dee@example.org", "led": "3", "most": "1"})
    ada_there.post(url("pool", meetup), {"email": "bo@example.org", "led": "0", "most": "1"})
    page = words(ada_there.post(url("propose", meetup), follow=True))
    assert "2 proposed. Look them over" in page
    assert "Still to be named: a lead, a note-taker and a publisher." in page
    assert page.count("Proposed Drop") == 2
    ada_there.post(url("proposal", meetup, Invite.objects.get(part="shadow").pk))
    assert "1 asked." in words(ada_there.post(url("ask", meetup), follow=True))
    assert said(Invite.objects.all()) == [("Upgrades", "Dee Example", "lead")]
    ada_there.post(url("aparts", meetup), {"one": str(bo().pk), "other": str(dee().pk)})
    assert "Choose two people." in words(ada_there.post(url("aparts", meetup), {"one": str(bo().pk), "other": str(bo().pk)}))
    ada_there.post(url("apart", meetup, Apart.objects.get().pk))
    ada_there.post(url("pooled", meetup, Moderator.objects.get(person=dee()).pk))
    assert (Apart.objects.count(), Invite.objects.count(), Moderator.objects.get().person) == (0, 0, bo())
    assert ada_there.post(url("pool", meetup), {"email": "x"}).status_code == 422


def test_a_question_taken_back_is_gone_and_a_confirmed_one_stays():
    meetup = planned()
    held(meetup, "Upgrades")
    pooled(meetup, dee(), led=3)
    asked(meetup)
    invite = Invite.objects.get()
    actions.answer_invite(invite, "confirmed", now=NOW)
    with pytest.raises(Refusal, match="They have confirmed"):
        actions.drop_proposal(invite, by=ada(), now=NOW)
    actions.answer_invite(invite, "declined", now=NOW)
    address = duties(meetup, dee(), invite.pk, name="answer")
    actions.drop_proposal(invite, by=ada(), now=NOW)
    assert browser_of(None).post(address, {"answer": "confirmed"}).status_code == 404


def test_a_session_begins_with_a_warning_where_somebody_is_missing_and_once_only():
    meetup = planned()
    made = held(meetup, "Upgrades", dee())
    begun = browser_of(None).post(duties(meetup, dee(), made.pk, name="begin"), follow=True)
    assert "The session has begun. Still to be named: a note-taker and a publisher. Ask in the room." in words(begun)
    browser_of(None).post(duties(meetup, dee(), made.pk, name="begin"))
    assert Entry.objects.filter(kind="agenda.session_started").count() == 1
    for part in ("note_taker", "publisher"):
        actions.give_part(made, cy(), part, by=ada(), now=NOW)
    assert "Still to be named" not in words(browser_of(ada()).get(url("session_desk", meetup, made.pk)))


def test_the_calendar_has_what_somebody_moderates_alone():
    meetup = planned()
    held(meetup, "Upgrades", dee())
    held(meetup, "Quotas", starts="10:30")
    assert browser_of(None).get(duties(meetup, dee(), name="duty_calendar")).status_code == 404
    released(meetup)
    answer = browser_of(None).get(duties(meetup, dee(), name="duty_calendar"))
    assert (answer.headers["Content-Type"], b"Upgrades" in answer.content) == ("text/calendar; charset=utf-8", True)
    assert b"Quotas" not in answer.content


def test_strangers_see_and_change_nothing():
    meetup, other = planned(), planned()
    made = held(meetup, "Upgrades")
    pooled(meetup, dee(), led=3)
    pooled(meetup, bo(), wish="Not with Dee")
    actions.keep_apart(meetup, bo(), dee(), by=ada(), now=NOW)
    asked(meetup)
    invite = Invite.objects.get(person=dee())
    held_apart, moderator = Apart.objects.get(), Moderator.objects.get(person=dee())
    desk = [
        url(name, meetup, *more)
        for name, more in (
            ("moderators", ()), ("pool", ()), ("aparts", ()), ("propose", ()), ("ask", ()),
            ("pooled", (moderator.pk,)), ("apart", (held_apart.pk,)), ("proposal", (invite.pk,)),
        )
    ]  # fmt: skip
    for stranger in (browser_of(cy()), browser_of(dee()), browser_of(None)):
        for address in desk:
            answers = stranger.get(address).status_code, stranger.post(address).status_code
            assert answers in {(302, 404), (404, 405)}, address
    for key in ("x", actions.open_feed(meetup, dee(), now=NOW).key, duties_key(other, dee())):
        assert browser_of(dee()).get(reverse("agenda:duties", args=[meetup.slug, key])).status_code == 404
    assert browser_of(bo()).post(duties(meetup, bo(), invite.pk, name="answer"), {"answer": "declined"}).status_code == 404
    assert browser_of(bo()).post(duties(meetup, bo(), made.pk, name="begin")).status_code == 404
    proposal = Invite.objects.create(session=made, person=cy(), part="shadow")
    assert browser_of(cy()).post(duties(meetup, cy(), proposal.pk, name="answer"), {"answer": "confirmed"}).status_code == 404
    invite.refresh_from_db()
    assert invite.state == "asked"


def test_who_asks_to_be_forgotten_leaves_the_pool_and_is_nobody_any_more():
    meetup = opened()
    seat = seated(meetup, "Gil")
    pooled(meetup, seat.person, led=2, wish="Only mornings")
    assert Moderator.objects.count() == 1
    registration.erase_seat(Seat.objects.get(pk=seat.pk), now=NOW)
    entry = Entry.objects.get(kind="registration.seat_erased")
    for _ in range(2):
        FOLLOWERS["agenda"]["registration.seat_erased"](entry)
    assert (Moderator.objects.count(), Person.objects.filter(email="gil@example.org").count()) == (0, 0)


def test_what_is_archived_asks_nobody():
    meetup = planned("on_site")
    held(meetup, "Upgrades")
    pooled(meetup, dee(), led=1)
    asked(meetup)
    for stage in ("wrap_up", "archived"):
        meetups.move_to_stage(meetup, ada(), stage, now=NOW)
    for deed in (
        lambda: actions.answer_invite(Invite.objects.get(), "confirmed", now=NOW),
        lambda: actions.propose_moderators(meetup, by=ada(), now=NOW),
        lambda: actions.keep_apart(meetup, bo(), dee(), by=ada(), now=NOW),
        lambda: actions.leave_pool(Moderator.objects.get(), by=ada(), now=NOW),
    ):
        with pytest.raises(Refusal, match="archived"):
            deed()


def test_a_page_costs_the_same_with_one_row_and_with_three(django_assert_num_queries):
    meetup, ada_there, nobody = planned(), browser_of(ada()), browser_of(None)
    for titles, people in ((("One",), (dee(), bo())), (("Two", "Three"), (cy(), person("Fay")))):
        for title in titles:
            held(meetup, title, starts="09:30" if title == "One" else "10:30")
        for number, who in enumerate(people):
            pooled(meetup, who, led=1 - number)
        actions.keep_apart(meetup, *people, by=ada(), now=NOW)
        asked(meetup)
        for invite in Invite.objects.filter(person=dee(), state="asked"):
            actions.answer_invite(invite, "confirmed", now=NOW)
        with django_assert_num_queries(18):
            ada_there.get(url("moderators", meetup))
        with django_assert_num_queries(15):
            nobody.get(duties(meetup, dee()))
        with django_assert_num_queries(11):
            queries.moderating(meetup)

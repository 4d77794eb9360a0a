"""Answers count once they are confirmed, say which days suit and what about, and are passed on."""

from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.core import mail

from midcycle.accounts.models import Person
from midcycle.hosting import actions, queries
from midcycle.hosting.models import Fit, Interest, WantedTopic, Window
from midcycle.hosting.rules import Line, Reach
from midcycle.journal.models import Entry
from midcycle.kernel.folding import Group
from midcycle.mailing.queries import interest_draft
from midcycle.meetups.models import Meetup
from tests.world import NOW, ada, bo, browser_of, later
from tests.worlds.hosting import answered, asked, typed

pytestmark = pytest.mark.django_db

CALL, DESK = "/m/northern-meetup/interest/", "/m/northern-meetup/desk/interest/"
TUESDAY = date(2027, 3, 2)
ANSWER = {"ways": ["would_come"], "name": "Bo Example", "email": "bo@example.org"}


def window(meetup, weeks=0) -> Window:
    first = TUESDAY + timedelta(weeks=weeks)
    return actions.ask_about_days(meetup.call, first, first + timedelta(days=1), by=ada(), now=NOW)


def count(meetup) -> int:
    return queries.call_summary(meetup, NOW).answers


def text_of(client, url) -> str:
    return " ".join(client.get(url).content.decode().split())


def test_an_answer_counts_once_its_person_says_yes_and_not_when_a_program_opens_its_link():
    meetup = asked()
    browser_of().post(CALL, ANSWER)
    visitor = browser_of()
    found = Interest.objects.get()
    assert (count(meetup), found.confirmed_at, found.code) == (0, None, "")
    url = f"{CALL}{found.token}/"
    assert (visitor.head(url).status_code, count(meetup)) == (405, 0)
    assert ("One step is left" in text_of(visitor, url), count(meetup)) == (True, 0)
    assert (visitor.get(f"{url}confirmation/").status_code, count(meetup)) == (405, 0)
    first = visitor.post(f"{url}confirmation/")
    assert [str(told) for told in get_messages(first.wsgi_request)] == ["Thank you. Your answer is counted from now on."]
    assert (first["Location"], count(meetup), "One step is left" in text_of(visitor, url)) == (url, 1, False)
    visitor.post(f"{url}confirmation/")
    assert Entry.objects.filter(kind="hosting.interest_confirmed").count() == 1
    entry = Entry.objects.get(kind="hosting.interest_confirmed")
    assert (entry.meetup, entry.facts) == (meetup.pk, {"interest": found.pk})


def test_whoever_changes_an_answer_by_its_link_is_counted_too():
    meetup = asked()
    found = typed(meetup, "Bo").interest
    browser_of().post(f"{CALL}{found.token}/", {"ways": ["could_host"]})
    assert (count(meetup), Interest.objects.get().said) == (1, ("I could host",))
    kinds = list(Entry.objects.filter(kind__startswith="hosting.interest").order_by("pk").values_list("kind", flat=True))
    assert kinds == ["hosting.interest_answered", "hosting.interest_confirmed"]


def test_whoever_is_signed_in_is_counted_at_once():
    meetup = asked()
    browser_of(bo()).post(CALL, {"ways": ["could_underwrite"]})
    assert (count(meetup), Interest.objects.get().said) == (1, ("I could underwrite",))
    assert Entry.objects.filter(kind="hosting.interest_confirmed").count() == 0


def test_an_answer_nobody_confirmed_is_replaced_and_a_confirmed_one_is_not():
    meetup = asked()
    first = typed(meetup, "Bo", "could_host", place="Evil").interest
    typed(meetup, "Bo", "would_come", place="Lisbon", now=later(hours=1))
    found = Interest.objects.get()
    assert (found.pk, found.said, found.place, found.answered_at) == (first.pk, ("I'd come",), "Lisbon", later(hours=1))
    actions.confirm_answer(found, now=later(hours=2))
    typed(meetup, "Bo", "could_moderate", place="Elsewhere", now=later(hours=3))
    found.refresh_from_db()
    assert (found.said, found.place, found.answered_at) == (("I'd come",), "Lisbon", later(hours=1))


def test_who_signs_in_and_answers_again_confirms():
    meetup = asked()
    typed(meetup, "Bo", "could_host")
    answered(meetup, "Bo", "would_come", signed_in=bo())
    assert (count(meetup), Interest.objects.get().said) == (1, ("I'd come",))


def test_only_confirmed_answers_are_in_any_figure():
    meetup = asked()
    for number in range(6):
        answered(meetup, f"Guest{number}", topics="Upgrades")
    days = window(meetup)
    typed(meetup, "Mallory", region="asia", topics="Buy my book", dates={days.pk: "no"})
    figures = queries.call_figures(meetup.call, NOW)
    assert (figures.summary.come, figures.summary.regions) == (6, (Group("Europe", 6),))
    assert figures.topics == (Line(WantedTopic.objects.order_by("pk")[0].pk, "Upgrades", 6, is_hidden=False),)
    assert (figures.dates[0].tally.no, figures.dates[0].silent) == (0, 6)
    home = browser_of().get("/").context["home"]
    assert home.ideas[0].interested == 6
    assert "not confirmed" in text_of(browser_of(ada()), DESK)


def test_the_letter_says_what_was_answered_and_asks_to_confirm_it():
    meetup = asked()
    found = typed(meetup, "Bo", "would_come", "could_underwrite").interest
    draft = interest_draft("interest_answered", found)
    assert draft.subject == "Please confirm your answer: Northern meetup"
    assert (
        "with this address: I'd come, I could underwrite.\n\nThe answer counts once you open this link and say yes."
        in draft.body
    )
    assert f"/m/northern-meetup/interest/{found.token}/" in draft.body
    assert "it is deleted after 30 days" in draft.body
    actions.confirm_answer(found, now=NOW)
    assert interest_draft("interest_answered", found).subject == "Thank you for your answer: Northern meetup"
    assert "Nothing was changed." in interest_draft("answer_repeated", found).body
    assert mail.outbox == []


def test_answers_nobody_confirmed_are_forgotten_after_thirty_days():
    meetup = asked()
    answered(meetup, "Bo")
    typed(meetup, "Mallory")
    assert actions.forget_unconfirmed(now=later(days=29)) == 0
    assert actions.forget_unconfirmed(now=later(days=30)) == 1
    assert actions.forget_unconfirmed(now=later(days=31)) == 0
    assert [found.person.email for found in Interest.objects.all()] == ["bo@example.org"]
    assert Person.objects.filter(email="mallory@example.org").count() == 0
    assert Entry.objects.get(kind="hosting.unconfirmed_forgotten").facts == {"answers": 1}


def test_a_yes_after_the_call_was_closed_still_counts_until_registration_opens():
    meetup = asked()
    slow, too_slow = (typed(meetup, name).interest for name in ("Slow", "Slower"))
    actions.close_call(meetup, ada(), now=NOW)
    browser_of().post(f"{CALL}{slow.token}/confirmation/")
    assert count(meetup) == 1
    Meetup.objects.update(stage="registration")
    browser_of().post(f"{CALL}{too_slow.token}/confirmation/")
    page = text_of(browser_of(), f"{CALL}{too_slow.token}/")
    assert ("This answer is not counted" in page, count(meetup)) == (True, 1)


def test_days_are_answered_changed_and_counted():
    meetup = asked()
    early, late = window(meetup), window(meetup, weeks=3)
    visitor = browser_of()
    page = text_of(visitor, CALL)
    assert "Does 2\N{EN DASH}3 March 2027 suit you?" in page
    visitor.post(CALL, {**ANSWER, f"dates_{early.pk}": "yes", f"dates_{late.pk}": "if_need_be"})
    found = Interest.objects.get()
    url = f"{CALL}{found.token}/"
    page = visitor.get(url).content.decode()
    assert page.count(" checked") == 3
    visitor.post(url, {"ways": ["would_come"], f"dates_{early.pk}": "no"})
    assert list(Fit.objects.values_list("window", "says")) == [(early.pk, "no")]
    answered(meetup, "Cy", dates={late.pk: "yes", early.pk: "if_need_be"})
    rows = queries.call_figures(meetup.call, NOW).dates
    assert [(row.tally.yes, row.tally.if_need_be, row.tally.no, row.silent, row.is_best) for row in rows] == [
        (0, 1, 1, 0, False),
        (1, 0, 0, 1, True),
    ]
    page = text_of(browser_of(), f"{CALL}figures/")
    assert '23\N{EN DASH}24 March 2027 <span class="badge badge-accent">Suits best</span>' in page
    assert ("Bo Example" in page, "example.org" in page) == (False, False)


@pytest.mark.parametrize("says", ["perhaps", "\x00", "x" * 200_000, "<script>"])
def test_a_wrong_choice_of_days_is_told(says):
    days = window(asked())
    refused = browser_of().post(CALL, {**ANSWER, f"dates_{days.pk}": says, "place": "Kept"})
    assert (refused.status_code, 'value="Kept"' in refused.content.decode()) == (422, True)
    assert Interest.objects.count() == 0


def test_days_of_another_call_or_none_are_not_answered():
    meetup, other = asked(), asked("Autumn meetup")
    there = window(other)
    answered(meetup, "Bo", dates={there.pk: "yes", 10**12: "yes"})
    assert Fit.objects.count() == 0


def test_what_is_not_said_stays_and_what_is_said_replaces():
    meetup = asked()
    days = window(meetup)
    found = answered(meetup, "Bo", topics="Upgrades\nStorage", dates={days.pk: "yes"}).interest
    kept = set(WantedTopic.objects.filter(text="Storage").values_list("pk", flat=True))
    words = {"would_come": True, "could_host": False, "could_moderate": False, "region": "", "place": ""}
    actions.change_answer(found, now=NOW, **words)
    assert (WantedTopic.objects.count(), Fit.objects.count()) == (2, 1)
    actions.change_answer(found, now=NOW, **words, topics="Storage\nPower", dates={})
    assert [topic.text for topic in WantedTopic.objects.order_by("pk")] == ["Storage", "Power"]
    assert (kept <= set(WantedTopic.objects.values_list("pk", flat=True)), Fit.objects.count()) == (True, 0)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\n".join("abcdef"), "Name 5 topics at most, one a line."),
        ("x" * 121, "Shorten each topic to 120 characters."),
    ],
)
def test_too_many_topics_are_told_beside_the_field(text, told):
    asked()
    refused = browser_of().post(CALL, {**ANSWER, "topics": text})
    assert (refused.status_code, told in refused.content.decode()) == (422, True)
    assert Interest.objects.count() == 0


def test_an_organiser_hides_a_line_and_all_that_say_the_same_and_shows_it_again():
    meetup = asked()
    answered(meetup, "Bo", topics="Buy my book")
    answered(meetup, "Dee", topics="buy MY book\nUpgrades")
    number = queries.lines_of(meetup.call)[0].number
    client, url = browser_of(ada()), f"{DESK}lines/{number}/"
    client.post(url, {"hidden": "yes"})
    client.post(url, {"hidden": "yes"})
    assert [line.text for line in queries.wanted_topics(meetup.call)] == ["Upgrades"]
    answered(meetup, "Eve", topics="BUY MY BOOK")
    assert [line.text for line in queries.wanted_topics(meetup.call)] == ["Upgrades"]
    assert Entry.objects.filter(kind="hosting.line_hidden").count() == 1
    assert "hidden" in text_of(client, f"{DESK}dates/")
    client.post(url, {"hidden": "no"})
    assert [line.text for line in queries.wanted_topics(meetup.call)] == ["Buy my book", "Upgrades"]


def test_whoever_follows_an_invitation_is_counted_with_its_chain():
    meetup = asked()
    root = answered(meetup, "Root").interest
    visitor = browser_of()
    page = text_of(visitor, f"{CALL}{root.token}/")
    link = f"{CALL}?via={root.code}"
    assert f'value="http://127.0.0.1:8000{link}"' in page
    visitor.post(link, ANSWER)
    second = Interest.objects.get(person__email="bo@example.org")
    assert (second.came_by, second.hands, second.heard_through) == ("invitation", 1, root)
    actions.confirm_answer(second, now=NOW)
    third = answered(meetup, "Third", via=second.code).interest
    assert (third.hands, third.heard_through) == (2, second)
    actions.withdraw_answer(second, now=NOW)
    third.refresh_from_db()
    assert (third.came_by, third.hands, third.heard_through) == ("invitation", 2, None)


@pytest.mark.parametrize("via", ["", "made-up", "\x00", "x" * 17, "call", "invitation", "' OR 1=1", "🦉"])
def test_a_code_that_nobody_has_tells_nothing(via):
    found = answered(asked(), "Bo", via=via).interest
    assert (found.came_by, found.hands, found.heard_through) == ("call", 0, None)


def test_codes_of_other_calls_and_of_unconfirmed_answers_tell_nothing():
    meetup, other = asked(), asked("Autumn meetup")
    there = answered(other, "There").interest
    unconfirmed = typed(meetup, "Mallory").interest
    assert unconfirmed.code == ""
    assert answered(meetup, "Bo", via=there.code).interest.hands == 0


@pytest.mark.parametrize("via", ["poster", "page"])
def test_posters_and_frames_are_counted(via):
    assert answered(asked(), "Bo", via=via).interest.came_by == via


def test_changing_an_answer_does_not_change_how_somebody_heard():
    meetup = asked()
    root = answered(meetup, "Root").interest
    own = answered(meetup, "Bo", via="poster").interest
    answered(meetup, "Bo", signed_in=bo(), via=root.code)
    own.refresh_from_db()
    assert (own.came_by, own.hands) == ("poster", 0)


def test_how_far_a_call_went_is_told_without_names():
    meetup = asked()
    roots = [answered(meetup, f"Root{number}").interest for number in range(6)]
    seconds = [answered(meetup, f"Second{number}", via=root.code).interest for number, root in enumerate(roots)]
    for number, second in enumerate(seconds[:5]):
        answered(meetup, f"Third{number}", via=second.code)
    assert queries.call_figures(meetup.call, NOW).reach == Reach(
        ways=(Group("an invitation somebody passed on", 11), Group("where the call was posted", 6)),
        hands=(Group("second hand", 6), Group("third hand", 5)),
        invited=11,
        shared=65,
        passed_on=11,
        longest=2,
    )
    page = text_of(browser_of(), f"{CALL}figures/")
    assert "11 of 17 (65 %) came by an invitation somebody passed on" in page
    assert ("Root0" in page, roots[0].code in page) == (False, False)


def test_nobody_can_fill_a_mailbox():
    asked()
    visitor = browser_of()
    statuses = [visitor.post(CALL, ANSWER).status_code for _ in range(11)]
    assert statuses == [302] * 10 + [429]


@pytest.mark.parametrize("people", [1, 7])
def test_figures_take_the_same_queries_for_one_and_for_many(people, django_assert_num_queries):
    meetup = asked()
    days = window(meetup)
    for number in range(people):
        answered(meetup, f"Guest{number}", topics=f"Topic {number}", dates={days.pk: "yes"})
    found = Interest.objects.order_by("pk")[0]
    with django_assert_num_queries(6):  # call, answers, earlier editions, days, topics, tabs
        browser_of().get(f"{CALL}figures/")
    with django_assert_num_queries(3):  # call, answers, earlier editions
        browser_of().get(f"{CALL}embed/")
    with django_assert_num_queries(5):  # answer, its topics and days, days asked about, tabs
        browser_of().get(f"{CALL}{found.token}/")

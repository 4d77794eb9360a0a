"""Writing to many at the desk: nothing is sent before it was seen, and nothing typed is ever run."""

import re

import pytest
from django.urls import reverse

from midcycle.mailing import actions
from midcycle.mailing.models import Letter, Mailing
from midcycle.mailing.rules import PLACEHOLDERS
from midcycle.meetups import actions as meetups
from midcycle.registration import actions as registration
from midcycle.registration.access import letter_key
from midcycle.registration.actions import Answers
from midcycle.site.worker import work_once
from tests.world import NOW, ada, bo, browser_of, cy, dee
from tests.worlds.mailing import drafted, follow, send, sent
from tests.worlds.registration import crowd, opened, seated

pytestmark = pytest.mark.django_db
TYPED = {"audience": "seats", "subject": "News of {meetup}", "text": "Hello {name},\n\n\nbring a coat.\n{seat_link}"}
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> https://evil.example"


def url(name, meetup, *more):
    return reverse(f"mailing:{name}", args=[meetup.slug, *more])


def text_of(answer):
    return " ".join(answer.content.decode().split())


def written(meetup, client=None, **changes):
    """Return the draft made of what is typed, and the answer."""
    answer = (client or browser_of(ada())).post(url("new_mailing", meetup), {**TYPED, **changes})
    return Mailing.objects.order_by("pk").last(), answer


def errors(answer):
    return {name: list(sentences) for name, sentences in answer.context["form"].errors.items()}


def test_a_letter_is_written_seen_and_sent():
    meetup = opened(9)
    bos, _ = seated(meetup, "Bo"), seated(meetup, "Dee")
    client = browser_of(ada())
    draft, answer = written(meetup, client, answers="on")
    assert answer["Location"] == url("mailing", meetup, draft.pk)
    page = client.get(answer["Location"]).content.decode()
    assert "Hello Bo Example,\n\n\nbring a coat.\nhttp://127.0.0.1:8000/m/spring-meetup/seat/their-own-link/\n" in page
    assert bos.token not in page
    assert "News of Spring meetup" in page
    assert "Send to 2 people" in " ".join(page.split())
    assert "ada@<wbr>example.org" in page or "ada<wbr>@example.org" in page
    assert Letter.objects.count() == 0
    assert "Hello Dee Example," in client.get(answer["Location"], {"to": "2"}).content.decode()
    seen = dict(re.findall(r'name="(people|edition)" value="(\d+)"', page))
    after = client.post(url("sending", meetup, draft.pk), seen, follow=True)
    assert "The letter goes to 2 people." in text_of(after)
    work_once()
    body = Letter.objects.get(mailing=draft, person=bo()).body
    assert body.startswith(
        f"Hello Bo Example,\n\n\nbring a coat.\nhttp://127.0.0.1:8000/m/spring-meetup/seat/{bos.token}/?letter={letter_key(bos)}\n\nYou"
    )


@pytest.mark.parametrize(("to", "number"), [("", 1), ("0", 1), ("x", 1), ("-3", 1), ("3", 3), ("99", 3), ("9" * 40, 1)])
def test_an_odd_place_in_the_list_shows_somebody_all_the_same(to, number):
    meetup = opened(9)
    crowd(meetup, 3)
    _, answer = written(meetup)
    shown = browser_of(ada()).get(answer["Location"], {"to": to}).context["preview"]
    assert (shown.number, shown.to) == (number, f"Guest{number} Example")


def test_mistakes_are_told_in_words_and_nothing_typed_is_lost():
    meetup = opened(9)
    known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    _, answer = written(meetup, audience="", subject="\t ", text="")
    assert answer.status_code == 422
    assert errors(answer) == {"audience": ["Choose one."], "subject": ["Fill this in."], "text": ["Fill this in."]}
    _, answer = written(meetup, text="Hello {name.__class__} {x}", subject="{seat_link}")
    assert errors(answer) == {
        "subject": [
            "{seat_link} is not something we can fill in here. Known are {name}, {meetup}, {when}, {where}, written just so."
        ],
        "text": [f"{{name.__class__}}, {{x}} are not things we can fill in here. Known are {known}, written just so."],
    }
    assert "Hello {name.__class__} {x}</textarea>" in answer.content.decode()
    assert Mailing.objects.count() == 0


@pytest.mark.parametrize("key", ["everybody", "role:", "person:", "person:1e9", "person:²", "x:y", "seats:1", "\x00", "person"])
def test_an_audience_that_is_not_offered_is_refused(key):
    _, answer = written(opened(9), audience=key)
    assert (answer.status_code, list(errors(answer))) == (422, ["audience"])


def test_a_person_of_another_meetup_cannot_be_written_to():
    meetup, other = opened(9), opened(9, "Other meetup")
    there = seated(other, "Bo").person_id
    assert written(meetup, audience=f"person:{there}")[1].status_code == 422
    assert written(meetup, audience=f"person:{cy().pk}")[1].status_code == 422
    assert written(other, audience=f"person:{there}")[1].status_code == 302


def test_one_person_is_found_by_name_or_address_and_chosen():
    meetup = opened(2)
    seat = seated(meetup, "Bo")
    registration.cancel_seat(seated(meetup, "Dee"), now=NOW)
    client = browser_of(ada())
    for wanted in ("bo ex", "BO@EXAMPLE", "Bo"):
        page = client.get(url("new_mailing", meetup), {"q": wanted})
        assert [(person.name, person.words) for person in page.context["found"]] == [("Bo Example", "Seat held")]
    for wanted in ("Dee", "Cy", "' or 1=1", "%", "\x00"):
        assert client.get(url("new_mailing", meetup), {"q": wanted}).context["found"] == ()
    page = text_of(client.get(url("new_mailing", meetup), {"person": str(seat.person_id)}))
    assert f'<option value="person:{seat.person_id}" selected>Bo Example</option>' in page
    _, answer = written(meetup, client, audience=f"person:{seat.person_id}")
    assert "Send to 1 person" in text_of(client.get(answer["Location"]))
    assert "Bo Example" in text_of(client.get(url("mailings", meetup)))


def test_a_draft_is_changed_copied_and_thrown_away():
    meetup = opened(9)
    seated(meetup, "Bo")
    client = browser_of(ada())
    draft, _ = written(meetup, client)
    page = text_of(client.get(url("draft", meetup, draft.pk)))
    assert ('<option value="seats" selected>' in page, "bring a coat." in page) == (True, True)
    client.post(url("draft", meetup, draft.pk), {**TYPED, "text": "Other words"})
    draft.refresh_from_db()
    assert (draft.text, draft.edition) == ("Other words", 2)
    assert "A copy goes to ada@example.org" in text_of(client.post(url("copy", meetup, draft.pk), follow=True))
    answer = client.post(url("mailing", meetup, draft.pk), {"_method": "delete"}, follow=True)
    assert "The draft is thrown away." in text_of(answer)
    assert (Mailing.objects.count(), Letter.objects.count()) == (0, 0)


def test_a_changed_number_is_asked_again():
    meetup = opened(9)
    seated(meetup, "Bo")
    client = browser_of(ada())
    draft, _ = written(meetup, client)
    seated(meetup, "Dee")
    for seen in ({"people": "1", "edition": "1"}, {}, {"people": "x", "edition": "-1"}):
        answer = client.post(url("sending", meetup, draft.pk), seen, follow=True)
        assert "Send to 2 people" in text_of(answer)
    assert Letter.objects.count() == 0
    answer = client.post(url("sending", meetup, draft.pk), {"people": "1", "edition": "1"}, follow=True)
    assert "Meanwhile the number changed: the letter now goes to 2 people." in text_of(answer)


def test_after_too_many_the_page_says_when():
    meetup = opened(9)
    crowd(meetup, 1)
    client = browser_of(ada())
    for _ in range(4):
        draft, _ = written(meetup, client)
        page = client.get(url("mailing", meetup, draft.pk)).content.decode()
        client.post(url("sending", meetup, draft.pk), dict(re.findall(r'name="(people|edition)" value="(\d+)"', page)))
        Letter.objects.all().delete()
    draft, _ = written(meetup, client)
    page = text_of(client.get(url("mailing", meetup, draft.pk)))
    assert "At most 4 an hour and 10 a day: so many letters like this can go out." in page
    assert "Send to" not in page
    answer = client.post(url("sending", meetup, draft.pk), {"people": "1", "edition": "1"}, follow=True)
    assert "No more mailings can go out now: at most 4 an hour and 10 a day. Send this one after" in text_of(answer)
    assert Letter.objects.count() == 0


def test_who_is_left_out_is_shown_with_the_reason():
    meetup = opened(9)
    for name in ("Bo", "Dee", "Fay"):
        seated(meetup, name)
    registration.cancel_seat(seated(meetup, "Gil"), now=NOW)
    actions.want_no_mailings(meetup, dee(), now=NOW)
    draft, _ = written(meetup)
    page = text_of(browser_of(ada()).get(url("mailing", meetup, draft.pk)))
    assert "<strong>1</strong> asked for no such letters: Dee Example" in page
    assert "<strong>1</strong> gave the seat back: Gil Example" in page
    assert "Send to 2 people" in page


def test_when_nobody_is_left_nothing_can_be_sent():
    meetup = opened(9)
    draft, _ = written(meetup)
    page = text_of(browser_of(ada()).get(url("mailing", meetup, draft.pk)))
    assert ("Nobody gets it now" in page, "Send to" in page) == (True, False)


def test_nothing_typed_is_run_in_any_page():
    meetup = opened(9, title=f"Spring {HOSTILE}"[:160])
    registration.take_seat(meetup, Answers(role="<b>&", sector="'\"<i>"), email="bo@example.org", name=HOSTILE, now=NOW)
    client = browser_of(ada())
    draft, answer = written(meetup, client, subject=HOSTILE, text=HOSTILE, answers="on")
    pages = [client.get(answer["Location"]), client.get(url("draft", meetup, draft.pk))]
    send(draft)
    follow()
    pages += [client.get(url(name, meetup), {"q": HOSTILE[:20]}) for name in ("letters", "mailings", "new_mailing")]
    pages.append(client.get(url("mailing", meetup, draft.pk)))
    link = re.search(r"http://127\.0\.0\.1:8000(/m/\S+/letters/\S+)", Letter.objects.get(mailing=draft).body)[1]
    pages.append(client.get(link))
    for page in pages:
        assert page.status_code == 200
        html = page.content.decode()
        for run in ("<script>alert", "<img src=x", "<b>&", "'\"<i>", 'href="https://evil'):
            assert run not in html
        assert "default-src 'none'" in page["Content-Security-Policy"]


def test_the_outbox_shows_each_letter_with_the_reason_in_words():
    meetup = opened(9)
    for name in ("Bo", "Dee", "Fay", "Gil"):
        seated(meetup, name)
    actions.want_no_mailings(meetup, dee(), now=NOW)
    mailing = sent(meetup, subject="News of {meetup}")
    Letter.objects.filter(mailing=mailing, person__name="Bo Example").update(state="failed", tries=1, why="mailbox 550 5.1.1")
    Letter.objects.filter(mailing=mailing, person__name="Fay Example").update(state="sent", tries=1, sent_at=NOW)
    client = browser_of(ada())
    answer = client.get(url("mailing", meetup, mailing.pk))
    page = text_of(answer)
    assert "<li> There is no such mailbox (550 5.1.1) </li> <li> tried 1 time </li>" in page
    assert "Asked for no such letters" in page
    assert "10 Jan 2027, 12:00 UTC" in page
    assert [(tab.word, tab.count) for tab in answer.context["outbox"].tabs] == [
        ("Waiting", 1), ("Sent", 1), ("Failed", 1), ("Left out", 1),
    ]  # fmt: skip
    assert "example.org" not in page
    failed = client.get(url("mailing", meetup, mailing.pk), {"state": "failed"}).context["outbox"]
    assert [str(letter.person) for letter in failed.page] == ["Bo Example"]
    assert '<p class="small">There is no such mailbox (550 5.1.1)</p>' in text_of(client.get(url("letters", meetup)))
    for state in ("x", "chosen", "\x00", "skipped' or 1=1"):
        assert len(client.get(url("mailing", meetup, mailing.pk), {"state": state}).context["outbox"].page.object_list) == 4


def test_failed_ones_are_tried_again_and_what_is_left_is_stopped():
    meetup = opened(9)
    crowd(meetup, 3)
    mailing, other = sent(meetup), sent(meetup, "team")
    Letter.objects.filter(person__name__startswith="Guest1").update(state="failed", tries=8)
    Letter.objects.filter(mailing=other).update(state="failed")
    client = browser_of(ada())
    assert "1 letter will be tried again." in text_of(client.post(url("retry_mailing", meetup, mailing.pk), follow=True))
    assert Letter.objects.get(mailing=other).state == "failed"
    assert "3 letters are withdrawn." in text_of(client.post(url("stop", meetup, mailing.pk), follow=True))
    assert "0 letters are withdrawn." in text_of(client.post(url("stop", meetup, mailing.pk), follow=True))
    page = text_of(client.get(url("mailing", meetup, mailing.pk)))
    assert (">Stopped</span>" in page, "Stop: withdraw" in page) == (True, False)


def test_another_letter_begins_from_one_that_was_sent():
    meetup = opened(9)
    crowd(meetup, 1)
    mailing = sent(meetup, text="The same words")
    page = text_of(browser_of(ada()).get(url("new_mailing", meetup), {"again": mailing.pk}))
    assert "The same words</textarea>" in page
    assert '<option value="seats" selected>' in page
    other = opened(1, "Other meetup")
    for odd in (mailing.pk, 10**17, 999):
        assert browser_of(ada()).get(url("new_mailing", other), {"again": odd}).status_code == 404


EVERY = ("mailings", "new_mailing", "mailing", "draft", "copy", "sending", "stop", "retry_mailing")


@pytest.mark.parametrize("who", [cy, bo, lambda: None])
def test_a_stranger_finds_nothing(who):
    meetup = opened(9)
    crowd(meetup, 1)
    mailing, draft = sent(meetup), drafted(meetup, "team")
    Letter.objects.update(state="failed")
    client = browser_of(who())
    for name in EVERY:
        for number in ([mailing.pk], [draft.pk]) if name not in {"mailings", "new_mailing"} else ([],):
            for answer in (client.get(url(name, meetup, *number)), client.post(url(name, meetup, *number), TYPED)):
                assert answer.status_code in {404, 405} or answer["Location"] == f"/m/{meetup.slug}/desk/"
    assert (Mailing.objects.count(), Letter.objects.get(mailing=mailing).state) == (2, "failed")


def test_letters_of_another_meetup_are_never_shown_or_touched():
    meetup, other = opened(9), opened(9, "Other meetup")
    meetups.add_organiser(other, dee(), by=ada(), now=NOW)
    crowd(meetup, 1)
    mailing, draft = sent(meetup), drafted(meetup, "team")
    Letter.objects.update(state="failed")
    client = browser_of(dee())
    assert "Nothing yet" in text_of(client.get(url("mailings", other)))
    assert "News of" not in text_of(client.get(url("letters", other)))  # Dee's own letter, that she is on the team, is there
    for number in (mailing.pk, draft.pk):
        for name in EVERY[2:]:
            answers = (
                client.get(url(name, other, number)),
                client.post(url(name, other, number), {**TYPED, "_method": "delete"}),
            )
            assert {answer.status_code for answer in answers} <= {302, 404}
    client.post(url("retry", other))
    assert (Mailing.objects.count(), Letter.objects.get(mailing=mailing).state) == (2, "failed")


def test_history_stays_newest_first():
    meetup = opened(9)
    crowd(meetup, 2)
    sent(meetup, subject="First")
    stopped = sent(meetup, "team", subject="Second")
    actions.stop_mailing(stopped, by=ada(), now=NOW)
    drafted(meetup, "role", "operator", subject="Third")
    rows = browser_of(ada()).get(url("mailings", meetup)).context["history"].rows
    assert [(row.subject, row.audience, row.mailing.state, row.people, row.under_way) for row in rows] == [
        ("Third", "What they do: Operator", "draft", 0, 0),
        ("Second", "The team", "stopped", 1, 0),
        ("First", "Everybody with a seat", "sent", 2, 2),
    ]


@pytest.mark.slow
def test_pages_take_as_many_statements_for_one_as_for_many(django_assert_num_queries):
    meetup = opened(400)
    client = browser_of(ada())
    for people in (1, 103):
        crowd(meetup, people)
        actions.want_no_mailings(meetup, seated(meetup, f"Silent{people}").person, now=NOW)
        draft = drafted(meetup)
        # Each: session, person; meetup, organiser; …; tabs.
        # draft, how many, one of them, seat, its language, times, left out: five
        with django_assert_num_queries(16):
            client.get(url("mailing", meetup, draft.pk))
        mailing = sent(meetup)
        with django_assert_num_queries(10):  # mailing, by; states, number, page
            client.get(url("mailing", meetup, mailing.pk))
        with django_assert_num_queries(8):  # number, page, states
            client.get(url("mailings", meetup))
        with django_assert_num_queries(10):  # seats, team, call; found, their seats
            client.get(url("new_mailing", meetup), {"q": "Guest"})
        Letter.objects.filter(state__in=("chosen", "waiting")).update(state="failed")


@pytest.mark.slow
def test_lists_come_in_pages():
    meetup = opened(400)
    crowd(meetup, 103)
    mailing = sent(meetup)
    Mailing.objects.bulk_create(
        Mailing(meetup=meetup, by=ada(), kind="team", subject="S", text="T", written_at=NOW) for _ in range(101)
    )
    client = browser_of(ada())
    for number, rows in (("1", 100), ("2", 3), ("99", 3), ("x", 100)):
        assert len(client.get(url("mailing", meetup, mailing.pk), {"page": number}).context["outbox"].page.object_list) == rows
    assert '?page=2&amp;state=waiting"' in text_of(client.get(url("mailing", meetup, mailing.pk), {"state": "waiting"}))
    assert [len(client.get(url("mailings", meetup), {"page": number}).context["history"].rows) for number in "12"] == [100, 2]

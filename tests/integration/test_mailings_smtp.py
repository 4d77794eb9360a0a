"""Letters to many over a real mail server: their headers, one click to get no more, and nothing smuggled in."""

import re
from email import message_from_bytes
from email.policy import compat32
from urllib.parse import urlsplit

import pytest
from django.core.mail import get_connection
from django.test import Client

from midcycle.mailing import actions
from midcycle.mailing.access import key_of
from midcycle.mailing.models import Letter, Mailing, NoMailings
from midcycle.registration import actions as registration
from midcycle.registration.actions import Answers
from midcycle.registration.models import Seat
from tests.world import NOW, ada, bo, browser_of, cy, dee, later
from tests.worlds.mailing import drafted, sent, told
from tests.worlds.postbox import listening, smtp
from tests.worlds.registration import opened, seated

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def postbox():
    """Give a mail server."""
    with listening() as box:
        yield box


def delivered(postbox, mailing):
    """Send what is due; return the letters of the mailing that arrived, by address."""
    while actions.deliver(smtp(postbox.port), now=later(days=1)):
        pass
    subject = Letter.objects.filter(mailing=mailing)[0].subject.split()[0]
    return {to[0]: message for to, message in postbox.letters if message["Subject"].startswith(subject)}


def no_more(message):
    """Return the path of the link a mail program would use."""
    return urlsplit(message["List-Unsubscribe"].strip(" <>")).path  # folded: it begins on a line of its own


def test_a_letter_to_many_has_the_headers_of_one(postbox):
    meetup = opened(9)
    seated(meetup, "Bo")
    message = delivered(postbox, sent(meetup, subject="News", text="Hello {name},\n\n\nGrüße", answers=True))["bo@example.org"]
    key = key_of(meetup.pk, bo().pk)
    kept = {
        name: message[name].strip()
        for name in ("To", "From", "Reply-To", "List-Id", "List-Help", "List-Unsubscribe", "List-Unsubscribe-Post")
    }
    assert kept == {
        "To": "bo@example.org",
        "From": "midcycle@localhost",
        "Reply-To": "ada@example.org",
        "List-Id": "<spring-meetup.meetups.localhost>",
        "List-Help": "<http://127.0.0.1:8000/m/spring-meetup/>",
        "List-Unsubscribe": f"<http://127.0.0.1:8000/m/spring-meetup/letters/{key}/>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert (message["Precedence"], message["Auto-Submitted"]) == ("bulk", "auto-generated")
    assert (message.get_content_type(), message.get_param("format"), message.is_multipart()) == ("text/plain", "flowed", False)
    assert max(len(line) for line in message.get_content().splitlines() if "http" not in line) <= 73
    assert message.get_content().replace("\r\n", "\n").startswith("Hello Bo Example,\n\n\nGrüße\n\nYou get this letter")


def test_answers_come_to_the_server_unless_asked_for_and_letters_about_a_seat_have_no_such_headers(postbox):
    meetup = opened(9)
    seated(meetup, "Bo")
    delivered(postbox, sent(meetup, subject="News"))
    to_many = {message["Subject"]: message["Precedence"] for _, message in postbox.letters}
    assert to_many == {"Your seat at Spring meetup": None, "News": "bulk"}
    assert {message["Reply-To"] for _, message in postbox.letters} == {None}
    assert [message["List-Unsubscribe"] for _, message in postbox.letters if message["Subject"] != "News"] == [None]


@pytest.mark.parametrize(
    "typed",
    [
        "News\r\nBcc: all@example.org",
        "News\nX-Evil: 1",
        "News\x0b\x0cBcc: x@y.zz",
        "News\u2028Bcc: x@y.zz",
        "News\x85Bcc: x@y.zz",
    ],
)
def test_no_field_becomes_a_header(postbox, typed):
    meetup = opened(9, title=typed)
    registration.take_seat(meetup, Answers(), email="bo@example.org", name=typed, now=NOW)
    answer = browser_of(ada()).post(
        f"{meetup.path}desk/letters/many/new/",
        {
            "audience": "seats",
            "subject": f"{typed} {{name}} {{meetup}}",
            "text": f"{typed} {{name}}\r\n.\r\nQUIT\r\n",
            "answers": "on",
        },
    )
    assert answer.status_code == 302
    mailing = Mailing.objects.get()
    actions.send_mailing(mailing, actions.Seen(1, 1), by=ada(), now=NOW)
    actions.write_mailing(mailing.pk, now=NOW)
    delivered(postbox, mailing)
    raw = next(raw for raw in postbox.raw if b"Precedence: bulk" in raw)
    message = message_from_bytes(raw, policy=compat32)
    assert sorted({name.lower() for name in message.keys()}) == [  # noqa: SIM118 - a message is no mapping
        "auto-submitted", "content-transfer-encoding", "content-type", "date", "from", "list-help", "list-id",
        "list-unsubscribe", "list-unsubscribe-post", "message-id", "mime-version", "precedence", "reply-to", "subject", "to",
    ]  # fmt: skip
    assert len(message.keys()) == 15
    assert message["To"] == "bo@example.org"
    assert "QUIT" in message.get_payload(decode=True).decode()


def test_one_click_without_a_cookie_or_a_form_of_ours_is_enough(postbox):
    meetup = opened(9)
    for name in ("Bo", "Dee"):
        seated(meetup, name)
    messages = delivered(postbox, sent(meetup, subject="News"))
    program = Client(enforce_csrf_checks=True)
    for form in (ONE_CLICK, ONE_CLICK):
        answer = program.post(no_more(messages["bo@example.org"]), form)
        assert (answer.status_code, answer.get("Set-Cookie")) == (200, None)
        assert "You get no more of these letters" in answer.content.decode()
    answer = program.post(
        no_more(messages["dee@example.org"]), "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 200
    assert set(NoMailings.objects.values_list("meetup", "person")) == {(meetup.pk, bo().pk), (meetup.pk, dee().pk)}


def test_opening_the_link_changes_nothing_and_the_page_can_be_undone(postbox):
    meetup = opened(9)
    seated(meetup, "Bo")
    link = no_more(delivered(postbox, sent(meetup, subject="News"))["bo@example.org"])
    there = Client(enforce_csrf_checks=True)
    page = there.get(link)
    assert (page.status_code, NoMailings.objects.count()) == (200, 0)
    assert [page[name] for name in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")] == [
        "private, no-store", "same-origin", "noindex, nofollow",
    ]  # fmt: skip
    assert "bo" not in re.sub(r"<head>.*?</head>", "", page.content.decode(), flags=re.DOTALL).lower().split()
    there.post(link, ONE_CLICK)
    assert "I want them after all" in there.get(link).content.decode()
    there.post(link, {"again": "yes"})
    assert NoMailings.objects.count() == 0


def test_a_link_cannot_be_guessed_or_used_elsewhere():
    meetup, other = opened(9), opened(9, "Other meetup")
    key = key_of(meetup.pk, bo().pk)
    own, digest = key.split("-")
    texts = [key[:-1], f"{key}0", key.upper(), f"0{key}", own, f"{own}-", "-", "x", "9" * 30, f"{cy().pk}-{digest}"]
    wrong = [f"{meetup.path}letters/{text}/" for text in (*texts, key_of(meetup.pk, 987654))]
    wrong.append(f"{other.path}letters/{key}/")
    for path in wrong:
        assert {Client().get(path).status_code, Client().post(path, ONE_CLICK).status_code} == {404}, path
    assert NoMailings.objects.count() == 0


def test_a_refused_address_is_told_in_words_and_holds_nobody_up(postbox):
    meetup = opened(9)
    for name in ("Bo", "Dee", "Fay"):
        seated(meetup, name)
    postbox.refuses = {"bo@example.org": "550 5.1.1", "dee@example.org": "452 4.2.2"}
    mailing = sent(meetup, subject="News")
    assert set(delivered(postbox, mailing)) == {"fay@example.org"}
    assert told(mailing) == {"Bo": "failed mailbox 550 5.1.1", "Dee": "waiting mailbox 452 4.2.2", "Fay": "sent"}
    postbox.refuses = {}
    actions.retry_failed(meetup, by=ada(), now=later(days=2), mailing=mailing)
    while actions.deliver(smtp(postbox.port), now=later(days=2)):
        pass
    assert set(told(mailing).values()) == {"sent"}


def test_a_letter_withdrawn_while_it_is_on_its_way_is_not_made_to_fail():
    meetup = opened(9)
    seated(meetup, "Bo")
    mailing = sent(meetup, subject="News")

    class Withdraws(type(get_connection("django.core.mail.backends.dummy.EmailBackend"))):
        def send_messages(self, messages):
            if messages[0].subject == "News":
                actions.stop_mailing(mailing, by=ada(), now=NOW)
                raise ConnectionResetError
            return len(messages)

    actions.deliver(Withdraws(), now=later(days=1))
    assert told(mailing) == {"Bo": "withdrawn"}


def test_a_copy_has_the_same_headers(postbox):
    meetup = opened(9)
    seated(meetup, "Bo")
    mailing = drafted(meetup, subject="News", answers=True)
    actions.send_copy(mailing, by=ada(), now=NOW)
    message = delivered(postbox, mailing)["ada@example.org"]
    assert (message["Reply-To"], message["Precedence"]) == ("ada@example.org", "bulk")
    assert key_of(meetup.pk, ada().pk) in message["List-Unsubscribe"]


def test_somebody_who_was_forgotten_is_written_to_no_more():
    meetup = opened(9)
    seat = seated(meetup, "Bo")
    seated(meetup, "Dee")
    actions.want_no_mailings(meetup, bo(), now=NOW)
    person = seat.person
    person.is_active = False
    person.save()
    Seat.objects.filter(pk=seat.pk).update(state="checked_in")
    mailing = sent(meetup, subject="News")
    assert told(mailing) == {"Dee": "waiting"}

"""The organiser's outbox and the demo's inbox."""

import pytest
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from django.utils import timezone

from midcycle.mailing import tasks
from midcycle.mailing.models import InboxMessage, Letter
from tests.world import NOW, ada, bo, browser_of, cy
from tests.worlds.mailing import follow
from tests.worlds.registration import crowd, opened

pytestmark = pytest.mark.django_db
INBOX = "midcycle.mailing.inbox.InboxBackend"


def text_of(answer):
    return " ".join(answer.content.decode().split())


def deliver_to_inbox(to, subject, body):
    EmailMessage(subject, body, "midcycle@localhost", to, connection=get_connection(INBOX)).send()


def test_letters_of_the_demo_arrive_in_its_inbox(settings):
    settings.EMAIL_BACKEND = INBOX
    meetup = opened(1)
    crowd(meetup, 2)
    follow()
    assert tasks.deliver(timezone.now()) == 2
    page = text_of(browser_of().get(reverse("mailing:inbox")))
    link = f"http://127.0.0.1:8000/m/{meetup.slug}/seat/"
    assert page.count(f'<a href="{link}') == 2
    assert page.index("You are in the waitlist of Spring meetup") < page.index("Your seat at Spring meetup")


def test_one_persons_letters_are_found_by_address():
    deliver_to_inbox(["bo@example.org", "cy@example.org"], "Both", "Hello")
    deliver_to_inbox(["bo@example.org"], "Bo alone", "Hello")
    client = browser_of()
    answers = [client.get(reverse("mailing:inbox"), {"to": to}) for to in ("BO@example.org", "cy@example.org", "nobody")]
    subjects = [[message.subject for message in answer.context["inbox"].messages] for answer in answers]
    assert subjects == [["Bo alone", "Both"], ["Both"], []]


def test_a_letter_is_shown_and_never_run():
    deliver_to_inbox(
        ["bo@example.org"], "<script>alert(1)</script>", '<img src=x> javascript:alert(1) https://x.example/?a="><b>'
    )
    page = text_of(browser_of().get(reverse("mailing:inbox")))
    assert "<script>alert" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page
    assert '"><b>' not in page


@pytest.mark.parametrize("to", ["\x00", "x" * 9999, "<b>", "\U0001f98a", "a\r\nb", "' or 1=1"])
def test_an_odd_address_finds_nothing(to):
    assert browser_of().get(reverse("mailing:inbox"), {"to": to}).status_code == 200


def test_only_a_demo_has_an_inbox(settings):
    settings.MIDCYCLE = settings.MIDCYCLE.model_copy(update={"demo": False})
    assert {browser_of(who).get(reverse("mailing:inbox")).status_code for who in (None, ada())} == {404}


def test_the_inbox_takes_as_many_statements_for_one_as_for_many(django_assert_num_queries):
    for number in (1, 4):
        InboxMessage.objects.bulk_create(InboxMessage(to="a@b.org", subject="S", body="B", at=NOW) for _ in range(number))
        with django_assert_num_queries(1):
            browser_of().get(reverse("mailing:inbox"))


def test_the_outbox_shows_state_and_tries_and_no_address():
    meetup = opened(1)
    crowd(meetup, 2)
    follow()
    Letter.objects.filter(person__email="guest1@example.org").update(state="failed", tries=8)
    page = text_of(browser_of(ada()).get(reverse("mailing:letters", args=[meetup.slug])))
    assert "<li>1 waiting</li><li>1 failed</li>" in page
    assert '<th scope="row">Guest1 Example</th>' in page
    assert [page.count(word) for word in (">Failed</span>", ">Waiting</span>", 'class="number">8</td>')] == [1, 1, 1]
    assert "example.org" not in page


def test_the_organiser_lets_failed_letters_go_again():
    meetup = opened(1)
    crowd(meetup, 2)
    follow()
    Letter.objects.update(state="failed", tries=8)
    answer = browser_of(ada()).post(reverse("mailing:retry", args=[meetup.slug]), follow=True)
    assert "2 letters will be tried again." in text_of(answer)
    assert list(Letter.objects.values_list("state", "tries")) == [("waiting", 0)] * 2
    assert {letter.next_try_at <= timezone.now() for letter in Letter.objects.all()} == {True}


@pytest.mark.parametrize("who", [cy, bo, lambda: None])
def test_a_stranger_finds_no_outbox(who):
    meetup = opened(1)
    crowd(meetup, 1)
    follow()
    Letter.objects.update(state="failed")
    client = browser_of(who())
    assert client.get(reverse("mailing:letters", args=[meetup.slug])).status_code == 404
    assert client.post(reverse("mailing:retry", args=[meetup.slug])).status_code == 404
    assert Letter.objects.get().state == "failed"


def test_letters_of_another_meetup_are_not_in_this_outbox():
    crowd(opened(1), 1)
    other = opened(1, "Other meetup")
    follow()
    assert "No letters yet" in text_of(browser_of(ada()).get(reverse("mailing:letters", args=[other.slug])))


def test_without_a_mail_server_the_outbox_says_that_letters_wait(settings):
    settings.MIDCYCLE = settings.MIDCYCLE.model_copy(update={"demo": False})
    meetup = opened(1)
    assert "No mail server is set" in text_of(browser_of(ada()).get(reverse("mailing:letters", args=[meetup.slug])))


@pytest.mark.slow
def test_the_outbox_is_paged_and_takes_as_many_statements_for_one_as_for_many(django_assert_num_queries):
    meetup = opened(200)
    client = browser_of(ada())
    url = reverse("mailing:letters", args=[meetup.slug])
    for people in (1, 101):
        crowd(meetup, people)
        follow()
        with django_assert_num_queries(9):  # session, person; meetup, organiser; states, dead, number, page; tabs
            client.get(url)
    count = Letter.objects.count()
    for number, rows in (("1", 100), ("2", count - 100), ("99", count - 100), ("x", 100), ("-1", 100), ("9" * 40, 100)):
        assert len(client.get(url, {"page": number}).context["outbox"].page.object_list) == rows

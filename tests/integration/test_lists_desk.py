"""The organisers' page of lists: naming, writing once, inviting."""

import smtplib
from functools import partial

import pytest

from midcycle.engines.maillist import About, Answer
from midcycle.kernel.refusal import Refusal
from midcycle.lists import actions
from midcycle.lists.actions import Naming
from midcycle.lists.models import JoinRequest, MailList, Posting
from midcycle.lists.transport import fetch
from midcycle.mailing.models import Letter, Mailing
from midcycle.meetups import actions as meetups
from midcycle.registration.actions import Answers
from tests.world import NOW, ada, bo, browser_of, cy, later, placed
from tests.worlds.lists import OPS, Fake, connected, named, over
from tests.worlds.mailing import follow, send
from tests.worlds.mailman import free_port
from tests.worlds.postbox import listening, smtp
from tests.worlds.registration import opened, seated

pytestmark = pytest.mark.django_db
DESK = "/m/spring-meetup/desk/lists/"
FORUM = OPS.model_copy(update={"kind": "discourse", "url": "https://forum.test", "list": "7"})


@pytest.fixture(autouse=True)
def _connected():
    with connected(ops=OPS, secret_ops=OPS.model_copy(update={"open_to": ("others",)})):
        yield


def posted(found, **more):
    """Return a draft to a list."""
    return actions.draft_posting(found, found.meetup, subject="Lisbon", text="Come", by=ada(), now=NOW, **more)


def out(posting, box, *, now=NOW):
    """Let a draft go out."""
    actions.send_posting(posting, posting.edition, by=ada(), now=now)
    count = actions.send_due(lambda: smtp(box.port), asked_its_address, now=now)
    posting.refresh_from_db()
    return count


def never(request):
    raise AssertionError(request)


def asked_its_address(request, address="ops@lists.test"):
    """Answer as Mailman does that is asked about a list."""
    assert (request.method, request.url) == ("GET", "http://127.0.0.1:9/3.1/lists/ops.lists.test")
    return Answer(200, f'{{"display_name": "Ops", "fqdn_listname": "{address}"}}'.encode())


def test_only_the_team_sees_the_desk():
    found = named(placed())
    posting = posted(found)
    paths = [DESK, f"{DESK}new/", f"{DESK}{found.pk}/postings/new/", f"{DESK}postings/{posting.pk}/"]
    paths.append(f"{DESK}postings/{posting.pk}/text/")
    deeds = [f"{DESK}{found.pk}/removal/", f"{DESK}{found.pk}/comparison/", f"{DESK}postings/{posting.pk}/sending/"]
    for who in (None, cy(), bo()):
        assert {browser_of(who).get(path).status_code for path in paths} == {404}
        assert {browser_of(who).post(path).status_code for path in deeds} == {404}
    assert {browser_of(ada()).get(path).status_code for path in paths} == {200}
    assert browser_of(ada()).get(f"{DESK}postings/{posting.pk + 1}/").status_code == 404


def test_a_list_of_the_settings_is_offered_to_the_meetups_it_is_open_to_alone():
    meetup = placed()
    page = browser_of(ada()).get(f"{DESK}new/").content.decode()
    assert "c:ops" in page
    assert "secret_ops" not in page
    answer = browser_of(ada()).post(f"{DESK}new/", {"connection": "c:secret_ops"})
    assert (answer.status_code, MailList.objects.count()) == (422, 0)
    with pytest.raises(Refusal):
        actions.ask_about(meetup, "secret_ops", never)
    answer = browser_of(ada()).post(f"{DESK}new/", {"connection": "c:ops"})  # nobody listens there
    assert "could not be reached" in answer.content.decode()
    answer = browser_of(ada()).post(f"{DESK}new/", {"connection": "file", "title": " "})
    assert "Type a name" in answer.content.decode()
    browser_of(ada()).post(f"{DESK}new/", {"connection": "file", "title": "The other list", "page": "https://x.example"})
    assert MailList.objects.values_list("kind", "title", "connection").get() == ("file", "The other list", "")


def test_a_list_of_the_series_is_on_each_of_its_meetups():
    series = meetups.start_series("Mid-Cycle", slug="mid-cycle", now=NOW)
    first, second, other = placed("One"), placed("Two"), placed("Three")
    for meetup in (first, second):
        meetups.join_series(meetup, series, by=ada(), now=NOW)
        meetup.refresh_from_db()
    actions.name_list(first, Naming("", "Operators", for_series=True), no_server(), by=ada(), now=NOW)
    titles = ["Operators" in browser_of().get(f"{meetup.path}lists/").content.decode() for meetup in (first, second, other)]
    assert titles == [True, True, False]


def no_server():
    """Return what no server tells."""
    return About("", "")


def test_a_draft_is_looked_at_changed_and_sent_once():
    found = named(placed())
    browser = browser_of(ada())
    begun = browser.get(f"{DESK}{found.pk}/postings/new/").content.decode()
    assert "Spring meetup: 2\N{EN DASH}3 March 2027" in begun
    assert "/m/spring-meetup/?via=list\n" in begun
    typed = {"subject": "Lisbon\r\nBcc: x@y.zz", "text": "Come <b>all</b>\r\n\r\nto us"}
    page = browser.post(f"{DESK}{found.pk}/postings/new/", typed, follow=True).content.decode()
    assert "Come &lt;b&gt;all&lt;/b&gt;" in page
    posting = Posting.objects.get()
    browser.post(f"{DESK}postings/{posting.pk}/text/", {"subject": "Lisbon", "text": "Come"})
    browser.post(f"{DESK}postings/{posting.pk}/sending/", {"edition": 1})  # of the text before
    posting.refresh_from_db()
    assert posting.state == "draft"
    with listening() as box:
        assert out(posting, box) == 1
        browser.post(f"{DESK}postings/{posting.pk}/sending/", {"edition": 2})
        assert actions.send_due(lambda: smtp(box.port), asked_its_address, now=later(days=1)) == 0
    (to, letter), _ = box.letters[0], box.raw
    assert (to, letter["Subject"], letter["Reply-To"]) == (["ops@lists.test"], "Lisbon", "ops@lists.test")
    assert (letter["Auto-Submitted"], letter["Precedence"], letter["Bcc"]) == (None, None, None)
    assert (letter.get_content_type(), letter.get_param("format")) == ("text/plain", "flowed")
    assert "Sent" in browser.get(DESK).content.decode()


def test_what_the_mail_server_refuses_is_told_and_can_be_sent_again():
    posting = posted(named(placed()))
    with listening() as box:
        box.refuses = {"ops@lists.test": "550 5.1.1"}
        assert out(posting, box) == 0
        assert (posting.state, posting.why) == ("failed", "The mail server did not take it (550).")
        box.refuses = {"ops@lists.test": "451 4.7.1"}
        assert out(posting, box) == 0
        assert posting.state == "waiting"
        box.refuses = {}
        assert actions.send_due(lambda: smtp(box.port), asked_its_address, now=later(minutes=6)) == 1


def test_nobody_is_written_to_twice_when_it_is_not_clear_whether_it_went_out():
    posting = posted(named(placed()))
    with listening() as box:
        box.hangs_up = True
        assert out(posting, box) == 0
        assert posting.state == "unclear"
        assert actions.send_due(lambda: smtp(box.port), asked_its_address, now=later(days=1)) == 0
    other = posted(posting.list)
    Posting.objects.filter(pk=other.pk).update(state="sending", next_try_at=NOW)  # and the process died
    actions.send_due(never, never, now=later(hours=1))
    other.refresh_from_db()
    assert other.state == "unclear"
    page = browser_of(ada()).get(f"{DESK}postings/{other.pk}/").content.decode()
    assert "Look into the list" in page


def test_a_mail_server_that_is_away_is_tried_again_and_then_given_up():
    posting = posted(named(placed()))

    class Away:
        def open(self):
            raise smtplib.SMTPConnectError(421, b"away")

    actions.send_posting(posting, 1, by=ada(), now=NOW)
    for day in range(1, 7):
        actions.send_due(Away, asked_its_address, now=later(days=day))
    posting.refresh_from_db()
    assert posting.state == "failed"


def test_a_list_that_has_another_address_by_now_gets_the_letter_there():
    posting = posted(named(placed()))
    with listening() as box:
        actions.send_posting(posting, 1, by=ada(), now=NOW)
        moved = partial(asked_its_address, address="ops@lists.example")
        assert actions.send_due(lambda: smtp(box.port), moved, now=NOW) == 1
    assert [to for to, _ in box.letters] == [["ops@lists.example"]]
    assert MailList.objects.get().address == "ops@lists.example"


@pytest.mark.parametrize("body", [b'{"fqdn_listname": "ops@lists.test\\nBcc: x@y.zz"}', b"{}", b"[" * 100_000])
def test_a_server_that_tells_no_address_gets_no_letter(body):
    posting = posted(named(placed()))
    actions.send_posting(posting, 1, by=ada(), now=NOW)
    assert actions.send_due(never, lambda _: Answer(200, body), now=NOW) == 0
    posting.refresh_from_db()
    assert (posting.state, posting.why) == ("waiting", "Mailman answers what cannot be understood.")


def test_a_list_is_left_some_rest():
    found = named(placed())
    with listening() as box:
        for _ in range(3):
            assert out(posted(found), box) == 1
        with pytest.raises(Refusal, match="rest"):
            out(posted(found), box)
        assert out(posted(found), box, now=later(days=8)) == 1


def test_a_forum_gets_a_topic():
    asked = []

    def fetch(request):
        asked.append(request)
        return Answer(200, b'{"topic_id": 3}')

    with connected(ops=FORUM):
        found = named(placed())
        actions.send_posting(posted(found), 1, by=ada(), now=NOW)
        assert actions.send_due(never, fetch, now=NOW) == 1
    assert [request.url for request in asked] == ["https://forum.test/posts.json"]
    assert Posting.objects.get().state == "sent"


@pytest.mark.parametrize(
    ("fetch", "state", "why"),
    [
        (
            lambda _: Answer(422, b'{"errors": ["Too short"]}'),
            "failed",
            "Discourse does not take it: Too short",
        ),
        (lambda _: Answer(403, b""), "failed", "Discourse does not know our key, or it is not one of an administrator."),
        (lambda _: Answer(502, b""), "unclear", "Discourse answers 502. Nobody knows whether it went out."),
        (lambda _: Answer(200, b"<html>"), "unclear", "Discourse answers what cannot be understood. Nobody knows"),
        (fetch, "waiting", "The list's server could not be reached."),  # nobody listens there
    ],
)
def test_it_is_told_whether_a_forum_took_it(fetch, state, why):
    with connected(ops=FORUM.model_copy(update={"url": f"http://127.0.0.1:{free_port()}"})):
        posting = posted(named(placed()))
        actions.send_posting(posting, 1, by=ada(), now=NOW)
        assert actions.send_due(never, fetch, now=NOW) == 0
    posting.refresh_from_db()
    assert (posting.state, posting.why[: len(why)]) == (state, why)


def test_a_forum_that_wants_to_be_left_alone_is():
    asked = []

    def fetch(request):
        asked.append(request)
        return Answer(429, b"", 600) if len(asked) == 1 else Answer(200, b'{"topic_id": 3}')

    with connected(ops=FORUM):
        actions.send_posting(posted(named(placed())), 1, by=ada(), now=NOW)
        sent = [actions.send_due(never, fetch, now=later(minutes=minutes)) for minutes in (0, 9, 10)]
    assert (sent, len(asked)) == ([0, 0, 1], 2)


@pytest.mark.parametrize("count", [1, 4])
def test_the_desk_takes_the_same_queries_for_any_number_of_lists(count, django_assert_num_queries):
    meetup = placed()
    for _ in range(count):
        named(meetup, "")
    browser = browser_of(ada())
    browser.get(DESK)
    with django_assert_num_queries(9):
        browser.get(DESK)


def test_the_desk_says_when_nobody_can_be_put_on_a_list():
    found, said = named(placed()), "At present nobody can be put on this list: ask whoever runs this server"
    actions.ask_to_join(found, found.meetup, "bo@example.org", digest=False, now=NOW)
    actions.confirm(JoinRequest.objects.get(), now=NOW)
    server, shown = Fake(), []
    for minutes, server.status in ((0, 401), (2, 404), (10, 201)):
        actions.put_on_lists(server, now=later(minutes=minutes))
        shown.append(said in " ".join(browser_of(ada()).get(DESK).content.decode().split()))
    assert shown == [False, True, False]


def test_those_are_invited_who_came_and_did_not_say_that_they_are_on_the_list():
    meetup = over(3)  # these said that they are
    with_no = seated(opened(9, "Other meetup"), "Dee", Answers(on_list=False))
    meetup.seats.filter(name="Guest2 Example").update(on_list=None)
    meetup.seats.filter(name="Guest3 Example").update(on_list=False)
    page = browser_of(ada()).get(f"{meetup.path}desk/letters/many/new/?begin=list").content.decode()
    assert "did not say they are on the list (2)" in page
    assert "{list_link}" in page
    typed = {"audience": "off_list", "subject": "Stay in touch", "text": "Join: {list_link}"}
    browser_of(ada()).post(f"{meetup.path}desk/letters/many/new/", typed)
    send(Mailing.objects.get())
    follow()
    letters = Letter.objects.filter(mailing__isnull=False).order_by("person")
    assert [letter.person.email for letter in letters] == ["guest2@example.org", "guest3@example.org"]
    link = letters[0].body.split("Join: ")[1].split()[0]
    assert "g…@example.org" in browser_of().get(link).content.decode()
    assert with_no.meetup != meetup

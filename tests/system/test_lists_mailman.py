"""A real Mailman 3: joining, comparing, and a letter that reaches everybody on the list."""

import smtplib
import time
from threading import Thread

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from django.core.mail import get_connection

from midcycle.engines.maillist import Trouble
from midcycle.kernel.refusal import Refusal
from midcycle.lists import actions
from midcycle.lists.access import opened as opened_list
from midcycle.lists.actions import Naming
from midcycle.lists.models import JoinRequest, Posting
from midcycle.lists.transport import fetch
from tests.world import NOW, ada, later, placed
from tests.worlds import mailman
from tests.worlds.lists import A_MONTH_LATER, AFTERWARDS, connected, over
from tests.worlds.postbox import SMTP_BACKEND, listening

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="session")
def out():
    """Give the mail server Mailman sends through."""
    with listening() as box:
        yield box


@pytest.fixture(scope="session")
def core(tmp_path_factory, out):
    """Give a Mailman, started once."""
    process, core = mailman.start(tmp_path_factory.mktemp("mailman"), out.port)
    yield core
    process.terminate()
    process.wait(30)


def named(meetup):
    about = actions.ask_about(meetup, "ops", fetch)
    return actions.name_list(meetup, Naming("ops", ""), about, by=ada(), now=NOW)


def joined(found, meetup, address, *, digest=False):
    actions.ask_to_join(found, meetup, address, digest=digest, now=NOW)
    actions.confirm(JoinRequest.objects.get(email=address), now=NOW)
    return actions.put_on_lists(fetch, now=NOW)


def test_whoever_confirmed_is_on_the_list_with_a_digest_or_every_letter(core):
    list_id, meetup = core.new_list("joining"), placed()
    with connected(ops=core.server(list_id)):
        found = named(meetup)
        assert (found.title, found.address) == ("Joining", "joining@lists.test")
        actions.ask_to_join(found, meetup, "cy@example.org", digest=False, now=NOW)
        assert actions.put_on_lists(fetch, now=NOW) == 0  # nobody confirmed
        assert joined(found, meetup, "bo+ops@example.org", digest=True) == 1
        assert joined(found, meetup, "dee@example.org") == 1
        assert core.members(list_id) == {"bo+ops@example.org": "plaintext_digests", "dee@example.org": "regular"}
        assert joined(found, meetup, "dee@example.org") == 1
        assert sorted(JoinRequest.objects.values_list("state", flat=True)) == ["asked", "joined", "joined", "there"]
        core.ask("PATCH", f"lists/{list_id}/config", subscription_policy="moderate")
        core.ask("POST", f"lists/{list_id}/bans", email="evil@example.org")
        assert joined(found, meetup, "fay@example.org") == 1
        assert joined(found, meetup, "evil@example.org") == 1
        assert list(JoinRequest.objects.order_by("-pk").values_list("state", flat=True)[:2]) == ["refused", "held"]
        assert len(core.members(list_id)) == 2


def test_the_share_of_those_who_came_and_who_joined_after(core):
    list_id, meetup = core.new_list("sharing"), over(20)
    for number in range(1, 13):
        core.add(list_id, f"Guest{number}@example.org")
    core.add(list_id, "somebody@else.org")
    with connected(ops=core.server(list_id)):
        row = actions.ask_for_comparison(named(meetup), meetup, by=ada(), now=AFTERWARDS)
        assert actions.tend_comparisons(fetch, now=AFTERWARDS) == 1
        row.refresh_from_db()
        assert (row.people, row.on_list) == (20, 12)
    assert joining_five(core, list_id, row) == (None, "done")


def joining_five(core, list_id, row):
    for number in range(13, 18):
        core.add(list_id, f"guest{number}@example.org")
    with connected(ops=core.server(list_id)):
        assert actions.tend_comparisons(fetch, now=A_MONTH_LATER) == 1
    row.refresh_from_db()
    return row.joined, row.after  # five of eight: three did not, so it is not told


def test_wrong_words_and_absent_lists_are_told_in_a_sentence(core):
    meetup = placed()
    for server, said in (
        (core.server("absent.lists.test"), "no such list"),
        (core.server("absent.lists.test", secret="wrong"), "name or password"),
    ):
        with connected(ops=server), pytest.raises(Refusal, match=said):
            actions.ask_about(meetup, "ops", fetch)
    gone = core.server("x.lists.test").model_copy(update={"url": f"http://127.0.0.1:{mailman.free_port()}/3.1"})
    with pytest.raises(Trouble, match="could not be reached"):
        opened_list(gone).about(fetch)


class Lmtp:
    """The mail server between us and Mailman: takes SMTP, gives it to Mailman's LMTP as Postfix would."""

    def __init__(self, port):
        self.port = port

    async def handle_DATA(self, server, session, envelope):  # noqa: N802, ARG002 - the library's names
        told = []

        def give():
            with smtplib.LMTP("127.0.0.1", self.port) as lmtp:
                told.append(lmtp.sendmail(envelope.mail_from, envelope.rcpt_tos, envelope.content))

        thread = Thread(target=give)
        thread.start()
        thread.join()
        return "250 OK" if told else "451 later"


class Between(Controller):
    def factory(self):
        return SMTP(self.handler, hostname="mail.test")


def test_a_letter_reaches_everybody_on_the_list_once_with_the_lists_own_headers(core, out):
    list_id, meetup = core.new_list("telling"), placed()
    for name in ("bo", "dee"):
        core.add(list_id, f"{name}@example.org")
    core.ask("PATCH", f"lists/{list_id}/config", default_nonmember_action="accept")
    between = Between(Lmtp(core.lmtp), hostname="127.0.0.1", port=mailman.free_port())
    between.start()

    def mail():
        given = {"host": "127.0.0.1", "port": between.port, "username": "", "password": "", "use_tls": False, "timeout": 20}
        return get_connection(SMTP_BACKEND, **given)

    try:
        with connected(ops=core.server(list_id)):
            found = named(meetup)
            posting = actions.draft_posting(found, meetup, subject="Come to Lisbon", text="Hello\n\nall", by=ada(), now=NOW)
            assert actions.send_due(mail, fetch, now=NOW) == 0
            actions.send_posting(posting, 1, by=ada(), now=NOW)
            with pytest.raises(Refusal):
                actions.send_posting(posting, 1, by=ada(), now=NOW)
            assert actions.send_due(mail, fetch, now=NOW) == 1
            assert actions.send_due(mail, fetch, now=later(days=1)) == 0
    finally:
        between.stop()
    assert Posting.objects.get().state == "sent"
    for _ in range(300):
        came = [(to, letter) for to, letter in out.letters if "Come to Lisbon" in str(letter["Subject"])]
        if sum(len(to) for to, _ in came) >= 2:
            break
        time.sleep(0.2)
    assert sorted(address for to, _ in came for address in to) == ["bo@example.org", "dee@example.org"]
    letter = came[0][1]
    assert "telling.lists.test" in letter["List-Id"]
    assert letter["List-Unsubscribe"] is not None
    assert letter["Auto-Submitted"] is None
    assert "Ada Example via Midcycle" in str(letter["From"])

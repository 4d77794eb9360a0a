"""Letters that come back: each has a return path of its own, and addresses that take none are written to no more."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from midcycle.engines.maillist import Bounce
from midcycle.journal.models import Entry
from midcycle.mailing import actions, tasks
from midcycle.mailing.access import letter_by_return_path, return_path
from midcycle.mailing.models import DeadAddress, Letter
from tests.unit.test_maillist import report
from tests.world import NOW, ada, bo, browser_of, cy, later
from tests.worlds.mailing import follow, sent, told
from tests.worlds.postbox import listening, smtp
from tests.worlds.registration import opened, seated

pytestmark = pytest.mark.django_db


@pytest.fixture
def returned(tmp_path):
    """Give a Maildir letters come back to, named in the settings."""
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    more = {"bounces_to": "bounces@meet.test", "bounces_maildir": Path(tmp_path)}
    with override_settings(MIDCYCLE=settings.MIDCYCLE.model_copy(update=more)):
        yield tmp_path


def written(name="Bo", meetup=None):
    """Return the letter about somebody's seat, sent."""
    seat = seated(meetup or opened(9), name)
    follow()
    letter = Letter.objects.get(person=seat.person)
    Letter.objects.filter(pk=letter.pk).update(state="sent")
    return letter


def comes_back(folder, letter, **more):
    """Put a report about a letter into the Maildir, and let it be read."""
    (folder / "new" / "1.M1P2.host").write_bytes(report(to=return_path(letter), **more))
    count = tasks.take_in_returned(NOW)
    letter.refresh_from_db()
    return count


@pytest.mark.usefixtures("returned")
def test_each_letter_leaves_by_a_return_path_of_its_own_and_is_still_from_us():
    meetup = opened(9)
    letters = [written(name, meetup) for name in ("Bo", "Dee")]
    Letter.objects.update(state="waiting")
    with listening() as box:
        actions.deliver(smtp(box.port), now=later(days=1))
    assert sorted(box.senders) == sorted(return_path(letter) for letter in letters)
    assert {letter["From"] for _, letter in box.letters} == {"midcycle@localhost"}
    assert len(set(box.senders)) == 2


def test_without_a_setting_letters_leave_as_they_did():
    letter = written()
    assert return_path(letter) == "midcycle@localhost"
    assert tasks.take_in_returned(NOW) == 0


def test_a_letter_that_came_back_is_told_and_its_address_written_to_no_more(returned):
    meetup = opened(9)
    letter = written("Bo", meetup)
    assert comes_back(returned, letter) == 1
    assert (letter.state, letter.why_in_words) == ("failed", "it came back: there is no such mailbox (5.1.1)")
    assert DeadAddress.objects.get().person == bo()
    assert list(returned.rglob("*host*")) == []
    page = " ".join(browser_of(ada()).get(f"{meetup.path}desk/letters/").content.decode().split())
    assert "Addresses that take no letters" in page
    assert "Came back" in page
    actions.retry_failed(meetup, by=ada(), now=NOW)
    with listening() as box:
        assert actions.deliver(smtp(box.port), now=later(days=1)) == 0
    letter.refresh_from_db()
    assert (letter.state, box.letters) == ("failed", [])
    browser_of(ada()).post(f"{meetup.path}desk/letters/addresses/{bo().pk}/again/")
    actions.retry_failed(meetup, by=ada(), now=NOW)
    with listening() as box:
        assert actions.deliver(smtp(box.port), now=later(days=1)) == 1


@pytest.mark.parametrize("status", ["5.2.2", "5.7.1"])
def test_what_is_about_one_letter_stops_no_others(returned, status):
    letter = written()
    assert comes_back(returned, letter, status=status) == 1
    assert (letter.state, DeadAddress.objects.count()) == ("failed", 0)


def test_what_is_no_such_letter_is_left_for_people_to_read(returned):
    letter = written()
    assert comes_back(returned, letter, action="delayed", status="4.4.1") == 0
    assert letter.state == "sent"
    assert [path.name for path in (returned / "cur").iterdir()] == ["1.M1P2.host:2,"]


def test_what_cannot_be_read_lies_in_the_way_of_nothing(returned):
    letter = written()
    (returned / "cur").rmdir()  # some that deliver make `new` alone
    bomb = f"To: {return_path(letter)}\n".encode() + b"Content-Type: message/rfc822\n\n" * 5000
    for number in range(60):
        (returned / "new" / f"0.{number:02}.host").write_bytes(bomb if number % 2 else b"I am on holiday.")
    counts = [comes_back(returned, letter) for _ in range(2)]
    assert (counts, letter.state, len(list((returned / "cur").iterdir()))) == ([0, 1], "failed", 60)


def test_whoever_makes_up_a_report_stops_nobody(returned):
    letter = written()
    for to in (
        f"bounces+{letter.pk}-{'0' * 16}@meet.test",
        "bounces+1@meet.test",
        f"bounces+{letter.pk + 1}-{'a' * 16}@x.test",
    ):
        (returned / "new" / "1").write_bytes(report(to=to))
        assert tasks.take_in_returned(NOW) == 0
    letter.refresh_from_db()
    assert (letter.state, DeadAddress.objects.count()) == ("sent", 0)


def test_the_same_report_again_does_nothing_more(returned):
    letter = written()
    for _ in range(2):
        comes_back(returned, letter)
    assert (Entry.objects.filter(kind="mailing.came_back").count(), DeadAddress.objects.count()) == (1, 1)
    token = return_path(letter).partition("+")[2].partition("@")[0]
    Letter.objects.all().delete()
    assert letter_by_return_path(token) is None
    assert not actions.note_bounce(Bounce(token, "5.1.1"), now=NOW)


def test_letters_to_many_leave_out_who_sent_one_back(returned):
    meetup = opened(9)
    comes_back(returned, written("Bo", meetup))
    seated(meetup, "Dee")
    mailing = sent(meetup, subject="News")
    assert told(mailing)["Bo"] == "skipped dead"


def test_strangers_let_nobodys_letters_go(returned):
    meetup = opened(9)
    comes_back(returned, written("Bo", meetup))
    path = f"{meetup.path}desk/letters/addresses/{bo().pk}/again/"
    assert {browser_of(who).post(path).status_code for who in (None, cy(), bo())} == {404}
    assert browser_of(ada()).post(path.replace(str(bo().pk), "987654")).status_code == 404
    assert DeadAddress.objects.count() == 1

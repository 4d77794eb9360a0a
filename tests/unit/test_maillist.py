"""Lists' servers, keyed hashes and letters that came back."""

import json
import re
import subprocess
import sys
from base64 import b64decode
from email.message import EmailMessage
from urllib.parse import parse_qs, urlsplit

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from midcycle.engines.maillist import (
    Answer,
    Discourse,
    Mailman,
    Trouble,
    comparable,
    hash_of,
    hashes_of,
    packed,
    read_bounce,
    read_file,
    unpacked,
)

LIST = Mailman("http://mm.test/3.1", "restadmin", "hush", "ops.lists.test")
FORUM = Discourse("https://forum.test", "system", "hush", "7", "operators")
KEY = b"k" * 32
ADDRESSES = st.from_regex(r"[a-z]{1,8}(\+[a-z]{1,4})?@[a-z]{1,8}\.(org|net)", fullmatch=True)


def told(status, said=None):
    """Return a server that always answers so, and what it was asked."""
    asked = []

    def fetch(request):
        asked.append(request)
        return Answer(status, b"" if said is None else json.dumps(said).encode())

    return fetch, asked


def test_mailman_is_asked_to_add_who_has_confirmed_and_to_keep_its_own_rule_of_approval():
    fetch, asked = told(201)
    assert LIST.join(fetch, "bo+ops@example.org", digest=True) == "joined"
    assert (asked[0].method, asked[0].url) == ("POST", "http://mm.test/3.1/members")
    assert b64decode(asked[0].headers["Authorization"].removeprefix("Basic ")) == b"restadmin:hush"
    assert parse_qs(asked[0].body.decode()) == {
        "list_id": ["ops.lists.test"],
        "subscriber": ["bo+ops@example.org"],
        "pre_verified": ["true"],
        "pre_confirmed": ["true"],
        "pre_approved": ["false"],
        "delivery_mode": ["plaintext_digests"],
    }


@pytest.mark.parametrize(
    ("status", "description", "outcome"),
    [
        (202, "", "held"),
        (409, "Member already subscribed", "there"),
        (409, "Subscription request already pending", "held"),
        (400, "Membership is banned", "refused"),
        (400, 'Invalid Parameter "subscriber": .', "refused"),
    ],
)
def test_what_mailman_answers_is_understood(status, description, outcome):
    assert LIST.join(told(status, {"description": description})[0], "bo@example.org", digest=False) == outcome


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (401, None),
        (404, None),
        (500, None),
        (302, None),
        (400, {"description": "No such list"}),
        (400, {"description": "database is locked"}),
    ],
)
def test_trouble_of_mailman_is_told_without_its_password(status, said):
    with pytest.raises(Trouble) as trouble:
        LIST.join(told(status, said)[0], "bo@example.org", digest=False)
    assert "Mailman" in str(trouble.value)
    assert "hush" not in f"{trouble.value}{LIST!r}{told(200)[1]!r}"


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"<html>", b"[" * 100_000, b'{"entries": 3, "total_size": 1}', b'{"entries": [], "total_size": "x"}']
)
def test_an_odd_roster_is_trouble_and_no_crash(body):
    with pytest.raises(Trouble):
        LIST.members(lambda _: Answer(200, body), 1)


def test_members_of_mailman_come_in_pages_and_only_their_addresses_are_asked_for():
    fetch, asked = told(200, {"total_size": 501, "entries": [{"email": "a@b.cc"}, "odd"]})
    assert LIST.members(fetch, 1).addresses == ("a@b.cc",)
    assert LIST.members(fetch, 1).goes_on
    assert not LIST.members(fetch, 2).goes_on
    assert parse_qs(urlsplit(asked[0].url).query) == {"count": ["500"], "page": ["1"], "fields": ["email"]}


def test_discourse_speaks_as_its_documentation_says():
    fetch, asked = told(200, {"id": 1})
    assert FORUM.join(fetch, "bo@example.org", digest=False) == "joined"
    assert json.loads(asked[0].body) == {"email": "bo@example.org", "group_names": "operators"}
    assert (asked[0].headers["Api-Key"], asked[0].headers["Api-Username"]) == ("hush", "system")
    assert FORUM.join(told(422, {"errors": ["taken"]})[0], "bo@example.org", digest=False) == "there"
    fetch, asked = told(200, {"topic_id": 12})
    assert FORUM.post(fetch, "Lisbon", "Come") == "/t/12"
    assert json.loads(asked[0].body) == {"title": "Lisbon", "raw": "Come", "category": "7"}
    fetch, asked = told(200, [{"email": "a@b.cc"}, {"username": "x"}])
    assert (FORUM.members(fetch, 3).addresses, FORUM.members(fetch, 3).goes_on) == (("a@b.cc",), False)
    assert asked[0].url == ("https://forum.test/admin/users/list/active.json?show_emails=true&order=created&asc=true&page=3")
    assert FORUM.about(told(200, {"title": "Ops forum"})[0]).name == "Ops forum"
    for status in (401, 403, 429, 500):
        with pytest.raises(Trouble):
            FORUM.members(told(status)[0], 1)


def test_only_whoever_has_an_account_is_a_member_of_a_forum():
    accounts = [
        {"email": "bo@b.cc", "active": True, "staged": False},
        {"email": "wrote@b.cc", "active": False, "staged": True},
        {"email": "never-confirmed@b.cc", "active": False},
        {"email": None, "active": True},
    ]
    assert FORUM.members(told(200, accounts)[0], 1).addresses == ("bo@b.cc",)


@pytest.mark.parametrize(
    ("answer", "fate", "wait"),
    [(Answer(429, b"", 40), "later", 40), (Answer(422, b"[]"), "never", 0), (Answer(500, b"{"), "unclear", 0)],
)
def test_trouble_of_a_forum_says_what_is_known_of_the_request(answer, fate, wait):
    with pytest.raises(Trouble) as trouble:
        FORUM.post(lambda _: answer, "Lisbon", "Come")
    assert (trouble.value.fate, trouble.value.wait) == (fate, wait)


def test_addresses_are_compared_in_one_form_and_tags_are_kept():
    assert comparable(" Bo@EXAMPLE.org. ") == "bo@example.org"
    assert comparable("bo@bücher.example") == "bo@xn--bcher-kva.example"
    assert comparable("bo+ops@example.org") != comparable("bo@example.org")
    assert hash_of("Bo@example.ORG", KEY) == hash_of("bo@example.org", KEY)
    assert hash_of("bo@example.org", KEY) != hash_of("bo@example.org", b"x" * 32)


@given(st.frozensets(ADDRESSES, max_size=8), st.frozensets(ADDRESSES, max_size=8))
def test_hashes_count_what_the_addresses_would(came, members):
    assert len(hashes_of(came, KEY) & hashes_of(members, KEY)) == len(came & members)
    assert unpacked(packed(hashes_of(came, KEY))) == hashes_of(came, KEY)


@given(st.frozensets(ADDRESSES, max_size=8))
def test_a_file_of_addresses_and_a_file_of_hashes_say_the_same(members):
    hashes = hashes_of(members, KEY)
    assert read_file("\n".join(each.hex() for each in hashes), KEY) == hashes
    assert read_file("name,email\n" + "\n".join(f'"X Y",{each}' for each in members), KEY) == hashes


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading_of_a_file(text):
    assert all(len(each) == 16 for each in read_file(text, KEY))


@pytest.mark.parametrize("word", ["a" * 4_000_000, "a@" * 2_000_000, "@" + "a." * 2_000_000])
def test_a_file_of_one_endless_word_is_read_at_once(word):
    assert read_file(f"{word} bo@example.org", KEY) == {hash_of("bo@example.org", KEY)}


def test_the_program_of_the_keeper_says_what_the_server_says(tmp_path):
    program, members = tmp_path / "hash_members.py", tmp_path / "members.csv"
    program.write_text(render_to_string("lists/hash_members.txt", {"key": KEY.hex()}))
    members.write_text("email;name\nBo@Example.org;Bo\n<dee+ops@bücher.example>, Dee\nodd@ä..example\n")
    ran = subprocess.run([sys.executable, program, members], capture_output=True, text=True, check=True)
    assert read_file(ran.stdout, KEY) == hashes_of(["bo@example.org", "dee+ops@xn--bcher-kva.example", "odd@ä..example"], KEY)
    assert read_file(members.read_text(), KEY) == read_file(ran.stdout, KEY)
    assert re.fullmatch(r"([0-9a-f]{32}\n){3}", ran.stdout)


def report(action="failed", status="5.1.1", to="bounces+12-0123456789abcdef@meet.test", extra=""):
    """Return a delivery status notification as Postfix writes it."""
    return (
        f"Return-Path: <>\nDelivered-To: {to}\nFrom: MAILER-DAEMON@mail.test\nSubject: Undelivered Mail Returned to Sender\n"
        "Auto-Submitted: auto-replied\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nSorry.\n\n--b\nContent-Type: message/delivery-status\n\n"
        f"Reporting-MTA: dns; mail.test\n\nFinal-Recipient: rfc822; bo@example.org\nAction: {action}\nStatus: {status}\n{extra}"
        "\n--b\nContent-Type: message/rfc822\n\nSubject: Your seat\n\nHello\n--b--\n"
    ).encode()


def test_a_letter_that_came_back_says_which_and_why():
    bounce = read_bounce(report())
    assert (bounce.token, bounce.status, bounce.is_for_ever) == ("12-0123456789abcdef", "5.1.1", True)
    assert not read_bounce(report(status="5.2.2 (mailbox full)")).is_for_ever
    assert not read_bounce(report(status="5.7.1")).is_for_ever
    assert read_bounce(report(to="BOUNCES+12-0123456789ABCDEF@MEET.test")).token == "12-0123456789abcdef"


@pytest.mark.parametrize(
    "raw",
    [
        report(action="delayed", status="4.4.1"),
        report(action="delivered", status="2.0.0"),
        report(status="4.2.2"),
        report(status=""),
        report(to="bounces@meet.test"),
        report(to="bounces+12-xyz@meet.test"),
        b"",
        b"\xff\xfe\x00",
        b"Content-Type: multipart/report; boundary=x\nTo: bounces+12-0123456789abcdef@m.test\n\n--x\n--x--",
        EmailMessage().as_bytes(),
        b"To: bounces+12-0123456789abcdef@m.test\n" + b"Content-Type: message/rfc822\n\n" * 2000,
        b"To: bounces+12-0123456789abcdef@m.test\n"
        + b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (each, each) for each in range(2000)),
    ],
)
def test_anything_else_is_no_bounce(raw):
    assert read_bounce(raw) is None


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reading_of_a_letter(raw):
    read_bounce(b"To: b+1-0123456789abcdef@m.test\nContent-Type: multipart/report; boundary=x\n\n--x\n" + raw)

"""Letters about calls for hosts: to whom, once, and to no stranger's mailbox without end."""

import pytest

from midcycle.bidding import actions
from midcycle.mailing.models import Letter
from midcycle.meetups import actions as meetups
from midcycle.site.worker import work_once
from tests.world import NOW, ada, bo, browser_of, cy, dee, idea, person
from tests.worlds.bidding import TODAY, at, begun, compared, decided, declared, handed_in, opened_call, prepared

pytestmark = pytest.mark.django_db


def letters(kind: str) -> dict[str, str]:
    """Return the subjects of letters about a deed, by whom they are to."""
    work_once()
    found = Letter.objects.filter(key__startswith=f"bidding.{kind}").select_related("person")
    return {letter.person.email.partition("@")[0]: letter.subject for letter in found}


def news(deed, *args, **named):
    """Do something just now: the world's past is older than what letters are written about."""
    return deed(*args, **named, by=named.pop("who", ada()), now=TODAY)


def test_who_lost_hears_of_the_next_call_first():
    series = meetups.start_series("Ops", slug="ops", now=NOW)
    first, second = idea(), idea("Autumn meetup")
    for meetup in (first, second):
        meetups.join_series(meetup, series, by=ada(), now=NOW)
    decided(first)
    news(actions.open_call, prepared(second))
    assert letters("call_opened") == {"gil": "A new call for hosts: Autumn meetup"}
    body = Letter.objects.get(key__startswith="bidding.call_opened").body
    assert "/m/autumn-meetup/hosts/" in body
    assert "Europe" in body


def test_bidders_hear_what_was_decided():
    decided()
    assert letters("decided") == {
        "bo": "Your bid is chosen: Spring meetup",
        "gil": "Who hosts Spring meetup: another bid was chosen",
    }


def test_a_bid_that_was_not_handed_in_gets_no_letter_of_the_decision():
    call, porto, graz = compared()
    actions.withdraw_bid(porto, by=bo(), now=TODAY)
    member = call.members.get(person=dee())
    declared(call, "Dee", graz)
    actions.decide(call, member, actions.Decision(None, 0, "Too dear."), now=TODAY)
    assert letters("decided") == {"gil": "Who hosts Spring meetup: another bid was chosen"}
    assert "The group chose none of the bids." in Letter.objects.get(key__startswith="bidding.decided").body
    assert graz.state == "handed_in"


def test_co_editors_group_and_keeper_are_told_of_their_part():
    call = opened_call()
    bid = begun(call, city="https://evil.example/win")
    actions.invite_editor(bid, "hal@example.org", by=bo(), now=TODAY)
    assert letters("editor_invited") == {"hal": "Bo Example asks you to write a bid together: Spring meetup"}
    assert "evil.example" not in Letter.objects.get(key__startswith="bidding.editor_invited").body
    news(actions.name_member, call, "ida@example.org", why="Known.")
    news(actions.name_keeper, call, "jo@example.org")
    assert letters("member_named") == {"ida": "You are in the group that decides who hosts Spring meetup"}
    assert letters("keeper_named") == {"jo": "You keep the comparison of bids for Spring meetup"}


def test_nobodys_mailbox_is_filled_by_invitations():
    call = opened_call()
    for number in range(9):
        bid = actions.open_bid(call, by=person(f"Host{number}"), now=TODAY)
        actions.invite_editor(bid, "hal@example.org", by=person(f"Host{number}"), now=TODAY)
    work_once()
    assert Letter.objects.filter(person=person("Hal")).count() == 6


def test_a_question_is_told_to_the_editors_of_the_bid_alone():
    call, porto, _ = compared()
    actions.ask(call, "Which lift?", by=cy(), now=TODAY, bid=porto)
    actions.ask(call, "Why Europe?", by=cy(), now=TODAY)
    assert letters("question_asked") == {"bo": "A question about your bid: Spring meetup"}


def test_more_time_is_told_to_all_who_write():
    call = opened_call()
    handed_in(call)
    begun(call, "Gil")
    news(actions.extend_deadline, call, at(days=40))
    assert letters("deadline_extended") == dict.fromkeys(("bo", "gil"), "More time for bids: Spring meetup")


def test_old_deeds_write_nothing():
    handed_in(opened_call())
    work_once()
    assert Letter.objects.count() == 0


def test_machines_read_what_is_public_and_nothing_before():
    api = "/api/v1/meetups/spring-meetup"
    client = browser_of()
    call = prepared()
    assert [client.get(f"{api}/{part}").status_code for part in ("host-call", "bids", "bids/comparison")] == [404] * 3
    actions.open_call(call, by=ada(), now=at(days=-40))
    handed_in(call)
    assert client.get(f"{api}/bids").json() == {"items": []}
    assert client.get(f"{api}/bids/comparison").status_code == 404
    told = client.get(f"{api}/host-call").json()
    assert (told["phase"], told["region"], told["keeper"]) == ("open", "europe", "Eve Example")
    assert [one["weight"] for one in told["criteria"]] == [60, 40]
    fields = client.get("/api/v1/host-call/fields").json()["items"]
    assert (fields[0]["key"], len(fields)) == ("city", 36)


def test_machines_read_bids_once_they_are_opened_and_costs_once_it_is_decided():
    api = "/api/v1/meetups/spring-meetup/bids"
    client = browser_of()
    call, *bids = compared()
    porto = bids[0]
    first = client.get(api).json()["items"][0]
    said, rooms = first["answers"], first["rooms"]
    assert (first["number"], said["city"], rooms[0]["capacity"], first["costs"]) == (porto.pk, "Porto", 150, None)
    assert "contact_email" not in said
    table = client.get(f"{api}/comparison")
    assert (table["Content-Type"], "Porto" in table.content.decode()) == ("text/csv; charset=utf-8", True)
    assert "Costs in all" not in table.content.decode()
    member = call.members.get(person=dee())
    declared(call, "Dee", *bids)
    actions.decide(call, member, actions.Decision(None, 0, "Too dear."), now=TODAY)
    assert client.get(api).json()["items"][0]["costs"] == 250_000
    assert "2,500.00 EUR" in client.get(f"{api}/comparison").content.decode()

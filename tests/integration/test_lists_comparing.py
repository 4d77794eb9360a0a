"""How many of those who came are on a list: two numbers, once, and nobody's membership."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from midcycle.engines.maillist import Answer, hashes_of, read_file
from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from midcycle.lists import actions, queries
from midcycle.lists.access import comparison_for, keeper_key, matching_key
from midcycle.lists.models import Comparison
from midcycle.meetups.models import Meetup
from tests.world import ada, browser_of, cy
from tests.worlds.lists import A_MONTH_LATER, AFTERWARDS, OPS, Fake, connected, named, over
from tests.worlds.series import series_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _connected():
    with connected(ops=OPS):
        yield


def guests(*numbers):
    return [f"Guest{number}@Example.ORG" for number in numbers]


def compared(meetup, *members):
    """Return the comparison with a list of these members, made the day after."""
    found = named(meetup)
    comparison = actions.ask_for_comparison(found, meetup, by=ada(), now=AFTERWARDS)
    assert actions.tend_comparisons(Fake(*members), now=AFTERWARDS) == 1
    comparison.refresh_from_db()
    return comparison


def test_the_share_on_the_list_and_who_joined_within_thirty_days():
    meetup = over(20)
    comparison = compared(meetup, *guests(*range(1, 13)), "late@example.org", "somebody@else.org")
    assert (comparison.people, comparison.on_list, comparison.after) == (20, 12, "waiting")
    assert actions.tend_comparisons(Fake(), now=A_MONTH_LATER - timedelta(days=2)) == 0
    meetup.refresh_from_db()
    more = over_to(comparison, *guests(*range(1, 13)))
    assert (more.joined, more.after) == (None, "done")  # nobody: fewer than five


def over_to(comparison, *members):
    """Return the comparison once those of 30 days later are counted."""
    assert actions.tend_comparisons(Fake(*members), now=A_MONTH_LATER) == 1
    comparison.refresh_from_db()
    return comparison


def test_those_who_joined_are_counted_and_key_and_hashes_are_gone():
    meetup = over(24)
    comparison = compared(meetup, *guests(*range(1, 13)))
    assert len(bytes(comparison.left)) == 16 * 12
    more = over_to(comparison, *guests(*range(1, 20)))
    assert (more.people, more.on_list, more.joined) == (24, 12, 7)
    assert (more.salt, bytes(more.left)) == ("", b"")
    (shares,) = queries.shares_of(meetup)
    assert (shares.people, shares.on_list, shares.joined_after) == (24, 12, 7)


@pytest.mark.parametrize(("people", "members"), [(20, 4), (20, 0), (20, 16), (20, 20), (9, 5), (3, 1)])
def test_small_groups_are_not_told_and_not_kept(people, members):
    meetup = over(people)
    comparison = compared(meetup, *guests(*range(1, members + 1)))
    assert (comparison.people, comparison.on_list, comparison.after) == (people, None, "")
    assert (comparison.salt, bytes(comparison.left)) == ("", b"")
    page = browser_of(ada()).get(f"{meetup.path}desk/lists/").content.decode()
    assert "not told: fewer than 5 people on one side" in page


def test_a_comparison_is_never_made_again():
    meetup = over(20)
    comparison = compared(meetup, *guests(*range(1, 13)))
    with pytest.raises(Refusal, match="compared already"):
        actions.ask_for_comparison(comparison.list, meetup, by=ada(), now=AFTERWARDS)
    actions.compare(comparison, hashes_of(guests(*range(1, 20)), b"k"), now=AFTERWARDS)
    comparison.refresh_from_db()
    assert comparison.on_list == 12
    with pytest.raises(Refusal, match="stays"):
        actions.drop_list(comparison.list, meetup, by=ada(), now=AFTERWARDS)


def test_a_list_that_belongs_to_the_series_and_to_the_meetup_is_compared_once():
    """Between two comparisons one more person could be checked in."""
    meetup = over(20)
    series_of(meetup)
    meetup.refresh_from_db()
    compared(meetup, *guests(*range(1, 13)))
    again = named(meetup, for_series=True)
    with pytest.raises(Refusal, match="compared already"):
        actions.ask_for_comparison(again, meetup, by=ada(), now=AFTERWARDS)
    assert Comparison.objects.count() == 1


def test_it_waits_until_the_meetup_is_over():
    meetup = over(20)
    found = named(meetup)
    Meetup.objects.filter(pk=meetup.pk).update(ends_on=AFTERWARDS.date())
    meetup.refresh_from_db()
    with pytest.raises(Refusal, match="last day"):
        actions.ask_for_comparison(found, meetup, by=ada(), now=AFTERWARDS)


def test_nothing_that_is_kept_leads_to_a_member():
    meetup = over(20)
    compared(meetup, *guests(*range(1, 13)))
    row = Comparison.objects.get()
    facts = [entry.facts for entry in Entry.objects.filter(kind__startswith="lists.")]
    assert all(set(entry) <= {"list", "kind"} for entry in facts)
    # Without the server's secret the hashes cannot be tried: the salt alone makes other ones.
    assert hashes_of(guests(13), bytes.fromhex(row.salt)).isdisjoint(unpack(row))
    assert hashes_of(guests(13), matching_key(row)) <= unpack(row)


def unpack(row):
    run = bytes(row.left)
    return {run[start : start + 16] for start in range(0, len(run), 16)}


def test_no_address_of_a_participant_goes_to_the_list():
    meetup = over(20)
    found, server = named(meetup), Fake(*guests(*range(1, 13)))
    actions.ask_for_comparison(found, meetup, by=ada(), now=AFTERWARDS)
    actions.tend_comparisons(server, now=AFTERWARDS)
    assert [(request.method, request.body) for request in server.asked] == [("GET", b"")]
    assert "guest" not in server.asked[0].url.lower()


def test_the_tables_refuse_what_would_tell_of_few():
    comparison = compared(over(20), *guests(*range(1, 13)))
    for wrong in ({"on_list": 4}, {"on_list": 16}, {"after": "done"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Comparison.objects.filter(pk=comparison.pk).update(**wrong)


def test_a_server_that_cannot_be_reached_in_time_leaves_nothing_behind():
    comparison = compared(over(20), *guests(*range(1, 13)))
    with connected():
        assert actions.tend_comparisons(Fake(), now=A_MONTH_LATER) == 0
    comparison.refresh_from_db()
    assert "do not name this list" in comparison.why
    assert actions.tend_comparisons(Fake(), now=A_MONTH_LATER + timedelta(days=8)) == 1
    comparison.refresh_from_db()
    assert (comparison.after, comparison.salt, bytes(comparison.left)) == ("missed", "", b"")
    assert "could not be asked in time" in browser_of(ada()).get("/m/spring-meetup/desk/lists/").content.decode()


def test_a_long_list_is_read_in_parts_and_goes_on_where_its_server_had_enough_of_us():
    members = [*guests(*range(1, 13)), *(f"member{number}@else.org" for number in range(12 * 500))]
    found, server, readings, rests = named(over(20)), Fake(*members), {}, [30]

    def fetch(request):
        if len(server.asked) == 5 and rests:
            return Answer(429, b"", rests.pop())
        return server(request)

    row = actions.ask_for_comparison(found, Meetup.objects.get(), by=ada(), now=AFTERWARDS)
    after = [
        actions.tend_comparisons(fetch, now=AFTERWARDS + timedelta(seconds=seconds), readings=readings)
        for seconds in (0, 29, 30, 31)
    ]
    row.refresh_from_db()
    assert (after, len(server.asked), row.on_list, readings) == ([0, 0, 1, 0], 13, 12, {})


def test_a_list_that_is_read_in_parts_needs_no_waiting_between_them():
    members = [*guests(*range(1, 13)), *(f"member{number}@else.org" for number in range(25 * 500))]
    found, server, readings = named(over(20)), Fake(*members), {}
    row = actions.ask_for_comparison(found, Meetup.objects.get(), by=ada(), now=AFTERWARDS)
    assert [actions.tend_comparisons(server, now=AFTERWARDS, readings=readings) for _ in range(3)] == [0, 0, 1]
    row.refresh_from_db()
    assert (len(server.asked), row.on_list, row.why) == (26, 12, "")


def test_the_keeper_of_another_list_sends_hashes_and_never_an_address():
    meetup = over(20)
    found = named(meetup, "")
    page = browser_of(ada()).post(f"{meetup.path}desk/lists/{found.pk}/comparison/", follow=True).content.decode()
    assert "After the last day" in page  # by the clock of today it is not over
    Meetup.objects.update(starts_on=date(2026, 9, 1), ends_on=date(2026, 9, 2))
    page = browser_of(ada()).post(f"{meetup.path}desk/lists/{found.pk}/comparison/", follow=True).content.decode()
    row = Comparison.objects.get()
    path = f"{meetup.path}lists/members/{row.pk}/{keeper_key(row)}/"
    assert path in page
    key = matching_key(row)
    assert key.hex() not in page
    keeper = browser_of()
    assert key.hex() in keeper.get(f"{path}hash_members.py").content.decode()
    hashes = "\n".join(each.hex() for each in hashes_of(guests(*range(1, 13)), key))
    sent = keeper.post(path, {"members": SimpleUploadedFile("hashes.txt", hashes.encode())}, follow=True)
    assert "Only two numbers are kept" in sent.content.decode()
    row.refresh_from_db()
    assert (row.people, row.on_list, row.after) == (20, 12, "")  # more than thirty days ago
    assert keeper.get(path).status_code == 404


@pytest.mark.parametrize("content", [b"nothing here", b"\xff\xfe", b"", b"x" * (4 * 1024 * 1024 + 1)])
def test_a_file_that_says_nothing_is_told_beside_the_field(content):
    meetup = over(6)
    row = actions.ask_for_comparison(named(meetup, ""), meetup, by=ada(), now=AFTERWARDS)
    path = f"{meetup.path}lists/members/{row.pk}/{keeper_key(row)}/"
    answer = browser_of().post(path, {"members": SimpleUploadedFile("x.csv", content)})
    assert answer.status_code == 422
    row.refresh_from_db()
    assert row.state == "asked"


def test_a_keepers_link_is_of_one_comparison():
    meetup = over(6)
    row = actions.ask_for_comparison(named(meetup, ""), meetup, by=ada(), now=AFTERWARDS)
    wrong = [keeper_key(row)[:-1], "0" * 32, "x"]
    paths = [f"{meetup.path}lists/members/{row.pk}/{key}/" for key in wrong]
    paths.append(f"{meetup.path}lists/members/{row.pk + 1}/{keeper_key(row)}/")
    assert {path: browser_of(cy()).get(path).status_code for path in paths} == dict.fromkeys(paths, 404)
    assert comparison_for(meetup.slug, row.pk, keeper_key(row)) == row
    assert read_file("nobody", matching_key(row)) == frozenset()

"""The rule of the line, its public page with the draw anybody can repeat, and the board of the waitlist."""

import json
import re
import subprocess
import sys
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from midcycle.cli.main import main
from midcycle.meetups import actions as meetups
from midcycle.registration import actions
from midcycle.registration.actions import Answers, LineRule
from midcycle.registration.models import Capacity, Seat
from midcycle.registration.rules import draw
from tests.world import NOW, ada, bo, browser_of, cy, later
from tests.worlds.registration import crowd, opened, seated

pytestmark = pytest.mark.django_db
VENDOR, NEW = Answers(role="vendor"), Answers(role="vendor", first_time=True)


def at(meetup, name, *more):
    return reverse(f"registration:{name}", args=[meetup.slug, *more])


def text_of(answer):
    return unescape(" ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split()))


def rule(meetup, **said):
    actions.set_line_rule(meetup, LineRule(**said), by=ada(), now=NOW)


def lottery(people=4):
    meetup = opened(1)
    crowd(meetup, people)
    rule(meetup, rule="lottery", draw_at=later(days=1))
    return meetup


@pytest.mark.parametrize("who", [cy, bo, lambda: None])
def test_a_stranger_finds_neither_the_board_nor_the_rule_to_change(who):
    meetup = opened(1)
    client = browser_of(who())
    answers = [client.get(at(meetup, "board")), client.get(at(meetup, "line"))]
    answers += [client.post(at(meetup, "line"), {"rule": "first_come", "offer_hours": "9", "publish": "yes"})]
    answers += [client.post(at(meetup, "transfers"), {"allowed": "yes"})]
    assert {answer.status_code for answer in answers} == {404}
    kept = Capacity.objects.get()
    assert (kept.offer_hours, kept.transfers) == (0, False)


def test_what_changes_is_said_before_it_is_published():
    meetup = opened(1)
    for name, answers in (("Hal", VENDOR), ("Vic", VENDOR), ("Una", NEW), ("Ned", NEW), ("Val", VENDOR)):
        seated(meetup, name, answers)
    client = browser_of(ada())
    typed = {"rule": "groups", "groups": ["first_timers"], "offer_hours": "24"}
    looked = client.post(at(meetup, "line"), typed)
    assert "4 people wait; 2 move up, 1 further back, 1 stays." in text_of(looked)
    assert Capacity.objects.get().rule == "first_come"
    unseen = client.post(at(meetup, "line"), {**typed, "offer_hours": "12", "publish": "yes", "seen": looked.context["mark"]})
    assert (unseen.status_code, Capacity.objects.get().rule) == (200, "first_come")  # another rule than was looked at
    done = client.post(at(meetup, "line"), {**typed, "publish": "yes", "seen": looked.context["mark"]}, follow=True)
    assert "The rule is published." in text_of(done)
    kept = Capacity.objects.get()
    assert (kept.rule, kept.groups, kept.offer_hours) == ("groups", ["first_timers"], 24)


def test_groups_are_sorted_with_buttons_before_anything_is_checked():
    meetup = opened(1)
    client = browser_of(ada())

    def press(move, *groups, hours="0"):
        answer = client.post(at(meetup, "line"), {"rule": "first_come", "groups": groups, "offer_hours": hours, "move": move})
        assert answer.status_code == 200
        return list(answer.context["form"]["groups"].value()), answer.context["form"]["rule"].value()

    assert press("add operators") == (["operators"], "groups")
    assert press("add host_region", "operators", hours="x") == (["operators", "host_region"], "groups")
    assert press("up host_region", "operators", "host_region")[0] == ["host_region", "operators"]
    assert press("down operators", "operators", "host_region")[0] == ["host_region", "operators"]
    assert press("up operators", "operators", "host_region")[0] == ["operators", "host_region"]
    assert press("out operators", "operators", "host_region")[0] == ["host_region"]
    assert press("add king", "operators", "operators")[0] == ["operators"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"rule": "groups"}, "Choose at least one group that is served first."),
        ({"rule": "groups", "groups": ["king"]}, "Choose at least one group that is served first."),
        ({"rule": "lottery"}, "Choose when the lots are drawn, in the future."),
        ({"rule": "lottery", "draw_day": "2027-03-02", "draw_time": "09:00"}, "The meetup begins before that."),
        ({"rule": "lottery", "draw_day": "2027-03-28", "draw_time": "01:30"}, "Clocks are put forward then"),
        ({"rule": "king"}, "Choose one of the list."),
        ({"offer_hours": "337"}, "Type 336 or less."),
        ({"offer_hours": "\x00"}, "Type a whole number"),
    ],
)
def test_an_odd_rule_is_told_beside_its_field(typed, told):
    meetup = opened(1)
    answer = browser_of(ada()).post(at(meetup, "line"), {"rule": "first_come", "offer_hours": "0", "publish": "yes", **typed})
    assert (answer.status_code, told in text_of(answer)) == (422, True)
    assert Capacity.objects.get().rule == "first_come"


@pytest.mark.parametrize(
    "typed", [{"draw_day": "soon"}, {"draw_day": "2027-03-28", "draw_time": "01:30"}, {"groups": ["king"]}]
)
def test_what_another_rule_asks_for_is_not_asked_and_not_called_wrong(typed):
    meetup = opened(1)
    answer = browser_of(ada()).post(at(meetup, "line"), {"rule": "first_come", "offer_hours": "12", **typed})
    assert (answer.status_code, answer.context["change"] is not None) == (200, True)


def test_the_fields_of_a_rule_wait_for_it():
    page = browser_of(ada()).get(at(opened(1), "line")).content.decode()
    assert [page.count(f'data-shows="{number}"') for number in (1, 2)] == [1, 1]
    assert [page.count(f'data-shown-by="{number}"') for number in (1, 2)] == [2, 2]  # the field, and what is read out


def test_a_lottery_is_published_in_the_time_of_the_meetups_place():
    meetup = opened(1)
    crowd(meetup, 3)
    client, day = browser_of(ada()), (timezone.now() + timedelta(days=3)).date()
    meetups.set_place(
        meetup, ada(), meetups.Place("europe", "Lisbon", "PT", "", day + timedelta(days=9), None, "", "Europe/Lisbon"), now=NOW
    )
    typed = {"rule": "lottery", "draw_day": day.isoformat(), "draw_time": "20:00", "offer_hours": "0"}
    looked = client.post(at(meetup, "line"), typed)
    assert "2 people wait. Nobody moves up before the lots are drawn" in text_of(looked)
    client.post(at(meetup, "line"), {**typed, "publish": "yes", "seen": looked.context["mark"]})
    assert Capacity.objects.get().draw_at.astimezone(looked.context["form"].zone).isoformat()[:16] == f"{day}T20:00"


def test_passing_seats_on_is_allowed_and_not():
    meetup = opened(1)
    client = browser_of(ada())
    for allowed, told in (("yes", "People may pass their seat on."), ("no", "Seats given back go to those who wait.")):
        answer = client.post(at(meetup, "transfers"), {"allowed": allowed}, follow=True)
        assert (told in text_of(answer), Capacity.objects.get().transfers) == (True, allowed == "yes")


def test_everybody_reads_the_rule_and_who_has_a_limit():
    meetup = opened(1)
    crowd(meetup, 3)
    rule(meetup, rule="groups", groups=("operators",), offer_hours=48)
    for kind, value, most in (("role", "vendor", 3), ("organisation", "Acme Secret", 2), ("organisation", "*", 4)):
        actions.set_quota(meetup, kind, value, most, by=ada(), now=NOW)
    page = text_of(browser_of().get(at(meetup, "waitlist")))
    for sentence in (
        "1 of 1 seats taken",
        "2 waiting",
        "First people who operate, or expect to, then everybody else.",
        "A free seat is offered for 2 days; if it is not taken by then, it goes to the next.",
        "At most 4 seats for each organisation.",
        "At most 2 seats for people of one organisation.",
    ):
        assert sentence in page
    assert "Acme" not in page
    assert at(meetup, "waitlist") in browser_of().get(reverse("registration:seat", args=[meetup.slug])).content.decode()


def test_before_the_draw_only_the_fingerprint_of_the_seed_is_there():
    meetup = lottery()
    seed = Capacity.objects.get().seed
    answer = browser_of().get(at(meetup, "waitlist"))
    assert (draw.commitment(seed) in text_of(answer), seed in answer.content.decode()) == (True, False)
    assert "On 11 January 2027, 12:00, times of Lisbon." in text_of(answer)
    assert browser_of().get(at(meetup, "draw")).status_code == 404


def test_anybody_can_draw_the_lots_again(tmp_path, capsys):
    meetup = lottery(people=9)
    actions.draw_lots(meetup, now=later(days=1))
    page, download = browser_of().get(at(meetup, "waitlist")), browser_of().get(at(meetup, "draw"))
    (tmp_path / "draw.json").write_bytes(download.content)
    facts = json.loads(download.content)
    mine = [draw.code_of(seat.token) for seat in Seat.objects.filter(lot__gt=0).order_by("lot")]
    assert (facts["order"], facts["codes"]) == (mine, sorted(mine))
    assert re.findall(r'<li id="(\w+)">', page.content.decode()) == mine
    program = unescape(re.search(r"<pre><code>(.*?)</code></pre>", page.content.decode(), re.DOTALL)[1])
    assert len(program.splitlines()) == 8
    ran = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    told = "\n".join(f"{number} {code}" for number, code in enumerate(mine, 1))
    assert ran.stdout == f"the seed is the one promised: True\nthe order is the one published: True\n{told}\n"
    assert main(["draw", str(tmp_path / "draw.json")]) == 0
    assert capsys.readouterr().out.endswith(f"{told}\n")
    facts["order"] = facts["order"][::-1]
    (tmp_path / "draw.json").write_text(json.dumps(facts))
    assert main(["draw", str(tmp_path / "draw.json")]) == 1
    assert "the order is the one published: NO" in capsys.readouterr().out
    for odd in ("[]", "{", '{"seed": 1, "seal": 2, "codes": [3], "order": 4}'):
        (tmp_path / "odd.json").write_text(odd)
        assert main(["draw", str(tmp_path / "odd.json")]) == 2


def test_after_the_draw_only_the_hours_of_an_offer_change():
    meetup = lottery()
    actions.draw_lots(meetup, now=later(days=1))
    client = browser_of(ada())
    refused = client.post(at(meetup, "line"), {"rule": "first_come", "offer_hours": "0"})
    assert (refused.status_code, "The lots are drawn, and the line has their order." in text_of(refused)) == (422, True)
    looked = client.post(at(meetup, "line"), {"rule": "lottery", "offer_hours": "5"})
    assert "and everybody keeps their place." in text_of(looked)


def test_the_board_says_whom_the_next_seat_goes_to_and_who_is_passed_over():
    meetup = opened(3)
    actions.set_quota(meetup, "role", "vendor", 1, by=ada(), now=NOW)
    seated(meetup, "Vic", VENDOR)
    crowd(meetup, 2)
    late = timezone.now().date() + timedelta(days=3)
    meetups.set_place(meetup, ada(), meetups.Place("europe", "Lisbon", "PT", "", late, None, "", "Europe/Lisbon"), now=NOW)
    seated(meetup, "Vera", VENDOR)
    hasty = seated(meetup, "Noa")
    actions.set_notice(hasty, 10, now=timezone.now())
    next_one = seated(meetup, "Ole")
    answer = browser_of(ada()).get(at(meetup, "board"))
    page = text_of(answer)
    assert "goes to Ole Example , because nobody who can have it registered before them." in page
    assert "Vera Example : the one seat for “Vendor, wearing a user's hat” was taken" in page
    assert "Noa Example : needs 10 days of notice, and 3 days are left" in page
    assert [(row.seat.name, row.place) for row in answer.context["board"].rows] == [
        ("Vera Example", 1), ("Noa Example", 2), ("Ole Example", 3),
    ]  # fmt: skip
    actions.cancel_seat(Seat.objects.get(name="Guest1 Example"), now=timezone.now())
    assert Seat.objects.get(pk=next_one.pk).state == "held"
    assert "Nobody who waits can have a seat now: it would stay free." in text_of(browser_of(ada()).get(at(meetup, "board")))


def test_offers_come_first_on_the_board_with_their_end():
    meetup = opened(1)
    crowd(meetup, 3)
    rule(meetup, rule="groups", groups=("first_timers",), offer_hours=24)
    actions.cancel_seat(Seat.objects.get(arrival=1), now=NOW)
    board = browser_of(ada()).get(at(meetup, "board")).context["board"]
    assert [(row.seat.name, row.place, row.until, row.group) for row in board.rows] == [
        ("Guest2 Example", 0, "11 January 2027, 12:00", "Everybody else"),
        ("Guest3 Example", 1, "", "Everybody else"),
    ]


def test_the_board_takes_as_many_statements_for_one_as_for_many(django_assert_num_queries):
    meetup = opened(1)
    actions.set_quota(meetup, "role", "vendor", 1, by=ada(), now=NOW)
    seated(meetup, "Vic", VENDOR)
    client = browser_of(ada())
    for people in (1, 60):
        for number in range(people):
            seated(meetup, f"Vera{number}", VENDOR)
        # Session, person; meetup, team; counters, page; next, passed over, full quotas; tabs. And how many more.
        with django_assert_num_queries(10 if people == 1 else 11):
            answer = client.get(at(meetup, "board"))
    assert (len(answer.context["board"].rows), answer.context["board"].next.more) == (50, 50)
    assert "and 50 more" in text_of(answer)
    assert [row.place for row in client.get(at(meetup, "board"), {"page": "2"}).context["board"].rows] == list(range(51, 61))


def test_an_empty_line_and_a_meetup_without_seats_have_pages():
    meetup = opened(3)
    for who, name in ((ada(), "board"), (ada(), "line"), (None, "waitlist")):
        assert browser_of(who).get(at(meetup, name)).status_code == 200
    Capacity.objects.all().delete()
    for who, name in ((ada(), "board"), (ada(), "line"), (None, "waitlist")):
        assert browser_of(who).get(at(meetup, name)).status_code == 200

"""What people told us when they registered is on their own page, and they can change it there."""

import pytest
from django.urls import reverse

from midcycle.journal.models import Entry
from midcycle.journal.queries import entries_of
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.registration import actions, queries
from midcycle.registration.actions import Answers
from midcycle.registration.models import Seat, SeatMove
from tests.world import NOW, ada, browser_of, cy, later
from tests.worlds.registration import ANSWERS, crowd, figures, opened, seated, states

pytestmark = pytest.mark.django_db

TYPED = {
    "name": "Bo Renamed", "role": "vendor", "sector": "government", "region": "asia", "first_time": "yes", "on_list": "no",
    "heard_how": "forwarded",
}  # fmt: skip
PRIVATE = {"Cache-Control": "private, no-store", "Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex, nofollow"}


def page_of(seat, name="answers"):
    return reverse(f"registration:{name}", args=[seat.meetup.slug, seat.token])


def text_of(answer):
    return " ".join(answer.content.decode().split())


def said(seat):
    kept = Seat.objects.get(pk=seat.pk)
    return (kept.name, kept.role, kept.sector, kept.region, kept.first_time, kept.on_list, kept.heard_how)


BEFORE = ("Bo Example", "operator", "public cloud", "europe", False, True, "list")
AFTER = ("Bo Renamed", "vendor", "government", "asia", True, False, "forwarded")


def test_the_status_page_tells_what_was_said_and_leads_to_changing_it():
    seat = seated(opened(1), "Bo")
    page = text_of(browser_of().get(page_of(seat, "status")))
    assert queries.seat_status(seat, now=NOW).said == (
        ("Name", "Bo Example"),
        ("What you do", "Operator"),
        ("Sector", "Public cloud"),
        ("Where you work", "Europe"),
        ("First meetup with us", "No"),
        ("On the community's list", "Yes"),
        ("How you heard", "On the community's list"),
    )
    assert "<h2>What you told us</h2>" in page
    assert "<dt>Sector</dt> <dd>Public cloud</dd>" in page
    assert f'href="{page_of(seat)}" >Change my answers</a>' in page


def test_what_was_not_said_is_not_listed():
    seat = seated(opened(1), "Bo", Answers(role="other"))
    assert queries.seat_status(seat, now=NOW).said == (("Name", "Bo Example"), ("What you do", "Something else"))


def test_somebody_changes_what_they_told_us():
    seat = seated(opened(1), "Bo")
    client = browser_of()
    page = text_of(client.get(page_of(seat)))
    assert 'value="Bo Example"' in page
    assert '<option value="public cloud" selected>' in page
    assert 'name="email"' not in page
    answer = client.post(page_of(seat), TYPED, follow=True)
    assert answer.redirect_chain == [(page_of(seat, "status"), 302)]
    assert "Your answers are changed." in text_of(answer)
    assert said(seat) == AFTER


def test_nobody_loses_or_wins_a_place_in_line_by_it():
    meetup = opened(1)
    first, second, third = crowd(meetup, 3)
    for seat in (first, second):
        actions.change_answers(seat, Answers(role="vendor"), name="Anew", now=later(days=1))
    assert [(seat.arrival, seat.state, seat.registered_at) for seat in Seat.objects.order_by("arrival")] == [
        (1, "held", NOW), (2, "waiting", NOW), (3, "waiting", NOW),
    ]  # fmt: skip
    assert [queries.position_of(Seat.objects.get(pk=seat.pk)) for seat in (first, second, third)] == [None, 1, 2]
    assert (figures(meetup), SeatMove.objects.count()) == ((1, 1, 2), 3)


def test_the_journal_tells_that_and_not_what():
    meetup = opened(1)
    seat = seated(meetup, "Bo")
    actions.change_answers(seat, Answers(role="vendor"), name="Bo", now=later(days=1))
    entry = Entry.objects.get(kind="registration.answers_changed")
    assert (entry.meetup, entry.actor, entry.at) == (meetup.pk, seat.person_id, later(days=1))
    assert entry.facts == {"seat": seat.pk}


def test_saying_the_same_again_is_not_news():
    meetup = opened(1)
    seat = seated(meetup, "Bo")
    actions.change_answers(seat, ANSWERS, name="Bo  Example", now=NOW)
    assert [entry.kind for entry in entries_of(meetup.pk)][-1] == "registration.seat_taken"


def test_an_answer_can_be_taken_back():
    seat = seated(opened(1), "Bo")
    client = browser_of()
    assert text_of(client.get(page_of(seat))).count("I&#x27;d rather not say</span>") == 3
    blank = dict.fromkeys(("sector", "region", "first_time", "on_list", "heard_how"), "")
    client.post(page_of(seat), {**TYPED, **blank})
    assert said(seat) == ("Bo Renamed", "vendor", "", "", None, None, "")


def test_words_that_are_not_ours_stay_and_so_does_the_group():
    meetup = opened(1)
    odd = Answers(role="sysadmin", sector="space agency", region="united-states", heard_how="a poster", group="new")
    seat = seated(meetup, "Bo", odd)
    client = browser_of()
    page = text_of(client.get(page_of(seat)))
    for value, word in (("space agency", "Space agency"), ("united-states", "United States"), ("a poster", "A poster")):
        assert f'<option value="{value}" selected>{word}</option>' in page
    kept = {"role": "sysadmin", "sector": "space agency", "region": "united-states", "heard_how": "a poster"}
    assert client.post(page_of(seat), {"name": "Bo Renamed", **kept}).status_code == 302
    assert said(seat) == ("Bo Renamed", "sysadmin", "space agency", "united-states", None, None, "a poster")
    assert Seat.objects.get().group == "new"


def test_who_never_said_what_they_do_is_asked_now():
    seat = seated(opened(1), "Bo", Answers())
    client = browser_of()
    assert text_of(client.get(page_of(seat))).count('name="role"') == 5
    assert client.post(page_of(seat), {"name": "Bo", "role": ""}).status_code == 422
    assert client.post(page_of(seat), {"name": "Bo", "role": "other"}).status_code == 302


def test_a_mistake_is_told_beside_its_field_and_nothing_typed_is_lost():
    seat = seated(opened(1), "Bo")
    answer = browser_of().post(page_of(seat), {**TYPED, "name": " ", "role": ""})
    page = text_of(answer)
    assert answer.status_code == 422
    assert 'id="id_name_error">Type a name people can call you by.' in page
    assert "Choose what fits you best; the last one always does." in page
    assert '<option value="government" selected>' in page
    assert said(seat) == BEFORE


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "N" * 121),
        ("name", "Bo\x00"),
        ("name", "\r\n\t "),
        ("role", "king"),
        ("role", "operator\x00"),
        ("sector", "<script>"),
        ("region", "9" * 5000),
        ("heard_how", "\U0001f98a"),
        ("first_time", "true"),
        ("on_list", "maybe"),
    ],
)
def test_hostile_input_changes_nothing(field, value):
    seat = seated(opened(1), "Bo")
    answer = browser_of().post(page_of(seat), {**TYPED, field: value})
    assert (answer.status_code, said(seat)) == (422, BEFORE)


def test_what_is_not_asked_cannot_be_changed():
    meetup = opened(1)
    seat, other = crowd(meetup, 2)
    more = {
        "email": "mallory@example.org",
        "state": "held",
        "arrival": "1",
        "group": "vip",
        "token": "x",
        "person": seat.person_id,
    }
    browser_of().post(page_of(other), {**TYPED, **more})
    kept = Seat.objects.get(pk=other.pk)
    assert (kept.person.email, kept.state, kept.arrival, kept.group, kept.token) == (
        "guest2@example.org", "waiting", 2, "", other.token,
    )  # fmt: skip


def test_a_name_is_shown_and_never_run():
    seat = seated(opened(1), "Bo")
    answer = browser_of().post(page_of(seat), {**TYPED, "name": "<b>\U0001f98a Bo\u202e</b>"}, follow=True)
    assert "<dd>&lt;b&gt;\U0001f98a Bo&lt;/b&gt;</dd>" in text_of(answer)


@pytest.mark.parametrize(("stage", "why"), [("wrap_up", "This meetup is over"), ("archived", "This meetup is archived")])
def test_answers_stay_once_the_meetup_is_over(stage, why):
    meetup = opened(1, stage="on_site")
    seat = seated(meetup, "Bo")
    for step in ("wrap_up", "archived")[: 1 if stage == "wrap_up" else 2]:
        meetups.move_to_stage(meetup, ada(), step, now=NOW)
    client = browser_of()
    assert "Change my answers" not in text_of(client.get(page_of(seat, "status")))
    page = text_of(client.get(page_of(seat)))
    assert "This meetup is over, so your answers stay as they are." in page
    assert "<form" not in page.partition("<main")[2]
    answer = client.post(page_of(seat), TYPED)
    assert answer.status_code == 422
    assert why in text_of(answer)
    assert 'value="Bo Renamed"' in text_of(answer)
    assert said(seat) == BEFORE


def test_who_gave_the_place_back_registers_again_instead():
    meetup = opened(1)
    seat = seated(meetup, "Bo")
    actions.cancel_seat(Seat.objects.get(), now=NOW)
    assert "You have no place here any more. Register again" in text_of(browser_of().get(page_of(seat)))
    with pytest.raises(Refusal, match="You have no place here any more"):
        actions.change_answers(seat, Answers(role="vendor"), name="Bo", now=NOW)
    assert (said(seat), states(meetup)) == (BEFORE, {"Bo": "cancelled"})


def test_a_stranger_changes_nothing():
    seat = seated(opened(1), "Bo")
    other = opened(1, "Other meetup")
    for slug, token in ((other.slug, seat.token), (seat.meetup.slug, "x" * 32), (seat.meetup.slug, f"{seat.token}x")):
        for client in (browser_of(), browser_of(cy()), browser_of(ada())):
            url = reverse("registration:answers", args=[slug, token])
            assert (client.get(url).status_code, client.post(url, TYPED).status_code) == (404, 404)
    assert said(seat) == BEFORE


def test_the_page_stays_private():
    seat = seated(opened(1), "Bo")
    for answer in (browser_of().get(page_of(seat)), browser_of().post(page_of(seat), {"name": ""})):
        assert {header: answer.headers[header] for header in PRIVATE} == PRIVATE
        assert '<meta name="robots" content="noindex">' in text_of(answer)


def test_the_pages_take_few_statements(django_assert_num_queries):
    meetup = opened(1)
    first, second, third = crowd(meetup, 3)
    actions.cancel_seat(first, now=NOW)
    held, waiting, answers = page_of(second, "status"), page_of(third, "status"), page_of(second)
    client = browser_of()
    for page in (held, waiting):
        with django_assert_num_queries(2):  # seat with its place in line, moves
            client.get(page)
    with django_assert_num_queries(2):  # seat; tabs
        client.get(answers)
    # Begin, lock, seat; answers, needs, entry; commit. And the seat before, which the link opens.
    with django_assert_num_queries(8):
        client.post(answers, TYPED)

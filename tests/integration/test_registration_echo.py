"""Whoever types an address sees the same, whether it is known or not."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from midcycle.engines import tickets
from midcycle.mailing.models import Letter
from midcycle.registration import actions, queries
from midcycle.registration.access import Sender, letter_key
from midcycle.registration.models import Echo, Seat
from tests.world import NOW, ada, bo, browser_of, cy, later
from tests.worlds.mailing import follow
from tests.worlds.registration import ANSWERS, crowd, figures, opened, seated, states

pytestmark = pytest.mark.django_db

TYPED = {"name": "Mallory", "role": "vendor", "sector": "government", "region": "asia", "on_list": "no"}
TOKEN = re.compile(
    r"content=\"\w{64}\"|/seat/[\w-]{32}/|\?seat=[\w-]{32}|%2Fseat%2F[\w-]{32}%2F|[\w-]{86}|\d{2}:\d{2}|csrfmiddlewaretoken.*?>|/ticket.svg|T[\d:.+]+"
)


def typed_by_a_stranger(meetup, email):
    client = browser_of()
    answer = client.post(reverse("registration:seat", args=[meetup.slug]), {**TYPED, "email": email})
    return client, answer


def plain(answer):
    """The answer without what differs for everybody: links, moments, tokens."""
    text = " ".join(answer.content.decode().split())
    return re.sub(r"<code>[0-9a-f ]{24}</code>", "", TOKEN.sub("…", text))


def both(meetup):
    """Register an unknown address and a known one, each in a meetup as it was before, as far as a visitor can see."""
    known, seen = typed_by_a_stranger(meetup, "guest1@example.org")
    new, got = typed_by_a_stranger(meetup, "new@example.org")
    return (known, seen), (new, got)


@pytest.mark.parametrize("total", [1, 9])
def test_a_known_address_and_a_new_one_are_answered_the_same(total):
    meetup = opened(total)
    crowd(meetup, 2)
    (known, seen), (new, got) = both(meetup)
    assert (seen.status_code, re.sub(r"[\w-]{32}/$", "", seen["Location"])) == (
        got.status_code, re.sub(r"[\w-]{32}/$", "", got["Location"]),
    )  # fmt: skip
    assert dict.fromkeys(seen.headers) == dict.fromkeys(got.headers)
    assert plain(known.get(seen["Location"])) == plain(new.get(got["Location"]))
    for part in ("answers/", "cancellation/", "notice/", "transfer/", "colleagues/", "erasure/"):
        shown, other = known.get(seen["Location"] + part), new.get(got["Location"] + part)
        assert (part, shown.status_code, plain(shown)) == (part, other.status_code, plain(other))
    weekly = f"{meetup.path}letters/weekly/?seat="
    shown, other = (client.get(f"{weekly}{page['Location'][-33:-1]}") for client, page in ((known, seen), (new, got)))
    assert (shown.status_code, plain(shown)) == (other.status_code, plain(other)) == (200, plain(other))


def test_an_echo_can_be_changed_and_given_back_and_nothing_else_is():
    meetup = opened(1)
    first, second = crowd(meetup, 2)
    client, seen = typed_by_a_stranger(meetup, "guest1@example.org")
    page = seen["Location"]
    client.post(f"{page}answers/", {**TYPED, "name": "Other", "role": "operator"})
    client.post(f"{page}notice/", {"days": "4"})
    assert "4 days of notice are needed" in client.get(page).content.decode().lower().replace("\n", " ")
    assert "Other" in client.get(page).content.decode()
    client.post(f"{page}cancellation/")
    assert "You gave your place" in client.get(page).content.decode()
    assert states(meetup) == {"Guest1": "held", "Guest2": "waiting"}
    kept = Seat.objects.get(pk=first.pk)
    assert (kept.token, kept.name, kept.role) == (first.token, "Guest1 Example", "operator")
    assert queries.position_of(second) == 1
    client.post(f"{page}erasure/")
    assert (client.get(page).status_code, Echo.objects.count(), Seat.objects.count()) == (404, 0, 2)


def test_an_echo_proves_no_address():
    meetup = opened(2)
    seat = seated(meetup, "Bo")
    client, seen = typed_by_a_stranger(meetup, "bo@example.org")
    assert client.get(seen["Location"], {"letter": letter_key(seat)}).status_code == 200
    for part, sent in (
        ("transfer/", {"name": "X", "email": "x@example.org"}),
        ("colleagues/", {"colleagues": "X, x@example.org"}),
    ):
        assert "Open your letter first" in client.post(seen["Location"] + part, sent).content.decode() or part == "transfer/"
    assert (Seat.objects.count(), Seat.objects.get().proven) == (1, False)


def test_the_ticket_of_an_echo_looks_the_same_and_opens_no_door():
    meetup = opened(2)
    seat = seated(meetup, "Bo")
    client, seen = typed_by_a_stranger(meetup, "bo@example.org")
    answer = client.get(f"{seen['Location']}ticket.svg")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    echo = Echo.objects.get()
    genuine = tickets.qr_svg(tickets.sign(settings.SECRET_KEY, meetup.pk, echo.code), "Your ticket")
    assert (echo.code == seat.code, answer.content.decode() == genuine) == (False, False)
    assert re.findall(r'viewBox="[^"]+"', answer.content.decode()) == re.findall(r'viewBox="[^"]+"', genuine)


def test_a_page_given_back_opens_nothing_once_somebody_registered_again():
    meetup = opened(9)
    seated(meetup, "Guest1")
    locations = []
    for email in ("guest1@example.org", "new@example.org"):
        client, first = typed_by_a_stranger(meetup, email)
        client.post(f"{first['Location']}cancellation/")
        _, second = typed_by_a_stranger(meetup, email)
        locations.append((client.get(first["Location"]).status_code, client.get(second["Location"]).status_code))
    assert locations == [(404, 200)] * 2


def test_the_owner_of_the_address_is_asked_whether_to_give_the_seat_back_truly():
    meetup = opened(9)
    seat = seated(meetup, "Bo")
    actions.register(meetup, ANSWERS, email="bo@example.org", name="B", now=NOW)
    actions.cancel_echo(Echo.objects.get(), now=NOW)
    follow()
    letter = Letter.objects.get(subject="Is your place at Spring meetup to be given back?")
    assert (letter.person.email, seat.token in letter.body, states(meetup)) == ("bo@example.org", True, {"Bo": "held"})


def test_the_place_of_an_echo_moves_up_as_those_before_it_leave():
    meetup = opened(1)
    _, second, third = crowd(meetup, 3)
    client, seen = typed_by_a_stranger(meetup, "guest2@example.org")
    assert "You are 3rd in the waitlist" in plain(client.get(seen["Location"]))
    actions.leave_waitlist(third, now=NOW)
    assert "You are 2nd in the waitlist" in plain(client.get(seen["Location"]))
    actions.leave_waitlist(second, now=NOW)
    assert "You are 1st in the waitlist" in plain(client.get(seen["Location"]))


def test_needed_notice_is_in_the_history_of_both():
    meetup = opened(1)
    crowd(meetup, 2)
    for visit, answer in both(meetup):
        visit.post(f"{answer['Location']}notice/", {"days": "3"})
        assert "3 days of notice are needed" in plain(visit.get(answer["Location"]))
        assert "3 days of notice are needed" in visit.get(f"{answer['Location']}data.json").content.decode()


def test_a_full_quota_keeps_both_from_changing_their_answers():
    meetup = opened(9)
    crowd(meetup, 2)
    actions.set_quota(meetup, "sector", "health", 0, by=ada(), now=NOW)
    for visit, answer in both(meetup):
        changed = visit.post(f"{answer['Location']}answers/", {**TYPED, "sector": "health"})
        assert (changed.status_code, "This cannot be changed now" in changed.content.decode()) == (422, True)


def test_an_echo_of_another_meetup_opens_nothing():
    meetup, other = opened(2), opened(2, "Autumn meetup")
    seated(meetup, "Bo")
    _, seen = typed_by_a_stranger(meetup, "bo@example.org")
    assert browser_of().get(seen["Location"].replace(meetup.slug, other.slug)).status_code == 404


def test_echoes_are_forgotten_after_a_month():
    meetup = opened(2)
    seated(meetup, "Bo")
    actions.register(meetup, ANSWERS, email="bo@example.org", name="M", now=NOW)
    assert actions.forget_echoes(now=later(days=30)) == 0
    assert actions.forget_echoes(now=later(days=31)) == 1
    assert figures(meetup) == (1, 1, 0)


def test_who_is_signed_in_sees_their_own_seat_and_others_an_echo():
    meetup = opened(2)
    seat = seated(meetup, "Bo")
    form = reverse("registration:seat", args=[meetup.slug])
    assert seat.token in browser_of(bo()).get(form)["Location"]
    answer = browser_of(cy()).post(form, {**TYPED, "email": "bo@example.org"})
    assert seat.token not in answer["Location"]
    assert Echo.objects.count() == 1
    own = {"email": "ada@example.org", "name": "A", "sender": Sender(ada())}
    assert actions.register(meetup, ANSWERS, **own, now=NOW).echo is None

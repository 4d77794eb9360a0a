"""Hostile text and bodies, links used many times at once, and limits, tried on registration: see `docs/explanation`."""

import json
from email import message_from_bytes, policy

import pytest
from django.core import mail
from django.urls import reverse

from midcycle.mailing import actions as mailing
from midcycle.mailing.models import Letter
from midcycle.meetups.actions import make_token
from midcycle.registration import actions
from midcycle.registration.models import Seat, Transfer
from tests.rush import all_at_once
from tests.world import NOW, ada, browser_of
from tests.worlds.mailing import follow
from tests.worlds.registration import ANSWERS, figures, opened, seated

TYPED = {"name": "Bo Example", "email": "bo@example.org", "role": "operator"}
TEXTS = {
    "nul": "Bo\x00Example",
    "right to left": "\u202egpj.oB\u202c",
    "zero width": "B\u200bo\u2060 Exam\ufeffple",
    "nothing to see": "\u200b\u2060\ufeff\u202e",
    "half a character": "Bo \ud800",
    "combining marks": "B" + "\u0351" * 100_000,
    "long": "B" * 1_000_000,
}


def api(meetup, body, token):
    url = f"/api/v1/meetups/{meetup.slug}/seats"
    return browser_of().post(url, body, content_type="application/json", headers={"Authorization": f"Bearer {token}"})


@pytest.mark.django_db
@pytest.mark.parametrize("kind", TEXTS)
def test_hostile_text_is_refused_or_kept_as_harmless_text_and_its_letter_can_be_read(kind, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    text = TEXTS[kind]
    meetup = opened(2)
    token = make_token(meetup, "seats:write", now=NOW)
    if "\ud800" not in text:  # no browser sends half a character
        answer = browser_of().post(reverse("registration:seat", args=[meetup.slug]), {**TYPED, "name": text})
        assert answer.status_code in {302, 400, 422}
    answer = api(meetup, json.dumps({**TYPED, "email": "cy@example.org", "name": text}), token)
    assert answer.status_code in {201, 413, 422}
    follow()
    for letter in Letter.objects.all():
        mailing.deliver(mail.get_connection(), now=letter.next_try_at)
    for message in mail.outbox:
        parsed = message_from_bytes(message.message().as_bytes(), policy=policy.default)
        assert (parsed["Bcc"], parsed["To"] in {"bo@example.org", "cy@example.org"}) == (None, True)
    for seat in Seat.objects.all():
        assert len(seat.name) <= 120
        assert not any(mark in seat.name for mark in "\x00\ud800\r\n")
        assert browser_of().get(reverse("registration:status", args=[meetup.slug, seat.token])).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [
        "[" * 100_000,
        '{"more":' * 5_000 + "1" + "}" * 5_000,
        json.dumps({**TYPED, "more": {"a": [[[[[["x"]]]]]]}}),
        json.dumps({**TYPED, "more": {str(number): "x" for number in range(101)}}),
        json.dumps({**TYPED, "name": {"first": "Bo"}}),
        "1e999",
        "NaN",
        "{" + '"email": "a@b.org", ' * 2_000 + '"name": "x"}',
    ],
    ids=["brackets", "deep", "deep answer", "many answers", "object", "number", "no number", "same name again"],
)
def test_a_body_that_is_deep_or_odd_is_a_problem_and_no_fault(body):
    meetup = opened(2)
    answer = api(meetup, body, make_token(meetup, "seats:write", now=NOW))
    assert (answer.status_code in {400, 422}, answer["Content-Type"]) == (True, "application/problem+json")
    assert Seat.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_one_invitation_used_fifty_times_at_once_is_used_once():
    """One seat passed on, its link opened by fifty (pretalx #2393, #2392)."""
    meetup = opened(3)
    actions.allow_transfers(meetup, allowed=True, by=ada(), now=NOW)
    seat = seated(meetup, "Bo")
    offered = actions.offer_transfer(seat, email="ida@example.org", name="Ida", now=NOW)

    def take_over():
        actions.accept_transfer(Transfer.objects.get(pk=offered.pk), ANSWERS, name="Ida", now=NOW)

    raised = all_at_once([take_over] * 50)
    assert {type(error).__name__ for error in raised} == {"Refusal"}
    assert (len(raised), Seat.objects.count(), figures(meetup)) == (49, 1, (1, 1, 0))
    assert Seat.objects.get().person.email == "ida@example.org"


@pytest.mark.django_db(transaction=True)
def test_ten_colleagues_asked_for_by_many_requests_at_once_stay_ten():
    """Invitations as a spam relay, in a race (pretalx 2026.2.0)."""
    meetup = opened(60)
    seat = seated(meetup, "Bo")
    actions.prove_address(seat, now=NOW)

    def bring(number):
        people = [actions.Colleague("I", f"i{number}-{each}@example.org") for each in range(2)]
        return lambda: actions.register_colleagues(Seat.objects.get(pk=seat.pk), people, now=NOW)

    raised = all_at_once([bring(number) for number in range(12)])
    assert {type(error).__name__ for error in raised} == {"Refusal"}
    assert (len(raised), Seat.objects.count()) == (7, 11)


@pytest.mark.django_db
def test_no_letter_tells_a_stranger_whether_an_address_is_known():
    """Letters go to the address itself, as many for one that is known as for a new one (Postorius CVE-2021-40347)."""
    meetup = opened(9)
    seated(meetup, "Known")
    follow()
    Letter.objects.all().delete()
    for name in ("known", "new"):
        typed = {**TYPED, "email": f"{name}@example.org"}
        browser_of().post(reverse("registration:seat", args=[meetup.slug]), typed)
    follow()
    assert sorted(Letter.objects.values_list("person__email", flat=True)) == ["known@example.org", "new@example.org"]


@pytest.mark.django_db
def test_no_page_of_a_seat_is_kept_or_found_by_others():
    """Private pages in shared caches (Indico 3.2.4)."""
    seat = seated(opened(9), "Bo")
    for part in ("status", "answers", "cancellation", "notice", "transfer", "colleagues", "data", "erasure", "ticket"):
        answer = browser_of().get(reverse(f"registration:{part}", args=[seat.meetup.slug, seat.token]))
        assert (part, answer["Cache-Control"], answer["X-Robots-Tag"]) == (part, "private, no-store", "noindex, nofollow")

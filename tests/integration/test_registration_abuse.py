"""What broke other programs of this kind, tried on registration: each test names the class of fault."""

import re
from email import message_from_bytes, policy

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from midcycle.mailing import actions as mailing
from midcycle.mailing.models import Letter
from midcycle.registration import actions
from midcycle.registration.actions import Answers, Colleague
from midcycle.registration.models import Seat
from midcycle.registration.views.common import FOR_ONE_ADDRESS, FROM_ONE_PLACE
from midcycle.web.limits import Limit
from tests.rush import all_at_once
from tests.world import NOW, ada, browser_of, cy
from tests.worlds.mailing import follow
from tests.worlds.registration import ANSWERS, crowd, figures, opened, seated

pytestmark = pytest.mark.django_db

TYPED = {"name": "Bo Example", "email": "bo@example.org", "role": "operator"}
NAMES = (
    "<script>alert(1)</script>", "{{ seat.person.email }}", "{% include 'x' %}", "=cmd|'/c calc'!A1", "' OR 1=1 --",
    "../../etc/passwd", "Bo\r\nBcc: all@example.org", "http://evil.example/ click", "[click](http://evil.example/)",
    "\u202eexe.oB", "Z\u0351\u0360\u0344a\u0327\u030a\u0335l\u0334g\u0317o", "\U0001f9d1\u200d\U0001f680",
    "%0d%0aSet-Cookie:x=1", "${7*7}",
    "B" * 120,
)  # fmt: skip


def form_of(meetup):
    return reverse("registration:seat", args=[meetup.slug])


def page_of(seat, name="status"):
    return reverse(f"registration:{name}", args=[seat.meetup.slug, seat.token])


def desk(meetup, name="seats"):
    return reverse(f"registration:{name}", args=[meetup.slug])


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_is_text_wherever_it_shows(name):
    """Stored scripts, templates, formulas and headers in a name (pretalx 2026.1.0, Indico 2.2.3, CVE-2023-37901)."""
    meetup = opened(1)
    browser_of().post(form_of(meetup), {**TYPED, "name": name})
    seat = Seat.objects.get()
    pages = [page_of(seat, part) for part in ("status", "answers", "cancellation", "transfer", "colleagues", "erasure")]
    pages += [desk(meetup), f"{desk(meetup)}?q={name[:20]}"]
    organiser = browser_of(ada())
    for page in pages:
        answer = organiser.get(page)
        assert answer.status_code == 200, page
        assert "<script>alert" not in answer.content.decode(), page
        assert not re.search(r'href="http://evil', answer.content.decode()), page
    follow()
    letter = Letter.objects.get()
    assert ("\n" in letter.subject, "\r" in letter.subject, letter.body.count("://")) == (False, False, 1)
    table = organiser.get(reverse("registration:seats_file", args=[meetup.slug, "csv"])).content.decode()
    assert not re.search(r'(^|,)"?[=+\-@\t]', table, re.MULTILINE)
    entry = Calendar.from_ical(organiser.get(page_of(seat, "calendar")).content)
    assert [event["summary"] for event in entry.walk("VEVENT")] == ["Spring meetup"]


def test_a_hostile_name_makes_no_header_of_the_letter(settings):
    """Mail injection (pretalx 2026.1.0)."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    meetup = opened(1, "Spring\r\nBcc: all@example.org")
    seated(meetup, "Bo")
    follow()
    mailing.deliver(mail.get_connection(), now=Letter.objects.get().next_try_at)
    (message,) = mail.outbox
    parsed = message_from_bytes(message.message().as_bytes(), policy=policy.default)
    assert (message.to, parsed["Bcc"], parsed["Subject"]) == (
        ["bo@example.org"], None, "Your seat at Spring Bcc: all@example. org",
    )  # fmt: skip


def test_links_name_the_instance_whatever_host_was_asked():
    """Host header in links (Indico CVE-2021-30185)."""
    meetup = opened(1)
    browser_of().post(form_of(meetup), TYPED, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
    follow()
    assert "evil.example" not in "".join(Letter.objects.values_list("body", flat=True))


def test_registering_needs_the_forms_own_token():
    """Forged forms from other sites (Indico 3.0.3)."""
    meetup = opened(1)
    strict = Client(enforce_csrf_checks=True)
    strict.get(form_of(meetup))
    assert strict.post(form_of(meetup), TYPED).status_code == 403
    assert Seat.objects.count() == 0


@pytest.mark.parametrize("token", ["x", "0", "1", "null", "..", "%00", "A" * 32, "A" * 4000, "seat", "' OR '1'='1"])
def test_a_made_up_link_opens_nothing(token):
    """Guessed and forged links (Indico CVE-2025-53640)."""
    meetup = opened(1)
    seated(meetup, "Bo")
    for kind in ("seat", "transfer"):
        assert browser_of().get(f"{meetup.path}{kind}/{token}/").status_code in {400, 404}


def test_no_link_or_number_is_worked_out_from_an_address():
    """Fields computed from the address (pretalx 2026.2.0)."""
    one, two = opened(2), opened(2, "Autumn meetup")
    first, second = seated(one, "Bo"), seated(two, "Bo")
    assert first.token != second.token
    assert first.code != second.code
    assert min(len(seat.token) for seat in (first, second)) == 32


def test_a_link_that_was_replaced_opens_nothing_again():
    """Replayed links."""
    meetup = opened(1)
    seat = seated(meetup, "Bo")
    actions.cancel_seat(seat, now=NOW)
    actions.register(meetup, ANSWERS, email="bo@example.org", name="Bo", now=NOW)
    for part in ("status", "answers", "cancellation", "ticket", "data"):
        assert browser_of().get(page_of(seat, part)).status_code == 404


def test_who_comes_back_is_not_shown_what_was_before():
    """Somebody who knows an address learns nothing of its past."""
    meetup = opened(1)
    seat = actions.take_seat(
        meetup, Answers(role="vendor", organisation="Secret AG", diet="vegan"), email="bo@example.org", name="Bo", now=NOW
    ).seat
    actions.cancel_seat(seat, now=NOW)
    answer = browser_of().post(form_of(meetup), {**TYPED, "name": "Mallory"}, follow=True)
    page = answer.content.decode()
    kept = Seat.objects.get()
    assert [word in page for word in ("Secret AG", "vegan", "Cancelled", "given back")] == [False] * 4
    data = browser_of().get(page_of(kept, "data")).content.decode()
    assert [word in data for word in ("Secret AG", "vegan", "cancelled")] == [False] * 3


@pytest.mark.django_db(transaction=True)
def test_fifty_with_one_address_get_one_seat():
    """Races on one invitation (pretalx #2393, #2392)."""
    meetup = opened(60)
    deeds = [lambda: actions.register(meetup, ANSWERS, email="bo@example.org", name="Bo", now=NOW) for _ in range(50)]
    assert all_at_once(deeds) == []
    assert (Seat.objects.count(), figures(meetup)) == (1, (1, 1, 0))


@pytest.mark.django_db(transaction=True)
def test_fifty_for_the_last_seat_get_one():
    """The last seat (Indico oversells it)."""
    meetup = opened(3)
    crowd(meetup, 2)

    def register(number):
        return lambda: actions.register(meetup, ANSWERS, email=f"p{number}@example.org", name="P", now=NOW)

    assert all_at_once([register(number) for number in range(50)]) == []
    assert figures(meetup) == (3, 3, 49)


@pytest.mark.django_db(transaction=True)
def test_an_offer_taken_fifty_times_and_lapsing_meanwhile_is_taken_once():
    """Accepting and lapsing at once."""
    meetup = opened(1)
    actions.set_line_rule(meetup, actions.LineRule(offer_hours=1), by=ada(), now=NOW)
    first, second, _ = crowd(meetup, 3)
    actions.cancel_seat(first, now=NOW)
    late = NOW.replace(hour=13)
    deeds = [lambda: actions.accept_offer(Seat.objects.get(pk=second.pk), now=NOW) for _ in range(25)]
    deeds += [lambda: actions.lapse_offers(meetup, now=late) for _ in range(25)]
    errors = [type(error).__name__ for error in all_at_once(deeds)]
    assert set(errors) <= {"Refusal"}
    assert figures(meetup)[:2] == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_registering_again_while_being_forgotten_breaks_nothing():
    """Somebody is forgotten and comes back in the same moment."""
    meetup = opened(3)
    for _ in range(5):
        seat = actions.register(meetup, ANSWERS, email="bo@example.org", name="Bo", now=NOW).seat

        def register():
            actions.register(meetup, ANSWERS, email="bo@example.org", name="Bo", now=NOW)

        def forget(seat=seat):
            actions.erase_seat(Seat.objects.select_related("person").get(pk=seat.pk), now=NOW)

        raised = all_at_once([register, forget, register, forget, register])
        assert {type(error).__name__ for error in raised} <= {"Refusal", "DoesNotExist"}
        held, taken, _ = figures(meetup)
        assert held == taken <= 1


def test_inviting_is_no_way_to_fill_mailboxes():
    """Invitations as a spam relay (pretalx 2026.2.0): only by a proven address, ten people, no free text, no links in names."""
    meetup = opened(30)
    seat = seated(meetup, "Bo")
    answer = browser_of().post(page_of(seat, "colleagues"), {"colleagues": "I, ida@example.org"})
    assert ("Open your letter first" in answer.content.decode(), Seat.objects.count()) == (True, 1)
    actions.prove_address(seat, now=NOW)
    name = "Win now https://evil.example/x"
    actions.register_colleagues(seat, [Colleague(name, "ida@example.org")], now=NOW)
    follow()
    body = Letter.objects.get(person__email="ida@example.org").body
    assert re.findall(r"\w+://[^/\s]+", body) == [django_settings.MIDCYCLE.public_url_used]


def test_registering_the_same_address_again_and_again_has_to_wait():
    """Limits by whom it concerns (pretalx 2026.2.0: by address alone, and that could be made up)."""
    meetup = opened(1)
    client = browser_of()
    codes = [client.post(form_of(meetup), TYPED).status_code for _ in range(12)]
    assert codes == [302] * 10 + [429] * 2
    forged = {"X-Forwarded-For": "203.0.113.9", "X-Real-IP": "203.0.113.9", "CF-Connecting-IP": "203.0.113.9"}
    answer = client.post(form_of(meetup), TYPED, headers=forged)
    assert (answer.status_code, "Wait" in answer.content.decode()) == (429, True)
    assert client.post(form_of(meetup), {**TYPED, "email": "new@example.org"}).status_code == 302


@pytest.mark.parametrize(
    ("within", "sentence"), [(60, "Wait 60 seconds, and"), (359, "Wait 6 minutes, and"), (3600, "Wait 60 minutes, and")]
)
def test_who_has_to_wait_is_told_for_how_long(monkeypatch, within, sentence):
    """`Retry-After` (RFC 9110) for programs, a sentence for people; minutes are rounded up."""
    monkeypatch.setattr("midcycle.registration.views.common.FROM_ONE_PLACE", Limit(1, within))
    meetup = opened(9)
    browser_of().post(form_of(meetup), TYPED)
    answer = browser_of().post(form_of(meetup), {**TYPED, "email": "new@example.org"})
    assert answer.status_code == 429
    assert within - 5 <= int(answer["Retry-After"]) <= within + 1
    assert sentence in answer.content.decode()


def test_a_whole_room_behind_one_address_may_register_and_sign_in_at_once(settings):
    """400 people share one network address; who asks for one address again and again is stopped all the same."""
    assert [FROM_ONE_PLACE.wait("192.0.2.1", now=1.0) for _ in range(400)] == [0] * 400
    settings.MIDCYCLE = django_settings.MIDCYCLE.model_copy(update={"mail_url": "smtp://mail.example:25"})
    cache.clear()
    codes = [browser_of().post("/sign-in/", {"email": f"p{number}@example.org"}).status_code for number in range(60)]
    assert codes == [302] * 60
    again = [browser_of().post("/sign-in/", {"email": "p1@example.org"}) for _ in range(3)]
    assert "Too many tries." in again[-1].content.decode()


def test_a_flood_from_one_place_has_to_wait_whatever_it_says_of_itself(monkeypatch):
    """Limits by network address, with a made-up `X-Forwarded-For` (pretix CVE-2023-44463, HedgeDoc CVE-2026-58488)."""
    monkeypatch.setattr("midcycle.registration.views.common.FROM_ONE_PLACE", Limit(3, 3600))
    meetup = opened(9)

    def register(number, remote):
        forged = {"X-Forwarded-For": f"203.0.113.{number}"}
        sent = {**TYPED, "email": f"p{number}@example.org"}
        return browser_of().post(form_of(meetup), sent, headers=forged, REMOTE_ADDR=remote).status_code

    assert [register(number, "192.0.2.1") for number in range(5)] == [302, 302, 302, 429, 429]
    assert register(6, "192.0.2.2") == 302
    assert (Seat.objects.count(), FROM_ONE_PLACE is not FOR_ONE_ADDRESS) == (4, True)


def test_huge_and_odd_bodies_are_refused():
    """Multipart floods (Indico CVE-2023-46136) and bodies no browser sends."""
    meetup = opened(1)
    many = {**TYPED, **{f"x{number}": "1" for number in range(600)}}
    assert browser_of().post(form_of(meetup), many).status_code == 400
    assert browser_of().post(form_of(meetup), b"\xff\xfe", content_type="application/x-www-form-urlencoded").status_code == 422
    parts = b"--b\r\n" * 5000
    assert browser_of().post(form_of(meetup), parts, content_type="multipart/form-data; boundary=b").status_code in {400, 422}
    assert Seat.objects.count() == 0


def test_a_stranger_at_the_desk_finds_nothing():
    """Missing checks on single routes (Indico CVE-2026-28352)."""
    meetup = opened(1)
    seat = seated(meetup, "Bo")
    for who in (None, cy()):
        for name in ("seats", "capacity", "spectrum", "imports", "walk_in"):
            assert browser_of(who).get(desk(meetup, name)).status_code == 404
        number = reverse("registration:check_in", args=[meetup.slug, seat.pk])
        assert browser_of(who).post(number).status_code == 404

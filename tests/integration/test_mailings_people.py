"""Whom a letter to many goes to, who is left out, and what it says."""

import pytest

from midcycle.accounts.models import Person
from midcycle.mailing import actions, queries
from midcycle.mailing.models import Letter
from midcycle.mailing.queries import audience
from midcycle.mailing.rules import Audience
from midcycle.meetups import actions as meetups
from midcycle.registration import actions as registration
from midcycle.registration.access import letter_key
from midcycle.registration.actions import Answers
from midcycle.registration.models import Seat
from tests.world import NOW, ada, bo, cy, dee, later
from tests.worlds.hosting import answered, asked
from tests.worlds.mailing import drafted, follow, send, sent, told
from tests.worlds.registration import opened, seated

pytestmark = pytest.mark.django_db


def everybody():
    """Return a meetup on site with somebody in every state: three seats and a waitlist."""
    meetup = opened(4, stage="on_site")
    operates, sells = Answers(role="operator", sector="public cloud"), Answers(role="vendor", sector="government")
    here, gone, back = (seated(meetup, name, operates) for name in ("Here", "Gone", "Back"))
    seated(meetup, "Held", sells)
    seated(meetup, "Waits")
    seated(meetup, "Offered")
    Seat.objects.filter(name="Offered Example").update(state="offered")
    registration.check_in(here, by=ada(), now=NOW)
    Seat.objects.filter(pk=gone.pk).update(state="no_show")
    Seat.objects.filter(pk=back.pk).update(state="cancelled")
    return meetup


@pytest.mark.parametrize(
    ("kind", "value", "names"),
    [
        ("seats", "", ["Here", "Held"]),
        ("not_here", "", ["Held"]),
        ("here", "", ["Here"]),
        ("no_shows", "", ["Gone"]),
        ("waiting", "", ["Waits"]),
        ("offered", "", ["Offered"]),
        ("team", "", ["Ada"]),
        ("role", "operator", ["Here"]),
        ("role", "vendor", ["Held"]),
        ("sector", "government", ["Held"]),
        ("sector", "health", []),
    ],
)
def test_each_audience_is_who_it_says(kind, value, names):
    meetup = everybody()
    people = queries.chosen_for(meetup, Audience(kind, value), now=NOW)
    assert [person.name.split()[0] for person in people] == names


def test_those_who_answered_the_call_and_did_not_register_are_written_to():
    meetup = asked()
    for name in ("Bo", "Dee", "Fay"):
        answered(meetup, name)
    for stage in ("hosting", "registration"):
        meetups.move_to_stage(meetup, ada(), stage, now=NOW)
    registration.open_registration(meetup, total=5, by=ada(), now=NOW)
    seated(meetup, "Fay")
    mailing = sent(meetup, "interested", text="{seat_link}")
    assert told(mailing) == {"Bo": "waiting", "Dee": "waiting"}
    letter = Letter.objects.get(mailing=mailing, person=bo())
    assert letter.body.startswith("http://127.0.0.1:8000/m/northern-meetup/seat/?via=letter\n")


def test_one_person_can_be_written_to_who_is_known_at_the_meetup_and_nobody_else():
    meetup = everybody()
    waits = Person.objects.get(name="Waits Example")
    assert told(sent(meetup, "person", waits.pk)) == {"Waits": "waiting"}
    assert {cy().pk, Person.objects.get(name="Back Example").pk} & set(
        queries.chosen_for(meetup, Audience("person", str(cy().pk)), now=NOW).values_list("pk", flat=True)
    ) == set()
    assert [queries.found_person(meetup, text) for text in (str(cy().pk), "x", "", "-1", "9" * 30, "²")] == [None] * 6


def test_a_letter_is_filled_in_for_each_and_says_how_to_get_no_more():
    meetup = opened(2)
    seat = seated(meetup, "Bo")
    text = "Hello {name},\n\n\nsee you at {where}, {when}.\n{meetup_link}\n{seat_link}"
    letter = Letter.objects.get(mailing=sent(meetup, subject="{name}: news of {meetup}", text=text))
    assert letter.subject == "Bo Example: news of Spring meetup"
    words, _, footer = letter.body.partition("\n\nYou get this")
    base = "http://127.0.0.1:8000/m/spring-meetup/"
    assert words == (
        "Hello Bo Example,\n\n\nsee you at The Dockyard, Lisbon, PT, 2\N{EN DASH}3 March 2027.\n"
        f"{base}\n{base}seat/{seat.token}/?letter={letter_key(seat)}"
    )
    assert footer.startswith(" letter from the team of Spring meetup because you have a seat.")
    assert f"\n{base}letters/{bo().pk}-" in footer


def test_names_cannot_be_links_lines_headers_or_placeholders_in_any_letter():
    meetup = opened(5)
    name = "Win at https://evil.example/{seat_link}\r\nBcc: all@example.org <a href='//evil.example'>"
    registration.take_seat(meetup, Answers(), email="bo@example.org", name=name, now=NOW)
    mailing = sent(meetup, subject="Hello {name}", text="Dear {name},")
    follow()
    for letter in Letter.objects.all():
        for text in (letter.subject, letter.body.replace("http://127.0.0.1:8000", "")):
            assert "evil.example" not in text
            assert "://" not in text
        assert "\n" not in letter.subject
    letter = Letter.objects.get(mailing=mailing)
    assert letter.subject == "Hello Win at https evil. example/{seat_link} Bcc: all@example. or…"
    assert letter.body.startswith("Dear Win at https evil. example/{seat_link} Bcc: all@example. or…,\n")


def test_who_wants_none_and_who_got_one_in_the_last_hour_are_left_out_and_noted():
    meetup = opened(9)
    for each in ("Bo", "Dee", "Fay"):
        seated(meetup, each)
    actions.want_no_mailings(meetup, dee(), now=NOW)
    first = sent(meetup, "person", bo().pk)
    draft = drafted(meetup)
    page = queries.preview(draft, 1, by=ada(), now=NOW)
    assert [(group.why, group.names, group.count) for group in page.left_out] == [
        ("no letters", ("Dee Example",), 1),
        ("lately", ("Bo Example",), 1),
    ]
    assert send(draft) == 1
    follow()
    assert told(first) == {"Bo": "waiting"}
    assert told(draft) == {"Fay": "waiting", "Dee": "skipped no letters", "Bo": "skipped lately"}
    assert told(sent(meetup, now=later(hours=1))) == {"Bo": "waiting", "Fay": "waiting", "Dee": "skipped no letters"}


def test_addresses_that_never_proved_to_exist_get_no_letter_to_many():
    meetup = opened(9)
    proven, *_ = [seated(meetup, name) for name in ("Proven", "Typo", "Busy", "Mended", "Silent")]
    registration.prove_address(proven, now=NOW)
    follow()
    refused = {"Proven": "mailbox 550 5.1.1", "Typo": "mailbox 550 5.1.1", "Busy": "mailbox 450", "Mended": "mailbox 550"}
    for name, why in refused.items():
        Letter.objects.filter(person__email=f"{name.lower()}@example.org").update(state="failed", why=why)
    mended = {"person": Person.objects.get(email="mended@example.org"), "meetup": meetup, "state": "sent"}
    Letter.objects.create(key="x", subject="x", body="x", next_try_at=NOW, written_at=NOW, **mended)
    draft = drafted(meetup)
    page = queries.preview(draft, 1, by=ada(), now=NOW)
    assert [(group.why, group.names) for group in page.left_out] == [("came back", ("Typo Example",))]
    assert send(draft) == 4
    follow()
    assert told(draft)["Typo"] == "skipped came back"
    typo = Person.objects.get(email="typo@example.org")
    assert queries.chosen_for(meetup, Audience("person", str(typo.pk)), now=NOW).count() == 1


def test_whoever_gave_the_seat_back_is_named_as_left_out():
    meetup = opened(9)
    registration.cancel_seat(seated(meetup, "Bo"), now=NOW)
    seated(meetup, "Dee")
    groups = audience.left_out(meetup, Audience("seats"), now=NOW)
    assert [(group.reason, group.names) for group in groups] == [("gave the seat back", ("Bo Example",))]
    assert audience.left_out(meetup, Audience("role", "vendor"), now=NOW) == ()

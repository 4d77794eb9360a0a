"""By which link somebody came goes with them from page to page to their seat, and says nothing of who passed it on."""

import pytest

from midcycle.registration import actions, queries
from midcycle.registration.access import Sender, invitation_of, way_of
from midcycle.registration.actions import Colleague
from midcycle.registration.models import Capacity, Echo, Seat
from midcycle.registration.rules.ways import FURTHEST, Way
from tests.world import NOW, ada, browser_of, later
from tests.worlds.registration import ANSWERS, opened, seated

pytestmark = pytest.mark.django_db
PAGE, FORM = "/m/spring-meetup/", "/m/spring-meetup/seat/"
TYPED = {"name": "Bo Example", "email": "bo@example.org", "role": "operator"}


def came(via: str, name: str = "Bo") -> Seat:
    """Return the seat of somebody who came by a link."""
    meetup = Seat.objects.order_by("pk")[0].meetup
    email, sender = f"{name.lower()}@example.org", Sender(came_by=via)
    return actions.register(meetup, ANSWERS, email=email, name=name, now=later(minutes=1), sender=sender).seat


def in_two_languages():
    """Return a meetup whose form leads from one language to the other."""
    meetup = opened()
    actions.set_languages(meetup, ["en", "de"], by=ada(), now=NOW)
    return meetup


def test_the_link_goes_along_from_the_page_of_the_meetup_to_the_seat():
    in_two_languages()
    page = browser_of().get(f"{PAGE}?via=operators-list").content.decode()
    assert page.count(f'href="{FORM}?via=operators-list"') == 2
    assert f'href="{FORM}"' not in page
    form = browser_of().get(f"{FORM}?via=operators-list").content.decode()
    assert 'href="?via=operators-list&amp;lang=de"' in form
    browser_of().post(f"{FORM}?via=operators-list", TYPED)
    assert Seat.objects.get().via == "operators-list"


def test_what_is_kept_ready_for_many_shows_nobody_how_somebody_else_came():
    in_two_languages()
    pages = [browser_of().get(f"{FORM}{via}").content.decode() for via in ("?via=one", "?via=two", "", "?via=one")]
    assert [[f"via={word}" in page for word in ("one", "two")] for page in pages] == [
        [True, False], [False, True], [False, False], [True, False],
    ]  # fmt: skip


def test_a_form_that_is_shown_again_still_knows_the_link():
    in_two_languages()
    answer = browser_of().post(f"{FORM}?via=poster", {**TYPED, "name": ""})
    assert (answer.status_code, 'href="?via=poster&amp;lang=de"' in answer.content.decode()) == (422, True)


def test_hands_are_counted_and_everybody_as_far_has_the_same_link():
    meetup = opened(9)
    first = actions.take_seat(
        meetup, ANSWERS, email="a@example.org", name="A", now=later(), origin=actions.Origin(via="poster")
    ).seat
    second, other = came(invitation_of(first), "Bo"), came(invitation_of(first), "Cy")
    third = came(invitation_of(second), "Dee")
    assert [seat.via for seat in (first, second, other, third)] == ["poster", "poster~1", "poster~1", "poster~2"]
    assert invitation_of(second) == invitation_of(other)
    assert came(invitation_of(seated(meetup, "Finn")), "Gil").via == "~1"


def test_a_chain_without_end_stops_being_counted():
    seat = seated(opened(2), "Bo")
    seat.via = f"poster~{FURTHEST}"
    assert came(invitation_of(seat), "Cy").via == f"poster~{FURTHEST}"


def test_nobody_is_invited_by_themselves():
    """Whoever gives a seat back and comes by their own link came as they did first."""
    meetup = opened()
    seat = seated(meetup, "Bo")
    own = invitation_of(seat)
    actions.cancel_seat(seat, now=later(minutes=1))
    assert (came(own).via, came(own).pk) == ("", seat.pk)


@pytest.mark.parametrize(
    "said",
    ["x" * 31, "x" * 9000, "Poster", "pos ter", "-a", "a-", "~", "~1", "~1~", "poster~1", "poster~1~000000000000", "poster~0~",
     "~1~~", "a~b~c", "\x00", "\ud800", "ä", "<b>", "poster~10~aa", "poster~", "~poster", "\uff11"],
)  # fmt: skip
def test_what_nobody_was_given_tells_nothing(said):
    meetup = opened()
    assert way_of(meetup.pk, said) == ""


def test_an_invitation_to_another_meetup_tells_nothing():
    meetup, other = opened(), opened(title="Autumn meetup")
    link = invitation_of(seated(meetup, "Bo"))
    assert (way_of(meetup.pk, link), way_of(other.pk, link)) == ("~1", "")


@pytest.mark.parametrize("said", ["%00", "x" * 5000, "%3Cscript%3E", "%ED%A0%80", "a%26b"])
def test_hostile_text_in_the_address_is_in_no_page(said):
    opened()
    for page in (PAGE, FORM, "/m/spring-meetup/agenda/"):
        answer = browser_of().get(f"{page}?via={said}")
        assert (answer.status_code, "via=" in answer.content.decode()) == (200, False)
    assert browser_of().post(f"{FORM}?via={said}", TYPED).status_code == 302
    assert Seat.objects.get().via == ""


def test_the_agenda_leads_on_to_registering_with_the_link():
    opened()
    page = browser_of().get("/m/spring-meetup/agenda/?via=poster").content.decode()
    assert f'href="{PAGE}?via=poster"' in page
    assert "via=" not in browser_of().get("/m/spring-meetup/agenda/").content.decode()


def test_a_stranger_who_types_a_known_address_passes_on_a_link_like_anybody_new():
    meetup = opened()
    seated(meetup, "Bo")
    sender = Sender(came_by="poster")
    actions.register(meetup, ANSWERS, email="bo@example.org", name="Mallory", now=later(), sender=sender)
    echo = Echo.objects.get()
    actions.change_echo(echo, ANSWERS, name="Mallory", now=later())
    assert way_of(meetup.pk, invitation_of(echo)) == "poster~1"
    assert Seat.objects.get().via == ""


def test_colleagues_came_one_hand_further_and_whoever_takes_a_seat_over_by_no_link():
    meetup = opened(5)
    seated(meetup, "Bo")
    Seat.objects.update(via="poster", proven=True)
    Capacity.objects.update(transfers=True)
    bo = Seat.objects.get()
    actions.register_colleagues(bo, [Colleague("Cy", "cy@example.org")], now=later())
    assert Seat.objects.get(person__email="cy@example.org").via == "poster~1"
    offered = actions.offer_transfer(bo, email="dee@example.org", name="Dee", now=later())
    assert actions.accept_transfer(offered, ANSWERS, name="Dee", now=later()).via == ""


def test_a_way_is_read_as_it_was_written():
    for way in (Way(), Way("poster"), Way("poster", 2), Way("", FURTHEST)):
        assert Way.of(str(way)) == way


def test_it_goes_with_the_answer_how_somebody_heard():
    meetup = opened()
    seat = seated(meetup, "Bo")
    Seat.objects.update(via="poster")
    assert browser_of().get(f"{FORM}{seat.token}/data.json").json()["seat"]["via"] == "poster"


def test_own_words_say_how_somebody_heard_and_everybody_sees_another_way():
    meetup = opened(6)
    for number in range(6):
        typed = {**TYPED, "email": f"guest{number}@example.org", "heard_how": "", "heard_words": " On the  <b>radio</b> "}
        assert browser_of().post(FORM, typed).status_code == 302
    assert set(Seat.objects.values_list("heard_how", flat=True)) == {"On the <b>radio</b>"}
    assert [(group.label, group.count) for group in queries.spectrum(meetup).heard] == [("Another way", 6)]
    change = browser_of().get(f"{FORM}{Seat.objects.all()[0].token}/answers/").content.decode()
    assert "On the &lt;b&gt;radio&lt;/b&gt;</option>" in change


@pytest.mark.parametrize("words", ["x" * 161, "\x00"])
def test_own_words_that_cannot_be_kept_are_told_beside_the_field(words):
    opened()
    answer = browser_of().post(FORM, {**TYPED, "heard_words": words})
    assert (answer.status_code, 'id="id_heard_words_error"' in answer.content.decode()) == (422, True)

"""Pages that are made once for all: what is one person's own never comes to another, and nothing shown is old."""

import html
import re

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import translation

from midcycle.meetups.models import Meetup
from midcycle.registration import actions
from midcycle.registration.actions import Answers
from midcycle.registration.forms import ChangeForm, SeatForm
from midcycle.registration.models import Seat, SeatMove
from midcycle.registration.queries import Told, form_of
from midcycle.registration.rules.line import LineRule
from midcycle.web import kept
from tests.world import NOW, ada, browser_of
from tests.worlds.registration import crowd, opened, seated

pytestmark = pytest.mark.django_db

_CHECK = re.compile(r'(csrfmiddlewaretoken" value|csrf-token" content)="[^"]*"')
_OWN = Answers(
    role="vendor", sector="<b>& co</b>", region="asia", heard_how="colleague", organisation="Secret Ltd", first_time=True
)


def page_of(seat):
    answer = browser_of().get(reverse("registration:status", args=[seat.meetup.slug, seat.token]))
    assert answer.status_code == 200
    return _CHECK.sub("", answer.content.decode())


def made_anew(seat):
    kept._pages.clear()  # as if nobody had been here before
    return page_of(seat)


def four(rule="first_come"):
    """Return two people with seats and two who wait, with answers in pairs and names that are hostile."""
    meetup = opened(2)
    actions.set_line_rule(meetup, LineRule(rule, groups=("operators",) if rule == "groups" else ()), by=ada(), now=NOW)
    names = ("Ida", "m", "{{ token }}", "<script>alert(1)</script>")
    return [
        actions.take_seat(meetup, _OWN, email=f"p{number}@example.org", name=name, now=NOW).seat
        for number, name in enumerate(names)
    ]


@pytest.mark.parametrize("rule", ["first_come", "groups"])
def test_everybody_sees_their_own_page_whoever_looked_before(rule):
    seats = four(rule)
    seats.append(seated(seats[0].meetup, "Plain"))
    kept._pages.clear()
    seen = [page_of(seat) for seat in (*seats, *seats[::-1])]
    assert seen[:5] == seen[5:][::-1] == [made_anew(seat) for seat in seats]
    for seat, page in zip(seats, seen, strict=False):
        others = [other for other in seats if other != seat]
        assert html.escape(seat.name) in page
        assert [each for each in others if each.token in page] == []
        assert [each for each in others if len(each.name) > 1 and html.escape(each.name) in page] == []
        assert f"next=%2Fm%2F{seat.meetup.slug}%2Fseat%2F{seat.token}%2F" in page


def test_a_page_is_made_anew_when_anything_on_it_changes():
    seats = four()
    pages = [page_of(seats[0])]
    changes = (
        lambda: Meetup.objects.update(title="Another title"),
        lambda: SeatMove.objects.filter(seat=seats[0]).update(reason="somebody wanted it"),
        lambda: Seat.objects.filter(pk=seats[0].pk).update(proven=True),
        lambda: actions.allow_transfers(seats[0].meetup, allowed=True, by=ada(), now=NOW),
        lambda: actions.cancel_seat(seats[0], now=NOW),
    )
    for change in changes:
        change()
        pages.append(page_of(seats[0]))
        assert pages[-1] == made_anew(seats[0])
    assert len(set(pages)) == len(pages)


def test_pages_alike_are_made_once(django_assert_max_num_queries):
    seats = crowd(opened(3), 3)
    kept._pages.clear()
    for seat in Seat.objects.select_related("meetup").filter(pk__in=[seat.pk for seat in seats]):
        with django_assert_max_num_queries(2):
            page_of(seat)
    assert len(kept._pages) == 1


def test_who_is_signed_in_is_shown_a_page_made_for_them():
    seat = crowd(opened(3), 1)[0]
    kept._pages.clear()
    answer = browser_of(seat.person).get(reverse("registration:status", args=[seat.meetup.slug, seat.token]))
    assert (str(seat.person) in answer.content.decode(), kept._pages) == (True, {})


def test_fields_made_once_for_a_language_are_a_form_s_own():
    meetup = opened(3)
    asked, seat = form_of(meetup), seated(meetup, "Bo")
    first = SeatForm(asked=asked)
    first.fields["sector"].choices = [("mine", "Mine")]
    first.fields["name"].required = False
    ChangeForm(seat, asked=asked, told=Told("", "", {}))
    again = SeatForm(asked=asked)
    assert (("mine", "Mine") in again.fields["sector"].choices, again.fields["name"].required) == (False, True)
    assert ("", "I'd rather not say") not in again.fields["photos"].widget.choices
    with translation.override("de"):
        german = SeatForm(asked=asked).fields["name"].label
    assert (german, SeatForm(asked=asked).fields["name"].label) == ("Ihr Name", "Your name")


@pytest.mark.of_postgres
def test_the_server_keeps_the_plans_of_what_is_asked_on_every_request_without_its_values():
    crowd(opened(9), 5)
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        statements = [statement for (statement,) in cursor.fetchall()]
    assert [each for each in statements if "Guest" in each] == []
    assert len([each for each in statements if each.startswith('INSERT INTO "registration_seat" ')]) == 1

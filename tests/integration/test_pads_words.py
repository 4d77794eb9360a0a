"""What the editor proposes: tags of the meetup, people of the session, and who wrote what."""

import pytest
from django.urls import reverse

from midcycle.agenda.models import SessionPart
from midcycle.journal.models import Entry
from midcycle.pads import actions
from midcycle.pads.models import Client, Guest, Pad
from midcycle.pads.queries import words_for
from midcycle.pads.tasks import seat_erased
from midcycle.topics.models import Topic
from tests.world import NOW, ada, bo, browser_of, cy, dee, placed
from tests.worlds.agenda import planned, session

pytestmark = pytest.mark.django_db


def a_pad(**texts):
    meetup = placed(stage="on_site")
    pads = [actions.open_pad(meetup, name, title=name, by=ada(), now=NOW, text=text) for name, text in texts.items()]
    return pads[0]


def asked(pad, who=None):
    return browser_of(who).get(reverse("pads:words", args=[pad.meetup.slug, pad.name]))


def test_tags_of_all_pads_and_of_topics_are_proposed_the_usual_ones_first():
    pad = a_pad(one="##ceph and ##Upgrade\n", two="##upgrade\n`##code`\n")
    Topic.objects.create(meetup=pad.meetup, title="Quotas", tags=["quotas", "ceph"], proposed_by=bo(), proposed_at=NOW)
    Topic.objects.create(meetup=pad.meetup, title="Gone", tags=["gone"], proposed_by=bo(), proposed_at=NOW, withdrawn_at=NOW)
    assert asked(pad, bo()).json() == {"tags": ["upgrade", "ceph", "quotas"], "people": [], "authors": []}


def test_people_with_a_part_in_the_session_are_proposed():
    meetup = planned()
    talk = session(meetup, "Upgrades")
    SessionPart.objects.create(session=talk, person=bo(), part="lead")
    SessionPart.objects.create(session=talk, person=bo(), part="note_taker")
    SessionPart.objects.create(session=talk, person=cy(), part="in_demand")
    actions.open_pads(meetup, by=ada(), now=NOW)
    assert words_for(Pad.objects.get(session=talk)).people == (str(bo()),)


def test_authors_have_their_client_ids_and_whoever_is_forgotten_no_name():
    pad = a_pad(one="Notes\n")
    for client, who in ((2_000, bo()), (2_001, cy()), (2_002, bo())):
        Client.objects.create(pad=pad, client_id=client, person=str(who.pk), name=str(who), colour=3)
    bos, cys = ({"person": str(who.pk), "name": str(who), "colour": 3} for who in (bo(), cy()))
    assert asked(pad, dee()).json()["authors"] == [{**bos, "clients": [2_000, 2_002]}, {**cys, "clients": [2_001]}]
    seat_erased(Entry(kind="registration.seat_erased", meetup=pad.meetup_id, actor=bo().pk, at=NOW))
    assert asked(pad, dee()).json()["authors"][0] == {"person": "gone", "name": "", "colour": 0, "clients": [2_000, 2_002]}


def test_only_who_may_write_is_told():
    pad = a_pad(one="##ceph\n")
    assert asked(pad).status_code == 404
    assert asked(pad, cy()).status_code == 200
    actions.lock(pad, by=ada(), now=NOW)
    assert asked(pad, cy()).status_code == 404
    assert asked(pad, ada()).status_code == 200


def test_guests_are_told_while_they_may_write():
    pad = a_pad(one="##ceph\n")
    actions.say_who_writes(pad.meetup, guests=True, open_until=None, by=ada(), now=NOW)
    guest = browser_of()
    guest.post(reverse("pads:let_guest_in", args=[pad.meetup.slug, pad.name]), {"name": "Gus"})
    address = reverse("pads:words", args=[pad.meetup.slug, pad.name])
    assert guest.get(address).json()["tags"] == ["ceph"]
    actions.put_out(Guest.objects.get(), by=ada(), now=NOW)
    assert guest.get(address).status_code == 404


@pytest.mark.parametrize("amount", [1, 20])
def test_words_take_the_same_queries_for_few_and_many(amount, django_assert_num_queries):
    pad = a_pad(**{f"pad-{number}": f"##tag-{number}\n" for number in range(amount)})
    for number in range(amount):
        Client.objects.create(pad=pad, client_id=2_000 + number, person=f"p{number}", name=f"P {number}", colour=0)
    with django_assert_num_queries(4):
        assert len(words_for(pad).tags) == amount

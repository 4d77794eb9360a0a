"""+1s on pages and in files, and those of somebody who asked to be forgotten."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from midcycle.engines.crdt.writing import edit_to
from midcycle.journal.models import Entry
from midcycle.pads import actions, queries
from midcycle.pads.models import Client, Guest, Pad, Update, Vote
from midcycle.pads.queries import stored
from midcycle.pads.tasks import seat_erased
from tests.spoken import spoken
from tests.world import NOW, ada, bo, browser_of, cy, placed

pytestmark = pytest.mark.django_db

TEXT = "# Wishes\n\n- longer breaks\n- tea\n\nThat is all.\n"
BREAKS, TEA, TITLE = 10, 26, 0  # clocks of what the template's client id wrote
CHIP = '<span class="pad-votes" title="2 people are for this">+2</span>'


def a_pad(name="notes", text=TEXT):
    return actions.open_pad(placed(stage="on_site"), name, title="Notes", by=ada(), now=NOW, text=text)


def votes(pad, clock, *people):
    """Let people vote, as the live server writes it."""
    Vote.objects.bulk_create(Vote(pad=pad, client_id=1, clock=clock, person=str(who.pk)) for who in people)


def types(pad, who, text):
    whole, rows = stored(pad)
    Client.objects.get_or_create(pad=pad, client_id=2_000, person=str(who.pk), name=str(who), colour=0)
    at = NOW + timedelta(minutes=len(rows))
    Update.objects.create(pad=pad, seq=len(rows) + 1, at=at, body=edit_to(text, whole, 2_000), authors=f'["{who.pk}"]')


def page(pad):
    return browser_of().get(reverse("pads:pad", args=[pad.meetup.slug, pad.name])).content.decode()


def test_readers_see_how_many_are_for_an_item():
    pad = a_pad()
    votes(pad, BREAKS, bo(), cy())
    votes(pad, TITLE, bo())
    html = page(pad)
    assert f"longer breaks {CHIP}" in html
    assert html.count("pad-votes") == 1


def test_a_count_goes_with_its_line_and_ends_with_it():
    pad = a_pad()
    votes(pad, BREAKS, bo(), cy())
    types(pad, bo(), "# Wishes\n\n- coffee\n- longer breaks\n- tea\n\nThat is all.\n")
    assert f"longer breaks {CHIP}" in page(pad)
    types(pad, bo(), "# Wishes\n\n- coffee\n- tea\n\nThat is all.\n")
    assert "pad-votes" not in page(pad)


def test_files_say_the_counts_and_the_text_itself_does_not():
    pad = a_pad()
    votes(pad, BREAKS, bo(), cy())
    client, slug = browser_of(), pad.meetup.slug
    assert "- longer breaks (+2)\n- tea\n" in client.get(f"/m/{slug}/pads.md").content.decode()
    assert "- longer breaks (+2)\n" in queries.written(pad, "md").data.decode()
    assert f"longer breaks {CHIP}" in client.get(f"/m/{slug}/pads/notes.html").content.decode()
    assert client.get(f"/m/{slug}/pads/notes.md").content.decode() == TEXT
    assert client.get(f"/api/v1/meetups/{slug}/pads/notes").json() == {"name": "notes", "text": TEXT}


@pytest.mark.parametrize("anchor", [(1, 9_999), (7, 0), (2**53 - 1, 2**53 - 1)])
def test_votes_for_text_that_never_was_are_not_shown(anchor):
    pad = a_pad()
    Vote.objects.create(pad=pad, client_id=anchor[0], clock=anchor[1], person=str(bo().pk))
    assert "pad-votes" not in page(pad)
    assert queries.written(pad, "md").data.decode() == TEXT


def test_markup_beside_a_count_is_shown_as_text():
    pad = a_pad(text="- <b>x</b> [y](javascript:z) \ue0009\ue001\n")
    votes(pad, 0, bo(), cy())
    html = page(pad)
    assert f"&lt;b&gt;x&lt;/b&gt; [y](javascript:z) 9 {CHIP}" in html


def test_one_person_has_one_vote_for_a_line():
    pad = a_pad()
    votes(pad, TEA, bo())
    with pytest.raises(IntegrityError), transaction.atomic():
        votes(pad, TEA, bo())


def test_the_votes_of_somebody_who_is_forgotten_go_and_others_stay():
    pad, person = a_pad(), bo()
    other = actions.open_pad(placed("autumn", stage="on_site"), "notes", title="Notes", by=ada(), now=NOW, text=TEXT)
    for one in (pad, other):
        votes(one, BREAKS, person, cy())
    for _ in range(2):
        seat_erased(Entry(kind="registration.seat_erased", meetup=pad.meetup_id, actor=person.pk, at=NOW))
    left = sorted((vote.pad_id == pad.pk, vote.person) for vote in Vote.objects.all())
    assert left == sorted([(True, str(cy().pk)), (False, str(cy().pk)), (False, str(person.pk))])


def test_the_votes_of_a_guest_who_is_forgotten_go():
    pad = a_pad()
    guest = Guest.objects.create(meetup=pad.meetup, name="Gus", came_at=NOW)
    Vote.objects.create(pad=pad, client_id=1, clock=TEA, person=f"guest:{guest.pk.hex}")
    actions.forget_guest(guest, by=ada(), now=NOW)
    assert not Vote.objects.exists()


@pytest.mark.parametrize("amount", [1, 30])
def test_a_pad_takes_the_same_queries_for_few_and_many_votes(amount, django_assert_num_queries):
    pad = a_pad(text="- x\n" * 30)
    for number in range(amount):
        votes(pad, number * 4, bo(), cy())
    fresh = Pad.objects.get(pk=pad.pk)
    with django_assert_num_queries(4):
        assert queries.read_pad(fresh).html.count("pad-votes") == amount
    with django_assert_num_queries(4):
        queries.written(fresh, "md")


def test_two_who_look_at_once_read_the_count_in_their_own_language(tmp_path):
    pad = a_pad()
    votes(pad, BREAKS, bo(), cy())
    address = reverse("pads:reading", args=[pad.meetup.slug, pad.name])
    told = {("%(count)s person is for this", "%(count)s people are for this"): ("%(count)s ist dafür", "%(count)s sind dafür")}
    with spoken(tmp_path, "de", told):
        pages = [
            browser_of().get(address, {"latest": 1}, headers={"accept-language": language}).content.decode()
            for language in ("de", "en", "de")
        ]
    assert ["2 sind dafür" in page for page in pages] == [True, False, True]
    assert [CHIP in page for page in pages] == [False, True, False]

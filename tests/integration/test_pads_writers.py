"""Who writes in pads: parts somebody takes up, guests, the last day, what is published, and that live pads hear of it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from midcycle.agenda.models import SessionPart
from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.tickets import read
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.pads import actions, queries
from midcycle.pads.models import Client, Guest, Pad, Published, Update
from midcycle.pads.rules import is_over
from midcycle.pads.tasks import rights_changed
from midcycle.registration.models import Seat
from tests.world import FIRST_DAY, NOW, ada, bo, browser_of, cy, dee, placed
from tests.worlds.agenda import planned, session

pytestmark = pytest.mark.django_db


def a_pad(stage="on_site"):
    return actions.open_pad(placed(stage=stage), "notes", title="Notes", by=ada(), now=NOW, text="x")


def a_session_pad():
    meetup = planned()
    session(meetup, "Upgrades")
    actions.open_pads(meetup, by=ada(), now=NOW)
    return Pad.objects.select_related("meetup", "session").get()


def url(pad, name, *more):
    return reverse(f"pads:{name}", args=[pad.meetup.slug, pad.name, *more])


def desk(pad, name, *more):
    return reverse(f"pads:{name}", args=[pad.meetup.slug, *more])


def ticket(client, pad, settings):
    answer = client.post(url(pad, "ticket"))
    return read(settings.SECRET_KEY, answer.json()["ticket"], 60) if answer.status_code == 200 else None


def said(answer):
    return " ".join(answer.content.decode().split())


def rights(pad):
    return Pad.objects.get(pk=pad.pk).rights


def over(meetup):
    """Let the meetup be over since the day before yesterday."""
    day = timezone.now().date() - timedelta(days=2)
    Meetup.objects.filter(pk=meetup.pk).update(starts_on=day, ends_on=day)


def let_guests_in(pad):
    actions.say_who_writes(pad.meetup, guests=True, open_until=None, by=ada(), now=NOW)


def guest_of(pad, name="Grace"):
    client = browser_of()
    client.post(url(pad, "let_guest_in"), {"name": name})
    return client


def test_the_last_day_is_that_of_the_meetup_or_the_one_its_organisers_chose():
    ends, later = FIRST_DAY, FIRST_DAY + timedelta(days=5)
    assert not is_over(ends, ends, None)
    assert is_over(ends + timedelta(days=1), ends, None)
    assert not is_over(later, ends, later)
    assert is_over(ends, later, ends - timedelta(days=1))
    assert not is_over(later, None, None)


def test_after_the_meetup_only_those_write_who_tend_a_pad_until_it_is_reopened(settings):
    pad = a_session_pad()
    SessionPart.objects.create(session=pad.session, person=dee(), part="note_taker")
    over(pad.meetup)
    assert [ticket(browser_of(who()), pad, settings).role for who in (ada, dee, bo)] == ["write", "write", "read"]
    page = said(browser_of(bo()).get(url(pad, "pad")))
    assert "Everybody reads. Who has a part in a session, and the organisers, still write." in page
    before = rights(pad)
    day = (timezone.now() + timedelta(days=3)).date()
    answer = browser_of(ada()).post(desk(pad, "writers"), {"open_until": day.isoformat()}, follow=True)
    assert "Whoever is signed in writes, everybody reads." in said(answer)
    assert ticket(browser_of(bo()), pad, settings).role == "write"
    assert rights(pad) == before + 1
    browser_of(ada()).post(desk(pad, "writers"), {"open_until": (timezone.now() - timedelta(days=2)).date().isoformat()})
    assert ticket(browser_of(bo()), pad, settings).role == "read"


def test_guests_write_under_a_name_where_organisers_let_them(settings):
    pad = a_pad()
    stranger = browser_of()
    assert "Write as a guest" not in said(stranger.get(url(pad, "pad")))
    assert ticket(stranger, pad, settings) is None
    assert stranger.post(url(pad, "let_guest_in"), {"name": "Grace"}).status_code == 422
    let_guests_in(pad)
    assert "Write as a guest" in said(stranger.get(url(pad, "pad")))
    assert ticket(stranger, pad, settings) is None
    assert stranger.post(url(pad, "let_guest_in"), {"name": "Grace"}).status_code == 302
    guest = Guest.objects.get()
    held = ticket(stranger, pad, settings)
    assert (held.person, held.name, held.role, held.rights) == (f"guest:{guest.pk.hex}", "Grace (guest)", "write", rights(pad))
    page = said(stranger.get(url(pad, "pad")))
    assert "Write as a guest" not in page
    assert f'data-person="guest:{guest.pk.hex}"' in page
    assert stranger.get(url(pad, "history")).status_code == 404
    assert [stranger.post(url(pad, name)).status_code for name in ("lock", "publish")] == [404, 404]
    stranger.post(url(pad, "let_guest_in"), {"name": "Again"})
    assert Guest.objects.count() == 1
    actions.lock(pad, by=ada(), now=NOW)
    assert ticket(stranger, pad, settings).role == "read"


def test_guests_are_out_when_they_are_not_let_in_any_more(settings):
    pad = a_pad()
    let_guests_in(pad)
    guest = guest_of(pad)
    before = rights(pad)
    actions.say_who_writes(pad.meetup, guests=False, open_until=None, by=ada(), now=NOW)
    assert ticket(guest, pad, settings).role == "read"
    assert rights(pad) == before + 1


def test_a_guest_who_is_put_out_does_not_come_back_in_the_same_browser(settings):
    pad = a_pad()
    let_guests_in(pad)
    guest = guest_of(pad)
    before, known = rights(pad), Guest.objects.get()
    for client in (browser_of(), browser_of(cy()), guest):
        assert client.post(desk(pad, "put_out", known.pk)).status_code == 404
        assert client.post(desk(pad, "forget", known.pk)).status_code == 404
        assert client.get(desk(pad, "writers")).status_code == 404
    answer = browser_of(ada()).post(desk(pad, "put_out", known.pk), follow=True)
    assert "Grace (guest) writes no more." in said(answer)
    assert rights(pad) == before + 1
    assert ticket(guest, pad, settings).role == "read"
    page = said(guest.get(url(pad, "pad")))
    assert "An organiser put you out of the pads of this meetup." in page
    assert "Write as a guest" not in page
    guest.post(url(pad, "let_guest_in"), {"name": "Grace"})
    assert ticket(guest, pad, settings).role == "read"


def test_the_name_of_a_guest_is_taken_from_all_they_wrote():
    pad = a_pad()
    let_guests_in(pad)
    guest_of(pad)
    known = Guest.objects.get()
    key = f"guest:{known.pk.hex}"
    Client.objects.create(pad=pad, client_id=5000, person=key, name="Grace (guest)", colour=1)
    Update.objects.create(pad=pad, seq=1, at=NOW, body=b"\0\0", authors=f'["{key}"]')
    assert "1 pad <" in said(browser_of(ada()).get(desk(pad, "writers")))
    browser_of(ada()).post(desk(pad, "forget", known.pk))
    assert (Client.objects.get().name, Update.objects.get().authors) == ("", '["gone"]')
    assert "Grace" not in said(browser_of(ada()).get(desk(pad, "writers")))


def test_organisers_find_the_guests_of_an_archived_meetup_and_take_a_name_away():
    pad = a_pad()
    let_guests_in(pad)
    guest_of(pad)
    Meetup.objects.update(stage="archived")
    client = browser_of(ada())
    assert f'href="{desk(pad, "writers")}">Guests</a>' in said(client.get(desk(pad, "pads")))
    client.post(desk(pad, "forget", Guest.objects.get().pk))
    assert "Grace" not in said(client.get(desk(pad, "writers")))
    assert f'href="{desk(pad, "writers")}">Guests</a>' not in said(client.get(desk(pad, "pads")))


def test_names_of_guests_are_clean_and_never_those_of_somebody_signed_in():
    pad = a_pad()
    let_guests_in(pad)
    for name in ("", "  ", "\u3164", "x" * 61):
        assert browser_of().post(url(pad, "let_guest_in"), {"name": name}).status_code == 422
    for name in ("", "\u200b", "x" * 61):
        with pytest.raises(Refusal):
            actions.let_guest_in(pad.meetup, name, now=NOW)
    guest_of(pad, "<b>Ada\n Example\u202e")
    assert str(Guest.objects.get()) == "<b>Ada Example (guest)"
    assert "<b>Ada" not in said(browser_of(ada()).get(desk(pad, "writers")))


def test_there_are_not_more_guests_than_a_meetup_takes():
    pad = a_pad()
    let_guests_in(pad)
    Guest.objects.bulk_create(Guest(meetup=pad.meetup, name="G", came_at=NOW) for _ in range(actions.MOST_GUESTS))
    answer = browser_of().post(url(pad, "let_guest_in"), {"name": "Grace"})
    assert answer.status_code == 422
    assert "There have been 500 guests. Sign in to write." in said(answer)


def test_a_guest_of_one_meetup_is_nobody_in_another(settings):
    pad = a_pad()
    let_guests_in(pad)
    guest = guest_of(pad)
    meetup = placed("Autumn meetup", stage="on_site")
    other = actions.open_pad(meetup, "notes", title="Notes", by=ada(), now=NOW, text="x")
    let_guests_in(other)
    assert ticket(guest, other, settings) is None


def test_who_comes_takes_up_note_taking_and_gives_it_back():
    pad = a_session_pad()
    assert browser_of(cy()).post(url(pad, "take_part", "note_taker")).status_code == 404
    assert browser_of().post(url(pad, "take_part", "note_taker")).status_code == 404
    Seat.objects.create(
        meetup=pad.meetup, person=bo(), token="t", code="c", state="held", arrival=99, name="Bo", registered_at=NOW
    )
    assert "I take the notes" in said(browser_of(bo()).get(url(pad, "pad")))
    before = rights(pad)
    answer = browser_of(bo()).post(url(pad, "take_part", "note_taker"), follow=True)
    assert "You take the notes now." in said(answer)
    assert "Note-taker Bo Example" in said(answer)
    assert f'data-note-taker="{bo().pk}"' in said(answer)
    assert rights(pad) == before + 1
    assert browser_of(bo()).post(url(pad, "take_part", "lead")).status_code == 404
    with pytest.raises(Refusal):
        actions.take_part(pad, "note_taker", by=ada(), now=NOW)
    for client in (browser_of(), browser_of(cy())):
        assert client.post(url(pad, "end_part", "note_taker")).status_code == 404
    assert "You take no notes any more." in said(browser_of(bo()).post(url(pad, "end_part", "note_taker"), follow=True))
    assert not SessionPart.objects.filter(session=pad.session, part="note_taker").exists()


def test_organisers_and_moderators_take_note_taking_off_somebody():
    pad = a_session_pad()
    SessionPart.objects.create(session=pad.session, person=bo(), part="note_taker")
    SessionPart.objects.create(session=pad.session, person=dee(), part="lead")
    assert browser_of(dee()).post(url(pad, "end_part", "lead")).status_code == 404
    answer = browser_of(dee()).post(url(pad, "end_part", "note_taker"), follow=True)
    assert "Bo Example takes no notes any more." in said(answer)


def test_what_is_published_stays_as_it_was():
    pad = a_session_pad()
    assert browser_of().get(url(pad, "published")).status_code == 404
    for client in (browser_of(), browser_of(cy())):
        assert client.post(url(pad, "publish")).status_code == 404
    SessionPart.objects.create(session=pad.session, person=dee(), part="publisher")
    before = Pad.objects.get(pk=pad.pk)
    answer = browser_of(dee()).post(url(pad, "publish"), follow=True)
    assert "The notes are published as they are now." in said(answer)
    assert Published.objects.get().text == queries.text_of_pad(before)
    Published.objects.update(text="# As it was\n<script>x</script>")
    page = said(browser_of().get(url(pad, "published")))
    assert ">As it was</h" in page
    assert "<script>x" not in page
    assert "Published</span>" in said(browser_of().get(url(pad, "pad")))
    browser_of(dee()).post(url(pad, "publish"))
    assert Published.objects.get().text == queries.text_of_pad(before)


def test_an_empty_pad_is_not_published():
    pad = a_pad()
    pad.snapshot.text = " \n"
    pad.snapshot.save()
    with pytest.raises(Refusal):
        actions.publish(pad, by=ada(), now=NOW)


def test_live_pads_hear_of_parts_stages_and_locks():
    pad = a_session_pad()
    before = rights(pad)
    for _ in range(2):
        actions.lock(pad, by=ada(), now=NOW)
    assert rights(pad) == before + 1
    actions.unlock(pad, by=ada(), now=NOW)
    assert rights(pad) == before + 2
    meetups.move_to_stage(pad.meetup, ada(), "on_site", now=NOW)
    rights_changed(Entry.objects.filter(kind="meetups.stage_reached").latest("pk"))
    assert rights(pad) == before + 3


def test_who_writes_is_set_by_organisers_only_and_not_in_the_archive():
    pad = a_pad(stage="wrap_up")
    for client in (browser_of(), browser_of(cy())):
        assert client.post(desk(pad, "writers"), {"guests": "on"}).status_code == 404
    assert browser_of(ada()).post(desk(pad, "writers"), {"open_until": "never"}).status_code == 422
    meetups.move_to_stage(pad.meetup, ada(), "archived", now=NOW)
    with pytest.raises(Refusal):
        actions.say_who_writes(pad.meetup, guests=True, open_until=None, by=ada(), now=NOW)


@pytest.mark.parametrize("guests", [1, 30])
def test_the_page_of_writers_takes_as_many_queries_however_many_guests_there_are(guests, django_assert_num_queries):
    pad = a_pad()
    Guest.objects.bulk_create(Guest(meetup=pad.meetup, name=f"G {number}", came_at=NOW) for number in range(guests))
    client = browser_of(ada())
    client.get(desk(pad, "writers"))
    with django_assert_num_queries(8):
        assert client.get(desk(pad, "writers")).status_code == 200

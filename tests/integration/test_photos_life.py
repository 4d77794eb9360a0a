"""From a file to a picture everybody sees, and to one that nobody has any more."""

from datetime import timedelta

import pytest
from django.utils import timezone

from midcycle.engines.pictures import Counter
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.mailing.models import Letter
from midcycle.meetups import actions as meetups
from midcycle.photos import actions, queries
from midcycle.photos.models import Contributor, Photo, Takedown
from midcycle.photos.rules import HIDDEN_WITHIN_AN_HOUR, MOST_REQUESTS
from midcycle.photos.shelf import shelf
from midcycle.registration import actions as registration
from midcycle.registration.models import Seat
from midcycle.site.followers import FOLLOWERS
from midcycle.site.worker import follow
from tests.unit.test_photos_engine import SECRET, with_gps
from tests.world import NOW, ada, bo, later
from tests.worlds.agenda import session
from tests.worlds.photos import developed, everything_below, files_of, gathering, published, sender, sent
from tests.worlds.pictures import picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_shelf(settings, tmp_path):
    """Let no test find the files of another one."""
    settings.MIDCYCLE = settings.MIDCYCLE.model_copy(update={"data": tmp_path})


def state(photo: Photo) -> str:
    """Return the state a picture is in now; blank for one that is no more."""
    return Photo.objects.filter(pk=photo.pk).values_list("state", flat=True).first() or ""


def test_a_described_picture_waits_for_the_team_and_is_published():
    bo_sends = sender(gathering())
    photo = sent(bo_sends, caption="A full room")
    assert (state(photo), developed(), state(photo)) == ("developing", 1, "offered")
    actions.publish(photo, by=ada(), now=NOW)
    assert (state(photo), files_of(photo)) == ("published", ["full.jpg", "screen.webp", "thumb.webp"])


def test_where_the_team_chose_so_it_is_published_at_once():
    meetup = gathering()
    bo_sends = sender(meetup)
    actions.set_up(meetup, is_open=True, needs_approval=False, licence="cc-by-4.0", by=ada(), now=NOW)
    photo = sent(bo_sends, caption="A full room")
    developed()
    assert state(photo) == "published"


def test_nothing_is_shown_that_nobody_described():
    photo = sent(sender(gathering()))
    developed()
    with pytest.raises(Refusal, match="Say what the picture shows"):
        actions.publish(photo, by=ada(), now=NOW)
    with pytest.raises(Refusal, match="not what its file is called"):
        actions.offer(photo, "IMG_1234", "", None, by=bo(), now=NOW)
    actions.offer(photo, "A full room", "Bo", None, by=bo(), now=NOW)
    assert state(photo) == "offered"


def test_the_file_that_came_and_what_it_tells_are_kept_nowhere(tmp_path):
    photo = sent(sender(gathering()), picture(exif=with_gps()), caption="A full room")
    assert SECRET in everything_below(tmp_path)
    developed()
    assert [word for word in (SECRET, b"Exif", b"Phone 9") if word in everything_below(tmp_path)] == []
    assert (len(files_of(photo)), shelf().arrived()) == (3, [])


def test_the_same_picture_is_here_once():
    bo_sends = sender(gathering())
    first, again = sent(bo_sends, caption="A full room"), sent(bo_sends, caption="The same room")
    developed()
    again.refresh_from_db()
    assert (state(first), again.state, again.why, files_of(again)) == (
        "offered",
        "refused",
        "This picture is here already.",
        [],
    )


def test_what_is_no_picture_is_refused_with_a_reason_and_forgotten_after_a_week():
    photo = sent(sender(gathering()), b"no picture at all", caption="A full room")
    developed()
    photo.refresh_from_db()
    assert (photo.state, photo.why[:40], shelf().arrived()) == ("refused", "This file is no picture we can read. Cho", [])
    assert actions.forget_unfinished(shelf(), now=later(days=6)) == 0
    assert actions.forget_unfinished(shelf(), now=later(days=8)) == 1
    assert state(photo) == "deleted"


def test_whoever_changes_what_is_published_waits_for_the_team_again():
    photo = published(sender(gathering()))
    actions.offer(photo, "Quite another thing", "Bo", None, by=bo(), now=NOW)
    assert state(photo) == "offered"


def test_a_picture_is_deleted_for_good_from_the_disk_too(tmp_path):
    photo = published(sender(gathering()))
    actions.delete(photo, by=bo(), now=NOW)
    assert (state(photo), len(files_of(photo))) == ("deleted", 3)
    actions.tidy(shelf(), busy=(photo.key,), now=NOW)
    assert state(photo) == "deleted"  # while it is being developed
    actions.tidy(shelf(), busy=(), now=NOW)
    assert (state(photo), everything_below(tmp_path), list((tmp_path / "photos").rglob(photo.key))) == ("", b"", [])


def test_one_that_is_deleted_while_it_is_developed_leaves_nothing(tmp_path):
    photo = sent(sender(gathering()), caption="A full room")
    actions.delete(photo, by=bo(), now=NOW)
    developed()
    assert (state(photo), everything_below(tmp_path)) == ("", b"")


def test_the_worker_died_after_developing_and_the_next_one_goes_on():
    photo = sent(sender(gathering()), caption="A full room")
    folder = shelf().folder(photo.gallery.meetup_id, photo.key)
    folder.mkdir(parents=True)
    (folder / "thumb.webp").write_bytes(b"half")  # of a darkroom that was killed
    developed()
    assert (state(photo), (folder / "thumb.webp").read_bytes()[:4]) == ("offered", b"RIFF")


def test_anybody_takes_a_picture_down_and_the_team_shows_it_again_or_deletes_it():
    photo = published(sender(gathering()))
    assert actions.ask_away(photo, "I am in it", often_from_here=False, now=NOW) is True
    assert (state(photo), Takedown.objects.get().hid) == ("hidden", True)
    with pytest.raises(Refusal, match="Answer that first"):
        actions.publish(photo, by=ada(), now=NOW)
    actions.show_again(photo, by=ada(), now=NOW)
    assert (state(photo), Takedown.objects.get().settled_at) == ("published", NOW)
    assert actions.ask_away(photo, "All the same", often_from_here=False, now=NOW) is False  # the team is asked again
    assert (state(photo), Takedown.objects.filter(settled_at=None).count()) == ("published", 1)
    actions.delete(photo, by=ada(), now=NOW)
    assert (state(photo), Takedown.objects.count()) == ("deleted", 0)


def test_many_requests_are_kept_as_few_and_many_from_one_place_wait():
    photo = published(sender(gathering()))
    assert actions.ask_away(photo, "", often_from_here=True, now=NOW) is False
    assert state(photo) == "published"
    for _ in range(2 * MOST_REQUESTS):
        actions.ask_away(photo, "", often_from_here=False, now=NOW)
    assert (state(photo), Takedown.objects.count()) == ("hidden", MOST_REQUESTS)


def test_who_asks_for_all_of_them_from_many_places_reaches_an_end():
    bo_sends = sender(gathering())
    photo = published(bo_sends)
    facts = {"gallery": photo.gallery, "state": "hidden", "length": 1, "caption": "x", "begun_at": NOW, "hidden_at": NOW}
    Photo.objects.bulk_create([Photo(key=f"key-{number}", **facts) for number in range(HIDDEN_WITHIN_AN_HOUR)])
    assert actions.ask_away(photo, "", often_from_here=False, now=NOW) is False
    assert actions.ask_away(photo, "", often_from_here=False, now=NOW + timedelta(hours=2)) is True


def test_what_is_archived_stays_but_for_who_wants_to_be_gone():
    meetup = gathering()
    photo, other = published(sender(meetup)), published(Contributor.objects.get(), seed=2)
    for stage in ("wrap_up", "archived"):
        meetups.move_to_stage(meetup, ada(), stage, now=NOW)
    with pytest.raises(Refusal, match="archived"):
        actions.describe(photo, "Another thing", "", None, by=ada(), now=NOW)
    assert actions.ask_away(photo, "", often_from_here=False, now=NOW) is True
    actions.show_again(photo, by=ada(), now=NOW)
    actions.delete(photo, by=ada(), now=NOW)
    actions.delete(other, by=bo(), now=NOW)
    assert (state(photo), state(other)) == ("deleted", "deleted")


def test_the_licence_somebody_agreed_to_stays():
    meetup = gathering()
    actions.set_up(meetup, is_open=True, needs_approval=True, licence="cc0-1.0", by=ada(), now=NOW)
    sender(meetup)
    with pytest.raises(Refusal, match="It stays"):
        actions.set_up(meetup, is_open=True, needs_approval=True, licence="cc-by-4.0", by=ada(), now=NOW)


def test_pictures_stand_in_the_order_of_the_agenda_and_as_the_team_moves_them():
    meetup = gathering()
    bo_sends, talk = sender(meetup), session(meetup)
    loose = published(bo_sends, "Coffee", seed=1)
    one, two, three = (published(bo_sends, f"Number {seed}", seed=seed, session=talk) for seed in (2, 3, 4))
    actions.move(three, -10_000, by=ada(), now=NOW)
    actions.move(one, 1, by=ada(), now=NOW)
    told = queries.published_pictures(meetup, shelf())
    assert [one.shot.number for one in told] == [three.pk, two.pk, one.pk, loose.pk]
    assert [(one.shot.caption, one.shot.named, one.licence) for one in told][-1] == ("Coffee", "Bo Example", "CC BY 4.0")
    assert all(path.is_file() for one in told for path in one.files.values())


def test_whoever_is_forgotten_leaves_no_name_under_a_picture():
    meetup = gathering()
    bo_sends = sender(meetup)
    shown, unseen = published(bo_sends), sent(bo_sends, picture(seed=9), caption="Not seen yet")
    registration.erase_seat(Seat.objects.get(person=bo()), now=NOW)
    journal.number_entries()
    follow("photos", FOLLOWERS["photos"])
    shown.refresh_from_db()
    assert (shown.state, shown.credit, shown.contributor, Contributor.objects.count()) == ("published", "", None, 0)
    actions.tidy(shelf(), busy=(), now=NOW)
    assert (state(unseen), shelf().arrived()) == ("", [])
    assert queries.shot_of(shown, meetup.slug).named == "A participant"


def test_the_team_gets_a_letter_once_an_hour():
    bo_sends, now = sender(gathering()), timezone.now().replace(minute=10)
    one, two = published(bo_sends, seed=1), published(bo_sends, seed=2)
    for photo, minutes in ((one, 0), (two, 5)):
        actions.ask_away(photo, "", often_from_here=False, now=now + timedelta(minutes=minutes))
    journal.number_entries()
    while follow("letters", FOLLOWERS["letters"]):
        pass
    letters = Letter.objects.filter(subject__startswith="A picture to look at")
    assert list(letters.values_list("person__name", "subject")) == [("Ada Example", "A picture to look at: Spring meetup")]
    assert "/m/spring-meetup/desk/photos/" in letters.get().body


def test_while_the_disk_is_full_pictures_wait_and_none_is_refused(monkeypatch):
    photo = sent(sender(gathering()))
    with monkeypatch.context() as full:
        full.setattr("midcycle.photos.shelf.KEPT_FREE", 10**18)
        counter = Counter()
        actions.develop(counter, shelf(), now=NOW, clock=0)
        assert counter.under_way == frozenset()
    assert (developed(), Photo.objects.get(pk=photo.pk).state) == (1, "ready")


def test_what_nobody_describes_for_a_month_is_deleted():
    photo = sent(sender(gathering()))
    developed()
    assert (actions.forget_unfinished(shelf(), now=later(days=29)), state(photo)) == (0, "ready")
    assert (actions.forget_unfinished(shelf(), now=later(days=31)), state(photo)) == (1, "deleted")


def test_a_flood_of_announced_bytes_is_stopped():
    bo_sends = sender(gathering())
    facts = {"gallery": bo_sends.gallery, "state": "receiving", "begun_at": NOW, "length": 1024**3}
    Photo.objects.bulk_create([Photo(key=f"key-{number}", **facts) for number in range(2)])
    with pytest.raises(Refusal, match="Very many pictures are on their way"):
        sent(bo_sends)

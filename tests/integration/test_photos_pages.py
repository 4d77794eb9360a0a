"""The pages of pictures, as people meet them."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from midcycle.agenda.models import Session
from midcycle.journal.models import Entry
from midcycle.meetups.models import Meetup
from midcycle.photos import actions
from midcycle.photos.models import Contributor, Gallery, Photo, Takedown
from midcycle.photos.views.public import FROM_ONE_PLACE
from midcycle.registration.models import Seat
from tests.world import NOW, ada, bo, browser_of, cy, dee
from tests.worlds.agenda import session
from tests.worlds.photos import developed, gathering, published, sender, sent
from tests.worlds.pictures import picture
from tests.worlds.registration import opened

pytestmark = pytest.mark.django_db
PHOTOS, DESK = "/m/spring-meetup/photos/", "/m/spring-meetup/desk/photos/"
STRANGERS = [cy, dee, lambda: None]


@pytest.fixture(autouse=True)
def own_shelf(settings, tmp_path):
    """Let no test find the files of another one, nor wait for it."""
    FROM_ONE_PLACE.forget()
    settings.MIDCYCLE = settings.MIDCYCLE.model_copy(update={"data": tmp_path})


def text_of(answer) -> str:
    """Return a page on one line."""
    return " ".join(answer.content.decode().split())


def files(photo: Photo) -> list[str]:
    """Return the addresses of the files of a picture."""
    return [f"{PHOTOS}files/{photo.key}/{name}" for name in ("thumb.webp", "screen.webp", "full.jpg")]


def test_an_empty_gallery_says_what_comes():
    gathering()
    assert "No pictures yet" in text_of(browser_of().get(PHOTOS))
    assert "The first one can be yours" in text_of(browser_of(bo()).get(PHOTOS))


def test_everybody_sees_pictures_with_their_words_and_pixels():
    meetup = gathering()
    talk = session(meetup, "Upgrades")
    photo = published(sender(meetup), "Ada at the <wall>", session=talk)
    page = text_of(browser_of().get(PHOTOS))
    assert 'alt="Ada at the &lt;wall&gt;" loading="lazy"' in page
    assert re.search(r'src="/m/spring-meetup/photos/files/[\w-]{22}/thumb.webp" srcset="[^"]+ 64w, [^"]+ 64w"', page)
    assert ('width="64" height="48"' in page, "Bo Example" in page, "Bo Example" in page) == (True, True, True)
    one = text_of(browser_of().get(f"{PHOTOS}{photo.pk}/"))
    assert ("Picture 1 of 1" in one, "Take this picture down" in one, "CC BY 4.0" in one) == (True, True, True)


def test_files_are_asked_for_each_time_and_given_once():
    photo = published(sender(gathering()))
    for address, kind in zip(files(photo), ("image/webp", "image/webp", "image/jpeg"), strict=True):
        answer = browser_of().get(address)
        told = {name: answer.headers[name] for name in ("Content-Type", "Cache-Control", "Content-Security-Policy")}
        assert (answer.status_code, told["Content-Type"], told["Cache-Control"]) == (200, kind, "no-cache")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert told["Content-Security-Policy"] == "default-src 'none'; sandbox"
        again = browser_of().get(address, headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
    assert browser_of().get(f"{PHOTOS}files/{photo.key}/other.jpg").status_code == 404
    assert browser_of().get(f"{PHOTOS}files/{'x' * 22}/full.jpg").status_code == 404


@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_sees_nothing_that_is_not_published(who):
    photo = sent(sender(gathering()), caption="A full room")
    developed()
    client, page = browser_of(who()), f"{PHOTOS}{photo.pk}/"
    asked = [client.get(address) for address in (*files(photo), page, f"{page}takedown/", f"{PHOTOS}sending/{photo.pk}/")]
    asked += [client.post(f"{page}takedown/"), client.post(f"{PHOTOS}sending/{photo.pk}/", {"_method": "delete"})]
    assert {answer.status_code for answer in asked} == {404}
    assert [browser_of(known).get(files(photo)[0]).status_code for known in (bo(), ada())] == [200, 200]
    assert browser_of(bo()).get(files(photo)[0]).headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("who", [*STRANGERS, bo])
def test_a_stranger_finds_no_desk(who):
    photo = published(sender(gathering()))
    client = browser_of(who())
    asked = [client.get(DESK), client.post(DESK), client.get(f"{DESK}{photo.pk}/"), client.post(f"{DESK}{photo.pk}/")]
    asked += [client.post(f"{DESK}{part}/", {"photo": photo.pk}) for part in ("link", "group-photo", "publications")]
    asked += [client.post(f"{DESK}{photo.pk}/{part}/") for part in ("publication", "place", "removal", "answer")]
    assert {answer.status_code for answer in asked} == {404}
    assert (Photo.objects.get().state, Gallery.objects.get().link) == ("published", 0)


def test_whoever_is_not_signed_in_is_led_to_sign_in():
    gathering()
    answer = browser_of().get(f"{PHOTOS}sending/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/sign-in/?next={PHOTOS}sending/")
    assert browser_of(cy()).get(f"{PHOTOS}sending/").status_code == 404


def test_without_a_script_a_picture_comes_with_the_form():
    meetup = gathering()
    Seat.objects.filter(person=bo()).update(photos=False)
    client = browser_of(bo())
    first = text_of(client.get(f"{PHOTOS}sending/"))
    assert ("1 person has this mark on the badge" in first, "Before the first one" in first) == (True, True)
    assert client.post(f"{PHOTOS}sending/name/", {"credit": "Bo"}).status_code == 422
    assert client.post(f"{PHOTOS}sending/name/", {"credit": "Bo", "agrees": "on"}).status_code == 302
    talk = session(meetup)
    form = {"file": SimpleUploadedFile("IMG_1.jpg", picture()), "caption": "A full\r\n room", "session": ""}
    assert client.post(f"{PHOTOS}sending/", {**form, "caption": ""}).status_code == 422
    form["file"] = SimpleUploadedFile("IMG_1.jpg", picture())
    assert client.post(f"{PHOTOS}sending/", form).status_code == 302
    developed()
    photo = Photo.objects.get()
    assert (photo.state, photo.caption, photo.credit, photo.session) == ("offered", "A full room", "Bo", None)
    assert "Waits for the team" in text_of(client.get(f"{PHOTOS}sending/"))
    Session.objects.filter(pk=talk.pk).delete()


def test_one_says_what_ones_picture_shows_and_deletes_it():
    photo = sent(sender(gathering()))
    developed()
    client, place = browser_of(bo()), f"{PHOTOS}sending/{photo.pk}/"
    prefix = f"photo{photo.pk}"
    assert client.post(place, {f"{prefix}-caption": "IMG_1"}).status_code == 422
    said = {f"{prefix}-caption": "Ada \u202eat the wall", f"{prefix}-credit": "Bo"}
    row = client.post(place, said, headers={"HX-Request": "true"})
    assert (row.status_code, text_of(row)[:3], "Waits for the team" in text_of(row)) == (200, "<li", True)
    assert Photo.objects.get().caption == "Ada at the wall"
    gone = client.post(place, {"_method": "delete"}, headers={"HX-Request": "true"})
    assert (gone.status_code, gone.content, Photo.objects.get().state) == (200, b"", "deleted")


def test_anybody_takes_a_picture_down_without_an_account():
    photo = published(sender(gathering()))
    stranger, place = browser_of(), f"{PHOTOS}{photo.pk}/takedown/"
    assert "You need no account" in text_of(stranger.get(place))
    answer = stranger.post(place, {"reason": "That is me"}, follow=True)
    assert "Nobody sees this picture any more" in text_of(answer)
    assert [browser_of().get(address).status_code for address in files(photo)] == [404, 404, 404]
    assert (browser_of().get(f"{PHOTOS}{photo.pk}/").status_code, browser_of().get(place).status_code) == (410, 410)
    assert browser_of(bo()).get(files(photo)[0]).status_code == 404
    assert Photo.objects.get().caption not in text_of(browser_of().get(PHOTOS))
    desk = text_of(browser_of(ada()).get(DESK))
    assert ("Somebody asks to take these down" in desk, "That is me" in desk) == (True, True)
    assert browser_of(ada()).get(files(photo)[0]).status_code == 200


def test_who_asks_for_very_many_waits_for_the_team():
    bo_sends = sender(gathering())
    first, last = published(bo_sends, seed=1), published(bo_sends, "The last one", seed=2)
    client = browser_of()
    for _ in range(20):
        client.post(f"{PHOTOS}{first.pk}/takedown/")
        Photo.objects.filter(pk=first.pk).update(state="published")
    answer = client.post(f"{PHOTOS}{last.pk}/takedown/", follow=True)
    assert "until then it stays" in text_of(answer)
    assert (Photo.objects.get(pk=last.pk).state, Takedown.objects.filter(photo=last).count()) == ("published", 1)


def test_the_team_goes_through_what_waits():
    meetup = gathering()
    photo = sent(sender(meetup), caption="A full room")
    developed()
    client = browser_of(ada())
    assert "1 wait for you" in text_of(client.get(DESK))
    assert client.post(f"{DESK}{photo.pk}/publication/").headers["Location"] == DESK
    said = {"caption": "A full room, on the first day", "credit": "Bo", "session": ""}
    assert client.post(f"{DESK}{photo.pk}/", said).status_code == 302
    assert client.post(f"{DESK}{photo.pk}/", {**said, "caption": " "}).status_code == 422
    assert "Place 1 of 1" in text_of(client.get(f"{DESK}{photo.pk}/"))
    assert client.post(f"{DESK}{photo.pk}/place/", {"move": "up"}).status_code == 302
    assert client.post(f"{DESK}{photo.pk}/publication/", {"_method": "delete"}).status_code == 302
    assert Photo.objects.get().state == "offered"
    client.post(f"{PHOTOS}{photo.pk}/takedown/")
    assert client.post(f"{DESK}{photo.pk}/removal/").status_code == 302
    assert Photo.objects.get().state == "deleted"


def waiting(bo_sends: Contributor, count: int, *, albums=(None,)) -> list[int]:
    """Let copies of a picture wait for the team; return their numbers."""
    facts = {"gallery": bo_sends.gallery, "contributor": bo_sends, "state": "offered", "length": 1, "begun_at": NOW}
    rows = [
        Photo(
            key=f"w{bo_sends.pk:09}{at:012}",
            caption=f"Nr. {at}",
            width=64,
            height=48,
            session=albums[at % len(albums)],
            **facts,
        )
        for at in range(count)
    ]
    return [photo.pk for photo in Photo.objects.bulk_create(rows)]


def test_the_team_publishes_what_it_ticked_in_one_go():
    meetup = gathering()
    talk, who = session(meetup), sender(meetup)
    first = published(who, session=talk)
    numbers = waiting(who, 5, albums=(talk, None))
    Photo.objects.filter(pk=numbers[4]).update(state="ready", caption="")
    other = opened(5, title="Other meetup", stage="on_site")
    foreign = waiting(sender(other), 1)[0]
    client = browser_of(ada())
    assert text_of(client.get(DESK)).count('<input type="checkbox" name="photo"') == 4
    sent_in = [numbers[2], numbers[0], numbers[1], numbers[4], first.pk, foreign, "x", "9" * 40, numbers[0]]
    answer = client.post(f"{DESK}publications/", {"photo": sent_in})
    assert answer.headers["Location"] == f"{DESK}#waiting"
    assert "3 published" in text_of(client.get(DESK))
    shown = Photo.objects.filter(pk__in=numbers).order_by("pk").values_list("state", "position")
    assert list(shown) == [("published", 2), ("published", 1), ("published", 3), ("offered", 0), ("ready", 0)]
    assert Photo.objects.get(pk=foreign).state == "offered"
    assert Photo.objects.filter(pk__in=numbers, published_at=None).count() == 2
    told = Entry.objects.filter(kind="photos.published").order_by("pk").values_list("facts", flat=True)
    assert [facts["photo"] for facts in told] == [first.pk, *numbers[:3]]


def test_who_ticked_nothing_or_comes_too_late_is_told():
    who = sender(gathering())
    number = waiting(who, 1)[0]
    client = browser_of(ada())
    assert "Tick the pictures to publish first." in text_of(client.post(f"{DESK}publications/", follow=True))
    actions.publish(Photo.objects.get(pk=number), by=ada(), now=NOW)
    late = text_of(client.post(f"{DESK}publications/", {"photo": number}, follow=True))
    assert ("0 published" in late, Photo.objects.get(pk=number).position) == (True, 1)


def test_nothing_is_published_any_more_once_the_meetup_is_archived():
    meetup = gathering()
    number = waiting(sender(meetup), 1)[0]
    Meetup.objects.filter(pk=meetup.pk).update(stage="archived")
    browser_of(ada()).post(f"{DESK}publications/", {"photo": number})
    assert Photo.objects.get(pk=number).state == "offered"


@pytest.mark.parametrize("count", [1, 3, 100])
def test_publishing_takes_as_many_statements_for_one_as_for_a_hundred(count, django_assert_num_queries):
    numbers = waiting(sender(gathering()), count)
    client = browser_of(ada())
    with django_assert_num_queries(11):
        client.post(f"{DESK}publications/", {"photo": numbers})
    assert Photo.objects.filter(state="published").count() == count


@pytest.mark.parametrize("count", [1, 100])
def test_what_waits_stands_on_one_page(count, django_assert_num_queries):
    waiting(sender(gathering()), count)
    client = browser_of(ada())
    with django_assert_num_queries(10):
        assert text_of(client.get(DESK)).count('name="photo"') == count


def test_the_team_says_how_pictures_are_taken_in_and_makes_the_link_of_the_day():
    gathering()
    client = browser_of(ada())
    assert client.post(DESK, {"is_open": "on", "licence": "cc0-1.0"}).status_code == 302
    gallery = Gallery.objects.get()
    assert (gallery.is_open, gallery.needs_approval, gallery.licence) == (True, False, "cc0-1.0")
    assert client.post(DESK, {"licence": "mine"}).status_code == 422
    page = text_of(client.post(f"{DESK}link/", follow=True))
    link = re.search(r"http://testserver(/m/spring-meetup/photos/day/[0-9a-f]{32}/)", page)
    assert (browser_of().get(link[1]).status_code, "QR code" in page) == (200, True)
    client.post(f"{DESK}link/", {"_method": "delete"})
    assert browser_of().get(link[1]).status_code == 404


def test_the_group_photo_is_a_session():
    meetup = gathering()
    client = browser_of(ada())
    client.post(f"{DESK}group-photo/")
    made = Session.objects.get()
    assert (made.title, made.format, made.for_all, made.meetup) == ("Group photo", "plenary", True, meetup)
    assert "It is a session of the agenda" in text_of(client.get(DESK))


@pytest.mark.parametrize(
    "asked", ["?album=none", "?album=x", "?album=9999999999999999999999", "?page=0", "?page=x", "?page=99"]
)
def test_whatever_is_asked_for_there_is_a_page(asked):
    published(sender(gathering()))
    assert browser_of().get(f"{PHOTOS}{asked}").status_code == 200


def many(bo_sends: Contributor, count: int) -> None:
    """Publish copies of a picture."""
    first = published(bo_sends)
    facts = {
        "gallery": first.gallery,
        "state": "published",
        "length": 1,
        "caption": "x y",
        "begun_at": NOW,
        "published_at": NOW,
    }
    talk = session(bo_sends.gallery.meetup)
    sizes = {"width": 64, "height": 48, "contributor": bo_sends}
    Photo.objects.bulk_create([Photo(key=f"k{at:021}", session=talk, position=at, **facts, **sizes) for at in range(count)])


@pytest.mark.parametrize("count", [1, 60])
@pytest.mark.parametrize(
    ("who", "place", "statements"),
    [(None, PHOTOS, 4), (None, f"{PHOTOS}?album=none", 4), (ada, DESK, 11), (bo, f"{PHOTOS}sending/", 8)],
)
def test_pages_take_as_many_statements_for_one_as_for_many(count, who, place, statements, django_assert_num_queries):
    many(sender(gathering()), count)
    client = browser_of(who() if who else None)
    with django_assert_num_queries(statements):
        assert client.get(place).status_code == 200


def test_machines_get_what_everybody_sees():
    meetup = gathering()
    photo = published(sender(meetup))
    answer = browser_of().get("/api/v1/meetups/spring-meetup/photos").json()
    assert (answer["licence"], len(answer["items"])) == ("CC BY 4.0", 1)
    item = answer["items"][0]
    assert (item["number"], item["caption"], item["credit"], item["album"]) == (photo.pk, "A full room", "Bo Example", "")
    assert item["thumb"]["url"].endswith(f"/photos/files/{photo.key}/thumb.webp")
    assert browser_of().get("/api/v1/meetups/other/photos").status_code == 404


def test_the_page_of_the_meetup_and_the_desk_lead_to_pictures():
    meetup = gathering()
    assert "Send the first" in text_of(browser_of().get("/m/spring-meetup/"))
    published(sender(meetup))
    assert "All 1" in text_of(browser_of().get("/m/spring-meetup/"))
    actions.ask_away(Photo.objects.get(), "", often_from_here=False, now=NOW)
    assert '/desk/photos/">Photos <span class="task-figure">1 to look at' in text_of(
        browser_of(ada()).get("/m/spring-meetup/desk/")
    )

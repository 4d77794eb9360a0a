"""Pictures piece by piece, as tus 1.0.0 says: https://tus.io/protocols/resumable-upload."""

import fcntl
import os
import re
import resource
from base64 import b64encode
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest

from midcycle.photos import actions
from midcycle.photos.access import link_key
from midcycle.photos.models import Contributor, Photo
from midcycle.photos.rules import MOST_BYTES, MOST_UNFINISHED
from midcycle.photos.shelf import DiskFull, Shelf, WrongOffset, shelf
from tests.system.instance import wait_until
from tests.world import NOW, ada, bo, browser_of, cy, dee, later
from tests.worlds.agenda import session
from tests.worlds.photos import developed, gathering, sender
from tests.worlds.pictures import picture

pytestmark = pytest.mark.django_db
PLACE = "/m/spring-meetup/photos/uploads/"
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = "application/offset+octet-stream"


def announce(client, length: object, **said: str):
    """Announce a picture of so many bytes."""
    metadata = ",".join(f"{key} {b64encode(value.encode()).decode()}" for key, value in said.items())
    return client.post(PLACE, headers={**TUS, "Upload-Length": str(length), "Upload-Metadata": metadata})


def piece(client, place: str, offset: object, content: bytes, kind: str = PIECE, **headers: str):
    """Send a piece."""
    return client.patch(place, content, content_type=kind, headers={**TUS, "Upload-Offset": str(offset), **headers})


def here(client, place: str) -> tuple[int, str | None]:
    """Ask how much is here."""
    answer = client.head(place, headers=TUS)
    return answer.status_code, answer.headers.get("Upload-Offset")


def while_another_writes(path, deed, then: bytes = b""):
    """Do a deed while another process writes on a file, which ends once the deed waits for it; return what came of it."""
    told = []

    def run() -> None:
        try:
            told.append(deed())
        except WrongOffset as error:
            told.append(error)

    with path.open("ab") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        number, late = os.fstat(other.fileno()).st_ino, Thread(target=run)
        late.start()
        wait_until(lambda: told or re.search(rf"-> FLOCK .*:{number} ", Path("/proc/locks").read_text()))
        other.write(then)
    late.join()
    return told[0]


@pytest.fixture(autouse=True)
def own_shelf(settings, tmp_path):
    """Let no test find the files of another one."""
    settings.MIDCYCLE = settings.MIDCYCLE.model_copy(update={"data": tmp_path})


@pytest.fixture
def client():
    """Return Bo's browser, who sends pictures of a meetup that goes on."""
    sender(gathering())
    return browser_of(bo())


@pytest.mark.usefixtures("client")
def test_what_is_spoken_is_told_to_anybody():
    answer = browser_of().options(PLACE)
    told = {name: answer.headers[name] for name in ("Tus-Version", "Tus-Extension", "Tus-Max-Size", "Tus-Resumable")}
    assert (answer.status_code, told) == (
        204,
        {
            "Tus-Version": "1.0.0",
            "Tus-Extension": "creation,expiration,termination",
            "Tus-Max-Size": str(MOST_BYTES),
            "Tus-Resumable": "1.0.0",
        },
    )


def test_a_picture_comes_in_pieces_and_is_developed(client):
    content = picture(800, 600)
    made = announce(client, len(content))
    place = made.headers["Location"]
    assert (made.status_code, made.headers["Tus-Resumable"], here(client, place)) == (201, "1.0.0", (200, "0"))
    first = piece(client, place, 0, content[:1000])
    assert (first.status_code, first.headers["Upload-Offset"], here(client, place)) == (204, "1000", (200, "1000"))
    assert client.head(place, headers=TUS).headers["Cache-Control"] == "no-store"
    last = piece(client, place, 1000, content[1000:])
    assert (last.status_code, last.headers["Upload-Offset"]) == (204, str(len(content)))
    assert (Photo.objects.get().state, here(client, place)) == ("developing", (200, str(len(content))))
    assert developed() == 1
    photo = Photo.objects.get()
    assert (photo.state, photo.width, shelf().arrived()) == ("ready", 800, [])


@pytest.mark.parametrize("content", [picture(), b"no picture"])
def test_whose_last_answer_was_lost_learns_that_all_of_it_came(client, content):
    place = announce(client, len(content), print="p").headers["Location"]
    piece(client, place, 0, content)  # the answer is lost, and meanwhile it is developed, or refused
    developed()
    assert here(client, place) == (200, str(len(content)))
    again = piece(client, place, 0, content)
    assert (again.status_code, again.headers["Upload-Offset"], Photo.objects.count()) == (409, str(len(content)), 1)
    assert here(browser_of(ada()), place) == (404, None)


def test_where_it_stopped_says_the_disk_alone(client):
    place = announce(client, 10).headers["Location"]
    key = Photo.objects.get().key
    shelf().append(key, 0, b"abcd")  # as a server did that was killed before it answered
    told = piece(client, place, 0, b"abcd")
    assert (told.status_code, told.headers["Upload-Offset"], here(client, place)) == (409, "4", (200, "4"))
    assert piece(client, place, 6, b"x").status_code == 409
    with pytest.raises(WrongOffset):
        actions.append(Photo.objects.get(), 6, b"", shelf=shelf(), now=NOW)
    assert piece(client, place, 4, b"efg").headers["Upload-Offset"] == "7"
    assert shelf().incoming(key).read_bytes() == b"abcdefg"


def test_a_picture_that_is_whole_goes_on_though_its_row_does_not_know(client):
    content = picture()
    announce(client, len(content))
    photo = Photo.objects.get()
    shelf().append(photo.key, 0, content)  # and then the server was killed
    actions.tidy(shelf(), busy=(), now=NOW)
    photo.refresh_from_db()
    assert (photo.state, developed()) == ("developing", 1)


def test_two_that_send_at_once_do_not_write_into_each_other(client):
    place = announce(client, 8).headers["Location"]
    key = Photo.objects.get().key
    assert piece(client, place, 0, b"abcd").status_code == 204
    late = while_another_writes(shelf().incoming(key), lambda: shelf().append(key, 4, b"efgh"), then=b"XY")
    assert isinstance(late, WrongOffset)
    assert (late.offset, here(client, place), shelf().incoming(key).read_bytes()) == (6, (200, "6"), b"abcdXY")


def test_whoever_goes_on_right_after_a_cut_waits_until_what_came_is_written(client):
    announce(client, 8)
    key = Photo.objects.get().key
    shelf().append(key, 0, b"abcd")
    # What the cut piece brought is in the file already, and on its way to the disk: it is no other offset.
    assert while_another_writes(shelf().incoming(key), lambda: shelf().append(key, 4, b"efgh")) == 8
    assert shelf().incoming(key).read_bytes() == b"abcdefgh"


def test_how_much_is_here_is_told_once_nobody_writes(client):
    announce(client, 8)
    key = Photo.objects.get().key
    shelf().append(key, 0, b"abcd")
    assert while_another_writes(shelf().incoming(key), lambda: shelf().offset(key), then=b"ef") == 6


@pytest.mark.parametrize(
    ("length", "status"),
    [("", 400), ("-1", 400), ("1e9", 400), ("٣", 400), ("9" * 30, 400), ("0", 422), (str(MOST_BYTES + 1), 413), ("1", 201)],
)
def test_only_so_many_bytes_are_announced(client, length, status):
    assert (announce(client, length).status_code, Photo.objects.count()) == (status, int(status == 201))


def test_what_is_none_of_the_protocol_is_refused(client):
    place = announce(client, 5).headers["Location"]
    assert client.post(PLACE, headers={"Upload-Length": "5"}).status_code == 412
    assert client.head(place).headers["Tus-Version"] == "1.0.0"
    assert client.head(place, headers={"Tus-Resumable": "0.2.2"}).status_code == 412
    assert piece(client, place, 0, b"abc", kind="image/jpeg").status_code == 415
    assert piece(client, place, "x", b"abc").status_code == 400
    assert piece(client, place, 0, b"abcdef").status_code == 422
    assert client.post(PLACE, headers={**TUS, "Upload-Length": "5", "Upload-Metadata": "a !!"}).status_code == 400
    assert client.post(PLACE, headers={**TUS, "Upload-Length": "5", "Upload-Metadata": "a" * 3000}).status_code == 400
    assert client.put(PLACE).status_code == 405
    assert here(client, place) == (200, "0")


def test_a_picture_is_given_up(client):
    place = announce(client, 10).headers["Location"]
    piece(client, place, 0, b"abcd")
    assert client.delete(place, headers=TUS).status_code == 204
    assert here(client, place) == (404, None)
    actions.tidy(shelf(), busy=(), now=NOW)
    assert (Photo.objects.count(), shelf().arrived()) == (0, [])


def test_whoever_begins_the_same_again_goes_on(client):
    first = announce(client, 10, print="abc")
    piece(client, first.headers["Location"], 0, b"abcd")
    again, other = announce(client, 10, print="abc"), announce(client, 11, print="abc")
    assert again.headers["Location"] == first.headers["Location"] != other.headers["Location"]
    page = client.get("/m/spring-meetup/photos/sending/").content.decode()
    assert f'{{"url": "{first.headers["Location"]}", "length": 10, "print": "abc"}}' in page


def test_a_picture_belongs_to_a_session_of_this_meetup(client):
    meetup = Contributor.objects.get().gallery.meetup
    chosen = session(meetup)
    for number in (str(chosen.pk), str(chosen.pk + 1), "x", "9" * 30):
        announce(client, 1, session=number)
    assert list(Photo.objects.order_by("pk").values_list("session", flat=True)) == [chosen.pk, None, None, None]


@pytest.mark.parametrize("who", [cy, dee, lambda: None])
def test_a_stranger_neither_sends_nor_sees_what_is_on_its_way(client, who):
    place = announce(client, 10).headers["Location"]
    stranger = browser_of(who())
    asked = [announce(stranger, 10), stranger.head(place, headers=TUS), piece(stranger, place, 0, b"abc")]
    asked.append(stranger.delete(place, headers=TUS))
    assert {(answer.status_code, answer.headers["Tus-Resumable"]) for answer in asked} == {(404, "1.0.0")}
    assert (Photo.objects.count(), shelf().arrived()) == (1, [])


def test_somebody_else_who_sends_does_not_write_on_it(client):
    place = announce(client, 10).headers["Location"]
    actions.join(Contributor.objects.get().gallery.meetup, "Ada", by=ada(), now=NOW)
    assert piece(browser_of(ada()), place, 0, b"abc").status_code == 404


def test_no_piece_comes_from_another_site():
    sender(gathering())
    client = browser_of(bo())
    client.handler.enforce_csrf_checks = True
    assert announce(client, 10).status_code == 403


def test_there_are_so_many_unfinished_and_no_more(client):
    statuses = [announce(client, 10).status_code for _ in range(MOST_UNFINISHED + 1)]
    assert statuses == [201] * MOST_UNFINISHED + [422]


@pytest.mark.parametrize(("stage", "status"), [("agenda", 422), ("on_site", 201), ("wrap_up", 201), ("archived", 422)])
def test_when_pictures_are_taken_in(stage, status):
    meetup = gathering("on_site")
    sender(meetup)
    meetup.stage = stage
    meetup.save(update_fields=["stage"])
    assert announce(browser_of(bo()), 10).status_code == status


def test_the_team_closes_the_gallery(client):
    meetup = Contributor.objects.get().gallery.meetup
    actions.set_up(meetup, is_open=False, needs_approval=True, licence="cc-by-4.0", by=ada(), now=NOW)
    told = announce(client, 10)
    assert (told.status_code, told.content.decode()[:36]) == (422, "The team takes no more pictures in. ")


def test_a_full_disk_is_told_and_nothing_is_lost(client, monkeypatch):
    place = announce(client, 10).headers["Location"]
    piece(client, place, 0, b"abcd")
    monkeypatch.setattr("midcycle.photos.shelf.KEPT_FREE", 10**18)
    assert (piece(client, place, 4, b"efgh").status_code, announce(client, 10).status_code) == (507, 507)
    assert here(client, place) == (200, "4")


@pytest.mark.parametrize("most", [6, 4, 0])
def test_what_fits_on_the_disk_is_kept_and_the_rest_comes_again(tmp_path, most):
    told, says = os.pipe()
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        try:
            Shelf(tmp_path).append("key", 0, b"abcdefgh")
        except DiskFull:
            os.write(says, b"full")
        os._exit(0)
    os.waitpid(child, 0)
    os.close(says)
    assert (os.read(told, 9), Shelf(tmp_path).offset("key")) == (b"full", most)
    assert Shelf(tmp_path).append("key", most, b"abcdefgh"[most:]) == 8


def test_what_is_not_sent_on_for_a_day_is_deleted(client):
    place = announce(client, 10).headers["Location"]
    piece(client, place, 0, b"abcd")
    photo = Photo.objects.get()
    Photo.objects.update(begun_at=NOW)
    heard = later(hours=20).timestamp()
    os.utime(shelf().incoming(photo.key), (heard, heard))
    assert actions.forget_unfinished(shelf(), now=later(hours=30)) == 0
    assert actions.forget_unfinished(shelf(), now=later(hours=45)) == 1
    actions.tidy(shelf(), busy=(), now=later(hours=45))
    assert (Photo.objects.count(), shelf().arrived()) == (0, [])


def test_what_never_began_to_come_is_deleted_too(client):
    announce(client, 10)
    Photo.objects.update(begun_at=NOW - timedelta(days=2))
    assert actions.forget_unfinished(shelf(), now=NOW) == 1


def test_by_the_link_of_the_day_anybody_sends_until_it_is_taken_back():
    meetup = gathering()
    gallery = actions.make_link(meetup, by=ada(), now=NOW)
    place, phone = f"/m/spring-meetup/photos/day/{link_key(gallery)}/", browser_of()
    assert phone.get(place).status_code == 200
    assert phone.post(place, {"credit": "Zoe"}).status_code == 422
    assert phone.post(place, {"credit": "Zoe", "agrees": "on"}).headers["Location"] == "/m/spring-meetup/photos/sending/"
    assert announce(phone, 10).status_code == 201
    assert "Zoe" in Photo.objects.get().credit
    actions.take_link_back(meetup, by=ada(), now=NOW)
    assert (announce(phone, 10).status_code, browser_of().get(place).status_code) == (422, 404)
    actions.make_link(meetup, by=ada(), now=NOW)
    assert (announce(phone, 10).status_code, browser_of().get(place).status_code) == (422, 404)


def test_a_shelf_keeps_what_a_process_wrote_before_it_died(tmp_path):
    child = os.fork()
    if not child:
        Shelf(tmp_path).append("key", 0, b"abc")
        os._exit(9)
    os.waitpid(child, 0)
    assert Shelf(tmp_path).append("key", 3, b"def") == 6

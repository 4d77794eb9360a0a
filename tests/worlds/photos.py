"""A meetup people send pictures to."""

import time
from pathlib import Path

from midcycle.engines.pictures import Counter
from midcycle.meetups.models import Meetup
from midcycle.photos import actions
from midcycle.photos.models import Contributor, Photo
from midcycle.photos.shelf import Shelf, shelf
from tests.world import NOW, bo
from tests.worlds.pictures import picture
from tests.worlds.registration import opened, seated


def gathering(stage: str = "on_site") -> Meetup:
    """Return a meetup of Ada's that goes on, where Bo has a seat."""
    meetup = opened(5, stage=stage)
    seated(meetup, "Bo")
    return meetup


def sender(meetup: Meetup, credit: str = "Bo Example") -> Contributor:
    """Return Bo, who sends pictures."""
    return actions.join(meetup, credit, by=bo(), now=NOW)


def sent(who: Contributor, content: bytes | None = None, *, caption: str = "", session=None, now=NOW) -> Photo:
    """Return a picture that has arrived as a whole; described with a caption."""
    return actions.send_whole(who, content or picture(), caption=caption, session=session, shelf=shelf(), now=now)


def developed(*, now=NOW) -> int:
    """Develop all that waits, as the worker does; return how many were settled."""
    counter, done = Counter(), 0
    while True:
        done += actions.develop(counter, shelf(), now=now, clock=time.monotonic())
        if not counter.under_way and not Photo.objects.filter(state="developing").exists():
            break
        time.sleep(0.02)
    counter.close()
    actions.tidy(shelf(), busy=(), now=now)
    return done


def published(who: Contributor, caption: str = "A full room", *, seed: int = 1, session=None, now=NOW) -> Photo:
    """Return a picture everybody sees, without waiting for the darkroom's process."""
    content = picture(seed=seed)
    photo = sent(who, content, caption=caption, session=session, now=now)
    developed(now=now)
    photo.refresh_from_db()
    if photo.state == "offered":
        actions.publish(photo, by=who.gallery.meetup.opened_by, now=now)
        photo.refresh_from_db()
    return photo


def files_of(photo: Photo, where: Shelf | None = None) -> list[str]:
    """Return the names of the files of a picture on disk."""
    folder = (where or shelf()).folder(photo.gallery.meetup_id, photo.key)
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def everything_below(root: Path) -> bytes:
    """Return every byte kept below a directory."""
    return b"".join(path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file())

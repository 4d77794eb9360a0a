"""The archive of a meetup holds what a stranger can read, opens from a disk, and is the same each time."""

import json
import re

import pytest

from midcycle.agenda.queries.pages import RELEASES
from midcycle.cli.main import main
from midcycle.engines.folder import NotWritten, faults, write
from midcycle.feedback import actions as feedback
from midcycle.journal import actions as journal
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.outcomes import actions as outcomes
from midcycle.outcomes.models import Action
from midcycle.pads import actions as pads
from midcycle.photos import actions as photos
from midcycle.photos.shelf import shelf
from midcycle.registration import actions as registration
from midcycle.registration.models import Capacity
from midcycle.report import actions
from midcycle.report.actions import Wording
from midcycle.report.queries.archive import HEAVIEST, archive_of, weight_of
from midcycle.site.followers import FOLLOWERS
from midcycle.topics import actions as topics
from midcycle.web.ready import Ready
from tests.world import NOW, ada, bo, browser_of, cy, idea, placed
from tests.worlds.feedback import said
from tests.worlds.photos import gathering, published, sender, sent
from tests.worlds.pictures import picture
from tests.worlds.report import DEVELOPER, OPERATOR, over, thanked

pytestmark = pytest.mark.django_db

BOTH = ("report.html", "report-en.html")
LINKS = "[the agenda](/m/spring-meetup/agenda/) [home](../../) [gone](#nowhere) [out](https://a.example/x?a=1&b=2)"


@pytest.fixture
def meetup():
    """A meetup with something in every corner, some of it not for strangers."""
    found = thanked(over(*[OPERATOR] * 7, *[DEVELOPER] * 5, sessions=3))
    meetups.describe(found, ada(), title=found.title, summary=f"Two days. {LINKS}", notice="", now=NOW)
    pads.open_pad(found, "LIS-wrap-up", title="Wrap <up>", text=f"- [ ] Bo: tell all\n\n{LINKS}", by=ada(), now=NOW)
    feedback.open_survey(found, by=ada(), now=NOW)
    for seat in found.seats.all():
        feedback.answer_survey(seat, said(come_again=True, words="SECRET words"), now=NOW)
    feedback.close_survey(found, by=ada(), now=NOW)
    outcomes.collect(now=NOW)
    return Meetup.objects.get(pk=found.pk)


def pages_of(files):
    return {name: body.decode() for name, body in files.items() if name.endswith(".html")}


def bytes_of(files):
    """Every file as bytes, also those that lie elsewhere so far."""
    return {name: body if isinstance(body, bytes) else body.read_bytes() for name, body in files.items()}


def test_everything_public_is_there_and_every_link_works(meetup):
    actions.publish(meetup, by=ada(), now=NOW)
    actions.publish_points(meetup, by=ada(), now=NOW)
    files = archive_of(meetup)
    assert faults(files) == []
    assert files["data-points.json"] == browser_of().get("/m/spring-meetup/data-points/data-points.json").content
    assert {name for name in files if "/" not in name} == {
        "index.html", "report.html", "agenda.html", "pads.html", "actions.html", "survey.html", "style.css", "data-points.json",
        "report.pdf", "report.md", "schedule.ics",
        "schedule.json", "schedule.xml", "schedule.csv", "actions.csv", "meetup.json",
    }  # fmt: skip
    assert len([name for name in files if name.startswith("sessions/")]) == 3
    assert {name for name in files if name.startswith("pads/LIS-wrap-up")} == {"pads/LIS-wrap-up.html", "pads/LIS-wrap-up.md"}
    assert all(weight_of(name, files) <= HEAVIEST for name in pages_of(files))
    for page in pages_of(files).values():
        assert ('<meta charset="utf-8">' in page, 'name="viewport" content="width=device-width' in page) == (True, True)


def test_links_people_wrote_lead_to_files_or_to_the_site(meetup):
    page = archive_of(meetup)["pads/LIS-wrap-up.html"].decode()
    links = re.findall(r'<a href="([^"]*)"[^>]*>(the agenda|home|out)</a>', page)
    assert links == [("../agenda.html", "the agenda"), ("../index.html", "home"), ("https://a.example/x?a=1&amp;b=2", "out")]
    assert "#nowhere" not in page


def test_all_of_it_can_be_seen_by_a_stranger(meetup):
    actions.publish(meetup, by=ada(), now=NOW)
    stranger = browser_of()
    for name, page in pages_of(archive_of(meetup)).items():
        (source,) = re.findall(r"This page stood at\s*<a href=\"https?://[^/]+(/[^\"]*)\"", page)
        answer = stranger.get(source)
        assert (name, source, answer.status_code) == (name, source, 200)
        heading = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)[1].strip()
        assert name == "actions.html" or heading in " ".join(answer.content.decode().split())


def test_nothing_a_stranger_cannot_see_is_in_it(meetup):
    actions.write(meetup, Wording("words", "SECRET draft"), by=ada(), now=NOW)
    files = archive_of(meetup)
    assert {"report.html", "report.pdf", "report.md", "money.html"} & set(files) == set()
    told = json.loads(files["meetup.json"])
    assert (told["figures"], told["data_points"]) == ({}, [])
    for body in bytes_of(files).values():
        assert not re.search(rb"SECRET|@example\.org|Guest \d", body)
    actions.publish(meetup, by=ada(), now=NOW)
    shown = archive_of(meetup)
    assert b"SECRET draft" in shown["report.html"]
    assert not any(b"SECRET words" in body or b"@example.org" in body for body in shown.values())


def test_whoever_said_yes_stands_in_it_and_once_forgotten_in_no_file(meetup):
    seat = meetup.seats.select_related("person").earliest("pk")
    type(seat.person).objects.filter(pk=seat.person.pk).update(name="Brita Lark")
    seat.person.refresh_from_db()
    actions.publish(meetup, by=ada(), now=NOW)
    outcomes.take(Action.objects.get(what="tell all"), seat.person, is_named=True, now=NOW)
    assert [name for name, body in sorted(bytes_of(archive_of(meetup)).items()) if b"Brita Lark" in body] == [
        "actions.csv", "actions.html", "meetup.json", "report.html", "report.md",
    ]  # fmt: skip
    registration.erase_seat(seat, now=NOW)
    journal.number_entries()
    for name in ("outcomes", "agenda", "pads"):
        journal.read_on(name, FOLLOWERS[name])
    files = bytes_of(archive_of(meetup))
    assert ("tell all" in files["actions.html"].decode(), [name for name, body in files.items() if b"Brita" in body]) == (
        True,
        [],
    )


def test_pictures_lie_in_it_with_what_must_stand_beside_them_and_hidden_ones_never(tmp_path):
    meetup = gathering()
    shown, hidden = published(sender(meetup), "A <full> room"), published(sender(meetup), "SECRET", seed=2)
    photos.ask_away(hidden, "", often_from_here=False, now=NOW)
    offered = sent(sender(meetup), picture(seed=3), caption="SECRET too")
    meetups.move_to_stage(meetup, ada(), "wrap_up", now=NOW)
    actions.publish(meetup, by=ada(), now=NOW)
    files = archive_of(meetup)
    assert faults(files) == []
    kept = {name for name in files if name.startswith("photos/")}
    assert kept == {f"photos/{shown.pk}-{size}" for size in ("thumb.webp", "screen.webp", "full.jpg")}
    page = files["photos.html"].decode()
    assert 'alt="A &lt;full&gt; room"' in page
    assert ("Bo Example" in page, f"/m/{meetup.slug}/photos/{shown.pk}/takedown/" in page) == (True, True)
    assert f'src="photos/{shown.pk}-thumb.webp"' in files["report.html"].decode()
    assert not any(b"SECRET" in body for body in bytes_of(files).values())
    write(files, tmp_path / "out", name=meetup.slug)
    assert (tmp_path / "out" / f"photos/{shown.pk}-full.jpg").read_bytes()[:2] == b"\xff\xd8"
    assert offered.state != "published"


def test_a_picture_that_is_gone_while_it_is_written_ends_it(tmp_path):
    meetup = gathering()
    shown = published(sender(meetup))
    files = archive_of(meetup)
    shelf().delete(meetup.pk, shown.key)
    with pytest.raises(NotWritten, match="taken away meanwhile"):
        write(files, tmp_path / "out", name=meetup.slug)
    assert not (tmp_path / "out").exists()
    assert "photos.html" not in archive_of(meetup)


def test_topics_that_were_withdrawn_and_comments_taken_off_are_not_in_it():
    meetup = placed()
    kept = topics.propose(meetup, bo(), title="Kept topic", details="Details", now=NOW)
    gone = topics.propose(meetup, cy(), title="SECRET topic", now=NOW)
    topics.withdraw(gone, cy(), now=NOW)
    comment = topics.comment(kept, bo(), "SECRET comment", now=NOW)
    topics.moderate_comment(comment, hidden=True, by=ada(), now=NOW)
    topics.comment(kept, cy(), f"Kept comment {LINKS}", now=NOW)
    files = archive_of(meetup)
    assert faults(files) == []
    assert b"Kept comment" in files[f"topics/{kept.pk}.html"]
    assert not any(b"SECRET" in body for body in files.values())


def test_the_same_facts_give_the_same_bytes(meetup):
    actions.publish(meetup, by=ada(), now=NOW)
    assert archive_of(meetup) == archive_of(Meetup.objects.get())


def test_the_notice_of_a_meetup_stands_on_each_page_and_in_the_files(meetup):
    actions.publish(meetup, by=ada(), now=NOW)
    Meetup.objects.update(notice="People are invented.")
    files = archive_of(Meetup.objects.get())
    pages = {name for name in files if name.endswith(".html")}
    assert {name for name in pages if "People are invented." in files[name].decode()} == pages
    assert "\n\n> People are invented.\n\n" in files["report.md"].decode()


def test_words_around_are_in_the_language_of_the_report(meetup):
    capacity = Capacity.objects.get(meetup=meetup)
    capacity.asks = {**capacity.asks, "languages": ["de", "en"]}
    capacity.save()
    meetup = Meetup.objects.get()
    actions.write(meetup, Wording("words", f"Wir trafen uns. {LINKS}", "de"), by=ada(), now=NOW)
    actions.publish(meetup, by=ada(), now=NOW)
    files = archive_of(meetup)
    assert faults(files) == []
    assert '<html lang="de" dir="ltr">' in files["index.html"].decode()
    assert "Wir trafen uns." in files["report.html"].decode()
    assert '<html lang="en" dir="ltr">' in files["report-en.html"].decode()
    assert [re.search("<title>(.*?) ·", files[name].decode())[1] for name in BOTH] == ["Bericht", "Report"]
    assert ['<ul lang="de">' in files[name].decode() for name in BOTH] == [False, True]
    words = [[said in files[name].decode() for said in ("Woher das kommt", "Where this comes from")] for name in BOTH]
    assert words == [[True, False], [False, True]]
    assert {"report-en.pdf", "report-en.md"} <= set(files)


def test_pads_that_other_systems_take_for_one_file_or_for_a_device_have_their_own(meetup):
    for name in ("con", "lis-x", "LIS-x"):
        pads.open_pad(meetup, name, title=name, text=f"These are {name}.", by=ada(), now=NOW)
    pads.open_pad(meetup, "LIS-links", title="Links", text="[x](lis-x) [c](../con/)", by=ada(), now=NOW)
    files = archive_of(meetup)
    assert faults(files) == []
    own = {name: file for name in ("con", "lis-x", "LIS-x") for file in files if files[file] == f"These are {name}.".encode()}
    assert own == {"con": "pads/con-2.md", "lis-x": "pads/lis-x-2.md", "LIS-x": "pads/LIS-x.md"}
    assert 'href="pads/lis-x-2.html"' in files["pads.html"].decode()
    assert 'href="../pads/con-2.md"' in files["pads/con-2.html"].decode()


def test_long_notes_are_cut_on_their_page_and_whole_beside_it(meetup):
    text = "word " * 60_000
    pads.open_pad(meetup, "LIS-long", title="Long", text=text, by=ada(), now=NOW)
    files = archive_of(meetup)
    assert weight_of("pads/LIS-long.html", files) <= HEAVIEST
    assert (b"Here is their beginning" in files["pads/LIS-long.html"], len(files["pads/LIS-long.md"])) == (True, len(text))


@pytest.mark.parametrize("stage", ["idea", "registration"])
def test_a_meetup_with_nothing_yet_has_an_archive_too(stage):
    files = archive_of(idea() if stage == "idea" else placed())
    assert (faults(files), sorted(files)) == ([], ["index.html", "meetup.json", "style.css"])


def test_the_command_writes_it_and_names_what_is_broken(meetup, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["archive", "spring-meetup", "--out", str(out)]) == 0
    assert "every link within leads somewhere. Open index.html." in capsys.readouterr().out
    assert (out / "index.html").is_file()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "mine.txt").write_text("x")
    assert main(["archive", "spring-meetup", "--out", str(tmp_path / "other")]) == 1
    assert "holds something else" in capsys.readouterr().err
    assert main(["archive", "spring-meetup", "--out", str(tmp_path / "other" / "mine.txt" / "out")]) == 1
    assert "nothing is written to" in capsys.readouterr().err
    assert main(["archive", "nowhere", "--out", str(tmp_path / "no")]) == 1
    assert "there is no meetup nowhere" in capsys.readouterr().err
    release = meetup.releases.get()
    broken = Ready.of(b'<a href="broken.html">x</a>', "text/html; charset=utf-8")
    RELEASES.keep((meetup.slug, release.pk, "en"), broken)
    assert main(["archive", "spring-meetup", "--out", str(tmp_path / "no")]) == 1
    assert "agenda.html: broken.html leads to a file that is not there" in capsys.readouterr().err
    assert not (tmp_path / "no").exists()

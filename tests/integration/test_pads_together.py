"""All pads of a meetup together: searched, with tags and actions, taken away, and brought in from elsewhere."""

import io
import json
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from midcycle.agenda import actions as agenda
from midcycle.engines.etherpad import read
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.pads import actions, queries
from midcycle.pads.models import Client, Pad
from midcycle.pads.rules import Incoming, pads_in
from tests.world import NOW, ada, bo, browser_of, cy, placed
from tests.worlds.agenda import at, hall, planned, session

pytestmark = pytest.mark.django_db

NOTES = "# Upgrades\n\n##ceph and ##Nova-cells\n\n- [ ] Bo: write it down, by 2027-03-31\n- [x] Tell the list\n"


def a_meetup(**texts):
    meetup = placed(stage="on_site")
    for name, text in texts.items():
        actions.open_pad(meetup, name, title=name.title(), by=ada(), now=NOW, text=text)
    return meetup


def url(meetup, name, *more):
    return reverse(f"pads:{name}", args=[meetup.slug, *more])


def bring(meetup, name, data, who=ada):
    file = SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)
    return browser_of(who()).post(url(meetup, "import"), {"file": file})


def said(answer):
    return " ".join(answer.content.decode().split())


# The page


def test_tags_and_actions_of_all_pads_are_collected():
    page = queries.pads_page(a_meetup(one=NOTES, two="##ceph again\n- [ ] who: what, by when"), today=date(2027, 4, 1))
    assert [(tag.name, tag.pads) for tag in page.tags] == [("ceph", 2), ("nova-cells", 1)]
    assert [(one.action.owner, one.action.what, one.action.due, one.is_late, one.pad) for one in page.actions] == [
        ("Bo", "write it down", "2027-03-31", True, "one"),
        ("", "Tell the list", "", False, "one"),
    ]
    assert ([one.pad for one in page.to_do], [one.pad for one in page.done]) == (["one"], ["one"])


def test_a_search_finds_pads_by_word_by_title_and_by_tag():
    meetup = a_meetup(one=NOTES, two="Nobody waited.")
    asked = [({"words": "WAITED"}, ["two"]), ({"words": "one"}, ["one"]), ({"tag": "Ceph"}, ["one"]), ({"tag": "x"}, [])]
    assert [[pad.name for pad in queries.pads_page(meetup, **what).others] for what, _ in asked] == [
        found for _, found in asked
    ]
    page = said(browser_of().get(url(meetup, "pads"), {"q": "waited"}))
    assert "1 of 2 pads" in page
    assert "Nobody waited." in page


def test_a_tag_keeps_the_words_and_the_words_keep_the_tag():
    meetup = a_meetup(one=NOTES, two=NOTES + "and Cy & Dee", three="Cy & Dee")
    page = said(browser_of().get(url(meetup, "pads"), {"q": "cy & dee", "tag": "CEPH"}))
    assert "1 of 3 pads with “cy &amp; dee” and ##ceph." in page
    assert '<input type="hidden" name="tag" value="CEPH">' in page
    for link in ("?q=cy%20%26%20dee&amp;tag=nova-cells", "?q=cy%20%26%20dee"):
        assert f'href="{link}"' in page
    assert page.index("##ceph <span") < page.index("##nova-cells <span")


def test_the_actions_are_those_of_the_pads_that_are_found():
    meetup = a_meetup(one=NOTES, two="- [ ] Cy: sleep")
    actions_of = {
        words: [one.action.what for one in queries.pads_page(meetup, words=words).actions] for words in ("sleep", "x!")
    }
    assert actions_of == {"sleep": ["sleep"], "x!": []}


def test_a_day_that_is_over_is_folded_while_the_meetup_goes_on():
    meetup = planned()
    for day in (1, 2):
        agenda.place(session(meetup, f"Day {day}"), at(meetup, "09:30", day), hall(meetup), by=ada(), now=NOW)
    actions.open_pads(meetup, by=ada(), now=NOW)
    asked = [None, *(date(2027, 3, day) for day in (1, 2, 3, 4))]
    folded = [[day.is_past for day in queries.pads_page(meetup, today=today).days] for today in asked]
    assert folded == [[False, False], [False, False], [False, False], [True, False], [False, False]]
    assert said(browser_of().get(url(meetup, "pads"))).count("09:30, Hall") == 2


@pytest.mark.parametrize("asked", ["<script>alert(1)</script>", "x" * 5_000, "\x00", "%", "\u202e", "(("])
def test_a_hostile_search_finds_nothing_and_is_shown_as_text(asked):
    answer = browser_of().get(url(a_meetup(one=NOTES), "pads"), {"q": asked, "tag": ""})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_without_pads_the_page_says_when_they_come():
    page = said(browser_of().get(url(a_meetup(), "pads")))
    assert "They open when the agenda is released." in page
    assert "Take them with you" not in page


@pytest.mark.parametrize("amount", [1, 12])
def test_the_page_takes_one_query_however_many_pads(amount, django_assert_num_queries):
    meetup = a_meetup(**{f"pad-{number}": NOTES for number in range(amount)})
    with django_assert_num_queries(1):
        queries.pads_page(meetup, words="bo", tag="ceph")


# Taken away


@pytest.mark.parametrize("amount", [1, 12])
def test_everything_takes_four_queries_however_many_pads(amount, django_assert_num_queries):
    meetup = a_meetup(**{f"pad-{number}": NOTES for number in range(amount)})
    with django_assert_num_queries(4):
        queries.archive_of(meetup).close()
    with django_assert_num_queries(4):
        queries.everything(meetup, "md")


def test_everything_is_in_one_archive_and_on_one_page():
    meetup = a_meetup(one=NOTES, two="<script>alert(1)</script>")
    answer = browser_of().get(url(meetup, "archive"))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    folder = f"{meetup.slug}-pads"
    assert sorted(archive.namelist()) == [
        f"{folder}/{name}.{form}" for name in ("one", "two") for form in ("etherpad", "html", "md")
    ]
    assert archive.read(f"{folder}/one.md").decode() == NOTES
    page = browser_of().get(url(meetup, "all_html"))
    assert page["Content-Disposition"] == f'attachment; filename="{folder}.html"'
    assert "&lt;script&gt;alert(1)" in page.content.decode()
    text = browser_of().get(url(meetup, "all_markdown")).content.decode()
    assert text == NOTES + "\n---\n\n<script>alert(1)</script>\n"


def test_a_pad_goes_out_as_html_and_as_etherpad_wants_it():
    meetup = a_meetup(one=NOTES)
    assert '<span class="tag">##ceph</span>' in browser_of().get(url(meetup, "html", "one")).content.decode()
    assert read(browser_of().get(url(meetup, "etherpad", "one")).content).text == NOTES
    assert browser_of().get(url(meetup, "html", "none")).status_code == 404


# Brought in


def an_export(text="*Hello\nyou\n", attribs="*0*1*2|1+7*3|1+4"):
    pool = {"0": ["author", "a.1"], "1": ["lmkr", "1"], "2": ["list", "bullet1"], "3": ["author", "a.2"]}
    return json.dumps({
        "pad:x": {"atext": {"text": text, "attribs": attribs}, "pool": {"numToAttrib": pool}},
        "globalAuthor:a.1": {"name": "Mel", "colorId": 4},
        "globalAuthor:a.2": {"name": None, "colorId": "#ff0000"},
    })  # fmt: skip


def test_an_export_of_etherpad_comes_in_with_its_authors_and_goes_out_again():
    meetup = a_meetup()
    answer = bring(meetup, "x.etherpad", an_export())
    pad = Pad.objects.get()
    assert answer.url == url(meetup, "pad", pad.name)
    assert (pad.name, pad.title, queries.text_of_pad(pad)) == ("LIS-ops-x", "x", "- Hello\nyou")
    assert list(Client.objects.order_by("client_id").values_list("client_id", "person", "name", "colour")) == [
        (2, "import:2", "Mel", 4),
        (3, "import:3", "", 0),
    ]
    back = read(queries.written(pad, "etherpad").data)
    assert [(back.authors[run.author].name if run.author else "", run.text) for run in back.runs] == [
        ("Mel", "- Hello\n"),
        ("", "you"),
    ]


@pytest.mark.parametrize(
    ("name", "data", "title", "text"),
    [
        ("a.md", "# My *notes*\r\n\r\nx", "My *notes*", "# My *notes*\n\nx"),
        ("plain.txt", "x\ny", "plain", "x\ny"),
        ("mark.txt", "x".encode("utf-16"), "mark", "x"),
        ("page.html", "<h1>Ceph</h1><p>x<script>y</script>", "Ceph", "# Ceph\n\nx\n"),
        ("../../etc/passwd.md", "x", "passwd", "x"),
        ("<b>.md", "x", "<b>", "x"),
    ],
)
def test_text_and_pages_become_a_new_pad(name, data, title, text):
    bring(a_meetup(), name, data)
    pad = Pad.objects.get()
    assert (pad.title, queries.text_of_pad(pad)) == (title, text)


def test_our_own_archive_comes_back_pad_by_pad_into_new_pads_only():
    meetup = a_meetup(one=NOTES, two="two")
    with queries.archive_of(meetup) as archive:
        packed = archive.read()
    assert bring(meetup, "all.zip", packed).url == url(meetup, "pads")
    texts = {pad.name: queries.text_of_pad(pad) for pad in Pad.objects.all()}
    assert texts == {"one": NOTES, "two": "two", "LIS-ops-upgrades": NOTES, "LIS-ops-two": "two"}


def test_no_file_of_an_archive_is_left_out_for_its_name_or_its_folder():
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        for path in ("day1/notes.md", "day2/notes.md", "README.md"):
            archive.writestr(path, path)
    bring(a_meetup(), "all.zip", into.getvalue())
    assert {queries.text_of_pad(pad) for pad in Pad.objects.all()} == {"day1/notes.md", "day2/notes.md", "README.md"}


def test_pads_of_the_same_title_get_names_of_their_own():
    meetup = a_meetup()
    for _ in range(2):
        bring(meetup, "x.md", "x")
    assert sorted(Pad.objects.values_list("name", flat=True)) == ["LIS-ops-x", "LIS-ops-x-2"]


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("x.exe", "x", "This is no file of notes"),
        ("x", "x", "This is no file of notes"),
        ("x.md", b"\xff\xfe\xff", "This is not text in UTF-8"),
        ("x.md", b"a\x00b", "This is not text"),
        ("x.txt", "x" * 1_000_001, "longer than a pad can be"),
        ("x.etherpad", "{}", "no whole export of Etherpad"),
        ("x.etherpad", "[" * 50_000, "no whole export of Etherpad"),
        ("x.html", "<ul>" * 500, "more nested than notes are"),
        ("x.zip", "PK", "archive is damaged"),
        ("x.md", "", "This file is empty"),
    ],
)
def test_what_is_no_file_of_notes_is_refused_next_to_the_field(name, data, why):
    answer = bring(a_meetup(), name, data)
    assert answer.status_code == 422
    assert why in said(answer)
    assert Pad.objects.count() == 0


def test_one_broken_file_of_an_archive_brings_in_nothing():
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        archive.writestr("good.md", "x")
        archive.writestr("bad.etherpad", "{}")
    answer = bring(a_meetup(), "x.zip", into.getvalue())
    assert "bad.etherpad: This is no whole export" in said(answer)
    assert Pad.objects.count() == 0


def test_strangers_bring_in_and_name_nothing():
    meetup = a_meetup()
    for client in (browser_of(), browser_of(cy()), browser_of(bo())):
        for name in ("import", "naming"):
            assert client.get(url(meetup, name)).status_code == 404
            assert client.post(url(meetup, name), {"naming": "{title}"}).status_code == 404


def test_an_archived_meetup_takes_nothing_over():
    meetup = placed(stage="wrap_up")
    meetups.move_to_stage(meetup, ada(), "archived", now=NOW)
    meetup.refresh_from_db()
    with pytest.raises(Refusal):
        actions.take_over(meetup, pads_in("x.md", b"x"), by=ada(), now=NOW)
    with pytest.raises(Refusal):
        actions.name_pads(meetup, "{title}", by=ada(), now=NOW)


def test_a_meetup_has_a_most_of_pads():
    meetup = a_meetup(one="x")
    one = pads_in("x.md", b"x")[0]
    with pytest.raises(Refusal, match="at most 1000 pads"):
        actions.take_over(meetup, [Incoming(f"Pad {number}", one.notes) for number in range(1_000)], by=ada(), now=NOW)


# Names


def test_new_pads_are_named_as_the_meetup_wants():
    meetup = a_meetup()
    answer = browser_of(ada()).post(url(meetup, "naming"), {"naming": "2027-{city}_{title}"}, follow=True)
    assert "New pads are named like 2027-LIS_upgrades-without-downtime." in said(answer)
    bring(meetup, "Ceph at night.md", "x")
    assert Pad.objects.get().name == "2027-LIS_ceph-at-night"


@pytest.mark.parametrize(
    "naming", ["", "plain", "{title}{title}", "../{title}", "{title}/", "{who}-{title}", "-{title}", "x" * 61]
)
def test_a_naming_that_makes_no_address_is_refused(naming):
    answer = browser_of(ada()).post(url(a_meetup(), "naming"), {"naming": naming})
    assert answer.status_code == 422
    assert 'class="field is-invalid"' in answer.content.decode()

"""Notes from elsewhere: what is read, what is refused, and that Etherpad's form comes back as it went."""

import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.engines.etherpad import Author, Notes, Run, files_in, read, to_markdown, write
from midcycle.engines.etherpad.notes import joined
from midcycle.kernel.refusal import Refusal

words = st.text(alphabet="ab \né語😀*-", min_size=1, max_size=6)
runs = st.lists(st.builds(Run, st.sampled_from(["", "ada", "bo"]), words), max_size=12)


def exported(text, attribs, pool=(), **more):
    """An export as Etherpad writes it."""
    known = {str(number): list(pair) for number, pair in enumerate(pool)}
    return json.dumps({"pad:x": {"atext": {"text": text, "attribs": attribs}, "pool": {"numToAttrib": known}}, **more}).encode()


# Etherpad


@given(runs)
def test_what_is_written_is_read_back_with_its_authors(made):
    authors = {"ada": Author("Ada Byte", 3), "bo": Author("Bo", 0)}
    back = read(write("notes", Notes(tuple(made), authors), 1_700_000_000_000))
    names = {author: known.name for author, known in back.authors.items()}
    shown = [(names.get(run.author, ""), run.text) for run in back.runs]
    expected = joined(Run(run.author and authors[run.author].name, run.text) for run in made)
    assert shown == [(run.author, run.text) for run in expected]


def test_the_form_is_the_one_etherpad_checks():
    records = json.loads(write("notes", Notes((Run("", "# One\n"), Run("bo", "two😀\nthree")), {"bo": Author("Bo", 2)}), 5))
    assert records["pad:notes"]["atext"] == {"text": "# One\ntwo😀\nthree\n", "attribs": "|1+6*0|1+6*0+5|1+1"}
    assert records["pad:notes:revs:0"]["changeset"] == "Z:1>h|1+6*0|1+6*0+5$# One\ntwo😀\nthree"
    assert records["pad:notes"]["pool"] == {"numToAttrib": {"0": ["author", "a.0000000000000000"]}, "nextNum": 1}
    assert records["globalAuthor:a.0000000000000000"] == {"colorId": 2, "name": "Bo", "timestamp": 5, "padIDs": "notes"}


def test_lists_and_emphasis_of_etherpad_become_markdown():
    pool = [("author", "a.1"), ("lmkr", "1"), ("list", "bullet2"), ("list", "number1"), ("bold", "true"), ("italic", "true")]
    notes = read(exported("*one\n*two\nso it is\n", "*0*1*2+1*0|1+4*1*3+1|1+4*4+3*4*5+3|1+3", pool))
    assert notes.text == "  - one\n1. two\n**so** ***it*** is"
    assert [run.author for run in notes.runs] == ["a.1", ""]


def test_a_character_of_two_units_is_never_cut():
    assert read(exported("😀x\n", "*0+1*0+1|1+2", [("author", "a")])).text == "😀x"


@pytest.mark.parametrize(
    "data",
    [
        b"", b"[]", b"{}", b"\xff\xfe", b"[" * 100_000, b'{"pad:x": 1}', b'{"pad:x": {"atext": []}}',
        b'{"pad:x": {"atext": {"text": "x", "attribs": 1}}}',
        b'{"pad:x": {"atext": {"text": "x", "attribs": "+1"}, "pool": 1}}',
        b'{"pad:x": {}, "pad:y": {}}', b"9" * 10_000,
    ],
)  # fmt: skip
def test_what_is_no_export_is_refused(data):
    with pytest.raises(Refusal, match="no whole export of Etherpad"):
        read(data)


@pytest.mark.parametrize(
    "attribs", ["", "*zzzzzzzz+zzzzzzzz", "+1" * 50, "-5=3", "*0*0*0+1", "\x00", "+99999999999999", "*1+2*2|9+zz"]
)
def test_odd_operations_lose_no_text(attribs):
    assert read(exported("four\n", attribs, [("author", "a"), ["x"], ("list", "bullet999")])).text == "four"


@given(st.text(), st.text(alphabet="*|+-=0123az"))
def test_any_text_and_operations_are_read(text, attribs):
    pool = [("author", "a"), ("bold", "true"), ("list", "bullet1"), ("lmkr", "1")]
    assert isinstance(read(exported(text, attribs, pool)).text, str)


def test_a_name_of_an_author_is_on_one_line():
    notes = read(exported("x\n", "*0|1+2", [("author", "a.1")], **{"globalAuthor:a.1": {"name": "A\nda\u202e", "colorId": 77}}))
    assert notes.authors == {"a.1": Author("A da", 5)}


# Pages


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h2>Now</h2><p>a <b>bold </b>word</p>", "## Now\n\na **bold** word\n"),
        ("<ul><li>one<ul><li>two</li></ul></li><li><p>three</p></li></ul>", "- one\n  - two\n- three\n"),
        ("<ol><li>a<li>b</ol>", "1. a\n1. b\n"),
        ("one<br>two", "one\ntwo\n"),
        ('<a href="https://example.org/x">x</a> <a href="javascript:alert(1)">y</a>', "[x](https://example.org/x) y\n"),
        ("<pre>a\n  b</pre>c", "```\na\n  b\n```\n\nc\n"),
        ("<blockquote><p>said</p></blockquote><p>so</p>", "> said\n\nso\n"),
        ("<script>alert(1)</script><style>p{}</style><!-- x --><img src=x onerror=y>left &amp; right", "left & right\n"),
        ("<b></b><i><", "*<*\n"),
        ("", "\n"),
    ],
)
def test_a_page_becomes_markdown(html, expected):
    assert to_markdown(html) == expected


@pytest.mark.parametrize("piece", ["<ul>", "<b>", "<x1>", "<div><p>", "<table><td></ul><ul>"])
def test_a_page_nested_without_end_is_refused(piece):
    with pytest.raises(Refusal, match="more nested than notes are"):
        to_markdown(piece * 1_000)


@given(st.text(alphabet="<>/abiulp=&;\"' \n!-"))
def test_any_page_is_read(html):
    assert to_markdown(html).endswith("\n")


# Archives


def packed(files, method=zipfile.ZIP_DEFLATED):
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", method) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return into.getvalue()


def test_an_archive_gives_folders_last_names_and_what_is_asked_for():
    names = ["../../etc/passwd.md", "/abs.md", "c\\d\\e.md", "in/.hidden.md", "__MACOSX/x.md", "y.exe"]
    data = packed([(name, b"x") for name in names])
    assert list(files_in(data, (".md",))) == [
        ("../../etc", "passwd.md", b"x"),
        ("", "abs.md", b"x"),
        ("c/d", "e.md", b"x"),
    ]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "damaged"),
        (b"PK\x03\x04 and nothing", "damaged"),
        (packed([("a.md", b"\0" * 17_000_000)]), "more than 16 MB"),
        (packed([(f"{number}.md", b"\0" * 1_000_000) for number in range(18)]), "more than 16 MB"),
        (packed([(f"{number}.md", b"") for number in range(501)]), "more than 500 files"),
        (packed([("a.md", b"x" * 100)], zipfile.ZIP_LZMA), "damaged"),
    ],
)
def test_a_bomb_or_a_broken_archive_is_refused(data, why):
    with pytest.raises(Refusal, match=why):
        list(files_in(data, (".md",)))

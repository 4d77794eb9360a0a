"""A folder of pages leads nowhere but to itself and the web, and is written whole or not at all."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.engines.folder import MARK, NotWritten, faults, file_names, write


def page(body):
    return f"<!DOCTYPE html><html><head></head><body>{body}</body></html>".encode()


def told(**pages):
    return [str(fault) for fault in faults({f"{name.replace('__', '/')}.html": page(body) for name, body in pages.items()})]


def test_links_that_work_are_no_faults():
    assert (
        told(
            index='<h1 id="top"><a href="a/b.html#x">B</a></h1><a href="#top">up</a><a href="https://a.example/">web</a>',
            a__b='<p id="x"><a href="../index.html">home</a> <a href="mailto:a@example.org">us</a></p>',
        )
        == []
    )


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ('<a href="no.html">', "index.html: no.html leads to a file that is not there"),
        ('<a href="a/">', "index.html: a/ leads to a file that is not there"),
        ('<a href="#no">', "index.html: #no leads to an anchor that is not there"),
        ('<a href="/m/spring/">', "index.html: /m/spring/ leads out of the folder"),
        ('<a href="//a.example/">', "index.html: //a.example/ leads out of the folder"),
        ('<a href="javascript:x()">', "index.html: javascript:x() leads out of the folder"),
        ('<a href="../index.html">', "index.html: ../index.html leads to a file that is not there"),
        ('<img src="https://a.example/x.png">', "index.html: https://a.example/x.png is loaded from elsewhere"),
        ('<link rel="stylesheet" href="https://a.example/x">', "index.html: https://a.example/x is loaded from elsewhere"),
        ("<script>1</script>", "index.html: <script> does something by itself"),
        ('<p onclick="x()">', "index.html: <p> does something by itself"),
        ('<p id="a"></p><p id="a"></p>', "index.html: #a is there twice"),
    ],
)
def test_each_fault_is_named(body, why):
    assert told(index=body) == [why]


@given(st.text())
def test_any_text_can_be_read(body):
    faults({"index.html": body.encode(errors="replace")})


def test_files_are_written_with_a_list_of_them_and_replaced_by_the_same_archive(tmp_path):
    into = tmp_path / "deep" / "out"
    write({"index.html": b"one", "a/b.md": b"two", "gone.md": b"x"}, into, name="spring")
    assert (into / "a" / "b.md").read_bytes() == b"two"
    assert sorted(json.loads((into / MARK).read_text())["files"]) == ["a/b.md", "gone.md", "index.html"]
    write({"index.html": b"new"}, into, name="spring")
    assert sorted(path.name for path in into.iterdir()) == ["index.html", MARK]
    assert [path.name for path in into.parent.iterdir()] == ["out"]


def test_an_empty_folder_is_taken(tmp_path):
    (tmp_path / "out").mkdir()
    write({"index.html": b"one"}, tmp_path / "out", name="spring")
    assert (tmp_path / "out" / "index.html").read_bytes() == b"one"


@pytest.mark.parametrize("held", [{"mine.txt": "x"}, {MARK: "{}"}, {MARK: "["}, {MARK: '{"format": "x", "name": "spring"}'}])
def test_what_is_something_else_is_left_alone(tmp_path, held):
    for name, text in held.items():
        (tmp_path / name).write_text(text)
    with pytest.raises(NotWritten, match="holds something else"):
        write({"index.html": b"one"}, tmp_path, name="spring")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == held


def test_another_meetup_and_a_file_are_left_alone(tmp_path):
    write({"index.html": b"one"}, tmp_path / "out", name="spring")
    with pytest.raises(NotWritten):
        write({"index.html": b"two"}, tmp_path / "out", name="autumn")
    with pytest.raises(NotWritten, match="is a file"):
        write({"index.html": b"two"}, tmp_path / "out" / "index.html", name="spring")
    assert (tmp_path / "out" / "index.html").read_bytes() == b"one"


@pytest.mark.parametrize("path", ["../x", "/x", "a/../../x"])
def test_nothing_is_written_outside_and_then_nothing_at_all(tmp_path, path):
    with pytest.raises(NotWritten):
        write({"index.html": b"one", path: b"x"}, tmp_path / "out", name="spring")
    assert list(tmp_path.iterdir()) == []


def test_names_mean_one_file_each_on_every_system():
    assert file_names(["LIS-b", "lis-B", "con", "NUL", "com1", "con-2", "cone", "Lis-b-2"]) == {
        "LIS-b": "LIS-b", "lis-B": "lis-B-3", "Lis-b-2": "Lis-b-2", "con": "con-3", "con-2": "con-2", "cone": "cone",
        "NUL": "NUL-2", "com1": "com1-2",
    }  # fmt: skip


@given(st.sets(st.text("aAbB-2", min_size=1, max_size=4) | st.sampled_from(["con", "CON", "con-2", "lpt9"])))
def test_no_two_of_them_are_the_same_file(names):
    files = file_names(names)
    assert (set(files), len({file.lower() for file in files.values()})) == (names, len(names))
    assert file_names(sorted(names, reverse=True)) == files

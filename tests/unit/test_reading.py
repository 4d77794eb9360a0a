"""What machines send, read strictly."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.kernel.problems import KINDS, MEDIA_TYPE, Mistake, problem, refused, written
from midcycle.kernel.refusal import Refusal
from midcycle.web.reading import Unreadable, mistakes, read

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
SAID = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=10,
)


@given(SAID, st.booleans())
def test_whatever_json_says_is_read_as_it_was_meant(said, as_ascii):
    assert read(json.dumps(said, ensure_ascii=as_ascii).encode()) == said


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(body):
    with suppress(Unreadable):
        json.dumps(read(body))


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"\xff", "The body is not UTF-8. Send JSON as UTF-8."),
        (b'{"a": 1,}', "The body is no JSON: it cannot be read from line 1, character 9 on."),
        (b'{"a": 1, "a": 1}', "A field is in the body twice. Send each once."),
        (b"[NaN]", "NaN is no number of JSON. Leave it out."),
        (b"9" * 5000, "The body has a number in it that is too long."),
        (b"[" * 100_000, "The body has more than 20 brackets within each other. No field needs so many."),
        (b"[" * 21 + b"]" * 21, "The body has more than 20 brackets within each other. No field needs so many."),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(body, says):
    with pytest.raises(Unreadable) as refusal:
        read(body)
    assert (refusal.value.status, refusal.value.detail) == (400, says)


def test_brackets_may_be_as_deep_as_is_said():
    assert read(b"[" * 20 + b"]" * 20)


def test_characters_that_cannot_be_kept_are_told_with_their_field():
    body = rb'{"a": "fine \ud83e\udd8a", "b": ["x", {"c": "\u0000"}], "d\udc00": 1, "e": "\\u0000", "f": "\ud83e"}'
    with pytest.raises(Unreadable) as refusal:
        read(body)
    assert (refusal.value.status, [mistake.field for mistake in refusal.value.errors]) == (422, ["b.1.c", "d?", "f"])


def test_a_mistake_nobody_thought_of_is_told_in_our_words_too():
    assert mistakes([{"type": "new_in_the_library", "loc": ("body", "seat", "more", 0)}]) == [
        Mistake("more.0", "This cannot be used. /api/v1/openapi.json says what it has to be.")
    ]
    assert mistakes([{"type": "missing", "loc": ("body", "seat")}])[0].field == "body"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 413, 415, 418, 422, 429, 500, 503])
def test_every_status_has_a_title_and_a_sentence(status):
    told = problem(status)
    assert (told["status"], told["type"]) == (status, "about:blank")
    assert str(told["detail"]).endswith(".")
    assert "Entity" not in str(told["title"])


def test_a_kind_is_found_in_the_document_and_a_refusal_names_its_field():
    told = refused(Refusal("Type more.", field="total"))
    assert told == {
        "type": "/api/v1/openapi.json#/components/schemas/Refused",
        "title": KINDS["Refused"],
        "status": 409,
        "detail": "Type more.",
        "errors": [{"field": "total", "detail": "Type more."}],
    }
    assert MEDIA_TYPE == "application/problem+json"
    assert written({"b": "\ud800", "a": 1}) == b'{"a": 1, "b": "\\ud800"}'

"""An address has one form, whoever types it and however."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.kernel.addresses import canonical
from midcycle.kernel.refusal import Refusal


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Bo@Example.ORG", "bo@example.org"),
        ("  bo+ops@example.org ", "bo+ops@example.org"),
        ("o'hara@example.org", "o'hara@example.org"),
        ("bo@bücher.example", "bo@xn--bcher-kva.example"),
        ("root@localhost", "root@localhost"),
        ("x@\N{KELVIN SIGN}ite.example.net", "x@kite.example.net"),
        ("y@g\N{LATIN SMALL LETTER DOTLESS I}thub.example.net", "y@xn--gthub-n4a.example.net"),
    ],
)
def test_an_address_is_kept_in_one_form(typed, kept):
    assert canonical(typed) == kept
    assert canonical(kept) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "", "@", "bo", "bo@", "@example.org", "bo@b", "bo@.example.org", "bo@example..org", "a b@example.org", "bo@[127.0.0.1]",
        '":<\x0c>!:"@example.org', '"a b"@example.org', "a\r\nBcc: c@example.org", "a@b@example.org", "a@example.org\x00",
        "bo@ex_ample.org", "bo@\N{SNOWMAN}", f"{'x' * 65}@example.org", f"bo@{'x' * 64}.org", f"bo@{'abc.' * 70}org",
        "b\N{LATIN SMALL LETTER O WITH DIAERESIS}@example.org", "bo@-example.org", "e@example.--", "e@example.1a",
        "e@fa\N{LATIN SMALL LETTER SHARP S}.de", "\ud800@example.org", "bo@\ud800.org",
    ],
)  # fmt: skip
def test_what_no_letter_reaches_is_refused(typed):
    with pytest.raises(Refusal) as refused:
        canonical(typed)
    assert (refused.value.field, refused.value.message) == ("email", "Type an address such as name@example.org.")


@given(st.text())
def test_whatever_is_typed_is_refused_or_safe_in_a_header(text):
    try:
        address = canonical(f"{text}@example.org")
    except Refusal:
        return
    assert address.isascii()
    assert not set(address) & set(' \t\r\n\x0c",:;<>()[]\\')

"""Tickets into pads."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import URLSafeTimedSerializer

from midcycle.kernel.tickets import BadTicket, PadTicket, issue, read

ADA = PadTicket(pad="0f" * 16, person="17", name="Ada Ödegård", colour=5, role="write")


def test_a_ticket_is_read_as_it_was_issued() -> None:
    assert read("secret", issue("secret", ADA), 60) == ADA


def test_a_ticket_does_not_outlive_its_age() -> None:
    with pytest.raises(BadTicket):
        read("secret", issue("secret", ADA), -1)


def test_another_secret_does_not_sign_for_us() -> None:
    with pytest.raises(BadTicket):
        read("secret", issue("other", ADA), 60)


@given(st.integers(min_value=0), st.characters())
def test_a_changed_ticket_is_none(place: int, letter: str) -> None:
    text = issue("secret", ADA)
    place %= text.rindex(".")  # the last letter of base64 has bits that mean nothing
    changed = text[:place] + letter + text[place + 1 :]
    if changed != text:
        with pytest.raises(BadTicket):
            read("secret", changed, 60)


@given(st.text() | st.text(alphabet="abc.-_=", max_size=5000))
def test_any_other_text_is_no_ticket(text: str) -> None:
    with pytest.raises(BadTicket):
        read("secret", text, 60)


@pytest.mark.parametrize(
    "fields",
    [
        None,
        [],
        "ada",
        {"pad": "0f" * 16},
        {"pad": "0F" * 16, "person": "17", "name": "Ada", "colour": 5, "role": "read"},
        {"pad": "0f" * 16, "person": "", "name": "Ada", "colour": 5, "role": "read"},
        {"pad": "0f" * 16, "person": "1" * 65, "name": "Ada", "colour": 5, "role": "read"},
        {"pad": "0f" * 16, "person": "17", "name": "A\0a", "colour": 5, "role": "read"},
        {"pad": "0f" * 16, "person": "17", "name": "A" * 201, "colour": 5, "role": "read"},
        {"pad": "0f" * 16, "person": "17", "name": "Ada", "colour": 8, "role": "read"},
        {"pad": "0f" * 16, "person": "17", "name": "Ada", "colour": True, "role": "read"},
        {"pad": "0f" * 16, "person": "17", "name": "Ada", "colour": 5, "role": "owner"},
        {"pad": "0f" * 16, "person": "17", "name": "Ada", "colour": "5", "role": "read"},
        {"pad": 7, "person": "17", "name": "Ada", "colour": 5, "role": "read"},
        {"pad": "0f" * 16, "person": "17", "name": "Ada", "colour": 5, "role": "read", "more": 1},
        {"pad": "0f" * 16, "person": "17", "name": "Ada", "colour": 5, "role": []},
        {"pad": "0f" * 16, "person": "17", "name": "Ada", "colour": 5, "role": "read", "rights": -1},
        {"pad": "0f" * 16, "person": "17", "name": "Ada", "colour": 5, "role": "read", "rights": True},
        {"pad": "0f" * 16, "person": "17", "name": "Ada", "colour": 5, "role": "read", "rights": 2**31},
    ],
)
def test_fields_that_we_did_not_choose_are_refused_though_signed(fields: object) -> None:
    like_ours = URLSafeTimedSerializer(
        "secret", salt="midcycle.pad-ticket.1", signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256}
    )
    with pytest.raises(BadTicket):
        read("secret", str(like_ours.dumps(fields)), 60)

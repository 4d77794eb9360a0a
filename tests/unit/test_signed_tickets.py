"""Tickets of seats: signed once, checked anywhere."""

import re

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from midcycle.engines.tickets import BadTicket, Ticket, public_key, qr_svg, read, sign

CODE = "00010203040506070809"
KEY = public_key("secret")
TEXT = sign("secret", 71, CODE)


def test_a_ticket_names_a_seat_of_a_meetup_and_is_read_as_it_was_signed():
    assert TEXT.startswith("MC1.1Z.00010203040506070809.")
    assert read(KEY, TEXT) == Ticket(meetup=71, code=CODE)


def test_the_signature_is_that_of_the_standard_and_signing_again_gives_the_same():
    message, _, written = TEXT.rpartition(".")
    bits = "".join(f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.index(letter):05b}" for letter in written)
    Ed25519PublicKey.from_public_bytes(KEY).verify(int(bits[:512], 2).to_bytes(64), message.encode())
    assert sign("secret", 71, CODE) == TEXT


def test_the_signing_key_never_changes_or_printed_tickets_would_be_void():
    assert public_key("secret").hex() == "5c24a46cf3fd83d634179647d8301d909625305867b05b6f21cc509b7013d77f"


@given(meetup=st.integers(1, 36**12 - 1), code=st.from_regex(r"[0-9a-z]{8,32}", fullmatch=True))
def test_every_number_and_code_comes_back(meetup, code):
    assert read(KEY, sign("secret", meetup, code)) == Ticket(meetup, code)


@given(place=st.integers(0, len(TEXT) - 1), letter=st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-=+/ é"))
def test_one_changed_character_voids_it(place, letter):
    changed = TEXT[:place] + letter + TEXT[place + 1 :]
    if changed != TEXT:
        with pytest.raises(BadTicket):
            read(KEY, changed)


@given(place=st.integers(0, len(TEXT) - 1), bit=st.integers(0, 6))
def test_one_flipped_bit_voids_it(place, bit):
    flipped = TEXT[:place] + chr(ord(TEXT[place]) ^ 1 << bit) + TEXT[place + 1 :]
    if flipped.upper() != TEXT:
        with pytest.raises(BadTicket):
            read(KEY, flipped)


@pytest.mark.parametrize("length", range(0, len(TEXT), 7))
def test_a_part_of_it_is_none(length):
    with pytest.raises(BadTicket):
        read(KEY, TEXT[:length])


def test_a_ticket_moved_to_another_meetup_or_seat_or_signed_elsewhere_is_forged():
    other_seat = sign("secret", 71, "f" * 20).rpartition(".")[2]
    for forged in (
        TEXT.replace("MC1.1Z.", "MC1.20."),
        f"{TEXT.rpartition('.')[0]}.{other_seat}",
        sign("another secret", 71, CODE),
        f"{TEXT.rpartition('.')[0]}.{'A' * 103}",
    ):
        with pytest.raises(BadTicket, match="not made here"):
            read(KEY, forged)


@given(st.text() | st.text("MC1.ABCDEFG", max_size=200) | st.just(TEXT.replace("S", "ß", 1)) | st.just(TEXT + "."))
def test_any_other_text_is_none(text):
    with pytest.raises(BadTicket):
        read(KEY, text)


def test_a_reader_may_add_a_line_end_or_type_small_letters():
    assert read(KEY, f" {TEXT.lower()}\r\n") == Ticket(71, CODE)


@pytest.mark.parametrize(
    ("meetup", "code"), [(0, CODE), (-3, CODE), (1, "short"), (1, "A" * 16), (1, "a.b" * 5), (1, "a" * 33)]
)
def test_what_no_ticket_can_hold_is_not_signed(meetup, code):
    with pytest.raises(ValueError, match="A ticket names"):
        sign("secret", meetup, code)


def test_the_qr_code_is_small_black_on_white_and_named():
    svg = qr_svg(TEXT, 'Ticket of <Bo> & "Co"')
    assert svg.startswith(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 49 49"><title>Ticket of &lt;Bo&gt; &amp; "Co"</title>'
    )
    assert set(re.findall(r'(?:fill|stroke)="(#\w+)"', svg)) == {"#fff", "#000"}
    assert "style" not in svg


def test_more_than_a_qr_code_holds_is_refused():
    with pytest.raises(ValueError, match="Data too large"):
        qr_svg("x" * 4000)

"""What is said to Stripe and read of it, without a network; and the settings that lead there."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from midcycle.conf.schema import Settings
from midcycle.engines.stripe import (
    CURRENCIES,
    NotAnAnswerError,
    NotAnEventError,
    NotSignedError,
    charged_in,
    error_in,
    page_in,
    path_of_charge,
    read_event,
    verify,
)
from midcycle.engines.stripe.events import sha256_of
from midcycle.invoicing.rules.cards import MOST_ASKED, OPEN_FOR, USED_FOR, pause_after

PAGE = "https://checkout.stripe.com"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("url", "is_ours"),
    [
        ("https://checkout.stripe.com/c/pay/cs_1#fid", True),
        ("https://checkout.stripe.com:443/c/pay/cs_1", True),
        ("https://CHECKOUT.stripe.com/c/pay/cs_1", True),
        ("http://checkout.stripe.com/c/pay/cs_1", False),
        ("https://checkout.stripe.com.evil.example/c", False),
        ("https://checkout.stripe.com@evil.example/c", False),
        ("https://evil.example/https://checkout.stripe.com", False),
        ("https://checkout.stripe.com\\@evil.example/", False),
        ("https://checkout.stripe.com:444/c", False),
        ("https://checkout.stripe.com:x/c", False),
        ("//checkout.stripe.com/c", False),
        ("/c", False),
        ("", False),
        ("https://checkout.stripe.com/\r\nX: y", False),
        ("https://checkout.stripe.com/ c", False),
        ("https://checkout.stripe.com/é", False),
        ("https://checkout.stripe.com/" + "x" * 5_000, False),
        (None, False),
        (["https://checkout.stripe.com/c"], False),
    ],
)
def test_a_session_leads_to_the_page_of_the_provider_only(url, is_ours):
    body = json.dumps({"url": url}).encode()
    if is_ours:
        assert page_in(body, PAGE) == url
        return
    with pytest.raises(NotAnAnswerError):
        page_in(body, PAGE)


def test_what_was_taken_is_known_or_not_yet_or_nonsense():
    def answer(transaction):
        return json.dumps({"latest_charge": {"balance_transaction": transaction}}).encode()

    found = charged_in(answer({"fee": 92, "currency": "eur"}))
    assert (found.amount, found.currency) == (92, "EUR")
    assert [charged_in(body) for body in (answer(None), answer("txn_1"), b"{}", b'{"latest_charge": "ch_1"}')] == [None] * 4
    for odd in ({"fee": -1, "currency": "eur"}, {"fee": 1.5, "currency": "eur"}, {"fee": 1, "currency": "euro"}, {"fee": True}):
        with pytest.raises(NotAnAnswerError):
            charged_in(answer(odd))


def test_errors_are_told_by_a_word_or_not_at_all():
    said = {"error": {"code": "amount_too_small", "type": "invalid_request_error", "message": "secret sk_live_x"}}
    assert error_in(json.dumps(said).encode()) == "amount_too_small"
    assert [error_in(body) for body in (b"", b"{}", b'{"error": []}', b'{"error": {"code": "<b>"}}')] == [""] * 4


@given(st.binary(max_size=200), st.text(max_size=200))
def test_no_header_anybody_makes_up_is_a_signature(body, header):
    with pytest.raises(NotSignedError):
        verify(body, header, "whsec_secret", now=1_000)


@given(st.binary(max_size=200), st.integers(-300, 300), st.text(min_size=1, max_size=40))
def test_what_is_signed_within_five_minutes_is_heard(body, off, secret):
    signature = sha256_of(secret, b"%d.%b" % (10_000 + off, body))
    verify(body, f"t={10_000 + off},v1={'0' * 64},v1={signature}", secret, now=10_000)


@given(JSON, st.sampled_from(["payment_intent.succeeded", "charge.refunded", "x"]), st.booleans())
def test_whatever_an_event_holds_it_is_read_or_refused(found, kind, is_wrapped):
    made = {"id": "evt_1", "type": kind, "created": 1, "data": {"object": found}} if is_wrapped else found
    try:
        moved = read_event(json.dumps(made).encode())
    except NotAnEventError:
        return
    assert moved is None or 0 <= moved.returned <= moved.amount


def test_a_number_of_a_payment_leads_nowhere_else():
    assert (
        path_of_charge("pi_1/../../x?y")
        == "/v1/payment_intents/pi_1%2F..%2F..%2Fx%3Fy?expand[]=latest_charge.balance_transaction"
    )


def test_pages_are_used_for_less_long_than_they_are_open_and_pauses_grow():
    assert OPEN_FOR > USED_FOR
    pauses = [pause_after(asked) for asked in range(MOST_ASKED - 1)]
    assert (pauses == sorted(pauses), 7 < sum(pauses, timedelta()).days + 1 < 9) == (True, True)
    assert {"ISK", "MGA", "UGX", "BHD"} & CURRENCIES == set()


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"stripe_secret_key": "sk_test_12345"}, "set both"),
        ({"stripe_webhook_secret": "whsec_12345"}, "set both"),
        ({"stripe_secret_key": "pk_test_12345", "stripe_webhook_secret": "whsec_12345"}, "begins with sk_ or rk_"),
        ({"stripe_secret_key": "sk_test_1\r\nX: y", "stripe_webhook_secret": "whsec_12345"}, "begins with sk_ or rk_"),
        ({"stripe_secret_key": "sk_test_12345", "stripe_webhook_secret": "é"}, "begins with whsec_"),
        ({"stripe_api_url": "http://api.example.org"}, "should match pattern"),
        ({"stripe_checkout_url": "https://pay.example.org/x"}, "should match pattern"),
        ({"stripe_checkout_url": "https://pay.example.org; script-src *"}, "should match pattern"),
    ],
)
def test_wrong_keys_stop_the_start_and_are_not_shown(given, why):
    with pytest.raises(ValidationError, match=why) as told:
        Settings(**given)
    assert "12345" not in str([error["msg"] for error in told.value.errors()])

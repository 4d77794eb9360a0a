"""IBANs, BICs, references and VAT ids are told from typing errors; python-stdnum is the other witness."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban, iso11649
from stdnum.eu import vat

from midcycle.engines.invoices import fault_in_vat_id
from midcycle.kernel.banking import compact, grouped, is_bic, is_iban, is_reference, reference_for, references_in

IBANS = ["DE75512108001245126199", "GB29NWBK60161331926819", "NO9386011117947", "MT84MALT011000012345MTLCAST001S"]
VAT_IDS = [
    "ATU13585627", "BE0403019261", "DE136695976", "FR40303265045", "PT501964843", "NL004495445B01", "IT00743110157",
    "DK13585628", "EE100931558", "FI20774740", "HR33392005961", "HU12892312", "LU15027442", "PL8567346215", "SE123456789701",
    "SI50223054", "SK2022749619", "EL094259216", "ES54362315K", "IE6433435F", "CY10259033P", "CZ25123891", "LT119511515",
    "LV40003521600", "MT11679112", "RO18547290", "BG175074752",
]  # fmt: skip


@pytest.mark.parametrize("text", IBANS)
def test_an_iban_is_known_and_a_wrong_digit_is_found(text):
    assert is_iban(compact(grouped(text)))
    assert iban.is_valid(text)
    for at in range(2, len(text)):
        if text[at].isdigit():
            wrong = text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :]
            assert not is_iban(wrong)


@pytest.mark.parametrize("text", ["", "DE", "DE7551210800124512619", "XX", "DE75512108001245126199x", "٣٤" * 11, "DE75 5121"])
def test_what_is_no_iban_is_none(text):
    assert not is_iban(text)


def test_a_bic_has_eight_or_eleven_signs():
    said = [is_bic(text) for text in ("SOGEDEFF", "SOGEDEFFXXX", "SOGEDEF", "SOGEDEFFX", "50GEDEFF", "")]
    assert said == [True, True, False, False, False, False]


@given(st.text(alphabet="ABCXYZ0123456789-/ ", min_size=1, max_size=30))
def test_references_are_those_of_iso_11649(number):
    reference = reference_for(number)
    assert is_reference(reference)
    assert iso11649.is_valid(reference)
    assert reference in references_in(f"invoice, {grouped(reference)}")


def test_references_are_found_in_what_banks_write():
    assert references_in("SVWZ+RF18539007547034 thanks") == ["RF18539007547034"]
    assert references_in("rf18 5390 0754 7034") == ["RF18539007547034"]
    assert references_in("RF19539007547034, RF, nothing") == []


@pytest.mark.parametrize("text", VAT_IDS)
def test_real_vat_ids_are_taken(text):
    assert fault_in_vat_id(text) is None
    assert vat.is_valid(text)


@pytest.mark.parametrize(
    "text", ["", "DE", "DE136695977", "XX123", "DE13669597", "ATU13585628", "\uff24\uff25136695976", "BE0403019262"]
)
def test_wrong_vat_ids_are_told(text):
    assert fault_in_vat_id(text) is not None

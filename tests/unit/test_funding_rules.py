"""An underwriter has a name of a length that can be printed."""

from midcycle.funding.rules import fault_in


def test_a_name_is_asked_for_and_has_a_limit():
    assert fault_in("Example University") is None
    assert fault_in("x" * 160) is None
    assert fault_in("") == "Type the name as it should be thanked."
    assert fault_in("x" * 161) == "Shorten the name to 160 characters."

"""Things one after the other read well in each language."""

from django.utils import translation

from midcycle.kernel.words import listed


def test_things_that_have_an_and_themselves_are_kept_apart():
    assert [listed(things) for things in ([], ["Ada"], ["Ada", "Bo"], ["Ada", "Bo", "Cy"])] == [
        "",
        "Ada",
        "Ada and Bo",
        "Ada, Bo and Cy",
    ]
    assert listed(["Asia", "Australia and the Pacific"]) == "Asia, and Australia and the Pacific"


def test_among_words_from_right_to_left_each_keeps_its_own_direction():
    with translation.override("ar"):
        assert listed(["Why now?", "B"]) == "\u2068Why now?\u2069 و\u2068B\u2069"

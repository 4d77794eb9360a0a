"""What rules keep in English or by a key, and tell in the language of whoever reads it."""

from collections.abc import Iterator

import pytest

from midcycle.bidding.rules import FIELDS
from midcycle.kernel.words import Speaker, speak_through
from midcycle.kernel.zones import countries_in_words, country_in_words
from midcycle.planning.rules import Point, html_in_words, notes_in_words, title_in_words, within
from midcycle.series.rules.regions import as_facts, key_of, read_regions, usual
from midcycle.web.languages import SPEAKER

FRENCH = {
    "Asia-Pacific": "Asie-Pacifique",
    "Agreed": "Convenu",
    "Rejected: %(text)s": "Rejeté : %(text)s",
    "Registration is open": "Les inscriptions sont ouvertes",
    "City": "Ville",
}


@pytest.fixture
def _in_french() -> Iterator[None]:
    def said(message: str) -> str:
        return FRENCH.get(message, message)

    def by_number(one: str, many: str, number: int) -> str:
        return said(one if number < 2 else many)

    speak_through(Speaker(lambda: "fr", said, by_number, lambda _, message: said(message)))
    yield
    speak_through(SPEAKER)


@pytest.mark.usefixtures("_in_french")
def test_regions_are_kept_in_english_whatever_language_they_are_typed_in():
    assert [usual("apac").title, usual("north").title, usual("NO").title] == ["Asie-Pacifique", "North", "Norvège"]
    assert [key_of("asie-pacifique"), key_of("Allemagne"), key_of("Germany"), key_of("Nord")] == ["apac", "DE", "DE", "nord"]
    assert as_facts(read_regions("Asie-Pacifique\nNord = Norvège, Suède")) == [
        {"key": "apac", "name": "Asia-Pacific", "parts": ["asia", "australia"]},
        {"key": "nord", "name": "Nord", "parts": ["NO", "SE"]},
    ]


@pytest.mark.usefixtures("_in_french")
def test_countries_have_the_names_of_the_language_in_its_order():
    names = list(countries_in_words().values())
    assert names.index("Égypte") < names.index("Émirats arabes unis") < names.index("Équateur") < names.index("Espagne")
    assert (country_in_words("GB"), country_in_words("")) == ("Royaume-Uni", "")


@pytest.mark.usefixtures("_in_french")
def test_of_minutes_only_the_words_of_ours_are_told():
    kept = '<p id="line-3"><strong>Agreed:</strong> Rejected: booths</p><p><strong>Agreed:</strong> it was typed</p>'
    told = '<p id="line-3"><strong>Convenu:</strong> Rejeté : booths</p><p><strong>Agreed:</strong> it was typed</p>'
    assert html_in_words(kept) == told
    assert [Point("agreed", 3, text).in_words for text in ("Rejected: booths", "City")] == ["Rejeté : booths", "City"]


@pytest.mark.usefixtures("_in_french")
def test_a_usual_milestone_is_told_and_a_typed_one_stays():
    assert [title_in_words(title) for title in ("Registration is open", "City")] == ["Les inscriptions sont ouvertes", "City"]
    assert (notes_in_words("Typed."), within("Agenda"), FIELDS["city"].label_told) == (None, "Agenda", "Ville")

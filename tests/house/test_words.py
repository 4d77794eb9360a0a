"""Every sentence is there in every language, with its values, its elements and its forms of the plural."""

from collections import Counter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.plurals import get_plural
from django.conf import settings

from tests import words

SAID = words.messages()
# What stays as it is in every language: names, files, and what a machine reads.
LEFT = {
    *("CSV", "JSON", "Midcycle", "RF…", "UTC", "#agreed", "#info", "#topic", "outcomes.md", ".csv", ".jsonl"),
    *("schedule.json", "schedule.xml", "schedule2.json", "seat-news", "news", '*" hx-target="#main">'),
    *("wrap wrap-wide", "wrap wrap-narrow"),  # classes of a page
}
OFFERED = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def test_every_language_of_the_interface_is_offered() -> None:
    assert sorted(OFFERED) == sorted(words.OTHERS)


def test_a_sentence_for_one_has_one_form_for_many() -> None:
    """Catalogues know a sentence by its context and its form for one."""
    counted = Counter((context, one) for context, one, _ in SAID)
    assert [key for key, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("language", OFFERED)
def test_a_catalogue_has_exactly_what_is_said_and_all_of_it(language: str) -> None:
    catalogue = words.catalogue(language)
    known = {(message.context or "", *forms_of(message.id)) for message in catalogue if message.id}
    assert sorted(set(SAID) ^ known) == []
    assert [message.id for message in catalogue if message.id and (message.fuzzy or not words.is_told(message))] == []


@pytest.mark.parametrize("language", OFFERED)
def test_translations_keep_values_elements_and_forms_of_the_plural(language: str) -> None:
    catalogue = words.catalogue(language)
    assert catalogue.num_plurals == get_plural(language).num_plurals
    assert faults_in(language, catalogue) == []


def faults_in(language: str, catalogue: Catalog) -> list[str]:
    """Return what is wrong with the translations of a catalogue."""
    found = []
    for message in catalogue:
        try:
            if message.id:
                words.check(language, message.id, message.string, catalogue.num_plurals)
        except words.NotATranslation as fault:
            found.append(f"{message.id!r}: {fault}")
    return found


def test_no_words_of_a_template_are_left_to_english() -> None:
    found = {
        f"{path.relative_to(words.PACKAGE)}: {text}"
        for path in words.PACKAGE.rglob("templates/**/*.html")
        for text in words.left(path.read_text("utf-8"))
        if text.strip(" :()") not in LEFT
    }
    assert sorted(found) == []


def forms_of(identity: str | tuple[str, ...]) -> tuple[str, str]:
    """Return the form for one and the form for many, blank where there is one form."""
    return (identity[0], identity[1]) if isinstance(identity, tuple) else (identity, "")


FAULTS = [
    ("%(free)s seats free", "Plätze frei", "it lacks"),
    ("Free", "%(free)s frei", "the sentence has no"),
    ("<a>All</a> topics", "Alle Themen", "its HTML"),
    ("100%% there", "100% da", "percent"),
    (", then ", ", dann", "spaces"),
    ("Free", " ", "blank"),
    (("One seat", "%(count)s seats"), ("Ein Platz",), "forms of the plural"),
]


@pytest.mark.parametrize(("said", "told", "fault"), FAULTS)
def test_a_translation_that_lost_something_is_told(said: str, told: str, fault: str) -> None:
    with pytest.raises(words.NotATranslation, match=fault):
        words.check("de", said, told, 2)


def test_words_that_no_translator_sees_are_found() -> None:
    template = """<p title="Left too">Left</p>{% translate "Not left" %}{% blocktranslate %}Nor {{ it }}{% endblocktranslate %}
    <code>code</code> {{ value }}<input placeholder="name@example.org">"""
    assert words.left(template) == ["Left too", "Left"]

"""What people say afterwards is asked in the language they read: standard questions in every one, the team's as typed."""

import io

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from django.test import override_settings
from django.utils import translation
from pypdf import PdfReader

from midcycle.feedback import actions, queries
from midcycle.feedback.access import key_of
from midcycle.feedback.actions.building import Wanted
from midcycle.feedback.models import HandCount
from midcycle.lists.rules import UNCLEAR, why_in_words
from midcycle.registration import actions as registration
from tests.world import NOW, ada, browser_of
from tests.worlds.feedback import came

pytestmark = pytest.mark.django_db
DESK = "/m/spring-meetup/desk/feedback/"
GERMAN = {
    "Would you come again?": "Kämen Sie wieder?",
    "Yes": "Ja",
    "How was it?": "Wie war es?",
    "would come again": "kämen wieder",
    "A show of hands in the room: %(part)s of %(whole)s hands that went up.": "Handzeichen: %(part)s von %(whole)s.",
    "Mailman answers %(status)s.": "Mailman antwortet %(status)s.",
    UNCLEAR: "Niemand weiß, ob es hinausging.",
}


@pytest.fixture(autouse=True)
def spoken(tmp_path):
    """Offer German, with a few words of it."""
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = Catalog(locale="de")
    for said, told in GERMAN.items():
        catalogue.add(said, told)
    with (folder / "django.mo").open("wb") as file:
        write_mo(file, catalogue)
    with override_settings(LANGUAGES=[("en-gb", "English"), ("de", "Deutsch")], LOCALE_PATHS=[tmp_path]):
        yield


def opened(languages=("en",)):
    world = came(1)
    registration.set_languages(world.meetup, list(languages), by=ada(), now=NOW)
    actions.add_question(world.meetup, Wanted("short", {"en": "The food?", "de": "Das Essen?"}), by=ada(), now=NOW)
    actions.open_survey(world.meetup, by=ada(), now=NOW)
    return world, f"/m/spring-meetup/feedback/{key_of(world.seats[0])}/"


def test_standard_questions_are_asked_in_the_language_of_the_visitor():
    _, url = opened()
    page = browser_of().get(url, headers={"Accept-Language": "de"})
    text = page.content.decode()
    assert [word in text for word in ("Kämen Sie wieder?", "Ja", "Wie war es?", "Would you come again?")] == [True] * 3 + [
        False
    ]
    assert '<span lang="en" dir="ltr">The food?</span>' in text
    assert page.headers["Content-Language"] == "de"
    assert "Would you come again?" in browser_of().get(url).content.decode()


def test_who_chooses_a_language_on_the_survey_reads_all_of_it_in_that():
    _, url = opened(("en", "de"))
    for headers in ({}, {"Accept-Language": "en"}):
        page = browser_of().get(f"{url}?lang=de", headers=headers)
        text = page.content.decode()
        assert [word in text for word in ('<html lang="de"', "Kämen Sie wieder?", "Das Essen?")] == [True] * 3
        assert page.headers["Content-Language"] == "de"
    english = browser_of().get(f"{url}?lang=en", headers={"Accept-Language": "de"}).content.decode()
    assert [word in english for word in ('<html lang="en"', "Would you come again?", "The food?")] == [True] * 3


def test_the_sheet_is_printed_in_the_language_it_is_asked_for_in():
    opened(("en", "de"))
    there = browser_of(ada())
    sheets = {
        said: "".join(page.extract_text() for page in PdfReader(io.BytesIO(there.get(f"{DESK}paper.pdf{said}").content)).pages)
        for said in ("?lang=de", "?lang=en")
    }
    assert ["Kämen Sie wieder?" in sheets[said] for said in sheets] == [True, False]
    assert ["Das Essen?" in sheets[said] for said in sheets] == [True, False]


def test_a_show_of_hands_is_kept_in_english_and_told_in_the_language_of_the_visitor():
    world = came(1)
    for question, asked in (("come_again", ""), ("own:pads", "Yes")):
        actions.count_hands(world.meetup, question, yes=9, no=1, asked=asked, by=ada(), now=NOW)
    page = browser_of(ada()).get(DESK, headers={"Accept-Language": "de"}).content.decode()
    assert ('<th scope="row">Kämen Sie wieder?</th>' in page, '<th scope="row">Yes</th>' in page) == (True, True)
    assert "Kämen wieder" in page
    assert sorted(HandCount.objects.values_list("asked", flat=True)) == ["Would you come again?", "Yes"]


def test_a_data_point_says_where_it_comes_from():
    world = came(1)
    actions.count_hands(world.meetup, "come_again", yes=9, no=1, by=ada(), now=NOW)
    (point,) = queries.data_points(world.meetup)
    assert (point.said, point.origin) == ("would come again", "A show of hands in the room: 9 of 10 hands that went up.")
    with translation.override("de"):
        assert (point.said, point.origin) == ("would come again", "Handzeichen: 9 von 10.")


def test_why_a_letter_did_not_go_out_is_kept_in_english_and_told_again():
    kept = f"Mailman answers 503. {UNCLEAR}"
    assert why_in_words(kept) == kept
    with translation.override("de"):
        told = [why_in_words(why) for why in (kept, "Mailman answers 503.", UNCLEAR, "Never heard of.", "")]
    assert told == [
        "Mailman antwortet 503. Niemand weiß, ob es hinausging.",
        "Mailman antwortet 503.",
        "Niemand weiß, ob es hinausging.",
        "Never heard of.",
        "",
    ]

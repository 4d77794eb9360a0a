"""The registration form in German, French and Spanish: every word of it."""

import re
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django.utils import translation

from midcycle.meetups import actions as meetups
from midcycle.meetups.rules import REGIONS
from midcycle.registration import actions, rules
from midcycle.registration.models import Transfer
from midcycle.registration.rules import asking
from midcycle.registration.rules.asking import KEEP_DAYS
from midcycle.registration.rules.languages import FORM_LANGUAGES, LANGUAGES
from midcycle.registration.rules.needs import DIETS
from tests.world import NOW, ada, bo, browser_of, placed
from tests.worlds.asking import asked, dinner
from tests.worlds.registration import crowd, opened, seated

pytestmark = pytest.mark.django_db

OTHERS = [language for language in FORM_LANGUAGES if language != "en"]
TYPED = {"name": "Bo Example", "email": "bo@example.org", "role": "operator"}
# Words that are the same in a language as in English, and what the organisers or the visitor wrote.
SAME = {
    "de": {"Name", "Vegan", "Halal"},
    "fr": {"Finance", "Halal", "Europe", "Non"},
    "es": {"No", "Halal", "Kosher", "Asia"},
}
WRITTEN = {"The Dockyard", "Lisbon, PT", "Dinner?", "Course?", "Fish", "Beans", *LANGUAGES.values(), "Yes", "No", "x" * 2001}


class Words(HTMLParser):
    """Gathers what the main part of a page says in its form, and what is said of its elements."""

    def __init__(self):
        super().__init__()
        self.found, self.inside = set(), 0

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "div" and "lang" in attrs:
            self.inside = 1
        elif tag == "div" and self.inside:
            self.inside += 1
        if self.inside:
            self.found |= {attrs[name] for name in ("aria-label", "title", "placeholder", "alt") if attrs.get(name)}

    def handle_endtag(self, tag):
        if tag == "div" and self.inside:
            self.inside -= 1

    def handle_data(self, data):
        if self.inside and re.search(r"[^\W\d_]", data):
            self.found.add(" ".join(data.split()))


def words_of(page):
    words = Words()
    words.feed(page)
    return words.found


def full():
    meetup = opened(1)
    crowd(meetup, 1)
    return meetup


def closed():
    meetup = opened(1)
    actions.close_registration(meetup, by=ada(), now=NOW)
    return meetup


def over():
    meetup = opened(1, stage="on_site")
    meetups.move_to_stage(meetup, ada(), "wrap_up", now=NOW)
    return meetup


def with_questions():
    meetup = opened(2)
    dinner(meetup)
    asked(meetup, "Course?", "number")
    asked(meetup, "Course?", "date")
    asked(meetup, "Course?")
    actions.set_standard(meetup, [], {**KEEP_DAYS, "role": 1, "sector": 9, "diet": 1, "access": 1}, by=ada(), now=NOW)
    return meetup


WRONG = [
    {},
    {"email": "no address", "role": "king", "sector": "x", "diet": ["x"], "organisation": "x" * 121, "name": "B\x00"},
    {**TYPED, "more-dinner": "yes", "more-course-2": "NaN", "more-course-3": "0001-01-01", "more-course-4": "x" * 2001},
    {**TYPED, "more-dinner": "perhaps"},
]


def pages_in(language):
    """Return what the form says in each of its states, the mistakes in it too."""
    seen = []
    for number, make in enumerate((full, closed, over, with_questions, placed)):
        meetup = make()
        url = f"{reverse('registration:seat', args=[meetup.slug])}?lang={language}"
        seen.append(browser_of().get(url))
        seen += [browser_of().post(url, typed) for typed in (WRONG if make is with_questions else [TYPED] if number else [])]
    meetup = with_questions()
    seat = seated(meetup, "Dee")
    url = f"{reverse('registration:answers', args=[meetup.slug, seat.token])}?lang={language}"
    seen += [browser_of().get(url), *(browser_of().post(url, typed) for typed in WRONG)]
    gone = seated(meetup, "Cy")
    actions.cancel_seat(gone, now=NOW)
    url = f"{reverse('registration:answers', args=[meetup.slug, gone.token])}?lang={language}"
    seen += [browser_of().get(url), browser_of().post(url, {**TYPED, "more-dinner": "no"})]
    actions.allow_transfers(meetup, allowed=True, by=ada(), now=NOW)
    actions.offer_transfer(seat, email="friend@example.org", name="Friend", now=NOW)
    token = Transfer.objects.latest("pk").token
    url = f"{reverse('registration:take_over', args=[meetup.slug, token])}?lang={language}"
    seen += [browser_of().get(url), browser_of().post(url, {})]
    return [answer.content.decode() for answer in seen]


@pytest.mark.parametrize("language", OTHERS)
def test_no_word_of_the_form_is_missing_in_another_language(language):
    english = set().union(*(words_of(page) for page in pages_in("en")))
    other = set().union(*(words_of(page) for page in pages_in(language)))
    assert len(english) > 100
    assert sorted((english & other) - SAME[language] - WRITTEN) == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_word_the_rules_know_is_translated(language):
    known = [
        *rules.ROLES.values(), *rules.ROLE_TEXTS.values(), *rules.SECTORS.values(), *rules.HEARD.values(), *REGIONS.values(),
        *DIETS.values(), *asking.YES_NO.values(), asking.NEEDED, asking.NOT_ON_THE_LIST, asking.NOT_A_NUMBER,
        asking.NOT_A_DAY, asking.TOO_LONG,
    ]  # fmt: skip
    with translation.override(language):
        same = [word for word in known if translation.gettext(word) == word]
    assert set(same) <= SAME[language]


@pytest.mark.parametrize("language", OTHERS)
def test_the_form_says_which_language_it_is_in(language):
    meetup = opened(2)
    page = browser_of().get(reverse("registration:seat", args=[meetup.slug]), headers={"Accept-Language": f"{language}-CH"})
    assert f'<div lang="{language}" dir="ltr">' in page.content.decode()
    assert '<html lang="en">' in page.content.decode()


def test_numbers_and_days_are_those_of_the_language():
    meetup = full()
    url = reverse("registration:seat", args=[meetup.slug])
    page = " ".join(browser_of().get(f"{url}?lang=de").content.decode().split())
    assert "Ausgebucht: Sie kämen auf Platz 1 der Warteliste." in page
    assert "2. März 2027 \N{EN DASH} 3. März 2027" in page
    english = " ".join(browser_of().get(f"{url}?lang=en").content.decode().split())
    assert "Sold out: you would be 1st in the waitlist." in english
    assert "2\N{EN DASH}3 March 2027" in english


def test_pages_after_the_form_are_in_one_language_again():
    meetup = opened(2)
    url = f"{reverse('registration:seat', args=[meetup.slug])}?lang=fr"
    page = browser_of().post(url, TYPED, follow=True).content.decode()
    assert "You have a seat" in " ".join(page.split())
    assert translation.get_language() == "en-gb"
    assert str(bo()) == "Bo Example"

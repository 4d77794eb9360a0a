"""All that somebody who registers reads, in German, French and Spanish: every word of it."""

import re
from html.parser import HTMLParser
from itertools import chain

import pytest
from django.urls import reverse
from django.utils import translation

from midcycle.kernel.languages import direction_of
from midcycle.meetups import actions as meetups
from midcycle.meetups.rules import REGIONS
from midcycle.registration import actions, rules
from midcycle.registration.actions import Answers, Colleague, LineRule
from midcycle.registration.models import Seat, Transfer
from midcycle.registration.rules import asking, sentences
from midcycle.registration.rules.asking import KEEP_DAYS
from midcycle.registration.rules.languages import LANGUAGES
from midcycle.registration.rules.needs import DIETS
from tests.words import catalogue
from tests.world import NOW, ada, bo, browser_of, later, placed
from tests.worlds.asking import asked, dinner
from tests.worlds.registration import crowd, opened, seated

pytestmark = pytest.mark.django_db

OTHERS = ["de", "ar"]  # one each way; that no catalogue lacks a sentence is a rule of the house
TYPED = {"name": "Bo Example", "email": "bo@example.org", "role": "operator"}
# Words that are the same in a language as in English, and what the organisers or the visitor wrote.
SAME = {code: {message.id for message in catalogue(code) if message.id and message.id == message.string} for code in OTHERS}
WRITTEN = {"The Dockyard", "Lisbon, PT", "Dinner?", "Course?", "Fish", "Beans", *LANGUAGES.values(), "Yes", "No", "x" * 2001}


TYPED_THERE = re.compile(r"A|Ida|Limited|Lots|There|Passing on|Spring meetup|\w+ Example|.+@example\.org")


class Words(HTMLParser):
    """Gathers what the main part of a page says below the links of the meetup, and what is said of its elements."""

    def __init__(self):
        super().__init__()
        self.found, self.inside, self.left_out = set(), False, ""

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.inside = self.inside or tag == "main"
        if (attrs.get("class") or "").startswith("subnav"):
            self.inside, self.left_out = False, tag
        if self.inside:
            self.found |= {attrs[name] for name in ("aria-label", "title", "placeholder", "alt") if attrs.get(name)}

    def handle_endtag(self, tag):
        if tag == "main":
            self.inside = False
        elif tag == self.left_out:
            self.inside, self.left_out = True, ""

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


def page(seat, name, language):
    return f"{reverse(f'registration:{name}', args=[seat.meetup.slug, seat.token])}?lang={language}"


def stories(language):
    """Return seats that had all kinds of things happen to them, each as it stands then."""
    meetup = opened(2)
    bo_, cy_ = (seated(meetup, name, Answers(role="vendor", sector="health", language=language)) for name in ("Bo", "Cy"))
    queue = [seated(meetup, name, Answers(role="operator", language=language)) for name in ("Dee", "Eve", "Fay")]
    yield from (bo_, queue[0])
    actions.set_notice(queue[0], 3, now=NOW)
    actions.set_notice(queue[1], 1, now=NOW)
    yield from queue[:2]
    actions.set_notice(queue[0], 0, now=NOW)
    rule = LineRule(rule="groups", groups=("operators", "first_timers", "host_region"), offer_hours=48)
    actions.set_line_rule(meetup, rule, by=ada(), now=NOW)
    yield queue[1]
    actions.cancel_for(bo_, "x" * 100, by=ada(), now=NOW)
    yield from (bo_, queue[0])
    actions.accept_offer(queue[0], now=NOW)
    actions.set_capacity(meetup, 3, by=ada(), now=NOW)
    actions.lapse_offers(meetup, now=later(days=3))
    yield from (*queue, cy_)


def stories_of_rules(language):
    """Return the same of those about whom a rule says more: lots, quotas, and who came."""
    lots = opened(1, "Lots")
    _, waits = (seated(lots, name, Answers(role="operator", language=language)) for name in ("Bo", "Cy"))
    actions.set_line_rule(lots, LineRule(rule="lottery", draw_at=later(days=1)), by=ada(), now=NOW)
    yield waits
    actions.draw_lots(lots, now=later(days=2))
    yield waits
    limited = opened(9, "Limited")
    actions.set_quota(limited, "role", "vendor", 0, by=ada(), now=NOW)
    actions.set_quota(limited, "organisation", "*", 1, by=ada(), now=NOW)
    actions.set_quota(limited, "first_time", "yes", 0, by=ada(), now=NOW)
    actions.set_quota(limited, "region", "asia", 0, by=ada(), now=NOW)
    kinds = {"role": "vendor"}, {"organisation": "A"}, {"organisation": "A"}, {"first_time": True}, {"region": "asia"}
    for number, said in enumerate(kinds):
        yield seated(limited, f"Guest{number}", Answers(language=language, **said))
    there = opened(2, "There", stage="on_site")
    came, away = (seated(there, name, Answers(role="operator", language=language)) for name in ("Bo", "Cy"))
    actions.check_in(came, by=ada(), now=NOW)
    actions.mark_no_shows(there, by=ada(), now=NOW)
    yield from (came, away)


SENT = (
    ("notice", {}), ("notice", {"days": "x"}), ("notice", {"days": "99"}), ("notice", {"days": "-1"}),
    ("transfer", {}), ("transfer", {"name": "Ida", "email": "x"}), ("colleagues", {}), ("colleagues", {"colleagues": "Ida"}),
    ("colleagues", {"colleagues": "\n".join(f"I, i{number}@example.org" for number in range(11))}),
)  # fmt: skip


def own_pages_in(language):
    """Return what the pages of a seat say, and what is told there to those who cannot have what they ask for."""
    seen = []
    for seat in chain(stories(language), stories_of_rules(language)):
        now = Seat.objects.get(pk=seat.pk)
        names = ("status", "cancellation", "notice", "transfer", "colleagues", "erasure")
        seen += [browser_of().get(page(now, name, language)) for name in names]
    meetup = opened(3, "Passing on")
    actions.allow_transfers(meetup, allowed=True, by=ada(), now=NOW)
    seat = seated(meetup, "Bo", Answers(role="operator", language=language))
    seen += [browser_of().get(page(seat, name, language)) for name in ("transfer", "colleagues")]
    actions.prove_address(seat, now=NOW)
    seen += [browser_of().get(page(seat, name, language)) for name, _ in SENT[:7:3]]
    seen += [browser_of().post(page(seat, name, language), sent) for name, sent in SENT]
    for number in range(4):
        sent = {"name": "Ida", "email": f"i{number}@example.org"}
        seen.append(browser_of().post(page(seat, "transfer", language), sent, follow=True))
    actions.register_colleagues(seat, [Colleague("Ida", "ida@example.org")], now=NOW)
    sent = {"colleagues": SENT[-1][1]["colleagues"].rpartition("\n")[0]}
    seen.append(browser_of().post(page(seat, "colleagues", language), sent))
    ida = Seat.objects.get(meetup=meetup, person__email="ida@example.org")
    seen += [browser_of().get(page(ida, "status", ""), headers={"Accept-Language": language})]
    actions.set_quota(meetup, "sector", "health", 0, by=ada(), now=NOW)
    seen.append(browser_of().post(page(seat, "answers", language), {**TYPED, "sector": "health"}))
    for _ in range(12):
        answer = browser_of().post(f"{reverse('registration:seat', args=[meetup.slug])}?lang={language}", TYPED)
    return [answer.content.decode() for answer in (*seen, answer)]


@pytest.mark.parametrize("language", OTHERS)
def test_no_word_on_the_pages_of_a_seat_is_missing_in_another_language(language):
    english = set().union(*(words_of(shown) for shown in own_pages_in("en")))
    other = set().union(*(words_of(shown) for shown in own_pages_in(language)))
    assert len(english) > 150
    missing = (english & other) - SAME[language] - WRITTEN
    assert sorted(word for word in missing if not TYPED_THERE.fullmatch(word)) == []


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_told_after_a_deed_is_in_the_language_of_the_seat(language):
    told = {}
    for spoken in ("en", language):
        meetup = opened(3)
        actions.allow_transfers(meetup, allowed=True, by=ada(), now=NOW)
        seat = seated(meetup, "Bo", Answers(role="operator", language=spoken))
        actions.prove_address(seat, now=NOW)
        deeds = [
            ("transfer", {"name": "Ida", "email": "i@example.org"}), ("colleagues", {"colleagues": "I, j@example.org"}),
            ("answers", TYPED), ("notice", {"days": "2"}), ("erasure", {}),
        ]  # fmt: skip
        answers = [browser_of().post(page(seat, name, ""), sent, follow=True) for name, sent in deeds]
        told[spoken] = {str(message) for answer in answers for message in answer.context["messages"]}
    assert len(told["en"]) == 5
    assert told["en"] & told[language] == set()


def waitlists_in(language):
    """Return what the page of the waitlist says, by each rule it can have."""
    limited = opened(1, "Limited")
    crowd(limited, 2)
    for value, most in (("vendor", 0), ("developer", 1), ("other", 2)):
        actions.set_quota(limited, "role", value, most, by=ada(), now=NOW)
    actions.set_quota(limited, "organisation", "*", 3, by=ada(), now=NOW)
    url = f"{reverse('registration:waitlist', args=[limited.slug])}?lang={language}"
    seen = [browser_of().get(url)]
    actions.allow_transfers(limited, allowed=True, by=ada(), now=NOW)
    rule = LineRule(rule="groups", groups=("operators", "first_timers", "host_region"), offer_hours=36)
    actions.set_line_rule(limited, rule, by=ada(), now=NOW)
    actions.cancel_seat(Seat.objects.filter(meetup=limited, state="held").get(), now=NOW)
    seen.append(browser_of().get(url))
    for people in (1, 3):
        lots = opened(1, "Lots")
        actions.set_line_rule(lots, LineRule(rule="lottery", draw_at=later(days=1)), by=ada(), now=NOW)
        crowd(lots, people)
        url = f"{reverse('registration:waitlist', args=[lots.slug])}?lang={language}"
        seen.append(browser_of().get(url))
        actions.draw_lots(lots, now=later(days=2))
        seen.append(browser_of().get(url))
    return [answer.content.decode() for answer in seen]


@pytest.mark.parametrize("language", OTHERS)
def test_no_word_of_the_waitlists_page_is_missing_in_another_language(language):
    english = set().union(*(words_of(page) for page in waitlists_in("en")))
    other = set().union(*(words_of(page) for page in waitlists_in(language)))
    assert len(english) > 30
    codes = re.compile(r"[0-9a-f]{12,64}|import hashlib.*|midcycle draw draw\.json", re.DOTALL)
    assert sorted(word for word in english & other if not codes.fullmatch(word)) == []


def test_the_waitlists_page_speaks_what_the_browser_wants():
    url = reverse("registration:waitlist", args=[opened(1).slug])
    answer = browser_of().get(url, headers={"Accept-Language": "fr-CH, de;q=0.5"})
    assert "Comment fonctionne la liste d'attente" in answer.content.decode()
    assert "Accept-Language" in answer["Vary"]


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_with_words_in_it_is_translated(language):
    with translation.override(language):
        same = [template for template in sentences.TEMPLATES if translation.gettext(template) == template]
        same += [many for _, many, said in sentences.BY_NUMBER if said(2) == many]
    assert same == []


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
    assert f'<html lang="{language}" dir="{direction_of(language)}">' in page.content.decode()
    assert page["Content-Language"] == language


def test_what_a_visitor_chose_comes_before_what_the_browser_wants():
    meetup = opened(2)
    url, visitor = reverse("registration:seat", args=[meetup.slug]), browser_of()
    visitor.cookies["language"] = "es"
    assert '<html lang="es" dir="ltr">' in visitor.get(url, headers={"Accept-Language": "fr"}).content.decode()
    assert '<html lang="de" dir="ltr">' in visitor.get(f"{url}?lang=de").content.decode()
    assert '<html lang="fr" dir="ltr">' in browser_of().get(url, headers={"Accept-Language": "fr"}).content.decode()


def test_numbers_and_days_are_those_of_the_language():
    meetup = full()
    url = reverse("registration:seat", args=[meetup.slug])
    page = " ".join(browser_of().get(f"{url}?lang=de").content.decode().split())
    assert "Ausgebucht: Sie kämen auf Platz 1 der Warteliste." in page
    assert "2.\N{EN DASH}3. März 2027" in page
    english = " ".join(browser_of().get(f"{url}?lang=en").content.decode().split())
    assert "Sold out: you would be 1st in the waitlist." in english
    assert "2\N{EN DASH}3 March 2027" in english


def test_pages_after_the_form_are_in_its_language():
    meetup = opened(2)
    url = f"{reverse('registration:seat', args=[meetup.slug])}?lang=fr"
    page = browser_of().post(url, TYPED, follow=True).content.decode()
    assert "Vous avez une place" in " ".join(page.split())
    assert translation.get_language() == "en-gb"
    assert str(bo()) == "Bo Example"

"""The registration form: what is asked, in which language, what appears by an answer, and how long it is kept."""

import gzip
import re

import pytest
from django.conf import settings
from django.urls import reverse

from midcycle.kernel.refusal import Refusal
from midcycle.registration import actions, queries
from midcycle.registration.actions import Answers
from midcycle.registration.models import Echo, Needs, Seat, SeatAnswer
from midcycle.registration.rules.asking import KEEP_DAYS, Choice
from midcycle.registration.rules.editing import Condition
from tests.world import NOW, ada, browser_of
from tests.worlds.asking import FISH_OR_BEANS, answering, asked, dinner
from tests.worlds.registration import opened, seated

pytestmark = pytest.mark.django_db

TYPED = {"name": "Bo Example", "email": "bo@example.org", "role": "operator"}
NEEDS = {"diet": ["vegan", "halal"], "food": "no nuts", "access": "No steps.\nA quiet room."}


def seat_page(meetup):
    return reverse("registration:seat", args=[meetup.slug])


def answers_page(place):
    return reverse("registration:answers", args=[place.meetup.slug, place.token])


def text_of(answer):
    return " ".join(answer.content.decode().split())


def kept(seat):
    return dict(SeatAnswer.objects.filter(seat=seat).values_list("question__key", "value"))


def test_everything_standard_is_asked_and_kept():
    meetup = opened(2)
    more = {"organisation": " Example  Cloud ", "photos": "no", **NEEDS}
    browser_of().post(seat_page(meetup), {**TYPED, **more})
    seat = Seat.objects.get()
    assert (seat.organisation, seat.organisation_key, seat.photos, seat.language) == (
        "Example Cloud",
        "examplecloud",
        False,
        "en",
    )
    assert Needs.objects.values("diet", "access").get() == {
        "diet": "vegan, halal: no nuts", "access": "No steps.\nA quiet room.",
    }  # fmt: skip


def test_how_long_answers_are_kept_is_said_once_where_it_is_the_same():
    meetup = opened(2)
    page = text_of(browser_of().get(seat_page(meetup)))
    assert page.count("Deleted 400 days after the meetup.") == 3
    assert page.count("Deleted 7 days after the meetup.") == 1
    days = {**KEEP_DAYS, "organisation": 1, "diet": 3, "access": 3}
    actions.set_standard(meetup, [], days, by=ada(), now=NOW)
    asked(meetup, "Size?", keep_days=9)
    page = text_of(browser_of().get(seat_page(meetup)))
    assert "Deleted the day after the meetup." in page
    assert "Everything else is deleted 400 days after the meetup." in page
    assert "Deleted 3 days after the meetup." in page
    assert "Everything else is deleted 9 days after the meetup." in page


def test_what_is_switched_off_is_not_asked_and_not_taken():
    meetup = opened(2)
    actions.set_standard(meetup, ["sector", "diet", "name"], dict(KEEP_DAYS), by=ada(), now=NOW)
    page = text_of(browser_of().get(seat_page(meetup)))
    assert ('name="sector"' in page, 'name="diet"' in page, 'name="food"' in page, 'name="name"' in page) == (
        False, False, False, True,
    )  # fmt: skip
    browser_of().post(seat_page(meetup), {**TYPED, "sector": "government", **NEEDS})
    assert (Seat.objects.get().sector, Needs.objects.get().diet) == ("", "")


def test_the_organisers_questions_are_asked_in_their_order_and_kept():
    meetup = opened(2)
    asked(meetup, "Nights?", "number")
    asked(meetup, "Arrival?", "date")
    asked(meetup, "Anything?")
    page = text_of(browser_of().get(seat_page(meetup)))
    places = [page.index(f">{title}") for title in (" Nights?", " Arrival?", " Anything?")]
    assert places == sorted(places)
    more = {"more-nights": "2,5", "more-arrival": "2027-03-01", "more-anything": "Yes: <b>me</b>"}
    answer = browser_of().post(seat_page(meetup), {**TYPED, **more}, follow=True)
    assert kept(Seat.objects.get()) == {"nights": "2.5", "arrival": "2027-03-01", "anything": "Yes: <b>me</b>"}
    assert "<dt>Anything?</dt> <dd>Yes: &lt;b&gt;me&lt;/b&gt;</dd>" in text_of(answer)


@pytest.mark.parametrize(
    ("typed", "status", "answers"),
    [
        ({}, 302, {}),
        ({"more-dinner": "no"}, 302, {"dinner": "no"}),
        ({"more-dinner": "no", "more-course": "fish"}, 302, {"dinner": "no"}),
        ({"more-course": "fish"}, 302, {}),
        ({"more-dinner": "yes"}, 422, None),
        ({"more-dinner": "yes", "more-course": "fish"}, 302, {"dinner": "yes", "course": "fish"}),
        ({"more-dinner": "yes", "more-course": "steak"}, 422, None),
        ({"more-dinner": "perhaps"}, 422, None),
    ],
)
def test_a_question_is_needed_and_kept_only_where_it_is_shown(typed, status, answers):
    meetup = opened(2)
    dinner(meetup)
    answer = browser_of().post(seat_page(meetup), {**TYPED, **typed})
    assert answer.status_code == status
    assert (kept(Seat.objects.get()) if answers is not None else Seat.objects.count()) == (
        answers if answers is not None else 0
    )


def test_an_answer_is_marked_with_what_it_makes_appear():
    meetup = opened(2)
    dinner(meetup)
    page = text_of(browser_of().get(seat_page(meetup)))
    assert 'name="more-dinner" value="yes" class="choices-inline" id="id_more-dinner_0" data-shows="1"' in page
    assert page.count("data-shows=") == 1
    assert 'data-shown-by="1"' in page
    assert "Only if you answered “Yes” to “Dinner?”." in page
    assert "<script" not in page


def test_a_list_that_opens_makes_questions_appear_too_and_chains_wait_for_all():
    meetup = opened(2)
    cities = tuple(Choice(f"city-{number}", {"en": f"City {number}"}) for number in range(9))
    first = asked(meetup, "City?", "choice", choices=cities)
    second = asked(meetup, "Hotel?", "yes_no", condition=Condition(first.pk, "city-3"))
    asked(meetup, "Nights?", "number", condition=Condition(second.pk, "no"))
    page = text_of(browser_of().get(seat_page(meetup)))
    assert '<option value="city-3" data-shows="1">City 3</option>' in page
    assert 'data-shown-by="2 1"' in page


HOSTILE = '"><script>alert(1)</script>'


def test_titles_hints_and_choices_are_shown_and_never_run():
    meetup = opened(2)
    choices = (Choice("a", {"en": HOSTILE}), Choice("b", {"en": "B", "de": HOSTILE}))
    question = asked(meetup, HOSTILE, "choice", choices=choices, helps={"en": HOSTILE}, titles={"de": HOSTILE})
    asked(meetup, "Next?", condition=Condition(question.pk, "a"))
    actions.set_languages(meetup, ["en", "de"], by=ada(), now=NOW)
    browser_of().post(seat_page(meetup), {**TYPED, f"more-{question.key}": "a", "more-next": HOSTILE})
    organiser = browser_of(ada())
    desk = [reverse(f"registration:{name}", args=[meetup.slug]) for name in ("questions", "preview", "retention", "spectrum")]
    pages = [browser_of().get(f"{seat_page(meetup)}?lang=de"), browser_of().get(seat_page(meetup))]
    pages += [browser_of().get(answers_page(Seat.objects.get()))]
    pages += [organiser.get(url) for url in desk]
    for name in ("question", "question_removal"):
        pages.append(organiser.get(reverse(f"registration:{name}", args=[meetup.slug, question.pk])))
    for page in pages:
        assert page.status_code == 200
        assert HOSTILE not in page.content.decode()
        assert "&lt;script&gt;alert(1)" in page.content.decode()


@pytest.mark.parametrize("value", ["x" * 2001, "\x00", "\u202e\u202e"])
def test_odd_texts_break_nothing(value):
    meetup = opened(2)
    asked(meetup, "Anything?")
    answer = browser_of().post(seat_page(meetup), {**TYPED, "more-anything": value})
    assert answer.status_code == (422 if len(value) > 2000 else 302)
    assert SeatAnswer.objects.count() == 0


def german_and_arabic():
    meetup = opened(9)
    actions.set_languages(meetup, ["en", "de", "ar"], by=ada(), now=NOW)
    asked(meetup, "Dinner?", "yes_no", titles={"de": "Abendessen?", "ar": "العشاء؟"}, helps={"en": "It is free."})
    return meetup


@pytest.mark.parametrize(
    ("asks", "accepts", "shown", "language"),
    [
        ("", "", "Dinner? <span", "en"),
        ("?lang=de", "ar", "Abendessen? <span", "de"),
        ("", "de-CH, en;q=0.5", "Abendessen? <span", "de"),
        ("?lang=ar", "", "العشاء؟ <span", "ar"),
        ("?lang=fr", "", '<span lang="en">Dinner?</span>', "fr"),
        ("?lang=xx", "", "Dinner? <span", "en"),
    ],
)
def test_the_form_is_read_in_the_language_asked_for(asks, accepts, shown, language):
    meetup = german_and_arabic()
    client = browser_of()
    answer = client.get(f"{seat_page(meetup)}{asks}", headers={"Accept-Language": accepts} if accepts else {})
    page = text_of(answer)
    assert shown in page
    assert "Accept-Language" in answer["Vary"]
    assert ('dir="rtl"' in page) == (language == "ar")
    headers = {"Accept-Language": accepts} if accepts else {}
    client.post(f"{seat_page(meetup)}{asks}", {**TYPED, "more-dinner": "yes"}, headers=headers)
    assert (Seat.objects.get().language, kept(Seat.objects.get())) == (language, {"dinner": "yes"})


def test_a_language_can_be_chosen_by_hand():
    page = text_of(browser_of().get(f"{seat_page(german_and_arabic())}?lang=de"))
    assert page.count("hreflang=") == 3
    assert '<a href="?lang=ar" lang="ar" hreflang="ar" >العربية</a>' in page
    assert 'hreflang="de" aria-current="true" >Deutsch</a>' in page


def test_answers_are_changed_and_what_is_not_asked_any_more_stays():
    meetup = opened(2)
    dinner(meetup)
    seat = seated(meetup, "Bo", Answers(role="operator", sector="government", diet="vegan: no nuts", access="Ramp", photos=True,
                                        more={"dinner": "yes", "course": "fish"}))  # fmt: skip
    page = text_of(browser_of().get(answers_page(seat)))
    assert '<details class="details" open>' in page
    assert 'value="vegan" class="choices-inline" id="id_diet_1" checked' in page
    assert 'value="no nuts"' in page
    assert 'value="fish" required id="id_more-course_0" checked' in page
    actions.set_standard(meetup, ["sector", "access"], dict(KEEP_DAYS), by=ada(), now=NOW)
    typed = {"name": "Bo", "role": "vendor", "diet": ["halal"], "more-dinner": "no", "more-course": "fish"}
    assert browser_of().post(answers_page(seat), typed).status_code == 302
    seat.refresh_from_db()
    assert (seat.role, seat.sector, seat.photos, kept(seat)) == ("vendor", "government", None, {"dinner": "no"})
    assert Needs.objects.values("diet", "access").get() == {"diet": "halal", "access": "Ramp"}


def test_a_yes_that_was_not_needed_can_be_taken_back():
    meetup = opened(2)
    asked(meetup, "Dinner?", "yes_no")
    seat = seated(meetup, "Bo", answering(dinner="yes"))
    assert text_of(browser_of().get(answers_page(seat))).count("I&#x27;d rather not say</span>") == 4
    browser_of().post(answers_page(seat), {"name": "Bo", "role": "operator", "more-dinner": ""})
    assert kept(seat) == {}


def test_nobody_can_tell_an_echo_from_a_seat():
    meetup = opened(5)
    dinner(meetup)
    actions.take_seat(meetup, Answers(role="vendor", access="Secret"), email="known@example.org", name="Known", now=NOW)
    typed = {**TYPED, "more-dinner": "yes", "more-course": "beans", "photos": "yes", **NEEDS}
    pages = []
    for email in ("known@example.org", "new@example.org"):
        client = browser_of()
        status = client.post(seat_page(meetup), {**typed, "email": email}, follow=True)
        place = Echo.objects.first() if email.startswith("known") else Seat.objects.latest("pk")
        change = client.get(answers_page(place))
        changed = client.post(answers_page(place), {**typed, "more-dinner": "no", "diet": []}, follow=True)
        pages.append([nameless(page, place) for page in (status, change, changed)])
    assert pages[0] == pages[1]
    assert "<dt>What you need</dt>" in pages[0][0]
    assert "<dt>Course?</dt> <dd>Beans</dd>" in pages[0][0]
    assert "Course?" not in pages[0][2]
    assert "Secret" not in "".join(pages[0])


def nameless(page, place):
    """Return what a page shows, without what differs between any two people."""
    text = text_of(page).partition("<main")[2].replace(place.token, "TOKEN")
    text = re.sub(r"<code>[0-9a-f ]{24}</code>", "<code>CODE</code>", text)
    return re.sub(r'(datetime|name="csrfmiddlewaretoken" value)="[^"]*"', r'\1=""', text)


def test_machines_are_told_what_cannot_be_an_answer():
    meetup = opened(9)
    dinner(meetup)
    for more in ({"dinner": "perhaps"}, {"dinner": "yes", "course": "steak"}):
        with pytest.raises(Refusal, match=r": Choose one of the list\."):
            seated(meetup, "Bo", answering(**more))
    assert Seat.objects.count() == 0
    seat = seated(meetup, "Bo", answering(dinner="no", course="fish", unknown="x"))
    assert kept(seat) == {"dinner": "no"}


def test_a_first_visit_is_light():
    meetup = german_and_arabic()
    for number in range(12):
        asked(meetup, f"Question number {number} with a title of a usual length?", "choice", choices=FISH_OR_BEANS)
    page = browser_of().get(seat_page(meetup)).content
    sheet = next(settings.ASSET_MANIFEST.parent.glob("app-*.css")).read_bytes()
    assert len(page) + len(gzip.compress(sheet)) < 40 * 1024


def test_the_form_takes_one_statement_more_when_the_organisers_ask_something(django_assert_num_queries):
    meetup = opened(9)
    client = browser_of()
    client.get(seat_page(meetup))
    with django_assert_num_queries(1):  # meetup with its capacity
        client.get(seat_page(meetup))
    # Meetup; begin, person, lock, count, seat, move, entry, commit.
    with django_assert_num_queries(9):
        client.post(seat_page(meetup), TYPED)
    for number in (1, 2, 3):
        asked(meetup, f"Question {number}?", "choice", choices=FISH_OR_BEANS)
        with django_assert_num_queries(2):  # and the questions
            client.get(seat_page(meetup))
    # The questions, once more when they cannot change any more, and the answers.
    more = {f"more-question-{number}": "fish" for number in (1, 2, 3)}
    with django_assert_num_queries(12):
        client.post(seat_page(meetup), {**TYPED, "email": "cy@example.org", **more})
    assert len(queries.answers_of(Seat.objects.latest("pk"))) == 3

"""Signing in by a code, being called by a name, and what a stranger is not told."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from midcycle.accounts import actions
from midcycle.accounts.access import sign_in_token
from midcycle.accounts.models import Person
from midcycle.kernel.refusal import Refusal
from tests.world import NOW, ada, bo, browser_of, cy, dee
from tests.worlds.registration import opened, seated

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _letters(settings):
    cache.clear()  # where the codes asked for are counted
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def ask_for_code(client, email):
    answer = client.post(reverse("account_login"), {"email": email})
    assert (answer.status_code, answer["Location"]) == (302, reverse("account_confirm_login_code"))
    return re.findall(r"^ {4}(\S+)$", mail.outbox[-1].body, re.MULTILINE)[0]


def test_a_newcomer_signs_in_with_a_code_and_is_asked_for_a_name():
    client = browser_of()
    code = ask_for_code(client, "new@example.org")
    answer = client.post(reverse("account_confirm_login_code"), {"code": code})
    assert answer["Location"] == "/you/?first=1&next=%2F"
    assert client.post("/you/", {"name": "New Comer", "next": "/m/x/topics/"})["Location"] == "/m/x/topics/"
    assert Person.objects.get(email="new@example.org").name == "New Comer"


def test_a_code_works_for_the_person_and_goes_where_they_were_headed():
    bo()
    client = browser_of()
    code = ask_for_code(client, "BO@example.org")
    answer = client.post(reverse("account_confirm_login_code"), {"code": code, "next": "/instance/"})
    assert answer["Location"] == "/instance/"
    assert client.get(reverse("accounts:you")).wsgi_request.user == bo()
    assert Person.objects.count() == 1


def test_a_wrong_code_is_told_beside_the_field():
    client = browser_of()
    ask_for_code(client, "bo@example.org")
    wrong = client.post(reverse("account_confirm_login_code"), {"code": "WRONG"}).content.decode()
    assert "This is not the code. Type the one in the newest letter.</p>" in wrong
    empty = client.post(reverse("account_confirm_login_code"), {"code": ""}).content.decode()
    assert "Type the code in the letter.</p>" in empty


@pytest.mark.parametrize("code", ["\x00", "x" * 5000, "<script>alert(1)</script>", "a\r\nb"])
def test_a_hostile_code_signs_nobody_in(code):
    client = browser_of()
    ask_for_code(client, "bo@example.org")
    answer = client.post(reverse("account_confirm_login_code"), {"code": code})
    assert (answer.status_code, "<script>alert" in answer.content.decode()) == (200, False)
    assert client.get("/you/").status_code == 302


def test_too_many_tries_are_told_in_our_words():
    client = browser_of()
    ask_for_code(client, "bo@example.org")
    for _ in range(9):
        answer = client.post(reverse("account_confirm_login_code"), {"code": "WRONG"})
    page = client.get(reverse("account_login")).content.decode()
    assert (answer["Location"], "notice-danger" in page) == (reverse("account_login"), True)
    assert "Too many tries. Wait a few minutes, then ask for a new code." in page


def test_the_door_speaks_our_words_and_says_nothing_twice():
    client = browser_of()
    page = client.get(reverse("account_login")).content.decode()
    assert ("E-mail" in page, "placeholder" in page) == (True, False)
    code = ask_for_code(client, "bo@example.org")
    assert told(client, reverse("account_confirm_login_code")) == []
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert told(client, "/you/") == []
    client.post(reverse("account_logout"))
    assert told(client, "/") == ["You are signed out."]


def told(client, address):
    """Return the messages on a page."""
    return [str(message) for message in client.get(address).context["messages"]]


@pytest.mark.parametrize(
    "email",
    ["", "no-address", "a@b", "x" * 300 + "@example.org", "a\r\nBcc: b@example.org", "<b>@example.org", "a\x00@example.org"],
)
def test_a_bad_address_is_told_beside_the_field_and_makes_nobody(email):
    answer = browser_of().post(reverse("account_login"), {"email": email})
    assert answer.status_code == 200
    assert 'class="field-error"' in answer.content.decode()
    assert Person.objects.count() == 0
    assert mail.outbox == []


def test_an_address_has_one_person_whatever_its_case():
    first = actions.person_for("Bo@Example.org", name="Bo", now=NOW)
    assert actions.person_for(" bo@example.ORG ", name="Mallory", now=NOW) == first
    assert Person.objects.get().name == "Bo"


def test_whoever_has_no_name_is_asked_on_the_way():
    client = browser_of()
    code = ask_for_code(client, "new@example.org")
    answer = client.post(reverse("account_confirm_login_code"), {"code": code, "next": "/instance/"})
    assert answer["Location"] == "/you/?first=1&next=%2Finstance%2F"
    assert client.post("/you/", {"name": "X", "next": "https://example.com/"})["Location"] == "/you/"


def test_without_a_mail_server_the_form_says_who_can_help(settings):
    settings.MIDCYCLE = settings.MIDCYCLE.model_copy(update={"demo": False})
    page = browser_of().post(reverse("account_login"), {"email": "new@example.org"}).content.decode()
    assert "MIDCYCLE_MAIL_URL" in page
    assert Person.objects.count() == 0


def test_a_mail_server_that_does_not_answer_is_told(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    page = browser_of().post(reverse("account_login"), {"email": "new@example.org"}, follow=True)
    assert (page.status_code, "could not be sent just now" in page.content.decode()) == (200, True)


def test_only_a_demo_signs_in_by_link(settings):
    url = reverse("accounts:demo_sign_in", args=[sign_in_token(ada())])
    assert browser_of().get(url).status_code == 302
    settings.MIDCYCLE = settings.MIDCYCLE.model_copy(update={"demo": False})
    assert browser_of().get(url).status_code == 404


def test_a_made_up_link_signs_nobody_in():
    client = browser_of()
    assert client.get(reverse("accounts:demo_sign_in", args=["made-up"])).status_code == 404
    away = client.get(f"{reverse('accounts:demo_sign_in', args=[sign_in_token(ada())])}?next=https://example.com/")
    assert away["Location"] == "/"


def test_your_page_is_for_whoever_is_signed_in():
    assert browser_of().get(reverse("accounts:you"))["Location"].startswith("/sign-in/")
    page = browser_of(cy()).get(reverse("accounts:you")).content.decode()
    assert "cy@example.org" in page
    assert "ada@example.org" not in page


def test_an_address_that_no_letter_reaches_is_told_at_every_door():
    meetup = opened(2)
    for bad in ('":<\x0c>!:"@example.org', "bo@[127.0.0.1]", '"a b"@example.org'):
        for path in ("/sign-in/", f"/m/{meetup.slug}/seat/"):
            answer = browser_of().post(path, {"email": bad, "name": "Bo", "role": "operator"})
            assert 'id="id_email_error"' in answer.content.decode(), (path, bad)
        with pytest.raises(Refusal):
            actions.person_for(bad, now=NOW)
    assert Person.objects.count() == 1  # Ada, who organises


def test_letters_that_only_look_alike_are_other_people():
    kite = actions.person_for("x@kite.example.net", now=NOW)
    assert actions.person_for("x@\N{KELVIN SIGN}ite.example.net", now=NOW) == kite
    hub = actions.person_for("y@github.example.net", now=NOW)
    assert actions.person_for("y@g\N{LATIN SMALL LETTER DOTLESS I}thub.example.net", now=NOW) != hub


def test_many_people_are_met_in_as_many_statements_as_one(django_assert_num_queries):
    known = bo()
    for count in (1, 30):
        names = {f"new{count}-{number}@example.org": f" New\n{number} " for number in range(count)} | {
            known.email: "Other name"
        }
        with django_assert_num_queries(2):  # who is new, and who all of them are
            people = actions.met_all(names, now=NOW)
        assert people[known.email] == (known, False)
        assert {is_new for email, (_, is_new) in people.items() if email != known.email} == {True}
        person, _ = people[f"new{count}-0@example.org"]
        assert (person.name, person.has_usable_password(), person.since) == ("New 0", False, NOW)
    assert actions.met_all({}, now=NOW) == {}


def test_only_people_nothing_refers_to_are_forgotten():
    meetup = opened(1)
    seated(meetup, "Bo")
    people = [bo(), cy(), dee()]
    assert actions.forget_all_unless_needed([person.pk for person in people]) == 2
    assert [person.name for person in Person.objects.order_by("pk")] == ["Ada Example", "Bo Example"]

"""Choosing a language: for a browser, and for the letters somebody gets."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from midcycle.accounts import actions
from midcycle.accounts.access import sign_in_token
from midcycle.accounts.models import Person
from midcycle.journal.models import Entry
from midcycle.kernel.languages import INTERFACE
from tests.world import NOW, ada, bo, browser_of

pytestmark = pytest.mark.django_db
PAGE = "/language/"


@pytest.fixture
def _three(settings):
    """Offer English, German and Arabic."""
    settings.LANGUAGES = [("en-gb", "English"), ("de", "Deutsch"), ("ar", "العربية")]


def language_of(person):
    return Person.objects.get(pk=person.pk).language


def test_with_one_language_no_page_speaks_of_others(settings):
    settings.LANGUAGES = [("en-gb", "English")]
    page = browser_of(ada()).get("/").content.decode()
    assert "/language/" not in page
    assert INTERFACE.keys() >= {"en", "de", "ar"}
    browser_of().get(reverse("accounts:demo_sign_in", args=[sign_in_token(ada())]))
    assert language_of(ada()) == ""


@pytest.mark.usefixtures("_three")
def test_each_language_is_offered_under_its_own_name():
    client = browser_of()
    page = client.get(PAGE, headers={"Accept-Language": "de"}).content.decode()
    buttons = re.findall(r'value="(\w+)"\s+lang="(\w+)"\s+dir="(\w+)"[^>]*>\s*([^<]+?)\s*<', page)
    assert buttons == [("en", "en", "ltr", "English"), ("de", "de", "ltr", "Deutsch"), ("ar", "ar", "rtl", "العربية")]
    assert re.search(r'href="/language/\?next=/language/"', page)
    assert re.search(r"</span>\s+Deutsch</a>", page)


@pytest.mark.usefixtures("_three")
def test_a_browser_remembers_what_was_chosen_in_it():
    client = browser_of()
    answer = client.post(PAGE, {"language": "ar", "next": "/sign-in/"})
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/")
    cookie = client.cookies["language"]
    assert (cookie.value, cookie["samesite"], cookie["max-age"]) == ("ar", "Lax", 60 * 60 * 24 * 365)
    page = client.get("/sign-in/", headers={"Accept-Language": "de"})
    assert page["Content-Language"] == "ar"
    assert '<html lang="ar" dir="rtl">' in page.content.decode()
    client.post(PAGE, {"language": "en"})
    assert client.get("/sign-in/", headers={"Accept-Language": "de"})["Content-Language"] == "en"


@pytest.mark.usefixtures("_three")
def test_who_is_signed_in_gets_letters_in_it_too():
    client = browser_of(bo())
    for _ in range(2):
        client.post(PAGE, {"language": "de"})
    assert language_of(bo()) == "de"
    assert Entry.objects.filter(kind="accounts.language_chosen", actor=bo().pk).count() == 1


@pytest.mark.usefixtures("_three")
@pytest.mark.parametrize("language", ["", "xx", "en-gb", "fr", "de\r\nSet-Cookie: a=b", "\x00", "x" * 9999])
def test_an_unknown_language_changes_nothing(language):
    client = browser_of(bo())
    answer = client.post(PAGE, {"language": language, "next": "/you/"})
    assert (answer.status_code, "language" in client.cookies, language_of(bo())) == (422, False, "")
    assert 'name="next" value="/you/"' in answer.content.decode()


@pytest.mark.usefixtures("_three")
@pytest.mark.parametrize("away", ["https://example.com/", "//example.com", "/\\example.com", "javascript:alert(1)", "\x00/"])
def test_nobody_is_led_away(away):
    assert browser_of().post(PAGE, {"language": "de", "next": away})["Location"] == "/"


@pytest.mark.usefixtures("_three")
def test_the_page_is_kept_by_nobody():
    page = browser_of().get(f"{PAGE}?next=/m/x/seat/secret/")
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("private, no-store", "same-origin")


@pytest.mark.usefixtures("_three")
def test_signing_in_brings_the_language_along_or_keeps_that_of_the_page():
    link = reverse("accounts:demo_sign_in", args=[sign_in_token(ada())])
    browser_of().get(link, headers={"Accept-Language": "de"})
    assert language_of(ada()) == "de"
    other = browser_of()
    other.get(link, headers={"Accept-Language": "ar"})
    assert (other.cookies["language"].value, language_of(ada())) == ("de", "de")
    third = browser_of()
    third.cookies["language"] = "ar"
    third.get(link)
    assert (third.cookies["language"].value, language_of(ada())) == ("ar", "de")


@pytest.mark.usefixtures("_three")
def test_a_code_is_asked_for_and_typed_in_the_language_of_the_page(settings):
    cache.clear()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    actions.choose_language(bo(), "ar", now=NOW)
    client = browser_of()
    client.post(reverse("account_login"), {"email": "bo@example.org"})
    code = re.findall(r"^ {4}(\S+)$", mail.outbox[-1].body, re.MULTILINE)[0]
    answer = client.post(reverse("account_confirm_login_code"), {"code": code})
    assert (answer.status_code, client.cookies["language"].value) == (302, "ar")

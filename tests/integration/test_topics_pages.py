"""The pages of topics, as the cast and strangers meet them."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from midcycle.topics.models import ModeratorOffer, Support, Topic
from tests.world import NOW, ada, bo, browser_of, cy, dee, placed
from tests.worlds.topics import proposed, supported

pytestmark = pytest.mark.django_db

LIST = "/m/spring-meetup/topics/"
HTMX = {"HX-Request": "true"}
HOSTILE = ["\x00", "x" * 161, " \r\n ", "\u2028", "x" * 200_000]
STRANGE = ["<script>alert(1)</script>", "🦉" * 160, "{{ 7|add:7 }}", "a\r\nBcc: b", "\u202egnp.exe", "9" * 160]


def squeezed(answer) -> str:
    """Return a page without the white space that only makes its source readable."""
    return re.sub(r" ?([<>]) ?", r"\1", re.sub(r"\s+", " ", answer.content.decode()))


def test_somebody_proposes_with_a_title_alone():
    placed()
    answer = browser_of(bo()).post(LIST, {"title": "Upgrades without downtime"})
    topic = Topic.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}{topic.pk}/")
    page = squeezed(browser_of().get(LIST))
    assert f'<a href="{LIST}{topic.pk}/">Upgrades without downtime</a>' in page
    assert "Proposed by Bo Example" in page


@pytest.mark.parametrize("title", ["", *HOSTILE])
def test_a_wrong_title_is_told_beside_the_field_and_nothing_typed_is_lost(title):
    placed()
    answer = browser_of(bo()).post(LIST, {"title": title, "details": "Kept & safe", "format": "lightning"})
    page = answer.content.decode()
    assert (answer.status_code, Topic.objects.count()) == (422, 0)
    assert 'id="id_title_error"' in page
    assert "Kept &amp; safe</textarea>" in page
    assert '<option value="lightning" selected>' in page


@pytest.mark.parametrize("field", ["details", "format"])
@pytest.mark.parametrize("text", ["\x00", "x" * 10_001])
def test_wrong_details_and_formats_are_told_beside_the_field(field, text):
    placed()
    answer = browser_of(bo()).post(LIST, {"title": "Fine", field: text})
    assert (answer.status_code, Topic.objects.count()) == (422, 0)
    assert f'id="id_{field}_error"' in answer.content.decode()


@pytest.mark.parametrize("title", STRANGE)
def test_strange_titles_are_shown_as_text(title):
    placed()
    browser_of(bo()).post(LIST, {"title": title, "details": f"{title} [x](javascript:alert(1))"})
    topic = Topic.objects.get()
    assert topic.title == title.replace("\r\n", " ").replace("\u202e", "")
    for url in (LIST, f"{LIST}{topic.pk}/", f"{LIST}{topic.pk}/withdrawal/"):
        page = browser_of(bo()).get(url).content.decode()
        assert "<script>alert" not in page
        assert "javascript:" not in page.replace("(javascript:alert(1))", "")


def test_a_press_before_signing_in_leads_back_to_its_topic(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    cache.clear()  # where the codes asked for are counted
    topic, visitor = proposed(placed()), browser_of()
    dee()
    door = visitor.post(f"{LIST}{topic.pk}/support/", {"back": "list"})["Location"]
    page = visitor.get(door)
    assert "Sign in to support “Upgrades without downtime”. Then press Support once more." in page.content.decode()
    onward = f"{LIST}#topic-{topic.pk}"
    assert f'name="next"\n                value="{onward}"' in page.content.decode()
    asked = visitor.post("/sign-in/", {"email": "dee@example.org", "next": onward})
    code = re.findall(r"^ {4}(\S+)$", mail.outbox[-1].body, re.MULTILINE)[0]
    assert visitor.post(asked["Location"], {"code": code, "next": onward})["Location"] == onward
    assert f'id="topic-{topic.pk}"' in visitor.get(LIST).content.decode()
    assert topic.supports.count() == 1  # the proposer's: a press is a person's own, so it is not made for them


def test_who_is_not_signed_in_is_led_to_sign_in_and_back():
    topic = proposed(placed())
    visitor = browser_of()
    here, spot = f"{LIST}{topic.pk}/", f"%23topic-{topic.pk}"
    assert visitor.post(LIST, {"title": "Mine"})["Location"] == f"/sign-in/?next={LIST}"
    assert visitor.post(f"{here}support/", {"back": "list"})["Location"] == f"/sign-in/?next={LIST}{spot}"
    assert visitor.post(f"{here}support/")["Location"] == f"/sign-in/?next={here}{spot}"
    assert visitor.post(f"{here}offer/", {"part": "lead"})["Location"] == f"/sign-in/?next={here}"
    swap = visitor.post(f"{here}support/", {"back": "list"}, headers=HTMX)
    assert (swap.status_code, swap["HX-Redirect"]) == (204, f"/sign-in/?next={LIST}{spot}")
    assert (Topic.objects.count(), Support.objects.count(), ModeratorOffer.objects.count()) == (1, 1, 0)


def test_a_voice_without_a_script_leads_back_to_the_line():
    topic = proposed(placed())
    client = browser_of(cy())
    answer = client.post(f"{LIST}{topic.pk}/support/", {"back": "list"})
    assert answer["Location"] == f"{LIST}#topic-{topic.pk}"
    assert Support.objects.filter(topic=topic, person=cy()).count() == 1
    answer = client.post(f"{LIST}{topic.pk}/support/", {"_method": "delete"})
    assert answer["Location"] == f"{LIST}{topic.pk}/#topic-{topic.pk}"
    assert Support.objects.filter(topic=topic, person=cy()).count() == 0


def test_the_head_says_nothing_a_single_voice_would_make_wrong():
    supported(proposed(placed()), "Cy", "Dee")
    assert '<ul class="meta"><li>1 topic</li></ul>' in squeezed(browser_of(cy()).get(LIST)).split("<ol")[0]


def test_a_voice_with_a_script_swaps_one_line_alone():
    topic = proposed(placed())
    client = browser_of(cy())
    line = client.post(f"{LIST}{topic.pk}/support/", {"back": "list"}, headers=HTMX).content.decode().strip()
    assert line.startswith(f'<li class="topic" id="topic-{topic.pk}">')
    assert line.endswith("</li>")
    assert 'aria-pressed="true"' in line
    assert '<span class="support-count">2</span>' in line
    box = client.post(f"{LIST}{topic.pk}/support/", {"_method": "delete"}, headers=HTMX).content.decode().strip()
    assert box.startswith(f'<div class="topic" id="topic-{topic.pk}">')
    assert '<span class="support-count">1</span>' in box
    assert 'aria-pressed="false"' in box
    assert client.delete(f"{LIST}{topic.pk}/support/").status_code == 302


def test_a_line_brings_the_check_value_of_its_form():
    topic = proposed(placed())
    client = browser_of(cy())
    client.handler.enforce_csrf_checks = True
    url = f"{LIST}{topic.pk}/support/"
    assert client.post(url, {"back": "list"}).status_code == 403
    form = client.get(LIST).context["csrf_token"]
    line = client.post(url, {"back": "list", "csrfmiddlewaretoken": str(form)}, headers=HTMX)
    assert line.status_code == 200
    assert 'name="csrfmiddlewaretoken"' in line.content.decode()


def test_when_topics_closed_meanwhile_the_reason_is_told():
    topic = proposed(placed())
    client = browser_of(cy())
    type(topic.meetup).objects.update(stage="wrap_up")
    swap = client.post(f"{LIST}{topic.pk}/support/", {"back": "list"}, headers=HTMX)
    assert (swap.status_code, swap["HX-Redirect"]) == (204, LIST)
    page = client.get(LIST).content.decode()
    assert "Topics are closed at the stage “Wrap-up”" in page
    assert "<button" not in page.split("</header>", 2)[2].split("<footer")[0]
    assert client.post(LIST, {"title": "Late"}).status_code == 422
    assert client.post(f"{LIST}{topic.pk}/support/")["Location"] == f"{LIST}{topic.pk}/"
    client.post(f"{LIST}{topic.pk}/offer/", {"part": "lead"})
    assert (Support.objects.count(), ModeratorOffer.objects.count()) == (1, 0)


def test_somebody_offers_to_moderate_and_takes_it_back():
    topic = proposed(placed())
    client = browser_of(dee())
    here = f"{LIST}{topic.pk}/"
    assert client.post(f"{here}offer/", {"part": "shadow"})["Location"] == here
    page = squeezed(client.get(here))
    assert "<dt>Could shadow</dt><dd>Dee Example</dd>" in page
    assert "Take my offer back" in page
    client.post(f"{here}offer/", {"_method": "delete"})
    assert "Nobody has offered yet" in client.get(here).content.decode()
    for part in ("", "\x00", "king", "x" * 100_000):
        client.post(f"{here}offer/", {"part": part})
    assert ModeratorOffer.objects.count() == 0


def test_the_proposer_withdraws_after_being_asked():
    topic = supported(proposed(placed()), "Cy", "Dee")
    client = browser_of(bo())
    url = f"{LIST}{topic.pk}/withdrawal/"
    assert f'href="{url}"' in client.get(f"{LIST}{topic.pk}/").content.decode()
    assert "with its 3 voices" in client.get(url).content.decode()
    assert Topic.objects.filter(withdrawn_at=None).count() == 1
    assert client.post(url)["Location"] == LIST
    assert Topic.objects.filter(withdrawn_at=None).count() == 0
    assert "No topics yet" in client.get(LIST).content.decode()


def test_an_organiser_may_withdraw_a_topic_and_a_stranger_may_not():
    topic = proposed(placed())
    url = f"{LIST}{topic.pk}/withdrawal/"
    for stranger in (browser_of(), browser_of(cy())):
        assert [stranger.get(url).status_code, stranger.post(url).status_code] == [404, 404]
        assert url not in stranger.get(f"{LIST}{topic.pk}/").content.decode()
    assert Topic.objects.get().withdrawn_at is None
    assert browser_of(ada()).post(url).status_code == 302
    assert Topic.objects.get().withdrawn_at is not None


def test_an_archived_topic_is_not_withdrawn():
    topic = proposed(placed())
    type(topic.meetup).objects.update(stage="archived")
    url = f"{LIST}{topic.pk}/withdrawal/"
    client = browser_of(bo())
    assert url not in client.get(f"{LIST}{topic.pk}/").content.decode()
    assert client.post(url)["Location"] == f"{LIST}{topic.pk}/"
    assert Topic.objects.get().withdrawn_at is None


def test_the_proposer_edits_the_topic_and_so_does_an_organiser():
    topic = proposed(placed(), details="Old & kept", format="lightning")
    here, url = f"{LIST}{topic.pk}/", f"{LIST}{topic.pk}/wording/"
    for who, title in ((bo(), "By Bo"), (ada(), "By Ada")):
        client = browser_of(who)
        assert f'href="{url}"' in client.get(here).content.decode()
        page = client.get(url).content.decode()
        assert "Old &amp; kept</textarea>" in page
        assert '<option value="lightning" selected>' in page
        assert client.post(url, {"title": title, "details": "Old & kept", "format": "lightning"})["Location"] == here
        assert f'<h1 class="page-title page-title-long">{title}</h1>' in client.get(here).content.decode()
    assert Topic.objects.get().proposed_by == bo()


def test_strangers_find_no_way_to_edit_a_topic():
    topic = proposed(placed())
    url = f"{LIST}{topic.pk}/wording/"
    for stranger in (browser_of(), browser_of(cy()), browser_of(dee())):
        assert [stranger.get(url).status_code, stranger.post(url, {"title": "Mine"}).status_code] == [404, 404]
        assert url not in stranger.get(f"{LIST}{topic.pk}/").content.decode()
    assert Topic.objects.get().title == "Upgrades without downtime"


@pytest.mark.parametrize("title", ["", *HOSTILE])
def test_a_wrong_new_title_is_told_beside_the_field_and_nothing_typed_is_lost(title):
    topic = proposed(placed())
    answer = browser_of(bo()).post(
        f"{LIST}{topic.pk}/wording/", {"title": title, "details": "Kept & safe", "format": "lightning"}
    )
    page = answer.content.decode()
    assert (answer.status_code, Topic.objects.get().title) == (422, "Upgrades without downtime")
    assert 'id="id_title_error"' in page
    assert "Kept &amp; safe</textarea>" in page
    assert '<option value="lightning" selected>' in page


@pytest.mark.parametrize("field", ["details", "format"])
@pytest.mark.parametrize("text", ["\x00", "x" * 10_001])
def test_wrong_new_details_and_formats_are_told_beside_the_field(field, text):
    topic = proposed(placed())
    answer = browser_of(bo()).post(f"{LIST}{topic.pk}/wording/", {"title": "Typed", field: text})
    assert (answer.status_code, Topic.objects.get().details) == (422, "")
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert 'value="Typed"' in answer.content.decode()


@pytest.mark.parametrize("title", STRANGE)
def test_strange_new_titles_are_shown_as_text(title):
    topic = proposed(placed())
    url = f"{LIST}{topic.pk}/wording/"
    browser_of(bo()).post(url, {"title": title, "details": f"{title} [x](javascript:alert(1))"})
    topic.refresh_from_db()
    assert topic.title == title.replace("\r\n", " ").replace("\u202e", "")
    for shown in (f"{LIST}{topic.pk}/", url):
        page = browser_of(bo()).get(shown).content.decode()
        assert "<script>alert" not in page
        assert "javascript:" not in page.replace("(javascript:alert(1))", "")


def test_a_format_only_organisers_give_outlives_an_edit():
    topic = proposed(placed(), format="plenary")
    url = f"{LIST}{topic.pk}/wording/"
    client = browser_of(bo())
    assert '<option value="plenary" selected>' in client.get(url).content.decode()
    for body in ({"title": "New", "format": "plenary"}, {"title": "Newer"}):
        assert client.post(url, body).status_code == 302
        assert Topic.objects.get().format == "plenary"
    assert client.post(url, {"title": "New", "format": "wrap_up"}).status_code == 422


@pytest.mark.parametrize("stage", ["wrap_up", "archived"])
def test_when_topics_are_closed_nothing_is_edited_and_the_reason_is_told(stage):
    topic = proposed(placed())
    type(topic.meetup).objects.update(stage=stage)
    url = f"{LIST}{topic.pk}/wording/"
    client = browser_of(bo())
    assert url not in client.get(f"{LIST}{topic.pk}/").content.decode()
    page = client.get(url).content.decode()
    assert "Topics are closed at this stage" in page
    assert "<textarea" not in page
    answer = client.post(url, {"title": "Late", "details": "Typed"})
    assert (answer.status_code, Topic.objects.get().title) == (422, "Upgrades without downtime")
    assert "Topics are closed at the stage" in answer.content.decode()
    assert "Typed</textarea>" in answer.content.decode()


def test_what_is_not_there_is_not_found():
    placed("Autumn meetup")
    topic, gone = proposed(placed()), proposed(placed("Winter meetup"))
    Topic.objects.filter(pk=gone.pk).update(withdrawn_at=NOW)
    absent = [
        "/m/nowhere/topics/",
        f"/m/autumn-meetup/topics/{topic.pk}/",
        f"/m/winter-meetup/topics/{gone.pk}/",
        f"{LIST}0/",
        f"{LIST}{10**30}/",
    ]
    for who in (None, bo(), ada()):
        client = browser_of(who)
        assert [client.get(url).status_code for url in absent] == [404] * 5
        assert [client.post(f"{url}support/").status_code for url in absent[1:]] == [404] * 4
        assert [client.post(f"{url}offer/").status_code for url in absent[1:]] == [404] * 4
        assert [client.post(f"{url}withdrawal/").status_code for url in absent[1:]] == [404] * 4
        assert [client.post(f"{url}edit/", {"title": "Mine"}).status_code for url in absent[1:]] == [404] * 4


def test_no_address_is_ever_shown():
    topic = supported(proposed(placed()), "Cy")
    for url in (LIST, f"{LIST}{topic.pk}/"):
        assert "@example.org" not in browser_of(dee()).get(url).content.decode()


@pytest.mark.parametrize("topics", [1, 4])
def test_pages_take_the_same_queries_for_one_and_for_many(topics, django_assert_num_queries):
    meetup = placed()
    for number in range(topics):
        topic = supported(proposed(meetup, f"Topic {number}"), "Cy", "Dee")
    visitor, client = browser_of(), browser_of(cy())
    with django_assert_num_queries(5):  # meetup, topics, offers, how voices are counted, tabs
        visitor.get(LIST)
    with django_assert_num_queries(7):  # and session, person
        client.get(LIST)
    with django_assert_num_queries(12):  # and voting, merged topics, comments, related ones, whether the visitor may change it
        client.get(reverse("topics:topic", args=[meetup.slug, topic.pk]))
    organiser = browser_of(ada())
    with django_assert_num_queries(13):  # and invitations, the same asked by the gate
        organiser.get(reverse("topics:wording", args=[meetup.slug, topic.pk]))

"""A team writes a report section by section, loses nothing to each other, and finds every version again."""

import pytest
from django.contrib.messages import get_messages

from midcycle.kernel.refusal import Refusal
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Capacity
from midcycle.report import actions, queries
from midcycle.report.actions import Wording
from midcycle.report.models import Section, Version
from tests.world import NOW, ada, browser_of, cy, later
from tests.worlds.report import OPERATOR, over

pytestmark = pytest.mark.django_db

DESK = "/m/spring-meetup/desk/report/"
WHO = f"{DESK}words/"


def write(meetup, text, *, key="words", language="en", seen=None, now=NOW):
    return actions.write(meetup, Wording(key, text, language, seen), by=ada(), now=now)


def text_of(meetup, key="words", language="en"):
    found = (section for section in queries.report_page(meetup, language).sections if section.key == key)
    return next((section.markdown for section in found), None)


def test_a_section_follows_the_facts_until_somebody_writes_in_it_and_again_when_they_let_it():
    meetup = over(*[OPERATOR] * 7)
    assert text_of(meetup, "opening").endswith("7 people came.")
    write(meetup, "We met.", key="opening")
    assert text_of(meetup, "opening") == "We met."
    write(meetup, None, key="opening")
    assert text_of(meetup, "opening").endswith("7 people came.")


def test_figures_in_what_the_team_wrote_go_on_following_the_facts():
    meetup = over(*[OPERATOR] * 7)
    write(meetup, "All {{ people }} of us.")
    meetup.seats.first().delete()
    assert text_of(meetup) == "All 6 of us."


def test_an_emptied_section_is_left_out_with_its_charts():
    meetup = over(*[OPERATOR] * 7)
    assert "who" in {section.key for section in queries.report_page(meetup).sections}
    write(meetup, "", key="who")
    assert "who" not in {section.key for section in queries.report_page(meetup).sections}


def test_an_organiser_writes_previews_and_publishes():
    over(*[OPERATOR] * 13)
    browser = browser_of(ada())
    assert "Spring meetup took place on" in browser.get(DESK).content.decode()
    page = browser.get(f"{DESK}who/").content.decode()
    assert ("## Who came" in page, "<code>{{ people }}</code>" in page) == (True, True)
    typed = {"text": "## Hello\n\n<b>x</b> {{ people }}", "edition": "0"}
    preview = browser.post(f"{DESK}words/preview/", typed).content.decode()
    assert ("<h2>Hello</h2>" in preview, "## Hello" in preview, Section.objects.count()) == (True, True, 0)
    fragment = browser.post(f"{DESK}words/preview/", typed, headers={"HX-Request": "true"}).content.decode()
    assert ("<h2>Hello</h2>" in fragment, '<a href="#from-came">13</a>' in fragment, "<html" in fragment) == (True, True, False)
    assert browser.post(f"{DESK}words/", typed).headers["Location"] == f"{DESK}words/?language=en"
    assert "<h2>Hello</h2>" in browser.get(f"{DESK}draft/").content.decode()
    assert browser.post(f"{DESK}publication/").headers["Location"] == DESK
    assert "<h2>Hello</h2>" in browser_of().get("/m/spring-meetup/report/").content.decode()
    assert browser.post(f"{DESK}publication/", {"_method": "delete"}).headers["Location"] == DESK
    assert browser_of().get("/m/spring-meetup/report/").status_code == 404


def test_of_two_who_write_at_once_neither_loses_a_word():
    meetup = over(OPERATOR)
    first, second = browser_of(ada()), browser_of(ada())
    assert first.post(WHO, {"text": "One line of mine", "edition": "0"}).status_code == 302
    refused = second.post(WHO, {"text": "One line of ours", "edition": "0"})
    page = refused.content.decode()
    assert (refused.status_code, "Somebody else changed this section meanwhile." in page) == (422, True)
    assert ("One line of ours</textarea>" in page, "<del>mine</del><ins>ours</ins>" in page) == (True, True)
    assert ('name="edition" value="1"' in page, page.count("Somebody else changed this section meanwhile.")) == (True, 2)
    assert text_of(meetup) == "One line of mine"
    assert second.post(WHO, {"text": "One line of ours", "edition": "1"}).status_code == 302
    assert [version.text for version in Version.objects.order_by("number")] == ["One line of mine", "One line of ours"]


def test_every_version_says_who_and_when_and_what_it_changed_and_can_be_brought_back():
    meetup = over(OPERATOR)
    write(meetup, "We met in the rain.")
    write(meetup, "We met in the sun.", now=later(days=1))
    browser = browser_of(ada())
    page = browser.get(f"{WHO}?version=2").content.decode()
    assert "We met in the <del>rain.</del><ins>sun.</ins>" in page
    assert ("Ada" in page, 'datetime="2027-01-11T' in page) == (True, True)
    browser.post(f"{WHO}version/", {"edition": "2", "version": "1"})
    assert (text_of(meetup), Section.objects.get().edition) == ("We met in the rain.", 3)
    stale = browser.post(f"{WHO}version/", {"edition": "2", "version": "2"})
    assert "Somebody else changed" in str(list(get_messages(stale.wsgi_request))[-1])
    assert text_of(meetup) == "We met in the rain."


def test_drafted_anew_shows_what_would_change_and_changes_it_when_asked():
    meetup = over(*[OPERATOR] * 7)
    write(meetup, "Spring meetup was good.", key="opening")
    browser = browser_of(ada())
    page = browser.get(f"{DESK}opening/?anew=yes").content.decode()
    assert ("<ins>took</ins>" in page or "<ins>took place" in page, "Follow the facts again" in page) == (True, True)
    browser.post(f"{DESK}opening/version/", {"edition": "1"})
    assert text_of(meetup, "opening").endswith("7 people came.")


def test_what_says_the_same_makes_no_version():
    meetup = over(OPERATOR)
    for _ in range(2):
        write(meetup, "We met.\r\n")
    assert Version.objects.count() == 1


def test_a_version_outlives_the_name_of_who_wrote_it():
    meetup = over(OPERATOR)
    person = cy()
    actions.write(meetup, Wording("words", "We met."), by=person, now=NOW)
    person.delete()
    assert queries.section_desk(meetup, "words").versions[0].by == "Somebody"


def test_versions_of_elsewhere_are_not_brought_back():
    write(over(OPERATOR, title="Elsewhere"), "Secret")
    meetup = over(OPERATOR)
    with pytest.raises(Refusal):
        actions.restore(meetup, 1, Wording("words", None), by=ada(), now=NOW)


@pytest.fixture
def in_two_languages():
    meetup = over(*[OPERATOR] * 7)
    capacity = Capacity.objects.get(meetup=meetup)
    capacity.asks = {**capacity.asks, "languages": ["en", "de"]}
    capacity.save()
    return Meetup.objects.get(pk=meetup.pk)


def test_what_is_not_written_in_a_language_stands_in_another_and_says_so(in_two_languages):
    meetup = in_two_languages
    write(meetup, "Wir trafen uns.", language="de")
    write(meetup, "It began on a list.", key="came_about")
    assert (text_of(meetup, language="de"), text_of(meetup)) == ("Wir trafen uns.", None)
    actions.publish(meetup, by=ada(), now=NOW)
    stranger = browser_of()
    page = stranger.get("/m/spring-meetup/report/in/de/").content.decode()
    assert '<div class="prose" lang="de" dir="ltr"><p>Wir trafen uns.</p>' in page
    assert '<div class="prose" lang="en" dir="ltr"><p>It began on a list.' in page
    assert '<div class="prose" lang="de" dir="ltr"><p>Spring meetup' in page  # the draft, in the language of the page
    assert ("Manche Abschnitte sind noch nicht auf Deutsch" in page, 'id="opening"' in page) == (True, True)
    assert '<article lang="de" dir="ltr">' in page
    assert ("Woher das kommt" in page, "Where this comes from" in page) == (True, False)
    assert 'hreflang="de"' in stranger.get("/m/spring-meetup/report/").content.decode()
    assert [stranger.get(f"/m/spring-meetup/report/in/{code}/").status_code for code in ("fr", "xx")] == [404, 404]


def test_a_report_is_taken_away_as_markdown_and_as_paper(in_two_languages):
    meetup = in_two_languages
    write(meetup, "Alle {{ people }}.", language="de")
    actions.publish(meetup, by=ada(), now=NOW)
    stranger = browser_of()
    told = stranger.get("/m/spring-meetup/report.md").content.decode()
    assert told.startswith(
        "# Spring meetup\n\n2\N{EN DASH}3 March 2027 · Lisbon, PT · The Dockyard\n\nSpring meetup took place"
    )
    assert "| Group | People |\n| --- | --- |\n| Operator | 7 |" in told
    in_german = stranger.get("/m/spring-meetup/report/in/de/report.md").content.decode()
    assert "Alle 7." in in_german
    assert ("| --- | --- |\n| Betreiber | 7 |" in in_german, "| Operator | 7 |" in in_german) == (True, False)
    papers = [stranger.get("/m/spring-meetup/report.pdf") for _ in range(2)]
    assert (papers[0].headers["Content-Type"], papers[0].content[:5]) == ("application/pdf", b"%PDF-")
    assert papers[0].content == papers[1].content
    assert b"pdfuaid:part" in papers[0].content


def test_a_letter_with_the_report_has_its_link_and_no_figure_left_open():
    meetup = over(*[OPERATOR] * 7)
    write(meetup, "All {{ people }}, **in** {curly} words.")
    subject, text = queries.letter_of(meetup)
    assert subject == "The report of {meetup}"
    assert "All 7, in (curly) words." in text
    assert "/m/spring-meetup/report/\n" in text


def test_the_report_begins_a_letter_to_those_who_came_which_is_seen_before_it_goes():
    meetup = over(*[OPERATOR] * 7)
    browser, address = browser_of(ada()), "/m/spring-meetup/desk/letters/many/new/?report=en"
    assert "the report of" not in browser.get(address).content.decode()
    actions.publish(meetup, by=ada(), now=NOW)
    page = browser.get(address).content.decode()
    assert ("the report of {meetup} is there" in page, '<option value="here" selected>' in page) == (True, True)
    _, text = queries.letter_of(meetup)
    typed = {"audience": "here", "subject": "The report of {meetup}", "text": text}
    preview = browser.post(address, typed, follow=True).content.decode()
    assert ("Hello Guest" in preview, "the report of Spring meetup is there" in preview) == (True, True)


HOSTILE = """#### Deep first

* one
    1. two
        * three `code`
> quoted **bold** [x](javascript:alert(1)) [y](https://a.example/?a=1&b=\u202e)

| a | b |
|---|---|
| #panic() | \\#let x |

```
#import "/etc/passwd": *
```

\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 \u4f60\u597d \U0001f989
Z\u0351\u036b\u0343\u0352\u030e\u0305 {{ people }}
"""


def test_whatever_a_team_writes_is_printed_as_tagged_paper_and_is_no_source():
    meetup = over(*[OPERATOR] * 7)
    write(meetup, HOSTILE + "x" * 2_000)
    paper = queries.paper_of(queries.report_page(meetup))
    assert (paper[:5], b"pdfuaid:part" in paper, b"passwd" in paper) == (b"%PDF-", True, False)


def test_links_to_this_site_are_whole_where_the_report_leaves_it():
    meetup = over(OPERATOR)
    actions.write(meetup, Wording("words", "See [the agenda](/m/x/agenda/) and [out](//a.example/)."), by=ada(), now=NOW)
    actions.publish(meetup, by=ada(), now=NOW)
    text = "See [the agenda](http://127.0.0.1:8000/m/x/agenda/) and [out](//a.example/)."
    assert text in browser_of().get("/m/spring-meetup/report.md").content.decode()
    assert "<http://127.0.0.1:8000/m/x/agenda/>" in queries.letter_of(meetup)[1]

"""The report says what happened, to everybody once it is published, and gives nobody away."""

import re

import pytest
from django.contrib.messages import get_messages
from django.utils.html import escape

from midcycle.feedback import actions as feedback
from midcycle.invoicing.actions.booking import Noted, note_money, publish_money
from midcycle.journal.queries import entries_of
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.pads import actions as pads
from midcycle.pads.models import Pad, Published
from midcycle.registration.actions import cancel_seat, undo_check_in
from midcycle.registration.models import Seat
from midcycle.report import actions, queries
from midcycle.report.actions import Wording
from midcycle.report.models import Report, Section, Source, ToldFact
from tests.world import NOW, ada, bo, browser_of, cy, later, placed
from tests.worlds.feedback import said
from tests.worlds.outcomes import noted
from tests.worlds.report import DEVELOPER, OPERATOR, VENDOR, over, thanked

pytestmark = pytest.mark.django_db

FILES = ("/m/spring-meetup/report.md", "/m/spring-meetup/report.pdf")
REPORT, DESK = "/m/spring-meetup/report/", "/m/spring-meetup/desk/report/"
PEOPLE = (*[OPERATOR] * 7, *[DEVELOPER] * 5, VENDOR)
HOSTILE = [
    "\x00",
    "x" * 60_000,
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "a\r\nb",
    "🦉",
    "<img src=x onerror=y>",
    "{{ people|safe }}",
    "{% debug %}",
]


def published(meetup: Meetup) -> str:
    """Publish and return the page as a stranger sees it, without the white space between and inside tags."""
    actions.publish(meetup, by=ada(), now=NOW)
    page = " ".join(browser_of().get(REPORT).content.decode().split())
    return re.sub(r"(?<=>) | (?=[<>])", "", page)


def test_notes_that_belong_to_no_session_are_linked_too():
    meetup = over(OPERATOR)
    pads.open_pad(meetup, "LIS-ops-feedback", title="Feedback & thanks", by=ada(), now=NOW)
    assert '<a href="/m/spring-meetup/pads/LIS-ops-feedback/">Feedback &amp; thanks</a>' in published(meetup)


def test_every_number_leads_to_where_it_comes_from():
    page = published(thanked(over(*PEOPLE)))
    aims = set(re.findall(r'href="#([a-z_-]+)"', page)) - {"main"}
    assert aims - set(re.findall(r'id="([a-z_-]+)"', page)) == set()
    assert {"from-came", "from-asked", "from-who", "from-share_not_on_list"} <= aims


def overview(client):
    return client.get("/m/spring-meetup/topics/").content.decode()


def test_publishing_again_keeps_the_first_date():
    meetup = over(OPERATOR)
    actions.publish(meetup, by=ada(), now=NOW)
    actions.publish(meetup, by=ada(), now=later(days=3))
    assert Report.objects.get().published_at == NOW


def test_own_words_stay_with_the_organisers():
    meetup = over(*[OPERATOR] * 5)
    feedback.open_survey(meetup, by=ada(), now=NOW)
    for seat in meetup.seats.all():
        feedback.answer_survey(seat, said(come_again=True, words="The pub was best"), now=NOW)
    feedback.close_survey(meetup, by=ada(), now=NOW)
    assert "The pub was best" not in published(meetup)
    assert "The pub was best" in browser_of(ada()).get(DESK).content.decode()


def test_nobody_of_those_who_came_is_named():
    page = published(thanked(over(*PEOPLE)))
    assert ("Guest" in page, "@example.org" in page, "Ada" in page) == (False, False, False)


def test_facts_and_sources_are_told_in_words():
    meetup = over(OPERATOR)
    for path, value in (("size.estimated_demand", 150), ("size.estimated_demand", 200), ("size.guess", 30)):
        actions.keep_told_fact(meetup, path, value, by=ada(), now=NOW)
    actions.keep_told_fact(meetup, "note", "<b>bold</b>", by=ada(), now=NOW)
    actions.keep_source(meetup, "SEED", "https://example.org/article", by=ada(), now=NOW)
    actions.keep_source(meetup, "BLOG", "a post of <i>2016</i>", by=ada(), now=NOW)
    page = published(meetup)
    assert [said in page for said in ("About 200 seats could", "estimated demand", "guess:</span>30")] == [True, False, True]
    assert "&lt;b&gt;bold&lt;/b&gt;" in page
    assert '<a href="https://example.org/article" rel="nofollow">https://example.org/article</a>' in page
    assert "a post of &lt;i&gt;2016&lt;/i&gt;" in page
    assert (ToldFact.objects.count(), Source.objects.count()) == (3, 2)


@pytest.mark.parametrize("path", ["", "\x00", "x" * 201])
def test_a_fact_needs_a_name(path):
    with pytest.raises(Refusal):
        actions.keep_told_fact(placed(), path, 1, by=ada(), now=NOW)


def test_a_machine_reads_a_published_report():
    meetup = thanked(over(*PEOPLE, seats=12))
    url = "/api/v1/meetups/spring-meetup/report"
    assert browser_of().get(url).status_code == 404
    actions.publish(meetup, by=ada(), now=NOW)
    told = browser_of().get(url).json()
    assert (told["slug"], told["title"], told["published_at"]) == ("spring-meetup", "Spring meetup", "2027-01-10T12:00:00Z")
    assert [(figure["key"], figure["value"]) for figure in told["figures"]] == [
        ("came", 12),
        ("seats", 12),
        ("asked", 13),
        ("interested", 14),
    ]
    assert told["who"] == {
        "people": 12,
        "roles": [{"label": "Operator", "count": 7}, {"label": "Developer", "count": 5}],
        "sectors": [{"label": "Public cloud", "count": 7}, {"label": "Academic research", "count": 5}],
        "regions": [{"label": "Europe", "count": 7}, {"label": "Asia", "count": 5}],
    }
    assert told["data_points"][0] == {
        "key": "share_not_on_list",
        "label": "not on the community's list",
        "share": 0.3,
        "part": 3,
        "whole": 10,
        "method": "hands",
        "origin": "A show of hands in the room: 3 of 10 hands that went up.",
    }
    thanks = told["sections"][-1]
    assert (thanks["key"], thanks["language"]) == ("thanks", "en")
    assert thanks["markdown"].endswith("- Data \\<Centred\\>, who hosted us\n- Canonical")
    assert told["hands"][1] == {"question": "own:pub", "asked": "Was the pub useful?", "yes": 9, "no": 1}


def figures_of(meetup):
    return {figure.key: figure.value for figure in queries.report_page(meetup).figures}


def sections_of(meetup, language=""):
    return {section.key: section for section in queries.report_page(meetup, language).sections}


def test_numbers_from_interest_to_the_door():
    assert figures_of(over(*PEOPLE, seats=12)) == {"came": 12, "seats": 12, "asked": 13, "interested": 14}


def test_who_came_is_folded_below_five():
    charts = {chart.title: words_of(chart.svg) for chart in sections_of(over(*PEOPLE))["who"].charts}
    assert charts == {
        "What they do": "Operator: 7; Others: 6",
        "Their sector": "Public cloud: 7; Others: 6",
        "Where they came from": "Europe: 8; Asia: 5",
    }
    assert "Vendor" not in published(Meetup.objects.get())


def test_behind_each_drawing_there_are_its_figures_as_a_table():
    (first, *_) = sections_of(over(*PEOPLE))["who"].charts
    assert [[cell.text for cell in row] for row in first.table.rows] == [["Operator", "7"], ["Others", "6"]]
    page = published(Meetup.objects.get())
    assert "<summary>What they do as a table</summary>" in page
    assert '<th scope="row">Operator</th><td data-label="People" class="number">7</td>' in page


def test_fewer_than_five_people_show_no_groups_at_all():
    sections = sections_of(over(OPERATOR, DEVELOPER, VENDOR))
    assert sections.keys() & {"who", "learned"} == set()


def test_without_a_door_those_with_a_seat_count():
    meetup = over(*PEOPLE)
    Seat.objects.update(state="held")
    assert list(figures_of(meetup)) == ["seated", "seats", "asked", "interested"]
    assert words_of(sections_of(meetup)["who"].charts[0].svg) == "Operator: 7; Others: 6"


def test_sessions_by_day_lead_to_their_pads():
    tables = sections_of(over(OPERATOR, sessions=3))["talked"].tables
    assert [(table.caption, [[cell.text for cell in row] for row in table.rows]) for table in tables] == [
        ("Tuesday 2 March", [["Session 2", "10:00", "Foundry", "General session"]]),
        (
            "Wednesday 3 March",
            [["Session 1", "09:00", "Pioneer", "General session"], ["Session 3", "10:00", "Pioneer", "General session"]],
        ),
    ]
    page = published(Meetup.objects.get())
    links = re.findall(r'href="(/m/spring-meetup/pads/[A-Za-z0-9-]+/)"', page)
    assert [browser_of().get(link).status_code for link in links] == [200, 200, 200]


def test_sessions_of_an_agenda_never_released_are_told_once_it_is_over():
    meetup = over(OPERATOR, sessions=2)
    meetup.releases.all().delete()
    section = sections_of(meetup)["talked"]
    assert [row[0].text for row in section.tables[0].rows] == ["Session 1", "Session 2"]
    assert (section.tables[0].caption, "Sessions we know of: 2." in section.markdown) == ("Times were not recorded", True)
    meetup.stage = "on_site"
    assert "talked" not in sections_of(meetup)


def test_what_publishers_wrote_of_a_session_is_taken_up():
    meetup = over(OPERATOR, sessions=2)
    pad = Pad.objects.get(title="Session 1")
    Published.objects.create(
        pad=pad, text="# Session 1\n\nDay 2, 09:00\n\n## Summary\n\nNobody skips *three* releases.", at=NOW
    )
    assert "### Session 1\n\nNobody skips *three* releases." in sections_of(meetup)["talked"].markdown


def test_actions_in_the_notes_are_told_and_counted():
    meetup = over(OPERATOR, sessions=0)
    text = "- [ ] Bo: write it down, by 2027-04-01\n- [x] Cy: ask the venue\n"
    noted(meetup, f"{text}\n##slow\n", "LIS-ops-wrap-up")
    section = sections_of(meetup)["actions"]
    assert section.markdown == "## What we took on\n\n2 actions stand in the notes. 1 is done."
    assert [[cell.text for cell in row] for row in section.tables[0].rows] == [
        ["write it down", "nobody yet", "1 April 2027", "To do"],
        ["ask the venue", "", "", "Done"],
    ]
    assert [[cell.text for cell in row] for row in section.tables[1].rows] == [["##slow", "In one pad"]]
    assert '<a href="/m/spring-meetup/pads/LIS-ops-wrap-up/">write it down</a>' in published(meetup)


def test_money_is_told_once_its_report_is_public():
    meetup = over(OPERATOR)
    note_money(meetup, Noted("cost_venue", 12_000, "EUR", NOW.date(), "A room"), by=ada(), now=NOW)
    assert "money" not in sections_of(meetup)
    publish_money(meetup, is_public=True, by=ada(), now=NOW)
    told = sections_of(meetup)["money"].markdown.replace("\N{NO-BREAK SPACE}", " ")
    assert "In EUR: 0.00 EUR came in or was invoiced, 120.00 EUR was paid" in told


def test_the_page_thanks_and_quotes_and_counts():
    page = published(thanked(over(*PEOPLE)))
    assert "<li>Data &lt;Centred&gt;, who hosted us</li><li>Canonical</li>" in page
    assert "<li>More *free* time</li>" in page
    assert '<th scope="row">Was the pub useful?</th>' in page
    assert "A show of hands in the room: 3 of 10 hands that went up." in page


def test_a_report_is_not_there_until_it_is_published_and_not_after_it_is_taken_back():
    meetup = over(OPERATOR)
    stranger = browser_of()
    assert stranger.get(REPORT).status_code == 404
    actions.write(meetup, Wording("words", "Our text"), by=ada(), now=NOW)
    assert [stranger.get(address).status_code for address in (REPORT, *FILES)] == [404, 404, 404]
    assert "Our text" in published(meetup)
    assert (f'href="{REPORT}"' in overview(stranger), "Report</a>" in overview(stranger)) == (True, True)
    actions.unpublish(meetup, by=ada(), now=NOW)
    assert f'href="{REPORT}"' not in overview(stranger)
    assert stranger.get(REPORT).status_code == 404
    assert Section.objects.get().text == "Our text"
    assert [entry.kind for entry in entries_of(meetup.pk) if entry.kind.startswith("report.")] == [
        "report.written",
        "report.published",
        "report.unpublished",
    ]


def test_a_report_nobody_wrote_is_published_with_its_draft():
    page = published(over(*PEOPLE))
    assert Section.objects.count() == 0
    opening = "<p>Spring meetup took place on 2\N{EN DASH}3 March 2027 at The Dockyard in Lisbon, PT."
    assert f'{opening}<a href="#from-came" rel="noopener noreferrer">13</a>' in page.replace(
        '<a href="#from-came">', '<a href="#from-came" rel="noopener noreferrer">'
    )


@pytest.mark.parametrize("stage", ["registration", "agenda"])
def test_nothing_is_written_before_the_meetup_is_on_site(stage):
    meetup = placed(stage=stage)
    wording = Wording("words", "x")
    for deed in (
        lambda: actions.publish(meetup, by=ada(), now=NOW),
        lambda: actions.write(meetup, wording, by=ada(), now=NOW),
    ):
        with pytest.raises(Refusal, match="The report is drafted once the meetup is on site"):
            deed()
    browser = browser_of(ada())
    page = browser.get(DESK).content.decode()
    assert ("The report is drafted once" in page, "took place" in page, "Opening</a>" in page) == (True, False, False)
    assert [browser.get(f"{DESK}{path}").status_code for path in ("draft/", "opening/")] == [404, 404]
    assert [browser.post(f"{DESK}opening/{path}").status_code for path in ("", "preview/", "version/")] == [404, 404, 404]
    refused = browser.post(f"{DESK}publication/")
    assert [str(message) for message in get_messages(refused.wsgi_request)] == [
        "The report is drafted once the meetup is on site."
    ]
    assert browser_of().get("/api/v1/meetups/spring-meetup/report").status_code == 404
    assert Report.objects.count() == 0


def test_a_published_report_can_be_taken_back_after_a_step_back():
    meetup = placed(stage="wrap_up")
    actions.write(meetup, Wording("words", "Our words"), by=ada(), now=NOW)
    actions.publish(meetup, by=ada(), now=NOW)
    for stage in ("on_site", "agenda"):
        meetups.move_to_stage(meetup, ada(), stage, now=NOW)
    browser = browser_of(ada())
    page = browser.get(DESK).content.decode()
    assert ("What you wrote is kept until then." in page, "Take it back" in page, "Opening</a>" in page) == (True, True, False)
    answer = browser.post(f"{DESK}publication/", {"_method": "delete"})
    told = [str(message) for message in get_messages(answer.wsgi_request)]
    assert told == ["The report is taken back. Only organisers can read it."]
    assert (browser_of().get(REPORT).status_code, Section.objects.get().text) == (404, "Our words")


@pytest.mark.parametrize("visitor", [None, cy, bo])
def test_strangers_find_no_desk(visitor):
    actions.write(over(OPERATOR), Wording("words", "Secret plans"), by=ada(), now=NOW)
    browser = browser_of(visitor() if visitor else None)
    gets = [DESK, f"{DESK}draft/", f"{DESK}words/", REPORT, *FILES]
    assert [browser.get(url).status_code for url in gets] == [404] * 6
    posts = [f"{DESK}words/", f"{DESK}words/preview/", f"{DESK}words/version/", f"{DESK}publication/"]
    typed = {"text": "Mine now", "edition": "1", "version": "1"}
    assert [browser.post(url, typed).status_code for url in posts] == [404] * 4
    assert (Section.objects.get().text, Report.objects.get().published_at) == ("Secret plans", None)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_do_no_harm_and_are_not_lost(text):
    meetup = over(OPERATOR)
    response = browser_of(ada()).post(f"{DESK}words/", {"text": text, "edition": "0"})
    if "\x00" in text or len(text) > 50_000 or "{{" in text:
        assert (response.status_code, Section.objects.count()) == (422, 0)
        assert escape(text.replace("\x00", "")) in response.content.decode()
        return
    assert response.status_code == 302
    page = published(meetup)
    assert re.findall(r'<script>|href="javascript:|<img', page) == []


def test_what_cannot_be_kept_is_refused():
    meetup = placed()
    for value in ("\x00", float("nan"), {"a": "\ud800"}):
        with pytest.raises(Refusal):
            actions.keep_told_fact(meetup, "note", value, by=ada(), now=NOW)
    for key, where in (("", "x"), ("x" * 41, "x"), ("KEY", " "), ("KEY", "x" * 401)):
        with pytest.raises(Refusal):
            actions.keep_source(meetup, key, where, by=ada(), now=NOW)
    over_now = placed("Over", stage="wrap_up")
    for wording in (
        Wording("words", "x" * 50_001),
        Wording("elsewhere", "x"),
        Wording("words", "x", "xx"),
        Wording("words", "{{ nothing }}"),
        Wording("words", "{{ people.__class__ }}"),
    ):
        with pytest.raises(Refusal):
            actions.write(over_now, wording, by=ada(), now=NOW)


@pytest.mark.parametrize("many", [False, True])
def test_a_report_takes_the_same_queries_for_few_and_many(many, django_assert_num_queries):
    meetup = thanked(over(*(PEOPLE if many else PEOPLE[:2]), sessions=12 if many else 1))
    for number in range(4 if many else 1):
        actions.keep_told_fact(meetup, f"fact.{number}", number, by=ada(), now=NOW)
        actions.keep_source(meetup, f"S{number}", "somewhere", by=ada(), now=NOW)
        feedback.note_remark(meetup, "lesson", "Well", by=ada(), now=NOW)
    actions.publish(meetup, by=ada(), now=NOW)
    browser = browser_of()
    with django_assert_num_queries(36):
        browser.get(REPORT)


@pytest.mark.parametrize("many", [False, True])
def test_the_desk_takes_the_same_queries_for_few_and_many(many, django_assert_num_queries):
    meetup = thanked(over(*(PEOPLE if many else PEOPLE[:2]), sessions=12 if many else 1))
    for number in range(4 if many else 1):
        actions.write(meetup, Wording("words", f"Text {number}"), by=ada(), now=NOW)
    browser = browser_of(ada())
    with django_assert_num_queries(39):
        browser.get(DESK)
    with django_assert_num_queries(37):
        browser.get(f"{DESK}words/")


def test_seats_given_back_still_asked():
    meetup = over(*PEOPLE)
    first, second = Seat.objects.order_by("pk")[:2]
    for seat in (first, second):
        undo_check_in(seat, by=ada(), now=NOW)
    cancel_seat(first, now=NOW)
    figures = figures_of(meetup)
    assert (figures["asked"], figures["seated"]) == (13, 12)


def words_of(svg: str) -> str:
    """What a drawing says to a screen reader."""
    return "".join(re.findall(r"<desc>(.*?)</desc>", svg))

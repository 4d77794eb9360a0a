"""The team asks about days, tells of earlier editions, and spreads a call."""

from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone

from midcycle.hosting import actions, queries
from midcycle.hosting.models import PastEdition, Turnout, Window
from midcycle.hosting.rules import Edition
from midcycle.journal import actions as journal
from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.site.followers import FOLLOWERS
from tests.papers import pages, sizes
from tests.world import NOW, ada, bo, browser_of, cy, idea, later, person
from tests.worlds.hosting import answered, asked
from tests.worlds.registration import opened, seated
from tests.worlds.series import past, series_of

pytestmark = pytest.mark.django_db

CALL, DESK = "/m/northern-meetup/interest/", "/m/northern-meetup/desk/interest/"
DAYS = {"starts_on": "2097-05-04", "ends_on": "2097-05-05"}
TOLD = {"label": "Manchester 2016", "early": "25", "declared": "", "came": "120"}
HOSTILE = ["\x00", "x" * 200_000, "<script>alert(1)</script>"]


def url_of(name: str, number: int) -> str:
    """Return where one of these is taken back, or hidden."""
    paths = {"window": f"dates/{number}/gone/", "edition": f"forecast/{number}/gone/", "line": f"lines/{number}/"}
    return DESK + paths[name]


def numbers(meetup) -> dict[str, int]:
    """Return one of each: days asked about, an edition told of, a line somebody wrote."""
    answered(meetup, "Bo", topics="Upgrades")
    first = date(2097, 5, 4)
    days = actions.ask_about_days(meetup.call, first, first, by=ada(), now=NOW)
    edition = actions.tell_edition(meetup, Edition("Manchester", 25, None, 120), by=ada(), now=NOW)
    return {"window": days.pk, "edition": edition.pk, "line": queries.lines_of(meetup.call)[0].number}


def test_days_are_asked_about_and_dropped():
    meetup = asked()
    client = browser_of(ada())
    assert client.post(f"{DESK}dates/", DAYS)["Location"] == f"{DESK}dates/"
    days = Window.objects.get()
    answered(meetup, "Bo", dates={days.pk: "yes"})
    page = client.get(f"{DESK}dates/").content.decode()
    assert "/desk/place/?starts_on=2097-05-04&amp;ends_on=2097-05-05" in page
    place = client.get("/m/northern-meetup/desk/place/?starts_on=2097-05-04&ends_on=2097-05-05").content.decode()
    assert ('value="2097-05-04"' in place, 'value="2097-05-05"' in place) == (True, True)
    odd = client.get("/m/northern-meetup/desk/place/?starts_on=soon&ends_on=%00")
    assert odd.status_code == 200
    client.post(url_of("window", days.pk))
    assert (Window.objects.count(), meetup.call.answers.count()) == (0, 1)
    assert list(Entry.objects.filter(kind__startswith="hosting.days").values_list("kind", flat=True)) == [
        "hosting.days_asked",
        "hosting.days_dropped",
    ]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        *(("starts_on", text) for text in ["", "soon", "1999-12-31", "2100-01-01", "2027-02-30", *HOSTILE]),
        *(("ends_on", text) for text in ["", "2097-05-03", "2097-06-04", "99999-01-01", *HOSTILE]),
    ],
)
def test_wrong_days_are_told_beside_the_field(field, text):
    asked()
    refused = browser_of(ada()).post(f"{DESK}dates/", {**DAYS, field: text})
    assert (refused.status_code, f'id="id_{field}_error"' in refused.content.decode()) == (422, True)
    assert Window.objects.count() == 0


def test_days_are_asked_about_once():
    asked()
    client = browser_of(ada())
    client.post(f"{DESK}dates/", DAYS)
    again = client.post(f"{DESK}dates/", DAYS)
    assert (again.status_code, "asked about already" in again.content.decode(), Window.objects.count()) == (422, True, 1)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        *(("label", text) for text in ["", " ", "\x00", "x" * 121]),
        *(("early", text) for text in ["-1", "many", "4", "1e9", "9" * 400, "\x00"]),
        *(("declared", text) for text in ["24", "100001", "20.5", "<script>"]),
        *(("came", text) for text in ["", "0", "-5", "100001", "٣x"]),
    ],
)
def test_a_wrong_edition_is_told_beside_the_field(field, text):
    asked()
    refused = browser_of(ada()).post(f"{DESK}forecast/", {**TOLD, field: text})
    assert (refused.status_code, f'id="id_{field}_error"' in refused.content.decode()) == (422, True)
    assert PastEdition.objects.count() == 0


def test_an_edition_without_any_count_is_asked_for_one():
    asked()
    refused = browser_of(ada()).post(f"{DESK}forecast/", {**TOLD, "early": ""})
    assert (refused.status_code, "Fill in at least one of these two." in refused.content.decode()) == (422, True)


def test_fifty_editions_are_enough():
    meetup = asked()
    PastEdition.objects.bulk_create(PastEdition(meetup=meetup, label=str(n), early=9, came=9) for n in range(50))
    with pytest.raises(Refusal, match="50 editions are enough"):
        actions.tell_edition(meetup, Edition("One more", 9, None, 9), by=ada(), now=NOW)


def test_the_story_thirty_were_expected_twenty_five_answered_and_a_hundred_and_twenty_came():
    meetup = asked(guess=(20, 30))
    for number in range(25):
        answered(meetup, f"Early{number}", now=later(hours=number))
    now = later(days=2)
    before = queries.call_summary(meetup, now).forecast
    assert (before.low, before.likely, before.high, before.is_prior) == (17, 41, 122, True)
    assert before.low <= 120 <= before.high
    assert queries.call_summary(meetup, now).guess == (20, 30)
    following = asked("Following meetup", guess=None)
    browser_of(ada()).post("/m/following-meetup/desk/interest/forecast/", TOLD)
    for number in range(25):
        answered(following, f"Early{number}", now=later(hours=number))
    found = queries.call_figures(following.call, now)
    after = found.summary.forecast
    assert (after.low, after.likely, after.high) == (27, 71, 185)
    assert [(row.people, row.rooms) for row in found.meaning] == [(27, 1), (71, 3), (185, 6)]
    page = " ".join(browser_of().get("/m/following-meetup/interest/figures/").content.decode().split())
    assert "Manchester 2016: 25 had said so in the first 14 days, which makes 41 in the same way; 120 came." in page
    assert 'hx-get="/m/following-meetup/balance/glance/?people=71"' in page


def test_without_earlier_editions_the_page_says_what_it_rests_on():
    meetup = asked()
    for number in range(5):
        answered(meetup, f"Guest{number}")
    page = " ".join(browser_of().get(f"{CALL}figures/").content.decode().split())
    assert "No earlier edition is known to learn from." in page


def test_editions_of_the_series_that_were_held_here_teach_by_themselves():
    series = meetups.start_series("Operators", slug="ops", community="", now=NOW)
    held = asked("Autumn meetup")
    for number in range(8):
        answered(held, f"Guest{number}", now=later(days=2 * number))
    answered(held, "Late", now=later(days=40))
    answered(held, "Host", "could_host")
    coming, elsewhere = asked("Spring meetup"), asked("Elsewhere")
    Meetup.objects.filter(pk__in=[held.pk, coming.pk]).update(series=series)
    for meetup in (held, coming, elsewhere):
        meetup.refresh_from_db()
    actions.note_turnout(held.pk, 30, now=NOW)
    actions.tell_edition(held, Edition("Manchester", 25, None, 120), by=ada(), now=NOW)
    assert queries.past_editions(coming) == [Edition("Autumn meetup", 8, 9, 30), Edition("Manchester", 25, None, 120)]
    assert queries.past_editions(held) == [Edition("Manchester", 25, None, 120)]
    assert queries.past_editions(elsewhere) == []
    rows = queries.edition_rows(coming)
    assert [(row.number, row.path) for row in rows] == [(None, "/m/autumn-meetup/"), (None, "")]


def test_how_many_came_is_noted_when_a_meetup_is_over():
    meetup = opened(5, stage="on_site")
    for name in ("Bo", "Cy", "Dee"):
        seated(meetup, name)
    meetup.seats.filter(person__in=[bo(), cy()]).update(state="checked_in")
    meetups.move_to_stage(meetup, ada(), "wrap_up", now=NOW)
    follow()
    assert Turnout.objects.get().came == 2
    meetup.seats.filter(person=person("Dee")).update(state="checked_in")
    meetups.move_to_stage(meetup, ada(), "archived", now=NOW)
    follow()
    assert (Turnout.objects.get().came, Entry.objects.filter(kind="hosting.turnout_noted").count()) == (3, 2)


def test_where_nobody_was_checked_in_nothing_is_learned():
    meetup = opened(5, stage="on_site")
    meetups.move_to_stage(meetup, ada(), "wrap_up", now=NOW)
    follow()
    assert Turnout.objects.count() == 0


def follow() -> None:
    journal.number_entries()
    while journal.read_on("turnout", FOLLOWERS["turnout"]):
        pass


def test_days_that_are_over_are_not_asked_about():
    meetup = asked()
    yesterday = NOW.date() - timedelta(days=1)
    with pytest.raises(Refusal, match="These days are over") as refused:
        actions.ask_about_days(meetup.call, yesterday, yesterday, by=ada(), now=NOW)
    assert refused.value.field == "starts_on"
    assert actions.ask_about_days(meetup.call, yesterday, NOW.date(), by=ada(), now=NOW).ends_on == NOW.date()


def test_how_many_came_is_not_typed_twice_for_an_edition_of_the_series():
    meetup = asked()
    series = series_of(meetup)
    past(series, name="Oslo 2025", attendance=80)
    past(series, name="Bergen 2024")
    client = browser_of(ada())
    offered = client.get(f"{DESK}forecast/").content.decode()
    assert ("?label=Oslo+2025&amp;came=80" in offered, "Bergen 2024" in offered) == (True, False)
    filled = client.get(f"{DESK}forecast/?label=Oslo+2025&came=80").content.decode()
    assert ('value="Oslo 2025"' in filled, 'value="80"' in filled) == (True, True)
    client.post(f"{DESK}forecast/", {"label": "Oslo 2025", "early": "", "declared": "60", "came": "80"})
    assert "?label=Oslo+2025" not in client.get(f"{DESK}forecast/").content.decode()
    assert client.get(f"{DESK}forecast/?label=%00&came=x").status_code == 200


def test_the_forecast_and_the_days_that_suit_lead_to_the_call_for_hosts():
    meetup = asked()
    for number in range(6):
        answered(meetup, f"P{number}")
    page = browser_of(ada()).get(f"{DESK}forecast/").content.decode()
    likely = queries.summary_of(meetup.call, timezone.now()).forecast.likely
    there = f"/m/northern-meetup/desk/hosts/?people={likely}"
    assert f'href="{there}"' in page
    assert f'name="people" value="{likely}"' in browser_of(ada()).get(there).content.decode()
    for wrong in ("x", "-1", "%00", "9" * 50):
        form = browser_of(ada()).get(f"/m/northern-meetup/desk/hosts/?people={wrong}").content.decode()
        assert 'name="people" value="100"' in form


def test_the_region_a_series_proposes_fills_the_idea():
    page = browser_of(ada()).get("/ideas/new/?region=asia").content.decode()
    assert '<option value="asia" selected>' in page
    assert browser_of(ada()).get("/ideas/new/?region=mars").status_code == 200


@pytest.mark.parametrize("page", ["dates/", "forecast/", "spreading/"])
def test_the_desk_of_a_call_is_for_organisers_alone(page):
    meetup = asked()
    numbers(meetup)
    for who in (None, cy(), bo()):
        client = browser_of(who)
        assert client.get(f"{DESK}{page}").status_code == 404
        assert client.post(f"{DESK}{page}", {**DAYS, **TOLD}).status_code in {404, 405, 302}
    assert browser_of(ada()).get(f"{DESK}{page}").status_code == 200
    assert (Window.objects.count(), PastEdition.objects.count()) == (1, 1)


@pytest.mark.parametrize("name", ["window", "edition", "line"])
def test_a_stranger_takes_nothing_back_and_one_team_nothing_of_another(name):
    found = numbers(asked())
    there = asked("Autumn meetup")
    elsewhere = url_of(name, found[name]).replace("northern", "autumn")
    for who in (None, cy(), bo()):
        assert browser_of(who).post(url_of(name, found[name]), {"hidden": "yes"}).status_code == 404
    for url in (elsewhere, url_of(name, 10**30), url_of(name, 0)):
        assert browser_of(ada()).post(url, {"hidden": "yes"}).status_code == 404
    assert there.call.windows.count() == 0
    assert numbers_left() == (1, 1, 1)
    assert browser_of(ada()).post(url_of(name, found[name]), {"hidden": "yes"}).status_code == 302
    assert sum(numbers_left()) == 2


def numbers_left() -> tuple[int, int, int]:
    lines = queries.wanted_topics(Meetup.objects.get(slug="northern-meetup").call)
    return Window.objects.count(), PastEdition.objects.count(), len(lines)


def test_what_is_archived_stays():
    meetup = asked()
    found = numbers(meetup)
    Meetup.objects.update(stage="archived")
    client = browser_of(ada())
    for url, body in (
        (f"{DESK}dates/", DAYS),
        (f"{DESK}forecast/", TOLD),
        *((url_of(name, number), {"hidden": "yes"}) for name, number in found.items()),
    ):
        answer = client.post(url, body)
        assert answer.status_code in {302, 422}
    assert numbers_left() == (1, 1, 1)


def test_a_frame_on_another_page_shows_figures_and_nothing_personal():
    meetup = asked("<b>North</b> & co")
    slug = meetup.slug
    for number in range(5):
        answered(meetup, f"Guest{number}")
    answered(meetup, "Bo", signed_in=bo())
    for client in (browser_of(), browser_of(bo())):
        answer = client.get(f"/m/{slug}/interest/embed/")
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "frame-ancestors *" in answer["Content-Security-Policy"]
        assert "form-action 'none'" in answer["Content-Security-Policy"]
        assert ("X-Frame-Options" in answer.headers, answer.cookies.keys()) == (False, {}.keys())
        assert ("<script" in page, "<form" in page, "<b>North" in page, "You said" in page) == (False,) * 4
        assert f'href="/m/{slug}/interest/?via=page"' in page
    for path in ("", "interest/", "interest/figures/"):
        answer = browser_of().get(f"/m/{slug}/{path}")
        assert answer["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_the_snippet_to_copy_shows_the_frame():
    asked()
    page = browser_of(ada()).get(f"{DESK}spreading/").content.decode()
    frame = (
        "&lt;iframe src=&quot;http://127.0.0.1:8000/m/northern-meetup/interest/embed/&quot; title=&quot;Who would come?&quot;"
    )
    assert frame in page


def test_a_poster_is_one_page_with_the_address_for_organisers_alone():
    asked("Northern meetup")
    url = f"{CALL}poster.pdf"
    assert [browser_of(who).get(url).status_code for who in (None, cy(), bo())] == [404] * 3
    answer = browser_of(ada()).get(url)
    (page,) = pages(answer.content)
    assert (answer["Content-Type"], sizes(answer.content)) == ("application/pdf", {(210, 297)})
    assert page.startswith("Who would come? Northern meetup")
    assert "http://127.0.0.1:8000/m/northern-meetup/interest/" in page


@pytest.mark.parametrize("title", ["W" * 160, "#eval $x$ @a <l>", "محمد " * 30, "<script>alert('&')</script>", "🦉" * 80])
def test_whatever_a_meetup_is_called_its_poster_is_one_page_and_its_code_is_whole(title):
    meetup = asked(title)
    Meetup.objects.update(summary=f"{title}\n\nMore.")
    pdf = browser_of(ada()).get(f"/m/{meetup.slug}/interest/poster.pdf").content
    (page,) = pages(pdf)
    assert f"/m/{meetup.slug}/interest/".replace("-", "") in page.replace("-", "").replace(" ", "")
    svg = browser_of().get(f"/m/{meetup.slug}/interest/code.svg")
    assert (svg.status_code, svg["Content-Type"]) == (200, "image/svg+xml")
    assert "<script" not in svg.content.decode()


def test_where_nobody_was_asked_there_is_nothing_to_show():
    idea()
    for path in ("figures/", "embed/", "code.svg", "poster.pdf"):
        assert browser_of(ada()).get(f"/m/spring-meetup/interest/{path}").status_code == 404
    for path in ("dates/", "forecast/", "spreading/"):
        assert browser_of(ada()).get(f"/m/spring-meetup/desk/interest/{path}").status_code == 404


@pytest.mark.parametrize("people", [1, 4])
def test_pages_take_the_same_queries_for_one_and_for_many(people, django_assert_num_queries):
    meetup = asked()
    for number in range(people):
        answered(meetup, f"Guest{number}", topics=f"Topic {number}")
        first = date(2097, 5, 4 + number)
        actions.ask_about_days(meetup.call, first, first, by=ada(), now=NOW)
        actions.tell_edition(meetup, Edition(f"Past {number}", 9, None, 9), by=ada(), now=NOW)
    client = browser_of(ada())
    for page, count in (("dates/", 10), ("forecast/", 9), ("spreading/", 6)):
        with django_assert_num_queries(count):
            client.get(f"{DESK}{page}")


def test_messages_say_what_was_done():
    found = numbers(asked())
    client = browser_of(ada())
    said = []
    for name in ("line", "window", "edition"):
        answer = client.post(url_of(name, found[name]), {"hidden": "yes"})
        said.append([str(told) for told in get_messages(answer.wsgi_request)][-1])
    assert said == [
        "Hidden: only the team sees this line.",
        "These days are not asked about any more.",
        "Taken back. The forecast does not learn from it any more.",
    ]

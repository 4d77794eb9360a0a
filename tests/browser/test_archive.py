"""The archive of a meetup is opened from a disk, with scripts off, on a phone and on a desk; and a report is written."""

import pytest

from midcycle.accounts.access import sign_in_token
from midcycle.engines import folder
from midcycle.outcomes import actions as outcomes
from midcycle.pads import actions as pads
from midcycle.report import actions
from midcycle.report.actions import Wording
from midcycle.report.queries.archive import archive_of
from tests.browser.axe import faults
from tests.world import NOW, ada
from tests.worlds.report import DEVELOPER, OPERATOR, over, thanked

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = ("index", "report", "agenda", "pads", "actions", "sessions/{session}", "pads/LIS-wrap-up")
DESK = "/m/spring-meetup/desk/report/"


@pytest.fixture
def meetup():
    found = thanked(over(*[OPERATOR] * 7, *[DEVELOPER] * 5, sessions=3))
    pads.open_pad(found, "LIS-wrap-up", title="Wrap-up", text="- [ ] Bo: tell all\n\n## Summary\n\nGood.", by=ada(), now=NOW)
    outcomes.collect(now=NOW)
    actions.write(found, Wording("words", "## Ours\n\nAll {{ people }} of us."), by=ada(), now=NOW)
    actions.publish(found, by=ada(), now=NOW)
    return found


@pytest.fixture
def root(meetup, tmp_path):
    """Write the archive, and give where it opens."""
    folder.write(archive_of(meetup), tmp_path / "out", name=meetup.slug)
    return (tmp_path / "out").as_uri()


@pytest.mark.parametrize("width", [360, 1280])
def test_it_is_read_from_a_disk_without_scripts(chromium, root, width):
    context = chromium.new_context(viewport={"width": width, "height": 740}, java_script_enabled=False)
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{root}/index.html")
    page.get_by_role("link", name="people came").click()
    assert page.url.endswith("/report.html#from-came")
    assert "All 12 of us." in page.inner_text("main")
    page.get_by_text("What they do as a table").click()
    assert page.get_by_role("cell", name="7", exact=True).first.is_visible()
    page.get_by_role("navigation").get_by_role("link", name="Agenda").click()
    page.get_by_role("link", name="Session 1").click()
    page.get_by_role("link", name="Pad", exact=True).click()
    assert page.inner_text("h1") == "Session 1"
    assert {url.partition("://")[0] for url in asked} == {"file"}
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_wider_than_a_phone(chromium, meetup, root, scheme):
    context = chromium.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    page, found = context.new_page(), {}
    for name in PAGES:
        page.goto(f"{root}/{name.format(session=meetup.sessions.first().pk)}.html")
        found[name] = (faults(page), page.evaluate("document.documentElement.scrollWidth"))
    context.close()
    assert found == dict.fromkeys(PAGES, ([], 360))


@pytest.mark.usefixtures("meetup")
def test_a_team_writes_a_section_on_a_phone_and_axe_finds_nothing(chromium, live_server, settings):
    settings.MIDCYCLE = settings.MIDCYCLE.model_copy(update={"demo": True})
    context = chromium.new_context(viewport={"width": 360, "height": 740}, base_url=live_server.url)
    page = context.new_page()
    page.goto(f"/demo/sign-in/{sign_in_token(ada())}/")
    page.goto(DESK)
    page.get_by_role("link", name="Who came").click()
    page.get_by_label("Text").fill("## Who came\n\n{{ people }} of us, from everywhere.")
    page.get_by_role("button", name="Preview").click()
    page.get_by_text("12 of us, from everywhere.").wait_for()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("“Who came” is saved.").wait_for()
    page.get_by_role("link", name="Drafted anew").click()
    page.get_by_role("heading", name="What the facts say now").wait_for()
    page.get_by_role("button", name="Follow the facts again").click()
    page.get_by_text("The section follows the facts again.").wait_for()
    found = {}
    for path in (DESK, f"{DESK}who/?version=2", f"{DESK}who/?anew=yes", "/m/spring-meetup/report/"):
        page.goto(path)
        found[path] = (faults(page), page.evaluate("document.documentElement.scrollWidth"))
    context.close()
    assert set(map(repr, found.values())) == {"([], 360)"}, found

"""The agenda within a page of another site, as phones and desks show it, with scripts and without."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from midcycle.agenda import actions
from midcycle.agenda.models import Slot
from tests.world import NOW, ada
from tests.worlds.agenda import held, loft, planned, released, url

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def site_with(page: str) -> Iterator[str]:
    """Give the address of another site, which has this page."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scripts", [True, False])
def test_another_site_shows_the_agenda_and_no_other_page(chromium, live_server, width, scripts):
    meetup = planned()
    made = held(meetup, "Upgrades", where=loft(meetup))
    later = actions.add_session(meetup, "Retrospective", by=ada(), now=NOW)
    actions.place(later, Slot.objects.get(meetup=meetup, day=2), loft(meetup), by=ada(), now=NOW)
    released(meetup)
    frames = "".join(
        f'<iframe src="{live_server.url}{url(name, meetup)}" title="{name}" width="100%" height="600"></iframe>'
        for name in ("embedded", "agenda")
    )
    page = f'<meta name="viewport" content="width=device-width"><title>Own</title>{frames}'
    with site_with(page) as elsewhere:
        context = chromium.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
        site = context.new_page()
        asked = []
        site.on("request", lambda request: asked.append(request.url))
        site.goto(elsewhere)
        ours, refused = site.frame_locator("iframe[title=embedded]"), site.frame_locator("iframe[title=agenda]")
        ours.get_by_role("link", name="Upgrades").wait_for()
        assert refused.locator("h1", has_text="Agenda").count() == 0
        assert context.cookies() == []
        assert [each for each in asked if not each.startswith((elsewhere, live_server.url))] == []
        frame = next(each for each in site.frames if "/embed/" in each.url)
        if scripts:
            assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
        ours.get_by_role("navigation", name="Days").get_by_role("link").nth(1).click()
        assert len(context.pages) == 1  # a day is within the frame
        with context.expect_page() as opened:
            ours.get_by_role("link", name="Upgrades").click()
        assert opened.value.url == f"{live_server.url}{url('session', meetup, made.pk)}"
        context.close()

"""What the script of every page adds, on a page made up for the test, under the strict policy of the real ones."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

STATIC = Path(__file__).parents[2] / "midcycle" / "web" / "static"
SITE = "http://midcycle.test"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
SHELL = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="csrf-token" content="a-token"><title>Test</title>
<link rel="stylesheet" href="/static/{css}"><script type="module" src="/static/{js}"></script>
<body class="page"><main class="wrap">{body}</main>"""


class Site:
    """A site of one page that remembers what was sent to it, and answers each path with a text."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.body = ""
        self.answers: dict[str, tuple[int, str]] = {}
        self.received: list[tuple[str, str, str]] = []
        self.complaints: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.route("**/*", self.serve)

    def open(self, body: str) -> None:
        """Show this body in the shell of the product and wait until its script ran."""
        self.body = body
        self.page.goto(f"{SITE}/")

    def serve(self, route: Route) -> None:
        """Answer a file of the front end, a recorded request, or the page itself."""
        path = route.request.url.removeprefix(SITE)
        if path.startswith("/static/"):
            route.fulfill(path=STATIC / path.removeprefix("/static/"))
            return
        if path != "/":
            self.received.append((route.request.method, path, route.request.headers.get("x-csrftoken", "")))
        manifest = json.loads((STATIC / "dist" / "manifest.json").read_text())
        shell = SHELL.format(css=manifest["app.css"], js=manifest["app.js"], body=self.body)
        status, text = self.answers.get(path, (200, shell))
        route.fulfill(status=status, body=text, content_type="text/html", headers={"Content-Security-Policy": POLICY})


@pytest.fixture
def site(chromium: Browser) -> Iterator[Site]:
    page = chromium.new_page(viewport={"width": 360, "height": 640})
    yield Site(page)
    page.close()


def test_the_policy_has_nothing_to_complain_about(site: Site) -> None:
    site.open('<h1>Agenda</h1><button hx-get="/part/">More</button>')
    assert site.complaints == []


@pytest.mark.parametrize("field", ["", '<input type="hidden" name="method">', '<input type="hidden" name="target">'])
def test_a_form_pressed_twice_is_sent_once_whatever_its_fields_are_called(site: Site, field: str) -> None:
    site.answers["/seat/"] = (204, "")
    site.open(f'<form method="post" action="/seat/">{field}<button id="take">Take my seat</button></form>')
    with site.page.expect_request("**/seat/"):
        site.page.click("#take")
    site.page.click("#take")
    site.page.wait_for_timeout(200)
    assert (site.received, site.complaints) == ([("POST", "/seat/", "")], [])


def test_mistakes_are_shown_in_place_and_get_the_focus(site: Site) -> None:
    site.answers["/seat/"] = (422, '<div class="error-summary" tabindex="-1">Not an address</div>')
    site.open('<form hx-post="/seat/" hx-target="#answer"><button>Send</button></form><div id="answer"></div>')
    site.page.click("button")
    site.page.wait_for_selector(".error-summary:focus")
    assert site.received == [("POST", "/seat/", "a-token")]


def test_now_is_where_the_clock_is(site: Site) -> None:
    row = '<p id="{id}" data-starts="{a}" data-ends="{b}">{id} <span class="now-mark" hidden>Now</span></p>'
    rows = [("before", "2000-01-01T09:00Z", "2000-01-01T10:00Z"), ("now", "2000-01-01T10:00Z", "2999-01-01T10:00Z")]
    rows.append(("after", "2999-01-01T10:00Z", "2999-01-01T11:00Z"))
    site.open("".join(row.format(id=name, a=starts, b=ends) for name, starts, ends in rows))
    site.page.wait_for_selector(".is-now")
    states = {name: site.page.get_attribute(f"#{name}", "class") for name, _, _ in rows}
    assert (states, site.page.locator(".now-mark:visible").count()) == (
        {"before": "is-past", "now": "is-now", "after": None},
        1,
    )


def test_a_link_opens_its_dialog_and_leads_on_when_there_is_none(site: Site) -> None:
    site.open('<a id="a" href="/x/" data-opens="ask">Cancel</a><dialog id="ask" class="dialog">Sure?</dialog>')
    site.page.click("#a")
    assert (site.page.locator("#ask").is_visible(), site.received) == (True, [])
    site.open('<a id="a" href="/x/" data-opens="gone">Cancel</a>')
    site.page.click("#a")
    assert site.received == [("GET", "/x/", "")]


def test_what_asks_again_waits_while_nobody_looks_and_tells_only_news(site: Site) -> None:
    part = '<div id="n" hx-get="/n/" hx-trigger="every 100ms" hx-target="this" hx-swap="outerHTML">{}</div>'
    same, other = '<p data-says="news">Seats are free.</p> {}', '<p data-says="news">All are taken.</p> {}'
    site.answers["/n/"] = (200, part.format(same.format(2)))
    site.open('<p id="news" role="status"></p>' + part.format(same.format(1)))
    site.page.locator("#n", has_text="free. 2").wait_for()
    assert site.page.text_content("#news") == ""
    site.answers["/n/"] = (200, part.format(other.format(3)))
    site.page.get_by_role("status").filter(has_text="All are taken.").wait_for()
    site.page.evaluate("Object.defineProperty(document, 'hidden', { value: true })")
    site.page.wait_for_timeout(200)
    asked = len(site.received)
    site.page.wait_for_timeout(500)
    assert len(site.received) == asked


def test_what_did_not_change_is_left_as_it_is(site: Site) -> None:
    site.answers["/n/"] = (304, "")
    known = json.dumps({"If-None-Match": '"7"'})
    part = f"<div id='n' hx-get='/n/' hx-trigger='every 100ms' hx-swap='outerHTML' hx-headers='{known}'>As it was</div>"
    site.open(part)
    with site.page.expect_request("**/n/") as asked:
        pass
    site.page.wait_for_timeout(300)
    assert (asked.value.headers["if-none-match"], site.page.text_content("#n")) == ('"7"', "As it was")


def test_the_current_tab_is_in_view_on_a_phone(site: Site) -> None:
    tabs = "".join(f'<li><a href="/{n}/"{" aria-current=page" if n == 9 else ""}>Number {n}</a></li>' for n in range(10))
    site.open(f'<nav class="subnav"><ul>{tabs}</ul></nav>')
    site.page.wait_for_function("document.querySelector('.subnav').scrollLeft > 0")
    box = site.page.locator("[aria-current]").bounding_box()
    assert box is not None
    assert 0 <= box["x"] < 360 - box["width"]

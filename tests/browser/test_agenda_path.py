"""A volunteer's path from forty topics to the second release, by links and buttons alone: a laptop and two phones.

Every page on the way is looked at by axe, and fits the screen.
"""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.actors import DESK, PHONE, Actor, demo_instance
from tests.browser.axe import faults

TOPICS = 40
PEOPLE = 120
PATH = "/m/harbour-meetup"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with demo_instance(tmp_path_factory.mktemp("path")) as instance:
        yield instance


class Volunteer(Actor):
    """Somebody who finds the way by what a page says."""

    def follow(self, link: str) -> None:
        """Go where a link leads, by its name."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=link, exact=True).first.click()
        self.look()

    def tab(self, name: str) -> None:
        """Go to a page of the agenda."""
        with self.page.expect_navigation():
            self.page.get_by_role("navigation", name="Agenda").get_by_role("link", name=name, exact=True).click()
        self.look()

    def do(self, button: str) -> None:
        """Press a button that leads to a page, and look at it."""
        with self.page.expect_navigation():
            self.press(button)
        self.look()

    def look(self) -> None:
        """See that the page fits the screen, and that axe finds nothing wrong with it."""
        self.page.wait_for_load_state()
        width = self.page.evaluate("document.documentElement.scrollWidth")
        assert (self.page.url, width <= self.page.viewport_size["width"]) == (self.page.url, True)
        assert (self.page.url, faults(self.page)) == (self.page.url, [])

    def sees(self, *sentences: str) -> None:
        """See these sentences on the page."""
        for sentence in sentences:
            expect(self.page.locator("main")).to_contain_text(sentence)


@pytest.fixture(scope="module")
def people(chromium, served):
    """Return Vera, who organises on a laptop, Moss, who moderates, and Bo, who attends, both on phones."""
    three = [
        Volunteer(chromium, served, f"{name}@example.org", size=size)
        for name, size in (("vera", DESK), ("moss", PHONE), ("bo", PHONE))
    ]
    yield three
    for one in three:
        one.close()


def pad() -> str:
    """Return the text of a planning pad: topics, each with its voices, and somebody who leads every fourth."""
    lines = ["Harbour meetup", ""]
    for topic in range(TOPICS):
        voices = [f"Person {n:03}" for n in range(PEOPLE) if (n * 7 + topic * 11) % 29 <= 9 - topic % 9]
        lines += [f"* Topic {topic:02}", f"    * +1 {', '.join(voices)}"]
        lines += [f"    * Moderator: Person {topic:03}"] if topic % 4 == 0 else []
    return "\n".join(lines)


def test_a_volunteer_gets_from_topics_to_a_published_agenda(people):
    vera, moss, bo = people
    topics_on_a_pad(vera)
    moderators_volunteer(vera, moss)
    rooms_and_days(vera)
    draft_and_reasons(vera)
    moderators_are_asked(vera, moss)
    the_round_and_the_release(vera, moss)
    my_own_agenda(bo)
    the_second_release(vera, bo)
    assert [person.complaints for person in people] == [[], [], []]


def topics_on_a_pad(vera):
    vera.sign_in("Vera Volunteer")
    vera.follow("Open an idea")
    vera.fill(title="Harbour meetup", region="europe", channel="the operators list")
    vera.do("Open it")
    vera.follow("Organise")
    vera.do("Look for a place")
    vera.follow("Settle where and when")
    first = datetime.now(UTC).date() + timedelta(days=60)
    vera.fill(city="Ljubljana", country="SI", starts_on=f"{first}", ends_on=f"{first + timedelta(days=1)}")
    vera.do("Save and open registration")
    vera.follow("Organise")
    vera.follow("Say how many seats there are")
    vera.fill(total=str(PEOPLE))
    vera.do("Open registration")
    vera.follow("Topics")
    vera.follow("planning pad")
    vera.fill(text=pad())
    vera.do("Show what it becomes")
    vera.sees("40 topics.", "120 people are known by name alone")
    vera.do("Take it over")
    vera.sees("40 topics are new on the list")
    vera.follow("Organise")
    vera.do("Go on to the agenda")


def moderators_volunteer(vera, moss):
    vera.follow("Moderators 0 in the pool")
    vera.sees("No session needs a moderator yet.")
    link = vera.page.get_by_label("Address where people volunteer").input_value()
    moss.page.goto(link)
    moss.look()
    moss.do("Sign in to volunteer")
    moss.sign_in("Moss Dockery")
    moss.page.goto(link)
    moss.fill(led="3", most="2")
    moss.do("I would moderate")
    moss.sees("You are in the pool.")
    vera.page.reload()
    for email in ("new@example.org", "old@example.org"):
        form = vera.page.locator("form", has_text="Add to the pool")
        form.get_by_label("E-mail").fill(email)
        vera.do("Add to the pool")
    vera.sees("Moss Dockery", "old@example.org")
    vera.follow("Organise")


def rooms_and_days(vera):
    vera.follow("Set rooms and slots")
    vera.page.get_by_label("Name").click()
    for name, seats in (("Pioneer", "120"), ("Foundry", "60"), ("Loom", "40"), ("Attic", "20")):
        vera.page.keyboard.type(name)  # the field has the focus after each room
        vera.page.keyboard.press("Tab")
        vera.page.keyboard.type(seats)
        with vera.page.expect_navigation():
            vera.page.keyboard.press("Enter")
        expect(vera.page.get_by_label("Name")).to_be_focused()
    vera.look()
    vera.do("Make the days")
    vera.sees("11 times for sessions in 4 rooms make 44 places for 40 topics.")
    vera.follow("On to the board")


def draft_and_reasons(vera):
    vera.sees("40 topics wait for the next draft.", "The draft makes sessions of topics")
    vera.page.locator("#draft").click()
    placed(vera)
    vera.page.locator("summary", has_text="second look").click()
    vera.page.get_by_role("button", name="Hold them as birds of a feather").click()
    vera.sees("have another format now: birds of a feather.")
    grab = vera.page.get_by_role("button", name="Pick up “Topic 03”")
    grab.focus()
    for key in ("Enter", "ArrowRight", "Enter"):
        vera.page.keyboard.press(key)
    expect(vera.page.locator("#board-says")).to_contain_text("pinned")
    expect(grab).to_be_focused()
    vera.look()
    card = vera.page.locator("[data-session]").filter(has=vera.page.get_by_role("heading", name="Topic 03"))
    card.locator("summary").click()
    card.get_by_role("link", name=re.compile("Why here and not elsewhere")).click()
    vera.look()
    vera.sees("Why not elsewhere")
    vera.tab("Board")
    vera.follow("Drafts")
    vera.fill(name="First")
    vera.do("Keep the board as a draft")
    vera.tab("Wishes")


def placed(vera):
    """Wait until a draft is on the board, however long it is searched for."""
    deadline = datetime.now(UTC) + timedelta(seconds=30)
    while "sessions placed\n40" not in re.sub(r"\s*\n\s*", "\n", vera.page.inner_text("main")):
        assert datetime.now(UTC) < deadline, vera.page.inner_text("main")[:500]
        vera.page.wait_for_timeout(500)
        vera.page.goto(f"{PATH}/desk/agenda/")
    vera.look()


def moderators_are_asked(vera, moss):
    vera.tab("Moderators")
    vera.sees("30 of 40 have no lead yet.")
    vera.do("Propose moderators")
    with vera.page.expect_navigation():
        vera.page.get_by_role("button", name=re.compile("Ask the [0-9]+ proposed by letter")).click()
    vera.look()
    moss.page.goto(moss.read_letter(r"(http\S+/moderators/[^\s<\"]+)"))
    moss.look()
    moss.page.get_by_role("button", name=re.compile("^Yes, I will moderate")).first.click()
    moss.sees("Thank you. Below is all you need.")
    moss.look()


def the_round_and_the_release(vera, moss):
    vera.tab("Before the release")
    vera.sees("1 person has not been asked yet about 1 session", "10 people are known by name alone")
    vera.do("Ask them")
    moss.page.goto(moss.read_letter(r"(http\S+/my-sessions/[^\s<\"]+)"))
    moss.look()
    moss.page.get_by_label("Yes, I can").first.check()
    moss.page.get_by_role("button").last.click()
    moss.sees("Thank you: the organisers see your answer.")
    vera.page.reload()
    vera.sees("Yes, I can")
    vera.do("Freeze the agenda")
    vera.follow("Release it")
    vera.sees("29 sessions have no lead")
    vera.do("Release 1")
    vera.sees("Release 1 is public.")


def my_own_agenda(bo):
    bo.go(f"{PATH}/")
    bo.follow("Register")
    bo.fill(name="Bo Attend", email=bo.email)
    bo.page.get_by_text("I keep something running today.").click()
    bo.press("Take my seat")
    bo.page.wait_for_url("**/seat/*/**")
    bo.look()
    bo.sign_in("Bo Attend")
    bo.go(f"{PATH}/")
    bo.follow("Agenda")
    bo.page.locator("article", has_text="Topic 03").get_by_role("button").click()
    bo.page.locator("article", has_text="Topic 03").locator("[aria-pressed=true]").wait_for()
    bo.follow("My agenda")
    bo.sees("Topic 03")
    bo.do("Make the address")
    feed = bo.page.locator(".copy-line input").input_value()
    assert "Topic 03" in bo.page.request.get(feed).text()
    sheets = bo.page.request.get(f"{PATH}/agenda/wall.pdf")
    assert (sheets.status, sheets.body()[:5]) == (200, b"%PDF-")


def the_second_release(vera, bo):
    vera.follow("Change it")
    vera.sees("The agenda is frozen")
    vera.follow("Thaw it")
    vera.do("Thaw it")
    vera.tab("Board")
    vera.page.get_by_role("button", name="Pick up “Topic 03”").focus()
    for key in ("Enter", "ArrowDown", "Enter"):
        vera.page.keyboard.press(key)
    expect(vera.page.locator("#board-says")).to_contain_text("pinned")
    vera.follow("Release again")
    vera.sees("“Topic 03” moves from")
    vera.do("Release 2")
    assert "“Topic 03” moves from" in bo.read_letter(r"(“Topic 03” moves from[^<]*)")
    bo.go(f"{PATH}/agenda/")
    bo.follow("Release 2")
    bo.sees("“Topic 03” moves from")

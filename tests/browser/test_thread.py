"""A whole meetup, from "who would come?" to the published report, through browsers alone: a laptop and phones."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.browser.actors import DESK, PHONE, Actor, demo_instance

TITLE = "Harbour meetup"
DESK_PATH = "/m/harbour-meetup/desk"
PATH = "/m/harbour-meetup"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with demo_instance(tmp_path_factory.mktemp("thread")) as instance:
        yield instance


@pytest.fixture(scope="module")
def ada(chromium, served):
    actor = Actor(chromium, served, "ada@example.org", size=DESK)
    yield actor
    actor.close()


@pytest.fixture(scope="module")
def bo(chromium, served):
    actor = Actor(chromium, served, "bo@example.org", size=PHONE)
    yield actor
    actor.close()


@pytest.fixture(scope="module")
def dee(chromium, served):
    actor = Actor(chromium, served, "dee@example.org", size=PHONE)
    yield actor
    actor.close()


def test_a_whole_meetup(ada, bo, dee):
    idea_and_interest(ada, bo, dee)
    place_and_registration(ada, bo, dee)
    topics_and_moderators(bo, dee)
    agenda_and_release(ada, bo)
    pads(ada, bo)
    wrap_up_and_report(ada, bo)
    assert [actor.complaints for actor in (ada, bo, dee)] == [[], [], []]


def idea_and_interest(ada, bo, dee):
    ada.sign_in("Ada Lockstep")
    ada.go("/ideas/new/")
    ada.fill(
        title=TITLE,
        summary="Two days by the water.",
        region="europe",
        channel="the operators list",
        guess_low="20",
        guess_high="30",
    )
    ada.press("Open it")
    ada.page.wait_for_url(f"**{PATH}/")
    for actor, name in ((bo, "Bo Attend"), (dee, "Dee Moderate")):
        actor.go(f"{PATH}/interest/")
        actor.fill(name=name, email=actor.email)
        actor.page.locator("label", has_text="come").first.click()
        actor.press("Send my answer")
        actor.page.get_by_text("Thank you").first.wait_for()
        actor.page.goto(actor.read_letter(r"(http\S+/interest/[^\s<\"]+)"))
        actor.press("Yes, count my answer")
        actor.page.get_by_text("Your answer is counted from now on.").first.wait_for()
    ada.go(f"{PATH}/")
    assert "2\nwould come" in re.sub(r"\n+", "\n", ada.page.inner_text("main")).lower()


def place_and_registration(ada, bo, dee):
    ada.go(f"{DESK_PATH}/")
    ada.press("Look for a place")
    ada.go(f"{DESK_PATH}/place/")
    first = datetime.now(UTC).date() + timedelta(days=30)
    ada.fill(region="europe", city="Lisbon", country="PT", venue="The Dockyard", timezone="Europe/Lisbon")
    ada.fill(starts_on=first.isoformat(), ends_on=(first + timedelta(days=1)).isoformat())
    ada.press("Save and open registration")
    ada.go(f"{DESK_PATH}/seats/")
    ada.fill(total="1")
    ada.press("Open registration")
    ada.page.get_by_text("0 of 1").first.wait_for()
    register(bo, "Bo Attend")
    assert bo.page.inner_text("h1") == "You have a seat"
    register(dee, "Dee Moderate")
    assert "waitlist" in dee.page.inner_text("h1").lower()
    bo.page.get_by_text("I cannot come").first.click()
    bo.page.locator("dialog").get_by_role("button", name="Give my seat back").click()
    bo.page.get_by_text("You gave your place back").first.wait_for()
    dee.page.reload()
    assert dee.page.inner_text("h1") == "You have a seat"
    assert "given back" in dee.page.inner_text("main")
    assert dee.read_letter(r"You have a seat at ([^<]+)").strip() == TITLE
    ada.go(f"{DESK_PATH}/seats/capacity/")
    ada.fill(total="20")
    ada.press("Save")
    register(bo, "Bo Attend")


def register(actor, name):
    actor.go(f"{PATH}/seat/")
    actor.fill(name=name, email=actor.email)
    actor.page.get_by_text("I keep something running today.").click()
    actor.press("Take my seat" if actor.page.get_by_role("button", name="Take my seat").count() else "Join the waitlist")
    actor.page.wait_for_url("**/seat/*/**")


def topics_and_moderators(bo, dee):
    bo.sign_in("Bo Attend")
    dee.sign_in("Dee Moderate")
    for actor, title in ((bo, "Upgrades without downtime"), (dee, "On-call that people survive"), (bo, "Capacity planning")):
        actor.go(f"{PATH}/topics/")
        actor.fill(title=title)
        actor.press("Propose it")
        actor.page.get_by_text(title).first.wait_for()
    dee.go(f"{PATH}/topics/")
    dee.page.get_by_role("button", name=re.compile("Support “Upgrades without downtime”")).click()
    dee.page.locator("[aria-pressed=true]", has_text="2").first.wait_for()
    dee.page.get_by_role("link", name="Upgrades without downtime").click()
    dee.press("I could lead")
    dee.page.get_by_text("Take my offer back").wait_for()


def agenda_and_release(ada, bo):
    ada.go(f"{DESK_PATH}/")
    ada.press("Go on to the agenda")
    ada.go(f"{DESK_PATH}/rooms/")
    ada.page.locator("form", has_text="Make the days").get_by_role("button").click()
    for room in ("Pioneer", "Foundry"):
        ada.page.locator("form", has_text="Add the room").get_by_label("Name").fill(room)
        ada.page.locator("form", has_text="Add the room").get_by_label("Seats").fill("40")
        ada.press("Add the room")
        ada.page.get_by_text(room).first.wait_for()
    ada.go(f"{DESK_PATH}/agenda/")
    ada.page.locator("#draft").click()
    ada.page.locator(".session", has_text="Upgrades without downtime").first.wait_for()
    ada.go(f"{DESK_PATH}/agenda/release/")
    with ada.page.expect_navigation():
        ada.press("Release 1")
    bo.go(f"{PATH}/agenda/")
    assert bo.page.get_by_text("Upgrades without downtime").count() == 1
    events = bo.page.request.get(f"{PATH}/schedule.json").json()["schedule"]["conference"]["days"]
    titles = sorted(event["title"] for day in events for room in day["rooms"].values() for event in room)
    assert titles == ["Capacity planning", "On-call that people survive", "Upgrades without downtime"]
    assert bo.page.request.get(f"{PATH}/schedule.ics").text().count("BEGIN:VEVENT") == 3
    bo.go(f"{PATH}/my-agenda/")


def pads(ada, bo):
    ada.go(f"{DESK_PATH}/")
    ada.page.get_by_text("We are on site").first.click()
    ada.page.get_by_text("It starts on ").wait_for()
    ada.press("We are on site all the same")
    for actor in (ada, bo):
        actor.page.wait_for_timeout(500)
        actor.go(f"{PATH}/pads/")
        actor.page.get_by_role("link", name="Upgrades without downtime").click()
        actor.press("Edit")
        actor.page.locator(".cm-content[contenteditable=true]").wait_for()
    ada.page.locator(".cm-content").click()
    ada.page.keyboard.press("Control+End")
    ada.page.keyboard.type("Skip one release at most. ")
    bo.page.locator(".cm-content", has_text="Skip one release at most.").wait_for()
    bo.page.locator(".cm-content").click()
    bo.page.keyboard.press("Control+End")
    bo.page.keyboard.type("Agreed ##upgrade")
    ada.page.locator(".cm-content", has_text="Agreed ##upgrade").wait_for()
    ada.page.get_by_text("Bo Attend").first.wait_for()
    ada.page.get_by_text("All changes saved").first.wait_for()
    bo.page.get_by_role("link", name="Done").click()
    bo.page.locator("#pad-text", has_text="Agreed ##upgrade").wait_for()
    ada.page.keyboard.type("Never two.")
    bo.page.locator("#pad-text", has_text="Never two.").wait_for()
    bo.page.locator("#pad-news", has_text="The notes changed at ").wait_for(state="attached")
    text = ada.page.request.get(f"{ada.page.url.partition('#')[0].rstrip('/')}.md").text()
    assert "Skip one release at most." in text
    assert "Agreed ##upgrade" in text


def wrap_up_and_report(ada, bo):
    ada.go(f"{DESK_PATH}/seats/")
    for name in ("Bo Attend", "Dee Moderate"):
        ada.press(f"Check in {name}")
        ada.page.get_by_role("button", name=f"Undo the check-in of {name}").wait_for()
    ada.go(f"{DESK_PATH}/")
    ada.page.get_by_text("Go on to the wrap-up").first.click()
    ada.press("Go on to the wrap-up all the same")
    ada.go(f"{DESK_PATH}/feedback/")
    ada.page.get_by_text("Open the survey").click()
    ada.press("Open it and write to 2 people")
    bo.go(f"{PATH}/feedback/")
    bo.page.locator("textarea").fill("More free time")
    bo.press("Send, without my name")
    bo.page.get_by_text("Thank you").first.wait_for()
    ada.go(f"{DESK_PATH}/feedback/")
    ada.page.get_by_label("What was asked?").select_option("on_list")
    ada.page.get_by_label("Hands for yes").fill("14")
    ada.page.get_by_label("Hands for no").fill("6")
    ada.press("Keep the count")
    ada.go(f"{DESK_PATH}/report/")
    ada.press("Publish it")
    ada.page.get_by_text("published", exact=False).first.wait_for()
    bo.go(f"{PATH}/report/")
    page = bo.page.inner_text("main")
    assert "30 %" in page
    assert "people came" in page

"""Phones at the door in a real browser: without network, two at once, with a scanner, a camera, or the keyboard alone."""

import pytest
import segno
from django.conf import settings
from playwright.sync_api import expect

from midcycle.engines import tickets
from midcycle.onsite import actions as onsite
from midcycle.onsite.access import key_of
from midcycle.onsite.models import DoorEvent
from midcycle.registration import actions as registration
from midcycle.registration.models import Capacity, Seat, SeatMove
from tests.browser.phones import PHONE, Door
from tests.chromium import FLAGS, installed
from tests.world import NOW, ada
from tests.worlds.onsite import FORGOTTEN, device, on_site
from tests.worlds.registration import ANSWERS, crowd, seated, states

pytestmark = pytest.mark.django_db(transaction=True)
VIEWS = ("People", "Walk-in", "Queue", "Phone")


def ticket_of(seat):
    return tickets.sign(settings.SECRET_KEY, seat.meetup_id, seat.code)


def test_a_phone_works_in_flight_mode_and_sends_what_was_done(opened):
    meetup = on_site(9)
    registration.take_seat(meetup, ANSWERS, email="zoe@example.org", name="Zoë Example", now=NOW)
    crowd(meetup, 3)
    phone = opened(device(meetup))
    assert phone.page.url.endswith("/door/")
    phone.state("Everything is sent")
    phone.offline()
    phone.reload()
    phone.find("zoe")
    phone.page.click("[aria-label='Check in Zoë Example']")
    phone.says("Checked in", "Zoë Example")
    phone.state("1 deed not sent yet. Kept on this phone")
    phone.walk_in("Newt")
    phone.state("2 deeds not sent yet. Kept on this phone")
    phone.reload()
    phone.state("2 deeds not sent yet. Kept on this phone")
    phone.view("People")
    expect(phone.page.locator("#count")).to_have_text("2 here")
    phone.find("zoe")
    expect(phone.page.locator("#people-list li")).to_contain_text("on this phone at")
    phone.offline(off=False)
    phone.state("Everything is sent")
    here = {"Zoë": "checked_in", "Guest1": "held", "Guest2": "held", "Guest3": "held", "Newt": "checked_in"}
    assert states(meetup) == here
    assert [event.outcome for event in DoorEvent.objects.all()] == ["done", "done"]


def test_two_phones_without_network_meet_again_without_duplicates(opened):
    meetup = on_site(3)
    bo, flo, _ = seated(meetup, "Bo"), seated(meetup, "Flo"), seated(meetup, "Gus")
    dees, yans = opened(device(meetup, "Dee's phone")), opened(device(meetup, "Yan's phone"))
    registration.cancel_seat(Seat.objects.get(name="Gus Example"), now=NOW)
    for phone in (dees, yans):
        phone.offline()
        phone.scan(ticket_of(bo))
        phone.says("Checked in", "Bo Example")
    dees.walk_in("Zoe")
    yans.check_in("Flo Example")
    yans.check_in("Gus Example")
    dees.offline(off=False)
    dees.state("Everything is sent")
    yans.offline(off=False)
    yans.state("Everything is sent")
    yans.says("Look at this", "This seat was given back.")
    assert states(meetup) == {"Bo": "checked_in", "Flo": "checked_in", "Gus": "cancelled", "Zoe": "checked_in"}
    assert SeatMove.objects.filter(seat__in=[bo, flo], becomes="checked_in").count() == 2
    yans.view("Phone")
    expect(yans.page.locator("#more-look")).to_contain_text("Gus Example")
    expect(yans.page.locator("#more-deeds")).to_contain_text("Bo Example: checked in. Was so already")
    yans.page.click("[aria-label='Settled: Gus Example']")
    expect(yans.page.locator("#more-look")).to_be_empty()
    yans.state("Everything is sent")
    assert DoorEvent.objects.get(outcome="conflict").settled_at is not None
    dees.view("People")
    dees.find("flo")
    dees.page.evaluate("dispatchEvent(new Event('online'))")
    expect(dees.page.locator("#people-list li")).to_contain_text("on “Yan's phone” at")


WITHOUT_ED25519 = """
const own = crypto.subtle.importKey.bind(crypto.subtle);
crypto.subtle.importKey = (format, key, how, ...rest) =>
  how.name === "Ed25519" ? Promise.reject(new DOMException("", "NotSupportedError")) : own(format, key, how, ...rest);
"""


@pytest.mark.parametrize("script", ["", WITHOUT_ED25519])
def test_tickets_are_checked_on_the_phone_itself(opened, script):
    meetup = on_site(5)
    seat, late = seated(meetup, "Bo"), None
    other = on_site(title="Other meetup")
    phone = opened(device(meetup), script)
    phone.offline()
    late = seated(meetup, "Late")
    genuine = ticket_of(seat)
    message, _, signature = genuine.rpartition(".")
    forged = f"{message}.{'B' if signature[0] == 'A' else 'A'}{signature[1:]}"
    for text, word, told in (
        (genuine.lower(), "Checked in", "Bo Example"),
        (genuine, "Already here", "Bo Example"),
        (forged, "No", "This ticket was not made here."),
        (ticket_of(late).rpartition(".")[0] + "." + signature, "No", "This ticket was not made here."),
        (tickets.sign(settings.SECRET_KEY, other.pk, "0" * 20), "No", "This ticket is for another meetup."),
        (genuine[:-9], "No", "This is no ticket of ours."),
        (ticket_of(late), "Not on the list", "The ticket is genuine, but not on the list of this phone"),
        (ticket_of(late), "Already here", "This ticket was scanned on this phone before."),
    ):
        phone.scan(text)
        phone.says(word, told)
        assert phone.page.input_value("#wanted") == ""
    phone.offline(off=False)
    phone.state("Everything is sent")
    assert states(meetup) == {"Bo": "checked_in", "Late": "checked_in"}
    phone.find("late")
    expect(phone.page.locator("#people-list li")).to_contain_text("Late Example")


def test_the_keyboard_alone_checks_in_and_a_voice_says_so(opened):
    meetup = on_site(5)
    seated(meetup, "Bo")
    seated(meetup, "Flo")
    phone = opened(device(meetup))
    phone.page.keyboard.type("flo")
    phone.page.keyboard.press("Enter")
    assert phone.page.evaluate("document.activeElement.ariaLabel") == "Check in Flo Example"
    phone.page.keyboard.press("Enter")
    expect(phone.page.locator("#spoken[aria-live='assertive']")).to_have_text("Checked in. Flo Example. Operator")
    assert phone.page.evaluate("document.activeElement.id") == "people-title"
    assert phone.page.evaluate("document.querySelector('#people-count').getAttribute('role')") == "status"
    phone.page.click("[aria-label='Undo the check-in of Flo Example']")
    phone.says("Undone", "Flo Example is not checked in.")
    phone.state("Everything is sent")
    assert states(meetup) == {"Bo": "held", "Flo": "held"}


def test_the_enter_key_pressed_again_sends_nobody_out(opened):
    meetup = on_site(5)
    for name in ("Bo", "Flo"):
        seated(meetup, name)
    phone = opened(device(meetup))
    phone.check_in("Bo Example")
    for wanted in ("bo", "example"):
        phone.find(wanted)
        phone.page.focus("#wanted")
        for _ in range(2):
            phone.page.keyboard.press("Enter")
    phone.says("Checked in", "Flo Example")
    phone.state("Everything is sent")
    assert states(meetup) == {"Bo": "checked_in", "Flo": "checked_in"}


def test_a_code_read_out_from_a_ticket_finds_its_person_without_network(opened):
    meetup = on_site(5)
    seat, phone = seated(meetup, "Bo"), opened(device(meetup))
    phone.offline()
    phone.find(f"{seat.code[:4].upper()} {seat.code[4:8]} {seat.code[8:]}")
    phone.page.keyboard.press("Enter")
    phone.page.keyboard.press("Enter")
    phone.says("Checked in", "Bo Example")


def test_a_walk_in_is_asked_what_is_missing_and_waits_when_no_seat_is_free(opened):
    meetup = on_site(1)
    seated(meetup, "Bo")
    phone = opened(device(meetup))
    phone.view("Walk-in")
    expect(phone.page.locator("#walk-in-free")).to_have_text("No seat is free. They can wait in the queue.")
    phone.page.click("text=Let them in")
    expect(phone.page.locator("#walk-in-name-error")).to_have_text("Type a name.")
    assert phone.page.evaluate("document.activeElement.id") == "walk-in-name"
    phone.page.fill("#walk-in-name", "bo ex")
    expect(phone.page.locator("#walk-in-same")).to_have_text(
        "On the list: Bo Example (expected). If it is one of them, use People."
    )
    phone.walk_in("Zoe")
    phone.says("In the queue", "Zoe Example")
    phone.state("Everything is sent")
    assert states(meetup) == {"Bo": "held", "Zoe": "waiting"}


def test_the_queue_counts_down_and_calls_who_got_a_seat(opened):
    meetup = on_site(1)
    seated(meetup, "Bo")
    phone = opened(device(meetup))
    phone.walk_in("Zoe", "Put them in the queue")
    phone.state("Everything is sent")
    ahead = phone.page.evaluate("Date.now()") + 90_000
    registration.set_release(meetup, NOW.fromtimestamp(ahead / 1000, NOW.tzinfo), by=ada(), now=NOW)
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    phone.view("Queue")
    expect(phone.page.locator("#queue-release")).to_contain_text(
        "the seats of everybody who is not here go to the queue: in 1 min"
    )
    expect(phone.page.locator("#queue-list li")).to_contain_text("In the queue")
    registration.mark_no_shows(meetup, by=None, now=NOW)
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.page.locator("#queue-list li")).to_contain_text("Got a seat. Call them in.")
    expect(phone.page.locator("#nav-queue")).to_have_text("1")
    phone.page.click("text=They are in")
    phone.says("Checked in", "Zoe Example")
    expect(phone.page.locator("#queue-list")).to_have_text("Nobody is in the queue.")
    phone.state("Everything is sent")
    assert states(meetup) == {"Bo": "no_show", "Zoe": "checked_in"}


def kept(phone):
    """Return how many people, deeds and keys a phone holds, and how many kept pages."""
    return phone.page.evaluate("""async () => {
        const result = (asked) => new Promise((done) => (asked.onsuccess = () => done(asked.result)));
        const base = await result(indexedDB.open(`door:${document.body.dataset.door}`));
        const count = (name) => result(base.transaction(name).objectStore(name).count());
        const sizes = await Promise.all(["seats", "deeds", "facts"].map(count));
        base.close();
        return [...sizes, (await caches.keys()).length];
    }""")


def test_a_link_that_is_taken_back_empties_the_phone(opened):
    meetup = on_site(5)
    seat = seated(meetup, "Bo")
    made = device(meetup)
    phone = opened(made)
    phone.scan(ticket_of(seat))
    phone.state("Everything is sent")
    assert kept(phone) == [1, 1, 3, 1]
    onsite.revoke_device(made, by=ada(), now=NOW)
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.page.locator("#start-why")).to_have_text("This door link was taken back. Ask the organisers for a new one.")
    expect(phone.page.locator("#nav")).to_be_hidden()
    assert kept(phone) == [0, 0, 0, 0]
    phone.page.fill("#start-key", "nonsense")
    phone.page.keyboard.press("Enter")
    expect(phone.page.locator("#start-error")).to_have_text("This is no door link. Copy the whole of it.")
    phone.page.fill("#start-key", f"https://else.example/m/{meetup.slug}/door/#{key_of(device(meetup))}")
    phone.page.keyboard.press("Enter")
    phone.page.wait_for_selector("#nav:not([hidden])")


def test_forgetting_by_the_button_warns_of_deeds_not_sent(opened):
    meetup = on_site(5)
    seated(meetup, "Bo")
    phone = opened(device(meetup))
    phone.offline()
    phone.check_in("Bo Example")
    phone.state("1 deed not sent yet. Kept on this phone")
    phone.view("Phone")
    phone.page.click("#more-wipe")
    expect(phone.page.locator("#wipe-text")).to_have_text("1 deed is not sent yet and would be lost.")
    phone.page.click("text=Keep it")
    assert kept(phone)[1] == 1
    phone.page.click("#more-wipe")
    phone.page.click("dialog >> button:has-text('Forget everything')")
    expect(phone.page.locator("#start-why")).to_have_text("This phone has forgotten the list.")
    assert kept(phone) == [0, 0, 0, 0]


def test_two_days_after_the_meetup_the_phone_forgets_and_still_sends(opened):
    meetup = on_site(5)
    seated(meetup, "Bo")
    phone = opened(device(meetup))
    phone.offline()
    phone.check_in("Bo Example")
    phone.state("1 deed not sent yet. Kept on this phone")
    phone.page.clock.set_system_time(FORGOTTEN)
    expect(phone.page.locator("#start-why")).to_contain_text("This meetup is over, and its list is forgotten here.")
    assert kept(phone)[:2] == [0, 1]
    phone.offline(off=False)
    expect(phone.page.locator("#start-why")).to_have_text("This meetup is over. This phone has forgotten the list.")
    assert states(meetup) == {"Bo": "checked_in"}
    assert kept(phone)[:3] == [0, 0, 0]


def test_every_view_fits_a_phone_and_can_be_pressed_with_a_thumb(opened):
    meetup = on_site(3)
    registration.take_seat(meetup, ANSWERS, email="x@example.org", name="W" * 120, now=NOW)
    crowd(meetup, 3)
    phone = opened(device(meetup, "P" * 60))
    phone.check_in("Guest1 Example")
    for view in VIEWS:
        phone.view(view)
        assert phone.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        small = phone.page.eval_on_selector_all(
            "button, input, select",
            "all => all.filter(one => one.checkVisibility() && one.offsetHeight < 44).map(one => one.id)",
        )
        assert (view, small) == (view, [])


def test_the_page_without_a_link_or_a_script_says_what_to_do(chromium, live_server):
    meetup = on_site()
    place = f"{live_server.url}/m/{meetup.slug}/door/"
    for scripts in (True, False):
        context = chromium.new_context(viewport=PHONE, java_script_enabled=scripts)
        page = context.new_page()
        page.goto(place)
        text = "Make a link on the desk" if scripts else "the list of seats on the desk"
        expect(page.locator("#view-start" if scripts else "noscript")).to_be_visible()
        assert text in " ".join(page.inner_text("body").split())
        context.close()


def film_of(text):
    """Return a short film of a QR code, 640 by 480, as YUV4MPEG2, which Chromium takes for a camera."""
    modules = [bytes(0 if dark else 255 for dark in row for _ in range(7)) for row in segno.make_qr(text, error="m").matrix]
    side = len(modules[0])
    left, top = (640 - side) // 2, (480 - len(modules) * 7) // 2
    lines = [b"\xc0" * left + row + b"\xc0" * (640 - left - side) for row in modules for _ in range(7)]
    blank = b"\xc0" * 640
    luma = b"".join([blank] * top + lines + [blank] * (480 - top - len(lines)))
    return b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n" + (b"FRAME\n" + luma + b"\x80" * (640 * 480 // 2)) * 5


def test_the_camera_reads_a_ticket(chromium, tmp_path, live_server):
    meetup = on_site()
    seat = seated(meetup, "Bo")
    film = tmp_path / "ticket.y4m"
    film.write_bytes(film_of(ticket_of(seat)))
    camera = (
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    )
    browser = chromium.browser_type.launch(executable_path=installed(), args=[*FLAGS, *camera])
    try:
        phone = Door(browser, live_server.url, device(meetup))
        requests = []
        phone.page.on("request", lambda request: requests.append(request.url))
        phone.view("Scan")
        phone.says("Checked in", "Bo Example")
        phone.state("Everything is sent")
        phone.page.wait_for_timeout(1_000)
        phone.says("Checked in", "Bo Example")  # the ticket is still there, and is not scanned twice
        assert any("/decoder-" in url for url in requests)
        assert {url.split("/")[2] for url in requests} == {live_server.url.split("/")[2]}
        phone.view("People")
        assert phone.page.evaluate("document.querySelector('#video').srcObject") is None
        assert phone.complaints == []
    finally:
        browser.close()
    assert (states(meetup), Capacity.objects.get().checked_in) == ({"Bo": "checked_in"}, 1)

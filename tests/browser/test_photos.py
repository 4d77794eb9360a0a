"""Pictures on a phone and a desk: many at once with the script, one at a time without; looked at, taken down."""

import time

import pytest

from midcycle.accounts.access import sign_in_token
from midcycle.photos import actions
from midcycle.photos.access import link_key
from midcycle.photos.models import Photo
from midcycle.photos.shelf import shelf
from tests.browser.actors import DESK, PHONE
from tests.browser.axe import faults
from tests.system.instance import wait_until
from tests.world import NOW, ada, bo
from tests.worlds.agenda import session
from tests.worlds.photos import developed, gathering, published, sender
from tests.worlds.pictures import picture

pytestmark = pytest.mark.django_db(transaction=True)
WIDER = "document.documentElement.scrollWidth > innerWidth"
SENDING = "/m/spring-meetup/photos/sending/"


@pytest.fixture(autouse=True)
def own_shelf(settings, tmp_path):
    """Let no test find the files of another one."""
    settings.MIDCYCLE = settings.MIDCYCLE.model_copy(update={"data": tmp_path / "data", "demo": True})


def opened(chromium, live_server, who, size=PHONE, *, script=True, dark=False):
    """Return a page of a browser in which somebody is signed in, or nobody."""
    scheme = "dark" if dark else "light"
    context = chromium.new_context(viewport=size, base_url=live_server.url, java_script_enabled=script, color_scheme=scheme)
    page = context.new_page()
    page.set_default_timeout(20_000)
    if who is not None:
        page.goto(f"/demo/sign-in/{sign_in_token(who)}/")
    return page


def files(tmp_path, count: int):
    """Return the paths of so many pictures, larger than a piece."""
    paths = [tmp_path / f"IMG_{number}.jpg" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_bytes(picture(1600, 1200, seed=number, quality=100, subsampling=0))
    return paths


def arrived(count: int) -> None:
    """Wait until so many pictures are here as a whole."""
    deadline = time.monotonic() + 20
    while Photo.objects.filter(state="developing").count() < count:
        assert time.monotonic() < deadline, list(Photo.objects.values_list("state", flat=True))
        time.sleep(0.05)


def test_many_are_sent_at_once_described_and_published(chromium, live_server, tmp_path):
    meetup = gathering()
    session(meetup, "Upgrades")
    page = opened(chromium, live_server, bo())
    page.goto(SENDING)
    page.get_by_label("Your name under the pictures").fill("Bo")
    page.get_by_label("I took these pictures").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Picture", exact=True).set_input_files(files(tmp_path, 3))
    page.get_by_text("3 of 3 sent").wait_for()
    arrived(3)
    developed()
    page.get_by_role("link", name="Say what they show").click()
    page.locator(".photo-row").first.get_by_label("What does it show?").fill("Somebody at the wall of notes")
    page.locator(".photo-row").first.get_by_role("button", name="Offer it").click()
    page.locator(".photo-row").first.get_by_text("Waits for the team").wait_for()
    assert page.evaluate(WIDER) is False
    team = opened(chromium, live_server, ada(), DESK)
    team.goto("/m/spring-meetup/desk/photos/")
    team.get_by_role("checkbox", name="Somebody at the wall of notes").focus()
    team.keyboard.press("Space")
    team.get_by_role("button", name="Publish the ticked ones").focus()
    team.keyboard.press("Enter")
    team.get_by_role("status").get_by_text("1 published").wait_for()
    visitor = opened(chromium, live_server, None)
    visitor.goto("/m/spring-meetup/photos/")
    visitor.get_by_role("link", name="Take down: Somebody at the wall of notes").click()
    visitor.get_by_role("button", name="Take it down").click()
    visitor.get_by_text("Nobody sees this picture any more.").wait_for()
    assert visitor.get_by_role("img", name="Somebody at the wall of notes").count() == 0


def test_a_network_that_breaks_off_costs_no_picture(chromium, live_server, tmp_path):
    sender(gathering())
    page = opened(chromium, live_server, bo())
    page.goto(SENDING)
    pieces = []

    def break_off(route) -> None:
        """Let every second piece through, whole."""
        pieces.append(route.request.headers.get("upload-offset"))
        route.abort("connectionreset") if len(pieces) % 2 else route.continue_()

    page.route("**/photos/uploads/*/", lambda route: break_off(route) if route.request.method == "PATCH" else route.continue_())
    page.get_by_label("Picture", exact=True).set_input_files(files(tmp_path, 1))
    page.get_by_text("1 of 1 sent").wait_for()
    assert len(pieces) > 3
    arrived(1)
    assert shelf().incoming(Photo.objects.get().key).read_bytes() == (tmp_path / "IMG_0.jpg").read_bytes()


def test_after_the_page_was_closed_the_same_file_goes_on_where_it_stopped(chromium, live_server, tmp_path):
    sender(gathering())
    page = opened(chromium, live_server, bo())
    page.goto(SENDING)
    chosen, sent = files(tmp_path, 1), []
    page.route("**/photos/uploads/*/", lambda route: route.continue_() if not sent and not sent.append(1) else route.abort())
    page.get_by_label("Picture", exact=True).set_input_files(chosen)
    wait_until(lambda: page.wait_for_timeout(50) or any(shelf().offset(photo.key) for photo in Photo.objects.all()))
    page.context.close()
    stopped = shelf().offset(Photo.objects.get().key)
    assert stopped > 0
    again = opened(chromium, live_server, bo())
    offsets = []
    again.on("request", lambda request: request.method == "PATCH" and offsets.append(request.headers["upload-offset"]))
    again.goto(SENDING)
    again.get_by_label("Picture", exact=True).set_input_files(chosen)
    again.get_by_text("1 of 1 sent").wait_for()
    assert (offsets[0], Photo.objects.count()) == (str(stopped), 1)


def test_what_is_no_picture_is_told_at_once_or_after_a_moment(chromium, live_server, tmp_path):
    sender(gathering())
    page = opened(chromium, live_server, bo())
    page.goto(SENDING)
    (tmp_path / "IMG_1.HEIC").write_bytes(b"\x00\x00\x00\x18ftypheic")
    page.get_by_label("Picture", exact=True).set_input_files(tmp_path / "IMG_1.HEIC")
    page.get_by_text("This is a HEIC picture").wait_for()
    assert Photo.objects.count() == 0


def test_without_a_script_one_comes_with_the_form_by_the_link_of_the_day(chromium, live_server, tmp_path):
    meetup = gathering()
    gallery = actions.make_link(meetup, by=ada(), now=NOW)
    page = opened(chromium, live_server, None, script=False)
    page.goto(f"/m/spring-meetup/photos/day/{link_key(gallery)}/")
    page.get_by_label("Your name under the pictures").fill("Zoe")
    page.get_by_label("I took these pictures").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Picture", exact=True).set_input_files(files(tmp_path, 1))
    page.get_by_label("What does it show?").fill("Coffee in the hallway")
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text("Your picture is here.").wait_for()
    developed()
    page.goto(SENDING)
    page.get_by_text("Waits for the team").wait_for()
    page.get_by_role("button", name="Delete Coffee in the hallway").click()
    page.get_by_text("None yet").wait_for()
    assert page.evaluate(WIDER) is False


@pytest.mark.parametrize("dark", [False, True])
def test_nothing_stands_in_anybodys_way(chromium, live_server, dark):
    bo_sends = sender(gathering())
    talk = session(bo_sends.gallery.meetup, "Upgrades")
    shown = published(bo_sends, "A full room", session=talk)
    asked = published(bo_sends, "A wall of notes", seed=2)
    published(bo_sends, "Coffee", seed=3)
    actions.ask_away(asked, "That is me", often_from_here=False, now=NOW)
    actions.make_link(bo_sends.gallery.meetup, by=ada(), now=NOW)
    photos, desk = "/m/spring-meetup/photos/", "/m/spring-meetup/desk/photos/"
    places = {
        ada(): (desk, f"{desk}{shown.pk}/", f"{desk}{asked.pk}/", photos),
        bo(): (SENDING, f"{SENDING}{shown.pk}/"),
        None: (photos, f"{photos}{shown.pk}/", f"{photos}{shown.pk}/takedown/", f"{photos}{asked.pk}/"),
    }
    found = {}
    for size in (PHONE, DESK):
        for who, paths in places.items():
            page = opened(chromium, live_server, who, size, dark=dark)
            for path in paths:
                page.goto(path)
                wrong = [*faults(page), *(["too wide"] if page.evaluate(WIDER) else [])]
                if wrong:
                    found[f"{path} at {size['width']}"] = wrong
            page.context.close()
    assert found == {}

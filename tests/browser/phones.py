"""Phones at the door."""

from playwright.sync_api import expect

from midcycle.onsite.access import key_of

PHONE = {"width": 360, "height": 740}


class Door:
    """A phone at the door, opened with a link of its own."""

    def __init__(self, browser, url, made, script=""):
        self.context = browser.new_context(viewport=PHONE)
        self.context.add_init_script(script)
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.complaints = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(f"{url}/m/{made.meetup.slug}/door/#{key_of(made)}")
        self.page.wait_for_selector("#nav:not([hidden])")
        self.page.evaluate("navigator.serviceWorker.ready")

    def offline(self, *, off=True):
        self.context.set_offline(off)

    def reload(self):
        self.page.reload()
        self.page.wait_for_selector("#nav:not([hidden])")

    def find(self, wanted):
        self.page.fill("#wanted", wanted)

    def view(self, name):
        self.page.click(f"#nav button:has-text('{name}')")

    def check_in(self, name):
        self.find(name)
        self.page.click(f"[aria-label='Check in {name}']")

    def scan(self, text):
        """Type a ticket as a scanner does that is a keyboard: into the page, wherever the focus is."""
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")

    def walk_in(self, name, button="Let them in"):
        self.view("Walk-in")
        self.page.fill("#walk-in-name", f"{name} Example")
        self.page.fill("#walk-in-email", f"{name.lower()}@example.org")
        self.page.click(f"text={button}")

    def says(self, word, text=""):
        expect(self.page.locator("#verdict-word")).to_have_text(word)
        expect(self.page.locator("#verdict-text")).to_contain_text(text)

    def state(self, text):
        expect(self.page.locator("#state")).to_have_text(text)

"""Words stay whole where they fit, and no word is so long that a page runs out of the screen."""

import pytest

from midcycle.accounts.access import sign_in_token
from midcycle.agenda import actions as agenda
from midcycle.pads import actions as pads
from midcycle.topics import actions as topics
from tests.browser.actors import DESK, PHONE
from tests.world import NOW, ada, person
from tests.worlds.agenda import held, planned, released
from tests.worlds.hosting import answered, asked
from tests.worlds.registration import crowd, opened, seated
from tests.worlds.topics import proposed

pytestmark = pytest.mark.django_db(transaction=True)

WORD = "x" * 180
# How many pixels the page is wider than the screen, and the words of at most 14 letters that stand on two lines.
LOOK = r"""() => {
  const cut = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (text.parentElement.closest(".visually-hidden, thead")?.offsetWidth <= 1) continue;
    for (const word of text.data.matchAll(/[\p{L}\p{N}]+/gu)) {
      const range = document.createRange();
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const tops = [...range.getClientRects()].filter((box) => box.width > 1).map((box) => box.top);
      if (word[0].length <= 14 && Math.max(...tops) - Math.min(...tops) > 4) cut.add(word[0]);
    }
  }
  return [document.documentElement.scrollWidth - innerWidth, ...cut];
}"""


def long_words():
    """Return the pages of meetups in which all that people type is one word, as long as it may be."""
    topic = proposed(opened(2, WORD[:160]), WORD[:160], details=f"{WORD}\n\n`{WORD}`\n\n|{WORD}|\n|-|\n|{WORD}|")
    topics.offer_to_moderate(topic, person(WORD[:60]), "lead", now=NOW)
    crowd(topic.meetup, 2)
    seat = seated(topic.meetup, WORD[:60])
    idea = asked(WORD[:159] + "y")
    answered(idea, WORD[:60], place=WORD[:100])
    ready = planned()
    agenda.add_room(ready, WORD[:80], by=ada(), now=NOW, note=WORD[:120])
    session = held(ready, WORD[:160], person(WORD[:60]))
    released(ready, WORD[:200])
    pads.open_pads(ready, by=ada(), now=NOW)
    at = f"/m/{topic.meetup.slug}/"
    return (
        *("/", "/mine/", at, f"{at}seat/", f"{at}seat/{seat.token}/", f"{at}topics/", f"{at}topics/{topic.pk}/", f"{at}desk/"),
        *(f"{at}desk/{page}/" for page in ("seats", "seats/spectrum", "letters", "about", "team")),
        *(f"/m/{idea.slug}/{page}" for page in ("", "interest/", "desk/interest/")),
        *(f"/m/{ready.slug}/{page}/" for page in ("agenda", "my-agenda", "pads", f"agenda/{session.pk}", "now")),
        *(f"/m/{ready.slug}/desk/{page}/" for page in ("rooms", "agenda", "agenda/wishes")),
    )


def usual_words():
    """Return pages with narrow columns and buttons beside long things."""
    ready = planned()
    proposed(ready, "Upgrades without downtime")
    held(ready, "Upgrades without downtime", ada())
    released(ready)
    pads.open_pads(ready, by=ada(), now=NOW)
    pages = ("agenda", "my-agenda", "pads", "topics", "desk", "desk/rooms", "desk/agenda", "desk/agenda/wishes", "desk/about")
    idea = asked()
    answered(idea, "Bo")
    return "/", "/mine/", f"/m/{idea.slug}/desk/interest/", *(f"/m/{ready.slug}/{page}/" for page in pages)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("world", [long_words, usual_words])
def test_words_stay_whole_and_pages_as_wide_as_the_screen(chromium, live_server, world, size):
    context = chromium.new_context(viewport=size)
    page = context.new_page()
    page.goto(f"{live_server.url}/demo/sign-in/{sign_in_token(ada())}/")
    wrong = {}
    for path in world():
        answer = page.goto(f"{live_server.url}{path}")
        wrong[path] = [answer.status, *page.evaluate(LOOK)]
    context.close()
    assert wrong == {path: [200, 0] for path in wrong}

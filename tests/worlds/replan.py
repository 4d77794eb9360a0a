"""A meetup on site where something has happened, what was worked out about it, and the choice."""

import pytest

from midcycle.agenda import actions
from midcycle.agenda.actions import tending
from midcycle.agenda.models import Placement, Search, Session
from midcycle.agenda.queries.replanning import options
from midcycle.kernel.refusal import Refusal
from midcycle.site.searching import work_on
from tests.world import NOW, ada, browser_of, dee, person
from tests.worlds.agenda import at, hall, loft, planned, session, text_of, url
from tests.worlds.topics import proposed, supported


def on_site():
    """Return a meetup on site: Ceph (led by Dee) and Cells at 09:30, Upgrades at 10:30; wanted by four, three and two."""
    meetup = planned("on_site")
    for title, starts, where, fans in (("Ceph", "09:30", hall, 4), ("Cells", "09:30", loft, 3), ("Upgrades", "10:30", hall, 2)):
        topic = supported(proposed(meetup, title, by=person(f"{title}0")), *(f"{title}{n}" for n in range(1, fans)))
        made = session(meetup, title, *([dee()] if title == "Ceph" else []), topic=topic)
        put(made, at(meetup, starts), where(meetup))
    return meetup


def put(made, when, where, *, pinned=False):
    actions.place(made, when, where, pinned=pinned, by=ada(), now=NOW)
    return made


def called(title):
    return Session.objects.get(title=title)


def where():
    return {p.session.title: (p.slot, p.room) for p in Placement.objects.select_related("session", "slot", "room")}


def worked_out(meetup, now=NOW):
    """Let it be worked out, and both processes come to their end; return the options by kind."""
    actions.replan(meetup, by=ada(), now=now, seed=1)
    for number in tending.searches_to_do(now, ("few", "best")):
        work_on(number)
    found = options(meetup, now)
    return {option.kind: option for option in (found.nothing, *found.others)}


def moves(option):
    return {one.title: one.words for one in option.moved}


def choose(meetup, kind="few", now=NOW):
    found = Search.objects.select_related("meetup").get(meetup=meetup, kind=kind)
    return actions.put_replan(found, by=ada(), now=now)


def page(meetup, **headers):
    return " ".join(text_of(browser_of(ada()).get(url("replan", meetup), headers=headers)).split())


def away(meetup):
    actions.be_away(meetup, dee(), [at(meetup, "09:30").pk, at(meetup, "10:30").pk], by=ada(), now=NOW)
    worked_out(meetup)
    return meetup


def refusal_of(meetup, now=NOW):
    before = where()
    with pytest.raises(Refusal) as refused:
        choose(meetup, now=now)
    assert where() == before
    return str(refused.value)

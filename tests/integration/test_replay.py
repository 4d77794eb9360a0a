"""Facts of real meetups, run through the real actions, come out as they went in."""

import re
from pathlib import Path

import pytest

from midcycle.agenda.models import Placement
from midcycle.engines.folder import faults
from midcycle.hosting.models import Interest
from midcycle.mailing.models import InboxMessage, Letter
from midcycle.meetups.models import Meetup
from midcycle.registration.models import Capacity, Seat
from midcycle.report.models import Report
from midcycle.report.queries.archive import archive_of
from midcycle.site import demo
from midcycle.site.replay.reading import facts_in, read_facts
from midcycle.site.replay.run import as_json, replay
from midcycle.site.replay.wrap_up_steps import hands_for
from midcycle.site.worker import work_once
from tests.world import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FACTS = Path(demo.__file__).parent / "facts"


def facts(text):
    return facts_in(text)


@pytest.mark.parametrize("name", ["openstack-ops-manchester-2016", "kubernetes-devsummit-seattle-2016"])
def test_the_files_of_the_demo_are_reproduced(name):
    (outcome,) = replay(read_facts(FACTS / f"{name}.yaml"))
    assert [line for line in outcome.lines if not line.same] == []
    assert outcome.found == ()
    assert Meetup.objects.get().stage == "archived"
    assert Report.objects.get().published_at is not None


def test_manchester_sold_out_and_grew_and_nobody_is_invented_beyond_what_is_told():
    replay(read_facts(FACTS / "openstack-ops-manchester-2016.yaml"))
    capacity = Capacity.objects.get()
    assert (capacity.announced, capacity.total, capacity.held) == (100, 120, 120)
    assert Seat.objects.filter(state="checked_in").count() == 120
    assert set(Seat.objects.values_list("state", "role", "sector", "region", "on_list")) == {("checked_in", "", "", "", None)}
    assert not Interest.objects.exists()


def test_the_report_of_manchester_says_what_the_story_says():
    (outcome,) = replay(read_facts(FACTS / "openstack-ops-manchester-2016.yaml"))
    page = browser_of().get(f"/m/{outcome.slug}/report.md")
    told = page.content.decode().replace("\N{NO-BREAK SPACE}", " ").replace("\\", "")
    for said in (
        "took place on 15–16 February 2016 at The Landing in Manchester, GB. 120 people came.",  # noqa: RUF001 - days
        "> Replayed from public facts. The people are invented; how many they were is not.",
        "It began with a question on the openstack-operators mailing list. At first 20 to 30 people were expected.",
        "100 seats were announced, which became 120. It was sold out. About 200 seats could have been filled.",
        "They came from these sectors: Academic research, Government, Broadcast media, Public cloud, Developers and Vendors.",
        "They came from these regions: Europe, United States, Asia, and Australia and the Pacific.",
        "Of those who were asked, 30 % were not on the community's list.",
        "- more free-form time to chat and discuss outside formal sessions",
        "- hallway (and pub) tracks at least as useful as organised sessions",
        "- it became the official mid-cycle, and where to hold that was debated on the list",
        "- cost, sponsorship and atmosphere were weighed against each other, and sponsors paid most of it",
        "- new moderators were mixed with experienced ones",
        "- sessions had a size at which it was comfortable to contribute",
        "- the tech lead of the project was wanted in every session",
        "- each session had an Etherpad, and the session on feedback its own",
        "- of those who were not on the list, some did not know that there is one",
        "- language and culture keep people away",
        "- Missing: rooms, slots, full session list, ",
        "- SEED: https://superuser.openinfra.dev/articles/looking-to-openstack-s-future-in-europe/",
        "- DataCentred, who hosted us\n- Canonical\n- Codethink\n- Midokura",
    ):
        assert said in told
    assert re.findall(r"said they would come|asked for a seat|Checked in at the door|most people wanted|\(\d+\) by", told) == []
    assert faults(archive_of(Meetup.objects.get())) == []


def test_the_seattle_grid_stands_as_it_was():
    replay(read_facts(FACTS / "kubernetes-devsummit-seattle-2016.yaml"))
    placed = Placement.objects.get(session__title="Scaling the Kubernetes Codebase")
    assert (placed.room.name, f"{placed.slot.starts:%H:%M}", placed.pinned) == ("University", "13:30", True)


def test_double_bookings_are_loaded_and_reported():
    grid = """
    id: doubled
    dates: {start: 2017-12-05}
    rooms: [{id: a, name: A}, {id: b, name: B}]
    slots: [{id: one, day: 1, start: 9:00, end: 10:00}, {id: late, day: 1, start: 9:30, end: 10:30}]
    sessions:
      - {id: s1, title: First, room: a, slot: one, moderators: [m1]}
      - {id: s2, title: Second, room: a, slot: one, moderators: [m2]}
      - {id: s3, title: Third, room: b, slot: late, moderators: [m1]}
    """
    (outcome,) = replay(facts(grid))
    assert outcome.same
    assert outcome.found == (
        "A holds both First and Second at 09:00.",
        "Person m1 is needed in both First (09:00) and Third (09:30), which overlap.",
    )


def test_what_cannot_be_reproduced_is_said():
    (outcome,) = replay(facts("{id: x, attendance: 10, size: {sold_out: false, attendance: 12}, dates: {end: soon}}"))
    assert not outcome.same
    assert [line.path for line in outcome.lines if not line.same] == ["dates.end", "attendance"]


def test_unknown_facts_are_kept_as_told():
    (outcome,) = replay(facts("{id: x, weird: {deep: [{a: 1}, 2], nothing: null}}"))
    assert [(line.path, line.got, line.how) for line in outcome.lines] == [
        ("id", "x", "kept"),
        ("weird.deep.1.a", 1, "kept"),
        ("weird.deep.2", 2, "kept"),
    ]


def test_the_same_file_twice_makes_two_meetups():
    first, second = (replay(facts("{id: x, name: X}"))[0].slug for _ in range(2))
    assert (first, second) == ("x", "x-2")


def test_a_series_is_run_edition_by_edition_and_held_against_its_rule():
    series = """
    schema: midcycle-series-facts/1
    id: ops
    rotation_rule: {text: oppose the region of the summit}
    midcycles:
      - {id: one, when: "2015-03", city: Philadelphia, region: america, next_summit: {city: Vancouver, region: america}}
      - {id: two, start: 2016-02-15, region: europe, attendance: 20, next_summit: {region: america}, source: [S]}
    sources: {S: https://example.org/}
    missing: [prices]
    """
    *editions, rule = replay(facts(series))
    assert [edition.slug for edition in editions] == ["one", "two"]
    assert as_json([*editions, rule])["same"] is True
    assert rule.notes == ("the rotation rule holds for: two", "it does not hold for: one")
    assert rule.not_said == ("prices",)


@pytest.mark.parametrize(("share", "decimals", "most"), [(0.3, 2, 120), (0.613, 3, 334), (1.0, 1, 7), (0.0, 1, 3)])
def test_hands_give_the_share(share, decimals, most):
    part, total = hands_for(share, decimals, most)
    assert round(part / total, decimals) == share
    assert total <= most


def test_a_meetup_of_long_ago_writes_to_nobody():
    replay(read_facts(FACTS / "openstack-ops-manchester-2016.yaml"))
    while work_once():
        pass
    assert Letter.objects.count() == 0
    assert InboxMessage.objects.count() == 0

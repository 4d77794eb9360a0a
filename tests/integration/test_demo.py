"""The demo: what a visitor finds on the first day, and what is left of it on later ones."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.template.loader import render_to_string

from midcycle.accounts.models import Person
from midcycle.accounts.rules import CAST, COMING, IDEA, TODAY
from midcycle.agenda import actions as agenda
from midcycle.agenda import queries as schedule
from midcycle.agenda.models import Placement, Release
from midcycle.feedback.models import HandCount
from midcycle.hosting.models import Interest
from midcycle.journal.models import Entry
from midcycle.mailing.models import InboxMessage, Letter
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup, Series
from midcycle.outcomes.models import Action
from midcycle.pads.models import Pad
from midcycle.pads.queries import text_of_pad
from midcycle.pages.desk import demo_cast
from midcycle.registration.models import Seat
from midcycle.registration.queries import SeatSummary, own_seat, position_of, seat_summary, waitlist_board
from midcycle.report.models import Report
from midcycle.series.queries.editions import history as series_history
from midcycle.series.queries.editions import rule_of
from midcycle.series.queries.shared import clashes_of
from midcycle.series.rules.proposal import propose
from midcycle.site.demo import load as demo
from midcycle.site.demo.hosts import NEXT, TALES
from midcycle.site.demo.last import SLUG as LAST
from midcycle.site.demo.stories import read_story
from midcycle.site.replay.people import FAMILY, GIVEN
from midcycle.topics.models import ModeratorOffer, Support, Topic
from tests.world import browser_of

NOW = datetime(2027, 3, 2, 7, 20, tzinfo=UTC)
MANCHESTER = "openstack-ops-manchester-2016"
SEATTLE = "kubernetes-devsummit-seattle-2016"

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("_loaded")]


def quiet(_sentence: str) -> None:
    """Say nothing."""


@contextmanager
def a_demo() -> Iterator[None]:
    """Load a demo, and take it back at the end."""
    with transaction.atomic():
        demo.load(now=NOW, say=quiet)
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker):  # noqa: ARG001 - the database must be there first
    """One demo for all tests of this file; each changes it in a transaction of its own."""
    with django_db_blocker.unblock(), a_demo():
        yield


def meetup(slug: str) -> Meetup:
    return Meetup.objects.get(slug=slug)


def who(name: str) -> Person:
    return Person.objects.get(name=name)


def running(now: datetime) -> dict[str, tuple[str, ...]]:
    """Return the sessions on at the meetup of today, with who leads them."""
    band = schedule.now_next(meetup(TODAY), now).now
    return {shown.session.title: shown.session.leads for shown in band.sessions} if band else {}


WORKING_GROUPS = {
    "An upgrade guide we all maintain": ("Moss Dockery",),
    "On-call health: a rota people survive": ("Noor Fencepost",),
    "Federated identity between our clouds": ("Lars Splitbrain",),
}


def test_every_part_of_a_life_is_there():
    assert dict(Meetup.objects.values_list("slug", "stage")) == {
        MANCHESTER: "archived",
        SEATTLE: "archived",
        LAST: "archived",
        TODAY: "on_site",
        COMING: "registration",
        IDEA: "idea",
        NEXT: "hosting",
    }


def test_manchester_is_as_its_sources_tell():
    summary = seat_summary(meetup(MANCHESTER))
    hands = HandCount.objects.get(meetup__slug=MANCHESTER)
    assert (summary.announced, summary.total, summary.checked_in, summary.waiting) == (100, 120, 120, 0)
    assert (hands.yes, hands.no) == (84, 36)
    assert Report.objects.get(meetup__slug=MANCHESTER).published_at is not None


def test_a_real_past_grid_can_be_read():
    released = schedule.released_agenda(meetup(SEATTLE))
    assert (len(released.rooms), len(released.slots), len(released.placed())) == (6, 11, 14)


def test_the_coming_meetup_is_full_and_wanda_is_fourth_in_line():
    coming = meetup(COMING)
    assert seat_summary(coming) == SeatSummary(100, 100, 0, 18, 1, 0, is_open=True, announced=100)
    assert position_of(own_seat(coming, who("Wanda Queue"))) == 4
    assert (coming.starts_on, coming.ends_on, coming.city) == (date(2027, 5, 4), date(2027, 5, 5), "Ljubljana")


def test_its_topics_are_supported_by_people_with_seats():
    coming = meetup(COMING)
    supporters = Support.objects.filter(topic__meetup=coming).exclude(person__name="Ada Lockstep")
    strangers = supporters.exclude(person__seats__meetup=coming)
    assert Topic.objects.filter(meetup=coming).count() == 20
    assert list(strangers.values_list("person__name", flat=True)) == []
    assert sorted(set(ModeratorOffer.objects.filter(topic__meetup=coming).values_list("part", flat=True))) == ["lead", "shadow"]


def test_its_agenda_waits_to_be_drafted():
    coming, ada = meetup(COMING), who("Ada Lockstep")
    assert Placement.objects.filter(session__meetup=coming).count() == 2
    assert schedule.findings(coming) == ()
    drafted = agenda.draft(coming, by=ada, seed=1, now=NOW, moves=2_000)
    assert (drafted.placed, drafted.left_out) == (22, 0)
    assert schedule.findings(coming) == ()


def test_some_have_volunteered_to_moderate_experienced_and_new():
    pool = schedule.moderating(meetup(COMING)).pool
    assert len(pool) == 13
    assert (any(held.led > 3 for held in pool), any(held.led == 0 for held in pool)) == (True, True)
    assert {held.name for held in pool} <= set(Seat.objects.filter(meetup__slug=COMING).values_list("person__name", flat=True))


def test_it_has_another_edition():
    assert meetup(COMING).series == meetup(LAST).series
    assert Report.objects.get(meetup__slug=LAST).published_at is not None
    assert seat_summary(meetup(LAST)).checked_in == 44


def test_its_series_is_judged_by_the_rule_of_each_time_and_goes_north_next():
    known = series_history(meetup(COMING).series, today=NOW.date())
    states = [row.verdict.state for row in known.rows if row.number]
    assert states == ["before", "before", "kept", "excepted", "kept", "kept", "kept"]
    assert all(row.place for row in known.rows if row.number)
    proposal = propose(known.editions, rule_of(known.rules[-1]), known.summits, today=NOW.date())
    assert (proposal.region.name, proposal.lacks) == ("North", ())


def test_the_real_series_kept_its_rule_five_times_of_five():
    known = series_history(Series.objects.get(slug="openstack-ops-meetups"), today=NOW.date())
    assert [row.verdict.state for row in known.rows].count("kept") == 5
    assert [row.edition.name for row in known.rows if row.verdict.would is False] == ["Philadelphia 2015"]


def test_what_is_at_the_same_time_is_on_the_calendar():
    told = [clash.sentence for clash in clashes_of(meetup(COMING))]
    assert told == [
        "At the same time as Research Cloud Week for 2 days, and in the same region.",
        "At the same time as Storage Unconference for 1 day.",
        "4 days before Network Operators' Days, and in the same region.",
    ]


def test_the_idea_gathers_answers_for_three_weeks():
    answers = Interest.objects.filter(call__meetup__slug=IDEA)
    call = meetup(IDEA).call
    assert answers.count() == 26
    assert (call.guess_low, call.guess_high) == (20, 30)
    assert sorted(set(answers.values_list("region", flat=True))) == ["asia", "europe", "north-america"]
    assert answers.filter(answered_at__lt=NOW - timedelta(weeks=3)).count() == 0
    assert answers.filter(answered_at__gt=NOW).count() == 0
    assert answers.filter(could_host=True).count() == 2


def test_today_moss_leads_what_runs_now():
    here = meetup(TODAY)
    assert (here.city, here.starts_on, here.ends_on) == ("Nairobi", date(2027, 3, 1), date(2027, 3, 2))
    assert running(NOW) == WORKING_GROUPS
    assert schedule.findings(here) == ()
    assert Release.objects.get(meetup=here).number == 1
    assert seat_summary(here).checked_in == 87


def test_now_and_next_are_told_in_the_time_of_the_venue():
    context = {"meetup": meetup(TODAY), "now_next": schedule.now_next(meetup(TODAY), NOW)}
    page = " ".join(render_to_string("agenda/now_next.html", context).split())
    assert re.findall(r"(?:until|at) (\d\d:\d\d)</time>", page) == ["12:00", "12:00"]


def test_todays_pads_hold_notes_until_now_and_are_empty_for_later():
    pads = {pad.session: text_of_pad(pad) for pad in Pad.objects.filter(meetup__slug=TODAY).exclude(session=None)}
    noted = {session.title for session, text in pads.items() if "Everybody takes notes here." not in text}
    past = {part.title for part in read_story("today").sessions if part.at < "2 12:00"}
    assert len(pads) == 25
    assert noted == past
    assert [text for text in pads.values() if "## Actions" not in text] == []
    assert text_of_pad(Pad.objects.get(session__title="Storage at 85 percent")).startswith(
        "# Storage at 85 percent\n\nDay 1, 13:15, Loft\n\nModerated by Leila Checksum.\n\n## Notes\n"
    )


def test_everybody_is_invented():
    named = {name for story in ("today", "coming", "last") for name in read_story(story).names}
    named |= set(re.findall(r"(?:by: |keeper: |\[)(\w+ \w+)[],\n]", TALES.read_text()))
    named |= {member.name for member in CAST} | {"Saga Northbridge", "The replay team"}
    crowd = {f"{given} {family}" for given in GIVEN for family in FAMILY}
    pseudonyms = {f"Person m{number}" for number in range(1, 30)}
    people = dict(Person.objects.values_list("email", "name"))
    assert [email for email in people if not email.endswith("@example.org")] == []
    assert set(people.values()) - named - crowd - pseudonyms == set()


def test_letters_are_those_of_meetups_to_come_and_all_delivered():
    told = set(Letter.objects.filter(mailing=None).values_list("meetup__slug", "state"))
    assert told == {(IDEA, "sent"), (COMING, "sent"), (COMING, "failed"), (NEXT, "sent")}
    assert InboxMessage.objects.count() == Letter.objects.filter(state="sent").count()
    wanda, news = InboxMessage.objects.filter(to="wanda@example.org").order_by("subject").reverse()
    assert news.subject == "How the line moves in European Operators' Mid-Cycle, Ljubljana"
    assert wanda.subject == "You are in the waitlist of European Operators' Mid-Cycle, Ljubljana"
    assert "As this is written you are 4th in line." in wanda.body


@pytest.mark.parametrize("member", CAST, ids=[member.part for member in CAST])
def test_each_of_the_cast_has_a_link_that_leads_to_their_page(member):
    link = next(role.url for role in demo_cast() if role.member == member)
    browser = browser_of()
    signed_in = browser.get(link)
    assert signed_in.headers["Location"] == member.starts_at
    assert browser.get(member.starts_at).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/",
        f"/m/{MANCHESTER}/report/",
        f"/m/{SEATTLE}/agenda/",
        f"/m/{LAST}/report/",
        f"/m/{TODAY}/now/",
        f"/m/{TODAY}/schedule.ics",
        f"/m/{TODAY}/pads/",
        f"/m/{TODAY}/outcomes/",
        f"/m/{COMING}/outcomes/earlier/",
        f"/m/{COMING}/topics/",
        f"/m/{IDEA}/",
    ],
)
def test_visitors_can_read(path):
    assert browser_of().get(path).status_code == 200


@pytest.mark.parametrize(
    "later",
    [
        datetime(2027, 3, 2, 8, 59, tzinfo=UTC),  # the same morning, at its end
        datetime(2027, 3, 3, 7, 20, tzinfo=UTC),  # the same time and city, a day later
        datetime(2027, 3, 2, 23, 59, 59, tzinfo=UTC),
        datetime(2027, 3, 3, 0, 0, tzinfo=UTC),
        datetime(2027, 3, 14, 9, 59, tzinfo=UTC),  # summer time begins in North America
        datetime(2027, 3, 14, 18, 30, tzinfo=UTC),
        datetime(2027, 3, 28, 0, 59, tzinfo=UTC),  # … and in Europe
        datetime(2027, 4, 3, 22, 15, tzinfo=UTC),  # it ends in New Zealand
        datetime(2027, 10, 31, 12, 30, tzinfo=UTC),
        datetime(2027, 12, 31, 21, 30, tzinfo=UTC),
        datetime(2028, 2, 28, 22, 45, tzinfo=UTC),  # the next day there is a leap day
    ],
)
def test_whenever_it_is_started_again_the_working_groups_run(later):
    demo.bring_up_to_date(now=later, say=quiet)
    here = meetup(TODAY)
    local = later.astimezone(ZoneInfo(here.timezone))
    assert (here.ends_on, local.hour in {10, 11}) == (local.date(), True)
    assert running(later) == WORKING_GROUPS
    assert schedule.findings(here) == ()


def test_starting_it_again_the_same_morning_changes_nothing():
    before = Entry.objects.count()
    demo.bring_up_to_date(now=NOW + timedelta(minutes=30), say=quiet)
    assert Entry.objects.count() == before


def test_moving_it_keeps_seats_pads_and_what_they_say():
    def kept() -> tuple[object, ...]:
        pads = Pad.objects.filter(meetup__slug=TODAY).order_by("pk")
        seats = Seat.objects.filter(meetup__slug=TODAY).order_by("pk")
        return [(pad.pk, text_of_pad(pad)) for pad in pads], list(seats.values_list("pk", "state", "token"))

    before = kept()
    said: list[str] = []
    demo.bring_up_to_date(now=NOW + timedelta(days=3, hours=9), say=said.append)
    assert kept() == before
    assert said == ["Today's meetup is in San José"]
    assert list(Release.objects.filter(meetup__slug=TODAY).order_by("number").values_list("number", "note")) == [
        (1, "The agenda is here"),
        (2, "Now in San José"),
    ]


def test_pads_are_named_after_the_city_they_are_in():
    names = Pad.objects.filter(meetup__slug=TODAY).values_list("name", flat=True)
    assert {name.split("-ops-")[0] for name in names} == {"NAI"}
    before = {name.removeprefix("NAI") for name in names}
    demo.bring_up_to_date(now=NOW + timedelta(hours=9), say=quiet)
    assert {name.removeprefix("SAN") for name in names.all()} == before


def test_a_visitor_who_moved_it_on_finds_it_so():
    meetups.move_to_stage(meetup(TODAY), who("Ada Lockstep"), "wrap_up", now=NOW)
    demo.bring_up_to_date(now=NOW + timedelta(days=2), say=quiet)
    assert (meetup(TODAY).stage, meetup(TODAY).ends_on) == ("wrap_up", date(2027, 3, 2))


def test_the_desk_has_a_quota_that_bites_an_offer_that_stands_and_a_letter_in_all_states():
    coming = meetup(COMING)
    board = waitlist_board(coming, number="1", now=NOW)
    assert [row.seat.state for row in board.rows[:2]] == ["offered", "waiting"]
    assert any("vendor" in passed.why.lower() for passed in board.next.passed_over)
    states = Counter(Letter.objects.filter(mailing__meetup=coming, is_copy=False).values_list("state", flat=True))
    assert states == {"sent": 16, "failed": 1, "skipped": 1}
    longest = max(Seat.objects.filter(meetup=coming), key=lambda seat: seat.moves.count())
    assert [move.becomes for move in longest.moves.order_by("pk")] == ["waiting", "waiting", "offered", "held"]


def test_the_coming_meetup_stays_ahead():
    demo.bring_up_to_date(now=NOW + timedelta(days=41), say=quiet)
    assert meetup(COMING).starts_on == date(2027, 5, 4)
    demo.bring_up_to_date(now=NOW + timedelta(days=42), say=quiet)
    assert (meetup(COMING).starts_on, meetup(COMING).ends_on) == (date(2027, 6, 15), date(2027, 6, 16))


def test_a_released_agenda_of_the_coming_meetup_gets_its_new_dates():
    coming, ada = meetup(COMING), who("Ada Lockstep")
    agenda.release(coming, by=ada, note="", now=NOW)
    demo.bring_up_to_date(now=NOW + timedelta(days=60), say=quiet)
    assert schedule.released_agenda(meetup(COMING)).starts_on == meetup(COMING).starts_on


def test_what_was_noted_is_followed_up():
    past = Action.objects.exclude(meetup__slug=TODAY)
    assert set(past.values_list("state", flat=True)) == {"open", "done"}
    assert past.filter(standing="confirmed").count() == 2
    assert Action.objects.filter(meetup__slug=TODAY, standing="asked").get().owner.name == "Moss Dockery"
    assert Action.objects.filter(meetup__slug=TODAY, standing="nobody").count() > 20

"""Answers are deleted when their time is over, and the public figures counted from them stay."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from midcycle.accounts.models import Person
from midcycle.feedback import queries as feedback
from midcycle.journal.models import Entry
from midcycle.mailing.models import Letter
from midcycle.meetups import actions as meetups
from midcycle.registration import actions, queries
from midcycle.registration.actions import Answers
from midcycle.registration.models import Capacity, Echo, ImportRun, Needs, Quota, Seat, SeatAnswer, Transfer
from midcycle.registration.rules.asking import KEEP_DAYS
from midcycle.registration.tasks import forget
from midcycle.report import queries as report
from midcycle.site.worker import work_once
from midcycle.topics import actions as topics
from tests.world import NOW, ada, browser_of, idea
from tests.worlds.asking import answering, asked
from tests.worlds.registration import opened, seated

pytestmark = pytest.mark.django_db

SAID = Answers(
    role="operator", sector="government", region="europe", group="new", heard_how="forwarded", on_list=True, first_time=False,
    organisation="Example Cloud", photos=True, diet="vegan: nuts", access="Ramp", more={"nights": "2", "size": "M"},
)  # fmt: skip


def after(days):
    """Return noon in Lisbon so many days after the meetup's last day, 3 March 2027."""
    return datetime(2027, 3, 3, 12, tzinfo=UTC) + timedelta(days=days)


def held(people=1, total=9):
    """Return a meetup with two questions, kept for 3 and 30 days, and people who answered everything."""
    meetup = opened(total)
    asked(meetup, "Nights?", "number", keep_days=3)
    asked(meetup, "Size?", keep_days=30)
    for number in range(people):
        seated(meetup, f"Guest{number}", SAID)
    return meetup


def forget_all(now):
    """Look over everything until nothing is left."""
    for _ in range(50):
        forget(now)


def left():
    """Return what the first seat still says, and what is kept apart from it."""
    seat = Seat.objects.order_by("pk").first()
    needs = Needs.objects.filter(seat=seat).values_list("diet", "access").first()
    answers = sorted(SeatAnswer.objects.filter(seat=seat).values_list("question__key", flat=True))
    return seat.name, seat.role, needs, answers


def test_each_answer_goes_on_its_day_and_not_before():
    held()
    everything = ("Guest0 Example", "operator", ("vegan: nuts", "Ramp"), ["nights", "size"])
    forget_all(after(2))
    assert left() == everything
    forget_all(after(3))
    assert left() == (*everything[:3], ["size"])
    forget_all(after(6))
    assert left()[2] == ("vegan: nuts", "Ramp")
    forget_all(after(7))
    assert left() == ("Guest0 Example", "operator", None, ["size"])
    forget_all(after(30))
    assert left() == ("Guest0 Example", "operator", None, [])
    forget_all(after(400))
    assert left() == ("Someone", "", None, [])


def test_nothing_is_left_in_the_end_but_the_states():
    meetup = held()
    seat = Seat.objects.get()
    actions.allow_transfers(meetup, allowed=True, by=ada(), now=NOW)
    actions.offer_transfer(seat, email="friend@example.org", name="Friend", now=NOW)
    actions.register(meetup, SAID, email="guest0@example.org", name="Mallory", now=NOW)
    actions.set_quota(meetup, "organisation", "*", 5, by=ada(), now=NOW)
    run = ImportRun.objects.create(meetup=meetup, at=NOW, source="csv", rows=[["Bo", "bo@example.org"]])
    Seat.objects.update(imported=run, registered_by=ada())
    forget_all(after(400))
    seat.refresh_from_db()
    blank = {"role": "", "sector": "", "region": "", "group": "", "heard_how": "", "organisation": "", "organisation_key": ""}
    blank |= {"on_list": None, "first_time": None, "photos": None, "registered_by": None, "imported": None, "name": "Someone"}
    assert {key: getattr(seat, key) for key in blank} == blank
    assert seat.state == "held"
    assert not Person.objects.filter(email="guest0@example.org").exists()
    assert str(seat.person) == "Someone"
    assert (Transfer.objects.count(), Needs.objects.count(), SeatAnswer.objects.count()) == (0, 0, 0)
    assert list(Quota.objects.values_list("value", flat=True)) == ["*"]
    run.refresh_from_db()
    assert run.rows == []
    echo = Echo.objects.get().said
    assert (echo["name"], echo["role"], echo["diet"], echo["access"], echo["organisation"], echo["more"]) == (
        "Someone", "", "", "", "", {},
    )  # fmt: skip


def test_what_was_shown_to_who_typed_a_known_address_goes_with_the_rest():
    meetup = held()
    actions.register(meetup, SAID, email="guest0@example.org", name="Mallory", now=NOW)
    forget_all(after(7))
    echo = Echo.objects.get().said
    assert (echo["diet"], echo["access"], echo["more"], echo["name"]) == ("", "", {"size": "M"}, "Mallory")


def test_a_shorter_time_of_the_organisers_counts():
    meetup = held()
    days = {**KEEP_DAYS, "role": 2, "diet": 1}
    actions.set_standard(meetup, [], days, by=ada(), now=NOW)
    forget_all(after(1))
    assert left() == ("Guest0 Example", "operator", ("", "Ramp"), ["nights", "size"])
    forget_all(after(2))
    assert left()[1] == ""
    assert Seat.objects.get().group == ""


def test_a_meetup_called_off_counts_from_when_it_was_archived():
    meetup = held()
    off = datetime(2027, 1, 20, 12, tzinfo=UTC)
    for stage in ("agenda", "on_site", "wrap_up", "archived"):
        meetups.move_to_stage(meetup, ada(), stage, now=off)
    forget_all(off + timedelta(days=6))
    assert left()[2] == ("vegan: nuts", "Ramp")
    forget_all(off + timedelta(days=7))
    assert left()[2] is None


def test_a_meetup_without_a_day_keeps_what_it_has():
    undated = idea("Somewhere")
    meetups.move_to_stage(undated, ada(), "hosting", now=NOW)
    actions.open_registration(undated, total=2, by=ada(), now=NOW)
    seated(undated, "Bo", Answers(role="operator", diet="vegan"))
    forget_all(after(9000))
    assert Needs.objects.get().diet == "vegan"
    page = " ".join(browser_of(ada()).get(reverse("registration:retention", args=[undated.slug])).content.decode().split())
    assert "The meetup has no day yet, so nothing is deleted." in page


def test_an_address_somebody_needs_stays_and_the_seat_lets_go_of_it():
    meetup = held(2)
    guest = Person.objects.get(email="guest0@example.org")
    topics.propose(meetup, guest, title="Upgrades", details="", format="general_session", now=NOW)
    forget_all(after(400))
    assert list(Person.objects.filter(email__startswith="guest").values_list("email", flat=True)) == ["guest0@example.org"]
    assert not Seat.objects.filter(person=guest).exists()


def test_another_seat_keeps_the_address():
    meetup = held()
    other = opened(3, "Autumn meetup")
    meetups.set_place(
        other,
        ada(),
        meetups.Place("europe", "Lisbon", "PT", "", after(390).date(), after(391).date(), "", "Europe/Lisbon"),
        now=NOW,
    )
    actions.take_seat(other, Answers(role="operator"), email="guest0@example.org", name="Guest0", now=NOW)
    forget_all(after(400))
    assert Seat.objects.get(meetup=other).person.email == "guest0@example.org"
    assert Seat.objects.get(meetup=meetup).person.email.endswith("@erased.invalid")


def test_whoever_looks_after_the_instance_stays():
    held()
    Person.objects.filter(email="guest0@example.org").update(is_administrator=True)
    forget_all(after(400))
    assert Person.objects.filter(email="guest0@example.org").exists()


def test_letters_of_the_meetup_go_with_the_addresses():
    meetup = held()
    guest = Person.objects.get(email="guest0@example.org")
    topics.propose(meetup, guest, title="Upgrades", details="", format="general_session", now=NOW)  # so the person stays
    Letter.objects.create(
        key="one", meetup=meetup, person=guest, subject="Guest0", body="Dear Guest0", next_try_at=NOW, written_at=NOW
    )
    forget_all(after(399))
    work_once()
    assert Letter.objects.filter(key="one").exists()
    forget_all(after(400))
    work_once()
    assert not Letter.objects.filter(key="one").exists()


def public(meetup):
    """Return everything of a meetup that is public and counted from answers."""
    published = report.published(meetup)
    return (
        queries.spectrum(meetup),
        queries.spectrum(meetup, came=True),
        published.who,
        published.points,
        feedback.data_points(meetup),
    )


def test_published_figures_stay_as_they_were():
    meetup = opened(40, stage="on_site")
    for number in range(8):
        seat = seated(meetup, f"Guest{number}", SAID)
        actions.check_in(seat, by=ada(), now=NOW)
    for number, role in enumerate(["vendor"] * 2 + ["developer"] * 7):
        seat = seated(
            meetup, f"Rare{number}", Answers(role=role, region="asia", on_list=False, first_time=True, heard_how="web")
        )
        actions.check_in(seat, by=ada(), now=NOW)
    seated(meetup, "Missing", Answers(role="vendor"))
    meetups.move_to_stage(meetup, ada(), "wrap_up", now=NOW)
    before = public(meetup)
    assert [(group.label, group.count) for group in before[2].roles] == [("Operator", 8), ("Others", 9)]
    assert {point.key for point in before[4]} == {"share_not_on_list", "share_first_time"}
    forget_all(after(400))
    assert Seat.objects.filter(role="").count() == 18
    assert public(meetup) == before
    assert queries.spectrum(meetup, folded=False).roles == before[0].roles  # small groups are forgotten with the answers


def test_who_comes_tells_the_same_people_after_the_answers_are_deleted():
    meetup = opened(40, stage="on_site")
    for number in range(8):
        seated(meetup, f"Guest{number}", SAID)
    for number, role in enumerate(["vendor"] * 2 + ["developer"] * 7):
        seated(meetup, f"Rare{number}", Answers(role=role, region="asia"))
    meetups.move_to_stage(meetup, ada(), "wrap_up", now=NOW)
    before = queries.spreads(meetup)[0]
    assert [(group.label, group.held) for group in before.groups] == [
        ("Operator", 8),
        ("Developer", 7),
        ("Vendor, wearing a user's hat", 2),
    ]
    client, page = browser_of(ada()), reverse("registration:spectrum", args=[meetup.slug])
    forget_all(after(400))
    after_it = queries.spreads(meetup)[0]
    assert [(group.label, group.held) for group in after_it.groups] == [("Operator", 8), ("Others", 9)]
    assert sum(group.held for group in after_it.groups) == sum(group.held for group in before.groups) == 17
    shown = " ".join(client.get(page).content.decode().split())
    assert "These answers are deleted, as was promised." in shown
    assert (">Waiting</th>" in shown, "Nobody has answered" in shown) == (False, False)


def test_figures_too_small_to_show_are_not_kept():
    meetup = held(3)
    meetups.move_to_stage(meetup, ada(), "agenda", now=NOW)
    forget_all(after(400))
    figures = Capacity.objects.get().figures
    assert set(figures) == {"role", "sector", "region", "heard_how", "on_list", "first_time"}
    assert all(kept["comes"] == kept["came"] == [] for kept in figures.values())
    assert figures["on_list"]["votes"] == {"held": [0, 0], "checked_in": [0, 0]}


def test_many_go_in_batches_and_again_is_harmless():
    meetup = held(5)
    actions.forget_next(now=after(400), batch=2)
    assert Seat.objects.filter(name="Someone").count() == 2
    assert Person.objects.filter(email__startswith="guest").count() == 4
    while actions.forget_next(now=after(400), batch=2):
        pass
    assert (Seat.objects.exclude(name="Someone").count(), SeatAnswer.objects.count(), Needs.objects.count()) == (0, 0, 0)
    entries = list(Entry.objects.filter(kind="registration.answers_forgotten").order_by("pk"))
    assert {entry.meetup for entry in entries} == {meetup.pk}
    assert sum(entry.facts.get("names", 0) for entry in entries) == 5
    assert sum(entry.facts.get("addresses", 0) for entry in entries) == 5
    assert sum(entry.facts.get("answers", 0) for entry in entries) == 10
    assert all(isinstance(value, int) for entry in entries for value in entry.facts.values())
    Capacity.objects.update(looked_over_at=None)
    forget_all(after(500))
    assert Entry.objects.filter(kind="registration.answers_forgotten").count() == len(entries)


def test_it_looks_once_an_hour_and_at_once_when_the_days_change(django_assert_num_queries):
    meetup = held()
    forget(after(6))
    with django_assert_num_queries(1):  # nobody waits
        forget(after(6))
    forget(after(6) + timedelta(minutes=59))
    days = {**KEEP_DAYS, "diet": 2, "access": 2}
    actions.set_standard(meetup, [], days, by=ada(), now=NOW)
    forget(after(6))
    assert left()[2] is None


def test_the_organiser_sees_what_goes_when():
    meetup = held(2)
    page = {kept.title: kept for kept in queries.keeping_page(meetup).kept}
    assert (page["What they eat"].on_text, page["What they eat"].people) == ("10 March 2027", 2)
    assert (page["Nights?"].on_text, page["Nights?"].people) == ("6 March 2027", 2)
    assert (page["Name"].on_text, page["E-mail"].people, page["Organisation"].people) == ("6 April 2028", 2, 2)
    forget_all(after(400))
    assert {kept.people for kept in queries.keeping_page(meetup).kept} == {0}
    shown = " ".join(browser_of(ada()).get(reverse("registration:retention", args=[meetup.slug])).content.decode().split())
    assert "counted from 3 March 2027." in shown


def test_a_seat_that_was_forgotten_still_has_a_page():
    held()
    seat = Seat.objects.get()
    forget_all(after(400))
    seat.refresh_from_db()
    page = browser_of().get(reverse("registration:status", args=[seat.meetup.slug, seat.token]))
    assert (page.status_code, "Someone" in page.content.decode(), "Guest0" in page.content.decode()) == (200, True, False)
    assert answering().more == {}

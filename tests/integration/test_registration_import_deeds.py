"""What an import does to seats, the line and people, and what undoing it takes back."""

from datetime import UTC, datetime

import pytest

from midcycle.accounts import actions as accounts
from midcycle.accounts.models import Person
from midcycle.engines.tables import KINDS, Sheet, write
from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from midcycle.mailing.models import Letter
from midcycle.meetups import actions as meetups
from midcycle.registration import actions as seats
from midcycle.registration.actions import imports as actions
from midcycle.registration.models import Capacity, ImportRun, Needs, Question, Quota, Seat, SeatAnswer, SeatMove
from midcycle.registration.queries import imports as queries
from midcycle.registration.queries.exports import whole_table
from midcycle.registration.rules.files import Found, found_in
from tests.world import NOW, ada, bo, later, placed
from tests.worlds.imports import as_csv, eventbrite_attendees, people, pretix_json, pretix_orders
from tests.worlds.mailing import follow
from tests.worlds.registration import crowd, figures, opened, seated, states

pytestmark = pytest.mark.django_db


def looked_at(meetup, data):
    found = found_in(data) if isinstance(data, bytes) else Found(Sheet("", data))
    return actions.look_at(meetup, found, file_name="people.csv", by=ada(), now=NOW)


def imported(meetup, data, letters=False):
    run = looked_at(meetup, data)
    actions.take_over(run, letters=letters, by=ada(), now=NOW)
    run.refresh_from_db()
    return run


def counted(run):
    return {key: count for key, count in run.result["counts"].items() if count}


def test_people_get_seats_in_the_order_of_the_file_and_the_rest_waits():
    meetup = opened(3)
    seated(meetup, "Bo")
    run = imported(meetup, people(4))
    assert states(meetup) == {"Bo": "held", "Guest1": "held", "Guest2": "held", "Guest3": "waiting", "Guest4": "waiting"}
    assert (figures(meetup), counted(run)) == ((3, 3, 2), {"new": 4, "waiting": 2})
    assert run.result["waits"] == [[4, "all 3 seats were taken"], [5, "all 3 seats were taken"]]
    assert (run.rows, run.columns, run.mapping) == ([], [], {})


def test_the_same_file_again_changes_nothing():
    meetup = opened(3)
    imported(meetup, people(4))
    before = list(Seat.objects.values())
    run = imported(meetup, people(4))
    assert list(Seat.objects.values()) == before
    assert (counted(run), Person.objects.filter(email__startswith="guest").count()) == ({"known": 4}, 4)


RULES = {
    "first come": {},
    "groups": {"rule": "groups", "groups": ["operators", "first_timers"]},
    "lottery": {"rule": "lottery", "draw_at": later(days=9)},
}
QUOTAS = {
    "no quotas": [],
    "quotas": [("role", "operator", 2), ("organisation", "*", 1), ("first_time", "yes", 2)],
}


def filled(title, rule, quotas):
    """Return a meetup of five seats with a rule and quotas, and somebody at it already."""
    meetup = opened(5, title)
    Capacity.objects.filter(meetup=meetup).update(has_quotas=bool(quotas), **rule)
    for kind, value, most in quotas:
        Quota.objects.create(meetup=meetup, kind=kind, value=value, most=most)
    seated(meetup, "Bo")
    return meetup


def standing(meetup):
    """Return all there is to know of who stands where, and the counters."""
    seat = Seat.objects.filter(meetup=meetup).order_by("arrival")
    rows = seat.values_list("name", "state", "arrival", "rank", "lot", "organisation_key", "moves__becomes", "moves__reason")
    counters = Capacity.objects.filter(meetup=meetup).values_list("held", "waiting", "offered", "checked_in", "arrivals")
    return list(rows), list(counters), sorted(Quota.objects.filter(meetup=meetup).values_list("kind", "value", "held"))


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("quotas", QUOTAS)
def test_many_at_once_stand_where_they_would_have_one_by_one(rule, quotas):
    told = [
        {"role": role, "organisation": organisation, "first_time": first}
        for role in ("operator", "vendor", "")
        for organisation in ("Acme", "ACME, Inc.", "")
        for first in (True, False, None)
    ]
    one_by_one, at_once = (filled(title, RULES[rule], QUOTAS[quotas]) for title in ("One by one", "At once"))
    for number, said in enumerate(told):
        answers = seats.Answers(**said)
        seats.take_seat(one_by_one, answers, email=f"g{number}@example.org", name=f"Guest{number}", now=NOW)
    words = {True: "yes", False: "no", None: ""}
    rows = [
        (f"Guest{number}", f"g{number}@example.org", said["role"], said["organisation"], words[said["first_time"]])
        for number, said in enumerate(told)
    ]
    imported(at_once, as_csv(("Name", "E-mail", "Role", "Organisation", "First time"), rows))
    assert standing(at_once) == standing(one_by_one)
    assert len({state for _, state, *_ in standing(at_once)[0]}) == (1 if rule == "lottery" else 2)


def test_quotas_hold():
    meetup = opened(9)
    Quota.objects.create(meetup=meetup, kind="role", value="vendor", most=1)
    meetup.capacity.has_quotas = True
    meetup.capacity.save(update_fields=["has_quotas"])
    rows = [(f"V{number}", f"v{number}@example.org", "Vendor") for number in (1, 2)] + [("O1", "o1@example.org", "SRE")]
    run = imported(meetup, as_csv(("Name", "E-mail", "Role"), rows))
    assert states(meetup) == {"V1": "held", "V2": "waiting", "O1": "held"}
    assert Quota.objects.get().held == 1
    actions.undo(run, by=ada(), now=NOW)
    assert (Quota.objects.get().held, states(meetup), figures(meetup)) == (0, {}, (0, 0, 0))


@pytest.mark.parametrize("table", [pretix_orders, pretix_json])
def test_pretix_orders_come_with_those_who_paid_first(table):
    meetup = opened(2)
    run = imported(meetup, table())
    assert states(meetup) == {"Paul": "held", "Olive": "held", "Penny": "waiting"}
    assert (run.source, counted(run)["new"], counted(run)["waiting"]) == ("pretix", 3, 1)
    paul = Seat.objects.get(name="Paul Paid")
    assert (paul.organisation, paul.role, paul.region, paul.language) == ("Cloud GmbH", "operator", "europe", "de")


def test_needs_are_kept_apart():
    meetup = opened(9)
    imported(meetup, pretix_orders())
    assert list(Needs.objects.values_list("seat__name", "diet")) == [("Paul Paid", "vegan")]


def test_who_was_checked_in_there_is_checked_in_once_there_is_a_door():
    early = opened(9, "Early")
    imported(early, eventbrite_attendees())
    assert states(early) == {"Ann": "held", "Cher": "held", "Uma": "held"}
    meetup = opened(2, stage="on_site")
    run = imported(meetup, eventbrite_attendees())
    assert states(meetup) == {"Ann": "held", "Cher": "checked_in", "Uma": "waiting"}
    assert (meetup.capacity.checked_in, counted(run)["checked_in"]) == (0, 1)
    actions.undo(run, by=ada(), now=NOW)
    meetup.capacity.refresh_from_db()
    assert (states(meetup), figures(meetup), meetup.capacity.checked_in) == ({}, (0, 0, 0), 0)


def test_an_import_does_not_wait_for_registration_to_open():
    meetup = opened(2)
    seats.close_registration(meetup, by=ada(), now=NOW)
    imported(meetup, people(1))
    assert states(meetup) == {"Guest1": "held"}


def test_when_people_registered_there_is_kept():
    meetup = opened(9)
    rows = [("A", "a@example.org", "2026-12-24 10:00"), ("B", "b@example.org", "2031-01-01"), ("C", "c@example.org", "1/2/27")]
    imported(meetup, as_csv(("Name", "E-mail", "Registered at"), rows))
    moments = list(Seat.objects.order_by("arrival").values_list("registered_at", flat=True))
    assert moments == [datetime(2026, 12, 24, 10, tzinfo=UTC), NOW, NOW]


def test_answers_to_the_organisers_questions_are_kept():
    meetup = opened(9)
    choices = [{"value": "l", "titles": {"en": "Large", "de": "Groß"}}, {"value": "s", "titles": {"en": "Small"}}]
    titles = {"en": "T-shirt", "de": "T-Shirt-Größe"}
    Question.objects.create(meetup=meetup, key="shirt", kind="choice", titles=titles, choices=choices, position=1)
    Question.objects.create(meetup=meetup, key="bus", kind="yes_no", titles={"en": "Will you take the bus?"}, position=2)
    meetup.capacity.has_questions = True
    meetup.capacity.save(update_fields=["has_questions"])
    Question.objects.create(meetup=meetup, key="years", kind="number", titles={"en": "Years"}, position=3)
    Question.objects.create(meetup=meetup, key="from", kind="date", titles={"en": "From"}, position=4)
    head = ("Name", "E-mail", "T-Shirt-Größe", "will you take the bus", "years", "FROM")
    rows = [
        ("A", "a@example.org", "GROSS", "ja", "1,5", "2.3.2027"),
        ("B", "b@example.org", "XXL", "who knows", "many", "1/2/27"),
    ]
    run = looked_at(meetup, as_csv(head, rows))
    notes = [note for person in queries.people_in(run) for note in person.notes]
    odd = {"XXL": "shirt", "who knows": "bus", "many": "years", "1/2/27": "from"}
    assert notes == [f"“{said}” is no answer to “{key}”: left out." for said, key in odd.items()]
    actions.take_over(run, letters=False, by=ada(), now=NOW)
    assert sorted(SeatAnswer.objects.values_list("seat__name", "question__key", "value")) == [
        ("A", "bus", "yes"),
        ("A", "from", "2027-03-02"),
        ("A", "shirt", "l"),
        ("A", "years", "1.5"),
    ]


def test_letters_go_out_only_when_they_are_wanted():
    kinds = []
    for letters, title in ((False, "Quiet"), (True, "Loud")):
        meetup = opened(1, title)
        imported(meetup, people(2), letters=letters)
        seat_kinds = Entry.objects.filter(meetup=meetup.pk, facts__has_key="seat").order_by("pk")
        kinds.append([entry.kind.removeprefix("registration.") for entry in seat_kinds])
    assert kinds == [["seat_imported", "seat_imported"], ["seat_taken", "seat_waiting"]]


def test_trying_it_out_keeps_nothing_but_what_would_come_of_it():
    meetup = opened(1)
    run = looked_at(meetup, people(2))
    known = Person.objects.count()
    actions.try_out(run, by=ada(), now=NOW)
    run.refresh_from_db()
    assert (states(meetup), figures(meetup), Person.objects.count()) == ({}, (0, 0, 0), known)
    assert (run.state, counted(run), run.result["waits"]) == (
        "preview",
        {"new": 2, "waiting": 1},
        [[3, "the one seat was taken"]],
    )
    actions.take_over(run, letters=False, by=ada(), now=NOW)
    assert states(meetup) == {"Guest1": "held", "Guest2": "waiting"}


def test_undoing_gives_the_seats_to_those_who_wait_and_forgets_people():
    meetup = opened(2)
    run = imported(meetup, people(2))
    seated(meetup, "Bo")
    accounts.person_for("guest2@example.org", now=NOW)
    topic_maker = Person.objects.get(email="guest2@example.org")
    meetups.add_organiser(meetup, topic_maker, by=ada(), now=NOW)
    actions.undo(run, by=ada(), now=later(hours=1))
    run.refresh_from_db()
    assert (states(meetup), figures(meetup)) == ({"Bo": "held"}, (1, 1, 0))
    assert list(Person.objects.filter(email__startswith="guest").values_list("email", flat=True)) == ["guest2@example.org"]
    assert (run.state, run.result["undone"]["gone"], run.result["undone"]["erased"]) == ("undone", 2, 1)
    assert run.result["people"] == []


def test_whoever_had_a_letter_is_told_when_an_import_is_undone_and_can_be_imported_again():
    meetup = opened(2)
    Quota.objects.create(meetup=meetup, kind="role", value="vendor", most=1)
    meetup.capacity.has_quotas = True
    meetup.capacity.save(update_fields=["has_quotas"])
    data = as_csv(("Name", "E-mail", "Role"), [("Al", "al@example.org", "SRE"), ("Eve", "eve@example.org", "Vendor")])
    run = imported(meetup, data, letters=True)
    seated(meetup, "Bo")
    follow()
    actions.undo(run, by=ada(), now=later(hours=1))
    follow()
    assert (states(meetup), figures(meetup)) == ({"Al": "cancelled", "Eve": "cancelled", "Bo": "held"}, (1, 1, 0))
    assert Quota.objects.get().held == 0
    letters = Letter.objects.filter(person__email="al@example.org").order_by("pk")
    assert [letter.subject for letter in letters] == [
        "Your seat at Spring meetup",
        "Your place at Spring meetup was given back",
    ]
    assert "they had taken your registration over from a file, and have undone that" in letters.last().body
    assert Person.objects.filter(email="al@example.org").exists()
    again = imported(meetup, data)
    assert (counted(again)["new"], states(meetup)) == (2, {"Al": "held", "Eve": "waiting", "Bo": "held"})
    actions.undo(again, by=ada(), now=later(hours=2))
    assert states(meetup) == {"Bo": "held"}


def test_whoever_came_back_by_themselves_stays_when_the_file_comes_again():
    meetup = opened(3)
    run = imported(meetup, people(1), letters=True)
    actions.undo(run, by=ada(), now=NOW)
    seated(meetup, "Guest1")
    run = imported(meetup, people(1))
    assert (counted(run), states(meetup)) == ({"known": 1}, {"Guest1": "held"})


def test_people_who_were_known_before_stay_known():
    bo()
    meetup = opened(2)
    run = imported(meetup, as_csv(("Name", "E-mail"), [("Bo", "bo@example.org")]))
    actions.undo(run, by=ada(), now=NOW)
    assert (states(meetup), Person.objects.filter(email="bo@example.org").count()) == ({}, 1)


def test_seats_that_have_changed_since_stay():
    meetup = opened(4, stage="on_site")
    run = imported(meetup, people(5))
    first, second, third, _, fifth = Seat.objects.order_by("arrival")
    seats.check_in(first, by=ada(), now=NOW)
    seats.cancel_seat(second, now=NOW)
    Seat.objects.filter(pk=third.pk).update(proven=True)
    fifth.refresh_from_db()
    assert fifth.state == "held"
    actions.undo(run, by=ada(), now=NOW)
    run.refresh_from_db()
    assert states(meetup) == {"Guest1": "checked_in", "Guest2": "cancelled", "Guest3": "held", "Guest5": "held"}
    assert (figures(meetup), run.result["undone"]["stayed"]) == ((3, 3, 0), [first.pk, second.pk, third.pk, fifth.pk])
    assert [seat.name for seat in queries.result(run).stayed][:2] == ["Guest1 Example", "Guest2 Example"]


def test_what_was_taken_over_or_undone_is_not_again():
    meetup = opened(2)
    run = looked_at(meetup, people(1))
    again = ImportRun.objects.get(pk=run.pk)
    actions.take_over(run, letters=False, by=ada(), now=NOW)
    for deed in (
        lambda: actions.take_over(again, letters=False, by=ada(), now=NOW),
        lambda: actions.try_out(again, by=ada(), now=NOW),
        lambda: actions.read_as(again, {}, by=ada(), now=NOW),
        lambda: actions.throw_away(again, by=ada(), now=NOW),
    ):
        with pytest.raises(Refusal, match="taken over, undone or thrown away meanwhile"):
            deed()
    actions.undo(run, by=ada(), now=NOW)
    with pytest.raises(Refusal, match="meanwhile"):
        actions.undo(run, by=ada(), now=NOW)
    assert (states(meetup), SeatMove.objects.count()) == ({}, 0)


def test_somebody_who_gave_their_seat_back_is_not_brought_back():
    meetup = opened(2)
    seat = crowd(meetup, 1)[0]
    seats.cancel_seat(seat, now=NOW)
    run = imported(meetup, people(2))
    assert (states(meetup), counted(run)) == ({"Guest1": "cancelled", "Guest2": "held"}, {"new": 1, "known": 1})


def test_nobody_is_imported_into_a_meetup_that_is_over():
    meetup = opened(2, stage="on_site")
    run = looked_at(meetup, people(1))
    meetups.move_to_stage(meetup, ada(), "wrap_up", now=NOW)
    run.refresh_from_db()
    with pytest.raises(Refusal, match="This meetup is over"):
        actions.take_over(run, letters=False, by=ada(), now=NOW)
    meetups.move_to_stage(meetup, ada(), "archived", now=NOW)
    with pytest.raises(Refusal, match="archived"):
        looked_at(meetup, people(1))


def test_nobody_is_imported_before_there_are_seats_for_them_or_names():
    run = looked_at(opened(2), as_csv(("Shoe", "Hat"), [("42", "big")]))
    with pytest.raises(Refusal, match="which column has the e-mail addresses"):
        actions.take_over(run, letters=False, by=ada(), now=NOW)
    none_said = looked_at(placed("No capacity"), people(1))
    actions.take_over(none_said, letters=False, by=ada(), now=NOW)
    assert set(Seat.objects.values_list("state", flat=True)) == {"waiting"}


def test_a_file_that_was_looked_at_and_left_is_forgotten():
    meetup = opened(2)
    old = looked_at(meetup, people(1))
    done = imported(meetup, people(1))
    kept = looked_at(meetup, people(2))
    assert not ImportRun.objects.filter(pk=old.pk).exists()
    assert actions.forget_previews(later(hours=23)) == 0
    assert actions.forget_previews(later(hours=25)) == 1
    assert list(ImportRun.objects.values_list("pk", "state")) == [(done.pk, "done")]
    assert not ImportRun.objects.filter(pk=kept.pk).exists()


def asking(meetup):
    """Have the organisers ask two questions; return the meetup."""
    choices = [{"value": "l", "titles": {"en": "Large"}}]
    Question.objects.create(meetup=meetup, key="shirt", kind="choice", titles={"en": "Size"}, choices=choices, position=1)
    Question.objects.create(meetup=meetup, key="why", kind="text", titles={"en": "Why do you come?"}, position=2)
    meetup.capacity.has_questions = True
    meetup.capacity.save(update_fields=["has_questions"])
    return meetup


@pytest.mark.parametrize("kind", KINDS)
def test_everything_taken_away_can_be_brought_in_elsewhere(kind):
    meetup, other = asking(opened(9)), asking(opened(9, "Other meetup"))
    said = seats.Answers(
        role="expects_to_operate", sector="Fishing", region="south-america", group="=1+1", heard_how="list", on_list=False,
        first_time=True, organisation="@Acme, Inc.", photos=False, language="zh-tw", diet="vegan: -nuts",
        access="a ramp\n+ quiet", more={"shirt": "l", "why": "=SUM(A1)\n\ttwo lines; |x"},
    )  # fmt: skip
    seats.take_seat(meetup, said, email="bo@example.org", name="'=Bo O'Neil-Ångström 博", now=NOW)
    seats.take_seat(meetup, seats.Answers(), email="al@example.org", name="Al", now=NOW)
    run = imported(other, write(kind, whole_table(meetup)))
    assert (run.source, counted(run), queries.result(run).outcome.wrong.shown) == ("midcycle", {"new": 2}, ())
    columns = (
        "name", "organisation", "organisation_key", "role", "sector", "region", "group", "heard_how", "on_list", "first_time",
        "photos", "language", "person__email", "state", "needs__diet", "needs__access",
    )  # fmt: skip
    seats_of = {
        each.pk: list(Seat.objects.filter(meetup=each).order_by("arrival").values(*columns)) for each in (meetup, other)
    }
    assert seats_of[other.pk] == seats_of[meetup.pk]
    answers = SeatAnswer.objects.filter(seat__meetup=other).values_list("question__key", "value")
    assert dict(answers) == dict(said.more)


def test_whatever_a_file_says_fits_into_the_database():
    meetup = opened(9)
    head = ("Name", "E-mail", "Language", "Organisation", "Role", "Sector", "Region", "Heard how", "Diet", "Access", "Status")
    long = "de-informal " * 60
    imported(meetup, as_csv(head, [("Bo", "bo@example.org", "de-informal", *[long] * 7, "paid")]))
    assert list(Seat.objects.values_list("name", "language")) == [("Bo", "de")]

"""Feedback, sources, series and whatever else: each fact has a line of its own, and odd files end in a sentence."""

import json

import pytest

from midcycle.cli.main import main
from midcycle.feedback.models import HandCount
from midcycle.meetups.models import Meetup, Series
from midcycle.report.models import Source, ToldFact
from midcycle.site.replay.reading import facts_in
from midcycle.site.replay.run import replay
from tests.worlds.replay import line, replayed, wrong

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def hands():
    return {count.asked: (count.yes, count.no) for count in HandCount.objects.order_by("pk")}


def test_every_question_is_counted_apart():
    outcome = replayed("""
        id: x
        attendance: 10
        feedback_data_points:
          - {question: "How satisfied were you with the food?", answer_yes: 8, answer_no: 2}
          - {question: "How satisfied were you with the venue?", yes: 3, no: 7}
          - {question: "On the mailing list?", answer_no_share: 0.3}
          - {question: "Was the participant list useful?", answer_yes_share: 90%}
          - {question: "First time?", answer_yes_share: 40}
        """)
    assert wrong(outcome) == []
    assert list(hands().values()) == [(8, 2), (3, 7), (7, 3), (9, 1), (4, 6)]
    assert line(outcome, "feedback_data_points.4.answer_yes_share") == ("90%", 0.9, True, "lived")


def test_hands_nobody_raised_are_said():
    told = "[{question: 'A?', yes: 0, no: 0}, {question: 'B?', answer_yes_share: true}]"
    outcome = replayed(f"{{id: x, feedback_data_points: {told}}}")
    assert wrong(outcome) == ["feedback_data_points.1.yes", "feedback_data_points.1.no"]
    assert line(outcome, "feedback_data_points.2.answer_yes_share")[3] == "kept"


def test_sources_in_a_list_are_kept():
    outcome = replayed("{id: x, sources: [https://a.example/1, https://a.example/2]}")
    assert wrong(outcome) == []
    assert list(Source.objects.order_by("key").values_list("where", flat=True)) == [
        "https://a.example/1",
        "https://a.example/2",
    ]


def test_a_series_needs_no_schema_and_loses_nothing():
    editions = """
    id: hepix
    name: HEPiX workshops
    founded: 1991
    editions:
      - {id: one, start: 2018-05-14, city: Madison, country: United States, attendance: 6, source: [A, UNKNOWN]}
      - {id: two, size: {announced_ticket_limit: 9}, attendance: 7, city: Lund, location: {country: SE}}
      - just a name
    rotation_rule: Spring in Europe
    sources: {A: https://a.example, B: https://b.example}
    """
    outcomes = replay(facts_in(editions))
    assert [outcome.slug for outcome in outcomes] == ["one", "two", "just-a-name", "hepix"]
    assert [wrong(outcome) for outcome in outcomes] == [[], [], [], []]
    assert Series.objects.get().title == "HEPiX workshops"
    assert list(Meetup.objects.order_by("pk").values_list("city", "country")) == [("Madison", "US"), ("Lund", "SE"), ("", "")]
    assert dict(ToldFact.objects.exclude(path="id").values_list("path", "value")) == {
        "source": ["UNKNOWN"],
        "series.founded": 1991,
        "series.sources.B": "https://b.example",
    }


def test_a_series_without_editions_says_what_it_could_not_keep():
    (outcome,) = replay(facts_in("{schema: midcycle-series-facts/1, id: none, founded: 1999}"))
    assert wrong(outcome) == ["founded"]


def test_dates_and_places_in_other_words():
    outcome = replayed("{id: x, dates: 2016-02-15, location: 'Manchester, United Kingdom', name: 2016, region: null}")
    assert wrong(outcome) == []
    assert line(outcome, "location.country") == ("United Kingdom", "GB", True, "lived")
    assert wrong(replayed("{id: y, dates: {start: March 2014}}")) == []
    assert Meetup.objects.get(slug="y").about_when == "March 2014"
    assert wrong(replayed("{id: z, dates: {start: 2014-03-05, end: 2014-03-04}}")) == ["dates.end"]


def test_facts_of_the_same_path_are_both_kept():
    long = "k" * 210
    outcome = replayed(
        f"{{id: x, sessions: [{{id: s, room_no: 1}}, {{id: s, room_no: 2}}], {long}a: 1, {long}b: 2, 'a  b': 1}}"
    )
    assert wrong(outcome) == []
    assert sorted(ToldFact.objects.exclude(path="id").values_list("value", flat=True)) == [1, 1, 1, 2, 2]


@pytest.mark.parametrize(
    "text",
    [
        "{id: x, budget: {gap: .nan}}",
        "{id: x, dates: {start: 0001-01-01}}",
        "{id: x, slots: [{start: 10:00, end: 9:00}, 7, [a], {}], rooms: {a: 1}, sessions: 5, topics: true}",
        '{id: x, name: "a \\0 b", location: {city: "\\0"}, sessions: [{title: "a\\0b", room: "\\0"}]}',
        "{id: x, size: [1], dates: [a, b, c], location: {venue: {name: {a: b}}}, attendance: {a: {b: {c: 1}}}}",
        "{id: x, sessions: [{title: A, start: 9:00, room: {floor: 2}, slot: {x: 1}}, {title: B, start: 23:59, end: 24:00}]}",
        "{id: x, rooms: [{name: ' '}], topics: [{title: ' '}], feedback_data_points: [1, [2]], sources: 3}",
    ],
)
def test_odd_files_make_a_whole_meetup(text):
    outcome = replayed(text)
    assert Meetup.objects.get().stage == "archived"
    assert not any(note.startswith("nothing of it") for note in outcome.notes)


def test_a_refused_file_is_a_document_as_well(tmp_path, capsys):
    path = tmp_path / "facts.yaml"
    path.write_text("x: &x {y: *x}")
    assert main(["replay", str(path), "--json", "--data", str(tmp_path)]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["same"], told["meetups"]) == (False, [])
    assert told["refused"].endswith("cannot be replayed: it holds a part that contains itself")

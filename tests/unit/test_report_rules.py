"""The first text of a report says what the facts say, and no word of theirs becomes markup."""

import re
from fractions import Fraction
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.feedback.rules import DataPoint
from midcycle.kernel.folding import Group
from midcycle.meetups.rules import STAGES
from midcycle.report.rules import (
    SECTIONS,
    Facts,
    Path,
    Remarks,
    Sum,
    Summary,
    Thanked,
    Told,
    Value,
    can_be_kept,
    changes,
    drafts,
    escaped,
    fault_in_references,
    figures,
    in_html,
    in_markdown,
    marked,
    may_write,
    plain,
    printed,
    summary_of,
    told_in_words,
    value_in_words,
    values,
    worth_reading,
)
from midcycle.web.markdown import to_html

MANCHESTER = Facts(
    title="European Operators Mid-Cycle",
    when="15 February 2016",
    where="Manchester, GB",
    venue="The Landing",
    path=Path(guess=(20, 30), interested=48, announced=100, seats=120, asked=200, seated=125, waiting=75, came=120),
    roles=(Group("Operator", 90), Group("others", 30)),
    regions=(Group("Europe", 100), Group("Asia", 12), Group("North America", 8)),
    points=(
        DataPoint("a", "", Fraction(3, 10), 36, 120, "hands", "were not on the community's list"),
        DataPoint("b", "", Fraction(9, 10), 9, 10, "survey", "would come again"),
        DataPoint("c", "", Fraction(1, 12), 10, 120, "count", "answered the survey"),
    ),
    counts={"sessions": 23, "days": 2, "rooms": 1, "pads": 20, "moderators": 14, "actions": 3, "actions_done": 1},
    topics=("Upgrades", "Containers"),
    summaries=(Summary("HPC", "Nobody shares *nodes*."), Summary("Silent", "")),
    remarks=(Remarks("Asked for", ("more free time",)),),
    money=(Sum("EUR", "EUR 10", "EUR 9", "EUR 1"),),
    thanked=(Thanked("DataCentred", is_host=True), Thanked("Canonical")),
)


def draft_text(facts):
    """The whole first text, with its figures filled in."""
    known = values(facts.path, facts.counts, facts.points, facts.money)
    return "\n\n".join(in_markdown(text, known) for text in drafts(facts).values() if text)


FULL = (
    "European Operators Mid-Cycle took place on 15 February 2016 at The Landing in Manchester, GB. 120 people came.\n"
    "\n"
    "## How it came about\n"
    "\n"
    "At first 20 to 30 people were expected. 48 people said they would come. 200 people asked for one of the 100 seats "
    "announced, which became 120. 75 of them were still waiting at the end. Of the 125 who had a seat, 120 came.\n"
    "\n"
    "## Who came\n"
    "\n"
    "The largest groups were Operator (90) by what they do and Europe (100) by where they came from.\n"
    "\n"
    "## What we talked about\n"
    "\n"
    "23 sessions over 2 days in 1 room. 14 people moderated. Their notes are linked below. The topics most people wanted "
    "were Upgrades and Containers.\n"
    "\n"
    "### HPC\n"
    "\n"
    "Nobody shares *nodes*.\n"
    "\n"
    "## What we learned\n"
    "\n"
    "Of those who were asked, 30 % were not on the community's list and 90 % would come again.\n"
    "\n"
    "## What was said\n"
    "\n"
    "### Asked for\n"
    "\n"
    "- more free time\n"
    "\n"
    "## What we took on\n"
    "\n"
    "3 actions stand in the notes. 1 is done.\n"
    "\n"
    "## What it cost\n"
    "\n"
    "In EUR: EUR 10 came in or was invoiced, EUR 9 was paid, and EUR 1 is left.\n"
    "\n"
    "## Thanks\n"
    "\n"
    "With thanks to those who made it possible:\n"
    "\n"
    "- DataCentred, who hosted us\n"
    "- Canonical"
)


def test_a_full_text():
    assert draft_text(MANCHESTER).replace("\N{NO-BREAK SPACE}", " ") == FULL


def test_what_nobody_knows_is_left_out():
    assert draft_text(Facts("A meetup")) == "A meetup took place."
    assert draft_text(Facts("A meetup", about="spring 2014", path=Path(came=1))) == (
        "A meetup took place (spring 2014). One person came."
    )


def test_sessions_without_times_and_rooms():
    assert draft_text(Facts("A meetup", counts={"sessions": 1})).endswith("## What we talked about\n\nSessions we know of: 1.")


def test_words_of_people_are_no_markup_in_the_draft():
    facts = Facts("# A *meetup*", venue="<b>The_Dock_</b>", roles=(Group("[x](http://y)", 5),))
    html = to_html(draft_text(facts))
    assert re.findall("<[^/p2h]|<h1", html.replace("<h2>Who came</h2>", "")) == []
    assert "# A *meetup* took place at &lt;b&gt;The_Dock_&lt;/b&gt;." in html


def test_sentences_about_one_guess_and_an_unchanged_capacity():
    text = draft_text(Facts("A meetup", path=Path(guess=(30, 30), announced=40, seats=40, asked=1, seated=1, came=1)))
    assert text.split("\n\n")[2] == "At first 30 people were expected. One person asked for one of the 40 seats announced."


def test_one_is_told_as_one():
    path = Path(guess=(1, 1), interested=1, announced=1, seats=2, asked=3, seated=2, waiting=1, came=1)
    assert draft_text(Facts("A meetup", path=path)).split("\n\n")[2] == (
        "At first one person was expected. One person said they would come. 3 people asked for the one seat announced, "
        "which became 2. 1 of them was still waiting at the end. Of the 2 who had a seat, 1 came."
    )
    told = " ".join(figure.origin for figure in figures(path))
    for sentence in ("At first one person was expected.", "1 was announced at first.", "1 was still waiting for a seat"):
        assert sentence in told


@given(st.text())
def test_text_of_people_reads_as_itself_in_markdown(text):
    told = re.sub(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]", "", text)
    for markdown, before, after in ((escaped(told), "<p>", "</p>"), (f"- {escaped(told)}", "<ul> <li>", "</li> </ul>")):
        html = " ".join(to_html(markdown).split())
        expected = " ".join(told.split())
        assert unescape(html) == (f"{before}{expected}{after}" if expected else html)


@pytest.mark.parametrize(
    "text", ["# x", "1. x", "2) x", "- x", "+ x", "> x", "[a](http://b)", "![a](b)", "<b>x</b>", "&lt;", "`x`", "a|b"]
)
def test_marks_of_markdown_stay_marks(text):
    assert unescape(to_html(escaped(text)).strip()) == f"<p>{text}</p>"


def test_every_number_says_where_it_comes_from():
    assert [(figure.key, figure.value, figure.origin) for figure in figures(MANCHESTER.path)] == [
        ("came", 120, "Checked in at the door, one by one."),
        ("seated", 125, "Registrations that got a seat and did not give it back."),
        ("seats", 120, "What the organisers set as the capacity. 100 were announced at first."),
        ("asked", 200, "All registrations, with those later cancelled. 75 were still waiting for a seat at the end."),
        ("interested", 48, "Answers to the call for interest. At first 20 to 30 people were expected."),
    ]


def test_numbers_nobody_took_are_not_shown():
    assert figures(Path()) == ()
    assert [figure.key for figure in figures(Path(seated=5, asked=6, came=5, seats=5, announced=5))] == [
        "came",
        "seats",
        "asked",
    ]


def test_told_facts_in_words():
    told = [
        ("size.estimated_demand", 200),
        ("release_cycle", "Mitaka"),
        ("size.sold_out", True),
        ("photos", {"photographer": "m3", "with-report": False, "year": None}),
        ("announced_formats", ["round table", ["a", 1.5]]),
    ]
    assert told_in_words(told) == (
        Told("Size", (("estimated demand", "200"), ("sold out", "yes"))),
        Told("Release cycle", (("", "Mitaka"),)),
        Told("Photos", (("", "photographer: m3; with report: no; year: not known"),)),
        Told("Announced formats", (("", "round table, a, 1.5"),)),
    )


def test_told_facts_that_say_nothing_to_a_reader_are_left_out():
    told = {
        "size.estimated_demand": 200,
        "call.posted.1.value": "2015-09",
        "call.posted.1.source": "FREE",
        "call.posted.2.source": "SEED",
        "sessions.s1.day": 1,
        "photos.photographer": "m3",
        "note": "s1 was full",
    }
    assert list(worth_reading(told, said=("size.estimated_demand",))) == [
        ("call.posted", "2015-09 (FREE)"),
        ("call.posted.2.source", "SEED"),
        ("note", "s1 was full"),
    ]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda held: st.lists(held, max_size=3) | st.dictionaries(st.text(max_size=9), held, max_size=3),
    max_leaves=8,
)


@given(st.lists(st.tuples(st.text(max_size=20), JSON), max_size=5))
def test_any_told_fact_has_words(told):
    assert sum(len(group.facts) for group in told_in_words(told)) == len(told)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ({"a": [1, 2.5, None, True, "é🦉"]}, True),
        ("\x00", False),
        ({"a\x00": 1}, False),
        ("\ud800", False),
        (float("nan"), False),
        (float("inf"), False),
        ({1, 2}, False),
        (object(), False),
    ],
)
def test_only_values_every_database_keeps_are_kept(value, kept):
    assert can_be_kept(value) == kept


@given(JSON)
def test_a_value_in_words_is_text(value):
    assert isinstance(value_in_words(value), str)


def test_a_report_is_published_once_there_is_something_to_report():
    assert [stage for stage in STAGES if may_write(stage)] == ["on_site", "wrap_up", "archived"]


def test_every_section_has_a_draft():
    assert tuple(drafts(MANCHESTER)) == tuple(SECTIONS)


KNOWN = {"people": Value("120", "came"), "share": Value("30 % <x>", "share")}


def test_a_figure_leads_to_where_it_comes_from():
    html = in_html(to_html(marked("**{{ people }}** came, {{share}}")), KNOWN)
    assert html == ('<p><strong><a href="#from-came">120</a></strong> came, <a href="#from-share">30 % &lt;x&gt;</a></p>\n')


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("[all {{ people }}](https://a.example/)", "all 120</a>"),
        ("`{{ people }}`", '<code><a href="#from-came">120</a></code>'),
        ("{{ gone }}", "(not counted)"),
        ("{{ people.real }}", "{{ people.real }}"),
        ("{{ people|safe }}", "{{ people|safe }}"),
        ("{{{{ people }}}}", '{{<a href="#from-came">120</a>}}'),
        ("\\{{ people }}", "{{ people }}"),
    ],
)
def test_only_a_known_name_becomes_a_figure(typed, shown):
    assert shown in in_html(to_html(marked(typed)), KNOWN)


def test_names_nobody_knows_are_told():
    assert fault_in_references("{{ people }} and { x }", KNOWN) is None
    assert fault_in_references("{{ peple }}", KNOWN) == (
        "No figure is called {{ peple }}. Choose from the list of figures beside the text, or take the braces away."
    )


@given(st.text())
def test_words_of_people_never_take_up_a_figure(text):
    typed = f"{text} {{{{ people }}}}"
    assert ">120<" not in in_html(to_html(marked(escaped(typed))), KNOWN)


@given(st.text(), st.text())
def test_changes_hold_both_texts(before, after):
    found = changes(before, after)
    assert "".join(part.text for part in found if part.state != "added") == before
    assert "".join(part.text for part in found if part.state != "gone") == after


def test_a_summary_is_what_the_publisher_called_so_or_the_first_prose():
    pad = "# HPC\n\nDay 1, 09:00, Foundry\n\nModerated by Bo.\n\n## Notes\n\n- a\n\nWe share nodes.\nAll of us."
    assert summary_of(pad) == "We share nodes. All of us."
    assert summary_of(f"{pad}\n\n## Summary:\nIn short: yes.") == "In short: yes."
    assert summary_of("") == ""
    assert summary_of("Word. " * 200) == ("Word. " * 83).strip()


@given(st.text())
def test_anything_can_be_printed(text):
    levels = [part.level for part in printed(text) if getattr(part, "kind", "") == "heading"]
    assert all(2 <= level <= 4 for level in levels)
    assert all(after <= before + 1 for before, after in zip([1, *levels], levels, strict=False))
    assert isinstance(plain(text), str)


def test_a_text_without_its_marks():
    text = "## Who\n\n**120** of [us](https://a.example/)\n\n- one\n- two\n\n1. first\n\n> said"
    assert plain(text) == "WHO\n\n120 of us <https://a.example/>\n\n- one\n- two\n1. first\n\nsaid"

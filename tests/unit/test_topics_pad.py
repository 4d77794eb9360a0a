"""Planning pads as people write them: what is read, and what is written back."""

import string
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midcycle.topics.rules import FORMATS, WISHES
from midcycle.topics.rules.pad import LONGEST_PAD, MOST_TOPICS, PadTopic, pad_text, read_pad
from midcycle.topics.rules.padded import NowTopic, write_pad
from midcycle.topics.rules.voices import voices_in, without_voices

PAD = """Manchester planning
===================
Please add your topics below. +1 what you want.

# Networking
* Neutron DVR in production +1 Bo, Cy +1 Dee
\t* +1 Eve van der Berg
\t* what about L3 HA?
\t\t* see https://x.example/
\t* Moderator: Dee Smith
* ~~Old stuff~~
  +1 Bo
* Upgrades ~~(old)~~ without downtime
    * +1 +1 +1
    * Cy: +1
    * ~~Bo +1~~
    * +1 would love to hear more about this
    * Format: Working group
    * Minutes: 90 min

Operations:
1. Logging (+1: Ann; Bob)
2. Ceph (+3)
Burning issues +1 jlk
 + 1 Zed

Lonely line
Another topic
+1 Bo
"""


def plain(topic: PadTopic) -> tuple[object, ...]:
    """Return what a topic says, without where it stands."""
    return (
        topic.title,
        topic.details,
        topic.format,
        topic.minutes,
        topic.tags,
        topic.voices,
        topic.unnamed + topic.counted,
        topic.leads,
    )


def now_of(text: str) -> list[NowTopic]:
    """Return the topics of a pad as they are right after it was read in."""
    kept = (topic for topic in read_pad(text).topics if not topic.is_struck)
    return [NowTopic(topic, topic.title) for topic in {topic.title.casefold(): topic for topic in kept}.values()]


def test_a_pad_is_read_as_people_mean_it():
    reading = read_pad(PAD)
    assert [plain(topic) for topic in reading.topics if not topic.is_struck] == [
        ("Neutron DVR in production", "- what about L3 HA?\n    - see https://x.example/", "", None, ("networking",),
         ("Bo", "Cy", "Dee", "Eve van der Berg"), 0, ("Dee Smith",)),
        ("Upgrades without downtime", "- would love to hear more about this", "working_group", 90, ("networking",),
         ("Cy",), 4, ()),
        ("Logging", "", "", None, ("operations",), ("Ann", "Bob"), 0, ()),
        ("Ceph", "", "", None, ("operations",), (), 3, ()),
        ("Burning issues", "", "", None, ("operations",), ("jlk", "Zed"), 0, ()),
        ("Another topic", "", "", None, ("operations",), ("Bo",), 0, ()),
    ]  # fmt: skip
    assert [topic.title for topic in reading.topics if topic.is_struck] == ["Old stuff"]
    why = "it is no bullet and has no +1"
    assert reading.remarks == ((3, "Please add your topics below. +1 what you want.", why), (27, "Lonely line", why))


@pytest.mark.parametrize(
    ("line", "people", "unnamed", "words"),
    [
        ("+1 Bo", ("Bo",), 0, ""),
        ("+1: Bo, Cy & Dee and Eve", ("Bo", "Cy", "Dee", "Eve"), 0, ""),
        ("+1 Bo +1 bo", ("Bo",), 0, ""),
        ("+1+1", (), 2, ""),
        ("++1 @jlk", ("jlk",), 0, ""),
        ("+3 Bo", ("Bo",), 2, ""),
        ("+1 this bites us every week", (), 1, "this bites us every week"),
        ("+1 Łukasz Žižek, 李小龙, محمد", ("Łukasz Žižek", "李小龙", "محمد"), 0, ""),
        ("C++11 and Python 3+1j", (), 0, "C++11 and Python 3+1j"),
        ("Latency +10% after upgrade", (), 0, "Latency +10% after upgrade"),
        ("UTC+1 is hard", (), 0, "UTC+1 is hard"),
        ("+1 \u00d77", (), 7, ""),
        ("+1 \u00d77 +1 Bo +2", ("Bo",), 9, ""),
        ("+1 \u00d77b", ("\u00d77b",), 0, ""),
    ],
)  # fmt: skip
def test_voices_of_a_line(line, people, unnamed, words):
    said = voices_in(line, is_title=True)
    assert (said.people, said.unnamed + said.counted, without_voices(line)) == (people, unnamed, words)


def test_struck_through_letters_count_as_struck_out():
    struck = "".join(f"{letter}\u0336" for letter in "Gone")
    assert [(topic.title, topic.is_struck) for topic in read_pad(f"* {struck}\n* <s>Off</s>\n* Here").topics] == [
        ("Gone", True), ("Off", True), ("Here", False)
    ]  # fmt: skip


def test_what_is_too_long_is_cut_and_told():
    reading = read_pad(f"* {'x' * 200}\n" + "* y\n" * MOST_TOPICS)
    assert (len(reading.topics), len(reading.topics[0].title), reading.topics[0].details) == (MOST_TOPICS, 160, "x" * 200)
    assert len(reading.remarks) == 2


def test_a_pad_nothing_happened_to_is_written_as_it_was():
    assert write_pad(PAD, now_of(PAD)) == PAD


def test_only_what_changed_is_written_anew():
    topics = {now.was: now for now in now_of(PAD)}
    logging, ceph, burning = (topics[title].said for title in ("Logging", "Ceph", "Burning issues"))
    topics["Logging"] = NowTopic(
        PadTopic("Logging", voices=(*logging.voices, "Zoe"), leads=("Ann",), tags=logging.tags), "Logging"
    )
    topics["Ceph"] = NowTopic(PadTopic("Ceph at scale", unnamed=ceph.unnamed, tags=ceph.tags), "Ceph")
    topics["Burning issues"] = NowTopic(burning, "Burning issues", is_gone=True)
    fresh = NowTopic(PadTopic("Backups", "Do *you* test them?", "working_group", 40, ("storage",), ("Bo",)))
    written = write_pad(PAD, [*topics.values(), fresh])
    changed = PAD.replace(
        "1. Logging (+1: Ann; Bob)\n", "1. Logging (+1: Ann; Bob)\n    * +1 Zoe\n    * Moderator: Ann\n"
    ).replace("+1 Zoe", "+1 \u00d71").replace("2. Ceph (+3)\n", "2. Ceph at scale\n    * +3\n    * Tags: operations\n").replace(
        "Burning issues +1 jlk", "~~Burning issues +1 jlk~~"
    )  # fmt: skip
    end = "\nNew topics:\n\n* Backups\n    * +1 \u00d71\n    * Format: Working group\n    * Minutes: 40\n    * Tags: storage\n"
    assert written == f"{changed}{end}    Do *you* test them?\n"
    again = {topic.title: topic for topic in read_pad(written).topics if not topic.is_struck}
    assert (again["Backups"].voices, again["Backups"].counted, again["Backups"].minutes) == ((), 1, 40)
    assert again["Logging"].leads == ("Ann",)


NAMES = st.sampled_from(["Bo", "Cy Young", "Dee van Damme", "Łukasz", "李小龙", "jlk"])
TITLES = (
    st.text(alphabet=string.ascii_letters + " äß", min_size=1, max_size=30)
    .map(lambda typed: " ".join(typed.split()))
    .filter(bool)
)
SAID = st.builds(
    PadTopic,
    title=TITLES,
    format=st.sampled_from([wish for wish in WISHES if wish != "general_session"]),
    minutes=st.none() | st.integers(5, 240),
    tags=st.lists(st.sampled_from(["storage", "net-working", "v2"]), max_size=2, unique=True).map(tuple),
    voices=st.lists(NAMES, max_size=4, unique=True).map(tuple),
    unnamed=st.integers(0, 30),
    leads=st.lists(NAMES, max_size=2, unique=True).map(tuple),
)


@given(st.lists(SAID, max_size=6, unique_by=lambda said: said.title.casefold()))
def test_what_is_written_is_read_again(topics):
    text = write_pad("", [NowTopic(said) for said in topics])
    told = [replace(said, voices=(), counted=len(said.voices)) for said in topics]
    assert [plain(topic) for topic in read_pad(text).topics] == [plain(said) for said in told]
    assert write_pad(text, now_of(text)) == text if topics else text == "\n"


def test_only_names_that_stood_in_the_pad_are_told():
    text = "* A +1 Bo, Cy\n"
    now = NowTopic(PadTopic("A", voices=("Bo", "Dee", "bo", "Eve", "Cy")), "A")
    assert write_pad(text, [now]) == "* A +1 Bo, Cy\n    * +1 \u00d73\n"
    gone = NowTopic(PadTopic("A", voices=("Dee", "Bo")), "A")
    assert write_pad(text, [gone]) == "* A\n    * +1 Bo\n    * +1 \u00d71\n"
    assert write_pad("", [replace(now, was="")]) == "* A\n    * +1 \u00d75\n"


def test_a_figure_grows_with_the_voices_and_is_no_voice_more_elsewhere():
    text = "* A\n    * +1 \u00d72\n"
    same, more = (NowTopic(PadTopic("A", voices=tuple(names)), "A") for names in ("xy", "xyz"))
    elsewhere = NowTopic(PadTopic("A", unnamed=2), "A")
    assert write_pad(text, [same]) == write_pad(text, [elsewhere]) == text
    assert write_pad(text, [more]) == text + "    * +1 \u00d71\n"


@given(st.text(alphabet="*-+1 \t\n#=~:.,()<s>/Boü\u0336\x00", max_size=300) | st.text(max_size=200))
def test_any_text_is_understood_as_something(text):
    kept = pad_text(text)
    reading = read_pad(kept)
    assert all(topic.title and len(topic.title) <= 160 and topic.format in {"", *FORMATS} for topic in reading.topics)
    assert [topic.first for topic in reading.topics] == sorted({topic.first for topic in reading.topics})
    assert write_pad(kept, now_of(kept)).rstrip("\n") == kept.rstrip("\n")


@pytest.mark.parametrize(
    "piece", ["+1 ", "(", "~~", "* ", "* x\n", "a\u0336", "\t", "<s>", "+1", "#", "+1 Bo and ", "=x= ", "\n:\n"]
)
def test_hostile_pads_take_time_in_proportion(piece):
    began = time.process_time()
    read_pad(pad_text(piece * (LONGEST_PAD // len(piece))))
    assert time.process_time() - began < 5

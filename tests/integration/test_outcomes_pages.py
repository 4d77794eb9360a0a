"""The pages of outcomes, for everybody, for owners and for the team; and what a stranger may not."""

import json
import re
from datetime import date

import pytest

from midcycle.kernel.languages import INTERFACE
from midcycle.meetups import actions as meetups
from midcycle.outcomes import actions
from midcycle.outcomes.access import key_of
from midcycle.outcomes.models import Action, Carried, Silence, Tag, Trace
from midcycle.outcomes.rules.days import without_day
from midcycle.pads.rules.findings import actions_in
from midcycle.topics.models import Topic
from tests.world import NOW, ada, bo, browser_of, cy
from tests.worlds.outcomes import coming, meetup_with_notes, noted, one, retyped
from tests.worlds.registration import opened

pytestmark = pytest.mark.django_db
PAGE = "/m/spring-meetup/outcomes/"
DESK = "/m/spring-meetup/desk/outcomes/"
TEXT = "- [ ] Bo: write the guide, by 2027-03-31 ##guide\n- [x] Cy: book the room\n"


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def asked():
    """Return Bo, who is asked about the guide."""
    meetup, _ = meetup_with_notes(TEXT)
    (person,) = coming(meetup, "Bo")
    actions.ask(one("write the guide ##guide"), person.pk, by=ada(), now=NOW)
    return meetup, person


def test_everybody_sees_what_is_to_be_done_and_nobody_a_name_that_was_only_typed():
    meetup, person = asked()
    page = text_of(browser_of().get(PAGE))
    assert "write the guide ##guide" in page
    assert "Nobody confirmed it" in page
    assert "##guide" in page
    assert not re.search(r"\b(Bo|Cy)\b", page)
    actions.answer(one("write the guide ##guide"), person, actions.Answer("yes", is_named=True), now=NOW)
    page = text_of(browser_of().get(PAGE))
    assert "Bo Example" in page
    assert "book the room" not in text_of(browser_of().get(f"{PAGE}?show=open"))
    assert "book the room" in text_of(browser_of().get(f"{PAGE}?show=nonsense"))
    assert browser_of().get(meetup.path + "pads/").status_code == 200


def test_the_page_of_a_meetup_without_pads_says_how_things_come_here():
    opened(2)
    assert "Nothing yet" in text_of(browser_of().get(PAGE))
    assert "Nothing yet" in text_of(browser_of(ada()).get(DESK))
    assert "No tags yet" in text_of(browser_of(ada()).get(f"{DESK}tags/"))
    assert "Nothing waits for you" in text_of(browser_of(bo()).get(f"{PAGE}mine/"))
    assert browser_of().get("/m/nowhere/outcomes/").status_code == 404


@pytest.mark.parametrize("amount", [1, 12])
def test_lists_take_as_many_queries_for_one_as_for_many(amount, django_assert_num_queries):
    meetup, _ = meetup_with_notes(TEXT)
    people = coming(meetup, *(f"Guest{number}" for number in range(amount)))
    for number, person in enumerate(people):
        noted(meetup, f"- [ ] Guest{number}: thing {number} ##tag{number}\n- [ ] more {number}", name=f"n{number}")
        actions.take(one(f"thing {number} ##tag{number}"), person, is_named=True, now=NOW)
        actions.note_trace(one(f"more {number}"), text="Fixed.", url="", by=ada(), now=NOW)
        actions.note_trace(Tag.objects.get(word=f"tag{number}"), text="Fixed.", url="", by=ada(), now=NOW)
    with django_assert_num_queries(8):
        browser_of().get(PAGE)
    team, reader = browser_of(ada()), browser_of(people[0])
    with django_assert_num_queries(11):
        team.get(DESK)
    with django_assert_num_queries(8):
        team.get(f"{DESK}tags/")
    with django_assert_num_queries(8):
        reader.get(f"{PAGE}mine/")
    with django_assert_num_queries(8):
        browser_of().get("/api/v1/meetups/spring-meetup/outcomes")
    with django_assert_num_queries(4):
        browser_of().get(f"{PAGE}gitlab.csv")


def test_a_link_of_a_letter_shows_and_changes_nothing_until_it_is_answered():
    meetup, person = asked()
    link = f"{PAGE}mine/{key_of(meetup.pk, person.pk)}/"
    answer = browser_of().get(link)
    assert "Is this yours?" in text_of(answer)
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("private, no-store", "noindex, nofollow")
    assert one("write the guide ##guide").standing == "asked"
    number = one("write the guide ##guide").pk
    sent = {"action": number, "deed": "answer", "said": "named"}
    assert browser_of().post(link, sent).status_code == 302
    assert (one("write the guide ##guide").standing, one("write the guide ##guide").is_named) == ("confirmed", True)
    sent = {"action": number, "deed": "follow", "state": "done", "text": "It is there.", "url": "https://docs.example.org/"}
    assert browser_of().post(link, sent).status_code == 302
    assert one("write the guide ##guide").state == "done"
    page = text_of(browser_of().get(PAGE))
    assert 'It is there.: <a href="https://docs.example.org/" rel="nofollow ugc noopener">' in page


def test_a_form_that_cannot_be_used_says_why_beside_its_action():
    meetup, person = asked()
    link, number = f"{PAGE}mine/{key_of(meetup.pk, person.pk)}/", one("write the guide ##guide").pk
    answer = browser_of().post(link, {"action": number, "deed": "answer", "said": "other", "to": " "})
    assert answer.status_code == 422
    assert "Type the name of whose it is." in text_of(answer)
    answer = browser_of().post(link, {"action": number, "deed": "answer"})
    assert (answer.status_code, "Choose one." in text_of(answer)) == (422, True)
    sent = {"action": number, "deed": "follow", "state": "done", "url": "javascript:alert(1)"}
    assert browser_of().post(link, sent).status_code == 422
    assert not Trace.objects.exists()


def test_nobody_answers_for_others():
    meetup, person = asked()
    number = one("write the guide ##guide").pk
    sent = {"action": number, "deed": "answer", "said": "yes"}
    for key in (key_of(meetup.pk, cy().pk), f"{person.pk}-{'0' * 32}", "1", "x-y", f"{'9' * 30}-1"):
        assert browser_of().post(f"{PAGE}mine/{key}/", sent).status_code == 404
    assert browser_of(cy()).post(f"{PAGE}mine/", sent).status_code == 404
    assert browser_of(cy()).post(f"{PAGE}mine/", {**sent, "action": "9" * 40}).status_code == 404
    assert browser_of().post(f"{PAGE}mine/", sent).status_code == 302
    assert one("write the guide ##guide").standing == "asked"


def test_somebodys_page_of_everything_leads_to_what_is_asked():
    _, person = asked()
    page = text_of(browser_of(person).get("/mine/"))
    assert "Is this yours?" in page
    assert f"{PAGE}mine/#action-{one('write the guide ##guide').pk}" in page
    assert "write the guide" not in text_of(browser_of(cy()).get("/mine/"))


def test_letters_stop_by_a_link_and_come_again():
    meetup, person = asked()
    link = f"{PAGE}letters/{key_of(meetup.pk, person.pk)}/"
    browser_of().get(link)
    assert not Silence.objects.exists()
    assert "You get no more" in text_of(browser_of().post(link))
    assert Silence.objects.get().person == person
    browser_of().post(link, {"again": "yes"})
    assert not Silence.objects.exists()
    assert browser_of().post(f"{PAGE}letters/1-2/").status_code == 404


def test_who_comes_takes_an_action_on_its_page():
    meetup, _ = meetup_with_notes(TEXT)
    (person,) = coming(meetup, "Bo")
    path = f"{PAGE}{one('write the guide ##guide').pk}/"
    assert "I take it, with my name" in text_of(browser_of(person).get(path))
    assert "I take it" not in text_of(browser_of(cy()).get(path))
    assert "Sign in" in text_of(browser_of().get(path))
    assert browser_of().post(f"{path}take/").status_code == 302
    assert browser_of(cy()).post(f"{path}take/", {"named": "yes"}).status_code == 302
    assert one("write the guide ##guide").owner is None
    browser_of(person).post(f"{path}take/", {"named": "no"})
    assert (one("write the guide ##guide").owner, one("write the guide ##guide").is_named) == (person, False)
    assert "Say how it stands" in text_of(browser_of(person).get(path))


def test_a_line_that_left_its_pad_is_for_the_team_alone():
    _, pad = meetup_with_notes(TEXT)
    number = one("write the guide ##guide").pk
    retyped(pad, "- [ ] Bo: write the guide, by 2027-03-31 ##guide\n", "")
    assert browser_of().get(f"{PAGE}{number}/").status_code == 404
    assert "write the guide" not in text_of(browser_of().get(PAGE))
    assert "write the guide" not in browser_of().get("/m/spring-meetup/outcomes.md").content.decode()
    assert "No longer in the notes" in text_of(browser_of(ada()).get(DESK))
    assert browser_of(ada()).post(f"{DESK}{number}/keeping/").status_code == 302
    assert "write the guide" in text_of(browser_of().get(PAGE))


def test_every_page_of_the_team_is_for_the_team():
    meetup, _ = meetup_with_notes(TEXT)
    number, tag = one("write the guide ##guide").pk, Tag.objects.get().pk
    trace = actions.note_trace(Action.objects.get(pk=number), text="Fixed", url="", by=ada(), now=NOW).pk
    for path in ("", "tags/", f"{number}/", f"tags/{tag}/"):
        assert browser_of(ada()).get(f"{DESK}{path}").status_code == 200
        for who in (None, cy()):
            assert browser_of(who).get(f"{DESK}{path}").status_code == 404
    one_of = ("owner", "words", "parts", "state", "traces", "meant", "keeping")
    deeds = ["asking/", f"{number}/", *(f"{number}/{name}/" for name in one_of)]
    deeds += [f"tags/{tag}/{name}/" for name in ("into", "traces", "meant")] + [f"traces/{trace}/"]
    for path in deeds:
        assert browser_of(cy()).post(f"{DESK}{path}", {"what": "x", "state": "done"}).status_code == 404
    for path in (f"{number + 99}/", f"tags/{tag + 99}/", f"traces/{trace + 99}/"):
        assert browser_of(ada()).post(f"{DESK}{path}").status_code in {404, 405}
    assert Trace.objects.count() == 1
    assert meetup.actions.filter(what="x").count() == 0


def test_the_team_tidies_an_action():
    meetup, _ = meetup_with_notes(TEXT)
    (person,) = coming(meetup, "Bo")
    there, number = browser_of(ada()), one("write the guide ##guide").pk
    here = f"{DESK}{number}/"
    assert '<optgroup label="The name fits">' in there.get(here).content.decode()
    assert there.post(f"{here}owner/", {"person": ""}).status_code == 422
    assert there.post(f"{here}owner/", {"person": cy().pk}).status_code == 422
    assert there.post(f"{here}owner/", {"person": person.pk}).status_code == 302
    assert "asked" in text_of(there.get(here))
    there.post(f"{here}owner/", {"_method": "delete"})
    assert there.post(f"{here}words/", {"what": " ", "due_on": ""}).status_code == 422
    there.post(f"{here}words/", {"what": "Write it", "due_on": "2027-04-01"})
    there.post(f"{here}parts/", {"what": "Print it"})
    there.post(f"{here}state/", {"state": "done"})
    assert there.post(f"{here}traces/", {"text": "", "url": ""}).status_code == 422
    there.post(f"{here}traces/", {"text": "Done in Lisbon", "url": ""})
    there.post(f"{here}meant/", {"meant_for": "Nova developers"})
    found = Action.objects.get(pk=number)
    assert (found.what, found.due_on, found.state, found.meant_for) == ("Write it", date(2027, 4, 1), "done", "Nova developers")
    page = text_of(there.get(here))
    assert "The notes say: write the guide ##guide" in page
    assert "Done in Lisbon" in page
    there.post(f"{DESK}traces/{Trace.objects.get().pk}/")
    assert not Trace.objects.exists()
    second = one("Print it").pk
    there.post(f"{DESK}{second}/", {"_method": "delete"})
    assert not Action.objects.filter(pk=second).exists()
    there.post(here, {"_method": "delete"})
    assert Action.objects.filter(pk=number).exists()


def test_the_team_asks_everybody_at_once_and_tidies_tags():
    meetup, _ = meetup_with_notes(TEXT)
    coming(meetup, "Bo")
    there, tag = browser_of(ada()), Tag.objects.get().pk
    assert "Ask 1 person" in text_of(there.get(DESK))
    assert "1 person is asked by letter." in text_of(there.post(f"{DESK}asking/", follow=True))
    assert "There is nobody to ask" in text_of(there.post(f"{DESK}asking/", follow=True))
    here = f"{DESK}tags/{tag}/"
    assert there.post(f"{here}into/", {"into": "two words"}).status_code == 422
    there.post(f"{here}into/", {"into": "Guides"})
    there.post(f"{here}traces/", {"text": "A guide came of it", "url": ""})
    there.post(f"{here}meant/", {"meant_for": "Docs"})
    assert "merged into ##guides" in text_of(there.get(here))
    there.post(f"{here}into/", {"_method": "delete"})
    page = text_of(browser_of().get(PAGE))
    assert "A guide came of it" in page
    assert "for Docs" in page
    there.post(f"{DESK}traces/{Trace.objects.get().pk}/")
    assert not Trace.objects.exists()


def test_on_the_desk_of_an_archived_meetup_only_what_lasts_has_a_form():
    meetup, _ = meetup_with_notes(TEXT)
    for stage in ("agenda", "on_site", "wrap_up", "archived"):
        meetups.move_to_stage(meetup, ada(), stage, now=NOW)
    number, tag = one("write the guide ##guide").pk, Tag.objects.get().pk
    for path in (f"{DESK}{number}/", f"{DESK}tags/{tag}/"):
        forms = re.findall(r"<form[^>]*>", browser_of(ada()).get(path).content.decode())
        assert forms
        assert [form for form in forms if "form-lasting" not in form] == []


def test_files_hold_what_everybody_sees():
    _, person = asked()
    there = browser_of()
    answer = there.get(f"{PAGE}gitlab.csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert answer["Content-Disposition"] == 'attachment; filename="spring-meetup-gitlab.csv"'
    assert answer.content.decode("utf-8-sig").splitlines()[0] == "title,description,due_date"
    rows = [json.loads(line) for line in there.get(f"{PAGE}github.jsonl").content.decode().splitlines()]
    assert [row["title"] for row in rows] == ["write the guide ##guide", "book the room"]
    assert rows[0]["labels"] == ["guide"]
    for path in (f"{PAGE}actions.csv", f"{PAGE}launchpad.csv", f"{PAGE}storyboard.jsonl", "/m/spring-meetup/outcomes.md"):
        said = there.get(path).content.decode()
        assert "write the guide" in said
        assert person.name not in said
    assert there.get(f"{PAGE}jira.csv").status_code == 404
    assert there.get(f"{PAGE}gitlab.csv", headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_what_is_meant_for_somebody_is_theirs_to_take():
    meetup_with_notes(TEXT)
    actions.mean_for(one("write the guide ##guide"), "Nova & Neutron", by=ada(), now=NOW)
    actions.mean_for(Tag.objects.get(), "nova & neutron", by=ada(), now=NOW)
    page = text_of(browser_of().get(PAGE))
    assert 'href="?meant=Nova%20%26%20Neutron"' in page
    theirs = text_of(browser_of().get(f"{PAGE}?meant=Nova%20%26%20Neutron"))
    assert "write the guide" in theirs
    assert "book the room" not in theirs
    assert f'{PAGE}github.csv?meant=Nova%20%26%20Neutron"' in theirs
    rows = browser_of().get(f"{PAGE}github.jsonl?meant=nova%20%26%20neutron").content.decode().splitlines()
    assert [json.loads(row)["title"] for row in rows] == ["write the guide ##guide"]
    assert "book the room" not in browser_of().get("/m/spring-meetup/outcomes.md?meant=nova %26 neutron").content.decode()
    assert "None. Another list above has the rest." in text_of(browser_of().get(f"{PAGE}?meant=nobody"))


def test_what_an_edition_left_open_is_proposed_at_the_next_with_one_click(django_assert_num_queries):
    meetup, _ = meetup_with_notes(TEXT)
    series = meetups.start_series("Operators", slug="operators", community="", now=NOW)
    later = opened(5, title="Autumn meetup")
    for edition in (meetup, later):
        meetups.join_series(edition, series, by=ada(), now=NOW)
    type(later).objects.filter(pk=later.pk).update(starts_on=date(2027, 9, 7), ends_on=date(2027, 9, 8))
    here, number = "/m/autumn-meetup/outcomes/earlier/", one("write the guide ##guide").pk
    with django_assert_num_queries(5):
        page = text_of(browser_of().get(here))
    assert "write the guide" in page
    assert "book the room" not in page
    assert "Nothing is open" in text_of(browser_of().get(f"{PAGE}earlier/"))
    assert browser_of().post(f"{here}actions/{number}/").status_code == 302
    assert not Topic.objects.exists()
    answer = browser_of(bo()).post(f"{here}actions/{number}/")
    topic = Topic.objects.get()
    assert answer["Location"] == f"/m/autumn-meetup/topics/{topic.pk}/"
    assert topic.title == "write the guide ##guide"
    assert topic.details == f"Left open at [Spring meetup](/m/spring-meetup/outcomes/{number}/), from the notes of “Notes”."
    browser_of(cy()).post(f"{here}actions/{number}/")
    browser_of(cy()).post(f"{here}tags/{Tag.objects.get().pk}/")
    assert sorted(Topic.objects.values_list("title", flat=True)) == ["##guide", "write the guide ##guide"]
    assert Carried.objects.count() == 2
    assert "A topic at Autumn meetup" in text_of(browser_of().get(PAGE))
    assert "A topic here" in text_of(browser_of().get(here))


def test_only_open_things_of_the_same_series_are_carried_on():
    meetup, _ = meetup_with_notes(TEXT)
    other = opened(5, title="Autumn meetup")
    here = "/m/autumn-meetup/outcomes/earlier/"
    assert browser_of(bo()).post(f"{here}actions/{one('write the guide ##guide').pk}/").status_code == 404
    assert browser_of(bo()).post(f"{here}tags/{Tag.objects.get().pk}/").status_code == 404
    series = meetups.start_series("Operators", slug="operators", community="", now=NOW)
    for edition in (meetup, other):
        meetups.join_series(edition, series, by=ada(), now=NOW)
    browser_of(bo()).post(f"{here}actions/{one('book the room').pk}/")
    assert not Topic.objects.exists()
    assert browser_of(bo()).post(f"{here}actions/999/").status_code == 404


@pytest.mark.parametrize("language", INTERFACE)
def test_the_line_that_is_shown_is_read_in_the_pad_and_here(language):
    """The line is the same in every language, as the words around its day are."""
    opened()
    line = "- [ ] Ada: write it down, by 2027-03-31"
    (found,) = actions_in(line)
    assert (found.owner, found.what, found.due_on) == ("Ada", "write it down", date(2027, 3, 31))
    assert without_day("write it down, by 2027-03-31", date(2027, 1, 10))[2] == date(2027, 3, 31)
    there = browser_of(ada())
    for path in (PAGE, DESK):
        assert line in text_of(there.get(path, headers={"accept-language": language}))

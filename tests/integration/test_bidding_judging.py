"""Questions, the comparison, interests, points and the decision, on their pages."""

import pytest

from midcycle.bidding.models import Editor, HostCall, Member, Mistake, Question
from tests.world import ada, bo, browser_of, cy, dee, person
from tests.worlds.bidding import (
    TODAY,
    compared,
    declared,
    scored,
)

pytestmark = pytest.mark.django_db

HOSTS = "/m/spring-meetup/hosts/"
HARM = "<script>alert(1)</script>"


def text_of(who, path) -> str:
    return " ".join(browser_of(who).get(path).content.decode().split())


def codes(path, *people, data=None):
    """Return how each of these people is answered, None being nobody; by POST when there is something to send."""
    return [(browser_of(one).get(path) if data is None else browser_of(one).post(path, data)).status_code for one in people]


def test_questions_are_asked_by_anybody_and_answered_by_whom_they_concern():
    call, porto, _ = compared()
    browser_of(cy()).post(f"{HOSTS}questions/", {"text": "Why Europe?"})
    browser_of(cy()).post(f"{HOSTS}bids/{porto.pk}/questions/", {"text": "Which lift?"})
    to_team, to_bid = Question.objects.order_by("pk")
    one, two = f"{HOSTS}questions/{to_team.pk}/", f"{HOSTS}questions/{to_bid.pk}/"
    assert codes(one, None, cy(), bo(), dee(), ada()) == [404, 404, 404, 404, 200]
    assert codes(two, None, cy(), ada(), person("Gil"), bo()) == [404, 404, 404, 404, 200]
    browser_of(bo()).post(two, {"text": "The one at the back."})
    assert browser_of(ada()).post(one, {"text": " "}).status_code == 422
    browser_of(ada()).post(one, {"text": "The rule says so."})
    assert "The one at the back." in text_of(None, f"{HOSTS}bids/{porto.pk}/")
    assert "The rule says so." in text_of(None, HOSTS)
    browser_of(ada()).post(one, {"_method": "delete"})
    assert list(Question.objects.all()) == [to_bid]
    assert browser_of(cy()).post(f"{HOSTS}questions/", {"text": "x" * 1001}).status_code == 422
    assert call.state == "open"


def test_only_the_keeper_edits_the_comparison_and_only_bidders_report_mistakes():
    call, porto, graz = compared()
    declared(call, "Dee")
    cell = f"{HOSTS}comparison/{porto.pk}/capacity/"
    eve, gil = person("Eve"), person("Gil")
    assert codes(cell, None, cy(), ada(), dee(), bo(), gil, eve) == [404] * 6 + [200]
    assert codes(cell, None, cy(), ada(), dee(), bo(), gil, data={"seen": 0, "text": "1"}) == [404] * 6
    assert codes(f"{HOSTS}comparison/{porto.pk}/contact_email/", eve) == [404]
    client = browser_of(eve)
    assert client.post(cell, {"seen": 0, "text": "140"})["Location"].endswith("#row-capacity")
    stale = client.post(cell, {"seen": 0, "text": "130"})
    assert (stale.status_code, "There is now: 140" in stale.content.decode()) == (422, True)
    assert "140" in text_of(None, f"{HOSTS}comparison.csv")
    mistakes = f"{HOSTS}comparison/mistakes/"
    sent = {"bid": graz.pk, "field": "capacity", "text": "It is 200."}
    assert codes(mistakes, None, cy(), dee(), eve, bo(), data=sent) == [422] * 5
    assert browser_of(gil).post(mistakes, sent).status_code == 302
    found = Mistake.objects.get()
    assert codes(f"{mistakes}{found.pk}/", None, gil, ada(), eve) == [404, 404, 404, 200]
    client.post(f"{mistakes}{found.pk}/", {"text": "Put right."})
    assert "Put right." in text_of(None, f"{HOSTS}comparison/")


def test_the_group_declares_scores_and_decides():
    call, porto, graz = compared()
    group, client = f"{HOSTS}group/", browser_of(dee())
    assert codes(group, None, cy(), bo(), ada(), person("Eve"), dee()) == [404] * 5 + [200]
    score = f"{group}{porto.pk}/"
    assert codes(score, None, cy(), bo(), ada(), person("Eve"), dee()) == [404] * 6
    assert codes(f"{HOSTS}decision/", None, cy(), bo(), ada(), person("Eve"), dee()) == [404] * 6
    assert client.post(group, {"interests": ""}).status_code == 422
    client.post(group, {"interests": "I know Gil.", "linked": [str(graz.pk)]})
    assert codes(f"{group}{graz.pk}/", dee()) == [404]
    rooms, costs = call.criteria.order_by("pk")
    sent = {f"points_{rooms.pk}": "5", f"points_{costs.pk}": "4", f"note_{rooms.pk}": "Light."}
    assert client.post(score, {f"points_{rooms.pk}": "6"}).status_code == 422
    assert client.post(score, sent)["Location"] == group
    assert "4.60" in text_of(dee(), group)
    assert "4.60" not in text_of(None, HOSTS)
    declared(call, "Fay")
    assert "You see them once you have scored" in text_of(person("Fay"), group)
    linked = client.post(f"{HOSTS}decision/", {"offer": f"{graz.pk}:0", "reasons": "x"})
    assert (linked.status_code, "You are linked with this bid" in linked.content.decode()) == (422, True)
    done = client.post(f"{HOSTS}decision/", {"offer": f"{porto.pk}:0", "reasons": f"**Rooms** {HARM}"})
    assert (done["Location"], HostCall.objects.get().chosen) == (HOSTS, porto)
    page = text_of(None, HOSTS)
    assert ("<strong>Rooms</strong>" in page, HARM in page, "Did not score every bid they could have: Fay Example" in page) == (
        True,
        False,
        True,
    )
    assert client.get(f"{HOSTS}decision/")["Location"] == HOSTS


def test_an_organiser_in_the_group_who_bids_after_all_decides_nothing():
    call, porto, _ = compared()
    declared(call, "Dee")
    scored(call, "Dee", porto, 5, 5)
    Editor.objects.create(bid=porto, person=dee(), invited_by=bo(), invited_at=TODAY)  # as if two doors had opened at once
    assert codes(f"{HOSTS}group/", dee()) == [404]
    assert codes(f"{HOSTS}decision/", dee(), data={"offer": f"{porto.pk}:0", "reasons": "Mine."}) == [404]
    assert Member.objects.filter(person=dee()).exists()

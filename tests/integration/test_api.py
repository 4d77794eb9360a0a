"""What all routes of the API share: the document, tokens, problems, and what hostile machines send."""

import json
import re
from uuid import uuid4

import pytest
from django.http import HttpRequest, HttpResponse
from openapi_spec_validator import OpenAPIV31SpecValidator

from midcycle.agenda import actions as agenda
from midcycle.agenda.models import Placement
from midcycle.journal.models import Entry
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import ApiToken
from midcycle.meetups.rules import SCOPES, allows
from midcycle.outcomes import actions as outcomes
from midcycle.outcomes.models import Action
from midcycle.pads.actions import open_pad
from midcycle.planning import actions as planning
from midcycle.registration.models import Seat
from midcycle.site.api import document
from midcycle.web.problems import api_problems
from midcycle.web.views import server_error
from tests.world import NOW, ada, browser_of, later
from tests.worlds.agenda import held, room, slot
from tests.worlds.api import ask, bearer, problem_of, wrong_fields
from tests.worlds.registration import opened, seated
from tests.worlds.topics import proposed

pytestmark = pytest.mark.django_db

DESCRIBED = json.loads(json.dumps(document()))
OPERATIONS = [
    (method.upper(), path.removeprefix("/api/v1"), operation)
    for path, methods in DESCRIBED["paths"].items()
    for method, operation in methods.items()
]
GUARDED = [each for each in OPERATIONS if "security" in each[2]]
WITH_BODY = [each for each in OPERATIONS if "requestBody" in each[2]]
SENT = {
    "answer_call": {"email": "bo@example.org", "name": "Bo Example", "would_come": True},
    "take_seat": {"email": "new@example.org", "name": "New"},
    "propose_topic": {"title": "Upgrades", "email": "new@example.org"},
    "rewrite_topic": {"title": "Upgrades"},
    "support_topic": {"email": "new@example.org"},
    "merge_topic": {"into": 1},
    "split_topic": {"titles": ["Upgrades", "Rollbacks"]},
    "set_voting": {"method": "dots", "dots": 5},
    "read_pad_in": {"text": "* Upgrades +1 Bo", "email": "new@example.org"},
    "draft_agenda": {"seed": 1},
    "release_agenda": {"note": "First"},
    "keep_draft": {"name": "As it was"},
    "get_ticket": {"name": "Bot"},
    "get_address": {"name": "Bot"},
    "add_task": {"title": "Book the rooms"},
    "mark_task": {"done": True},
    "bring_minutes": {"text": "#action Ada to book the rooms", "held_on": "2027-01-08"},
    "follow_action": {"state": "done", "text": "Fixed", "link": "https://bugs.example.org/1"},
    "count_hands": {"question": "on_list", "yes": 1, "no": 0},
}


def name_of(value):
    return value.get("operationId", "") if isinstance(value, dict) else None


each_guarded = pytest.mark.parametrize(("method", "path", "operation"), GUARDED, ids=name_of)
each_with_body = pytest.mark.parametrize(("method", "path", "operation"), WITH_BODY, ids=name_of)


def place():
    """Return a meetup with a seat, a topic, a pad with an action, a session, a draft, a task, a search and their addresses."""
    meetup = opened(5, stage="on_site")
    seat, topic = seated(meetup, "Bo"), proposed(meetup)
    pad = open_pad(meetup, "notes", title="Notes", by=ada(), now=NOW, text="- [ ] Bo: write it down")
    outcomes.read(pad, now=NOW)
    slot(meetup)
    made = held(meetup, where=room(meetup))
    draft = agenda.keep_draft(meetup, "Kept", by=ada(), now=NOW)
    task = planning.add_task(meetup, planning.Wording("Book the rooms"), by=ada(), now=NOW)
    agenda.begin_search(meetup, by=ada(), now=NOW)
    parts = {"seats": seat.pk, "topics": topic.pk, "pads": pad.name, "sessions": made.pk, "drafts": draft.pk, "pad": pad.pk}
    return meetup, {kind: str(part) for kind, part in {**parts, "tasks": task.pk, "outcomes": Action.objects.get().pk}.items()}


def address(path, meetup, parts):
    kind = path.partition("/{n")[0].rpartition("/")[2]  # what stands before `{number}` or `{name}`
    path = path.replace("{slug}", meetup.slug).replace("{pad}", parts["pad"])
    return path.replace("{number}", parts.get(kind, "")).replace("{name}", parts.get(kind, ""))


def body_of(operation):
    if operation["operationId"] == "move_session":
        here = Placement.objects.get()
        return {"session": here.session_id, "slot": here.slot_id, "room": here.room_id, "version": 0}
    return SENT.get(operation["operationId"])


def test_the_document_is_openapi_3_1_for_a_validator_that_does_not_know_us():
    answer = browser_of().get("/api/v1/openapi.json")
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json()["openapi"].startswith("3.1.")
    OpenAPIV31SpecValidator(answer.json()).validate()
    again = browser_of().get("/api/v1/openapi.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=name_of)
def test_every_operation_says_what_it_does_and_what_it_answers(method, path, operation):
    assert all(operation[key] for key in ("operationId", "summary", "description", "tags"))
    wanted = {"500", "503"}
    wanted |= {"404"} if "{" in path else set()
    wanted |= {"401", "403"} if "security" in operation else set()
    wanted |= {"400", "413", "415", "422"} if "requestBody" in operation else set()
    wanted |= {"409"} if method != "GET" else set()
    wanted |= {"422"} if any(each["in"] == "query" for each in operation["parameters"]) else set()
    assert {status for status in operation["responses"] if status >= "400"} == wanted
    assert method == "GET" or "security" in operation


def test_the_document_explains_every_kind_of_problem_where_its_type_points_to():
    types = re.findall(r"/api/v1/openapi\.json#/components/schemas/(\w+)", json.dumps(DESCRIBED))
    assert sorted(set(types)) == ["Invalid", "KeyReused", "Refused"]
    assert all(DESCRIBED["components"]["schemas"][kind]["description"] for kind in types)


@each_guarded
def test_only_a_token_of_this_meetup_and_scope_opens_a_route(method, path, operation):
    meetup, parts = place()
    other = opened(1, "Other meetup", stage="on_site")
    url, body, (scope,) = address(path, meetup, parts), body_of(operation), operation["security"][0]["Token"]
    revoked = bearer(meetup, scope)
    meetups.revoke_token(ApiToken.objects.get(), now=NOW)
    entries, seats = Entry.objects.exclude(kind="meetups.token_made").count(), Seat.objects.count()

    for headers in ({}, {"Authorization": ""}, {"Authorization": "Basic Ym86Ym8="}):
        answer = ask(method, url, body, headers)
        assert (problem_of(answer)["status"], answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="midcycle"')
    for text in (
        "bearer",
        "Bearer mc_made-up",
        "Bearer \x00",
        "Bearer \xff",
        f"Bearer mc_{'x' * 43}",
        revoked["Authorization"],
    ):
        answer = ask(method, url, body, {"Authorization": text})
        told = 'Bearer realm="midcycle", error="invalid_token"'
        assert (problem_of(answer)["status"], answer.headers["WWW-Authenticate"]) == (401, told)
    for each in sorted(SCOPES):
        assert problem_of(ask(method, url, body, bearer(other, each)))["status"] == 404
        nowhere = url.replace(meetup.slug, "nowhere").replace(parts["pad"], str(uuid4()))
        assert problem_of(ask(method, nowhere, body, bearer(meetup, each)))["status"] == 404
        if not allows(each, scope):
            answer = ask(method, url, body, bearer(meetup, each))
            assert problem_of(answer)["status"] == 403
            assert answer.headers["WWW-Authenticate"].endswith(f'error="insufficient_scope", scope="{scope}"')
    assert (Entry.objects.exclude(kind="meetups.token_made").count(), Seat.objects.count()) == (entries, seats)

    for each in [each for each in sorted(SCOPES) if allows(each, scope)]:
        assert ask(method, url, body, bearer(meetup, each)).status_code in {200, 201, 204, 409}


def test_a_token_that_may_write_may_read_the_same_and_nothing_else():
    assert sorted((has, wants) for has in SCOPES for wants in SCOPES if has != wants and allows(has, wants)) == [
        ("agenda:write", "agenda:read"),
        ("planning:write", "planning:read"),
        ("seats:write", "seats:read"),
    ]


def test_the_use_of_a_token_is_noted_once_a_day(django_assert_num_queries):
    meetup = opened(1)
    headers = bearer(meetup, "seats:read")
    assert ApiToken.objects.get().used_on is None
    for statements in (4, 3, 3):  # the token; only the first time, its day; how many, seats
        with django_assert_num_queries(statements):
            ask("GET", f"/meetups/{meetup.slug}/seats", headers=headers)
    assert ApiToken.objects.get().used_on is not None


def test_a_revoked_token_opens_nothing_at_once_and_is_in_the_journal():
    meetup = opened(1)
    headers, other = bearer(meetup, "seats:read"), bearer(meetup, "seats:write")
    token = ApiToken.objects.order_by("pk")[0]
    meetups.revoke_token(token, now=later(days=1))
    answers = [ask("GET", f"/meetups/{meetup.slug}/seats", headers=each).status_code for each in (headers, other)]
    assert answers == [401, 200]
    entry = Entry.objects.get(kind="meetups.token_revoked")
    assert (entry.meetup, entry.facts["scope"], entry.at) == (meetup.pk, "seats:read", later(days=1))


@pytest.mark.parametrize(
    ("method", "path", "status", "says"),
    [
        ("GET", "/nothing", 404, "There is no such address."),
        ("GET", "/", 404, "There is no such address."),
        ("GET", "/meetups/nowhere", 404, "Not found, or not for this token."),
        ("GET", "/meetups/%00", 404, "Not found, or not for this token."),
        ("GET", "/meetups/x/seats/y", 404, "There is no such address."),
        ("GET", f"/meetups/x/seats/{'9' * 5000}", 404, "There is no such address."),
        ("DELETE", "/meetups", 405, "This address takes GET, not DELETE."),
        ("POST", "/meetups/x/seats/1", 405, "This address takes "),
        ("POST", "/openapi.json", 405, "This address takes GET, HEAD, not POST."),
    ],
)
def test_every_error_is_a_problem(method, path, status, says):
    told = problem_of(ask(method, path))
    assert (told["status"], told["type"], told["detail"][: len(says)]) == (status, "about:blank", says)


def test_a_method_that_is_not_there_is_told_with_those_that_are():
    answer = ask("PUT", "/meetups/x/seats/1/check-in")
    assert problem_of(answer)["title"] == "Method Not Allowed"
    assert sorted(answer.headers["Allow"].split(", ")) == ["DELETE", "POST"]
    assert "Content-Security-Policy" in answer.headers


def test_a_host_that_is_none_is_a_problem_for_machines():
    assert problem_of(browser_of().get("/api/v1/meetups", headers={"Host": "a b"}))["status"] == 400


@pytest.mark.parametrize(
    ("answer", "title", "later"),
    [
        (server_error(HttpRequest()), "Internal Server Error", None),
        (HttpResponse("wait", status=429, headers={"Retry-After": "7"}), "Too Many Requests", "7"),
        (HttpResponse("wait", status=429), "Too Many Requests", "60"),
        (HttpResponse("down", status=503), "Service Unavailable", "60"),
        (HttpResponse("odd", status=418), "I'm a Teapot", None),
    ],
)
def test_whatever_else_goes_wrong_below_the_api_is_a_problem(answer, title, later):
    request = HttpRequest()
    request.path, request.method = "/api/v1/meetups", "GET"
    told = api_problems(lambda _: answer)(request)
    assert problem_of(told)["title"] == title
    assert told.headers.get("Retry-After") == later


def test_pages_for_people_are_left_alone():
    request = HttpRequest()
    request.path = "/m/apis/"
    assert api_problems(server_error)(request).headers["Content-Type"].startswith("text/html")
    assert browser_of().get("/nothing").headers["Content-Type"].startswith("text/html")


DEEP = "[" * 900_000
ODD_BODIES = [
    ("", 422), ("{", 400), ("[]", 422), ("null", 422), ('"x"', 422), ("7", 422), ("\x00", 400), ("\ufeff{}", 400),
    ('{"name": NaN}', 400), ('{"name": -Infinity}', 400), ('{"name": 1e999}', 422), (f'{{"name": {"9" * 5000}}}', 400),
    ('{"name": "a", "name": "b"}', 400), (DEEP, 400), ("[" * 30 + "]" * 30, 400), ("{}{}", 400), ("{'a': 1}", 400),
    (b"\xff\xfe{\x00}\x00", 400), ('{"name": "\\ud800"}', 422), ('{"\\udfff": 1}', 422), ('{"\\u0000": {"a": 1}}', 422),
    ('{"name": "\\u0000"}', 422), (json.dumps({"nobody": {"asked": "for this"}}), 422),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "operation"), WITH_BODY, ids=name_of)
def test_bodies_that_no_two_readers_take_alike_are_refused(method, path, operation):
    meetup, parts = place()
    headers = bearer(meetup, operation["security"][0]["Token"][0])
    before = Entry.objects.count()
    odd = [each for each in ODD_BODIES if operation["requestBody"]["required"] or each[0] not in {"", "null"}]
    for body, status in odd:
        told = problem_of(ask(method, address(path, meetup, parts), body, headers))
        assert (body[:40], told["status"]) == (body[:40], status)
        assert ("errors" in told) == (status == 422)
    assert Entry.objects.count() == before


def test_a_body_that_is_not_sent_as_json_is_refused():
    headers, text = bearer(opened(1)), json.dumps(SENT["take_seat"])
    url = "/api/v1/meetups/spring-meetup/seats"
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "application/jsonp"):
        answer = browser_of().generic("POST", url, text, content_type=kind, headers=headers)
        assert problem_of(answer)["status"] == 415
    for kind in ("application/json", "Application/JSON; charset=utf-8", "application/vnd.api+json"):
        answer = browser_of().generic("POST", url, text, content_type=kind, headers=headers)
        assert answer.status_code in {200, 201}
    assert Seat.objects.count() == 1


def test_a_body_of_more_than_a_mebibyte_is_too_much():
    meetup = opened(1)
    body = {**SENT["take_seat"], "access": "x" * 1024 * 1024}
    assert problem_of(ask("POST", f"/meetups/{meetup.slug}/seats", body, bearer(meetup)))["title"] == "Content Too Large"


VALUES = [
    None, True, -1, 0, 7, 1.5, 1e308, 10**40, "", " ", "x", "x" * 6000, "\u202etxt.exe", "=1+1",
    "\x01\x7f\r\nBcc: x@example.org", "{{ request }}", "<script>", "\U0001f98a" * 50,
    [], ["x"], [[]], {}, {"a": 1}, {"a": {"b": []}}, {"x" * 300: "x" * 3000},
]  # fmt: skip
OURS = re.compile(r"[A-Z][^\n]+\.")
LIBRARY = re.compile(r"[Ii]nput|valid|pydantic|ctx|url|Value error|type=|should be|string_|_type")


@each_with_body
def test_whatever_a_field_holds_is_taken_or_told_in_our_words(method, path, operation):
    meetup, parts = place()
    headers = bearer(meetup, operation["security"][0]["Token"][0])
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    shape = next(each["$ref"] for each in (schema, *schema.get("anyOf", ())) if "$ref" in each).rpartition("/")[2]
    for field in DESCRIBED["components"]["schemas"][shape]["properties"]:
        for value in VALUES:
            answer = ask(method, address(path, meetup, parts), {**body_of(operation), field: value}, headers)
            if answer.status_code >= 400:
                told = problem_of(answer)
                assert told["status"] in {409, 422}
                texts = [told["detail"], *(error["detail"] for error in told.get("errors", ()))]
                assert [text for text in texts if not OURS.fullmatch(text) or LIBRARY.search(text)] == []
                assert {error["field"].split(".")[0] for error in told.get("errors", ())} <= {field, "role"}


def test_what_is_wrong_is_told_by_field_and_all_at_once():
    meetup = opened(1)
    body = {
        "email": "bo",
        "name": " \u200b\x01 ",
        "role": "king",
        "sector": "s" * 61,
        "on_list": "yes",
        "language": "Klingon!",
        "more": {"shirt": 7},
        "shoe_size": 43,
    }
    answer = ask("POST", f"/meetups/{meetup.slug}/seats", body, bearer(meetup))
    assert wrong_fields(answer) == {
        "email": "Type an address such as name@example.org.",
        "name": "A name has at least one visible character.",
        "role": "Send one of operator, expects_to_operate, developer, vendor, other, or leave it out.",
        "sector": "This is longer than 60 characters. Shorten it.",
        "on_list": "Send true or false.",
        "language": "Send a language such as en or pt-BR, or leave it out.",
        "more.shirt": "Send text.",
    }
    told = problem_of(answer)
    assert told["type"] == "/api/v1/openapi.json#/components/schemas/Invalid"
    assert told["detail"] == "Mend what is wrong with: email, name, role, sector, on_list."
    assert wrong_fields(ask("POST", f"/meetups/{meetup.slug}/seats", {}, bearer(meetup))) == {
        "email": "This is required. Send it too.",
        "name": "This is required. Send it too.",
    }


@pytest.mark.parametrize("name", ["", " ", "\x01\r\n"])
def test_a_name_has_a_visible_character(name):
    meetup = opened(1)
    answer = ask("POST", f"/meetups/{meetup.slug}/seats", {**SENT["take_seat"], "name": name}, bearer(meetup))
    assert wrong_fields(answer) == {"name": "A name has at least one visible character."}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("page=0", "page"),
        ("page=x", "page"),
        (f"page={'9' * 400}", "page"),
        ("page_size=501", "page_size"),
        ("state=gone", "state"),
    ],
)
def test_a_question_that_cannot_be_answered_is_told(query, field):
    meetup = opened(1)
    answer = ask("GET", f"/meetups/{meetup.slug}/seats?{query}", headers=bearer(meetup))
    assert list(wrong_fields(answer)) == [field]

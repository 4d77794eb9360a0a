"""Channels and their links, and how people heard: for the team at any time, for everybody once it is counted and published."""

import pytest
from django.contrib.messages import get_messages

from midcycle.journal.models import Entry
from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions as meetups
from midcycle.reach import actions, queries
from midcycle.reach.models import Channel, Reached
from midcycle.registration import actions as registration
from midcycle.registration.access import invitation_of, way_of
from midcycle.registration.models import Echo, Seat
from tests.world import NOW, ada, bo, browser_of, cy, later, placed
from tests.worlds.reach import CANTEEN, LIST, over, published, spread, surveyed
from tests.worlds.registration import opened, registered_again, seated

pytestmark = pytest.mark.django_db

API, INVITATION = "/api/v1/meetups/spring-meetup/reach", "/m/spring-meetup/seat/{}/invitation/"
PUBLIC, DESK = "/m/spring-meetup/reach/", "/m/spring-meetup/desk/reach/"
TYPED = {"name": "List of the operators", "leads_to": "seat"}


def post(url, typed=None, who=None):
    return browser_of(who or ada()).post(url, typed or {})


def said_after(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_a_team_makes_a_link_for_a_channel_and_sees_who_came_by_it():
    opened(5)
    answer = post(DESK, TYPED)
    assert (answer.status_code, said_after(answer)) == (302, ["“List of the operators” has a link now. Copy it from the list."])
    typed = {"name": "Bo", "email": "bo@example.org", "role": "operator"}
    browser_of().post(f"/m/spring-meetup/seat/?via={LIST}", typed)
    link = invitation_of(Seat.objects.get())
    browser_of().post(f"/m/spring-meetup/seat/?via={link}", {**typed, "email": "cy@example.org"})
    page = browser_of(ada()).get(DESK)
    row, *_ = page.context["board"].channels
    assert (row.name, row.straight, row.passed_on) == ("List of the operators", 1, 1)
    assert row.link.endswith(f"/m/spring-meetup/seat/?via={LIST}")
    assert Entry.objects.get(kind="reach.channel_made").facts == {"channel": LIST}


@pytest.mark.parametrize(
    ("field", "text"),
    [
        *(("name", text) for text in ["", " ", "\x00", "\u200b", "x" * 61, "x" * 200_000]),
        *(("leads_to", text) for text in ["", "elsewhere", "https://evil.example/", "\x00"]),
    ],
)
def test_what_makes_no_channel_is_told_beside_the_field(field, text):
    opened()
    answer = post(DESK, {**TYPED, field: text})
    assert (answer.status_code, Channel.objects.count()) == (422, 0)
    assert f'id="id_{field}_error"' in answer.content.decode()


def test_harm_in_a_name_is_text():
    meetup = spread()
    actions.make_channel(meetup, "<script>alert(1)</script>", leads_to="meetup", by=ada(), now=NOW)
    page = browser_of(ada()).get(DESK).content.decode()
    assert ("<script>alert" in page, "&lt;script&gt;alert(1)&lt;/script&gt;" in page) == (False, True)


def test_two_channels_of_one_name_or_too_many_are_refused():
    meetup = opened()
    for number in range(40):
        actions.make_channel(meetup, f"Wall {number}", leads_to="meetup", by=ada(), now=NOW)
    assert "There is a channel of this name already" in post(DESK, {**TYPED, "name": "WALL 3"}).content.decode()
    assert "A meetup has 40 channels at most" in post(DESK, TYPED).content.decode()


def test_a_channel_that_brought_nobody_can_be_removed_and_no_other():
    meetup = spread({(LIST, "list"): 1, (f"{CANTEEN}~1", ""): 1})
    actions.make_channel(meetup, "Poster", leads_to="meetup", by=ada(), now=NOW)
    for code in (LIST, CANTEEN):
        assert "It stays, so that they are counted." in said_after(post(f"{DESK}channels/{code}/"))[0]
    assert said_after(post(f"{DESK}channels/poster-2/")) == ["“Poster” is removed."]
    assert sorted(Channel.objects.values_list("code", flat=True)) == [LIST, CANTEEN]


def test_people_who_gave_a_seat_back_are_not_counted_but_keep_the_channel():
    meetup = spread({(LIST, "list"): 1})
    registration.cancel_seat(Seat.objects.get(), now=later())
    assert queries.board(meetup).channels[0].straight == 0
    with pytest.raises(Refusal, match="It stays"):
        actions.remove_channel(Channel.objects.get(code=LIST), by=ada(), now=NOW)


@pytest.mark.parametrize("code", [LIST, "poster", "page"])
def test_a_channel_has_a_code_to_scan_and_a_poster(code):
    spread({})
    svg = browser_of(ada()).get(f"{DESK}channels/{code}/code.svg")
    pdf = browser_of(ada()).get(f"{DESK}channels/{code}/poster.pdf")
    assert (svg["Content-Type"], pdf["Content-Type"], pdf.content[:5]) == ("image/svg+xml", "application/pdf", b"%PDF-")


@pytest.mark.parametrize("code", ["letter", "nothing", "list-of-the-operators-2"])
def test_what_is_no_channel_of_the_meetup_is_not_there(code):
    spread({})
    other = placed("Autumn meetup")
    actions.make_channel(other, "List of the operators 2", leads_to="meetup", by=ada(), now=NOW)
    for path in ("code.svg", "poster.pdf"):
        assert browser_of(ada()).get(f"{DESK}channels/{code}/{path}").status_code == 404
    assert post(f"{DESK}channels/{code}/").status_code == 404


@pytest.mark.parametrize("stranger", [None, bo, cy])
def test_strangers_see_nothing_of_the_desk(stranger):
    over()
    client = browser_of(stranger() if stranger else None)
    gets = (
        DESK,
        f"{DESK}channels/{LIST}/code.svg",
        f"{DESK}channels/{LIST}/poster.pdf",
        PUBLIC,
        API,
    )
    posts = (DESK, f"{DESK}publication/", f"{DESK}channels/{LIST}/")
    assert {client.get(url).status_code for url in gets} == {404}
    assert {client.post(url, TYPED).status_code for url in posts} == {404}
    assert (Channel.objects.count(), Reached.objects.count()) == (2, 0)


def test_it_is_published_once_everybody_has_come_and_everybody_can_read_it():
    meetup = spread()
    assert "Move the meetup on to “wrap-up” first" in said_after(post(f"{DESK}publication/"))[0]
    for stage in ("agenda", "on_site", "wrap_up"):
        meetups.move_to_stage(meetup, ada(), stage, now=NOW)
    surveyed(meetup, {"list": 7}, is_open=True)
    assert "Close the survey first" in said_after(post(f"{DESK}publication/"))[0]
    meetup.survey.is_open = False
    meetup.survey.save()
    assert said_after(post(f"{DESK}publication/")) == ["Everybody can see how people heard."]
    page = browser_of().get(PUBLIC)
    assert (page.status_code, page.context["page"].shown.picture.surveyed) == (200, 7)
    assert 'href="/m/spring-meetup/reach/"' in browser_of().get("/m/spring-meetup/").content.decode()
    assert Entry.objects.filter(kind="reach.published").count() == 1


def test_what_was_counted_stays_whoever_leaves_or_comes_afterwards():
    """Two counts would tell by their difference how the one heard who came or went between them."""
    meetup = published()
    before = browser_of().get(API).json()
    registration.erase_seat(Seat.objects.filter(via=LIST).order_by("pk")[0], now=later())
    assert said_after(post(f"{DESK}publication/", {"_method": "delete"})) == ["It is taken back. Only the team sees it."]
    assert (browser_of().get(PUBLIC).status_code, queries.is_public(meetup)) == (404, False)
    actions.publish(meetup, by=ada(), now=later())
    actions.publish(meetup, by=ada(), now=later())
    assert browser_of().get(API).json() == before
    assert browser_of().get(PUBLIC).status_code == 200


def test_an_archived_meetup_stays_as_it_is():
    meetup = published()
    meetups.move_to_stage(meetup, ada(), "archived", now=NOW)
    client = browser_of(ada())
    assert "archived" in said_after(client.post(f"{DESK}publication/", {"_method": "delete"}))[0]
    assert "archived" in client.post(DESK, TYPED).content.decode()
    page = client.get(DESK).content.decode()
    assert ("Make a link" in page, "Take it back" in page, client.get(PUBLIC).status_code) == (False, False, 200)


def test_too_few_people_are_told_so_and_nothing_is_published():
    over({(LIST, "list"): 4})
    assert "Too few to show" in browser_of(ada()).get(DESK).content.decode()
    assert said_after(post(f"{DESK}publication/")) == ["Fewer than 5 people came, too few to say how they heard."]


def test_machines_read_the_same_figures():
    published()
    assert browser_of().get(API).json() == {
        "people": 34,
        "ways": [
            {"label": "An invitation somebody passed on", "count": 11},
            {"label": "List of the operators", "count": 9},
            {"label": "No link of ours", "count": 8},
            {"label": "Poster in the canteen", "count": 6},
        ],
        "said": [
            {"label": "A colleague told me", "count": 14},
            {"label": "Somebody forwarded the invitation", "count": 11},
            {"label": "On the community's list", "count": 9},
        ],
        "flows": [
            {
                "origin": "An invitation somebody passed on",
                "goal": "Somebody forwarded the invitation",
                "count": 11,
            },
            {"origin": "List of the operators", "goal": "On the community's list", "count": 9},
            {"origin": "No link of ours", "goal": "A colleague told me", "count": 8},
            {"origin": "Poster in the canteen", "goal": "A colleague told me", "count": 6},
        ],
        "hands": [{"label": "Second hand", "count": 6}, {"label": "Third hand", "count": 5}],
        "began": [{"label": "List of the operators", "count": 11}],
        "survey": [],
        "surveyed": 0,
    }


def test_editions_of_a_series_are_compared_and_those_elsewhere_are_not():
    first, second = published(), published({(LIST, "list"): 20, ("", "web"): 20}, title="Autumn meetup")
    assert browser_of().get(PUBLIC).context["page"].compared is None
    series = meetups.start_series("Mid-Cycle", slug="mid-cycle", community="Operators", now=NOW)
    for meetup in (first, second):
        meetups.join_series(meetup, series, by=ada(), now=NOW, next_summit_city="", next_summit_region="")
    hidden = published(title="Not shown")
    meetups.join_series(hidden, series, by=ada(), now=NOW, next_summit_city="", next_summit_region="")
    actions.take_back(hidden, by=ada(), now=NOW)
    compared = browser_of().get(PUBLIC).context["page"].compared
    assert [title for title, _, _ in compared.editions] == ["Spring meetup", "Autumn meetup"]
    shares = {label: [share.told if share else None for share, _ in row] for label, row in compared.rows}
    assert (shares["On the community's list"], shares["At another event"]) == (["26 %", "50 %"], ["0 %", "0 %"])


def test_everybody_with_a_place_finds_a_link_to_pass_on_that_names_nobody():
    meetup = opened(1)
    seat = seated(meetup, "Bo")
    status = browser_of().get(f"/m/spring-meetup/seat/{seat.token}/").content.decode()
    url = INVITATION.format(seat.token)
    assert f'href="{url}"' in status
    page = browser_of().get(url)
    assert (page.status_code, page["Cache-Control"]) == (200, "private, no-store")
    link = page.context["invitation"].link
    assert way_of(meetup.pk, link.partition("?via=")[2]) == "~1"
    other = browser_of().get(INVITATION.format(seated(meetup, "Cy").token))
    assert other.context["invitation"].link == link
    assert not [word for word in (seat.token, seat.code, "Bo", "bo@") if word in link]


def test_a_link_of_no_seat_passes_nothing_on_and_a_stranger_sees_the_same_as_anybody_new():
    meetup = opened(1)
    assert browser_of().get(INVITATION.format("nobody")).status_code == 404
    seat = seated(meetup, "Bo")
    other = opened(title="Autumn meetup")
    assert browser_of().get(f"/m/{other.slug}/seat/{seat.token}/invitation/").status_code == 404
    registered_again(meetup, "Bo")
    link = browser_of().get(INVITATION.format(Echo.objects.get().token)).context["invitation"].link
    assert way_of(meetup.pk, link.partition("?via=")[2]) == "~1"


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_take_the_same_queries_for_few_and_many(rows, django_assert_num_queries):
    meetup = published({(LIST, "list"): 5 * rows, ("", "web"): 5 * rows})
    series = meetups.start_series("Mid-Cycle", slug="mid-cycle", community="Operators", now=NOW)
    meetups.join_series(meetup, series, by=ada(), now=NOW, next_summit_city="", next_summit_region="")
    for number in range(rows):
        actions.make_channel(meetup, f"Wall {number}", leads_to="meetup", by=ada(), now=NOW)
        other = published({(LIST, "list"): 6}, title=f"Edition {number}")
        meetups.join_series(other, series, by=ada(), now=NOW, next_summit_city="", next_summit_region="")
    team, visitor = browser_of(ada()), browser_of()
    with django_assert_num_queries(8):
        team.get(DESK)
    with django_assert_num_queries(4):
        visitor.get(PUBLIC)
    with django_assert_num_queries(2):
        visitor.get(API)

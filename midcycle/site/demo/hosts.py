"""Calls for hosts: the one that Kraków won against two others, and one that is open for the edition to come."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

import yaml

from midcycle.accounts.models import Person
from midcycle.bidding import actions as bidding
from midcycle.bidding.models import Bid, HostCall
from midcycle.bidding.rules import FIELDS, SECTIONS, Line
from midcycle.hosting import actions as hosting
from midcycle.kernel.money import parse_amount
from midcycle.kernel.zones import zones_of
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup, Series
from midcycle.site.demo.folk import address_of, known_as
from midcycle.site.demo.stories import HERE

NEXT: Final = "operators-autumn"
TALES: Final = HERE / "stories" / "hosts.yaml"
Tale = Mapping[str, Any]


def read_tales() -> dict[str, Tale]:
    """Return what `stories/hosts.yaml` tells: of the call that is over, and of the one that is open."""
    tales: dict[str, Tale] = yaml.safe_load(TALES.read_text(encoding="utf-8"))
    return tales


def choose_krakow(meetup: Meetup, day: date, *, now: datetime) -> None:
    """Tell how Kraków was chosen: three bids, of which one was read by two of three; settled on that day."""
    tale = read_tales()["past"]
    deadline = now + timedelta(weeks=3)
    window = (day - timedelta(days=10), day + timedelta(days=32))
    call = _opened(meetup, tale, window, deadline, now=now)
    offers = {one["answers"]["city"]: _bid(call, one, day, now=now + timedelta(days=6)) for one in tale["bids"]}
    _ask(call, tale, {}, now=now + timedelta(days=8))
    _ask(call, tale, offers, now=deadline + timedelta(hours=5))
    keeper = known_as(tale["keeper"], now=now)
    for told in tale["cells"]:
        bid, field = offers[told["city"]], FIELDS[told["field"]]
        bidding.write_cell(bid, field, told["text"], seen=0, by=keeper, now=deadline + timedelta(days=1))
    for told in tale["mistakes"]:
        by, at = known_as(told["by"], now=now), deadline + timedelta(days=1)
        found = bidding.report_mistake(offers[told["city"]], told["field"], told["text"], by=by, now=at)
        bidding.answer_mistake(found, told["answer"], by=keeper, now=at)
    _judge(call, tale, offers, now=deadline + timedelta(days=2))
    meetup.refresh_from_db()


def call_for_autumn(series: Series, *, ada: Person, now: datetime) -> Meetup:
    """Open the call for the edition after the coming one: those who lost against Kraków knew of it first."""
    tale, opened = read_tales()["next"], now - timedelta(days=16)
    said = {"title": tale["title"], "summary": tale["summary"], "region": "europe", "channel": tale["channel"], "slug": NEXT}
    meetup = hosting.open_call(ada, **said, guess=(80, 120), now=opened - timedelta(days=5))
    meetups.join_series(meetup, series, by=ada, now=opened - timedelta(days=5))
    first = now.date() + timedelta(weeks=36)
    first += timedelta(days=(1 - first.weekday()) % 7)
    deadline = (now + timedelta(days=26)).replace(hour=21, minute=59, second=0, microsecond=0)
    window = (first - timedelta(days=8), first + timedelta(days=34))
    call = _opened(meetup, tale, window, deadline, now=opened)
    for told in tale["bids"]:
        _bid(call, told, first, now=now - timedelta(days=4))
    _ask(call, tale, {}, now=now - timedelta(days=3))
    return meetup


def _opened(meetup: Meetup, tale: Tale, window: tuple[date, date], deadline: datetime, *, now: datetime) -> HostCall:
    earliest, latest = window
    ada, people = meetup.opened_by, tale["people"]
    texts = {"about": tale["about"], "chosen_how": tale["chosen_how"]}
    wanted = bidding.Wanted("europe", earliest, latest, deadline, "Europe/Vienna", people, **texts)
    call = bidding.prepare_call(meetup, wanted, by=ada, now=now)
    for one in tale["criteria"]:
        bidding.add_criterion(call, **one, by=ada, now=now)
    for name, why in tale["group"]:
        bidding.name_member(call, address_of(name), why=why, by=ada, now=now, name=name)
    bidding.name_keeper(call, address_of(tale["keeper"]), by=ada, now=now, name=tale["keeper"])
    call.refresh_from_db()
    return bidding.open_call(call, by=ada, now=now)


def _bid(call: HostCall, told: Tale, day: date, *, now: datetime) -> Bid:
    """Write a bid, all but a draft to its end; `days` are counted from a day."""
    by = known_as(told["by"], now=now)
    earlier = Bid.objects.filter(opened_by=by, answers__city=told["like"]).first() if "like" in told else None
    bid = bidding.open_bid(call, by=by, now=now, like=earlier)
    said = dict(told.get("answers") or {**bid.answers, "conflict": told["conflict"], "days": told["days"]})
    said["days"] = [
        {"starts_on": str(day + timedelta(days=first)), "ends_on": str(day + timedelta(days=last))}
        for first, last in said["days"]
    ]
    said |= {"timezone": zones_of(said["country"])[0], "contact_email": by.email}
    for section in SECTIONS:
        answers = {field.key: said[field.key] for field in section.fields if field.key in said}
        bid = bidding.save_section(bid, section, answers, seen=0, by=by, now=now)
    _costs(bid, told, by=by, now=now)
    for name in told["with"]:
        bidding.invite_editor(bid, known_as(name, now=now).email, by=by, now=now)
    if not told.get("is_draft"):
        bidding.hand_in(bid, by=by, now=now + timedelta(hours=1))
        bid.refresh_from_db()
    return bid


def _costs(bid: Bid, told: Tale, *, by: Person, now: datetime) -> None:
    if "costs" in told:
        bidding.set_currency(bid, told["currency"], by=by, now=now)
    for label, amount, who in told.get("costs", ()):
        line = Line(parse_amount(amount, told["currency"]), per_person=who.startswith("each"), by_host=who.endswith("host"))
        bidding.add_cost(bid, label, line, by=by, now=now)


def _ask(call: HostCall, tale: Tale, offers: Mapping[str, Bid], *, now: datetime) -> None:
    """Ask and answer, about the call as long as nobody reads a bid, else about bids."""
    for told in tale["questions"]:
        if bool(told["city"]) != bool(offers):
            continue
        bid = offers.get(told["city"])
        asked = bidding.ask(call, told["text"], by=known_as(told["by"], now=now), now=now, bid=bid)
        if told["answer"]:
            bidding.answer(asked, told["answer"], by=bid.opened_by if bid else call.meetup.opened_by, now=now)


def _judge(call: HostCall, tale: Tale, offers: Mapping[str, Bid], *, now: datetime) -> None:
    members = {member.person.name: member for member in call.members.select_related("person")}
    numbers = list(call.criteria.order_by("pk").values_list("pk", flat=True))
    for name, interests in tale["interests"].items():
        linked = [bid.pk for city, bid in offers.items() if tale["linked"].get(name) == city]
        bidding.declare(members[name], interests, linked, now=now)
    for name, given in tale["scores"].items():
        for city, points in given.items():
            notes = tale["notes"] if city == tale["chosen"] and name == tale["group"][0][0] else [""] * len(points)
            pairs = zip(numbers, zip(points, notes, strict=True), strict=True)
            bidding.score(members[name], offers[city], dict(pairs), now=now)
    texts = {key: tale[key] for key in ("reasons", "dissent", "minutes")}
    decision = bidding.Decision(offers[tale["chosen"]].pk, 0, **texts)
    bidding.decide(call, members[tale["group"][0][0]], decision, now=now + timedelta(days=3))

"""The call for hosts: what everybody reads, and the desk where it is prepared."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcycle.accounts.models import Person
from midcycle.bidding import actions, queries
from midcycle.bidding.access import call_for, call_of, prepared_call_for, standing_of
from midcycle.bidding.forms import CallForm, CriterionForm, DeadlineForm, KeeperForm, MemberForm, TextForm
from midcycle.bidding.models import HostCall
from midcycle.bidding.views.common import LETTERS, doer, told_in, wait_a_while
from midcycle.meetups.access import organised_meetup_for
from midcycle.meetups.models import Meetup
from midcycle.web.requests import sign_in_first

_FORMS: dict[str, type[forms.Form]] = {"criterion": CriterionForm, "member": MemberForm, "keeper": KeeperForm}


@require_GET
def hosts(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the call: where, between which days, by what it is judged and by whom, the bids, the decision."""
    now = timezone.now()
    call, standing = call_for(request.user, slug, now=now)
    page = queries.call_page(call, standing, now=now)
    shown = {
        "meetup": call.meetup,
        "page": page,
        "call": call,
        "question": TextForm(),
        "answer_form": TextForm(label=gettext("Answer")),
    }
    if page.phase == "decided":
        shown["outcome"] = queries.outcome(call)
    return render(request, "bidding/hosts.html", shown)


@require_http_methods(["GET", "POST"])
def bids(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a bid, blank or like an earlier one."""
    now = timezone.now()
    call, _ = call_for(request.user, slug, now=now)
    if request.method != "POST":
        return redirect("bidding:hosts", slug)
    if not isinstance(request.user, Person):
        return sign_in_first(request, request.path, why=gettext("Sign in first: the bid is yours to come back to."))
    number = request.POST.get("like", "")
    like = queries.bid_to_clone(request.user, int(number) if number.isdecimal() and len(number) < 18 else None)
    bid = actions.open_bid(call, by=request.user, now=now, like=like)
    messages.success(request, gettext("Your bid is begun. Nobody but its editors sees it before the deadline."))
    return redirect("bidding:bid", slug, bid.pk)


@require_http_methods(["GET", "POST"])
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Prepare the call. Region and window may come with the link."""
    meetup, call = organised_meetup_for(request.user, slug), call_of(slug)
    if call is not None and not standing_of(request.user, call).may_prepare:
        messages.info(request, gettext("You write a bid for this call, so the others of the team look after it."))
        return redirect("bidding:hosts", slug)
    if request.method != "POST":
        return _desk(request, meetup, call)
    form = CallForm(meetup, call, request.POST)
    if form.is_valid():
        with told_in(form):
            actions.prepare_call(meetup, form.wanted(), by=doer(request), now=timezone.now())
    if form.errors:
        return _desk(request, meetup, call, call_form=form)
    messages.success(request, gettext("Saved. The call opens when you say so."))
    return redirect("bidding:desk", slug)


@require_POST
def criteria(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a criterion."""
    call, form = prepared_call_for(request.user, slug), CriterionForm(request.POST, prefix="criterion")
    if form.is_valid():
        with told_in(form):
            actions.add_criterion(call, **form.cleaned_data, by=doer(request), now=timezone.now())
    return _answered(request, call, criterion=form)


@require_POST
def criterion(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take a criterion away."""
    actions.remove_criterion(prepared_call_for(request.user, slug), number, by=doer(request), now=timezone.now())
    return redirect("bidding:desk", slug)


@require_POST
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Name somebody of the group."""
    call, form = prepared_call_for(request.user, slug), MemberForm(request.POST, prefix="member")
    if form.is_valid():
        with told_in(form):
            wait_a_while(LETTERS, doer(request))
            actions.name_member(call, **form.cleaned_data, by=doer(request), now=timezone.now())
    return _answered(request, call, member=form)


@require_POST
def member(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take somebody out of the group."""
    actions.remove_member(prepared_call_for(request.user, slug), number, by=doer(request), now=timezone.now())
    return redirect("bidding:desk", slug)


@require_POST
def keeper(request: HttpRequest, slug: str) -> HttpResponse:
    """Name who keeps the comparison."""
    call, form = prepared_call_for(request.user, slug), KeeperForm(request.POST, prefix="keeper")
    if form.is_valid():
        with told_in(form):
            wait_a_while(LETTERS, doer(request))
            actions.name_keeper(call, **form.cleaned_data, by=doer(request), now=timezone.now())
    return _answered(request, call, keeper=form)


@require_POST
def opening(request: HttpRequest, slug: str) -> HttpResponse:
    """Open the call."""
    call = actions.open_call(prepared_call_for(request.user, slug), by=doer(request), now=timezone.now())
    messages.success(request, gettext("The call is open. Post the link to this page where hosts may be."))
    if call.public_at != call.opened_at:
        told = ngettext(
            "Those whose bid lost last time get a letter now; everybody else sees it in %(count)s day.",
            "Those whose bid lost last time get a letter now; everybody else sees it in %(count)s days.",
            call.first_days,
        )
        messages.info(request, told % {"count": call.first_days})
    return redirect("bidding:hosts", slug)


@require_POST
def deadline(request: HttpRequest, slug: str) -> HttpResponse:
    """Give everybody more time."""
    call, form = prepared_call_for(request.user, slug), DeadlineForm(request.POST)
    found = form.deadline() if form.is_valid() else None
    if found is not None:
        with told_in(form):
            actions.extend_deadline(call, found, by=doer(request), now=timezone.now())
    if form.errors:
        return _desk(request, call.meetup, call, deadline_form=form)
    messages.success(request, gettext("The deadline is moved."))
    return redirect("bidding:desk", slug)


def _answered(request: HttpRequest, call: HostCall, **sent: forms.Form) -> HttpResponse:
    """Lead back to the desk, or show what is wrong there."""
    if any(form.errors for form in sent.values()):
        return _desk(request, call.meetup, call, **{f"{name}_form": form for name, form in sent.items()})
    return redirect("bidding:desk", call.meetup.slug)


def _desk(request: HttpRequest, meetup: Meetup, call: HostCall | None, **sent: forms.Form) -> HttpResponse:
    now = timezone.now()
    asked = {name: request.GET.get(name, "")[:60] for name in ("region", "earliest", "latest", "people")}
    shown: dict[str, object] = {"meetup": meetup, "call": call, "call_form": CallForm(meetup, call, asked=asked)}
    if call is not None:
        there = call.deadline_there
        known = {"deadline_day": there, "deadline_time": there, "timezone": call.timezone}
        shown |= {"page": queries.desk_page(call, now=now), "deadline_form": DeadlineForm(initial=known)}
        shown |= {f"{name}_form": kind(prefix=name) for name, kind in _FORMS.items()}
    return render(request, "bidding/desk.html", shown | sent, status=422 if sent else 200)

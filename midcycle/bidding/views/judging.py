"""Questions, the comparison, and the group: interests, points, the decision."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcycle.accounts.models import Person
from midcycle.bidding import actions, queries
from midcycle.bidding.access import (
    Standing,
    bid_for,
    call_for,
    cell_for,
    comparison_for,
    judge_for,
    member_for,
    mistake_for,
    own_bid_for,
    question_for,
    scored_bid_for,
    standing_of,
)
from midcycle.bidding.forms import CellForm, DecisionForm, InterestsForm, MistakeForm, ScoreForm, TextForm
from midcycle.bidding.models import Bid, Cell, HostCall
from midcycle.bidding.rules import Field, in_one_line
from midcycle.bidding.views.common import QUESTIONS, doer, told_in, wait_a_while
from midcycle.kernel.zones import countries_in_words
from midcycle.web.requests import method_of, sign_in_first


@require_POST
def questions(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask about the call."""
    call, _ = call_for(request.user, slug, now=timezone.now())
    return _ask(request, call, None, f"/m/{slug}/hosts/")


@require_POST
def bid_questions(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask about a bid."""
    bid, _ = bid_for(request.user, slug, number, now=timezone.now())
    return _ask(request, bid.call, bid, f"/m/{slug}/hosts/bids/{number}/")


def _ask(request: HttpRequest, call: HostCall, bid: Bid | None, back: str) -> HttpResponse:
    if not isinstance(request.user, Person):
        return sign_in_first(request, back, why=gettext("Sign in first: your name stands beside your question."))
    form = TextForm(request.POST)
    if form.is_valid():
        with told_in(form):
            wait_a_while(QUESTIONS, request.user)
            actions.ask(call, form.cleaned_data["text"], by=request.user, now=timezone.now(), bid=bid)
    if form.errors:
        shown = {"meetup": call.meetup, "form": form, "back": back, "title": gettext("Ask a question")}
        return render(request, "bidding/text.html", shown, status=422)
    messages.success(request, gettext("Your question is public. The answer will stand below it."))
    return redirect(f"{back}#questions")


@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Answer a question, or take one about the call away."""
    found, standing = question_for(request.user, slug, number, now=timezone.now())
    back = f"/m/{slug}/hosts/bids/{found.bid_id}/" if found.bid_id else f"/m/{slug}/hosts/"
    if method_of(request) == "DELETE" and found.bid_id is None:
        actions.remove_question(found, by=doer(request), now=timezone.now())
        return redirect(f"{back}#questions")
    form = TextForm(request.POST or None, label=gettext("Answer"))
    form.initial["text"] = found.answer
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            actions.answer(found, form.cleaned_data["text"], by=doer(request), now=timezone.now())
        if not form.errors:
            return redirect(f"{back}#questions")
    shown = {"meetup": found.call.meetup, "form": form, "back": back, "title": gettext("Answer"), "question": found}
    shown["may_remove"] = standing.may_prepare and found.bid_id is None
    return render(request, "bidding/text.html", shown, status=422 if form.errors else 200)


@require_GET
def comparison(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the bids side by side."""
    call, standing = comparison_for(request.user, slug, now=timezone.now())
    return _comparison(request, call, standing, None)


def _comparison(request: HttpRequest, call: HostCall, standing: Standing, form: MistakeForm | None) -> HttpResponse:
    with_costs = call.state == "decided" or (not standing.edits and (standing.keeps or standing.judges))
    found = queries.comparison(call, with_costs=with_costs)
    own = [bid for bid in found.bids if bid.pk in standing.edits]
    shown = {"meetup": call.meetup, "call": call, "standing": standing, "found": found, "is_decided": call.state == "decided"}
    shown["form"] = (form or MistakeForm(own)) if own and call.state == "open" else None
    return render(request, "bidding/comparison.html", shown, status=422 if form else 200)


@require_GET
def comparison_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand the comparison out as CSV."""
    call, _ = comparison_for(request.user, slug, now=timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="{slug}-bids.csv"'}
    return HttpResponse(queries.comparison_file(call), content_type="text/csv; charset=utf-8", headers=headers)


@never_cache
@require_http_methods(["GET", "POST"])
def cell(request: HttpRequest, slug: str, number: int, key: str) -> HttpResponse:
    """Let the keeper write a cell."""
    bid, field, found = cell_for(request.user, slug, number, key, now=timezone.now())
    form = CellForm(request.POST or None, initial=_cell_now(bid, field, found))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            with told_in(form):
                actions.write_cell(bid, field, said["text"], seen=said["seen"], by=doer(request), now=timezone.now())
        except actions.ChangedMeanwhile as refusal:
            form = _cell_again(request, bid, field, refusal.message)
        if not form.errors:
            return redirect(f"/m/{slug}/hosts/comparison/#row-{key}")
    own = in_one_line(field, bid.answers.get(field.key), countries_in_words())
    shown = {"meetup": bid.call.meetup, "bid": bid, "field": field, "own": own, "form": form, "cell": found}
    return render(request, "bidding/cell.html", shown, status=422 if form.errors else 200)


def _cell_now(bid: Bid, field: Field, found: Cell | None) -> dict[str, object]:
    own = in_one_line(field, bid.answers.get(field.key), countries_in_words())
    return {"seen": found.version if found else 0, "text": found.text if found and found.text else own[:600]}


def _cell_again(request: HttpRequest, bid: Bid, field: Field, why: str) -> CellForm:
    """Return the form with what was typed, over the version there is now; the mistake says what is there."""
    there = Cell.objects.filter(bid=bid, field=field.key).first()
    typed = request.POST.copy()
    typed["seen"] = str(there.version if there else 0)
    form = CellForm(typed)
    now = gettext("There is now: %(text)s") % {"text": there.text if there else ""}
    form.add_error("text", f"{why} {now if there and there.text else gettext('There is now: the words of the bid itself')}")
    return form


@require_POST
def mistakes(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a bidder report a mistake in the comparison."""
    call, standing = comparison_for(request.user, slug, now=timezone.now())
    own = list(Bid.objects.filter(pk__in=standing.edits, state="handed_in"))
    form = MistakeForm(own, request.POST)
    if form.is_valid():
        said = form.cleaned_data
        bid, _ = own_bid_for(request.user, slug, said["bid"], now=timezone.now())
        with told_in(form):
            wait_a_while(QUESTIONS, doer(request))
            actions.report_mistake(bid, said["field"], said["text"], by=doer(request), now=timezone.now())
    if form.errors:
        return _comparison(request, call, standing, form)
    messages.success(request, gettext("The keeper will look at it. What was done stands below the table."))
    return redirect(f"/m/{slug}/hosts/comparison/#mistakes")


@require_http_methods(["GET", "POST"])
def mistake(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let the keeper say what was done about a mistake."""
    found = mistake_for(request.user, slug, number, now=timezone.now())
    back, form = f"/m/{slug}/hosts/comparison/#mistakes", TextForm(request.POST or None, label=gettext("What you did"))
    form.initial["text"] = found.answer
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            actions.answer_mistake(found, form.cleaned_data["text"], by=doer(request), now=timezone.now())
        if not form.errors:
            return redirect(back)
    shown = {
        "meetup": found.bid.call.meetup,
        "form": form,
        "back": back,
        "title": gettext("Answer a report"),
        "question": found,
    }
    return render(request, "bidding/text.html", shown, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a member of the group what there is to do, and take their interests."""
    now = timezone.now()
    member = member_for(request.user, slug, now=now)
    page = queries.judge_page(member, standing_of(request.user, member.call), now=now)
    bids = [bid for bid, _ in page.bids]
    known = {"interests": member.interests, "linked": [bid.pk for bid, state in page.bids if state == "linked"]}
    form = InterestsForm(bids, request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            actions.declare(member, form.cleaned_data["interests"], form.cleaned_data["linked"], now=now)
        if not form.errors:
            messages.success(request, gettext("Your interests are public. You can score the other bids now."))
            return redirect("bidding:group", slug)
    shown = {"meetup": member.call.meetup, "call": member.call, "member": member, "page": page, "form": form}
    return render(request, "bidding/group.html", shown, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def scores(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let a member give a bid points."""
    member, bid = scored_bid_for(request.user, slug, number, now=timezone.now())
    criteria = queries.criteria_of(member.call)
    form = ScoreForm(criteria, queries.points_of(member, bid), request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            actions.score(member, bid, form.points(), now=timezone.now())
        if not form.errors:
            messages.success(request, gettext("Your points for %(bid)s are kept.") % {"bid": bid.title})
            return redirect("bidding:group", slug)
    shown = {"meetup": member.call.meetup, "bid": bid, "form": form}
    return render(request, "bidding/scores.html", shown, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def decision(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a member note what the group decided."""
    member = judge_for(request.user, slug, now=timezone.now())
    if member.call.state == "decided":
        return redirect("bidding:hosts", slug)
    form = DecisionForm(queries.offers_of(member.call), request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            actions.decide(member.call, member, form.decision(), now=timezone.now())
        if not form.errors:
            messages.success(request, gettext("The decision is public, and place and days are set."))
            return redirect("bidding:hosts", slug)
    outcome = queries.shown_outcome(member.call, standing_of(request.user, member.call))
    shown = {"meetup": member.call.meetup, "form": form, "outcome": outcome}
    return render(request, "bidding/decision.html", shown, status=422 if form.errors else 200)

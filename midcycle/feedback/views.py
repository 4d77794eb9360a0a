"""The survey, and the organisers' page of hands and remarks."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcycle.accounts.models import Person
from midcycle.feedback import actions, queries
from midcycle.feedback.access import hand_count_for, key_of, own_seat, remark_for, seat_for, survey_for
from midcycle.feedback.forms import CountForm, HandsForm, RemarkForm, SurveyForm
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.access import meetup_for, organised_meetup_for
from midcycle.meetups.models import Meetup
from midcycle.web.requests import method_of


@require_GET
def door(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead a signed-in person to the survey of their seat, and tell everybody else where the way in is."""
    meetup = meetup_for(slug)
    survey = survey_for(meetup)
    seat = own_seat(request.user, meetup)
    if seat is not None:
        return redirect("feedback:survey", slug, key_of(seat))
    return render(request, "feedback/door.html", {"meetup": meetup, "survey": survey})


@never_cache
@require_http_methods(["GET", "POST"])
def survey(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Ask once, without a name; afterwards say thank you."""
    seat = seat_for(slug, key)
    form = SurveyForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _done(form, lambda: actions.answer_survey(seat, form.answers(), now=timezone.now())):
        return redirect("feedback:survey", slug, key)
    page = {"meetup": seat.meetup, "form": form, "answered": queries.has_answered(seat)}
    return render(request, "feedback/survey.html", page, status=_status(form))


@require_GET
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the organisers what came back, and what they can count and note."""
    return _desk(request, organised_meetup_for(request.user, slug))


@require_POST
def survey_state(request: HttpRequest, slug: str) -> HttpResponse:
    """Open or close the survey."""
    meetup = organised_meetup_for(request.user, slug)
    closes, by = method_of(request) == "DELETE", _person(request)
    try:
        (actions.close_survey if closes else actions.open_survey)(meetup, by=by, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "The survey is closed." if closes else "The survey is open.")
    return redirect("feedback:desk", slug)


@require_POST
def hands(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep a show of hands."""
    meetup, by = organised_meetup_for(request.user, slug), _person(request)
    form = HandsForm(queries.questions_counted(meetup), request.POST)
    if form.is_valid():
        question, asked = form.question_asked()
        counted = {"yes": form.cleaned_data["yes"], "no": form.cleaned_data["no"], "again": False}
        if _done(form, lambda: actions.count_hands(meetup, question, asked=asked, by=by, now=timezone.now(), **counted)):
            messages.success(request, "The count is kept.")
            return redirect("feedback:desk", slug)
    return _desk(request, meetup, hands=form)


@require_http_methods(["GET", "POST"])
def hand_count(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change the numbers of a show of hands, or take it away."""
    meetup, by = organised_meetup_for(request.user, slug), _person(request)
    count = hand_count_for(meetup, number)
    if method_of(request) == "DELETE":
        actions.drop_hands(count, by=by, now=timezone.now())
        messages.success(request, f"The count of “{count.asked}” is taken away.")
        return redirect("feedback:desk", slug)
    form = CountForm(request.POST if request.method == "POST" else None, initial={"yes": count.yes, "no": count.no})
    if form.is_valid():
        question, asked, counted = count.question, count.asked, form.cleaned_data
        if _done(form, lambda: actions.count_hands(meetup, question, asked=asked, by=by, now=timezone.now(), **counted)):
            messages.success(request, "The count is changed.")
            return redirect("feedback:desk", slug)
    page = {"meetup": meetup, "count": count, "form": form}
    return render(request, "feedback/hand_count.html", page, status=_status(form))


@require_POST
def remarks(request: HttpRequest, slug: str) -> HttpResponse:
    """Note a remark."""
    meetup, by = organised_meetup_for(request.user, slug), _person(request)
    form = RemarkForm(request.POST, auto_id="remark_%s")
    if form.is_valid():
        kind, text = form.cleaned_data["kind"], form.cleaned_data["text"]
        if _done(form, lambda: actions.note_remark(meetup, kind, text, by=by, now=timezone.now())):
            messages.success(request, "The remark is noted.")
            return redirect("feedback:desk", slug)
    return _desk(request, meetup, remark=form)


@require_POST
def remark(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take a remark away."""
    meetup = organised_meetup_for(request.user, slug)
    actions.drop_remark(remark_for(meetup, number), by=_person(request), now=timezone.now())
    messages.success(request, "The remark is taken away.")
    return redirect("feedback:desk", slug)


def _desk(request: HttpRequest, meetup: Meetup, *, hands: Form | None = None, remark: Form | None = None) -> HttpResponse:
    shown = queries.desk(meetup)
    page = {
        "desk": shown,
        "hands_form": hands or HandsForm({count.question for count in shown.hands}),
        "remark_form": remark or RemarkForm(auto_id="remark_%s"),
    }
    return render(request, "feedback/desk.html", page, status=422 if hands or remark else 200)


def _done(form: Form, deed: Callable[[], object]) -> bool:
    """Do the deed; a refusal stands next to its field, so that nothing typed is lost."""
    try:
        deed()
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return False
    return True


def _status(form: Form) -> int:
    return 422 if form.is_bound and form.errors else 200


def _person(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise Http404
    return request.user

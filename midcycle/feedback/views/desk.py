"""The organisers' page of hands, remarks and what came of the survey."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcycle.feedback import actions, queries
from midcycle.feedback.access import hand_count_for, remark_for
from midcycle.feedback.forms import CountForm, HandsForm, RemarkForm
from midcycle.feedback.rules import WORDS
from midcycle.feedback.views.common import done, organised, person_of, status_of
from midcycle.meetups.access import organised_meetup_for
from midcycle.meetups.models import Meetup
from midcycle.web.requests import method_of


@require_GET
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the organisers what came back, and what they can count and note."""
    return _desk(request, organised_meetup_for(request.user, slug))


@require_GET
def figures(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the organisers what a closed survey came to."""
    meetup = organised_meetup_for(request.user, slug)
    return render(request, "feedback/figures.html", {"meetup": meetup, "results": queries.results(meetup, public=False)})


@require_GET
def words(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the organisers a page of what people wrote. Raises Http404 where there is none."""
    meetup = organised_meetup_for(request.user, slug)
    number = request.GET.get("page", "1")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 0
    texts = queries.texts_page(meetup, request.GET.get("question", WORDS), page) if page else None
    if texts is None:
        raise Http404
    return render(request, "feedback/words.html", {"meetup": meetup, "texts": texts})


@require_POST
def hands(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep a show of hands."""
    meetup, by = organised(request, slug)
    form = HandsForm(queries.questions_counted(meetup), request.POST)
    if form.is_valid():
        question, asked = form.question_asked()
        counted = {"yes": form.cleaned_data["yes"], "no": form.cleaned_data["no"], "again": False}
        if done(form, lambda: actions.count_hands(meetup, question, asked=asked, by=by, now=timezone.now(), **counted)):
            messages.success(request, gettext("The count is kept."))
            return redirect("feedback:desk", slug)
    return _desk(request, meetup, hands=form)


@require_http_methods(["GET", "POST"])
def hand_count(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change the numbers of a show of hands, or take it away."""
    meetup, by = organised(request, slug)
    count = hand_count_for(meetup, number)
    if method_of(request) == "DELETE":
        actions.drop_hands(count, by=by, now=timezone.now())
        messages.success(request, gettext("The count of “%(question)s” is taken away.") % {"question": count.told})
        return redirect("feedback:desk", slug)
    form = CountForm(request.POST if request.method == "POST" else None, initial={"yes": count.yes, "no": count.no})
    if form.is_valid():
        question, asked, counted = count.question, count.asked, form.cleaned_data
        if done(form, lambda: actions.count_hands(meetup, question, asked=asked, by=by, now=timezone.now(), **counted)):
            messages.success(request, gettext("The count is changed."))
            return redirect("feedback:desk", slug)
    page = {"meetup": meetup, "count": count, "form": form, "parts": queries.hand_parts(count)}
    return render(request, "feedback/hand_count.html", page, status=status_of(form))


@require_POST
def remarks(request: HttpRequest, slug: str) -> HttpResponse:
    """Note a remark."""
    meetup, by = organised(request, slug)
    form = RemarkForm(request.POST, auto_id="remark_%s")
    if form.is_valid():
        kind, text = form.cleaned_data["kind"], form.cleaned_data["text"]
        if done(form, lambda: actions.note_remark(meetup, kind, text, by=by, now=timezone.now())):
            messages.success(request, gettext("The remark is noted."))
            return redirect("feedback:desk", slug)
    return _desk(request, meetup, remark=form)


@require_POST
def remark(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take a remark away."""
    meetup = organised_meetup_for(request.user, slug)
    actions.drop_remark(remark_for(meetup, number), by=person_of(request), now=timezone.now())
    messages.success(request, gettext("The remark is taken away."))
    return redirect("feedback:desk", slug)


def _desk(request: HttpRequest, meetup: Meetup, *, hands: Form | None = None, remark: Form | None = None) -> HttpResponse:
    shown = queries.desk(meetup)
    page = {
        "desk": shown,
        "hands_form": hands or HandsForm({count.question for count in shown.hands}),
        "remark_form": remark or RemarkForm(auto_id="remark_%s"),
    }
    return render(request, "feedback/desk.html", page, status=422 if hands or remark else 200)

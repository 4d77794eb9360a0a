"""The team makes its survey, looks at it, opens it and closes it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcycle.feedback import actions, queries
from midcycle.feedback.access import question_for
from midcycle.feedback.forms import AnswerForm, QuestionForm, StandardForm
from midcycle.feedback.models import OwnQuestion
from midcycle.feedback.views.common import done, in_language, organised, status_of, told
from midcycle.kernel.words import quoted
from midcycle.meetups.access import organised_meetup_for
from midcycle.meetups.models import Meetup
from midcycle.web.requests import method_of


@require_GET
def questions(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the organiser everything the survey asks."""
    return _list(request, organised_meetup_for(request.user, slug))


@require_POST
def standard(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose which standard questions are asked."""
    meetup, by = organised(request, slug)
    form = StandardForm(queries.builder_page(meetup), request.POST)
    if form.is_valid() and done(form, lambda: actions.set_standard(meetup, form.off, by=by, now=timezone.now())):
        messages.success(request, gettext("The standard questions are chosen."))
        return redirect("feedback:questions", slug)
    return _list(request, meetup, form)


@require_http_methods(["GET", "POST"])
def question_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask one thing more."""
    meetup, by = organised(request, slug)
    form = QuestionForm(request.POST or None, languages=queries.languages_of(meetup))
    if form.is_valid() and done(form, lambda: actions.add_question(meetup, form.wanted(), by=by, now=timezone.now())):
        messages.success(request, gettext("The question is added."))
        return redirect("feedback:questions", slug)
    return render(request, "feedback/question.html", {"form": form, "meetup": meetup}, status=status_of(form))


@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change a question nobody met yet, or take it away."""
    meetup, by = organised(request, slug)
    found = question_for(meetup, number)
    if method_of(request) == "DELETE":
        if told(request, lambda: actions.remove_question(found, by=by, now=timezone.now())):
            messages.success(request, gettext("%(question)s is taken away.") % {"question": _title(found)})
        return redirect("feedback:questions", slug)
    form = QuestionForm(request.POST or None, languages=queries.languages_of(meetup), before=queries.as_asked(found))
    if form.is_valid() and done(form, lambda: actions.change_question(found, form.wanted(), by=by, now=timezone.now())):
        messages.success(request, gettext("The question is changed."))
        return redirect("feedback:questions", slug)
    page = {"form": form, "meetup": meetup, "question": found, "title": _title(found), "is_met": queries.is_met(found)}
    return render(request, "feedback/question.html", page, status=status_of(form))


@require_POST
def question_place(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Move a question up or down by one place."""
    meetup, by = organised(request, slug)
    by_places = -1 if request.POST.get("to") == "up" else 1
    told(request, lambda: actions.move_question(question_for(meetup, number), by_places, by=by, now=timezone.now()))
    return redirect("feedback:questions", slug)


@require_POST
def question_retirement(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask a question no more; what was answered stays."""
    meetup, by = organised(request, slug)
    found = question_for(meetup, number)
    if told(request, lambda: actions.retire_question(found, by=by, now=timezone.now())):
        messages.success(request, gettext("%(question)s is asked no more. Its answers stay.") % {"question": _title(found)})
    return redirect("feedback:questions", slug)


@require_GET
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the survey as people see it, without a button."""
    meetup = organised_meetup_for(request.user, slug)
    return in_language(request, lambda: _preview(request, meetup))


@require_POST
def survey_state(request: HttpRequest, slug: str) -> HttpResponse:
    """Open or close the survey."""
    meetup, by = organised(request, slug)
    closes = method_of(request) == "DELETE"
    deed = actions.close_survey if closes else actions.open_survey
    if told(request, lambda: deed(meetup, by=by, now=timezone.now())):
        messages.success(request, gettext("The survey is closed.") if closes else gettext("The survey is open."))
    return redirect("feedback:desk", slug)


def _preview(request: HttpRequest, meetup: Meetup) -> HttpResponse:
    asked = queries.survey_form(meetup, asked=request.GET.get("lang", ""))
    return render(request, "feedback/preview.html", {"meetup": meetup, "asked": asked, "form": AnswerForm(asked)})


def _list(request: HttpRequest, meetup: Meetup, form: StandardForm | None = None) -> HttpResponse:
    page = queries.builder_page(meetup)
    shown = {"meetup": meetup, "page": page, "standard": form or StandardForm(page)}
    return render(request, "feedback/questions.html", shown, status=422 if form else 200)


def _title(question: OwnQuestion) -> str:
    return quoted(queries.as_asked(question).title())

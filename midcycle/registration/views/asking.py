"""The organisers' form: questions, standard ones, languages, how it looks, what people eat and need, what is kept."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcycle.kernel.words import quoted
from midcycle.meetups.access import organised_meetup_for
from midcycle.meetups.models import Meetup
from midcycle.registration import actions, queries
from midcycle.registration.access import question_at_desk_for
from midcycle.registration.forms import LanguagesForm, QuestionForm, SeatForm, StandardForm
from midcycle.registration.models import Question
from midcycle.registration.rules.editing import Loss
from midcycle.registration.rules.languages import FIRST, text_in
from midcycle.registration.views.common import asked_of, done, organised, page_in, said, told


@require_GET
def questions(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the organiser everything the form asks."""
    return _list(request, organised_meetup_for(request.user, slug))


@require_http_methods(["GET", "POST"])
def question_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask one thing more."""
    meetup, by = organised(request, slug)
    form = QuestionForm(
        request.POST or None, languages=queries.languages_of(meetup), conditions=queries.conditions_for(meetup, None)
    )
    if request.method == "POST" and form.is_valid():
        made = said(form, lambda: actions.add_question(meetup, form.wanted(), by=by, now=timezone.now()))
        if made is not None:
            messages.success(request, gettext("%(question)s is asked now.") % {"question": _title(made)})
            return _to_list(made)
    page = {"form": form, "meetup": meetup}
    return render(request, "registration/question.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change a question; what happens to answers given is said first."""
    found, by = question_at_desk_for(request.user, slug, number)
    form = QuestionForm(
        request.POST or None,
        languages=queries.languages_of(found.meetup),
        conditions=queries.conditions_for(found.meetup, found.pk),
        before=queries.asked_as(found),
    )
    losses: tuple[Loss, ...] = ()
    if request.method == "POST" and form.is_valid():
        losses = queries.losses_of(found, form.wanted().as_asked(found.pk, found.key))
        if (form.cleaned_data["sure"] or not losses) and said(
            form, lambda: actions.change_question(found, form.wanted(), by=by, now=timezone.now())
        ):
            messages.success(request, gettext("%(question)s is changed.") % {"question": _title(found)})
            return _to_list(found)
    page = {"form": form, "meetup": found.meetup, "question": found, "title": _title(found), "losses": losses}
    return render(request, "registration/question.html", page, status=422 if form.errors or losses else 200)


@require_POST
def question_place(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Move a question up or down by one place."""
    found, by = question_at_desk_for(request.user, slug, number)
    by_places = -1 if request.POST.get("to") == "up" else 1
    told(request, lambda: actions.move_question(found, by_places, by=by, now=timezone.now()))
    return _to_list(found)


@require_http_methods(["GET", "POST"])
def question_removal(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask whether a question is to be removed with its answers, and remove it."""
    found, by = question_at_desk_for(request.user, slug, number)
    title = _title(found)
    if request.method == "POST":
        actions.remove_question(found, by=by, now=timezone.now())
        gone = gettext("%(question)s is not asked any more, and its answers are deleted.")
        messages.success(request, gone % {"question": title})
        return redirect("registration:questions", slug)
    answered = sum(queries.people_by_answer(found).values())
    page = {
        "meetup": found.meetup,
        "question": found,
        "title": title,
        "answered": answered,
        "waiting": queries.waits_for(found),
    }
    return render(request, "registration/question_removal.html", page)


@require_POST
def standard(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose which standard questions are asked, and how long each answer is kept."""
    meetup, by = organised(request, slug)
    form = StandardForm(queries.questions_page(meetup), request.POST)
    if form.is_valid() and done(form, lambda: actions.set_standard(meetup, form.off, form.days, by=by, now=timezone.now())):
        messages.success(request, gettext("The standard questions are set."))
        return redirect(f"{resolve_url('registration:questions', slug)}#standard")
    return _list(request, meetup, standard_form=form)


@require_POST
def languages(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose the languages the organisers write in."""
    meetup, by = organised(request, slug)
    form = LanguagesForm(request.POST)
    if form.is_valid() and done(form, lambda: actions.set_languages(meetup, form.chosen(), by=by, now=timezone.now())):
        messages.success(request, gettext("The languages are set. Questions that miss one say so."))
        return redirect(f"{resolve_url('registration:questions', slug)}#languages")
    return _list(request, meetup, languages_form=form)


@require_GET
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form as people see it, without a button."""
    meetup = organised_meetup_for(request.user, slug)
    asked = asked_of(request, meetup)
    form = SeatForm(asked=asked)
    return page_in(request, "registration/preview.html", asked, {"form": form, "meetup": meetup})


@require_GET
def needs(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the organiser what people eat and need."""
    meetup = organised_meetup_for(request.user, slug)
    response = render(request, "registration/needs.html", {"meetup": meetup, "page": queries.needs_page(meetup)})
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_GET
def retention(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the organiser what is kept, and when it is deleted."""
    meetup = organised_meetup_for(request.user, slug)
    return render(request, "registration/retention.html", {"meetup": meetup, "page": queries.keeping_page(meetup)})


def _list(
    request: HttpRequest,
    meetup: Meetup,
    *,
    standard_form: StandardForm | None = None,
    languages_form: LanguagesForm | None = None,
) -> HttpResponse:
    """Show the list, with a form as it was typed when that was wrong."""
    page = queries.questions_page(meetup)
    first, *others = page.form.own
    shown = {
        "meetup": meetup,
        "page": page,
        "standard": standard_form or StandardForm(page),
        "languages": languages_form or LanguagesForm(initial={"first": first, "others": others}),
    }
    return render(request, "registration/questions.html", shown, status=422 if standard_form or languages_form else 200)


def _to_list(question: Question) -> HttpResponse:
    return redirect(f"{resolve_url('registration:questions', question.meetup.slug)}#question-{question.pk}")


def _title(question: Question) -> str:
    return quoted(text_in(question.titles, FIRST)[0])

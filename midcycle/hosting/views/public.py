"""Opening an idea, answering its call, changing an answer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from midcycle.accounts.models import Person
from midcycle.hosting import actions, queries
from midcycle.hosting.access import call_for, interest_for
from midcycle.hosting.forms import ChangeForm, IdeaForm, InterestForm, StrangerInterestForm
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.models import Meetup


@login_required
@require_http_methods(["GET", "POST"])
def open_idea(request: HttpRequest) -> HttpResponse:
    """Open an idea with its call for interest."""
    if not isinstance(request.user, Person):
        raise Http404
    form = IdeaForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            meetup = actions.open_call(request.user, **form.idea(), guess=form.guess(), now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, "Your idea is open. Post the link to this page where the people are.")
            return redirect(meetup.path)
    return render(request, "hosting/open_idea.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def interest(request: HttpRequest, slug: str) -> HttpResponse:
    """Take an answer to the call from anybody. Who answers without signing in learns nothing about the address."""
    call = call_for(slug)
    mine = queries.answer_of(call, request.user)
    if mine is not None:
        return redirect("hosting:answer", slug, mine.token)
    person = request.user if isinstance(request.user, Person) else None
    chosen = {"ways": request.GET.getlist("ways")}
    form = (InterestForm if person else StrangerInterestForm)(request.POST or None, initial=chosen)
    if request.method == "POST" and form.is_valid():
        try:
            answered = actions.answer(call.meetup, **form.answer(), now=timezone.now(), signed_in=person)
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            return _thanked(request, call.meetup, answered.interest.token if person else None)
    shown = {"meetup": call.meetup, "call": call, "form": form}
    return render(request, "hosting/interest.html", shown, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Show one's own answer, and change it."""
    found = interest_for(slug, token)
    form = ChangeForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_answer(found, **form.said(), now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, "Your answer is changed.")
            return redirect("hosting:answer", slug, token)
    shown = {"meetup": found.call.meetup, "interest": found, "form": form}
    return render(request, "hosting/answer.html", shown, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def withdrawal(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Ask whether an answer is to be taken back, and do it."""
    found = interest_for(slug, token)
    if request.method == "POST":
        actions.withdraw_answer(found, now=timezone.now())
        messages.success(request, "Your answer is withdrawn, and nothing of it is kept.")
        return redirect(found.call.meetup.path)
    return render(request, "hosting/withdrawal.html", {"meetup": found.call.meetup, "interest": found})


def _thanked(request: HttpRequest, meetup: Meetup, token: str | None) -> HttpResponse:
    if token is not None:
        messages.success(request, "Thank you. Your answer is counted.")
        return redirect("hosting:answer", meetup.slug, token)
    messages.success(request, "Thank you. A letter with a link to see, change or withdraw your answer is on its way to you.")
    return redirect(meetup.path)

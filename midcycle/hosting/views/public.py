"""Opening an idea, answering its call, confirming and changing an answer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from midcycle.accounts.models import Person
from midcycle.hosting import actions, queries
from midcycle.hosting.access import call_for, interest_for
from midcycle.hosting.forms import ChangeForm, IdeaForm, InterestForm, StrangerInterestForm
from midcycle.hosting.models import Call
from midcycle.hosting.views.common import comes_too_often, status_of
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.models import Meetup


@login_required
@require_http_methods(["GET", "POST"])
def open_idea(request: HttpRequest) -> HttpResponse:
    """Open an idea with its call for interest."""
    if not isinstance(request.user, Person):
        raise Http404
    form = IdeaForm(request.POST or None, initial={"region": request.GET.get("region", "")})
    if request.method == "POST" and form.is_valid():
        try:
            meetup = actions.open_call(request.user, **form.idea(), guess=form.guess(), now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, gettext("Your idea is open. Post the link to this page where the people are."))
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
    form = (InterestForm if person else StrangerInterestForm)(
        request.POST or None, windows=queries.windows_of(call), initial={"ways": request.GET.getlist("ways")}
    )
    answered = _answered(request, call, form, person) if request.method == "POST" and form.is_valid() else None
    if answered is not None:
        return _thanked(request, call.meetup, answered.interest.token if person else None)
    return render(request, "hosting/interest.html", {"meetup": call.meetup, "call": call, "form": form}, status=status_of(form))


@never_cache
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Show an answer, and change it. Opening its link counts nothing, as programs that look into letters do so, too."""
    found = interest_for(slug, token)
    form = ChangeForm(queries.said_in(found), request.POST or None, windows=queries.windows_of(found.call))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_answer(found, **form.said(), now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, gettext("Your answer is changed."))
            return redirect("hosting:answer", slug, token)
    passing = queries.link_to(slug, found.code) if found.code else ""
    shown = {"meetup": found.call.meetup, "interest": found, "form": form, "passing": passing}
    return render(request, "hosting/answer.html", shown, status=422 if form.errors else 200)


@require_POST
def confirmation(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Count an answer from now on."""
    if actions.confirm_answer(interest_for(slug, token), now=timezone.now()):
        messages.success(request, gettext("Thank you. Your answer is counted from now on."))
    return redirect("hosting:answer", slug, token)


@never_cache
@require_http_methods(["GET", "POST"])
def withdrawal(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Ask whether an answer is to be taken back, and do it."""
    found = interest_for(slug, token)
    if request.method == "POST":
        actions.withdraw_answer(found, now=timezone.now())
        messages.success(request, gettext("Your answer is withdrawn, and nothing of it is kept."))
        return redirect(found.call.meetup.path)
    return render(request, "hosting/withdrawal.html", {"meetup": found.call.meetup, "interest": found})


def _answered(request: HttpRequest, call: Call, form: InterestForm, person: Person | None) -> actions.Answered | None:
    """Answer the call; None, with a sentence in the form, when it is refused or comes too often."""
    if person is None and comes_too_often(request, form):
        return None
    try:
        via = request.GET.get("via", "")
        return actions.answer(call.meetup, **form.answer(), now=timezone.now(), signed_in=person, via=via)
    except Refusal as refusal:
        form.add_error(refusal.field, refusal.message)
        return None


def _thanked(request: HttpRequest, meetup: Meetup, token: str | None) -> HttpResponse:
    if token is not None:
        messages.success(request, gettext("Thank you. Your answer is counted."))
        return redirect("hosting:answer", meetup.slug, token)
    messages.success(
        request,
        gettext(
            "Thank you. One step is left: open the link in the letter that is on its way to you, and say yes. Then your answer "
            "counts; with the same link you see, change or withdraw it."
        ),
    )
    return redirect(meetup.path)

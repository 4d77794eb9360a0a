"""For organisers: who answered, and the place."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from midcycle.accounts.models import Person
from midcycle.hosting import actions, queries
from midcycle.hosting.access import line_for, organised_call_for, past_edition_for, window_for
from midcycle.hosting.forms import EditionForm, PlaceForm, WindowForm
from midcycle.hosting.views.common import organiser_at
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.access import organised_meetup_for
from midcycle.meetups.models import Meetup


@require_http_methods(["GET", "POST"])
def answers(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the organisers who answered, and close the call."""
    call = organised_call_for(request.user, slug)
    if request.method == "POST" and isinstance(request.user, Person):
        actions.close_call(call.meetup, request.user, now=timezone.now())
        messages.success(request, gettext("The call is closed. Answers can still be read and withdrawn."))
        return redirect("hosting:answers", slug)
    context = {"meetup": call.meetup, "call": call, "answers": queries.answers_to(call)}
    return render(request, "hosting/answers.html", context)


@require_http_methods(["GET", "POST"])
def asking(request: HttpRequest, slug: str) -> HttpResponse:
    """Let an organiser ask about days, and look over the topics people wrote into their answers."""
    call = organised_call_for(request.user, slug)
    form = WindowForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_about_days(call, **form.cleaned_data, by=organiser_at(request), now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, gettext("These days are asked about from now on."))
            return redirect("hosting:asking", slug)
    dates = queries.date_rows(call, queries.summary_of(call, timezone.now()).answers)
    shown = {"meetup": call.meetup, "call": call, "form": form, "dates": dates, "lines": queries.lines_of(call)}
    return render(request, "hosting/asking.html", shown, status=422 if form.errors else 200)


@require_POST
def window_gone(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask about these days no more."""
    actions.drop_days(window_for(request.user, slug, number), by=organiser_at(request), now=timezone.now())
    messages.success(request, gettext("These days are not asked about any more."))
    return redirect("hosting:asking", slug)


@require_POST
def line_hidden(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Hide a topic somebody wrote into an answer, or show it again."""
    found, hidden = line_for(request.user, slug, number), request.POST.get("hidden") == "yes"
    actions.show_line(found, hidden=hidden, by=organiser_at(request), now=timezone.now())
    told = gettext("Hidden: only the team sees this line.") if hidden else gettext("Everybody sees this line again.")
    messages.success(request, told)
    return redirect("hosting:asking", slug)


@require_http_methods(["GET", "POST"])
def learning(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an organiser what the forecast learns from, and take how earlier editions went."""
    call = organised_call_for(request.user, slug)
    form = EditionForm(request.POST or None, initial={name: request.GET.get(name, "")[:160] for name in ("label", "came")})
    if request.method == "POST" and form.is_valid():
        try:
            actions.tell_edition(call.meetup, form.edition(), by=organiser_at(request), now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, gettext("Noted. The forecast learns from it."))
            return redirect("hosting:learning", slug)
    summary, editions = queries.summary_of(call, timezone.now()), queries.edition_rows(call.meetup)
    shown = {"meetup": call.meetup, "call": summary, "form": form, "editions": editions}
    shown["counted"] = queries.counted_elsewhere(call.meetup, editions)
    return render(request, "hosting/learning.html", shown, status=422 if form.errors else 200)


@require_POST
def edition_gone(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take back what was told of an edition elsewhere."""
    actions.forget_edition(past_edition_for(request.user, slug, number), by=organiser_at(request), now=timezone.now())
    messages.success(request, gettext("Taken back. The forecast does not learn from it any more."))
    return redirect("hosting:learning", slug)


@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, slug: str) -> HttpResponse:
    """Let an organiser say where and when, and open registration."""
    meetup = organised_meetup_for(request.user, slug)
    form = PlaceForm(meetup, request.POST or None, call_is_open=queries.call_is_open(meetup), proposed=request.GET.dict())
    if request.method == "POST" and form.is_valid() and isinstance(request.user, Person):
        try:
            actions.settle_place(meetup, request.user, form.place(), **form.wishes(), now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, _settled(meetup, opens_registration=form.wishes()["opens_registration"]))
            if queries.days_are_over(meetup, timezone.now()):
                messages.warning(request, gettext("These days are over."))
            return redirect("hosting:place", slug)
    shown = {"meetup": meetup, "form": form, "may_open_registration": queries.may_open_registration(meetup)}
    return render(request, "hosting/place.html", shown, status=422 if form.errors else 200)


def _settled(meetup: Meetup, *, opens_registration: bool) -> str:
    saved = gettext("Saved. This meetup is in the stage: %(stage)s.") % {"stage": meetup.stage_name}
    left = gettext("One step left: on the desk, under Seats and waitlist, say how many seats there are.")
    return f"{saved} {left}" if opens_registration else saved

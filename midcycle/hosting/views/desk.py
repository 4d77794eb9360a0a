"""For organisers: who answered, and the place."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from midcycle.accounts.models import Person
from midcycle.hosting import actions, queries
from midcycle.hosting.access import organised_call_for
from midcycle.hosting.forms import PlaceForm
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.access import organised_meetup_for


@require_http_methods(["GET", "POST"])
def answers(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the organisers who answered, and close the call."""
    call = organised_call_for(request.user, slug)
    if request.method == "POST" and isinstance(request.user, Person):
        actions.close_call(call.meetup, request.user, now=timezone.now())
        messages.success(request, "The call is closed. Answers can still be read and withdrawn.")
        return redirect("hosting:answers", slug)
    context = {"meetup": call.meetup, "call": call, "answers": queries.answers_to(call)}
    return render(request, "hosting/answers.html", context)


@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, slug: str) -> HttpResponse:
    """Let an organiser say where and when, and open registration."""
    meetup = organised_meetup_for(request.user, slug)
    form = PlaceForm(meetup, request.POST or None, call_is_open=queries.call_is_open(meetup))
    if request.method == "POST" and form.is_valid() and isinstance(request.user, Person):
        try:
            actions.settle_place(meetup, request.user, form.place(), **form.wishes(), now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            left = " One step left: on the desk, under Seats and waitlist, say how many seats there are."
            on = form.wishes()["opens_registration"]
            messages.success(request, f"Saved. This meetup is in the stage: {meetup.stage_name}.{left if on else ''}")
            if queries.days_are_over(meetup, timezone.now()):
                messages.warning(request, "These days are over.")
            return redirect("hosting:place", slug)
    shown = {"meetup": meetup, "form": form, "may_open_registration": queries.may_open_registration(meetup)}
    return render(request, "hosting/place.html", shown, status=422 if form.errors else 200)

"""What everybody sees: outcomes, one of them, files, and what earlier editions left open."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from midcycle.accounts.models import Person
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.access import may_organise, meetup_for
from midcycle.outcomes import actions, queries
from midcycle.outcomes.access import action_of, earlier_action_for, earlier_tag_for
from midcycle.outcomes.forms import OutcomesFilter
from midcycle.outcomes.rules import FILES
from midcycle.topics.models import Topic
from midcycle.topics.rules import are_open
from midcycle.web.ready import Ready, answer
from midcycle.web.requests import show, sign_in_first

_FOR_A_MINUTE = "public, max-age=60"


@require_safe
def outcomes(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what the notes of a meetup say is to be done, and what became of it."""
    meetup = meetup_for(slug)
    show(request, meetup)
    asked = OutcomesFilter(request.GET)
    page = queries.outcomes_page(meetup, request.user, asked.wanted(), asked.whom(), now=timezone.now())
    organises = may_organise(request.user, meetup)
    return render(request, "outcomes/outcomes.html", {"meetup": meetup, "page": page, "organises": organises, "files": FILES})


@require_safe
def action(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one action, and let somebody of the meetup take it."""
    meetup = meetup_for(slug)
    found = action_of(meetup, number)
    page = queries.action_page(found, request.user, now=timezone.now())
    organises = may_organise(request.user, meetup)
    return render(request, "outcomes/action.html", {"meetup": meetup, "page": page, "organises": organises})


@require_POST
def take(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let somebody who is signed in take an action."""
    found = action_of(meetup_for(slug), number)
    here = reverse("outcomes:action", args=[slug, number])
    if not isinstance(request.user, Person):
        return sign_in_first(request, here, why=gettext("Sign in to take an action."))
    try:
        actions.take(found, request.user, is_named=request.POST.get("named") == "yes", now=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(here)
    messages.success(request, gettext("It is yours. Before the day it is due, a letter reminds you."))
    return redirect("outcomes:mine", slug)


@require_safe
def markdown(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Give all outcomes as Markdown."""
    body, kind = queries.markdown_of(meetup_for(slug), OutcomesFilter(request.GET).whom(), now=timezone.now())
    return answer(request, Ready.of(body, kind), caching=_FOR_A_MINUTE)


@require_safe
def file(request: HttpRequest, slug: str, name: str, kind: str) -> HttpResponseBase:
    """Give the actions in the shape of a tracker."""
    meetup = meetup_for(slug)
    if name not in FILES:
        raise Http404
    body, media_type = queries.file_of(meetup, name, kind, OutcomesFilter(request.GET).whom(), now=timezone.now())
    found = answer(request, Ready.of(body, media_type), caching=_FOR_A_MINUTE)
    found.headers["Content-Disposition"] = f'attachment; filename="{slug}-{name}.{kind}"'
    return found


@require_safe
def earlier(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what earlier editions left open, to be proposed here."""
    meetup = meetup_for(slug)
    page = {"meetup": meetup, "editions": queries.earlier_page(meetup), "takes_topics": are_open(meetup.stage)}
    return render(request, "outcomes/earlier.html", page)


@require_POST
def carry_action(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Propose an open action of an earlier edition as a topic."""
    meetup = meetup_for(slug)
    found = earlier_action_for(meetup, number)
    return _propose(request, slug, lambda person: actions.carry_action(meetup, found, person, now=timezone.now()))


@require_POST
def carry_tag(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Propose a tag of an earlier edition as a topic."""
    meetup = meetup_for(slug)
    found = earlier_tag_for(meetup, number)
    return _propose(request, slug, lambda person: actions.carry_tag(meetup, found, person, now=timezone.now()))


def _propose(request: HttpRequest, slug: str, deed: Callable[[Person], Topic]) -> HttpResponse:
    """Let somebody who is signed in do it, and lead to the topic."""
    here = reverse("outcomes:earlier", args=[slug])
    if not isinstance(request.user, Person):
        return sign_in_first(request, here, why=gettext("Sign in to propose a topic."))
    try:
        topic = deed(request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(here)
    messages.success(request, gettext("“%(title)s” is a topic now. Add what you know about it.") % {"title": topic.title})
    return redirect("topics:topic", slug, topic.pk)

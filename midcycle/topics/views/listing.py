"""The list of topics, one topic, and a visitor's voice and offers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from midcycle.accounts.models import Person
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.access import meetup_for
from midcycle.topics import actions, queries
from midcycle.topics.access import heir_of, own_topic_for, topic_for
from midcycle.topics.forms import ChangeForm, CommentForm, ProposalForm
from midcycle.topics.models import Topic
from midcycle.topics.rules import RANKING
from midcycle.web.requests import load_again, method_of, sign_in_first, wants_fragment


@require_http_methods(["GET", "POST"])
def topics(request: HttpRequest, slug: str) -> HttpResponse:
    """Show every topic, or those with a tag, and take a new one from somebody signed in."""
    meetup = meetup_for(slug)
    form = ProposalForm(request.POST or None)
    if request.method == "POST":
        if not isinstance(request.user, Person):
            return sign_in_first(
                request, request.path, why=gettext("Sign in to propose a topic, so that each person has one voice.")
            )
        if form.is_valid():
            try:
                topic = actions.propose(meetup, request.user, **form.cleaned_data, now=timezone.now())
            except Refusal as refusal:
                form.add_error(refusal.field, refusal.message)
            else:
                messages.success(request, gettext("Your topic is on the list."))
                return redirect("topics:topic", slug, topic.pk)
    page = queries.topics_page(meetup, request.user, request.GET.get("tag", ""))
    shown = {"meetup": meetup, "page": page, "is_open": page.is_open, "ballot": page.ballot, "form": form}
    return render(request, "topics/topics.html", shown, status=422 if form.errors else 200)


@require_GET
def topic(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one topic; one that was merged leads to the other."""
    heir = heir_of(slug, number)
    if heir is not None:
        return redirect("topics:topic", slug, heir.pk)
    return render(request, "topics/topic.html", {**one(request, topic_for(slug, number)), "form": CommentForm()})


@require_http_methods(["GET", "POST"])
def wording(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change what a topic says, for whoever proposed it and for organisers."""
    found = own_topic_for(request.user, slug, number)
    form = ChangeForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid() and isinstance(request.user, Person):
        try:
            actions.rewrite(found, request.user, **form.cleaned_data, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, gettext("The topic is changed."))
            return redirect("topics:topic", slug, number)
    shown = {**one(request, found), "form": form}
    return render(request, "topics/wording.html", shown, status=422 if form.errors else 200)


@require_http_methods(["POST", "DELETE"])
def support(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give the visitor's voice to a topic, or take it back; answer with its line of the list when HTMX asks."""
    found = topic_for(slug, number)
    if not isinstance(request.user, Person):
        why = gettext("Sign in to support “%(title)s”. Then press Support once more.") % {"title": found.title}
        return sign_in_first(request, _there(request, found), why=why)
    deed = actions.withdraw_support if method_of(request) == "DELETE" else actions.support
    try:
        deed(found, request.user, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, refusal.message)
        return load_again(_back(request, found)) if wants_fragment(request) else redirect(_back(request, found))
    if not wants_fragment(request):
        return redirect(_there(request, found))
    shown = {**one(request, found), "is_fragment": True}
    if deed is actions.withdraw_support and queries.voting_of(found.meetup).method == RANKING and _from_list(request):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})  # the places of those ranked after it change, too
    return render(request, "topics/topics.html#row" if _from_list(request) else "topics/topic.html#voice", shown)


@require_http_methods(["POST", "DELETE"])
def offer(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take the visitor's offer to lead or shadow a topic, or give it back."""
    found = topic_for(slug, number)
    here = reverse("topics:topic", args=[slug, number])
    if not isinstance(request.user, Person):
        why = gettext("Sign in to moderate “%(title)s”. Then offer it once more.") % {"title": found.title}
        return sign_in_first(request, here, why=why)
    try:
        if method_of(request) == "DELETE":
            actions.withdraw_offer(found, request.user, now=timezone.now())
        else:
            actions.offer_to_moderate(found, request.user, request.POST.get("part", ""), now=timezone.now())
            messages.success(request, gettext("Thank you. The organisers see your offer when they make the agenda."))
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    return redirect(here)


@require_http_methods(["GET", "POST"])
def withdrawal(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask whether a topic is to be taken back, and do it."""
    found = own_topic_for(request.user, slug, number)
    if request.method == "POST" and isinstance(request.user, Person):
        try:
            actions.withdraw(found, request.user, now=timezone.now())
        except Refusal as refusal:
            messages.warning(request, refusal.message)
            return redirect("topics:topic", slug, number)
        messages.success(request, gettext("“%(title)s” is withdrawn.") % {"title": found.title})
        return redirect("topics:topics", slug)
    return render(request, "topics/withdrawal.html", one(request, found))


def one(request: HttpRequest, found: Topic) -> dict[str, object]:
    """Return what the page of a topic shows."""
    page = queries.topic_page(found, request.user)
    return {"meetup": found.meetup, "page": page, "row": page.row, "is_open": page.is_open, "ballot": page.ballot}


def _from_list(request: HttpRequest) -> bool:
    return request.POST.get("back") == "list"


def _there(request: HttpRequest, found: Topic) -> str:
    """Return where the topic itself stands on the page the visitor came from."""
    return f"{_back(request, found)}#topic-{found.pk}"


def _back(request: HttpRequest, found: Topic) -> str:
    if _from_list(request):
        return reverse("topics:topics", args=[found.meetup.slug])
    return reverse("topics:topic", args=[found.meetup.slug, found.pk])

"""Comments on a topic, invitations to lead it, and what a visitor's own ranking looks like."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from midcycle.accounts.models import Person
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.access import meetup_for
from midcycle.topics import actions, queries
from midcycle.topics.access import (
    comment_for,
    invitation_for,
    own_comment_for,
    own_topic_for,
    team_topic_for,
    topic_for,
)
from midcycle.topics.forms import CommentForm, InvitationForm
from midcycle.topics.views.listing import one
from midcycle.web.requests import method_of, sign_in_first


@require_POST
def comments(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take a comment from somebody signed in."""
    found = topic_for(slug, number)
    here = reverse("topics:topic", args=[slug, number])
    if not isinstance(request.user, Person):
        return sign_in_first(
            request, f"{here}#comments", why=gettext("Sign in to comment; your name stands beside what you say.")
        )
    form = CommentForm(request.POST)
    if form.is_valid():
        try:
            made = actions.comment(found, request.user, form.cleaned_data["text"], now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            return redirect(f"{here}#comment-{made.pk}")
    return render(request, "topics/topic.html", {**one(request, found), "form": form}, status=422)


@require_POST
def comment(request: HttpRequest, slug: str, number: int, comment: int) -> HttpResponse:
    """Erase one's own comment, or let the team take one off the page and put it back."""
    if method_of(request) == "DELETE":
        found = own_comment_for(request.user, slug, number, comment)
        actions.erase_comment(found, found.person, now=timezone.now())
        messages.success(request, gettext("Your comment is erased."))
    else:
        team_topic_for(request.user, slug, number)
        found = comment_for(slug, number, comment)
        hidden = request.POST.get("shown") != "yes"
        if isinstance(request.user, Person):
            actions.moderate_comment(found, hidden=hidden, by=request.user, now=timezone.now())
    return redirect(f"{reverse('topics:topic', args=[slug, number])}#comments")


@require_http_methods(["GET", "POST"])
def invitations(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask somebody to lead a topic together, for whoever proposed it and for organisers."""
    found = own_topic_for(request.user, slug, number)
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and isinstance(request.user, Person):
        if method_of(request) == "DELETE":
            open_one = found.invitations.filter(pk=_number(request.POST.get("invitation")), state="open").first()
            if open_one is not None:
                actions.uninvite(open_one, by=request.user, now=timezone.now())
                messages.success(request, gettext("The invitation is taken back; its link opens nothing any more."))
            return redirect("topics:invitations", slug, number)
        if form.is_valid():
            try:
                actions.invite(found, form.cleaned_data["email"], by=request.user, now=timezone.now())
            except Refusal as refusal:
                form.add_error(refusal.field, refusal.message)
            else:
                messages.success(request, gettext("They get a letter. You can also send them the link yourself."))
                return redirect("topics:invitations", slug, number)
    shown = {**one(request, found), "form": form}
    return render(request, "topics/invitations.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, slug: str, number: int, token: str) -> HttpResponse:
    """Ask whoever has the link to lead a topic too; saying yes needs signing in, saying no does not."""
    found = invitation_for(slug, number, token)
    here = reverse("topics:invitation", args=[slug, number, token])
    if request.method != "POST":
        return render(request, "topics/invitation.html", {**one(request, found.topic), "invitation": found})
    try:
        if request.POST.get("answer") == "no":
            actions.decline_invitation(found, now=timezone.now())
            messages.success(request, gettext("Thank you for telling them."))
        elif not isinstance(request.user, Person):
            return sign_in_first(request, here, why=gettext("Sign in to say yes, so that your name is there as a lead."))
        else:
            actions.accept_invitation(found, request.user, now=timezone.now())
            messages.success(request, gettext("Thank you. You are there as a lead."))
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    return redirect("topics:topic", slug, number)


@require_http_methods(["GET", "POST"])
def ranking(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a visitor's own ranking, and move one topic up or down in it."""
    meetup = meetup_for(slug)
    here = reverse("topics:ranking", args=[slug])
    if not isinstance(request.user, Person):
        return sign_in_first(request, here, why=gettext("Sign in to rank topics, so that each person has one voice."))
    if request.method == "POST":
        step, _, number = request.POST.get("move", "").partition(" ")
        found = topic_for(slug, _number(number))
        try:
            actions.move_in_ranking(found, request.user, step, now=timezone.now())
        except Refusal as refusal:
            messages.warning(request, refusal.message)
        return redirect(f"{here}#topic-{found.pk}")
    page = queries.topics_page(meetup, request.user)
    if not page.ballot.is_ranking:
        raise Http404
    return render(request, "topics/ranking.html", {"meetup": meetup, "page": page, "ballot": page.ballot})


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else 0

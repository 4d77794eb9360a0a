"""Joining lists: for everybody, by the link of a letter that confirms, and by the link of an invitation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from midcycle.accounts.models import Person
from midcycle.kernel import words
from midcycle.kernel.refusal import Refusal
from midcycle.lists import actions, queries
from midcycle.lists.access import FROM_ONE_PLACE, invited_for, list_of, request_for
from midcycle.lists.forms import InvitedForm, JoinForm
from midcycle.lists.rules import masked
from midcycle.meetups.access import meetup_for
from midcycle.web.limits import origin_of

# The same to whoever asks, so that it tells nobody whether an address is on a list.
THANKS = gettext_noop(
    "One step is left: a letter is on its way to that address. Open its link and press the button there. Nothing happens "
    "otherwise."
)


@require_GET
def lists(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the lists of a meetup and of its series."""
    meetup = meetup_for(slug)
    return render(request, "lists/lists.html", {"meetup": meetup, "lists": queries.public_lists(meetup)})


@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take an address that wants to join a list; its owner gets a letter and decides."""
    meetup = meetup_for(slug)
    found = list_of(meetup, number)
    initial = {"email": request.user.email} if isinstance(request.user, Person) else {}
    form = JoinForm(request.POST or None, has_digest=found.has_digest, initial=initial)
    if request.method == "POST" and form.is_valid() and not _too_often(request, form):
        email, digest = form.cleaned_data["email"], form.cleaned_data.get("digest", False)
        try:
            actions.ask_to_join(found, meetup, email, digest=digest, now=timezone.now(), language=words.language())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, gettext(THANKS))
            return redirect("lists:lists", slug)
    page = {"meetup": meetup, "list": found, "form": form}
    return render(request, "lists/join.html", page, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def confirmation(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Ask whoever opened the link of a letter whether they want to join; their press of the button confirms."""
    wish = request_for(slug, token)
    if request.method == "POST":
        try:
            actions.confirm(wish, now=timezone.now())
        except Refusal as refusal:
            messages.error(request, refusal.message)
        return redirect("lists:confirmation", slug, token)
    page = {"meetup": wish.meetup, "list": wish.list, "wish": wish, "address": masked(wish.email) if wish.email else ""}
    return render(request, "lists/confirmation.html", page)


@never_cache
@require_GET
def invited(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show the lists to whoever came by a letter of their own, who joins with one press."""
    who = invited_for(slug, key)
    page = {"meetup": who.meetup, "lists": queries.invited_lists(who.meetup), "key": key}
    return render(request, "lists/invited.html", {**page, "address": masked(who.person.email)})


@never_cache
@require_POST
def invited_join(request: HttpRequest, slug: str, key: str, number: int) -> HttpResponse:
    """Let somebody join who came by a letter of their own."""
    who = invited_for(slug, key)
    form = InvitedForm(request.POST)
    form.full_clean()
    digest = bool(form.cleaned_data.get("digest"))
    found = list_of(who.meetup, number)
    try:
        wish = actions.join_by_letter(found, who.meetup, who.person, digest=digest, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("lists:invited", slug, key)
    return redirect("lists:confirmation", slug, wish.token)


def _too_often(request: HttpRequest, form: JoinForm) -> bool:
    waits = FROM_ONE_PLACE.wait(origin_of(request))
    if waits:
        often = gettext("Very many people ask from your network just now. Wait %(wait)s seconds, and send this again.")
        form.add_error(None, often % {"wait": waits})
    return waits > 0

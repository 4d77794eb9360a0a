"""Moderators: the public page to volunteer, the team's page, and the page of each moderator behind a link."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from midcycle.accounts.models import Person
from midcycle.agenda import actions, queries
from midcycle.agenda.access import (
    duties_key,
    invite_for_key,
    moderator_for_key,
    organised_apart_for,
    organised_invite_for,
    organised_moderator_for,
    organiser_for,
    session_for_key,
)
from midcycle.agenda.forms import AnswerForm, ApartForm, TeamVolunteerForm, VolunteerForm
from midcycle.engines.schedules.model import NoDates
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.words import quoted
from midcycle.meetups.access import meetup_for
from midcycle.meetups.models import Meetup
from midcycle.topics.rules import are_open
from midcycle.web.personal import personal
from midcycle.web.requests import method_of, sign_in_first


@require_http_methods(["GET", "POST"])
def volunteer(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for moderators; take the offer of somebody signed in, or take it back."""
    meetup = meetup_for(slug)
    person = request.user if isinstance(request.user, Person) else None
    if request.method == "POST" and person is None:
        return sign_in_first(request, request.path, why=gettext("Sign in to volunteer, so that the team can write to you."))
    held = None if person is None else queries.moderator_of(meetup, person)
    if held is not None and method_of(request) == "DELETE":
        actions.leave_pool(held, by=person, now=timezone.now())
        messages.success(
            request, gettext("You are not in the pool any more. What you confirmed stays yours until you decline it.")
        )
        return redirect("agenda:volunteer", slug)
    form = VolunteerForm(queries.slot_choices(meetup), request.POST or None, _said(meetup, person))
    if person is not None and form.is_valid() and _volunteer(meetup, person, form):
        messages.success(request, gettext("Thank you. The team writes to you when it has a session for you."))
        return redirect("agenda:volunteer", slug)
    key = duties_key(meetup, person) if person and held else ""
    shown = {"meetup": meetup, "form": form, "held": held, "key": key, "is_open": are_open(meetup.stage)}
    return render(request, "agenda/volunteer.html", shown, status=422 if form.errors else 200)


@require_GET
def moderators(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the team who moderates what, and who could."""
    meetup, _ = organiser_for(request.user, slug)
    return _page(request, meetup)


@require_POST
def pool(request: HttpRequest, slug: str) -> HttpResponse:
    """Put somebody into the pool."""
    meetup, organiser = organiser_for(request.user, slug)
    form = TeamVolunteerForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        held = actions.add_to_pool(
            meetup, given["email"], led=given["led"], most=given["most"], by=organiser, now=timezone.now()
        )
        messages.success(request, gettext("%(name)s is in the pool.") % {"name": held.person.name or held.person.email})
        return redirect(f"{resolve_url('agenda:moderators', slug)}#pool")
    return _page(request, meetup, add=form)


@require_POST
def pooled(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take somebody out of the pool."""
    held, organiser = organised_moderator_for(request.user, slug, number)
    actions.leave_pool(held, by=organiser, now=timezone.now())
    told = gettext("%(name)s is not in the pool any more.")
    messages.success(request, told % {"name": held.person.name or held.person.email})
    return redirect(f"{resolve_url('agenda:moderators', slug)}#pool")


@require_POST
def aparts(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep two people apart."""
    meetup, organiser = organiser_for(request.user, slug)
    form = ApartForm(queries.pool_of(meetup), request.POST)
    if form.is_valid():
        try:
            actions.keep_apart(meetup, **form.cleaned_data, by=organiser, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, gettext("They are proposed for no session together. Only the team sees this."))
            return redirect(f"{resolve_url('agenda:moderators', slug)}#apart")
    return _page(request, meetup, apart=form)


@require_POST
def apart(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let two people be together again."""
    held, organiser = organised_apart_for(request.user, slug, number)
    actions.let_together(held, by=organiser, now=timezone.now())
    return redirect(f"{resolve_url('agenda:moderators', slug)}#apart")


@require_POST
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Propose leads and shadows."""
    meetup, organiser = organiser_for(request.user, slug)

    def deed() -> str:
        made = actions.propose_moderators(meetup, by=organiser, now=timezone.now())
        if not made:
            return gettext(
                "There is nobody to propose: every session has its moderators, or nobody in the pool has time for it."
            )
        told = ngettext(
            "%(count)s proposed. Look them over, drop those that do not fit, then ask them.",
            "%(count)s proposed. Look them over, drop those that do not fit, then ask them.",
            made,
        )
        return told % {"count": made}

    return _done(request, slug, deed)


@require_POST
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask everybody who is proposed."""
    meetup, organiser = organiser_for(request.user, slug)

    def deed() -> str:
        asked = actions.ask_moderators(meetup, by=organiser, now=timezone.now())
        told = ngettext(
            "%(count)s asked. Each person gets one letter with a link to say yes or no; their answers appear here.",
            "%(count)s asked. Each person gets one letter with a link to say yes or no; their answers appear here.",
            asked,
        )
        return told % {"count": asked}

    return _done(request, slug, deed)


@require_POST
def proposal(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Drop a proposal, or take a question back."""
    invite, organiser = organised_invite_for(request.user, slug, number)
    line = f"#session-{invite.session_id}"

    def deed() -> str:
        actions.drop_proposal(invite, by=organiser, now=timezone.now())
        told = gettext("%(name)s is not proposed for %(title)s any more.")
        return told % {"name": invite.person.name or invite.person.email, "title": quoted(invite.session.title)}

    return _done(request, slug, deed, line)


@personal
@require_safe
def duties(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show one moderator what they are asked and have confirmed."""
    meetup = meetup_for(slug)
    person = moderator_for_key(meetup, key)
    shown = {"meetup": meetup, "key": key, "duties": queries.duties_of(meetup, person)}
    return render(request, "agenda/duties.html", shown)


@require_POST
def answer(request: HttpRequest, slug: str, key: str, number: int) -> HttpResponse:
    """Take a moderator's yes or no."""
    invite = invite_for_key(meetup_for(slug), key, number)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            actions.answer_invite(invite, form.cleaned_data["answer"], now=timezone.now())
        except Refusal as refusal:
            messages.warning(request, refusal.message)
        else:
            said = form.cleaned_data["answer"] == "confirmed"
            thanks = gettext("Thank you. Below is all you need."), gettext("Thank you for saying so. The team looks on.")
            messages.success(request, thanks[0] if said else thanks[1])
    return redirect("agenda:duties", slug, key)


@require_POST
def begin(request: HttpRequest, slug: str, key: str, number: int) -> HttpResponse:
    """Say that a session has begun."""
    session, person = session_for_key(meetup_for(slug), key, number)
    try:
        actions.start_session(session, by=person, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    else:
        lacking = queries.names_missing(session)
        messages.success(request, _begun(lacking))
    return redirect("agenda:duties", slug, key)


@personal
@require_safe
def duty_calendar(request: HttpRequest, slug: str, key: str) -> HttpResponse:  # noqa: ARG001 - the address has no more
    """Give what somebody moderates to their calendar."""
    meetup = meetup_for(slug)
    try:
        calendar = queries.duty_calendar(meetup, moderator_for_key(meetup, key))
    except NoDates:
        calendar = None
    if calendar is None:
        raise Http404
    headers = {"Content-Disposition": 'attachment; filename="moderating.ics"'}
    return HttpResponse(calendar, content_type="text/calendar; charset=utf-8", headers=headers)


def _volunteer(meetup: Meetup, person: Person, form: VolunteerForm) -> bool:
    given = form.cleaned_data
    offer = actions.Offer(given["name"], given["led"], given["most"], given["languages"], given["wish"], form.away())
    try:
        actions.volunteer(meetup, person, offer, now=timezone.now())
    except Refusal as refusal:
        form.add_error(refusal.field, refusal.message)
        return False
    return True


def _said(meetup: Meetup, person: Person | None) -> dict[str, object]:
    held = None if person is None else queries.moderator_of(meetup, person)
    if person is None or held is None:
        return {"name": person.name if person else ""}
    away = [str(number) for number in queries.presence_of(meetup, person).away]
    facts = {"led": held.led, "most": held.most, "languages": held.languages, "wish": held.wish}
    return {"name": person.name, **facts, "away": away}


def _done(request: HttpRequest, slug: str, deed: Callable[[], str], line: str = "") -> HttpResponse:
    try:
        messages.success(request, deed())
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    return redirect(f"{resolve_url('agenda:moderators', slug)}{line}")


def _page(request: HttpRequest, meetup: Meetup, *, add: Form | None = None, apart: Form | None = None) -> HttpResponse:
    sent = {"add": add or TeamVolunteerForm(), "apart": apart or ApartForm(queries.pool_of(meetup))}
    for name, form in sent.items():
        form.auto_id = f"{name}_%s"  # two forms on one page
    wrong = any(form.errors for form in sent.values())
    shown = {"meetup": meetup, "page": queries.moderating(meetup), **sent}
    return render(request, "agenda/moderators.html", shown, status=422 if wrong else 200)


def _begun(lacking: str) -> str:
    if not lacking:
        return gettext("The session has begun.")
    return gettext("The session has begun. %(lacking)s Ask in the room.") % {"lacking": lacking}

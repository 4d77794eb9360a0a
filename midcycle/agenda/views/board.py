"""The organisers' board: draft, move, pin, release."""

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from midcycle.accounts.models import Person
from midcycle.agenda import actions, queries
from midcycle.agenda.access import organised_place_for, organised_session_for, organiser_for
from midcycle.agenda.forms import MoveForm, ReleaseForm, SeenForm
from midcycle.agenda.models import Session
from midcycle.kernel.refusal import Refusal
from midcycle.meetups.models import Meetup
from midcycle.web.requests import method_of, wants_fragment


@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the agenda as it stands, with everything an organiser can do to it."""
    meetup, organiser = organiser_for(request.user, slug)
    return render(request, "agenda/board.html", {**shown_board(meetup, organiser), "focus": request.GET.get("focus", "")})


@require_safe
def wishes(request: HttpRequest, slug: str) -> HttpResponse:
    """Explain which wishes the agenda leaves unmet."""
    meetup, _ = organiser_for(request.user, slug)
    return render(request, "agenda/wishes.html", {"meetup": meetup, "wishes": queries.wishes(meetup)})


@require_safe
def contradictions(request: HttpRequest, slug: str) -> HttpResponse:
    """Say which demands contradict each other when something that must be in the agenda has no place."""
    meetup, _ = organiser_for(request.user, slug)
    return render(request, "agenda/contradictions.html", {"meetup": meetup, "found": queries.contradictions_in(meetup)})


@require_POST
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Draft the agenda anew around the pins."""
    meetup, organiser = organiser_for(request.user, slug)
    try:
        seed = secrets.randbits(31)
        drafted = actions.draft(meetup, by=organiser, seed=seed, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, _drafted(drafted))
        _look_on(request, meetup, organiser)
    return back(request, meetup, organiser)


def _look_on(request: HttpRequest, meetup: Meetup, organiser: Person) -> None:
    """Let the search for a better agenda begin from the draft; where it cannot, the draft stands."""
    try:
        actions.begin_search(meetup, by=organiser, now=timezone.now())
    except Refusal as refusal:
        messages.info(request, refusal.message)


@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show where a session could go, move it there, or take its place away."""
    session, organiser = organised_session_for(request.user, slug, number)
    if method_of(request) == "DELETE":
        take_off(request, session, organiser)
        return back(request, session.meetup, organiser, session)
    if request.method == "POST":
        put(request, session, organiser)
        return back(request, session.meetup, organiser, session)
    template = "agenda/move.html#form" if wants_fragment(request) else "agenda/move.html"
    version = queries.version_of(session.meetup)
    shown = {"meetup": session.meetup, "session": session, "version": version}
    shown["places"] = queries.places_for(session)
    return render(request, template, {**shown, "fragment": wants_fragment(request)})


@require_safe
def open_place(request: HttpRequest, slug: str, slot: int, room: int) -> HttpResponse:
    """Show the sessions without a place, each with a button that puts it here."""
    at, where = organised_place_for(request.user, slug, slot, room)
    return render(request, "agenda/open_place.html", {"meetup": at.meetup, "place": queries.open_place(at, where)})


@require_POST
def pin(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Pin a session where it is, or let the next draft move it."""
    session, organiser = organised_session_for(request.user, slug, number)
    try:
        actions.pin(session, pinned=method_of(request) != "DELETE", by=organiser, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    return back(request, session.meetup, organiser, session)


@require_http_methods(["GET", "POST"])
def release(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish the agenda under the next number."""
    meetup, organiser = organiser_for(request.user, slug)
    found = queries.findings(meetup)
    form = ReleaseForm(len(found), request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = actions.release(meetup, **form.cleaned_data, by=organiser, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            told = gettext("Release %(number)s is public. Change the board as you like, and release again.")
            messages.success(request, told % {"number": made.number})
            return redirect("agenda:agenda", slug)
    number = (queries.newest_number(meetup) or 0) + 1
    shown = {"meetup": meetup, "form": form, "findings": found, "number": number}
    shown |= {"changes": queries.changes_to_come(meetup), "left": queries.left_before(meetup)}
    return render(request, "agenda/release_form.html", shown)


def put(request: HttpRequest, session: Session, organiser: Person) -> None:
    """Move a session to the place that was sent, and note what to tell."""
    form = MoveForm(session.meetup, request.POST)
    if not form.is_valid():
        messages.warning(request, next(str(found[0]) for found in form.errors.values()))
        return
    slot, room = form.cleaned_data["place"]
    try:
        moved = actions.move(session, slot, room, by=organiser, now=timezone.now(), seen=form.cleaned_data["version"])
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, moved.sentence)


def take_off(request: HttpRequest, session: Session, organiser: Person) -> None:
    """Take the place of a session away, and note what to tell."""
    form = SeenForm(request.POST)
    seen = form.cleaned_data["version"] if form.is_valid() else None
    try:
        actions.unplace(session, by=organiser, now=timezone.now(), seen=seen)
    except Refusal as refusal:
        messages.warning(request, refusal.message)


def shown_board(meetup: Meetup, organiser: Person) -> dict[str, object]:
    """Return what the board shows. The version is read first, so that what happens meanwhile is told soon after."""
    history = queries.history_of(meetup, organiser)
    shown = {"meetup": meetup, "history": history, "search": queries.search_of(meetup)}
    frozen = queries.is_frozen(meetup)
    return {**shown, "board": queries.board(meetup), "frozen": frozen, "held": frozen or meetup.stage == "archived"}


def back(
    request: HttpRequest, meetup: Meetup, organiser: Person, session: Session | None = None, *, focus: str = ""
) -> HttpResponse:
    """Show the board again, with the session in view: only its changing part when HTMX asked.

    `focus` is where the keyboard goes on when the button that was pressed is gone: `search` or `undo`.
    """
    if wants_fragment(request):
        shown = {**shown_board(meetup, organiser), "fragment": True, "moved": session.pk if session else None, "focus": focus}
        return render(request, "agenda/board.html#board", shown)
    where = resolve_url("agenda:board", meetup.slug)
    if focus:
        return redirect(f"{where}?focus={focus}")  # no fragment: it would win over the focus
    return redirect(f"{where}#session-{session.pk}" if session else where)


def _drafted(drafted: actions.Drafted) -> str:
    told = ngettext("Drafted: %(met)s of %(wanted)s wishes met.", "Drafted: %(met)s of %(wanted)s wishes met.", drafted.wanted)
    return told % {"met": drafted.met, "wanted": drafted.wanted}

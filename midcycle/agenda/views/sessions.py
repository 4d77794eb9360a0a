"""Sessions and the people in them, for organisers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from midcycle.accounts.models import Person
from midcycle.agenda import actions, queries
from midcycle.agenda.access import organised_part_for, organised_session_for, organiser_for
from midcycle.agenda.forms import BoundsForm, PartForm, SessionForm
from midcycle.agenda.models import Session
from midcycle.agenda.rules.bounds import Bounds
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.words import quoted
from midcycle.web.requests import method_of


@require_http_methods(["GET", "POST"])
def sessions(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a session that comes from no topic."""
    meetup, organiser = organiser_for(request.user, slug)
    form = SessionForm(request.POST or None, initial={"format": "plenary", "for_all": True})
    if form.is_valid():
        try:
            made = actions.add_session(meetup, **form.cleaned_data, by=organiser, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, gettext("“%(title)s” is added.") % {"title": made.title})
            return redirect("agenda:session_desk", slug, made.pk)
    return render(request, "agenda/session_new.html", {"meetup": meetup, "form": form})


@require_http_methods(["GET", "POST"])
def session_desk(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change a session or remove it."""
    session, organiser = organised_session_for(request.user, slug, number)
    if method_of(request) == "DELETE":
        return _remove(request, session, organiser)
    form = SessionForm(request.POST or None)
    if form.is_valid():
        try:
            actions.change_session(session, **form.cleaned_data, by=organiser, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, gettext("Saved."))
            return redirect("agenda:session_desk", session.meetup.slug, number)
    return _page(request, session, form=form if request.method == "POST" else None)


@require_POST
def parts(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give somebody a part in a session."""
    session, organiser = organised_session_for(request.user, slug, number)
    form = PartForm(queries.known_people(session.meetup), request.POST)
    if form.is_valid():
        _give(session, form, organiser)
        messages.success(request, gettext("The part is given."))
        return redirect("agenda:session_desk", slug, number)
    return _page(request, session, part_form=form)


@require_POST
def part(request: HttpRequest, slug: str, number: int, part: int) -> HttpResponse:
    """Take somebody's part away."""
    held, organiser = organised_part_for(request.user, slug, number, part)
    actions.take_part_away(held, by=organiser, now=timezone.now())
    messages.success(request, gettext("The part is taken away."))
    return redirect("agenda:session_desk", slug, number)


@require_POST
def rules(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say what every draft keeps for a session."""
    session, organiser = organised_session_for(request.user, slug, number)
    form = _bounds_form(session, request.POST)
    if form.is_valid():
        try:
            actions.bind_session(session, form.bounds(), by=organiser, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, gettext("Saved. The next draft keeps to it."))
            return redirect("agenda:session_desk", slug, number)
    return _page(request, session, bounds_form=form)


def _bounds_form(session: Session, data: QueryDict | None = None) -> BoundsForm:
    known = Bounds(session.length, session.must, session.fixed_slot_id, session.fixed_room_id)
    return BoundsForm(queries.slot_choices(session.meetup), queries.room_choices(session.meetup), known, data)


def _give(session: Session, form: PartForm, organiser: Person) -> None:
    given = form.cleaned_data
    if given["person"]:
        actions.give_part(session, given["person"], given["part"], by=organiser, now=timezone.now())
    else:
        actions.give_part_to_address(session, given["email"], given["part"], by=organiser, now=timezone.now())


def _remove(request: HttpRequest, session: Session, organiser: Person) -> HttpResponse:
    try:
        actions.remove_session(session, by=organiser, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, refusal.message)
        return redirect("agenda:session_desk", session.meetup.slug, session.pk)
    messages.success(request, gettext("%(title)s is removed.") % {"title": quoted(session.title)})
    return redirect("agenda:board", session.meetup.slug)


def _page(
    request: HttpRequest,
    session: Session,
    *,
    form: SessionForm | None = None,
    part_form: PartForm | None = None,
    bounds_form: BoundsForm | None = None,
) -> HttpResponse:
    facts = {"title": session.title, "format": session.format, "for_all": session.for_all, "abstract": session.abstract}
    shown = {
        "meetup": session.meetup,
        "session": session,
        "placed": queries.has_place(session),
        "parts": queries.parts_of(session),
        "form": form or SessionForm(initial=facts),
        "missing": queries.names_missing(session) if not session.for_all else "",
        "bounds_form": bounds_form or _bounds_form(session),
        "part_form": part_form or PartForm(queries.known_people(session.meetup)),
    }
    return render(request, "agenda/session_desk.html", shown)
